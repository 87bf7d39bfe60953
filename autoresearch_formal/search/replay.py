"""A proof carried out once more, step by step, where it will stand.

What `script.proof_lines` assembles is text; whether it holds where goals were merged, only Lean can
say. Here every step is tried at the very goal that it has to prove. Where the graph has the proof
of a goal that is the same up to names and order, the renamed step is tried first, then the goal
itself is restored and the step said as it is (`exchange`), then other steps that prove it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace as replaced

from autoresearch_formal.lean.messages import Child, ShownGoal
from autoresearch_formal.search.graph.cost import edge_cost
from autoresearch_formal.search.graph.events import (
    AnyEvent,
    EdgeAdded,
    EdgeTakenBack,
    GoalAdded,
    Note,
)
from autoresearch_formal.search.graph.exchange import Context, rename
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.graph.script import bulleted
from autoresearch_formal.search.states import Refused, States, context_of, fingerprint_of

MAX_REQUESTS = 600


@dataclass(frozen=True, slots=True)
class Reached:
    """What a step really leaves where the graph has another goal with the same fingerprint."""

    position: int
    """Among the children of the step."""
    shape: ShownGoal
    """The goal as the gym shows it."""


class Unwritten(Refused):
    """A proof of the graph that does not hold where it has to stand, and the step to blame."""

    def __init__(self, message: str, edge: int, reached: Reached | None = None) -> None:
        super().__init__(message)
        self.edge = edge
        self.reached = reached


def taken_back(graph: Graph, fault: Unwritten) -> list[AnyEvent]:
    """The events that undo a step. What it really leaves becomes a goal of its own."""
    events: list[AnyEvent] = [Note("taken back", str(fault)), EdgeTakenBack(fault.edge)]
    if fault.reached is None:
        return events
    at, shape = fault.reached.position, fault.reached.shape
    edge = graph.edges[fault.edge].added
    context = context_of(shape)
    goal = GoalAdded(
        max(graph.goals) + 1,
        graph.goals[edge.source].added.theory,
        f"{fingerprint_of([shape])}~{fault.edge}.{at}",
        shape.size,
        shape.pp,
        naming=shape.rename or "",
        names=context.names,
        order=context.order,
        levels=context.levels,
    )
    other = replaced(
        edge,
        id=max(graph.edges) + 1,
        children=(*edge.children[:at], goal.id, *edge.children[at + 1 :]),
        renames=tuple({} if k == at else r for k, r in enumerate(edge.renames)),
    )
    return [*events, goal, other]


@dataclass(frozen=True, slots=True)
class ReplayPlace:
    """A goal as it stands where the proof is written."""

    state: int
    context: Context
    above: frozenset[int] = frozenset()
    """Goals of the graph on the way here."""
    own: bool = True
    """Whether it is the goal of the graph itself and not one like it."""


@dataclass(slots=True)
class Replay:
    """See the module docstring."""

    graph: Graph
    states: States
    renaming: bool = True
    """Whether names are exchanged in scripts; otherwise goals are restored."""
    _requests: int = 0
    _made: list[int] = field(default_factory=list)

    async def lines(self, goal: int) -> list[str]:
        """The proof of a goal that starts one. Raises `Unwritten`, and `ProcessDied`."""
        added = self.graph.goals[goal].added
        place = ReplayPlace(await self.states.state(goal), _context(added))
        try:
            steps = await self._steps(goal, place)
        finally:
            await self.states.drop(self._made)
            self._made.clear()
        return [added.naming, *steps] if added.naming else steps

    async def _steps(self, goal: int, place: ReplayPlace) -> list[str]:
        """A proof of a goal at a place."""
        fault: Unwritten | None = None
        for edge in self._edges(goal, place):
            try:
                return await self._step(edge, place)
            except Unwritten as found:
                fault = fault or found
        raise fault or Unwritten("the proof goes in a circle", self._best(goal))

    def _best(self, goal: int) -> int:
        best = self.graph.goals[goal].best
        assert best is not None
        return best

    def _edges(self, goal: int, place: ReplayPlace) -> list[EdgeAdded]:
        """The edges that prove a goal, the cheapest first; none that leads back to where we are."""
        node = self.graph.goals[goal]
        if goal in place.above:
            return []
        whole = [self.graph.edges[e] for e in node.edges if self.graph.edges[e].missing == 0]
        costs = {e.added.id: edge_cost(self.graph.goals, e.added) for e in whole}
        return sorted(
            (e.added for e in whole), key=lambda e: (e.id != node.best, costs[e.id], e.id)
        )

    async def _step(self, edge: EdgeAdded, place: ReplayPlace) -> list[str]:
        above = place.above | {edge.source}
        own = _context(self.graph.goals[edge.source].added)
        if edge.kind != "tactic":  # the same goal again, in a theory that has more
            root = edge.children[-1]
            context = _context(self.graph.goals[root].added)
            state = await self.states.state(root)
            steps = await self._steps(root, ReplayPlace(state, context, above))
            return [*context.restored_from(place.context), *steps]
        fault = f"{edge.text!r} does not work"
        for text in self._texts(edge, own, place.context):
            children = await self._try(edge, place.state, text)
            if isinstance(children, str):
                fault = f"{text!r}: {children}"
                continue
            pairs = self._matched(edge.children, children)
            if pairs is None:
                fault = f"{text!r} leaves other goals"
                continue
            parts = []
            for position, (goal, child) in enumerate(pairs):
                parts.append(await self._part(edge, position, goal, child, place, above))
            return text.split("\n") + bulleted(parts)
        raise Unwritten(fault, edge.id)

    async def _part(
        self,
        edge: EdgeAdded,
        position: int,
        goal: int,
        child: Child,
        place: ReplayPlace,
        above: frozenset[int],
    ) -> list[str]:
        """The proof of one goal that a step leaves, with the names that it needs."""
        shape = child.goals[0]
        context = context_of(shape)
        added = self.graph.goals[goal].added
        own = place.own and context == _context(added) and shape.pp == added.text
        try:
            steps = await self._steps(goal, ReplayPlace(child.state, context, above, own))
        except Unwritten as fault:
            if own or not place.own:
                raise
            if edge.children[position : position + 1] != (goal,):
                position = edge.children.index(goal)
            raise Unwritten(str(fault), edge.id, Reached(position, shape)) from None
        return [shape.rename, *steps] if shape.rename else steps

    async def _try(self, edge: EdgeAdded, state: int, text: str) -> list[Child] | str:
        """The goals that a step leaves, or why it fails."""
        self._requests += 1
        if self._requests > MAX_REQUESTS:
            message = f"the proof was not put together in {MAX_REQUESTS} steps"
            raise Unwritten(message, edge.id)
        result = await self.states.tried(state, text)
        if not result.ok:
            return result.error.message if result.error else "failed"
        self._made += [child.state for child in result.children]
        return [child for child in result.children if child.goals]

    def _matched(
        self, goals: Sequence[int], children: Sequence[Child]
    ) -> list[tuple[int, Child]] | None:
        """The graph's goals for what a step left, in the order in which it was left."""
        prints = [fingerprint_of(c.goals) for c in children]
        wanted = {goal: self.graph.goals[goal].added.fingerprint for goal in goals}
        if not set(prints) <= set(wanted.values()):
            return None
        by_print = {p: goal for goal, p in wanted.items()}
        return [(by_print[p], child) for p, child in zip(prints, children, strict=True)]

    def _texts(self, edge: EdgeAdded, own: Context, here: Context) -> Iterator[str]:
        """What can be said at a place for a step from a goal with the context ``own``."""
        said: dict[str, None] = {}
        names = own.renaming_to(here)
        restored = own.restored_from(here) if len(own.names) == len(here.names) else []
        texts = [text for text in (edge.replacement, edge.text) if text]
        if self.renaming or not (names or restored):
            said |= dict.fromkeys(rename(text, names) for text in texts)
        if restored:
            said |= dict.fromkeys("\n".join([*restored, text]) for text in texts)
        yield from said


def _context(added: Any) -> Context:
    return Context(added.names, added.order, added.levels)
