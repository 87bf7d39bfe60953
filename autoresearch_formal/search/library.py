"""What is visible where a target lives: names for prompts, statements for reasoning."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from autoresearch_formal.actions.base import GoalView, NameView
from autoresearch_formal.lean.messages import (
    Describe,
    DescribeAnswer,
    Drop,
    DropAnswer,
    GymError,
    Import,
    ImportAnswer,
    Names,
    NamesAnswer,
)
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.retrieve import Retrieval, symbols
from autoresearch_formal.search.states import Refused
from autoresearch_formal.symbolic.facts import background
from autoresearch_formal.targets.worlds import World

FOUNDATION = f"{World().foundation}.*"
FACTS = 40
CHUNK = 200


class VisibleFacts:
    """An index over visible declarations, read once from a gym."""

    def __init__(self, names: Sequence[NameView], core: Sequence[NameView]) -> None:
        self._core = tuple(core)
        self._extensional = {n.name: n for n in names if n.name.endswith(".ext_iff")}
        self._retrieval = Retrieval(names)
        self._last: tuple[GoalView, list[NameView]] | None = None

    @classmethod
    async def read(cls, worker: Worker, modules: Sequence[str]) -> VisibleFacts:
        """Ask a gym what these imports make visible. Raises `Refused` for an unknown module."""
        try:
            theory = (await worker.request(Import(modules=list(modules)), ImportAnswer)).theory
        except GymError as fault:
            raise Refused(f"import: {fault.message}") from None
        names: list[NameView] = []
        with contextlib.suppress(GymError):  # a file of one's own need not import the foundation
            request = Names(theory=theory, modules=[FOUNDATION], ms=60_000)
            listed = await worker.request(request, NamesAnswer)
            names = await _described(worker, theory, [row.name for row in listed.names])
        core = await _described(worker, theory, list(background()))
        if not core:  # one of them is not visible here; find out which are
            for name in background():
                core += await _described(worker, theory, [name])
        await worker.request(Drop(theories=[theory]), DropAnswer)
        return cls(names, core)

    def _near(self, goal: GoalView) -> list[NameView]:
        """The closest names with trees; names and facts of one goal are asked for in turn."""
        if self._last is None or self._last[0] is not goal:
            self._last = goal, self._retrieval(goal, FACTS)
        return self._last[1]

    def names(self, goal: GoalView, count: int) -> tuple[NameView, ...]:
        """The closest names, without trees."""
        found = self._near(goal)[:count] if count <= FACTS else self._retrieval(goal, count)
        return tuple(NameView(n.name, n.kind, n.type) for n in found)

    def facts(self, goal: GoalView) -> tuple[NameView, ...]:
        """Core facts that share a symbol with the goal, then the closest of the library.

        What equality means for the types that the goal speaks of is always among them.
        """
        context = set(goal.consts)
        core = [n for n in self._core if n.name.partition(".")[0] in context]
        near = self._near(goal)
        types = sorted(f"{c}.ext_iff" for c in symbols(goal.tree, goal.pp))
        equal = [self._extensional[t] for t in types if t in self._extensional]
        return (*core, *near, *[n for n in equal if n not in near])


async def _described(worker: Worker, theory: int, names: Sequence[str]) -> list[NameView]:
    found: list[NameView] = []
    for start in range(0, len(names), CHUNK):
        request = Describe(
            theory=theory,
            names=list(names[start : start + CHUNK]),
            tree=True,
            heartbeats=200_000,
            ms=60_000,
        )
        with contextlib.suppress(GymError):  # one of them is not visible here
            answer = await worker.request(request, DescribeAnswer)
            found += [NameView(d.name, d.kind, d.type, d.tree) for d in answer.decls]
    return found
