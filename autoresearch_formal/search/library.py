"""What is visible where a target lives: names for prompts, statements for reasoning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.actions.base import GoalView, NameView
from autoresearch_formal.lean.messages import GymError, Names, NamesAnswer
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.index import described, index_file, keep, kept, listed
from autoresearch_formal.search.retrieve import Retrieval, symbols
from autoresearch_formal.symbolic.facts import fact_expr
from autoresearch_formal.symbolic.witness.instances import concludes
from autoresearch_formal.targets.worlds import FOUNDATION
from autoresearch_formal.terms import BadTree, Expr, parse_goal

FACTS = 40
CONCLUDING = 24
"""Theorems that conclude a goal which a policy gets to see."""
OWN = 400
"""Declarations of a user that are looked at, the last ones."""
NOT_OWN = ("Init", "Std", "Lean", FOUNDATION.partition(".")[0])
"""Roots of modules that are not the user's, or are read for all."""
NO_MODULE = "_"
"""A pattern of modules that there are none of: what is listed is the theory's own."""


class VisibleFacts:
    """An index over visible declarations, read once from a gym."""

    def __init__(self, names: Sequence[NameView], core: Sequence[NameView]) -> None:
        self._core = tuple(core)
        self._extensional = {n.name: n for n in names if n.name.endswith(".ext_iff")}
        self._retrieval = Retrieval(names)
        self.concluding = Concluding(names)
        self._last: tuple[GoalView, list[NameView]] | None = None

    @classmethod
    async def read(
        cls, worker: Worker, modules: Sequence[str], folder: Path | None = None
    ) -> VisibleFacts:
        """Ask a gym what these imports make visible. Raises `Refused` for an unknown module.

        What it said is kept in `folder`, for later runs (`index`).
        """
        file = index_file(folder, worker.settings, modules) if folder is not None else None
        index = kept(file) if file is not None else None
        if index is None:
            index, whole = await listed(worker, modules)
            if file is not None and whole:
                keep(file, index)
        return cls(index.names, index.core)

    @classmethod
    async def own(cls, worker: Worker, theory: int, modules: Sequence[str]) -> VisibleFacts:
        """What a user's file declares, and the modules of theirs that it imports."""
        mine = [m for m in modules if m.partition(".")[0] not in NOT_OWN] or [NO_MODULE]
        try:
            request = Names(theory=theory, modules=mine, ms=60_000)
            visible = await worker.request(request, NamesAnswer)
        except GymError:
            return cls((), ())
        names = [row.name for row in visible.names][-OWN:]
        return cls((await described(worker, theory, names))[0], ())

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


class Concluding:
    """Visible theorems by what they conclude."""

    def __init__(self, names: Sequence[NameView]) -> None:
        self._by_head: dict[str, list[NameView]] = {}
        for view in names:
            if view.kind == "theorem" and view.tree is not None:
                self._by_head.setdefault(conclusion_head(view.tree), []).append(view)
        self._facts: dict[str, Expr | None] = {}

    def __call__(self, goal: GoalView) -> tuple[NameView, ...]:
        """The theorems whose conclusion matches a goal's target, library order."""
        if goal.tree is None or not goal.head:
            return ()
        try:
            target = parse_goal(goal.tree, {}).target
        except (BadTree, KeyError):
            return ()
        found = [v for v in self._by_head.get(goal.head, ()) if self._concludes(v, target)]
        return tuple(found[:CONCLUDING])

    def _concludes(self, view: NameView, target: Expr) -> bool:
        if view.name not in self._facts:
            self._facts[view.name] = fact_expr(view)
        fact = self._facts[view.name]
        return fact is not None and concludes(fact, target)


def conclusion_head(tree: Mapping[str, Any]) -> str:
    """The constant at the head of a statement, after its ∀ and →; "" if there is none."""
    nodes, at = tree["nodes"], tree["target"]
    while nodes[at][0] == "p":
        at = nodes[at][3]
    while nodes[at][0] == "a":
        at = nodes[at][1]
    return str(nodes[at][1]) if nodes[at][0] == "c" else ""
