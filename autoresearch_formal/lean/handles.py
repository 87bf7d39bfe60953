"""Theories and states that outlive the process that holds them.

A handle records how it came about: a request, and the handle that the request was made on. That
lineage is enough to rebuild it in another process (`pool` does), and the goals' fingerprints are
kept to prove that what was rebuilt is the same.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from autoresearch_formal.lean.messages import (
    Add,
    AddAnswer,
    Answer,
    Elab,
    ElabAnswer,
    Fault,
    Goal,
    GoalAnswer,
    GymError,
    Import,
    ImportAnswer,
    Request,
    ShownGoal,
    StepResult,
    Try,
    TryAnswer,
)

_numbers = itertools.count(1)


@dataclass(eq=False)
class Handle:
    """What theories and states share.

    `number` is unique in this process. `places` maps a server (by its serial number) to the number
    that the server knows this by. `dropped` handles stay as ancestors of others.
    """

    number: int = field(init=False, default_factory=lambda: next(_numbers))
    places: dict[int, int] = field(init=False, default_factory=dict, repr=False)
    dropped: bool = field(init=False, default=False)

    @property
    def parent(self) -> Handle | None:
        """The handle that this one was made from."""
        raise NotImplementedError

    def recipe(self, parent: int | None) -> tuple[Request, type[Answer]]:
        """The request that makes this again, given the server's number for the parent."""
        raise NotImplementedError

    def pick(self, answer: Answer) -> int:
        """This handle's number in the answer to its recipe; `GymError` if it differs."""
        raise NotImplementedError

    def leftovers(self, answer: Answer) -> list[int]:
        """States in the answer to the recipe that nobody asked for."""
        return []


def _differs(what: str) -> GymError:
    return GymError(Fault("gone", f"{what} could not be rebuilt as it was after its server died"))


@dataclass(eq=False)
class Theory(Handle):
    """An immutable environment."""

    origin: Import | Elab | Add = field(kw_only=True, repr=False)
    source: Handle | None = field(kw_only=True, default=None, repr=False)

    @property
    def parent(self) -> Handle | None:
        """The theory that was extended, or the state that was finished; None after an import."""
        return self.source

    def recipe(self, parent: int | None) -> tuple[Request, type[Answer]]:
        """The request that makes this theory again."""
        match self.origin:
            case Import():
                return self.origin, ImportAnswer
            case Elab():
                return _with(self.origin, theory=parent), ElabAnswer
            case Add():
                return _with(self.origin, state=parent), AddAnswer

    def pick(self, answer: Answer) -> int:
        """The theory's number."""
        if isinstance(answer, ImportAnswer | ElabAnswer | AddAnswer):
            return answer.theory
        raise _differs("a theory")


@dataclass(eq=False)
class State(Handle):
    """An immutable proof state: the goals of one branch of a proof.

    `goals` are the goals as the server showed them, `tactic` the step that led here (None for the
    start of a proof).
    """

    goals: tuple[ShownGoal, ...] = field(kw_only=True, repr=False)
    origin: Goal | Try = field(kw_only=True, repr=False)
    source: Handle = field(kw_only=True, repr=False)
    index: int = field(kw_only=True, default=0, repr=False)

    @property
    def parent(self) -> Handle:
        """The theory that the proof was started in, or the state before the tactic."""
        return self.source

    @property
    def tactic(self) -> str | None:
        """The tactic that led here."""
        return self.origin.tactics[0] if isinstance(self.origin, Try) else None

    @property
    def solved(self) -> bool:
        """Whether no goals are left."""
        return not self.goals

    def recipe(self, parent: int | None) -> tuple[Request, type[Answer]]:
        """The request that makes this state again."""
        if isinstance(self.origin, Goal):
            return _with(self.origin, theory=parent), GoalAnswer
        return _with(self.origin, state=parent), TryAnswer

    def pick(self, answer: Answer) -> int:
        """The state's number, if its goals have the same fingerprints as before."""
        if isinstance(answer, GoalAnswer):
            number, goals = answer.state, answer.goals
        elif isinstance(answer, TryAnswer) and (children := _children(answer, self.index)):
            number, goals = children[self.index].state, children[self.index].goals
        else:
            raise _differs("a state")
        if [g.fingerprint for g in goals] != [g.fingerprint for g in self.goals]:
            raise _differs("a state")
        return number

    def leftovers(self, answer: Answer) -> list[int]:
        """The sibling states."""
        if not isinstance(answer, TryAnswer):
            return []
        children = [child for result in answer.results for child in result.children]
        return [child.state for position, child in enumerate(children) if position != self.index]


def _children(answer: TryAnswer, index: int) -> tuple[Any, ...]:
    children = answer.results[0].children if answer.results else ()
    return children if index < len(children) else ()


def _with(request: Any, **fields: int | None) -> Any:
    """A copy of a request with other numbers."""
    values = {name: getattr(request, name) for name in request.__struct_fields__}
    return type(request)(**(values | fields))


@dataclass(frozen=True)
class Branch:
    """One child of a step."""

    state: State
    goals: tuple[ShownGoal, ...]


@dataclass(frozen=True)
class TacticOutcome:
    """What one tactic did; see `messages.StepResult`."""

    ok: bool
    proved: bool = False
    children: tuple[Branch, ...] = ()
    uses: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    duplicate_of: int | None = None
    no_progress: bool = False
    error: Fault | None = None
    heartbeats: int = 0
    ms: int = 0


def step_of(
    result: StepResult, request: Try, tactic: str, source: State, server: int
) -> TacticOutcome:
    """The step for a result, its children as handles that live on `server`."""
    branches = []
    origin = _with(request, state=0)
    origin.tactics = [tactic]
    origin.total_ms = None
    origin.first_success = False
    for index, child in enumerate(result.children):
        state = State(goals=child.goals, origin=origin, source=source, index=index)
        state.places[server] = child.state
        branches.append(Branch(state, child.goals))
    return TacticOutcome(
        ok=result.ok,
        proved=result.proved,
        children=tuple(branches),
        uses=result.uses,
        suggestions=result.suggestions,
        duplicate_of=result.duplicate_of,
        no_progress=result.no_progress,
        error=result.error,
        heartbeats=result.heartbeats,
        ms=result.ms,
    )
