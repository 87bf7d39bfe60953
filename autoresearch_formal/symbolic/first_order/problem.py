"""A goal in clauses, and for each clause how to say it in Lean."""

from __future__ import annotations

from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.clauses import Literal


class NotFirstOrder(ValueError):
    """The expression has no first-order form here."""


@dataclass(frozen=True, slots=True)
class RecipeStep:
    """One step from a hypothesis to a clause of it.

    kind: "all" (apply to a term), "imp" (a premise), "left", "right", "mp", "mpr", "ex" (name a
    witness), "exgoal" (a variable for the ∃ of a negated target), "stop" (a disjunction or anything
    else that is left to the closing tactic), "hidden" (a witness that no hypothesis names). For a
    target or premise that is a disjunction, ``name`` says which member: a path of l and r.
    """

    kind: str
    variable: int = -1
    symbol: str = ""
    name: str = ""
    count: int = 0
    """For a premise, how many literals of the clause stand for it."""


STOP = RecipeStep("stop")
HIDDEN = RecipeStep("hidden")


@dataclass(frozen=True, slots=True)
class ClauseSource:
    """Where an input clause comes from."""

    hypothesis: str
    """Lean text of the fact; "" for the negated goal."""
    recipe: tuple[RecipeStep, ...]

    @property
    def to_last_witness(self) -> ClauseSource:
        """Up to the last ∃: clauses of one hypothesis share their witnesses whatever follows."""
        last = max((i for i, s in enumerate(self.recipe) if s.kind == "ex"), default=-1)
        return ClauseSource(self.hypothesis, self.recipe[: last + 1])


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a function symbol is written in Lean."""

    text: str
    infix: bool = False
    flip: bool = False
    """Arguments are written in the other order (∈)."""


@dataclass(slots=True)
class Problem:
    """A clausified goal."""

    clauses: list[tuple[list[Literal], bool]] = field(default_factory=list)
    """Literals, and whether the clause is part of the negated goal."""
    sources: list[ClauseSource] = field(default_factory=list)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    intros: list[str] = field(default_factory=list)
    """Names for the leading ∀ and → of the target."""
    exists: list[int] = field(default_factory=list)
    """Variables of the leading ∃ of the target, outermost first."""
    target_false: bool = False
    """Whether nothing but a contradiction remains to be shown."""
    sorts: dict[str, int] = field(default_factory=dict)
    skolems: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Witness symbol to the universal variables it depends on."""
    complete: bool = True
    """False if a hypothesis was dropped."""

    def add(self, source: str, made: list[ClauseOf], goal: bool) -> None:
        """Take the clauses of one formula in."""
        for literals, recipe in made:
            self.clauses.append((literals, goal))
            self.sources.append(ClauseSource(source, recipe))


ClauseOf = tuple[list[Literal], tuple[RecipeStep, ...]]
"""A clause of a formula, with its recipe."""
