"""Small models of the hypotheses of a goal."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.finite_models.claims import Binder, ConstantClaim, Role
from autoresearch_formal.symbolic.finite_models.definitions import NoDefinitions
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.natives import NotNative
from autoresearch_formal.symbolic.finite_models.sampled_laws import recursion, remembering
from autoresearch_formal.symbolic.finite_models.samples import Model, Sampler
from autoresearch_formal.symbolic.finite_models.values import (
    Finite,
    Functions,
    Lists,
    Naturals,
    Type,
    Unsupported,
    Value,
    curry,
    tabulated,
)
from autoresearch_formal.terms import (
    PROP,
    Bound,
    Expr,
    GoalTree,
    Hypothesis,
    Lambda,
    Local,
    Pi,
    Sort,
    arguments,
    explicit_args,
    head,
    head_name,
    locals_of,
)

ILL_FORMED = (TypeError, ValueError, AttributeError, IndexError, KeyError)
"""What a term raises that makes no sense where it is computed."""

MODELS = 36
"""Models of one goal."""

DRAWN = 2
"""Times as many are drawn, to choose from."""

TRIES = 200
"""Carriers that are tried for them."""

DRAWS = 14
"""Values tried for one variable in one model."""

FUEL = 6_000
"""Steps for one hypothesis in one model."""

LARGEST = 6
"""Elements of a carrier; a statement about four things of it has 1,296 cases."""


@dataclass(slots=True)
class Interpretations:
    """Models of one goal's hypotheses, by the values of its variables."""

    evaluator: Evaluator
    models: list[dict[str, Value]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    """Hypotheses that could not be evaluated; the models may violate them."""

    def holds(self, statement: Expr, values: dict[str, Value]) -> bool | None:
        """Whether a statement is true of values; None if that can't be told."""
        try:
            found = self.evaluator.run(statement, (values,), FUEL)
        except Unsupported:
            return None
        return found if isinstance(found, bool) else None


class _Drawing:
    """Draws models of one goal."""

    def __init__(self, goal: GoalTree, seed: int) -> None:
        self.goal = goal
        self.evaluator = Evaluator(NoDefinitions())
        self.sampler = Sampler(self.evaluator, seed)
        self.rng = self.sampler.rng
        self.found = Interpretations(self.evaluator)
        self.defined = {d.name: d for d in map(definition_of, goal.hyps) if d is not None}
        data = [h for h in goal.hyps if not h.is_prop]
        self.data = sorted(data, key=lambda h: h.name in self.defined)
        place = {h.name: k for k, h in enumerate(self.data)}
        self.due: list[list[Hypothesis]] = [[] for _ in self.data]
        for h in goal.hyps:
            if h.is_prop and self.data:
                said = [place[n] for n in locals_of(h.type) if n in place]
                self.due[max(said, default=0)].append(h)
        binders = tuple(Binder(h.name, h.type, _role(h.type)) for h in self.data)
        self.claim = ConstantClaim("", binders, PROP)
        self.recursive = recursion(goal)

    def draw(self, number: int) -> dict[str, Value] | None:
        """One model, if the hypotheses can be met. Raises `Unsupported`."""
        algebra = self.sampler.algebra(number)
        if algebra.size > LARGEST or (algebra.size == 1 and number > 20):
            return None
        model = Model({}, {}, algebra.name, number % 4 < 3)
        carriers = 0
        for k, binder in enumerate(self.claim.binders):
            if binder.role == "sort":
                chosen = algebra if not carriers else self.sampler.algebra(2 * number)
                chosen = chosen if chosen.size <= LARGEST else algebra
                carriers += 1
                carrier = Finite(chosen.size, carriers)
                model.values[binder.name] = carrier
                model.algebras[carrier] = chosen
                if not self.fits(k, model.values):
                    return None
            elif not any(self.choose(k, binder, model) for _ in range(DRAWS)):
                return None
        return model.values

    def choose(self, k: int, binder: Binder, model: Model) -> bool:
        """Give a variable a value; whether what is due then holds."""
        values = model.values
        if binder.name in self.recursive:
            cases = [self.evaluator.case(e, (values,)) for e in self.recursive[binder.name]]
            run = remembering(self.evaluator.by_cases(binder.name, cases))
            values[binder.name] = curry(run, cases[0].arity)
        else:
            kind = self.sampler.evaluate(binder.type, values)
            if not isinstance(kind, Type):
                raise Unsupported(binder.name)
            value = self.determined(kind, binder.name, values)
            if value is None:
                value = self.value(kind, binder, model)
            if value is None:
                return False
            values[binder.name] = value
        return self.fits(k, values)

    def determined(self, kind: Type, name: str, values: dict[str, Value]) -> Value:
        """The value of a list or predicate of which a hypothesis says what it holds.

        None if there is no such hypothesis, or it speaks of what has no value yet.
        """
        rule = self.defined.get(name)
        if rule is None or not locals_of(rule.condition) <= set(values):
            return None
        of: Type
        if rule.listed and isinstance(kind, Lists):
            of = kind.of
        elif not rule.listed and isinstance(kind, Functions):
            of = kind.domain
        else:
            return None
        holds = self.evaluator.run(rule.condition, (values,), FUEL)
        members = [x for x in of.checked() if holds(x) is True]
        if rule.listed:
            self.rng.shuffle(members)
            return tuple(members)
        return tabulated(kind, lambda x: x in members)

    def value(self, kind: Type, binder: Binder, model: Model) -> Value:
        """A value for a variable: lists are mostly all of something, each once."""
        if isinstance(kind, Naturals):
            return self.rng.randrange(9)
        if isinstance(kind, Finite) and kind.count and self.rng.random() < 0.7:
            return self.rng.randrange(kind.count)
        if isinstance(kind, Lists) and isinstance(kind.of, Finite) and self.rng.random() < 0.8:
            letters = list(kind.of.checked())
            algebra = model.algebras.get(kind.of)
            if self.rng.random() < 0.5 and algebra is not None:
                start = {self.rng.randrange(algebra.size)} if self.rng.random() < 0.7 else set()
                letters = sorted(algebra.closure(start))
            elif self.rng.random() < 0.3:
                letters = [x for x in letters if self.rng.random() < 0.5]
            self.rng.shuffle(letters)
            if letters and self.rng.random() < 0.3:
                letters.append(letters[0])
            return tuple(letters)
        return self.sampler.draw(kind, binder, self.claim, model)

    def fits(self, k: int, values: dict[str, Value]) -> bool:
        """Whether the hypotheses hold that speak of the first variables alone."""
        for h in self.due[k]:
            if h.name in self.found.unknown:
                continue
            holds = self.found.holds(h.type, values)
            if holds is None:
                self.found.unknown.add(h.name)
            elif not holds:
                return False
        return True


@dataclass(frozen=True, slots=True)
class MembershipRule:
    """``∀ x, x ∈ l ↔ …`` or ``∀ x, P x ↔ …``."""

    name: str
    condition: Expr
    """``fun x => …``."""
    listed: bool


def definition_of(h: Hypothesis) -> MembershipRule | None:
    """What a hypothesis says of what a list or predicate holds; None if it is of another form."""
    if not h.is_prop or not isinstance(h.type, Pi) or head_name(h.type.body) != "Iff":
        return None
    left, right = arguments(h.type.body)
    condition = Lambda(h.type.name, h.type.type, right)
    args = explicit_args(left)
    if head_name(left) == "Membership.mem" and len(args) == 2:
        whole, member = args
        if isinstance(whole, Local) and member == Bound(0) and whole.name not in locals_of(right):
            return MembershipRule(whole.name, condition, True)
    function = head(left)
    if isinstance(function, Local) and args == [Bound(0)] and function.name not in locals_of(right):
        return MembershipRule(function.name, condition, False)
    return None


def interpretations(goal: GoalTree, seed: int = 0, count: int = MODELS) -> Interpretations:
    """Models of a goal's hypotheses; none if its types are not understood."""
    drawing = _Drawing(goal, seed)
    for number in range(TRIES):
        if len(drawing.found.models) == DRAWN * count:
            break
        try:
            model = drawing.draw(number)
        except (Unsupported, NotNative, RecursionError, *ILL_FORMED):
            if number > 3 and not drawing.found.models:
                break
            continue
        if model is not None:
            drawing.found.models.append(model)
    drawing.found.models = varied(drawing.found.models, count)
    return drawing.found


def varied(models: list[dict[str, Value]], count: int) -> list[dict[str, Value]]:
    """So many of the models, as different in their sizes and lengths as there are."""
    groups: dict[tuple[int, ...], list[dict[str, Value]]] = {}
    for model in models:
        sizes = [v.count if isinstance(v, Finite) else len(v) for v in model.values() if sized(v)]
        groups.setdefault(tuple(sizes), []).append(model)
    turns = itertools.zip_longest(*groups.values())
    return [m for turn in turns for m in turn if m is not None][:count]


def sized(value: Value) -> bool:
    """Whether a value is a carrier or a list."""
    return isinstance(value, (Finite, tuple))


def _role(type_: Expr) -> Role:
    return "sort" if isinstance(type_, Sort) and type_ != PROP else "plain"
