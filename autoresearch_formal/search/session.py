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

from autoresearch_formal.policy.base import (
    Action,
    GoalView,
    HypView,
    NameView,
    Situation,
    TheoryView,
)
from autoresearch_formal.search.events import (
    AnyEvent,
    EdgeAdded,
    Expanded,
    GoalAdded,
    GoalClosed,
    LemmaAdded,
    Note,
    TheoryAdded,
    Tried,
)
from autoresearch_formal.search.extract import Objective
from autoresearch_formal.search.frontier import Frontier
from autoresearch_formal.search.graph import Graph
from autoresearch_formal.search.gym import Worker, WorkerLost
from autoresearch_formal.search.library import Library
from autoresearch_formal.search.script import proof_lines
from autoresearch_formal.search.settings import Settings
from autoresearch_formal.search.states import Refused, Source, States
from autoresearch_formal.search.store import Store

Refute = Callable[[GoalView], Awaitable[bool]]
Propose = Callable[[Sequence[Situation]], Awaitable[list[list[Action]]]]

MAX_GOALS = 6
"""A step that leaves more open goals than this is not worth keeping."""


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
        self.exhausted = False

    # -- events ------------------------------------------------------------------------------

    def _take(self, event: AnyEvent) -> None:
        match event:
            case Tried():
                self.tally.steps += 1
                self.tally.heartbeats += event.heartbeats
                self.tally.work += event.heartbeats + self.settings.budgets.step_work
                self._tried.setdefault(event.goal, set()).add(event.text)
            case Note():
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
        for event in events:
            self._take(event)
            if isinstance(event, EdgeAdded):
                self.states.note_edge(event)
                self.frontier.add_edge(event.id)
            elif isinstance(event, LemmaAdded):
                self.frontier.add_root(event.goal)

    # -- roots -------------------------------------------------------------------------------

    @property
    def theory(self) -> int:
        """The newest theory; inventions stack up on one line."""
        return max(self.graph.theories)

    @property
    def root(self) -> int:
        """The target in its own theory."""
        return 0

    def root_in(self, theory: int) -> int:
        """The target in a theory."""
        statement = self.graph.goals[0].added.statement
        return next(
            n
            for n, g in self.graph.goals.items()
            if g.added.theory == theory
            and g.added.statement == statement
            and n not in self.graph.lemmas
        )

    @property
    def proved(self) -> bool:
        """Whether the target has a proof."""
        return bool(self.graph.goals) and self.graph.goals[0].proved

    async def begin(self) -> None:
        """Open the target, unless the store has it already. Raises `Refused` for a bad target."""
        if self.graph.goals:
            return
        self.store.append(self.target, [TheoryAdded(0)])
        self.graph.apply(TheoryAdded(0))
        events = await self._open_root(0, 0, self.source.statement)
        self.commit(events)
        self.frontier.add_root(0)

    async def _open_root(self, goal: int, theory: int, statement: str) -> list[AnyEvent]:
        answer = await self.states.open(await self.states.theory(theory), statement)
        return [self._opened(goal, theory, statement, answer)]

    def _opened(self, goal: int, theory: int, statement: str, answer: dict[str, Any]) -> GoalAdded:
        self.states.set_state(goal, answer["state"])
        shape = answer["goals"][0]
        return GoalAdded(
            goal,
            theory,
            fingerprint_of(answer["goals"]),
            int(shape.get("size", 0)),
            shape.get("pp", ""),
            statement,
            answer.get("intro") or "",
            hyp_names(shape),
        )

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
            await self._introduce()

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
        events: list[AnyEvent] = []
        tactics = [a for a in fresh.values() if a.kind == "tactic"]
        planned = Planned(self.graph)
        done = False
        for heartbeats in sorted({self._heartbeats(a, effort) for a in tactics}):
            tier = [a for a in tactics if self._heartbeats(a, effort) == heartbeats]
            made, done = await self._try(planned, goal, state, tier, heartbeats, effort)
            events += made
            if done:
                break
        events.append(Expanded(goal, effort))
        if not done and effort >= self.settings.budgets.efforts:
            events.append(GoalClosed(goal, "complete" if not actions else "budget"))
        terms = self.frontier.terms(goal)
        events.append(Note("expanded", shown["goals"][0].get("pp", ""), {"goal": goal, **terms}))
        self.commit(events)
        if not done and self.settings.invent:
            await self._propose_lemmas(goal, [a for a in fresh.values() if a.kind == "lemma"])

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
            self.settings.invent,
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

    async def _try(
        self,
        planned: Planned,
        goal: int,
        state: int,
        actions: Sequence[Action],
        heartbeats: int,
        effort: int,
    ) -> tuple[list[AnyEvent], bool]:
        """Try tactics of one price; the events to commit, and whether the goal is proved."""
        if not actions:
            return [], False
        answer = await self.states.ask(
            "try",
            state=state,
            tactics=[a.text for a in actions],
            heartbeats=heartbeats,
            ms=self.settings.budgets.ms,
            first_success=True,
        )
        events: list[AnyEvent] = []
        drop: list[int] = []
        proved = False
        for action, result in zip(actions, answer["results"], strict=False):
            outcome, edge = self._result(goal, action, result, planned, drop)
            events += planned.take()
            proved = proved or outcome == "proved"
            events.append(
                Tried(
                    goal,
                    "tactic",
                    action.text,
                    outcome,
                    edge,
                    action.logprob,
                    action.ingredients,
                    int(result.get("heartbeats", 0)),
                    float(result.get("ms", 0.0)),
                    effort,
                )
            )
        if drop:
            await self.states.worker.request("drop", states=drop)
        return events, proved

    def _result(
        self,
        goal: int,
        action: Action,
        result: dict[str, Any],
        planned: Planned,
        drop: list[int],
    ) -> tuple[str, int | None]:
        """Turn one result into an edge, if it is worth one."""
        if not result.get("ok"):
            return str(result.get("error", {}).get("kind", "internal")), None
        children = [c for c in result.get("children", []) if c.get("goals")]
        states = [c["state"] for c in result.get("children", [])]
        theory = self.graph.goals[goal].added.theory
        cost = Objective().cost(action.ingredients, {})
        uses = tuple(result.get("uses", ()))
        suggestions = result.get("suggestions") or [""]
        if not children:
            drop += states
            number = planned.edge_number()
            planned.add(
                EdgeAdded(
                    number,
                    goal,
                    "tactic",
                    action.text,
                    cost=cost,
                    logprob=action.logprob,
                    uses=uses,
                    ingredients=action.ingredients,
                    heartbeats=int(result.get("heartbeats", 0)),
                    replacement=str(suggestions[0]),
                )
            )
            return "proved", number
        goals = [g for c in children for g in c["goals"]]
        mixed = len(children) > 1 and len(goals) > len(children)
        late_names = any(g.get("rename") for c in children for g in c["goals"][1:])
        prints = [fingerprint_of(c["goals"]) for c in children]
        here = self.graph.goals[goal].added.fingerprint
        if result.get("duplicate_of") is not None or here in prints:
            drop += states
            return "duplicate", None
        if mixed or late_names or len(goals) > MAX_GOALS:
            drop += states
            return "too many goals", None
        numbers: list[int] = []
        renames: list[dict[str, str]] = []
        for child, fingerprint in zip(children, prints, strict=True):
            names = hyp_names(child["goals"][0])
            twin = planned.find(theory, fingerprint)
            if twin is None:
                shape = child["goals"][0]
                new = planned.goal_number()
                planned.add(
                    GoalAdded(
                        new,
                        theory,
                        fingerprint,
                        sum(int(g.get("size", 0)) for g in child["goals"]),
                        shape.get("pp", ""),
                        "",
                        shape.get("rename") or "",
                        names,
                    )
                )
                self.states.set_state(new, child["state"])
                numbers.append(new)
                renames.append({})
            else:
                drop.append(child["state"])
                numbers.append(twin)
                known = planned.names(twin)
                renames.append({a: b for a, b in zip(known, names, strict=False) if a != b})
        edge = planned.edge_number()
        planned.add(
            EdgeAdded(
                edge,
                goal,
                "tactic",
                action.text,
                tuple(numbers),
                tuple(range(len(numbers))),
                cost,
                action.logprob,
                uses,
                action.ingredients,
                int(result.get("heartbeats", 0)),
                "",
                tuple(renames) if any(renames) else (),
            )
        )
        return "progress", edge

    # -- inventions --------------------------------------------------------------------------

    async def _propose_lemmas(self, goal: int, actions: Sequence[Action]) -> None:
        """Give each proposed lemma a goal of its own; a script that comes with it is tried now."""
        for action in actions:
            theory = self.theory
            taken = {e.name for e in self.graph.lemmas.values()}
            statements = {e.statement for e in self.graph.lemmas.values()}
            if action.text in statements:
                continue
            number = max(self.graph.goals) + 1
            try:
                answer = await self.states.open(await self.states.theory(theory), action.text)
            except Refused as fault:
                self.commit([Note("lemma refused", f"{action.text}: {fault}")])
                continue
            fingerprint = fingerprint_of(answer["goals"])
            known = self.graph.find(theory, fingerprint)
            if known is not None:
                await self.states.worker.request("drop", states=[answer["state"]])
                continue
            name = distinct(action.name or "step", taken)
            lemma = LemmaAdded(
                number,
                goal,
                name,
                action.text,
                action.note,
                action.ingredients,
                action.logprob,
            )
            self.commit([self._opened(number, theory, action.text, answer), lemma])
            if action.proof:
                proof = Action("tactic", action.proof, -0.1, action.ingredients)
                state = await self.states.state(number)
                events, _ = await self._try(
                    Planned(self.graph), number, state, [proof], self.settings.budgets.ceiling, 1
                )
                self.commit(events)

    async def _introduce(self) -> None:
        """Add every lemma that has just been proved to the newest theory."""
        introduced = self.graph.introductions()
        for goal, lemma in list(self.graph.lemmas.items()):
            if lemma.name in introduced or not self.graph.goals[goal].proved or self.proved:
                continue
            parent = self.theory
            body = "\n".join("  " + line for line in proof_lines(self.graph, goal))
            text = f"theorem {lemma.name} : {lemma.statement} := by\n{body}"
            try:
                answer = await self.states.ask(
                    "elab",
                    theory=await self.states.theory(parent),
                    text=text,
                    heartbeats=200_000,
                    ms=60_000,
                )
            except (Refused, WorkerLost) as fault:
                self.commit([Note("lemma not kept", f"{lemma.name}: {fault}")])
                continue
            number = max(self.graph.theories) + 1
            self.states.set_theory(number, answer["theory"])
            added = TheoryAdded(number, parent, lemma.name, "lemma", text, lemma.ingredients)
            before = self.root_in(parent)
            root = max(self.graph.goals) + 1
            statement = self.graph.goals[0].added.statement
            opened = await self.states.open(answer["theory"], statement)
            edge = EdgeAdded(
                max(self.graph.edges, default=-1) + 1,
                before,
                "lemma",
                lemma.name,
                (goal, root),
                (0, 1),
                0.1,
                ingredients=lemma.ingredients,
            )
            self.commit([added, self._opened(root, number, statement, opened), edge])
            self.frontier.add_root(root)


class Planned:
    """Numbers and goals of a batch that is not committed yet."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._goal = max(graph.goals, default=-1)
        self._edge = max(graph.edges, default=-1)
        self._new: dict[tuple[int, str], GoalAdded] = {}
        self._by_number: dict[int, GoalAdded] = {}
        self._events: list[AnyEvent] = []

    def goal_number(self) -> int:
        """The next free goal number."""
        self._goal += 1
        return self._goal

    def edge_number(self) -> int:
        """The next free edge number."""
        self._edge += 1
        return self._edge

    def find(self, theory: int, fingerprint: str) -> int | None:
        """A goal of the graph or of this batch."""
        if (theory, fingerprint) in self._new:
            return self._new[theory, fingerprint].id
        return self.graph.find(theory, fingerprint)

    def names(self, goal: int) -> tuple[str, ...]:
        """Hypothesis names of a goal of the graph or of this batch."""
        if goal in self._by_number:
            return self._by_number[goal].names
        return self.graph.goals[goal].added.names

    def add(self, event: GoalAdded | EdgeAdded) -> None:
        """Plan an event."""
        if isinstance(event, GoalAdded):
            self._new[event.theory, event.fingerprint] = event
            self._by_number[event.id] = event
        self._events.append(event)

    def take(self) -> list[AnyEvent]:
        """The events planned since the last call."""
        events, self._events = self._events, []
        return events


def fingerprint_of(goals: Sequence[dict[str, Any]]) -> str:
    """One fingerprint for the goals of a state."""
    return "+".join(str(g["fingerprint"]) for g in goals)


def hyp_names(goal: dict[str, Any]) -> tuple[str, ...]:
    """Names of the context, in order."""
    return tuple(h["name"] for h in goal.get("hyps", ()))


def view(goal: dict[str, Any]) -> GoalView:
    """A goal of the gym for the policy."""
    return GoalView(
        goal.get("pp", ""),
        goal.get("target", ""),
        tuple(
            HypView(h["name"], h["type"], bool(h.get("prop")), h.get("value"))
            for h in goal.get("hyps", ())
        ),
        goal["fingerprint"],
        int(goal.get("size", 0)),
        goal.get("head", ""),
        tuple(goal.get("consts", ())),
        goal.get("tree"),
    )


def distinct(name: str, taken: set[str]) -> str:
    """A name that is not taken yet."""
    if name not in taken:
        return name
    return next(f"{name}_{n}" for n in range(2, 10_000) if f"{name}_{n}" not in taken)


def slice_work(settings: Settings, turn: int) -> int:
    """Work units of a target's n-th turn (from 0)."""
    return int(settings.budgets.slice * math.pow(settings.budgets.slice_growth, turn))
