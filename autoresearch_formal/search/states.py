"""Where the graph's goals and theories live in the gym, and how to bring them back.

Nothing here is needed to resume: a goal's state is rebuilt from the statement it started from
and the edges that led to it, both of which are in the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autoresearch_formal.search.graph.events import EdgeAdded, GoalAdded
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.gym import SearchWorker
from autoresearch_formal.search.views import context_of, fingerprint_of

REBUILD_MS = 60_000
REBUILD_HEARTBEATS = 200_000
FILE_MS = 300_000
"""For a user's whole file, which has a budget of its own in its text."""
FILE_HEARTBEATS = 10_000_000


class Refused(RuntimeError):
    """The gym refused a request that the search relied on; the message is the gym's."""


@dataclass(frozen=True, slots=True)
class StatementSource:
    """Where a target comes from: its imports, text that precedes it, and its statement."""

    modules: tuple[str, ...]
    statement: str
    """"prop:NAME" (a named proposition), "hole:INDEX" or the statement itself."""
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
        return int(self.statement[5:]) if self.statement.startswith("hole:") else None


class States:
    """Maps graph numbers to the numbers of the current gym process."""

    def __init__(self, worker: SearchWorker, graph: Graph, source: StatementSource) -> None:
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

    def attach(self, worker: SearchWorker) -> None:
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

    async def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        """A request that has to succeed. Raises `Refused`."""
        return self.checked(op, await self.worker.request(op, **fields))

    @staticmethod
    def checked(op: str, answer: dict[str, Any]) -> dict[str, Any]:
        """An answer that has to be a yes. Raises `Refused`."""
        if not answer.get("ok"):
            error = answer.get("error", {})
            raise Refused(f"{op}: {error.get('kind')}: {error.get('message')}")
        return answer

    async def theory(self, number: int) -> int:
        """The gym's number of a theory, building it if need be."""
        self._check()
        if number in self._theories:
            return self._theories[number]
        added = self.graph.theories[number].added
        if added.parent is None and self.source.hole is not None:
            answer = await self._hole(self.source.hole)
        elif added.parent is None:
            answer = await self.ask("import", modules=list(self.source.modules))
        else:
            parent = await self.theory(added.parent)
            answer = await self.ask(
                "elab",
                theory=parent,
                text=added.text,
                heartbeats=REBUILD_HEARTBEATS,
                ms=REBUILD_MS,
            )
        self._theories[number] = answer["theory"]
        return int(answer["theory"])

    async def _hole(self, index: int) -> dict[str, Any]:
        """Read the user's file; the answer has what the hole's proof may stand on."""
        answer = await self.ask(
            "file",
            modules=list(self.source.modules),
            text=self.source.prelude,
            trusted=self.source.trusted,
            assume_holes=self.source.assume,
            only=index,
            heartbeats=FILE_HEARTBEATS,
            ms=FILE_MS,
        )
        self._file = int(answer["file"])
        hole: dict[str, Any] = answer["holes"][0]
        self._around = int(hole["before"])
        return hole

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
            self._states[goal] = answer["state"]
            return int(answer["state"])
        edge_number, slot = self._origins[goal]
        edge = self.graph.edges[edge_number].added
        parent = await self.state(edge.source)
        answer = await self.ask(
            "try",
            state=parent,
            tactics=[edge.text],
            heartbeats=REBUILD_HEARTBEATS,
            ms=REBUILD_MS,
        )
        result = answer["results"][0]
        children = result.get("children", [])
        if not result.get("ok") or slot >= len(children):
            raise Refused(f"{edge.text!r} no longer works")
        self._states[goal] = children[slot]["state"]
        return self._states[goal]

    async def open(self, theory: int, statement: str) -> dict[str, Any]:
        """Start a proof of a statement."""
        if statement.startswith("prop:"):
            return await self.ask("goal", theory=theory, prop=statement[5:])
        if statement.startswith("hole:"):
            place = {"file": self._file, "index": int(statement[5:])}
            return await self.ask("goal", theory=theory, hole=place)
        return await self.ask("goal", theory=theory, statement=statement)

    def opened(self, goal: int, theory: int, statement: str, answer: dict[str, Any]) -> GoalAdded:
        """The event for a goal that `open` has answered; its state is remembered."""
        self.set_state(goal, answer["state"])
        shape = answer["goals"][0]
        context = context_of(shape)
        return GoalAdded(
            goal,
            theory,
            fingerprint_of(answer["goals"]),
            int(shape.get("size", 0)),
            shape.get("pp", ""),
            statement,
            answer.get("intro") or "",
            context.names,
            context.order,
            context.levels,
        )

    async def release(self) -> None:
        """Free everything in the gym that belongs to this target."""
        self._check()
        states, theories = list(self._states.values()), list(self._theories.values())
        theories += [self._around] if self._around >= 0 else []
        self.forget()
        if states or theories:
            await self.worker.request("drop", states=states, theories=theories)
