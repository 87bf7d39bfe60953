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

from autoresearch_formal.search.graph.cost import edge_cost
from autoresearch_formal.search.graph.events import EdgeAdded
from autoresearch_formal.search.graph.exchange import Context, rename
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.graph.script import bulleted
from autoresearch_formal.search.states import (
    REBUILD_HEARTBEATS,
    REBUILD_MS,
    Refused,
    States,
)
from autoresearch_formal.search.views import context_of, fingerprint_of

MAX_REQUESTS = 600


class Stuck(Refused):
    """No step that the graph has for a goal works at this place."""


@dataclass(frozen=True, slots=True)
class Place:
    """A goal as it stands where the proof is written."""

    state: int
    context: Context
    above: frozenset[int] = frozenset()
    """Goals of the graph on the way here."""


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
        """The proof of a goal that starts one. Raises `Stuck`, and `WorkerLost`."""
        added = self.graph.goals[goal].added
        place = Place(await self.states.state(goal), _context(added))
        try:
            steps = await self._steps(goal, place)
        finally:
            await self.states.worker.request("drop", states=self._made)
            self._made.clear()
        return [added.naming, *steps] if added.naming else steps

    async def _steps(self, goal: int, place: Place) -> list[str]:
        """A proof of a goal at a place."""
        fault = Stuck(f"goal {goal} has no proof")
        for edge in self._edges(goal, place):
            try:
                return await self._step(edge, place)
            except Stuck as stuck:
                fault = stuck
        raise fault

    def _edges(self, goal: int, place: Place) -> list[EdgeAdded]:
        """The edges that prove a goal, the cheapest first; none that leads back to where we are."""
        node = self.graph.goals[goal]
        if goal in place.above:
            return []
        whole = [self.graph.edges[e] for e in node.edges if self.graph.edges[e].missing == 0]
        costs = {e.added.id: edge_cost(self.graph.goals, e.added) for e in whole}
        return sorted(
            (e.added for e in whole), key=lambda e: (e.id != node.best, costs[e.id], e.id)
        )

    async def _step(self, edge: EdgeAdded, place: Place) -> list[str]:
        above = place.above | {edge.source}
        own = _context(self.graph.goals[edge.source].added)
        if edge.kind != "tactic":  # the same goal again, in a theory that has more
            root = edge.children[-1]
            context = _context(self.graph.goals[root].added)
            state = await self.states.state(root)
            steps = await self._steps(root, Place(state, context, above))
            return [*context.restored_from(place.context), *steps]
        fault = f"{edge.text!r} does not work"
        for text in self._texts(edge, own, place.context):
            children = await self._try(place.state, text)
            if isinstance(children, str):
                fault = f"{text!r}: {children}"
                continue
            pairs = self._matched(edge.children, children)
            if pairs is None:
                fault = f"{text!r} leaves other goals"
                continue
            parts = []
            for goal, child in pairs:
                shape = child["goals"][0]
                steps = await self._steps(goal, Place(child["state"], context_of(shape), above))
                naming = shape.get("rename")
                parts.append([naming, *steps] if naming else steps)
            return text.split("\n") + bulleted(parts)
        raise Stuck(fault)

    async def _try(self, state: int, text: str) -> list[dict[str, Any]] | str:
        """The goals that a step leaves, or why it fails."""
        self._requests += 1
        if self._requests > MAX_REQUESTS:
            raise Stuck(f"the proof was not put together in {MAX_REQUESTS} steps")
        answer = await self.states.ask(
            "try", state=state, tactics=[text], heartbeats=REBUILD_HEARTBEATS, ms=REBUILD_MS
        )
        result = answer["results"][0]
        if not result.get("ok"):
            return str(result.get("error", {}).get("message", "failed"))
        self._made += [c["state"] for c in result.get("children", ())]
        return [c for c in result.get("children", ()) if c.get("goals")]

    def _matched(
        self, goals: Sequence[int], children: Sequence[dict[str, Any]]
    ) -> list[tuple[int, dict[str, Any]]] | None:
        """The graph's goals for what a step left, in the order in which it was left."""
        prints = [fingerprint_of(c["goals"]) for c in children]
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
