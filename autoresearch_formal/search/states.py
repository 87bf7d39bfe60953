"""Where the graph's goals and theories live in the gym, and how to bring them back.

Nothing here is needed to resume: a goal's state is rebuilt from the statement it started from
and the edges that led to it, both of which are in the graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from autoresearch_formal.actions.base import GoalView
from autoresearch_formal.lean.messages import (
    Answer,
    Describe,
    DescribeAnswer,
    Drop,
    DropAnswer,
    Elab,
    ElabAnswer,
    File,
    FileAnswer,
    FileHole,
    Goal,
    GoalAnswer,
    GymError,
    Import,
    ImportAnswer,
    Request,
    ShownGoal,
    StepResult,
    Try,
    TryAnswer,
)
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.graph.events import (
    EdgeAdded,
    GoalAdded,
    NamedProposition,
    NumberedHole,
    Statement,
    WrittenStatement,
)
from autoresearch_formal.search.graph.exchange import Context
from autoresearch_formal.search.graph.graph import Graph

A = TypeVar("A", bound=Answer)

REBUILD_MS = 60_000
REBUILD_HEARTBEATS = 200_000
FILE_MS = 300_000
"""For a user's whole file, which has a budget of its own in its text."""
FILE_HEARTBEATS = 10_000_000


class Refused(RuntimeError):
    """The gym refused a request that the search relied on; the message is the gym's."""


def fingerprint_of(goals: Sequence[ShownGoal]) -> str:
    """One fingerprint for the goals of a state.

    What several goals share is not in their own fingerprints, so states with several goals are the
    same only if they look the same.
    """
    prints = "+".join(goal.fingerprint for goal in goals)
    if len(goals) == 1:
        return prints
    text = "\n\n".join(goal.pp for goal in goals)
    return f"{prints}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def context_of(goal: ShownGoal) -> Context:
    """The context of a goal and its canonical order."""
    names = tuple(h.name for h in goal.hyps)
    order = goal.order if goal.order is not None else tuple(range(len(names)))
    return Context(names, order, goal.levels)


def view(goal: ShownGoal) -> GoalView:
    """A goal of the gym for the policy."""
    return GoalView(
        goal.pp,
        goal.target,
        hyps=goal.hyps,
        fingerprint=goal.fingerprint,
        size=goal.size,
        head=goal.head or "",
        consts=goal.consts,
        tree=goal.tree,
    )


@dataclass(frozen=True, slots=True)
class StatementSource:
    """Where a target comes from: its imports, text that precedes it, and its statement."""

    modules: tuple[str, ...]
    statement: Statement
    prelude: str = ""
    """The user's whole file, for a hole of it."""
    trusted: bool = False
    """Whether that file may run code while it is compiled."""
    assume: bool = False
    """Whether its other holes may be taken as given."""
    called: str = ""
    """What the names of inventions for a hole begin with: no other hole of the file has it."""

    @property
    def hole(self) -> int | None:
        """The number of the hole that the statement stands for."""
        return self.statement.index if isinstance(self.statement, NumberedHole) else None


class States:
    """Maps graph numbers to the numbers of the current gym process."""

    def __init__(self, worker: Worker, graph: Graph, source: StatementSource) -> None:
        self.worker = worker
        self.graph = graph
        self.source = source
        self._generation = worker.generation
        self._theories: dict[int, int] = {}
        self._states: dict[int, int] = {}
        self._file = -1
        self._around = -1
        self._origins: dict[int, tuple[int, int]] = {}
        for number in sorted(graph.edges):
            self.note_edge(graph.edges[number].added)

    def note_edge(self, edge: EdgeAdded) -> None:
        """Remember an edge as the way to its children, unless there is an earlier one."""
        if edge.kind == "tactic":
            for child, slot in zip(edge.children, edge.slots, strict=True):
                if child != edge.source and not self.graph.goals[child].added.statement:
                    self._origins.setdefault(child, (edge.id, slot))

    def origin(self, goal: int) -> int:
        """Number of the edge by which the goal was first reached."""
        return self._origins[goal][0]

    def attach(self, worker: Worker) -> None:
        """Work with this process from now on."""
        if worker is not self.worker or worker.generation != self._generation:
            self.worker = worker
            self.forget()

    def forget(self) -> None:
        """The process is gone, and with it all states."""
        self._generation = self.worker.generation
        self._theories.clear()
        self._states.clear()
        self._around = -1

    def _check(self) -> None:
        if self._generation != self.worker.generation:
            self.forget()

    async def ask(self, request: Request, kind: type[A]) -> A:
        """A request that has to succeed. Raises `Refused`, and `ProcessDied`."""
        try:
            return await self.worker.request(request, kind)
        except GymError as fault:
            raise Refused(f"{request.op}: {fault}") from None

    async def tried(self, state: int, text: str) -> StepResult:
        """What one tactic does, with the limits of a step that is carried out again."""
        request = Try(state=state, tactics=[text], heartbeats=REBUILD_HEARTBEATS, ms=REBUILD_MS)
        return (await self.ask(request, TryAnswer)).results[0]

    async def shown(self, goal: int) -> tuple[ShownGoal, ...]:
        """The goals of a goal's state, with their terms."""
        request = Describe(state=await self.state(goal), tree=True)
        return (await self.ask(request, DescribeAnswer)).goals

    async def drop(self, states: Iterable[int] = (), theories: Iterable[int] = ()) -> None:
        """Forget states and theories in the gym."""
        await self.worker.request(Drop(states=list(states), theories=list(theories)), DropAnswer)

    async def theory(self, number: int) -> int:
        """The gym's number of a theory, building it if need be."""
        self._check()
        if number not in self._theories:
            self._theories[number] = await self._built(number)
        return self._theories[number]

    async def _built(self, number: int) -> int:
        added = self.graph.theories[number].added
        if added.parent is not None:
            request = Elab(
                theory=await self.theory(added.parent),
                text=added.text,
                heartbeats=REBUILD_HEARTBEATS,
                ms=REBUILD_MS,
            )
            return (await self.ask(request, ElabAnswer)).theory
        if self.source.hole is None:
            modules = list(self.source.modules)
            return (await self.ask(Import(modules=modules), ImportAnswer)).theory
        hole = await self._hole(self.source.hole)
        if hole.theory is None:
            raise Refused(f"file: hole {self.source.hole} has no theory")
        return hole.theory

    async def _hole(self, index: int) -> FileHole:
        """Read the user's file; the answer has what the hole's proof may stand on."""
        request = File(
            modules=list(self.source.modules),
            text=self.source.prelude,
            trusted=self.source.trusted,
            assume_holes=self.source.assume,
            only=index,
            heartbeats=FILE_HEARTBEATS,
            ms=FILE_MS,
        )
        answer = await self.ask(request, FileAnswer)
        self._file = answer.file
        self._around = answer.holes[0].before
        return answer.holes[0]

    async def around(self) -> int:
        """The user's file as it is before the command of the hole, with all that is open."""
        await self.theory(0)
        return self._around

    def set_theory(self, number: int, gym: int) -> None:
        """A theory that was just made."""
        self._theories[number] = gym

    def set_state(self, goal: int, gym: int) -> None:
        """A state that was just made."""
        self._states[goal] = gym

    def known(self, goal: int) -> bool:
        """Whether the goal has a live state."""
        self._check()
        return goal in self._states

    async def state(self, goal: int) -> int:
        """The gym's state of a goal, replaying the way to it if need be."""
        self._check()
        if goal in self._states:
            return self._states[goal]
        added = self.graph.goals[goal].added
        if added.statement:
            answer = await self.open(await self.theory(added.theory), added.statement)
            self._states[goal] = answer.state
            return answer.state
        edge_number, slot = self._origins[goal]
        edge = self.graph.edges[edge_number].added
        result = await self.tried(await self.state(edge.source), edge.text)
        if not result.ok or slot >= len(result.children):
            raise Refused(f"{edge.text!r} no longer works")
        self._states[goal] = result.children[slot].state
        return self._states[goal]

    async def open(self, theory: int, statement: Statement) -> GoalAnswer:
        """Start a proof of a statement."""
        match statement:
            case NamedProposition():
                request = Goal(theory=theory, prop=statement.name)
            case NumberedHole():
                place = {"file": self._file, "index": statement.index}
                request = Goal(theory=theory, hole=place)
            case WrittenStatement():
                request = Goal(theory=theory, statement=statement.text)
        return await self.ask(request, GoalAnswer)

    def opened(self, goal: int, theory: int, statement: Statement, answer: GoalAnswer) -> GoalAdded:
        """The event for a goal that `open` has answered; its state is remembered."""
        self.set_state(goal, answer.state)
        shape = answer.goals[0]
        context = context_of(shape)
        return GoalAdded(
            goal,
            theory,
            fingerprint=fingerprint_of(answer.goals),
            size=shape.size,
            text=shape.pp,
            statement=statement,
            naming=answer.intro or "",
            names=context.names,
            order=context.order,
            levels=context.levels,
        )

    async def release(self) -> None:
        """Free everything in the gym that belongs to this target."""
        self._check()
        states, theories = list(self._states.values()), list(self._theories.values())
        theories += [self._around] if self._around >= 0 else []
        self.forget()
        if states or theories:
            await self.drop(states, theories)
