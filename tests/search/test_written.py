"""What is found is written: proofs of merged goals are carried through the isomorphism."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.actions.base import Action, Policy, Situation
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.lean.messages import File, FileAnswer
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, select
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.emit.assemble import Checker, settled
from autoresearch_formal.search.emit.generate import GeneratedDeclaration, declarations
from autoresearch_formal.search.emit.write import UNCHECKED, write_file
from autoresearch_formal.search.graph.events import NumberedHole, WrittenStatement
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.history import History
from autoresearch_formal.search.job import Job, identifier
from autoresearch_formal.search.replay import Replay, Unwritten, taken_back
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource
from autoresearch_formal.targets.sorries import PinnedFile, goals_of
from tests.search.symmetric import Scripted, world

pytestmark = pytest.mark.lean


class Gym:
    """One gym process and the loop that it lives in."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        toolchain = select(None)
        build([GYM_MAIN], toolchain)
        self.worker = Worker(ServerSettings(toolchain, project_root()))

    def run(self, work: Any) -> Any:
        """Wait for a coroutine."""
        return self.loop.run_until_complete(work)


@pytest.fixture(scope="module")
def gym() -> Iterator[Gym]:
    one = Gym()
    yield one
    one.run(one.worker.close())
    one.loop.close()


async def searched(gym: Gym, folder: Path, statement: str, policy: Scripted) -> Session:
    """A search for a statement to its end."""

    async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
        return policy.propose(batch)

    with Store(folder / "events.sqlite") as store:
        source = StatementSource(("Init",), WrittenStatement(statement))
        session = Session("it", source, gym.worker, store, propose, SearchSettings())
        await session.begin()
        await session.turn(400_000)
    return session


def merged(graph: Graph) -> int:
    """How many steps of the proof reach a goal under other names."""
    todo, seen, count = [0], set[int](), 0
    while todo:
        goal = todo.pop()
        best = graph.goals[goal].best
        if goal in seen or best is None:
            continue
        seen.add(goal)
        edge = graph.edges[best].added
        count += any(edge.renames)
        todo += edge.children
    return count


class Unhygienic(Policy):
    """Says a name that only the goal at hand binds: goals with other bound names are merged."""

    name = "unhygienic"

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy`."""
        texts = []
        for situation in batch:
            target = situation.goals[0].target
            bound = target.removeprefix("∀ (").split(" ")[0]
            texts.append(
                f"set_option tactic.hygienic false in intro\nexact Nat.zero_le {bound}"
                if target.startswith("∀")
                else "constructor"
            )
        return [[Action("tactic", text, -0.1, ("x",))] for text in texts]


def test_a_step_that_does_not_hold_where_it_has_to_is_taken_back(gym: Gym, tmp_path: Path) -> None:
    statement = "(∀ x : Nat, 0 ≤ x) ∧ ∀ y : Nat, 0 ≤ y"

    async def go() -> None:
        with Store(tmp_path / "events.sqlite") as store:
            policy = Unhygienic()

            async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
                return policy.propose(batch)

            source = StatementSource(("Init",), WrittenStatement(statement))
            session = Session("it", source, gym.worker, store, propose, SearchSettings())
            await session.begin()
            await session.turn(50_000)
            assert session.proved
            made = declarations(session.graph, "it", statement, "It holds.")
            checker = Checker(session.states)
            with pytest.raises(Unwritten) as fault:
                await settled(session, made, checker)
            session.commit(taken_back(session.graph, fault.value))
            assert not session.proved
            resumed = History.read(store, "it", SearchSettings())
            assert not resumed.proved
            assert resumed.graph.goals.keys() == session.graph.goals.keys()
            assert resumed.tally.taken_back == 1
            await session.turn(50_000)
            assert session.proved
            made = declarations(session.graph, "it", statement, "It holds.")
            await settled(session, made, checker)
            await checker.close()

    gym.run(go())


class Inventing(Policy):
    """Proves nothing without a lemma: says the statement otherwise first, then stands on that."""

    name = "inventing"

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy`."""
        return [self._one(s) for s in batch]

    def _one(self, situation: Situation) -> list[Action]:
        goal = situation.goals[0]
        names = [h.name for h in goal.hyps]
        if goal.target.endswith("∧ True"):
            return []
        if situation.theory.invented:
            (lemma,) = situation.theory.invented
            return [Action("tactic", f"exact (@{lemma.name} {' '.join(names)}).1", -0.1, ("x",))]
        binders = " ".join(f"({h.name} : {h.type})" for h in goal.hyps)
        statement = " ".join(f"∀ {binders}, ({goal.target}) ∧ True".split())
        proof = "refine ⟨?_, True.intro⟩\nfirst | rfl | omega | simp [Outer.twice, *]"
        return [Action("lemma", statement, -0.1, ("x",), name="step", proof=proof)]


def test_lemmas_of_a_hole_stand_in_front_of_its_command(gym: Gym, tmp_path: Path) -> None:
    """In its namespace and section, under names that nothing else in the file has."""
    file = PinnedFile.read(Path(__file__).with_name("Inventing.lean"))

    async def read(text: str) -> FileAnswer:
        request = File(modules=["Init"], text=text, heartbeats=10**6, ms=60_000)
        return await gym.worker.request(request, FileAnswer)

    async def go() -> str:
        goals = goals_of(file, await read(file.text))
        assert len(goals) == 6
        written = []
        policy = Inventing()

        async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
            return policy.propose(batch)

        for goal in goals:
            called = identifier(goal, goals)
            source = StatementSource(("Init",), NumberedHole(goal.index), file.text, called=called)
            with Store(tmp_path / f"{goal.index}.sqlite") as store:
                session = Session("it", source, gym.worker, store, propose, SearchSettings())
                await session.begin()
                await session.turn(50_000)
                assert session.proved, goal.name
                with RunFolder.create(tmp_path / str(goal.index)) as folder:
                    job = Job(f"it{goal.index}", source, sorry=goal)
                    one = await write_file(session, job, folder, judged=goal.index > 0)
                await session.states.release()
            assert one.lemmas == 1
            unchecked = one.path.read_text().endswith(f"\n-- {UNCHECKED}\n")
            assert unchecked == (goal.index == 0)
            written.append(one.edits)
        # one of them alone, and all of them together
        assert len((await read(file.edited(written[0]).decode())).holes) == 5
        text = file.edited([edit for edits in written for edit in edits]).decode()
        assert (await read(text)).holes == ()
        return text

    text = gym.run(go())
    assert "sorry" not in text
    for name in ("one_step", "two_step_2", "three_step", "four_step", "five_step"):
        assert f"theorem {name} " in text, text
    # a proof in a block stands in front of the whole block
    assert text.index("theorem five_step") < text.index("  mutual")


def test_proofs_of_symmetric_goals_are_accepted(
    gym: Gym, tmp_path_factory: pytest.TempPathFactory
) -> None:
    counts = {"worlds": 0, "merged": 0}

    @settings(max_examples=40, database=None)
    @given(seed=st.integers(0, 10**6))
    def holds(seed: int) -> None:
        gym.run(written_out(gym, tmp_path_factory.mktemp("world"), seed, counts))

    holds()
    assert counts["worlds"] >= 30
    assert counts["merged"] >= counts["worlds"] / 2, counts


async def written_out(gym: Gym, folder: Path, seed: int, counts: dict[str, int]) -> None:
    """Search a world and have Lean accept what is written, in both ways of carrying a proof."""
    one = world(seed)
    session = await searched(gym, folder, one.statement, Scripted(seed))
    assert session.proved, one.statement
    counts["worlds"] += 1
    counts["merged"] += merged(session.graph) > 0
    checker = Checker(session.states)
    made = declarations(session.graph, "it", one.statement, "It holds.")
    await settled(session, made, checker)
    # restoring alone is enough, whatever the names are
    lines = await Replay(session.graph, session.states, renaming=False).lines(0)
    restored = GeneratedDeclaration("it", one.statement, lines, "It holds.", wide=True)
    assert await checker.accepts([restored]), (checker.fault, lines)
    await checker.close()
    await session.states.release()
