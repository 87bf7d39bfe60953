"""The policy interface: situations in, scored actions out.

A subclass of `Policy` with a ``propose`` method is a policy: the symbolic one, a model behind HTTP,
a mixture. It never talks to Lean and keeps nothing between calls that the search would need to
resume.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeVar, get_args

import msgspec

T = TypeVar("T")

ActionKind = Literal["tactic", "lemma", "definition"]

Faculty = Literal["invention", "witnesses", "induction", "engine"]
"""What a search can be told to do without, so that its worth can be measured: lemmas and
definitions of its own; terms put in for holes; induction; the first-order prover outside."""

FACULTIES: tuple[Faculty, ...] = get_args(Faculty)


class HypView(msgspec.Struct, frozen=True):
    """A line of a goal's context, pretty-printed."""

    name: str
    type: str
    prop: bool = False
    value: str | None = None


class GoalView(msgspec.Struct, frozen=True):
    """A goal as a policy sees it."""

    pp: str
    target: str
    hyps: tuple[HypView, ...] = ()
    fingerprint: str = ""
    size: int = 0
    head: str = ""
    consts: tuple[str, ...] = ()
    tree: Mapping[str, Any] | None = None
    """The term DAG of the gym protocol, when it was asked for."""


class NameView(msgspec.Struct, frozen=True):
    """A visible declaration."""

    name: str
    kind: str
    type: str
    tree: Mapping[str, Any] | None = None


class TheoryView(msgspec.Struct, frozen=True):
    """What is known where the goal lives, beyond the imported modules."""

    modules: tuple[str, ...] = ()
    invented: tuple[NameView, ...] = ()
    """Definitions and lemmas of this line of the search, oldest first."""


class TryView(msgspec.Struct, frozen=True):
    """Something that was tried at a goal and refused, with Lean's words."""

    text: str
    error: str


class Situation(msgspec.Struct, frozen=True):
    """One request to a policy."""

    theory: TheoryView
    goals: tuple[GoalView, ...]
    """The goals of one state; tactics act on the first."""
    names: tuple[NameView, ...] = ()
    """Retrieved visible names, best first."""
    facts: tuple[NameView, ...] = ()
    """Visible theorems with trees, for reasoning rather than for reading, best first."""
    expansion: int = 1
    """How often this goal has been asked about, this time included; budgets grow with it."""
    path: tuple[str, ...] = ()
    """Tactics that led here from the root."""
    root: bool = False
    """Whether this is the statement itself; lemmas and definitions are proposed there."""
    invents: frozenset[str] = frozenset(("lemma", "definition"))
    """The kinds of inventions that are wanted; none in ablations."""
    seed: int = 0
    statement: str = ""
    """The goal from which the path starts, if it is not this one."""
    tries: tuple[TryView, ...] = ()
    """What Lean refused here last, newest first, as far as the budget for corrections goes."""
    without: tuple[Faculty, ...] = ()
    """What the search has to do without."""
    concluding: tuple[NameView, ...] = ()
    """Visible theorems with trees whose conclusion can be made into the first goal's target."""

    @property
    def invent(self) -> bool:
        """Whether lemmas are wanted."""
        return "lemma" in self.invents


class Action(msgspec.Struct, frozen=True):
    """A proposal.

    kind "tactic": ``text`` is a tactic script for the first goal. kind "lemma": ``text`` is a
    closed statement. kind "definition": ``text`` is a complete declaration: `def`, `abbrev`,
    `structure` or `inductive`.
    """

    kind: ActionKind
    text: str
    logprob: float = -1.0
    ingredients: tuple[str, ...] = ()
    """Names from the shared vocabulary (`ingredients.toml`) and constants the text leans on."""
    heartbeats: int = 0
    """Lean heartbeats it deserves; 0 means the search's default."""
    name: str = ""
    """For lemmas: a name that says what the statement says."""
    proof: str = ""
    """For lemmas: a script believed to prove it, "" if the proposer has none."""
    note: str = ""
    """How the proposer came to it, for docstrings and reports."""
    cut: bool = False
    """For scripts: whether the search keeps the longest beginning that Lean accepts."""
    given: int = -1
    """For lemmas: how many of the statement's binders the proof takes as given, because they
    stand before its colon; -1 means all of them."""


class Pools(Protocol):
    """Where the work of a policy is done, so that it does not hold up the search."""

    async def in_process(self, work: Callable[..., T], *arguments: object) -> T:
        """Compute in a process of its own; function and arguments must be picklable."""
        ...

    async def in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        """Compute in a thread, for what waits or computes outside the interpreter."""
        ...


class Policy:
    """Maps a batch of situations to lists of actions, best first; says what else it can do."""

    name: str

    @property
    def places(self) -> int:
        """Situations that it works on at a time; more than one for a served model."""
        return 1

    @property
    def reads_errors(self) -> bool:
        """Whether it reads what Lean said of its earlier tries."""
        return False

    @property
    def weights(self) -> list[str]:
        """Digests of the weights that have answered in this process, in the order of their coming.

        More than one if a model's folder was replaced meanwhile; none without a model here.
        """
        return []

    @property
    def digest(self) -> str:
        """What its answers rest on besides its code; "" where that can't be known."""
        return next(iter(self.weights), "")

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """One list a situation, in the same order; an empty list means "nothing left"."""
        raise NotImplementedError

    async def propose_on(self, pools: Pools, batch: Sequence[Situation]) -> list[list[Action]]:
        """The same, computed where it belongs: here, in a thread."""
        return await pools.in_thread(self.propose, batch)

    def close(self) -> None:
        """End what is in flight: nobody waits for an answer any more."""
