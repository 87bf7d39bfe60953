"""The dated table: its size, its history, and faults that name file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask.chronology import TABLE, Chronology

GOOD = """\
[[concept]]
id = "older"
label = "older"
who = "A"
year = 1700
source = "A book, Paris 1700"
subject = "groups"
words = ["oldish"]

[[concept]]
id = "younger"
label = "younger"
who = "B"
year = 1900
source = "A book, Paris 1900"
subject = "groups"
words = ["newish"]
depends = ["older"]
core.namespaces = ["A.B"]
"""


@pytest.fixture(scope="module")
def table() -> Chronology:
    return Chronology.load()


def test_the_table_is_large_and_spans_history(table: Chronology) -> None:
    years = [concept.year for concept in table]
    assert len(table) >= 200
    assert min(years) < -300
    assert max(years) > 1960
    assert len(table.masked(1823)) >= 100
    assert sum(year <= 1823 for year in years) >= 60


@pytest.mark.parametrize(
    ("concept", "year"),
    [
        ("congruence", 1801),
        ("substitution-calculus", 1815),
        ("abel-quintic", 1824),
        ("group", 1831),
        ("abstract-group", 1854),
        ("sylow", 1872),
        ("quotient-group", 1889),
        ("abstract-field", 1893),
        ("category", 1945),
        ("odd-order", 1963),
    ],
)
def test_dates_a_historian_would_check(table: Chronology, concept: str, year: int) -> None:
    assert table.by_id[concept].year == year


def test_what_1823_sees(table: Chronology) -> None:
    hidden = {concept.id for concept in table.masked(1823)}
    assert {"group", "coset", "field", "ring", "ideal", "solvable", "quotient-group"} <= hidden
    assert not {"congruence", "substitution-calculus", "lagrange-divides"} & hidden
    assert {c.id for c in table.granted(1823)} & hidden == set()


def test_every_grant_has_a_reason(table: Chronology) -> None:
    for concept in table.granted(1801):
        assert len(concept.granted.split()) >= 5, concept.id


def _load(tmp_path: Path, text: str) -> Chronology:
    path = tmp_path / "table.toml"
    path.write_text(text)
    return Chronology.load(path)


def test_a_good_table_loads(tmp_path: Path) -> None:
    assert [concept.id for concept in _load(tmp_path, GOOD)] == ["older", "younger"]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("year = 1900", 'year = "soon"', "table.toml:14: concept.1.year"),
        ("year = 1900", "year = 2400", "table.toml:14: concept.1.year"),
        ('source = "A book, Paris 1900"', 'source = "?"', "table.toml:15: concept.1.source"),
        ('words = ["newish"]', 'wrds = ["newish"]', "table.toml:17: concept.1.wrds"),
        ('depends = ["older"]', 'depends = ["oldest"]', "table.toml:18: concept.1.depends"),
        ("year = 1900", "year = 1600", "table.toml:18: concept.1.depends"),
        ('words = ["newish"]', 'words = ["oldish"]', "table.toml:17: concept.1.words"),
        ('id = "younger"', 'id = "older"', "table.toml:11: concept.1.id"),
        ('"A.B"', '"A..B"', "table.toml:19: concept.1.core.namespaces"),
        ("year = 1900", "year = = 1900", "table.toml: not valid TOML"),
    ],
)
def test_faults_name_file_line_and_field(tmp_path: Path, old: str, new: str, where: str) -> None:
    with pytest.raises(UsageFault) as fault:
        _load(tmp_path, GOOD.replace(old, new))
    assert where in fault.value.message
    assert "\n" not in fault.value.message


def test_a_missing_table_is_one_line() -> None:
    with pytest.raises(UsageFault, match="can't be read"):
        Chronology.load(TABLE.with_name("nowhere.toml"))
