"""The session's loop on a toy gym: same seed same graph, resuming equals not stopping, deaths."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.graph.events import (
    GoalAdded,
    Note,
    TheoryAdded,
    Tried,
    WrittenStatement,
    encode,
)
from autoresearch_formal.search.graph.exchange import rename
from autoresearch_formal.search.graph.script import proof_lines
from autoresearch_formal.search.runs.folder import RunFolder, to_toml
from autoresearch_formal.search.runs.store import DiskFull, Store
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource
from tests.search.toy import ToyGym


async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
    tactics = [("halve", -0.5), ("zero", -0.1), ("take", -1.0), ("nonsense", -2.0)]
    return [[Action("tactic", t, p, (t,)) for t, p in tactics] for _ in batch]


def session(store: Store, gym: ToyGym, start: int = 9) -> Session:
    source = StatementSource(("Init",), WrittenStatement(str(start)))
    return Session("toy", source, gym, store, propose, SearchSettings())


async def finish(one: Session) -> None:
    await one.begin()
    await one.turn(10**9)


def graph_of(store: Store) -> list[bytes]:
    kinds = ["TheoryAdded", "GoalAdded", "EdgeAdded", "GoalClosed", "Expanded"]
    return [encode(event) for event in store.read("toy", kinds)]


def test_a_proof_is_found_and_written_down(tmp_path: Path) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        one = session(store, ToyGym())
        asyncio.run(finish(one))
        assert one.proved
        lines = proof_lines(one.graph, 0)
        assert "zero" in lines[-1]
        assert one.tally.steps == sum(isinstance(e, Tried) for e in store.read("toy"))


def test_two_runs_give_the_same_graph(tmp_path: Path) -> None:
    graphs = []
    for name in ("a", "b"):
        with Store(tmp_path / name) as store:
            asyncio.run(finish(session(store, ToyGym())))
            graphs.append(graph_of(store))
    assert graphs[0] == graphs[1]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_resuming_in_another_process_equals_not_stopping(tmp_path: Path, turns: int) -> None:
    with Store(tmp_path / "whole") as store:
        asyncio.run(finish(session(store, ToyGym())))
        whole = graph_of(store)
    for _ in range(turns):
        with Store(tmp_path / "parts") as store:
            one = session(store, ToyGym())

            async def step(one: Session = one) -> None:
                await one.begin()
                await one.turn(1)

            asyncio.run(step())
    with Store(tmp_path / "parts") as store:
        asyncio.run(finish(session(store, ToyGym())))
        assert graph_of(store) == whole


@pytest.mark.parametrize("request_number", range(3, 12))
def test_a_worker_may_die_at_any_request(tmp_path: Path, request_number: int) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        one = session(store, ToyGym({request_number}))
        asyncio.run(finish(one))
        assert one.proved
        assert any(isinstance(e, Note) and e.kind == "worker lost" for e in store.read("toy"))


def test_a_batch_is_on_disk_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    with Store(path) as store:
        store.append("toy", [TheoryAdded(0), GoalAdded(0, 0, "x")])
        store._db.execute("PRAGMA query_only = ON")
        with pytest.raises(DiskFull):
            store.append("toy", [GoalAdded(1, 0, "y"), GoalAdded(2, 0, "z")])
        store._db.execute("PRAGMA query_only = OFF")
        assert list(store.read("toy")) == [TheoryAdded(0), GoalAdded(0, 0, "x")]


def test_a_file_that_is_no_event_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    path.write_text("no database " * 100)
    with pytest.raises(UsageFault, match="not an event log"):
        Store(path)


def test_one_process_a_run_folder(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "run")
    folder.write_run({"asked": {"targets": ["a"], "seed": 3}, "x": None})
    assert folder.read_run() == {"asked": {"targets": ["a"], "seed": 3}}
    with (
        folder,
        pytest.raises(UsageFault, match="another process"),
        RunFolder.open(tmp_path / "run"),
    ):
        pass
    with pytest.raises(UsageFault, match="--resume"):
        RunFolder.create(tmp_path / "run")
    with pytest.raises(UsageFault, match="no run here"):
        RunFolder.open(tmp_path)


def test_toml_of_nested_facts() -> None:
    assert to_toml({"a": 1, "t": {"b": "ü", "u": {"c": [True]}}}) == (
        'a = 1\n\n[t]\nb = "ü"\n\n[t.u]\nc = [true]\n'
    )


def test_renaming_touches_whole_identifiers_only() -> None:
    assert rename("exact h.1 (h_1 h) ah", {"h": "k", "h_1": "l"}) == "exact k.1 (l k) ah"
