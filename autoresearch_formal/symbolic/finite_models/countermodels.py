"""Cheap refutation: is there a small finite model in which the hypotheses hold and the goal fails?

All tables of all symbols over two elements are tried at once (one array entry for each candidate
model), over three elements a sample. A model found is a proof that the goal does not follow, so
the search need not spend kernel time on it. Goals that quantify over anything but uninterpreted
types, use any constant of a library, or could not be read in full, are "unknown": never a wrong
refutation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from autoresearch_formal.symbolic.finite_models.definitions import NoDefinitions
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.values import Finite, Unsupported, Value
from autoresearch_formal.terms import (
    PROP,
    Bound,
    Const,
    Expr,
    GoalTree,
    Lambda,
    Local,
    Pi,
    Sort,
    arguments,
    explicit_args,
    head,
    subterms,
    telescope,
)

MAX_MODELS = 60_000
"""Candidate models evaluated at once; beyond that they are sampled."""

MAX_ASSIGNMENTS = 512
"""Values tried for the variables of a statement; one that needs more is "unknown"."""

LOGIC = {"Eq", "Ne", "And", "Or", "Not", "Iff", "Exists", "True", "False", "ite"}
"""Constants that mean the same in every model."""

TYPED = {"Eq", "Ne", "Exists", "ite"}
"""Those whose first argument is a type."""

Tables = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Signature:
    """Types, function symbols and predicates (with their arities) that some statements speak of."""

    carriers: tuple[str, ...]
    functions: dict[str, int]
    predicates: dict[str, int]


def signature(goal: GoalTree, statements: Sequence[Expr]) -> Signature | None:
    """The symbols of statements; None if models can't tell for sure whether these hold."""
    carriers = {h.name for h in goal.hyps if isinstance(h.type, Sort) and h.type != PROP}
    if not all(exact(s, carriers) for s in statements):
        return None
    symbols = Signature(tuple(sorted(carriers)), {}, {})
    for part in (part for statement in statements for part in subterms(statement)):
        if not isinstance(part, Local) or part.name in carriers:
            continue
        domains, result = telescope(goal.types.get(part.name, PROP))
        if not all(is_carrier(type_, carriers) for _, type_ in domains):
            return None
        if is_carrier(result, carriers):
            symbols.functions[part.name] = len(domains)
        elif result == PROP and part.name in goal.types:
            symbols.predicates[part.name] = len(domains)
        else:
            return None
    return symbols


def is_carrier(type_: Expr, carriers: Iterable[str]) -> bool:
    """Whether a type is an uninterpreted one."""
    return isinstance(type_, Local) and type_.name in carriers


def exact(expr: Expr, carriers: set[str]) -> bool:
    """Whether a formula or term means in finite models what it says: no library, no numbers."""
    if isinstance(expr, Bound):
        return True
    if isinstance(expr, (Pi, Lambda)):
        over = is_carrier(expr.type, carriers) or exact(expr.type, carriers)
        return over and exact(expr.body, carriers)
    function = head(expr)
    if isinstance(function, Const):
        if function.name not in LOGIC:
            return False
        if function.name in TYPED and not is_carrier(arguments(expr)[0], carriers):
            return False
    elif not isinstance(function, (Local, Bound)) or is_carrier(function, carriers):
        return False
    visible = explicit_args(expr)
    return all(exact(a, carriers) for a in visible) and (
        isinstance(function, Const) or len(visible) == len(arguments(expr))
    )


class ManyTables:
    """A symbol in many models at once, applied to as many arguments as were given so far."""

    __slots__ = ("arity", "cell", "size", "tables")

    def __init__(self, tables: Tables | npt.NDArray[np.bool_], size: int, arity: int) -> None:
        self.tables = tables
        self.size = size
        self.arity = arity
        self.cell: Value = 0

    def value(self) -> Value:
        """What it is in each model, once it has all its arguments."""
        if self.arity:
            return self
        rows = np.arange(len(self.tables))
        found = self.tables[rows, self.cell]
        return found if found.dtype == np.bool_ else found.astype(np.int64)

    def __call__(self, x: Value) -> Value:
        """Applied to one more argument."""
        more = ManyTables(self.tables, self.size, self.arity - 1)
        more.cell = self.cell * self.size + x
        return more.value()


class ModelArrays:
    """Many interpretations of one signature over ``size`` elements, as arrays of tables."""

    def __init__(self, symbols: Signature, size: int, seed: int) -> None:
        self.size = size
        self.symbols = symbols
        shapes = [(n, size**k, size) for n, k in symbols.functions.items()]
        shapes += [(n, size**k, 2) for n, k in symbols.predicates.items()]
        total = 1
        for _, cells, values in shapes:
            total *= values**cells
            if total > MAX_MODELS:
                break
        self.complete = total <= MAX_MODELS
        self.count = total if self.complete else MAX_MODELS
        self.tables: dict[str, Tables] = {}
        rng = np.random.default_rng(seed)
        stride = 1
        for name, cells, values in shapes:
            if self.complete:
                index = np.arange(self.count) // stride % values**cells
                powers = values ** np.arange(cells)
                table = index[:, None] // powers[None, :] % values
                stride *= values**cells
            else:
                table = rng.integers(0, values, size=(self.count, cells))
            self.tables[name] = table.astype(np.int8)

    def values(self) -> dict[str, Value]:
        """The types, and the symbols as values in all models at once."""
        known: dict[str, Value] = {
            name: Finite(self.size, tag) for tag, name in enumerate(self.symbols.carriers, 1)
        }
        for name, arity in self.symbols.functions.items():
            known[name] = ManyTables(self.tables[name], self.size, arity).value()
        for name, arity in self.symbols.predicates.items():
            known[name] = ManyTables(self.tables[name] == 1, self.size, arity).value()
        return known

    def restrict(self, evaluator: Evaluator, statement: Expr, holds: bool = True) -> None:
        """Go on with the models in which a statement holds, or does not.

        Raises:
            Unsupported: if that takes too many steps to find out.
        """
        truth = evaluator.run(statement, (self.values(),), MAX_ASSIGNMENTS)
        chosen = np.broadcast_to(truth if holds else np.logical_not(truth), (self.count,))
        self.tables = {n: t[chosen] for n, t in self.tables.items()}
        self.count = int(chosen.sum())


def refuted(goal: GoalTree, seed: int = 0) -> bool:
    """Whether a small model shows that the goal does not follow from its hypotheses."""
    facts = [h.type for h in goal.hyps if h.is_prop]
    symbols = signature(goal, [goal.target, *facts])
    if symbols is None:
        return False
    evaluator = Evaluator(NoDefinitions())
    return any(model_exists(evaluator, goal, symbols, size, seed) for size in (1, 2, 3))


def model_exists(
    evaluator: Evaluator, goal: GoalTree, symbols: Signature, size: int, seed: int
) -> bool:
    """Whether in some candidate of this size all hypotheses hold and the target does not."""
    models = ModelArrays(symbols, size, seed)
    claims = [(goal.target, False), *[(h.type, True) for h in goal.hyps if h.is_prop]]
    try:
        for statement, holds in sorted(claims, key=lambda c: sum(1 for _ in subterms(c[0]))):
            models.restrict(evaluator, statement, holds)
            if models.count == 0:
                return False
    except Unsupported:
        return False
    return True
