"""Trying tactics at a goal: what the gym answers becomes events, edges and new goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autoresearch_formal.actions.base import Action
from autoresearch_formal.search.graph.events import AnyEvent, EdgeAdded, GoalAdded, Tried
from autoresearch_formal.search.graph.exchange import Context
from autoresearch_formal.search.graph.extract import step_cost
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import States
from autoresearch_formal.search.views import context_of, fingerprint_of

MAX_GOALS = 6
"""A step that leaves more open goals than this is not worth keeping."""


ERROR = 600
"""Characters of Lean's words that are kept."""


def error_of(result: dict[str, Any]) -> str:
    """Why Lean refused a tactic, "" if it did not."""
    error = result.get("error") or {}
    said = str(error.get("message") or error.get("kind") or "").strip()
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
        answer = await self._ask(state, actions, heartbeats)
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
                    expansion,
                    error_of(result) if self.errors else "",
                )
            )
        if drop:
            await self.states.worker.request("drop", states=drop)
        return events, proved

    async def _ask(self, state: int, actions: Sequence[Action], heartbeats: int) -> dict[str, Any]:
        """The gym's results. A text that spoils the request for all is answered for alone."""
        limits = {"heartbeats": heartbeats, "ms": self.settings.budgets.ms}
        texts = [a.text for a in actions]
        answer = await self.states.worker.request(
            "try", state=state, tactics=texts, first_success=True, **limits
        )
        error = answer.get("error", {})
        if answer.get("ok") or error.get("kind") == "gone":
            return self.states.checked("try", answer)
        if len(actions) == 1:
            return {"results": [{"ok": False, "error": error}]}
        results: list[dict[str, Any]] = []
        for action in actions:
            results += (await self._ask(state, [action], heartbeats))["results"]
            if results[-1].get("proved"):
                break
        return {"results": results}

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
        cost = step_cost(action.ingredients)
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
        namings: list[str] = []
        for child, fingerprint in zip(children, prints, strict=True):
            shape = child["goals"][0]
            context = context_of(shape)
            namings.append(shape.get("rename") or "")
            twin = planned.find(theory, fingerprint)
            if twin is None:
                new = planned.goal_number()
                planned.add(
                    GoalAdded(
                        new,
                        theory,
                        fingerprint,
                        sum(int(g.get("size", 0)) for g in child["goals"]),
                        shape.get("pp", ""),
                        "",
                        namings[-1],
                        context.names,
                        context.order,
                        context.levels,
                    )
                )
                self.states.set_state(new, child["state"])
                numbers.append(new)
                renames.append({})
            else:
                drop.append(child["state"])
                numbers.append(twin)
                renames.append(planned.context(twin).renaming_to(context))
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
                tuple(namings),
            )
        )
        return "progress", edge
