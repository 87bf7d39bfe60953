"""Import graphs from source text: the header grammar, and trees on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.bench.mask import command as bench
from autoresearch_formal.mask.imports import (
    ImportGraph,
    SourceRoot,
    matches,
    parse_header,
    read_header,
)


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("", ["Init"]),
        ("theorem x : True := trivial", ["Init"]),
        ("import A", ["Init", "A"]),
        ("prelude\nimport Init.Core", ["Init.Core"]),
        ("import A import B.C\nimport «D E».F", ["Init", "A", "B.C", "D E.F"]),
        ("module\npublic import A\nimport all B\nmeta import C\npublic meta import D",
         ["Init", "A", "B", "C", "D"]),
        ("module\n\nprivate import A\npublic section\nimport B", ["Init", "A"]),
        ("/- import A -/ import B", ["Init", "B"]),
        ("/- /- import A -/ import B -/ import C", ["Init", "C"]),
        ("-- import A\nimport B -- import C\n-- x", ["Init", "B"]),
        ("import A\n/-! import B -/\nimport C", ["Init", "A"]),
        ("import A\n/-- doc -/\nimport B", ["Init", "A"]),
        ("import A\nnamespace B\nimport C", ["Init", "A"]),
        ("/-", ["Init"]),
        ("import", ["Init"]),
        ("importX", ["Init"]),
        ("modulex\nimport A", ["Init"]),
        ("\ufeffimport A", ["Init", "A"]),
        ("import A'\nimport B₁.c!", ["Init", "A'", "B₁.c!"]),
    ],
)  # fmt: skip
def test_headers(text: str, modules: list[str]) -> None:
    assert list(parse_header(text).modules) == modules


def test_visibility_in_the_module_system() -> None:
    header = parse_header("module\npublic import A\nimport B\nmeta import C\nimport all D")
    assert header.is_module
    assert [(i.module, i.public, i.meta, i.everything, i.line) for i in header.imports] == [
        ("A", True, False, False, 2),
        ("B", False, False, False, 3),
        ("C", False, True, False, 4),
        ("D", False, False, True, 5),
    ]
    assert parse_header("import B").imports[0].public


NAMES = st.lists(
    st.from_regex(r"[A-Z][a-z]{1,6}(\.[A-Z][a-z0-9]{1,6}){0,3}", fullmatch=True), unique=True
)
BLANKS = st.sampled_from(["\n", " \n", "\n-- note\n", "/- a /- b -/ import Z -/\n", "\n\n"])


@given(NAMES, st.data())
def test_any_header_is_read_back(names: list[str], data: st.DataObject) -> None:
    text = "".join(f"{data.draw(BLANKS)}import {name}" for name in names) + "\n\ntheorem import X"
    assert parse_header(text).modules == tuple(dict.fromkeys(["Init", *names]))


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    header = parse_header(text)
    assert header.modules
    assert 0 <= header.end <= len(text)


def test_a_header_longer_than_the_first_read(tmp_path: Path) -> None:
    path = tmp_path / "Long.lean"
    path.write_text("/-" + "x" * 50_000 + "-/\nimport A\n" + "-- y\n" * 9_000 + "import B\n#eval 1")
    assert read_header(path).modules == ("Init", "A", "B")


def test_trees_and_reachability(tmp_path: Path) -> None:
    files = {
        "Lib": "import Lib.A\nimport Lib.Sub.C",
        "Lib.A": "",
        "Lib.B": "import Lib.A",
        "Lib.Sub.C": "module\npublic import Lib.B",
        "Lib.Free": "import Other",
    }
    for name, text in files.items():
        path = (tmp_path / Path(*name.split("."))).with_suffix(".lean")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\ntheorem x : True := trivial")
    (tmp_path / "Lib" / ".hidden.lean").write_text("import Bad")
    graph = ImportGraph.read([SourceRoot("Lib", tmp_path)])
    assert set(graph.imports) == set(files)
    assert graph.reaching(["Lib.B"]) == {"Lib.B": "Lib.B", "Lib.Sub.C": "Lib.B", "Lib": "Lib.Sub.C"}
    assert set(graph.reaching(["Other"])) == {"Lib.Free"}


def test_patterns() -> None:
    assert matches("A.B", ["A.B"]) == "A.B"
    assert matches("A.B.C", ["A.B"]) is None
    assert matches("A.B.C", ["A.B.*"]) == "A.B.*"
    assert matches("A.B", ["A.B.*"]) == "A.B.*"
    assert matches("A.Bc", ["A.B.*"]) is None


def test_the_benchmark_runs_and_measures() -> None:
    done = CliRunner().invoke(bench, ["--files", "300", "--json"])
    assert done.exit_code == 0, done.output
    assert '"files": 300' in done.stdout
