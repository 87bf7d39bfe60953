"""Everything that happens in a search, as small immutable records.

The graph is a fold over `GraphEvent`s: applying the same events in the same order always gives
the same graph, which is what makes a run resumable after ``kill -9``. The other events (`Tried`,
`Shown`, `Note`, `Concluded`) are for trajectories, logs and results and do not change the graph.
"""

from __future__ import annotations

from typing import Any

import msgspec


class NamedProposition(msgspec.Struct, frozen=True, tag=True):
    """What a proof is of: a proposition that a library has under a name."""

    name: str


class NumberedHole(msgspec.Struct, frozen=True, tag=True):
    """What a proof is of: a `sorry` of a user's file, by its place in the file's order."""

    index: int


class WrittenStatement(msgspec.Struct, frozen=True, tag=True):
    """What a proof is of: a closed statement as Lean text."""

    text: str


Statement = NamedProposition | NumberedHole | WrittenStatement


class Event(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Base of all events; `tag=True` writes the class name, so that rows describe themselves."""


class TheoryAdded(Event, frozen=True):
    """A theory: the root one (``parent`` is None) or its parent plus one declaration."""

    id: int
    parent: int | None = None
    name: str = ""
    """Name of the declaration this theory adds to its parent ("" at the root)."""
    kind: str = ""
    """"lemma" or "definition" ("" at the root)."""
    text: str = ""
    """Lean source of the declaration; for a lemma the statement, for a definition all of it."""
    ingredients: tuple[str, ...] = ()


class GoalAdded(Event, frozen=True):
    """A goal node. One per (theory, fingerprint): adding a twin is an error of the caller."""

    id: int
    theory: int
    fingerprint: str
    size: int = 0
    text: str = ""
    """Pretty-printed goal, hypotheses included."""
    statement: Statement | None = None
    """What is proved, for a goal that starts a proof."""
    naming: str = ""
    """Tactic that a script must say first here (``intro n h``, ``rename_i h``), "" if none."""
    names: tuple[str, ...] = ()
    """Hypothesis names, in order."""
    order: tuple[int, ...] = ()
    """The numbers of `names` in the canonical order behind the fingerprint; empty for 0, 1, 2, …"""
    levels: tuple[str, ...] = ()
    """Universe parameters in the canonical order."""


class LemmaAdded(Event, frozen=True):
    """A lemma was proposed; ``goal`` is its own goal, which competes for the budget from now on."""

    goal: int
    source: int
    """The goal it was proposed for."""
    name: str
    statement: str
    note: str = ""
    ingredients: tuple[str, ...] = ()
    logprob: float = 0.0
    proof: str = ""
    """The proof that came with it, as written."""


class EdgeAdded(Event, frozen=True):
    """A hyperedge: ``source`` is proved when all of ``children`` are.

    kind is "tactic", "lemma" (children: the lemma's own goal, then the source again in the
    grown theory) or "definition" (child: the source in the grown theory).
    """

    id: int
    source: int
    kind: str
    text: str
    children: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    """For each child its position in the gym's answer, so that its state can be rebuilt."""
    cost: float = 1.0
    logprob: float = 0.0
    uses: tuple[str, ...] = ()
    """Constants that the step's proof term adds, as the gym reports them."""
    ingredients: tuple[str, ...] = ()
    heartbeats: int = 0
    replacement: str = ""
    """What a "Try this" suggestion offered instead of the text, "" if nothing."""
    renames: tuple[dict[str, str], ...] = ()
    """For each child the isomorphism by which this edge reaches it: the child's own names to the
    names that stand in their places here. Empty if nothing is called differently anywhere."""
    namings: tuple[str, ...] | None = None
    """For each child what a script that comes by this edge must say first; None in old logs,
    where it was what the child says itself."""


class EdgeTakenBack(Event, frozen=True):
    """A step does not hold where it has to stand: nothing is proved by it any more."""

    id: int


class GoalClosed(Event, frozen=True):
    """Nothing more will be tried at a goal, and why.

    reason: "complete" (the policy has nothing left), "refuted" (a finite model makes it false)
    or "budget".
    """

    id: int
    reason: str


class Expanded(Event, frozen=True):
    """A goal was expanded once more; ``expansion`` is how often, starting at 1."""

    id: int
    expansion: int


class Tried(Event, frozen=True):
    """One action tried at one goal: a row of the trajectories. Does not change the graph."""

    goal: int
    kind: str
    text: str
    outcome: str
    """"proved", "progress", "duplicate", or the kind of error."""
    edge: int | None = None
    logprob: float = 0.0
    ingredients: tuple[str, ...] = ()
    heartbeats: int = 0
    ms: float = 0.0
    expansion: int = 0
    error: str = ""
    """Lean's words, where the policy wants to see them again."""


class Note(Event, frozen=True):
    """A line for the log: phase changes, worker deaths, priorities of chosen goals."""

    kind: str
    text: str = ""
    numbers: dict[str, float] = {}


class Shown(Event, frozen=True):
    """What retrieval offered to the policy at a goal; the rest of a situation is in the graph.

    With it the prompt of every tried action can be made again for training.
    """

    goal: int
    expansion: int
    names: tuple[tuple[str, str, str], ...] = ()
    """Name, kind and type of each visible declaration, best first."""


class Concluded(Event, frozen=True):
    """What came of the target so far; a later one replaces an earlier one.

    With it a run that goes on, however short, keeps the results that it had.
    """

    row: dict[str, Any]
    """Its row of the report."""
    certificate: dict[str, Any] = {}
    """What the judge said; empty before it spoke."""
    sha256: str = ""
    """Of the generated file, "" if there is none."""


GraphEvent = (
    TheoryAdded | GoalAdded | LemmaAdded | EdgeAdded | EdgeTakenBack | GoalClosed | Expanded
)
AnyEvent = GraphEvent | Tried | Shown | Note | Concluded
ASIDE = (Tried, Shown, Note, Concluded)
"""Events that do not change the graph."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def encode(event: AnyEvent) -> bytes:
    """One event as JSON."""
    return _encoder.encode(event)


def decode(data: bytes | str) -> AnyEvent:
    """Inverse of `encode`. Raises msgspec.DecodeError on anything else."""
    return _decoder.decode(data)
