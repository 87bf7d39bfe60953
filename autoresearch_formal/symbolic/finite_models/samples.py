"""Finite models for a claim: values for all its arguments, some random, some with structure.

Half of the carriers are groups, the others monoids, semigroups, Latin squares and operations
without laws; subsets are often closed, relations often come from subsets, maps often respect the
operation. Structures with laws are built from these, so that there are always some to compare on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.finite_models.algebras import (
    Algebra,
    curried,
    groups,
    monoids,
    quasigroups,
    random_algebra,
    semigroups,
    tables,
)
from autoresearch_formal.symbolic.finite_models.claims import Binder, ConstantClaim
from autoresearch_formal.symbolic.finite_models.drawing import (
    action,
    closed_records,
    mapping,
    relation,
    table,
)
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.values import (
    NATURALS,
    Finite,
    Functions,
    FunctionTable,
    Integers,
    Lists,
    Made,
    Naturals,
    Records,
    Truth,
    Type,
    Universe,
    Unsupported,
    Value,
)
from autoresearch_formal.terms import App, Expr, head_name, locals_of


@dataclass(slots=True)
class Model:
    """Values of a claim's arguments by name, and the algebra on each carrier."""

    values: dict[str, Value]
    algebras: dict[Type, Algebra]
    label: str
    coherent: bool = False
    """Whether operations are those of the algebras, and subsets mostly closed under them."""

    @property
    def size(self) -> int:
        """Elements of all carriers together; an index of a type counts as its square."""
        found = 0
        for value in self.values.values():
            if isinstance(value, Finite):
                found += value.count
            elif isinstance(value, int) and not isinstance(value, bool):
                found += value * value // 4
        return found


class Sampler:
    """Draws models. Equal seeds give equal models."""

    def __init__(self, evaluator: Evaluator, seed: int = 0) -> None:
        self.evaluator = evaluator
        self.rng = random.Random(seed)
        self.groups = groups()
        self.others = [*monoids(), *semigroups(), *quasigroups()]

    def models(self, claim: ConstantClaim, count: int) -> Iterator[Model]:
        """Up to `count` models, groups and others in turn."""
        refused = 0
        for k in range(count):
            algebra = self.algebra(k)
            try:
                model = self.model(claim, [algebra])
            except Unsupported:
                # too large, perhaps: the next carrier may be smaller
                refused += 1
                if refused > 20 + k // 2:
                    raise
                continue
            if model is not None:
                yield model

    def sweep(self, claim: ConstantClaim) -> Iterator[Model]:
        """Every operation on two and three elements, up to renaming, once each."""
        for size in (1, 2, 3):
            for square in tables(size):
                algebra = Algebra(
                    f"table{size}",
                    square,
                    self.rng.randrange(size),
                    tuple(self.rng.randrange(size) for _ in range(size)),
                )
                model = self.model(claim, [algebra])
                if model is not None:
                    yield model

    def algebra(self, k: int) -> Algebra:
        """The algebra of the sample number `k`."""
        if k % 2 == 0:
            # the small groups that are not abelian tell most apart
            weights = [3 if g.name == "S3" else 2 if g.name == "D4" else 1 for g in self.groups]
            return self.rng.choices(self.groups, weights)[0]
        if k % 4 == 1:
            return self.rng.choice(self.others)
        return random_algebra(self.rng, self.rng.choice((2, 2, 3, 3, 4, 5)))

    def model(self, claim: ConstantClaim, algebras: Sequence[Algebra]) -> Model | None:
        """Values for all arguments, carriers taking the algebras in turn; None if an argument's
        laws could not be met. Raises `Unsupported`."""
        model = Model({}, {}, algebras[0].name, self.rng.random() < 0.7)
        carriers = 0
        for binder in claim.binders:
            if binder.role == "sort":
                algebra = algebras[0]
                if carriers and self.rng.random() < 0.6:
                    algebra = self.rng.choice(self.groups[:5] + self.others[:2])
                carriers += 1
                carrier = Finite(algebra.size, carriers)
                model.values[binder.name] = carrier
                model.algebras[carrier] = algebra
                continue
            kind = self.evaluate(binder.type, model.values)
            if binder.role == "proof":
                if kind is not True:
                    return None
                model.values[binder.name] = None
                continue
            if not isinstance(kind, Type):
                raise Unsupported(f"argument {binder.name}")
            value = self.draw(kind, binder, claim, model)
            if value is None:
                return None
            model.values[binder.name] = value
        return model

    def evaluate(self, term: Expr, values: dict[str, Value], fuel: int = 50_000) -> Value:
        """A term over named values."""
        return self.evaluator.run(term, (values,), fuel)

    def says(
        self, claim: ConstantClaim, values: dict[str, Value], fuel: int, model: Model
    ) -> Value:
        """What a claim says about values. Raises `Unsupported`."""
        if claim.structure is None:
            return self.evaluate(claim.body, values, fuel)
        # not by trying all structures: the operations are given
        type_, parts = claim.structure
        kind = self.evaluate(type_, values, fuel)
        if not isinstance(kind, Records):
            raise Unsupported(claim.constant)
        known: dict[int, Value] = {}
        for projection, term in parts:
            put(known, self.path(projection), self.evaluate(term, values))
        return self.build(kind, known, model) is not None

    def path(self, projection: Expr) -> list[int]:
        """Field numbers that lead from a structure to a projection, outermost first."""
        found: list[int] = []
        while isinstance(projection, App):
            owner, _, last = head_name(projection).rpartition(".")
            shape = self.evaluator.constants.shape(owner)
            if shape is None:
                raise Unsupported(owner)
            found.insert(0, shape.fields.index(last))
            projection = projection.args[-1]
        return found

    # -- values of a type

    def draw(self, kind: Type, binder: Binder, claim: ConstantClaim, model: Model) -> Value:
        """An element of a type; None if there is none to be had."""
        rng = self.rng
        match kind:
            case Universe():
                raise Unsupported("a family of types")
            case Finite():
                if kind.count == 0:
                    return None
                algebra = model.algebras.get(kind)
                if algebra is not None and rng.random() < 0.45:
                    return algebra.one
                return rng.randrange(kind.count)
            case Naturals():
                if any(binder.name in locals_of(b.type) for b in claim.binders):
                    return rng.choice((1, 2, 3, 3))
                # the orders of elements of small groups come up often enough
                return rng.choice((0, 1, 1, 2, 2, 3, 4, 5, 6))
            case Integers():
                return rng.randrange(-4, 5)
            case Truth():
                return rng.random() < 0.5
            case Lists():
                return self._list(kind, model)
            case Records():
                return self._record(kind, model)
            case Functions():
                return self._function(kind, model)
        return rng.choice(list(kind.checked()))

    def _list(self, kind: Lists, model: Model) -> Value:
        letters = list(kind.of.checked())
        if self.rng.random() < 0.4:
            return tuple(x for x in letters if self._subset(kind.of, model)(x))
        length = self.rng.randrange(5)
        return tuple(self.rng.choice(letters) for _ in range(length)) if letters else ()

    def algebra_of(self, kind: Type, model: Model) -> Algebra | None:
        """The algebra on a carrier, if it has one."""
        return model.algebras.get(kind)

    def hints(self, kind: Type, model: Model) -> list[Value]:
        """Values of a type that the algebras of the model suggest, the best first."""
        if isinstance(kind, Finite):
            algebra = model.algebras.get(kind)
            return list(dict.fromkeys([algebra.one, *range(kind.count)])) if algebra else []
        if not isinstance(kind, Functions) or not isinstance(kind.domain, Finite):
            return []
        algebra = model.algebras.get(kind.domain)
        if algebra is None:
            return []
        if kind.range == kind.domain:
            return [FunctionTable(algebra.inverse), FunctionTable(tuple(range(algebra.size)))]
        if kind.range == Functions(kind.domain, kind.domain):
            second = [curried(algebra.second)] if algebra.second else []
            return [curried(algebra.table), *second]
        return []

    def _record(self, kind: Records, model: Model) -> Value:
        try:
            listed = kind.checked_list()
        except Unsupported:
            return self.build(kind, {}, model)
        return self.rng.choice(listed) if listed else None

    def build(self, kind: Records, known: dict[int, Value], model: Model) -> Made | None:
        """A structure of this kind whose fields are known in part, the rest being suggested by the
        model's algebras; None if no suggestion obeys the laws."""

        def extend(made: tuple[Value, ...]) -> Made | None:
            if len(made) == len(kind.fields):
                return Made(kind.constructor, made)
            place = len(made)
            field = kind.fields[place](made)
            if field is False:
                return None
            if field is True:
                return extend((*made, None))
            if not isinstance(field, Type):
                raise Unsupported(kind.name)
            if place in known:
                given = known[place]
                if isinstance(field, Records) and isinstance(given, dict):
                    inner = self.build(field, given, model)
                    return None if inner is None else extend((*made, inner))
                return extend((*made, given))
            if isinstance(field, Records):
                inner = self.build(field, {}, model)
                return None if inner is None else extend((*made, inner))
            for value in self.hints(field, model):
                found = extend((*made, value))
                if found is not None:
                    return found
            return None

        return extend(())

    def _subset(self, of: Type, model: Model) -> Value:
        rng = self.rng
        points = list(of.checked())
        algebra = model.algebras.get(of)
        draw = rng.random()
        if algebra is not None and draw < (0.7 if model.coherent else 0.3):
            start = rng.choice((0, 1, 1, 1, 2))
            chosen = algebra.closure({rng.randrange(algebra.size) for _ in range(start)})
        elif draw < 0.75:
            chosen = set(points) if rng.random() < 0.6 else set()
        elif isinstance(of, Records) and draw < 0.9:
            return closed_records(rng, of, points)
        else:
            chosen = {x for x in points if rng.random() < rng.choice((0.3, 0.6, 0.8))}
        return table(of, points, [x in chosen for x in points])

    def _function(self, kind: Functions, model: Model) -> Value:
        rng = self.rng
        hints = self.hints(kind, model)
        if hints and model.coherent:
            return hints[0]
        if hints and rng.random() < 0.75:
            return hints[0] if rng.random() < 0.85 else rng.choice(hints)
        if kind.range == Truth():
            return self._subset(kind.domain, model)
        domain, range_ = kind.domain, kind.range
        if isinstance(range_, Functions) and range_.range == Truth() and domain == range_.domain:
            return relation(rng, domain, model.algebras.get(domain))
        if isinstance(range_, Functions) and range_.domain == range_.range:
            acting = action(rng, model.algebras.get(domain), range_.domain)
            if acting is not None:
                return acting
        if isinstance(range_, Finite):
            drawn = mapping(rng, model.algebras.get(domain), model.algebras.get(range_))
            if drawn is not None:
                return drawn
        if isinstance(domain, Naturals):
            row = [self._value(range_, model) for _ in range(NATURALS)]
            return lambda k: row[min(k, NATURALS - 1)]
        points = list(domain.checked())
        if isinstance(domain, Integers | Lists):
            raise Unsupported("a function on an infinite type")
        return table(domain, points, [self._value(range_, model) for _ in points])

    def _value(self, kind: Type, model: Model) -> Value:
        if isinstance(kind, Functions):
            return self._function(kind, model)
        if isinstance(kind, Finite):
            return self.rng.randrange(kind.count)
        return self.rng.choice(list(kind.checked()))


def put(known: dict[int, Value], path: Sequence[int], value: Value) -> None:
    """Note the value of a field of a field of …"""
    for step in path[:-1]:
        known = known.setdefault(step, {})
    known[path[-1]] = value
