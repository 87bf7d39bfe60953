"""When a search ends: what is tried again with more, what goes on, and when nothing is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.search.entry import JobProgress
from autoresearch_formal.search.graph.events import GoalClosed, Tried, WrittenStatement
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource
from tests.search.toy import ToyGym

LIMIT = SearchSettings().budgets.expansions


def session(
    store: Store, gym: ToyGym, texts: Callable[[int], Sequence[str]], bounded: bool
) -> Session:
    async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
        return [
            [Action("tactic", t, -1.0, (t.rstrip("0123456789"),)) for t in texts(s.expansion)]
            for s in batch
        ]

    source = StatementSource(("Init",), WrittenStatement("9"))
    return Session("toy", source, gym, store, propose, SearchSettings(), bounded=bounded)


async def work(one: Session, most: int = 10**12) -> None:
    await one.begin()
    await one.turn(10**12, lambda: one.graph.goals[0].expansions >= most)


def expansions(one: Session) -> int:
    return one.graph.goals[0].expansions


def test_what_ran_out_of_heartbeats_is_tried_again_with_more(tmp_path: Path) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        gym = ToyGym()
        gym.slow = 10_000
        one = session(store, gym, lambda _: ["slow", "no"], True)
        asyncio.run(work(one))
        assert one.proved
        tries = [e.text for e in store.read("toy") if isinstance(e, Tried)]
    assert tries.count("slow") == expansions(one) == 4
    assert tries.count("no") == 1


def test_no_try_is_repeated_once_it_had_the_most_heartbeats(tmp_path: Path) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        gym = ToyGym()
        gym.slow = 10**9
        one = session(store, gym, lambda _: ["slow"], True)
        asyncio.run(work(one))
        assert one.exhausted
        closed = [e.reason for e in store.read("toy") if isinstance(e, GoalClosed)]
        tries = sum(isinstance(e, Tried) for e in store.read("toy"))
    assert closed == ["complete"]
    assert tries < expansions(one) == LIMIT


@pytest.mark.parametrize("bounded", [True, False])
def test_a_run_that_ends_some_day_goes_on_as_long_as_there_is_something_new(
    tmp_path: Path, bounded: bool
) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        one = session(store, ToyGym(), lambda expansion: [f"guess{expansion}"], bounded)
        asyncio.run(work(one, 3 * LIMIT))
        assert expansions(one) == (3 * LIMIT if bounded else LIMIT)
        assert one.exhausted != bounded


def test_a_search_is_exhausted_when_nothing_new_comes(tmp_path: Path) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        one = session(store, ToyGym(), lambda e: [f"guess{min(e, 2 * LIMIT)}"], True)
        asyncio.run(work(one))
        assert one.exhausted
        assert expansions(one) == 2 * LIMIT + 1


def test_the_report_says_where_the_effort_went(tmp_path: Path) -> None:
    with Store(tmp_path / "e.sqlite") as store:
        one = session(store, ToyGym(), lambda e: ["take", f"guess{e}"], True)
        asyncio.run(work(one, 1))
        entry = JobProgress(None, one.history, one)  # type: ignore[arg-type]
        assert entry.open_goals() == ["⊢ 8", "⊢ 9"]
        moves = one.history.moves
    assert (moves["take"].tries, moves["take"].kept) == (1, 1)
    assert (moves["guess"].tries, moves["guess"].kept) == (1, 0)
