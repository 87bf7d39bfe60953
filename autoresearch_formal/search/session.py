"""The search for one target: expand the best goal, try what the policy says, write it down.

A session is a fold: its graph is a function of the events in the store, and what it does next is
a function of the graph and the seed. It can therefore stop after any batch and go on later, in
this process or another.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from autoresearch_formal.actions.base import (
    Action,
    GoalView,
    NameView,
    Situation,
    TheoryView,
    TryView,
)
from autoresearch_formal.inference.engine import Unanswered
from autoresearch_formal.lean.messages import Describe, DescribeAnswer, ShownGoal
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.attempt import Attempts, Planned
from autoresearch_formal.search.cut import Cutter
from autoresearch_formal.search.frontier import Frontier
from autoresearch_formal.search.graph.events import (
    AnyEvent,
    EdgeAdded,
    Expanded,
    GoalAdded,
    GoalClosed,
    Note,
    Shown,
    TheoryAdded,
    Tried,
)
from autoresearch_formal.search.history import History
from autoresearch_formal.search.invent import Inventor
from autoresearch_formal.search.library import VisibleFacts
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import Refused, StatementSource, States, view

MAX_DOUBLINGS = 16
"""By then a goal is offered every visible name."""

UNANSWERED = 12
"""Requests about one goal that may go without an answer before it is given up."""
SHOWN = 3
"""Refused tries that a policy is shown."""
MAX_CUT = 4
"""Refused scripts of one expansion that are cut back."""

Refute = Callable[[GoalView], Awaitable[bool]]
Propose = Callable[[Sequence[Situation]], Awaitable[list[list[Action]]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A goal that waits for the policy's answer."""

    situation: Situation
    answer: asyncio.Future[list[list[Action]]]


class Session:
    """One target's search. Call `begin` once, then `turn` until `proved` or `exhausted`."""

    def __init__(
        self,
        target: str,
        source: StatementSource,
        worker: Worker,
        store: Store,
        propose: Propose,
        settings: SearchSettings,
        library: VisibleFacts | None = None,
        refute: Refute | None = None,
        history: History | None = None,
        errors: bool = False,
        bounded: bool = False,
    ) -> None:
        self.target = target
        self.bounded = bounded
        """Whether something ends the run: only then may a goal be expanded without end."""
        self.source = source
        self.store = store
        self.propose = propose
        self.settings = settings
        self.refute = refute
        self.library = library or VisibleFacts((), ())
        self.history = history or History.read(store, target, settings)
        self.tally = self.history.tally
        self.graph = self.history.graph
        self.lost: dict[int, int] = {}
        """How many workers each goal has cost; a goal that kills two is left alone."""
        self._tried = self.history.tried
        self._refused = self.history.refused
        self.width = 1
        """Goals that the policy may be asked about at a time."""
        self._asked: dict[int, Asked] = {}
        self._unanswered: dict[int, int] = {}
        self._own: VisibleFacts | None = None
        self._inventions: dict[int, tuple[NameView, ...]] = {}
        self.states = States(worker, self.graph, source)
        self.frontier = Frontier(self.graph, settings.weights)
        self.attempts = Attempts(self.graph, self.states, settings, errors)
        self.inventor = Inventor(self.graph, self.states, self.attempts, self.commit)
        self.exhausted = False

    # -- events ------------------------------------------------------------------------------

    def commit(self, events: Sequence[AnyEvent]) -> None:
        """To disk first, then into the graph and the queue."""
        self.store.append(self.target, events)
        fresh: list[int] = []
        for event in events:
            self.history.take(event)
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
        return self.history.proved

    async def begin(self) -> None:
        """Open the target, unless the store has it already. Raises `Refused` for a bad target."""
        if self.graph.goals:
            return
        if not self.graph.theories:
            self.commit([TheoryAdded(0)])
        statement = self.source.statement
        answer = await self.states.open(await self.states.theory(0), statement)
        self.commit([self.states.opened(0, 0, statement, answer)])

    # -- the loop ----------------------------------------------------------------------------

    async def turn(self, work: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Expand goals until the target is proved, nothing is left, or ``work`` units are spent.

        Up to `width` goals wait for the policy at a time; a goal that waits is not asked about
        again, so that the next best ones get their turn. What still waits at the end is used in
        the next turn.
        """
        limit = self.tally.work + work
        while not self.proved and self.tally.work < limit and not stop():
            free = len(self._asked) < self.width
            goal = self.frontier.pop(self._asked) if free else None
            if goal is not None:
                await self._guarded(goal, self.ask(goal))
                continue
            if not self._asked:
                self.exhausted = True
                return
            goal, asked, actions = await self._answered()
            if actions is not None and not self.graph.goals[goal].proved:
                await self._guarded(goal, self.use(goal, asked.situation, actions))
            await self.inventor.introduce()
        if self.proved:
            self.close()

    def close(self) -> None:
        """Wait for no answer any more."""
        for asked in self._asked.values():
            asked.answer.cancel()
        self._asked.clear()

    async def _guarded(self, goal: int, work: Coroutine[Any, Any, None]) -> None:
        """Work on a goal; what the gym does not survive or refuses closes the goal at last."""
        try:
            await work
        except ProcessDied:
            self.states.forget()
            self.lost[goal] = self.lost.get(goal, 0) + 1
            note = Note("worker lost", f"at goal {goal}")
            closed = [GoalClosed(goal, "budget")] if self.lost[goal] > 1 else []
            self.commit([note, *closed])
        except Refused as fault:
            self.commit([Note("refused", str(fault)), GoalClosed(goal, "budget")])

    async def ask(self, goal: int) -> None:
        """Show a goal to the policy; its answer comes in `turn`."""
        node = self.graph.goals[goal]
        expansion = node.expansions + 1
        shown = await self.states.shown(goal)
        invented = await self._invented(node.added.theory)
        if self._own is None:
            self._own = await self._read_own()
        situation = self.situation(goal, expansion, shown, invented)
        if expansion == 1 and self.refute is not None and await self.refute(situation.goals[0]):
            self.commit([Expanded(goal, expansion), GoalClosed(goal, "refuted")])
            return
        answer = asyncio.ensure_future(self.propose([situation]))
        self._asked[goal] = Asked(situation, answer)

    async def _answered(self) -> tuple[int, Asked, list[Action] | None]:
        """The first goal whose answer is there; None if the policy could not give one."""
        waiting = [asked.answer for asked in self._asked.values()]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        goal = next(g for g, asked in self._asked.items() if asked.answer.done())
        asked = self._asked.pop(goal)
        try:
            return goal, asked, asked.answer.result()[0]
        except Unanswered as fault:
            self._unanswered[goal] = self._unanswered.get(goal, 0) + 1
            closed = [GoalClosed(goal, "budget")] if self._unanswered[goal] >= UNANSWERED else []
            self.commit([Note("unanswered", f"goal {goal}: {fault}"), *closed])
            return goal, asked, None

    async def use(self, goal: int, situation: Situation, actions: Sequence[Action]) -> None:
        """Try what the policy says, cheapest actions first, then its inventions."""
        expansion = situation.expansion
        tried = self._tried.setdefault(goal, set())
        untried: dict[str, Action] = {}
        for action in actions:
            if action.text not in tried or self._deserves_more(goal, action, expansion):
                untried.setdefault(action.text, action)
        tactics = [a for a in untried.values() if a.kind == "tactic"]
        attempted, done = await self._attempt(goal, tactics, expansion)
        offered = tuple((n.name, n.kind, n.type) for n in situation.names)
        events = [Shown(goal, expansion, offered), *attempted, Expanded(goal, expansion)]
        if not done and expansion >= self.settings.budgets.expansions:
            if not tactics:
                events.append(GoalClosed(goal, "complete"))
            elif not self.bounded:
                events.append(GoalClosed(goal, "budget"))
        terms = self.frontier.terms(goal)
        events.append(Note("expanded", situation.goals[0].pp, {"goal": goal, **terms}))
        self.commit(events)
        if not done:
            wanted = [a for a in untried.values() if a.kind in self.settings.invents]
            await self.inventor.propose(goal, wanted)
            refused = {e.text for e in attempted if isinstance(e, Tried) and e.edge is None}
            scripts = [a for a in tactics if a.cut and a.text in refused]
            await self._cut(goal, scripts[:MAX_CUT], expansion)

    async def _attempt(
        self, goal: int, tactics: Sequence[Action], expansion: int
    ) -> tuple[list[AnyEvent], bool]:
        """Try tactics, the cheapest first; the events, and whether the goal is proved."""
        state = await self.states.state(goal)
        planned = Planned(self.graph)
        attempted: list[AnyEvent] = []
        for heartbeats in sorted({self._heartbeats(a, expansion) for a in tactics}):
            tier = [a for a in tactics if self._heartbeats(a, expansion) == heartbeats]
            events, done = await self.attempts(planned, goal, state, tier, heartbeats, expansion)
            attempted += events
            if done:
                return attempted, True
        return attempted, False

    async def _cut(self, goal: int, scripts: Sequence[Action], expansion: int) -> None:
        """Keep what Lean accepts of refused scripts, where the inventions that came along are."""
        before = goal
        if self._is_target(goal):
            goal = self.inventor.root_in(self.inventor.theory)
        for script in scripts:
            if self.graph.goals[goal].proved or self.proved:
                return
            state = await self.states.state(goal)
            heartbeats = self._heartbeats(script, expansion)
            if goal != before:
                made, done = await self.attempts(
                    Planned(self.graph), goal, state, [script], heartbeats, expansion
                )
                self.commit(made)
                if done:
                    return
            cutter = Cutter(self.states, state, heartbeats, self.settings.budgets.ms)
            text = await cutter.longest(script.text)
            if not text or text in self._tried.setdefault(goal, set()):
                continue
            action = msgspec.structs.replace(script, text=text)
            made, _ = await self.attempts(
                Planned(self.graph), goal, state, [action], heartbeats, expansion
            )
            self.commit(made)

    def _heartbeats(self, action: Action, expansion: int) -> int:
        budgets = self.settings.budgets
        base = action.heartbeats or budgets.cheap
        return min(budgets.ceiling, int(base * budgets.growth ** (expansion - 1)))

    async def _read_own(self) -> VisibleFacts:
        """What the user's file has declared where the target stands; nothing for other targets."""
        if self.source.hole is None:
            return VisibleFacts((), ())
        theory = await self.states.theory(0)
        return await VisibleFacts.own(self.states.worker, theory, self.source.modules)

    def _deserves_more(self, goal: int, action: Action, expansion: int) -> bool:
        """Whether an action ran out of heartbeats here and would get more now."""
        before = self.history.cut_short.get(goal, {}).get(action.text)
        if before is None:
            return False
        return self._heartbeats(action, expansion) > self._heartbeats(action, before)

    async def _invented(self, theory: int) -> tuple[NameView, ...]:
        """The inventions that a theory has, with their trees."""
        if theory not in self._inventions:
            names = [t.added.name for t in self.graph.lineage(theory) if t.added.name]
            self._inventions[theory] = ()
            if names:
                number = await self.states.theory(theory)
                request = Describe(theory=number, names=names, tree=True)
                shown = await self.states.ask(request, DescribeAnswer)
                self._inventions[theory] = tuple(
                    NameView(d.name, d.kind, d.type, d.tree) for d in shown.decls
                )
        return self._inventions[theory]

    def situation(
        self,
        goal: int,
        expansion: int,
        goals: Sequence[ShownGoal],
        invented: tuple[NameView, ...] = (),
    ) -> Situation:
        """What the policy gets to see of a goal."""
        views = tuple(view(g) for g in goals)
        own = self._own or VisibleFacts((), ())
        path = self.path(goal)
        shown = expansion - 1 <= self.settings.budgets.corrections
        refused = self._refusals(goal)[: -1 - SHOWN : -1] if shown else []
        return Situation(
            TheoryView(self.source.modules, invented),
            views,
            names=self._names(views[0], expansion),
            facts=(*own.facts(views[0]), *self.library.facts(views[0])),
            expansion=expansion,
            path=tuple(path),
            root=bool(self.graph.goals[goal].added.statement),
            invents=self.settings.invents,
            seed=self.settings.seed,
            statement=self.graph.goals[self.start(goal)].added.text if path else "",
            tries=tuple(refused),
            without=self.settings.without,
            concluding=(*own.concluding(views[0]), *self.library.concluding(views[0])),
        )

    def _names(self, view: GoalView, expansion: int) -> tuple[NameView, ...]:
        """The closest names, half of them the user's own where there are so many.

        From the third expansion on there are twice as many each time.
        """
        count = self.settings.names << max(0, min(expansion - 2, MAX_DOUBLINGS))
        own = self._own.names(view, count) if self._own is not None else ()
        own = tuple(n for n in own if n.kind == "theorem")  # functions are unfolded anyway
        return (*own[: count // 2], *self.library.names(view, count))[:count]

    def _is_target(self, goal: int) -> bool:
        statement = self.graph.goals[goal].added.statement
        return bool(statement) and statement == self.graph.goals[0].added.statement

    def _refusals(self, goal: int) -> list[TryView]:
        """What Lean refused here, oldest first; for the target, in older theories too."""
        if not self._is_target(goal):
            return self._refused.get(goal, [])
        roots = sorted(g for g in self._refused if self._is_target(g))
        return [refused for root in roots for refused in self._refused[root]]

    def start(self, goal: int) -> int:
        """The goal at which the proof that leads to a goal begins."""
        while not self.graph.goals[goal].added.statement:
            goal = self.graph.edges[self.states.origin(goal)].added.source
        return goal

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


def slice_work(settings: SearchSettings, turn: int) -> int:
    """Work units of a target's n-th turn (from 0)."""
    return int(settings.budgets.slice * math.pow(settings.budgets.slice_growth, turn))
