"""Where two sides agree on finite models: which correspondences are worth a proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autoresearch_formal.rediscovery.match import Bundle, Correspondence
from autoresearch_formal.symbolic.finite_models.claims import ConstantClaim
from autoresearch_formal.symbolic.finite_models.samples import Model, Sampler, put
from autoresearch_formal.symbolic.finite_models.values import (
    Finite,
    FunctionTable,
    Records,
    Type,
    Unsupported,
    Value,
)


@dataclass(slots=True)
class JudgedModel:
    """A model with what an invention says about it."""

    model: Model
    says: Value


@dataclass(slots=True)
class Agreement:
    """How often both hold, only the invention, only the reference, neither; and where they part."""

    both: int = 0
    only_invention: int = 0
    only_reference: int = 0
    neither: int = 0
    skipped: int = 0
    differing: list[tuple[str, Model, bool]] | None = None

    @property
    def seen(self) -> int:
        """Models compared."""
        return self.both + self.only_invention + self.only_reference + self.neither

    @property
    def agrees(self) -> bool:
        """No model tells them apart."""
        return not (self.only_invention or self.only_reference)

    @property
    def equal(self) -> bool:
        """No model tells them apart, and both claims hold somewhere and fail somewhere."""
        return self.agrees and self.informative

    @property
    def incomparable(self) -> bool:
        """Neither implies the other."""
        return bool(self.only_invention and self.only_reference)

    @property
    def informative(self) -> bool:
        """Both truth values occur on both sides."""
        return bool(
            self.both + self.only_reference
            and self.both + self.only_invention
            and self.neither + self.only_invention
            and self.neither + self.only_reference
        )

    def add(self, other: Agreement) -> None:
        """Count another comparison of the same two in."""
        self.both += other.both
        self.only_invention += other.only_invention
        self.only_reference += other.only_reference
        self.neither += other.neither
        self.skipped += other.skipped
        self.differing = (self.differing or []) + (other.differing or [])

    @property
    def witness(self) -> str:
        """The smallest model found that tells them apart, in words; empty if there is none."""
        if not self.differing:
            return ""
        label, model, mine = min(self.differing, key=lambda a: len(str(a[1].values)))
        return describe(label, model, mine)

    @property
    def closeness(self) -> float:
        """Share of the models where at least one holds in which both do."""
        some = self.both + self.only_invention + self.only_reference
        return self.both / some if some else 0.0


def describe(label: str, model: Model, mine: bool) -> str:
    """A model in words: its algebra, and the values of the arguments."""
    parts = []
    for name, value in model.values.items():
        text = show(value)
        if text:
            parts.append(f"{name[2:]} = {text}")
    return f"{label}: {', '.join(parts)} ({'only the invention' if mine else 'only the reference'})"


def show(value: Value) -> str:
    """A value for readers."""
    if isinstance(value, Finite):
        return f"{value.count} elements"
    if isinstance(value, FunctionTable):
        inner = [show(x) for x in value.row]
        if value.row and all(isinstance(x, bool) for x in value.row):
            return "{" + ", ".join(str(k) for k, x in enumerate(value.row) if x) + "}"
        return "[" + ", ".join(inner) + "]"
    if isinstance(value, tuple):
        return "[" + ", ".join(show(x) for x in value) + "]"
    return "" if value is None else str(value) if isinstance(value, int) else "…"


def judge(
    sampler: Sampler, claim: ConstantClaim, models: Iterable[Model], fuel: int
) -> list[JudgedModel]:
    """What a claim says about models, small ones first; those it can't be evaluated on are left
    out."""
    found = []
    for model in models:
        if sampler.evaluator.out_of_time:
            break
        try:
            found.append(JudgedModel(model, sampler.says(claim, model.values, fuel, model)))
        except Unsupported:
            continue
    return sorted(found, key=lambda one: one.model.size)


class Comparer:
    """Compares candidates with the invention's verdicts."""

    def __init__(self, sampler: Sampler) -> None:
        self.sampler = sampler

    def compare(
        self,
        candidate: Correspondence,
        judged: Iterable[JudgedModel],
        stop: bool,
        fuel: int = 100_000,
    ) -> Agreement:
        """Count agreement; with `stop`, end as soon as neither side can imply the other."""
        result = Agreement(differing=[])
        failures = 0
        for one in judged:
            try:
                values = self._values(candidate, one.model)
                if values is None:
                    result.skipped += 1
                    continue
                if candidate.fills:
                    one = self._filled(candidate, one, values, fuel)
                says = self.sampler.says(candidate.reference, values, fuel, one.model)
            except Unsupported:
                # models get larger: what can't be evaluated now won't be later
                failures += 1
                if failures > 6:
                    return result
                continue
            self._count(candidate, one, says, result)
            if stop and result.only_invention and result.only_reference:
                return result
        return result

    def _filled(
        self, candidate: Correspondence, one: JudgedModel, values: dict[str, Value], fuel: int
    ) -> JudgedModel:
        """The model with the reference's functions put in, and what the invention says then."""
        mine = dict(one.model.values)
        for name, term in candidate.fills:
            mine[name] = self.sampler.evaluate(term, {**one.model.values, **values})
        model = Model(mine, one.model.algebras, one.model.label)
        return JudgedModel(model, self.sampler.says(candidate.invention, mine, fuel, model))

    def _count(
        self, candidate: Correspondence, one: JudgedModel, says: Value, result: Agreement
    ) -> None:
        if candidate.invention.result is not None:
            kind = self.sampler.evaluate(candidate.invention.result, one.model.values)
            same = isinstance(kind, Type) and kind.equal(one.says, says)
            result.both += same
            # values that differ make each side fail where the other holds
            result.only_invention += not same
            result.only_reference += not same
            result.neither += same
            return
        mine, theirs = one.says is True, says is True
        if mine and theirs:
            result.both += 1
        elif mine:
            result.only_invention += 1
        elif theirs:
            result.only_reference += 1
        else:
            result.neither += 1
        if mine != theirs and result.differing is not None and len(result.differing) < 200:
            result.differing.append((one.model.label, one.model, mine))

    def _values(self, candidate: Correspondence, model: Model) -> dict[str, Value] | None:
        """Values for the reference's arguments; None if a structure's laws fail in this model."""
        sampler = self.sampler
        values: dict[str, Value] = {}
        bundles = {b.binder.name: b for b in candidate.bundles}
        for binder in candidate.reference.binders:
            if binder.name in bundles:
                made = self._bundle(bundles[binder.name], model)
                if made is None:
                    return None
                values[binder.name] = made
            else:
                term = candidate.terms[binder.name]
                values[binder.name] = sampler.evaluate(term, model.values)
        return values

    def _bundle(self, bundle: Bundle, model: Model) -> Value:
        kind = self.sampler.evaluate(bundle.type, model.values)
        if not isinstance(kind, Records):
            raise Unsupported("a structure that can't be built")
        known: dict[int, Value] = {}
        for projection, atom in bundle.fields:
            value = self.sampler.evaluate(atom.term, model.values)
            put(known, self.sampler.path(projection), value)
        return self.sampler.build(kind, known, model)
