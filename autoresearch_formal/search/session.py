"""The search for one target: expand the best goal, try what the policy says, write it down.

A session is a fold: its graph is a function of the events in the store, and what it does next is
a function of the graph and the seed. It can therefore stop after any batch and go on later, in
this process or another.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from autoresearch_formal.policy.base import Action, GoalView, NameView, Situation, TheoryView
from autoresearch_formal.search.attempt import Attempts, Planned
from autoresearch_formal.search.events import (
    AnyEvent,
    EdgeAdded,
    Expanded,
    GoalAdded,
    GoalClosed,
    LemmaAdded,
    Note,
    Shown,
    TheoryAdded,
    Tried,
)
from autoresearch_formal.search.frontier import Frontier
from autoresearch_formal.search.graph import Graph
from autoresearch_formal.search.gym import Worker, WorkerLost
from autoresearch_formal.search.invent import Inventor
from autoresearch_formal.search.library import Library
from autoresearch_formal.search.settings import Settings
from autoresearch_formal.search.states import Refused, Source, States
from autoresearch_formal.search.store import Store
from autoresearch_formal.search.views import view

Refute = Callable[[GoalView], Awaitable[bool]]
Propose = Callable[[Sequence[Situation]], Awaitable[list[list[Action]]]]


@dataclass(slots=True)
class Tally:
    """What a session has spent and found so far."""

    steps: int = 0
    heartbeats: int = 0
    work: int = 0
    lemmas_tried: int = 0
    lemmas_kept: int = 0
    definitions_tried: int = 0
    definitions_kept: int = 0


class Session:
    """One target's search. Call `begin` once, then `turn` until `proved` or `exhausted`."""

    def __init__(
        self,
        target: str,
        source: Source,
        worker: Worker,
        store: Store,
        propose: Propose,
        settings: Settings,
        library: Library | None = None,
        refute: Refute | None = None,
    ) -> None:
        self.target = target
        self.source = source
        self.store = store
        self.propose = propose
        self.settings = settings
        self.refute = refute
        self.library = library or Library((), ())
        self.tally = Tally()
        self.graph = Graph()
        self.lost: dict[int, int] = {}
        """How many workers each goal has cost; a goal that kills two is left alone."""
        self._tried: dict[int, set[str]] = {}
        self._inventions: dict[int, tuple[NameView, ...]] = {}
        for event in store.read(target):
            self._take(event)
        self.states = States(worker, self.graph, source)
        self.frontier = Frontier(self.graph, settings.weights)
        self.attempts = Attempts(self.graph, self.states, settings)
        self.inventor = Inventor(self.graph, self.states, self.attempts, self.commit)
        self.exhausted = False

    # -- events ------------------------------------------------------------------------------

    def _take(self, event: AnyEvent) -> None:
        match event:
            case Tried():
                self.tally.steps += 1
                self.tally.heartbeats += event.heartbeats
                self.tally.work += event.heartbeats + self.settings.budgets.step_work
                self._tried.setdefault(event.goal, set()).add(event.text)
            case Expanded():
                budgets = self.settings.budgets
                self.tally.work += int(budgets.think_work * budgets.growth ** (event.effort - 1))
                self.graph.apply(event)
            case Note() | Shown():
                pass
            case LemmaAdded():
                self.tally.lemmas_tried += 1
                self.graph.apply(event)
            case TheoryAdded():
                self.tally.lemmas_kept += event.kind == "lemma"
                self.tally.definitions_kept += event.kind == "definition"
                self.graph.apply(event)
            case _:
                self.graph.apply(event)

    def commit(self, events: Sequence[AnyEvent]) -> None:
        """To disk first, then into the graph and the queue."""
        self.store.append(self.target, events)
        fresh: list[int] = []
        for event in events:
            self._take(event)
            if isinstance(event, EdgeAdded):
                self.states.note_edge(event)
                self.frontier.add_edge(event.id)
            elif isinstance(event, GoalAdded) and event.statement:
                fresh.append(event.id)
        for goal in fresh:
            self.frontier.add_root(goal)

    @property
    def proved(self) -> bool:
        """Whether the target has a proof."""
        return bool(self.graph.goals) and self.graph.goals[0].proved

    async def begin(self) -> None:
        """Open the target, unless the store has it already. Raises `Refused` for a bad target."""
        if self.graph.goals:
            return
        self.commit([TheoryAdded(0)])
        statement = self.source.statement
        answer = await self.states.open(await self.states.theory(0), statement)
        self.commit([self.states.opened(0, 0, statement, answer)])

    # -- the loop ----------------------------------------------------------------------------

    async def turn(self, work: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Expand goals until the target is proved, nothing is left, or ``work`` units are spent."""
        limit = self.tally.work + work
        while not self.proved and self.tally.work < limit and not stop():
            goal = self.frontier.pop()
            if goal is None:
                self.exhausted = True
                return
            try:
                await self.expand(goal)
            except WorkerLost:
                self.states.forget()
                self.lost[goal] = self.lost.get(goal, 0) + 1
                note = Note("worker lost", f"at goal {goal}")
                closed = [GoalClosed(goal, "budget")] if self.lost[goal] > 1 else []
                self.commit([note, *closed])
            except Refused as fault:
                self.commit([Note("refused", str(fault)), GoalClosed(goal, "budget")])
            await self.inventor.introduce()

    async def expand(self, goal: int) -> None:
        """Ask the policy about one goal and try what it says, cheapest actions first."""
        node = self.graph.goals[goal]
        effort = node.effort + 1
        state = await self.states.state(goal)
        shown = await self.states.ask("describe", state=state, tree=True)
        invented = await self._invented(node.added.theory)
        situation = self.situation(goal, effort, shown["goals"], invented)
        if effort == 1 and self.refute is not None and await self.refute(situation.goals[0]):
            self.commit([Expanded(goal, effort), GoalClosed(goal, "refuted")])
            return
        actions = (await self.propose([situation]))[0]
        tried = self._tried.setdefault(goal, set())
        fresh: dict[str, Action] = {}
        for action in actions:
            if action.text not in tried:
                fresh.setdefault(action.text, action)
        offered = tuple((n.name, n.kind, n.type) for n in situation.names)
        events: list[AnyEvent] = [Shown(goal, effort, offered)]
        tactics = [a for a in fresh.values() if a.kind == "tactic"]
        planned = Planned(self.graph)
        done = False
        for heartbeats in sorted({self._heartbeats(a, effort) for a in tactics}):
            tier = [a for a in tactics if self._heartbeats(a, effort) == heartbeats]
            made, done = await self.attempts(planned, goal, state, tier, heartbeats, effort)
            events += made
            if done:
                break
        events.append(Expanded(goal, effort))
        if not done and effort >= self.settings.budgets.efforts:
            events.append(GoalClosed(goal, "complete" if not actions else "budget"))
        terms = self.frontier.terms(goal)
        events.append(Note("expanded", shown["goals"][0].get("pp", ""), {"goal": goal, **terms}))
        self.commit(events)
        if not done:
            wanted = [a for a in fresh.values() if a.kind in self.settings.invents]
            await self.inventor.propose(goal, wanted)

    def _heartbeats(self, action: Action, effort: int) -> int:
        budgets = self.settings.budgets
        base = action.heartbeats or budgets.cheap
        return min(budgets.ceiling, int(base * budgets.growth ** (effort - 1)))

    async def _invented(self, theory: int) -> tuple[NameView, ...]:
        """The inventions that a theory has, with their trees."""
        if theory not in self._inventions:
            names = [t.added.name for t in self.graph.lineage(theory) if t.added.name]
            self._inventions[theory] = ()
            if names:
                number = await self.states.theory(theory)
                shown = await self.states.ask("describe", theory=number, names=names, tree=True)
                self._inventions[theory] = tuple(
                    NameView(d["name"], d["kind"], d["type"], d.get("tree")) for d in shown["decls"]
                )
        return self._inventions[theory]

    def situation(
        self,
        goal: int,
        effort: int,
        goals: Sequence[dict[str, Any]],
        invented: tuple[NameView, ...] = (),
    ) -> Situation:
        """What the policy gets to see of a goal."""
        views = tuple(view(g) for g in goals)
        return Situation(
            TheoryView(self.source.modules, invented),
            views,
            self.library.names(views[0], self.settings.names),
            self.library.facts(views[0]),
            effort,
            1.0,
            tuple(self.path(goal)),
            bool(self.graph.goals[goal].added.statement),
            self.settings.invents,
            self.settings.seed,
        )

    def path(self, goal: int) -> list[str]:
        """Tactics from the start of the proof to the goal."""
        steps: list[str] = []
        current = goal
        while not self.graph.goals[current].added.statement:
            origin = self.states.origin(current)
            edge = self.graph.edges[origin].added
            steps.append(edge.text)
            current = edge.source
        return steps[::-1]


def slice_work(settings: Settings, turn: int) -> int:
    """Work units of a target's n-th turn (from 0)."""
    return int(settings.budgets.slice * math.pow(settings.budgets.slice_growth, turn))
