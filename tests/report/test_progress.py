"""The table at the end of a run: names whole, on any screen; what was refused, with the reason."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from autoresearch_formal.report.progress import common_start, result_lines
from autoresearch_formal.search.entry import NOT_STARTED, JobProgress
from autoresearch_formal.search.graph.events import NumberedHole
from autoresearch_formal.search.history import History
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource

SPACE = "Some.Rather.Long.Namespace.Of.The.Persons.Own"


def entries(folder: Path, names: list[str]) -> list[JobProgress]:
    """Holes of one file, a line each, never started."""
    path = folder / "Theory.lean"
    made = []
    for line, name in enumerate(names, 1):
        hole = SimpleNamespace(path=path, line=line, reason="")
        job = Job(name, StatementSource((), NumberedHole(0)), sorry=cast(Any, hole), file=path.name)
        made.append(JobProgress(job, History(SearchSettings())))
    return made


def test_short_names_are_shown_as_they_are(tmp_path: Path) -> None:
    lines = result_lines(entries(tmp_path, ["a.b", "a.c"]), 80)
    assert len(lines) == 3
    assert lines[0].endswith("  target")
    assert lines[1].startswith(NOT_STARTED)
    assert lines[1].endswith(" Theory.lean:a.b")


@pytest.mark.parametrize("width", [60, 80, 200])
def test_long_names_are_whole_on_any_screen(tmp_path: Path, width: int) -> None:
    names = [f"{SPACE}.{last}" for last in ("first_of_them", "second_of_them", "x" * 300)]
    lines = result_lines(entries(tmp_path, names), width)
    shared = f"Theory.lean:{SPACE}."
    if f"{shared}…" in lines[0]:  # the common start, once
        assert [line.rpartition("…")[2] for line in lines[1:]] == [
            name.removeprefix(f"{SPACE}.") for name in names
        ]
    else:
        assert [line.rpartition(" ")[2] for line in lines[1:]] == [
            f"Theory.lean:{name}" for name in names
        ]
    assert sum(SPACE in line for line in lines) in (1, 3)


def test_what_is_refused_is_said_with_place_and_reason(tmp_path: Path) -> None:
    one, two = entries(tmp_path, ["a", "b"])
    two.status, two.note = "refused", "elab: unknown\n  identifier"
    lines = result_lines([one, two], 60)
    file = tmp_path / "Theory.lean"
    assert lines[-1] == f"{file}:2: Theory.lean:b: refused: elab: unknown identifier"


@pytest.mark.parametrize(
    ("labels", "start"),
    [
        ([], ""),
        (["a.b"], ""),
        (["F.lean:a.b", "F.lean:a.c"], "F.lean:a."),
        (["F.lean:ab", "F.lean:ac"], "F.lean:"),
        (["F.lean:a", "G.lean:a"], ""),
        (["x", "xy"], ""),
    ],
)
def test_the_common_start_ends_at_a_mark(labels: list[str], start: str) -> None:
    assert common_start(labels) == start
