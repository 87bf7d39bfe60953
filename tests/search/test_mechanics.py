"""Ends of a run: time up, Ctrl-C, a killed worker, a full disk, ``kill -9``; and going on after."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autoresearch_formal.search.runner import Run, RunBudget
from tests.search.toyrun import graph_of, make

START = 12
DRIVER = Path(__file__).with_name("toyrun.py")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The graph of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    run = make(folder, START, 0)
    asyncio.run(run.execute())
    assert run.entries[0].status == "found"
    return graph_of(folder)


def finish(folder: Path) -> Run:
    """Go on until the end."""
    run = make(folder, START, 0)
    asyncio.run(run.execute())
    return run


def until(run: Run, steps: int) -> asyncio.Task[None]:
    async def wait() -> None:
        while run.steps < steps:
            await asyncio.sleep(0.01)

    return asyncio.create_task(wait())


def test_time_up_drops_the_batch_in_flight(tmp_path: Path, whole: list[bytes]) -> None:
    run = make(tmp_path / "r", START, 600, RunBudget(seconds=1.0))
    asyncio.run(run.execute())
    assert run.stopped == "time is up"
    assert run.steps == 0
    assert finish(tmp_path / "r").entries[0].status == "found"
    assert graph_of(tmp_path / "r") == whole


def test_interrupted_and_continued(tmp_path: Path, whole: list[bytes]) -> None:
    run = make(tmp_path / "r", START, 0.02)

    async def go() -> None:
        running = asyncio.create_task(run.execute())
        await until(run, 4)
        run.interrupt()
        await running

    asyncio.run(go())
    assert "--resume" in run.stopped
    assert run.entries[0].status == "open"
    assert finish(tmp_path / "r").entries[0].status == "found"
    assert graph_of(tmp_path / "r") == whole


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    run = make(tmp_path / "r", START, 0.02)

    async def go() -> None:
        running = asyncio.create_task(run.execute())
        await until(run, 4)
        pid = run.workers[0].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await running

    asyncio.run(go())
    assert run.workers[0].restarts == 1
    assert run.entries[0].status == "found"


def test_a_full_disk_ends_the_run_and_space_lets_it_go_on(
    tmp_path: Path, whole: list[bytes]
) -> None:
    run = make(tmp_path / "r", START, 0)
    pages = run.store._db.execute("PRAGMA page_count").fetchone()[0]
    run.store._db.execute(f"PRAGMA max_page_count = {pages + 1}")
    asyncio.run(run.execute())
    assert "disk is full" in run.stopped
    assert run.entries[0].status == "open"
    assert finish(tmp_path / "r").entries[0].status == "found"
    assert graph_of(tmp_path / "r") == whole


def test_killed_without_warning_and_continued(tmp_path: Path, whole: list[bytes]) -> None:
    folder = tmp_path / "r"
    command = [sys.executable, str(DRIVER), str(folder), str(START), "0.05"]
    environment = {**os.environ, "PYTHONPATH": str(DRIVER.parents[2])}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        while not ((folder / "events.sqlite").exists() and len(graph_of(folder)) > 8):
            assert process.poll() is None
            time.sleep(0.05)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert len(graph_of(folder)) < len(whole)
    assert finish(folder).entries[0].status == "found"
    assert graph_of(folder) == whole
