"""A run that goes on keeps what it had, however short the time, and refuses another world."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.search.entry import JobProgress
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runner import RunBudget
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.record import read_run
from autoresearch_formal.search.start import FORMAT, unchanged
from tests.search.toyrun import make

START = 6
NO_TIME = RunBudget(seconds=0)


class Judge:
    """Says yes, after having failed as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.asked = 0

    async def __call__(self, path: Path, job: Job) -> tuple[bool, dict[str, Any]]:
        self.asked += 1
        if self.asked <= self.failures:
            raise MissingTool("no kernel today")
        source = hashlib.sha256(path.read_bytes()).hexdigest()
        hashes = {"source": source, "mask": ""}
        return True, {"verdict": "yes", "hashes": hashes, "targets": [{"target": job.name}]}


def go(
    folder: Path, judge: Judge | None, limits: RunBudget | None = None
) -> tuple[JobProgress, int]:
    """The one entry of a run at its end, and how many workers were started."""
    run = make(folder, START, 0, limits, judge)
    asyncio.run(run.execute())
    return run.entries[0], len(run.workers)


def test_a_result_stays_however_short_the_time(tmp_path: Path) -> None:
    judge = Judge()
    first, workers = go(tmp_path / "r", judge)
    assert (first.status, workers) == ("verified", 1)
    assert first.row()["steps"] > 0
    again, workers = go(tmp_path / "r", judge, NO_TIME)
    assert (again.row(), again.certificate) == (first.row(), first.certificate)
    assert workers == 0
    assert judge.asked == 1
    (target,) = read_run(tmp_path / "r").targets  # no report was written: the events have it
    assert target.result | {"seconds": 0} == first.row() | {"seconds": 0}
    assert target.certificate == first.certificate


def test_what_was_found_is_judged_however_short_the_time(tmp_path: Path) -> None:
    judge = Judge(failures=1)
    first, _ = go(tmp_path / "r", judge)
    assert (first.status, first.note) == ("found", "not judged: no kernel today")
    again, _ = go(tmp_path / "r", judge, NO_TIME)
    assert (again.status, again.note) == ("verified", "")
    assert again.row()["file"] == first.row()["file"]


@pytest.mark.parametrize("change", ["removed", "edited"])
def test_a_file_that_is_not_the_judged_one_is_written_again(tmp_path: Path, change: str) -> None:
    judge = Judge()
    first, _ = go(tmp_path / "r", judge)
    file = tmp_path / "r" / first.row()["file"]
    text = file.read_text()
    if change == "removed":
        file.unlink()
    else:
        file.write_text(text + "-- a remark\n")
    again, _ = go(tmp_path / "r", judge, NO_TIME)
    assert again.status == "verified"
    assert judge.asked == 2
    assert file.read_text() == text


def test_an_open_target_keeps_its_figures(tmp_path: Path) -> None:
    first, _ = go(tmp_path / "r", None, RunBudget(steps=4))
    assert first.status == "open"
    again, workers = go(tmp_path / "r", None, NO_TIME)
    assert workers == 0
    assert again.row() == first.row()
    assert again.row()["steps"] >= 4


def test_interrupted_while_the_judge_is_at_it(tmp_path: Path) -> None:
    class Slow(Judge):
        async def __call__(self, path: Path, job: Job) -> tuple[bool, dict[str, Any]]:
            run.interrupt()
            await asyncio.sleep(600)
            raise AssertionError("nobody waits for it")

    run = make(tmp_path / "r", START, 0, None, Slow())
    asyncio.run(run.execute())
    assert run.interrupted
    assert run.entries[0].status == "found"
    again, _ = go(tmp_path / "r", Judge(), NO_TIME)
    assert again.status == "verified"


def test_a_target_never_reached_says_so(tmp_path: Path) -> None:
    entry, workers = go(tmp_path / "r", None, NO_TIME)
    assert (entry.status, workers) == ("not started", 0)


WORLD = {"format": FORMAT, "version": "1", "mask": "m", "policy": "", "inputs": {"/a.lean": "x"}}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"format": 1}, "layout of run folders"),
        ({"version": "2"}, "another version of autoresearch: 1, now 2"),
        ({"mask": "n"}, "another mask"),
        ({"policy": "abc"}, "another policy"),
        ({"inputs": {"/a.lean": "y"}}, "/a.lean: changed since"),
        ({"inputs": {"/b.lean": "x"}}, "/b.lean: changed since"),
    ],
)
def test_another_world_is_refused(now: dict[str, Any], said: str) -> None:
    unchanged("runs/a", WORLD, WORLD)
    with pytest.raises(UsageFault, match=said) as caught:
        unchanged("runs/a", WORLD, WORLD | now)
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith("start a new run")


def test_runs_in_one_second_have_a_place_each(tmp_path: Path) -> None:
    made = [RunFolder.dated(tmp_path / "runs").path for _ in range(3)]
    assert len(set(made)) == 3
    for path in made:
        assert (path / "Generated").is_dir()


def test_a_discarded_folder_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "a" / "b")
    folder.write_run({"x": 1})
    with folder:
        pass
    folder.discard()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    folder = RunFolder.create(tmp_path / "mine")
    folder.write_run({"x": 1})
    folder.discard()
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]
