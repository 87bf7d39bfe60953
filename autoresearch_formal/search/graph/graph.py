"""The proof graph: an AND/OR hypergraph over goals in growing theories. Pure.

It knows nothing of Lean, models or files. It is a fold over events (`events.py`), so that the
same events give the same graph, and it keeps two things up to date as events arrive:

- **status**: a goal is *proved* when some edge has only proved children (least fixpoint, so a
  cycle never proves anything), *failed* when it is refuted or everything from it is dead and
  nothing more will be tried, *exhausted* when its budget ended before either, else *open*;
- **cost**: the cheapest proof of every proved goal over the AND/OR structure (`cost.py`).

Both only improve: a proved goal stays proved, its cost never rises, a failed goal stays failed.
Each event costs time proportional to what it changes. The exception is a step that is taken back,
because the proof can't be written with it: then the graph is what it would be without that step.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from autoresearch_formal.search.graph.cost import INFINITY, relax
from autoresearch_formal.search.graph.events import (
    EdgeAdded,
    EdgeTakenBack,
    Expanded,
    GoalAdded,
    GoalClosed,
    GraphEvent,
    LemmaAdded,
    TheoryAdded,
)


class Status(enum.Enum):
    """What is known about a goal."""

    OPEN = "open"
    PROVED = "proved"
    FAILED = "failed"
    EXHAUSTED = "exhausted"


class GraphError(ValueError):
    """An event that does not fit the graph: unknown id, a twin goal, a negative cost."""


@dataclass(slots=True)
class TheoryNode:
    """Environment number ``added.id``; the target's own environment is number 0."""

    added: TheoryAdded
    goals: dict[str, int] = field(default_factory=dict)
    """Fingerprint to goal id."""


@dataclass(slots=True)
class GoalNode:
    """An OR node."""

    added: GoalAdded
    edges: list[int] = field(default_factory=list)
    """Edges from this goal."""
    parents: list[int] = field(default_factory=list)
    """Edges that have this goal as a child (an edge appears once even if it does so twice)."""
    expansions: int = 0
    closed: str = ""
    live_edges: int = 0
    """Edges from here without a failed child."""
    proved: bool = False
    failed: bool = False
    cost: float = INFINITY
    best: int | None = None
    """The edge that gives `cost`."""


@dataclass(slots=True)
class Edge:
    """An AND node: all children are needed."""

    added: EdgeAdded
    missing: int = 0
    """Distinct children not yet proved."""
    dead: bool = False


class Graph:
    """See the module docstring. Read the dictionaries freely; change them through `apply`."""

    def __init__(self, events: Iterable[GraphEvent] = ()) -> None:
        self.taken_back: frozenset[int] = frozenset()
        """Edges that prove nothing."""
        self._history: list[GraphEvent] = []
        self._clear()
        for event in events:
            self.apply(event)

    def _clear(self) -> None:
        self.theories: dict[int, TheoryNode] = {}
        self.goals: dict[int, GoalNode] = {}
        self.edges: dict[int, Edge] = {}
        self.lemmas: dict[int, LemmaAdded] = {}
        """Lemma nodes by the goal that has to be proved for them."""
        self.introduced: set[int] = set()
        """Goals of lemmas that some theory has."""

    # -- reading ---------------------------------------------------------------------------

    def find(self, theory: int, fingerprint: str) -> int | None:
        """The goal with this fingerprint in this theory, if there is one."""
        return self.theories[theory].goals.get(fingerprint)

    def status(self, goal: int) -> Status:
        """Proved, failed, exhausted or open."""
        node = self.goals[goal]
        if node.proved:
            return Status.PROVED
        if node.failed:
            return Status.FAILED
        return Status.EXHAUSTED if node.closed == "budget" else Status.OPEN

    def lineage(self, theory: int) -> list[TheoryNode]:
        """The theory and its ancestors, root first."""
        chain = []
        current: int | None = theory
        while current is not None:
            node = self.theories[current]
            chain.append(node)
            current = node.added.parent
        return chain[::-1]

    def introductions(self) -> dict[str, TheoryNode]:
        """Every invented declaration by name, with the theory that first has it."""
        return {t.added.name: t for t in self.theories.values() if t.added.parent is not None}

    # -- changing --------------------------------------------------------------------------

    def apply(self, event: GraphEvent) -> None:
        """Take one event in. Raises `GraphError`, and changes nothing, if it does not fit."""
        self._apply(event)
        self._history.append(event)
        if isinstance(event, EdgeTakenBack):
            self.taken_back |= {event.id}
            self._clear()
            for earlier in self._history:
                self._apply(earlier)

    def _apply(self, event: GraphEvent) -> None:
        match event:
            case TheoryAdded():
                self._add_theory(event)
            case GoalAdded():
                self._add_goal(event)
            case LemmaAdded():
                self._goal(event.source)
                self._goal(event.goal)
                self.lemmas[event.goal] = event
            case EdgeAdded():
                self._add_edge(event)
            case EdgeTakenBack():
                if event.id not in self.edges:
                    raise GraphError(f"no edge {event.id}")
            case GoalClosed():
                self._close(event)
            case Expanded():
                self._goal(event.id).expansions = event.expansion

    def _goal(self, goal: int) -> GoalNode:
        try:
            return self.goals[goal]
        except KeyError:
            raise GraphError(f"no goal {goal}") from None

    def _add_theory(self, event: TheoryAdded) -> None:
        if event.id in self.theories:
            raise GraphError(f"theory {event.id} exists")
        if event.parent is not None and event.parent not in self.theories:
            raise GraphError(f"no theory {event.parent}")
        self.theories[event.id] = TheoryNode(event)

    def _add_goal(self, event: GoalAdded) -> None:
        if event.theory not in self.theories:
            raise GraphError(f"no theory {event.theory}")
        if event.id in self.goals:
            raise GraphError(f"goal {event.id} exists")
        goals = self.theories[event.theory].goals
        if event.fingerprint in goals:
            raise GraphError(f"goal {goals[event.fingerprint]} has this fingerprint already")
        goals[event.fingerprint] = event.id
        self.goals[event.id] = GoalNode(event)

    def _add_edge(self, event: EdgeAdded) -> None:
        if event.id in self.edges:
            raise GraphError(f"edge {event.id} exists")
        if not event.cost >= 0:
            raise GraphError(f"edge {event.id} has cost {event.cost}, which is not >= 0")
        source = self._goal(event.source)
        children = {child: self._goal(child) for child in event.children}
        edge = Edge(event, missing=sum(not c.proved for c in children.values()))
        self.edges[event.id] = edge
        source.edges.append(event.id)
        if event.kind == "lemma":
            self.introduced.add(event.children[0])
        for child in children.values():
            child.parents.append(event.id)
        if event.id in self.taken_back:
            edge.dead = True
            edge.missing = len(children) + 1  # never complete
        elif any(c.failed for c in children.values()):
            edge.dead = True
        else:
            source.live_edges += 1
        if edge.missing == 0:
            self._prove(event.id)

    def _close(self, event: GoalClosed) -> None:
        goal = self._goal(event.id)
        if goal.closed in ("refuted", "complete"):
            return
        goal.closed = event.reason
        if not goal.proved:
            self._settle_failure([event.id])

    def _prove(self, edge: int) -> None:
        """Propagate that an edge is complete: proved goals first, then cheaper costs."""
        ready = [edge]
        completed: list[int] = []
        while ready:
            current = ready.pop()
            completed.append(current)
            goal = self.goals[self.edges[current].added.source]
            if goal.proved:
                continue
            goal.proved = True
            goal.failed = False
            for parent in goal.parents:
                node = self.edges[parent]
                node.missing -= 1
                if node.missing == 0:
                    ready.append(parent)
        relax(self.goals, self.edges, completed)

    def _settle_failure(self, goals: list[int]) -> None:
        """Propagate failure upwards: a goal fails when it is closed and all its edges are dead."""
        while goals:
            goal = self.goals[goals.pop()]
            if goal.proved or goal.failed:
                continue
            hopeless = goal.closed == "complete" and goal.live_edges == 0
            if not (hopeless or goal.closed == "refuted"):
                continue
            goal.failed = True
            for parent in goal.parents:
                edge = self.edges[parent]
                if not edge.dead:
                    edge.dead = True
                    self.goals[edge.added.source].live_edges -= 1
                    goals.append(edge.added.source)
