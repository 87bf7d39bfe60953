"""Terms for several holes at once, by what has to hold of them.

Each hole has its own enumeration. What speaks of one hole alone sorts its terms first; what speaks
of several is refined on counterexamples (A. Solar-Lezama, "Program synthesis by sketching", 2008):
a model in which a choice fails is remembered with what the terms do in it, and no other choice
that does the same there is looked at again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.finite_models.values import Unsupported, Value
from autoresearch_formal.symbolic.witness.enumerate import (
    Built,
    Point,
    Terms,
    comparable,
    compositions,
    function_points,
)
from autoresearch_formal.symbolic.witness.interpret import Interpretations
from autoresearch_formal.symbolic.witness.vocabulary import Component, components, signature_of
from autoresearch_formal.terms import (
    Expr,
    GoalTree,
    Lambda,
    Local,
    bind,
    fresh,
    head_name,
    locals_of,
    telescope,
)

SIZES = (7, 8, 9)
"""Size of the largest term at the first, second, … expansion of a goal; for all holes together
one more for each further hole."""

POINTS = 240
"""Points at which terms for one hole are compared, and of those, in one model."""
ROWS = 36
CHECKED = (400, 1_500, 5_000)
"""Choices that are looked at, likewise."""

WANTED = 3
"""Choices that are kept."""


@dataclass(frozen=True, slots=True)
class TermHole:
    """A place for a term, by the name that it has in the conditions."""

    name: str
    type: Expr


@dataclass(frozen=True, slots=True)
class HoleValue:
    """A term for a hole, with what it is in each model."""

    term: Expr
    behaviours: tuple[tuple[Value, ...], ...]
    """Its values at the points of each model; itself, where there are none."""


@dataclass(slots=True)
class Conditions:
    """What has to hold, and the counterexamples met so far."""

    statements: tuple[Expr, ...]
    holes: tuple[TermHole, ...]
    known: Interpretations
    order: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of a statement and a model, those that sorted out most lately first."""
    failed: dict[tuple[int, int], set[tuple[Value, ...]]] = field(default_factory=dict)
    evaluations: int = 0

    def __post_init__(self) -> None:
        models = range(len(self.known.models))
        self.order = list(itertools.product(range(len(self.statements)), models))

    def hold(self, chosen: Sequence[HoleValue]) -> bool:
        """Whether all conditions hold in all models, as far as that can be computed."""
        for place, (s, m) in enumerate(self.order):
            behaviour = tuple(c.behaviours[m] for c in chosen)
            bad = self.failed.setdefault((s, m), set())
            if behaviour in bad:
                return False
            self.evaluations += 1
            values = dict(self.known.models[m])
            truth: bool | None
            try:
                for hole, c in zip(self.holes, chosen, strict=True):
                    values[hole.name] = self.known.evaluator.run(c.term, (values,))
                truth = self.known.holds(self.statements[s], values)
            except Unsupported:
                truth = None
            if truth is False:
                bad.add(behaviour)
                self.order.insert(0, self.order.pop(place))
                return False
            if truth is None:
                return False
        return True


class HoleTerms:
    """The terms for one hole, smallest first."""

    def __init__(
        self, hole: TermHole, goal: GoalTree, known: Interpretations, said: Sequence[Expr]
    ):
        domains, self.result = telescope(hole.type)
        taken = {h.name for h in goal.hyps} | {hole.name}
        self.parameters: list[tuple[str, Expr]] = []
        for name, type_ in domains:
            self.parameters.append((fresh(name, taken), type_))
            taken.add(self.parameters[-1][0])
        points: list[Point] = []
        self.slices: list[slice] = []
        for model in known.models:
            left = min(ROWS, POINTS - len(points))
            more = function_points(known.evaluator, [model], self.parameters, left) if left else []
            self.slices.append(slice(len(points), len(points) + len(more)))
            points += more
        parts = [
            Component(Local(n), *shape)
            for n, t in self.parameters
            if (shape := signature_of(t)) is not None
        ]
        types = [t for _, t in self.parameters] + [self.result]
        parts += components(goal, types, said, builds=head_name(self.result) == "List")
        self.terms = Terms(known.evaluator, parts, points)

    def of(self, size: int) -> Iterator[HoleValue]:
        """The new terms of a size, as functions of the hole's variables."""
        for built in self.terms.of(self.result, size):
            behaviours = tuple(
                tuple(map(comparable, built.values[s])) or (built.term,) for s in self.slices
            )
            yield HoleValue(self.closed(built), behaviours)

    def closed(self, built: Built) -> Expr:
        """``fun a b => …``, without variables at the end that are only passed on."""
        term = bind(built.term, *[n for n, _ in self.parameters])
        for name, type_ in reversed(self.parameters):
            term = Lambda(name, type_, term)
        return term


def choices(
    goal: GoalTree,
    holes: Sequence[TermHole],
    statements: Sequence[Expr],
    known: Interpretations,
    expansion: int,
) -> list[tuple[Expr, ...]]:
    """Terms for the holes for which no statement fails in any model, the smallest first."""
    level = min(expansion, len(SIZES)) - 1
    said = [*statements, goal.target, *[h.type for h in goal.hyps]]
    try:
        sources = [HoleTerms(hole, goal, known, said) for hole in holes]
    except Unsupported:
        return []
    alone = [_conditions_of([h], holes, statements, known) for h in holes]
    several = [s for s in statements if len(locals_of(s) & {h.name for h in holes}) > 1]
    together = Conditions(tuple(sorted(several, key=_weight)), tuple(holes), known)
    names = {h.name for h in holes}
    about_none = [s for s in statements if not locals_of(s) & names]
    if any(known.holds(s, model) is not True for s in about_none for model in known.models):
        return []
    pools: list[dict[int, list[HoleValue]]] = [{} for _ in holes]

    def pool(k: int, size: int) -> list[HoleValue]:
        if size not in pools[k]:
            found = list(sources[k].of(size))
            if alone[k].statements:
                found = [c for c in found if alone[k].hold([c])]
            pools[k][size] = found
        return pools[k][size]

    kept: list[tuple[Expr, ...]] = []
    looked = 0
    for total in range(len(holes), SIZES[level] + len(holes)):
        for sizes in compositions(total, len(holes)):
            for chosen in itertools.product(*[pool(k, s) for k, s in enumerate(sizes)]):
                looked += 1
                if looked > CHECKED[level]:
                    return kept
                if together.statements and not together.hold(chosen):
                    continue
                kept.append(tuple(c.term for c in chosen))
                if len(kept) >= WANTED:
                    return kept
    return kept


def _conditions_of(
    group: Sequence[TermHole],
    holes: Sequence[TermHole],
    statements: Sequence[Expr],
    known: Interpretations,
) -> Conditions:
    """The statements about these holes and no others, the shortest first."""
    names, mine = {h.name for h in holes}, {h.name for h in group}
    chosen = [s for s in statements if locals_of(s) & names == mine]
    return Conditions(tuple(sorted(chosen, key=_weight)), tuple(group), known)


def _weight(statement: Expr) -> int:
    return len(str(statement))
