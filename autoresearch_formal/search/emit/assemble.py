"""The declarations of a finished proof, each accepted by Lean in front of the next.

A declaration is first written as the graph has it. Where Lean does not take that, the lines are
left as they are instead of being set for readers, and then the proof is carried out once more,
step by step (`replay`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from autoresearch_formal.lean.messages import Elab, ElabAnswer, GymError
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.search.emit.generate import GeneratedDeclaration
from autoresearch_formal.search.replay import Replay, Unwritten
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.states import States

CHECK_HEARTBEATS = 200_000
"""What Lean gives a declaration; a file that needs more would not compile anywhere."""

CHECK_MS = 60_000
CLEANING_HEARTBEATS = 40_000
"""Spent on making a proof shorter; a search has other targets to see to."""


class Checker:
    """Asks Lean for declarations one after the other; what was accepted is not asked again."""

    def __init__(self, states: States, namespace: str = "") -> None:
        self.states = states
        self.namespace = namespace
        self.fault = ""
        """Why the last text was refused."""
        self.spent = 0
        """Heartbeats of `cleaner`."""
        self._accepted: dict[tuple[str, ...], int] = {}
        self._generation = states.worker.generation

    async def accepts(self, made: Sequence[GeneratedDeclaration]) -> bool:
        """Whether Lean takes these declarations in this order."""
        try:
            return await self._theory(made) is not None
        except ProcessDied:  # once more, in the process that has taken over
            return await self._theory(made) is not None

    async def cleaner(self, made: Sequence[GeneratedDeclaration]) -> bool:
        """The same within a budget; beyond it no, so that what was not tried stays as it is."""
        return self.spent <= CLEANING_HEARTBEATS and await self.accepts(made)

    async def _theory(self, made: Sequence[GeneratedDeclaration]) -> int | None:
        """The theory that has these declarations, None if Lean refuses one."""
        if self._generation != self.states.worker.generation:
            self._generation = self.states.worker.generation
            self._accepted.clear()
        texts = tuple(d.render() for d in made)
        done = next((k for k in range(len(texts), 0, -1) if texts[:k] in self._accepted), 0)
        theory = self._accepted[texts[:done]] if done else await self.states.theory(0)
        for k in range(done, len(texts)):
            request = Elab(
                theory=theory,
                text=self._placed(texts[k]),
                heartbeats=CHECK_HEARTBEATS,
                ms=CHECK_MS,
            )
            try:
                answer = await self.states.worker.request(request, ElabAnswer)
            except GymError as error:
                self.spent += int(error.extra.get("heartbeats", 0))
                self.fault = error.message
                return None
            self.spent += answer.heartbeats
            theory = self._accepted[texts[: k + 1]] = answer.theory
        return theory

    def _placed(self, text: str) -> str:
        if not self.namespace:
            return text
        return f"namespace {self.namespace}\n{text}\nend {self.namespace}"

    async def close(self) -> None:
        """Forget what was accepted, here and in the gym."""
        if self._generation == self.states.worker.generation and self._accepted:
            await self.states.drop(theories=self._accepted.values())
        self._accepted.clear()


async def settled(
    session: Session, made: Sequence[GeneratedDeclaration], checker: Checker
) -> list[GeneratedDeclaration]:
    """The declarations as Lean takes them. Raises `Unwritten` for the first that it does not."""
    done: list[GeneratedDeclaration] = []
    for decl in made:
        faults = []
        async for written in variants(session, decl):
            if await checker.accepts([*done, written]):
                done.append(written)
                break
            faults.append(checker.fault)
        else:
            raise unwritten(session, decl.goal or 0, faults[-1])
    return done


def unwritten(session: Session, goal: int, fault: str) -> Unwritten:
    """The step by which a goal was proved is to blame for a proof that fails as a whole."""
    best = session.graph.goals[goal].best
    assert best is not None
    return Unwritten(f"the assembled proof does not check: {fault}", best)


async def variants(
    session: Session, decl: GeneratedDeclaration
) -> AsyncIterator[GeneratedDeclaration]:
    """Ways to write a declaration, the most readable first. Raises `Unwritten`."""
    yield decl
    if decl.goal is None:
        return
    yield replace(decl, wide=True)
    again = await Replay(session.graph, session.states).lines(decl.goal)
    yield replace(decl, lines=again)
    yield replace(decl, lines=again, wide=True)
