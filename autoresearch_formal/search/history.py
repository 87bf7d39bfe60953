"""What the events of one target amount to, without any Lean: where a run stands when it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from autoresearch_formal.actions.base import TryView
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.graph.events import (
    AnyEvent,
    Concluded,
    EdgeTakenBack,
    Expanded,
    GraphEvent,
    LemmaAdded,
    Note,
    Shown,
    TheoryAdded,
    Tried,
)
from autoresearch_formal.search.graph.graph import Graph, GraphError
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.settings import SearchSettings


@dataclass(slots=True)
class SearchTally:
    """What a session has spent and found so far."""

    steps: int = 0
    heartbeats: int = 0
    work: int = 0
    lemmas_tried: int = 0
    lemmas_kept: int = 0
    definitions_kept: int = 0
    taken_back: int = 0
    """Steps by which something was found that could not be written."""


@dataclass(slots=True)
class MoveEffort:
    """What one kind of move has cost and brought."""

    tries: int = 0
    kept: int = 0
    heartbeats: int = 0
    ms: float = 0.0


class History:
    """What the events of one target amount to: the graph, and what was spent and concluded."""

    def __init__(self, settings: SearchSettings) -> None:
        self.settings = settings
        self.graph = Graph()
        self.tally = SearchTally()
        self.tried: dict[int, set[str]] = {}
        """Texts of the actions tried at each goal."""
        self.cut_short: dict[int, dict[str, int]] = {}
        """Texts that ran out of heartbeats at each goal, with the expansion of their last try."""
        self.moves: dict[str, MoveEffort] = {}
        """Where the effort went, by the first ingredient of what was tried."""
        self.refused: dict[int, list[TryView]] = {}
        """What Lean refused at each goal, oldest first, where its words were kept."""
        self.seconds = 0.0
        """Spent in turns that are over."""
        self.concluded: Concluded | None = None

    @classmethod
    def read(cls, store: Store, target: str, settings: SearchSettings) -> History:
        """The history of a target that the store has."""
        history = cls(settings)
        try:
            for event in store.read(target):
                history.take(event)
        except GraphError as fault:
            raise UsageFault(f"{target}: the event log is damaged ({fault})") from None
        return history

    @property
    def proved(self) -> bool:
        """Whether the target has a proof."""
        return bool(self.graph.goals) and self.graph.goals[0].proved

    def take(self, event: AnyEvent) -> None:
        """Add one event."""
        budgets = self.settings.budgets
        match event:
            case Tried():
                self.tally.steps += 1
                self.tally.heartbeats += event.heartbeats
                self.tally.work += event.heartbeats + budgets.step_work
                self.tried.setdefault(event.goal, set()).add(event.text)
                self._note_effort(event)
                if event.error:
                    refused = self.refused.setdefault(event.goal, [])
                    refused.append(TryView(event.text, event.error))
            case Note():
                self.seconds += event.numbers.get("seconds", 0.0)
            case Concluded():
                self.concluded = event
            case Shown():
                pass
            case _:
                self._count(event)
                self.graph.apply(event)

    def _note_effort(self, event: Tried) -> None:
        short = self.cut_short.setdefault(event.goal, {})
        if event.outcome == "heartbeats":
            short[event.text] = event.expansion
        else:
            short.pop(event.text, None)
        kind = event.ingredients[0] if event.ingredients else event.kind
        effort = self.moves.setdefault(kind, MoveEffort())
        effort.tries += 1
        effort.kept += event.edge is not None
        effort.heartbeats += event.heartbeats
        effort.ms += event.ms

    def _count(self, event: GraphEvent) -> None:
        match event:
            case Expanded():
                budgets = self.settings.budgets
                self.tally.work += int(budgets.think_work * budgets.growth ** (event.expansion - 1))
            case LemmaAdded():
                self.tally.lemmas_tried += 1
            case EdgeTakenBack():
                self.tally.taken_back += 1
            case TheoryAdded():
                self.tally.lemmas_kept += event.kind == "lemma"
                self.tally.definitions_kept += event.kind == "definition"
