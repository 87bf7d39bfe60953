"""Trying tactics at a goal: what the gym answers becomes events, edges and new goals."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from autoresearch_formal.actions.base import Action
from autoresearch_formal.lean.messages import Child, Fault, GymError, StepResult, Try, TryAnswer
from autoresearch_formal.search.graph.events import AnyEvent, EdgeAdded, GoalAdded, Tried
from autoresearch_formal.search.graph.exchange import Context
from autoresearch_formal.search.graph.extract import step_cost
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import Refused, States, context_of, fingerprint_of

MAX_GOALS = 6
"""A step that leaves more open goals than this is not worth keeping."""


ERROR = 600
"""Characters of Lean's words that are kept."""


def error_of(fault: Fault | None) -> str:
    """Why Lean refused a tactic, "" if it did not."""
    said = (fault.message or fault.kind).strip() if fault is not None else ""
    return said if len(said) <= ERROR else said[: ERROR - 1] + "…"


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

    def edge(self, goal: int, action: Action, result: StepResult) -> EdgeAdded:
        """An edge for a step that proves a goal."""
        return EdgeAdded(
            self.edge_number(),
            goal,
            "tactic",
            action.text,
            cost=step_cost(action.ingredients),
            logprob=action.logprob,
            uses=result.uses,
            ingredients=action.ingredients,
            heartbeats=result.heartbeats,
            replacement=result.suggestions[0] if result.suggestions else "",
        )

    def find(self, theory: int, fingerprint: str) -> int | None:
        """A goal of the graph or of this batch."""
        if (theory, fingerprint) in self._new:
            return self._new[theory, fingerprint].id
        return self.graph.find(theory, fingerprint)

    def context(self, goal: int) -> Context:
        """The context of a goal of the graph or of this batch."""
        added = self._by_number.get(goal) or self.graph.goals[goal].added
        return Context(added.names, added.order, added.levels)

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


class Attempts:
    """Tries tactics for one search."""

    def __init__(
        self, graph: Graph, states: States, settings: SearchSettings, errors: bool = False
    ) -> None:
        self.graph = graph
        self.states = states
        self.settings = settings
        self.errors = errors
        """Whether Lean's words are kept, for a policy that reads them."""

    async def __call__(
        self,
        planned: Planned,
        goal: int,
        state: int,
        actions: Sequence[Action],
        heartbeats: int,
        expansion: int,
    ) -> tuple[list[AnyEvent], bool]:
        """Try tactics of one price; the events to commit, and whether the goal is proved."""
        if not actions:
            return [], False
        events: list[AnyEvent] = []
        drop: list[int] = []
        proved = False
        for action, result in zip(
            actions, await self._results(state, actions, heartbeats), strict=False
        ):
            outcome, edge = self._outcome(goal, action, result, planned, drop)
            events += planned.take()
            proved = proved or outcome == "proved"
            events.append(
                Tried(
                    goal,
                    "tactic",
                    text=action.text,
                    outcome=outcome,
                    edge=edge,
                    logprob=action.logprob,
                    ingredients=action.ingredients,
                    heartbeats=result.heartbeats,
                    ms=float(result.ms),
                    expansion=expansion,
                    error=error_of(result.error) if self.errors else "",
                )
            )
        if drop:
            await self.states.drop(drop)
        return events, proved

    async def _results(
        self, state: int, actions: Sequence[Action], heartbeats: int
    ) -> Sequence[StepResult]:
        """What each did. A text that spoils the request for all is answered for alone."""
        ms = self.settings.budgets.ms
        request = Try(
            state=state,
            tactics=[action.text for action in actions],
            first_success=True,
            heartbeats=heartbeats,
            ms=ms,
            total_ms=ms * len(actions),
        )
        try:
            return (await self.states.worker.request(request, TryAnswer)).results
        except GymError as error:
            if error.kind == "gone":
                raise Refused(f"try: {error}") from None
            if len(actions) == 1:
                return [StepResult(False, error=Fault(error.kind, error.message))]
        results: list[StepResult] = []
        for action in actions:
            results += await self._results(state, [action], heartbeats)
            if results[-1].proved:
                break
        return results

    def _outcome(
        self, goal: int, action: Action, result: StepResult, planned: Planned, drop: list[int]
    ) -> tuple[str, int | None]:
        """Turn one result into an edge, if it is worth one."""
        if not result.ok:
            return result.error.kind if result.error else "internal", None
        children = [child for child in result.children if child.goals]
        if not children:
            drop += [child.state for child in result.children]
            edge = planned.edge(goal, action, result)
            planned.add(edge)
            return "proved", edge.id
        fault = self._unwanted(goal, result, children)
        if fault:
            drop += [child.state for child in result.children]
            return fault, None
        numbers, renames = [], []
        for child in children:
            number, renaming = self._child(goal, child, planned, drop)
            numbers.append(number)
            renames.append(renaming)
        edge = replace(
            planned.edge(goal, action, result),
            children=tuple(numbers),
            slots=tuple(range(len(numbers))),
            renames=tuple(renames) if any(renames) else (),
            namings=tuple(child.goals[0].rename or "" for child in children),
            replacement="",
        )
        planned.add(edge)
        return "progress", edge.id

    def _unwanted(self, goal: int, result: StepResult, children: Sequence[Child]) -> str:
        """Why a step that leaves these goals is worth no edge, "" if it is."""
        goals = [goal for child in children for goal in child.goals]
        here = self.graph.goals[goal].added.fingerprint
        if result.duplicate_of is not None or here in [fingerprint_of(c.goals) for c in children]:
            return "duplicate"
        mixed = len(children) > 1 and len(goals) > len(children)
        late_names = any(g.rename for child in children for g in child.goals[1:])
        return "too many goals" if mixed or late_names or len(goals) > MAX_GOALS else ""

    def _child(
        self, goal: int, child: Child, planned: Planned, drop: list[int]
    ) -> tuple[int, dict[str, str]]:
        """The number of a goal that a step leaves, and how names differ if it is known already."""
        theory = self.graph.goals[goal].added.theory
        fingerprint = fingerprint_of(child.goals)
        shape = child.goals[0]
        context = context_of(shape)
        twin = planned.find(theory, fingerprint)
        if twin is not None:
            drop.append(child.state)
            return twin, planned.context(twin).renaming_to(context)
        new = GoalAdded(
            planned.goal_number(),
            theory,
            fingerprint,
            sum(g.size for g in child.goals),
            shape.pp,
            naming=shape.rename or "",
            names=context.names,
            order=context.order,
            levels=context.levels,
        )
        planned.add(new)
        self.states.set_state(new.id, child.state)
        return new.id, {}
