"""Typed requests and answers of the gym protocol (`docs/gym.md`), version 1.

States and theories are numbers that mean something to one server process only; `pool` wraps them
in handles that outlive a process. Fields that a newer server adds are ignored.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from autoresearch_formal.actions.base import HypView

PROTOCOL = 1

ErrorKind = Literal[
    "bad_json",
    "bad_request",
    "unknown_op",
    "too_large",
    "gone",
    "unknown_module",
    "parse",
    "forbidden",
    "elab",
    "timeout",
    "heartbeats",
    "recursion",
    "memory",
    "kernel",
    "internal",
]


class Fault(msgspec.Struct, frozen=True):
    """Why a request or a tactic failed."""

    kind: ErrorKind
    message: str


class GymError(Exception):
    """The server's answer to a request was an error, or the request's limits ended its server.

    `extra` holds the fields beside the error, for example the `messages` of a failed `elab`.
    """

    def __init__(self, fault: Fault, extra: dict[str, Any] | None = None) -> None:
        super().__init__(f"{fault.kind}: {fault.message}")
        self.kind = fault.kind
        self.message = fault.message
        self.extra = extra or {}


# -- requests ---------------------------------------------------------------------------------


class Request(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What all requests share: the operation, and how long it may take."""

    @property
    def op(self) -> str:
        """Name of the operation on the wire."""
        return str(self.__struct_config__.tag)

    @property
    def seconds(self) -> float:
        """The wall time that the request itself allows."""
        return 5.0


class Hello(Request, kw_only=True, tag_field="op", tag="hello"):
    """What is this server?"""


class Import(Request, kw_only=True, tag_field="op", tag="import"):
    """A theory from modules."""

    modules: list[str]
    options: dict[str, bool] = {}

    @property
    def seconds(self) -> float:
        """The wall time that the request itself allows."""
        return 60.0


class _Budgeted(Request, kw_only=True):
    """Requests with limits: `heartbeats` in Lean's user unit, `ms` of wall time."""

    heartbeats: int | None = None
    ms: int | None = None

    @property
    def seconds(self) -> float:
        """The wall time that the request itself allows."""
        return (self.ms if self.ms is not None else DEFAULT_MS) / 1000


DEFAULT_MS = 10_000
"""The server's own limit for a request that names none."""


class Elab(_Budgeted, kw_only=True, tag_field="op", tag="elab"):
    """Add declarations from source text; all of it or nothing.

    With `own_file` the text is part of a person's own file, and may run code if it is `trusted`.
    """

    theory: int
    text: str
    allow_sorry: bool = False
    own_file: bool = False
    trusted: bool = False


class File(_Budgeted, kw_only=True, tag_field="op", tag="file"):
    """Carry out a person's whole file and say what its holes are; `only` one of them if asked."""

    modules: list[str]
    text: str
    trusted: bool = False
    assume_holes: bool = False
    only: int | None = None


class Goal(_Budgeted, kw_only=True, tag_field="op", tag="goal"):
    """Open a proof: of a statement, a named proposition, a `sorry` in a text, a file's `hole`."""

    theory: int
    statement: str | None = None
    prop: str | None = None
    sorry: dict[str, Any] | None = None
    hole: dict[str, int] | None = None
    name: str | None = None
    intro: bool = True
    tree: bool = False


class Try(_Budgeted, kw_only=True, tag_field="op", tag="try"):
    """Many tactics on one state; `ms` and `heartbeats` are for each tactic."""

    state: int
    tactics: list[str]
    total_ms: int | None = None
    first_success: bool = False
    split: bool = True
    tree: bool = False
    pp: bool = True

    @property
    def seconds(self) -> float:
        """The wall time that the request itself allows."""
        each = (self.ms if self.ms is not None else DEFAULT_MS) * len(self.tactics)
        return (each if self.total_ms is None else min(each, self.total_ms)) / 1000


class Add(_Budgeted, kw_only=True, tag_field="op", tag="add"):
    """Turn a finished state into a theorem."""

    state: int
    name: str


class Search(_Budgeted, kw_only=True, tag_field="op", tag="search"):
    """Library search from a state."""

    state: int
    kind: Literal["exact?", "apply?", "rw?"] = "exact?"
    limit: int = 20


class Describe(_Budgeted, kw_only=True, tag_field="op", tag="describe"):
    """The goals of a state, or what is known about names of a theory."""

    state: int | None = None
    theory: int | None = None
    names: list[str] = []
    tree: bool = False


class Names(_Budgeted, kw_only=True, tag_field="op", tag="names"):
    """Visible declarations of a theory."""

    theory: int
    modules: list[str] = []
    prefix: str | None = None


class Abstract(_Budgeted, kw_only=True, tag_field="op", tag="abstract", rename={"as_": "as"}):
    """A proved theorem about one system as a theorem, called `as`, about any.

    `carriers` are the types that become variables. Theorems that the proof uses are followed into
    their own proofs if they are the theory's `own` or of modules in `follow`.
    """

    theory: int
    name: str
    as_: str
    carriers: list[str] = []
    own: bool = True
    follow: list[str] = []
    tree: bool = False
    proof: bool = False


class Audit(_Budgeted, kw_only=True, tag_field="op", tag="audit"):
    """On which axioms do declarations rest?"""

    theory: int
    names: list[str]


class Drop(Request, kw_only=True, tag_field="op", tag="drop"):
    """Free states and theories; numbers that are gone are no error."""

    states: list[int] = []
    theories: list[int] = []


class Stats(Request, kw_only=True, tag_field="op", tag="stats"):
    """Counters of the server."""


# -- parts of answers -------------------------------------------------------------------------


class ShownGoal(msgspec.Struct, frozen=True):
    """A goal as text, and its structural identity.

    `fingerprint` is equal for goals that differ in names of locals and metavariables only; `size`
    counts distinct subterms; `rename` is the tactic that a script must say first because some
    hypotheses have no usable names; `tree` is the term itself if it was asked for. `order` are the
    numbers of the hypotheses in the canonical order behind the fingerprint, `levels` the universe
    parameters in it.
    """

    fingerprint: str
    size: int
    head: str | None = None
    consts: tuple[str, ...] = ()
    pp: str = ""
    target: str = ""
    hyps: tuple[HypView, ...] = ()
    order: tuple[int, ...] | None = None
    levels: tuple[str, ...] = ()
    rename: str | None = None
    tree: dict[str, Any] | None = None


class Child(msgspec.Struct, frozen=True):
    """A state that a tactic leads to."""

    state: int
    goals: tuple[ShownGoal, ...]


class StepResult(msgspec.Struct, frozen=True):
    """What one tactic did. With `ok` false only `error` and the costs mean anything."""

    ok: bool
    proved: bool = False
    children: tuple[Child, ...] = ()
    uses: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    duplicate_of: int | None = None
    no_progress: bool = False
    error: Fault | None = None
    heartbeats: int = 0
    ms: int = 0


class LeanMessage(msgspec.Struct, frozen=True):
    """What Lean said about a place in a text."""

    severity: Literal["info", "warning", "error"]
    line: int
    column: int
    text: str


class Declaration(msgspec.Struct, frozen=True):
    """A constant of a theory; `type` is pretty-printed."""

    name: str
    kind: str
    type: str
    uses: tuple[str, ...] = ()
    doc: str | None = None
    tree: dict[str, Any] | None = None


class Sorry(msgspec.Struct, frozen=True):
    """A hole in an elaborated text."""

    index: int
    pp: str
    decl: str


class RestingDeclaration(msgspec.Struct, frozen=True):
    """A declaration of a file that rests on a hole, and where it starts (line, column)."""

    name: str
    start: tuple[int, int]


class FileHole(msgspec.Struct, frozen=True):
    """A `sorry` of a person's file; see `file` in docs/gym.md. Places are (line, column)."""

    index: int
    decl: str
    kind: str
    tactic: bool
    start: tuple[int, int]
    end: tuple[int, int]
    command: tuple[tuple[int, int], tuple[int, int]]
    before: int = -1
    theory: int | None = None
    rests_on: tuple[str, ...] = ()
    pp: str = ""
    context: int = 0
    renames: tuple[str, ...] = ()
    reason: str = ""


class AuditReport(msgspec.Struct, frozen=True):
    """Axioms behind declarations; `toolchain` counts library facts whose bodies aren't shipped."""

    axioms: tuple[str, ...]
    toolchain: int = 0
    sorry: bool = False
    visited: int = 0


# -- answers ----------------------------------------------------------------------------------


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What all answers share: the cost in wall time and in Lean's heartbeats."""

    ms: int = 0
    heartbeats: int = 0


class HelloAnswer(Answer, frozen=True):
    """The server introduces itself."""

    protocol: int
    lean: str = ""
    commit: str = ""
    ops: tuple[str, ...] = ()
    limits: dict[str, int] = {}
    mask: str | None = None


class ImportAnswer(Answer, frozen=True):
    """A new theory."""

    theory: int


class ElabAnswer(Answer, frozen=True):
    """A theory with more declarations."""

    theory: int
    decls: tuple[Declaration, ...] = ()
    messages: tuple[LeanMessage, ...] = ()
    sorries: tuple[Sorry, ...] = ()


class FileAnswer(Answer, frozen=True):
    """The holes of a file, in order, and the declarations that rest on any."""

    file: int
    holes: tuple[FileHole, ...]
    resting: tuple[RestingDeclaration, ...] = ()


class GoalAnswer(Answer, frozen=True):
    """An open proof; `intro` is the tactic that moved binders into the context, if any."""

    state: int
    goals: tuple[ShownGoal, ...] = ()
    intro: str | None = None


class TryAnswer(Answer, frozen=True):
    """One result a tactic, in order; fewer after a first success or a spent total."""

    results: tuple[StepResult, ...]


class AddAnswer(Answer, frozen=True):
    """A theory with one more theorem."""

    theory: int
    decl: Declaration | None = None
    audit: AuditReport | None = None


class SearchAnswer(Answer, frozen=True):
    """Tactics that library search suggests."""

    suggestions: tuple[str, ...]


class DescribeAnswer(Answer, frozen=True):
    """Goals or declarations, whichever was asked about."""

    goals: tuple[ShownGoal, ...] = ()
    decls: tuple[Declaration, ...] = ()


class ShownIngredient(msgspec.Struct, frozen=True):
    """A variable of a general theorem, and the concrete term that it replaces."""

    role: Literal["carrier", "operation", "law"]
    name: str
    type: str
    origin: str
    consts: tuple[str, ...] = ()


class AbstractAnswer(Answer, frozen=True):
    """A theory with the general theorem.

    `origin`: told the concrete terms of its `ingredients`, it says what the original says, but for
    the hypotheses in `dropped`, which the proof has no use for.
    """

    theory: int
    decl: Declaration
    ingredients: tuple[ShownIngredient, ...]
    origin: bool
    dropped: tuple[str, ...] = ()
    home: tuple[tuple[str, str], ...] = ()
    proof: str = ""


class NamesAnswer(Answer, frozen=True):
    """Visible declarations."""

    names: tuple[Declaration, ...]


class AuditAnswer(Answer, frozen=True):
    """An audit on its own; see `AuditReport`."""

    axioms: tuple[str, ...]
    toolchain: int = 0
    sorry: bool = False
    visited: int = 0


class DropAnswer(Answer, frozen=True):
    """Done."""


class StatsAnswer(Answer, frozen=True):
    """Counters."""

    states: int = 0
    theories: int = 0
    imports: int = 0
    steps: int = 0
    requests: int = 0
