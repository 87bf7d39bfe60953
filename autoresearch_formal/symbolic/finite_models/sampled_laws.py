"""Trying conjectures on small examples before anyone tries to prove them.

The laws of a goal that do not speak of numbers are satisfied by tables over two and three
elements (`countermodels`); what is defined by recursion on a natural number, such as powers, is
then computed from its equations. A conjecture that fails for some numbers up to three in some
such example is false. Other facts about numbers are left aside, so that a conjecture which needs
them is thrown away: an induction could not use them. What cannot be computed counts as not
refuted.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autoresearch_formal.symbolic.finite_models.countermodels import (
    ModelArrays,
    Signature,
    signature,
)
from autoresearch_formal.symbolic.finite_models.definitions import NoDefinitions
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.values import (
    Finite,
    FunctionTable,
    Understood,
    Unsupported,
    Value,
    curry,
)
from autoresearch_formal.terms import (
    App,
    Bound,
    Const,
    Expr,
    GoalTree,
    Hypothesis,
    Local,
    Sort,
    explicit_args,
    head_name,
    locals_of,
    telescope,
)

SIZES = (2, 3)
EXAMPLES = 12
"""Examples of each size."""

MAX_CONSTANTS = 4
"""Constants that take all values among the substitutions; others are the first one."""

NUMBERS = 4
"""Natural numbers are tried below this."""

FUEL = 20_000
"""Steps for one equation in one example."""

NAT: Expr = Const("Nat")


@dataclass(frozen=True, slots=True)
class LawfulExample:
    """A model of the laws: tables for some operations, equations for others."""

    evaluator: Evaluator
    size: int
    tables: dict[str, list[int]]
    values: dict[str, Value]

    def refutes(self, equation: Expr, numbers: Sequence[str]) -> bool:
        """Whether an equation is false for some values of the numbers. Raises `Unsupported`."""
        for chosen in itertools.product(range(NUMBERS), repeat=len(numbers)):
            named = {**self.values, **dict(zip(numbers, chosen, strict=True))}
            if self.evaluator.run(equation, (named,), FUEL) is False:
                return True
        return False


def recursion(goal: GoalTree) -> dict[str, list[Expr]]:
    """Facts of the form ``∀ …, f … 0 = …`` or ``∀ …, f … (k + 1) = …``, by function."""
    equations: dict[str, list[Expr]] = {}
    for h in goal.hyps:
        statement = telescope(h.type)[1]
        if not h.is_prop or head_name(statement) != "Eq":
            continue
        left = explicit_args(statement)[0]
        if isinstance(left, App) and isinstance(left.function, Local):
            kinds = [pattern_kind(a) for a in left.args]
            variables = [a for a in left.args if isinstance(a, Bound)]
            if "number" in kinds and "" not in kinds and len(set(variables)) == len(variables):
                equations.setdefault(left.function.name, []).append(h.type)
    return equations


def pattern_kind(pattern: Expr) -> str:
    """ "variable" for one; "number" for a numeral or ``k + 1``; "" for anything else."""
    if isinstance(pattern, Bound):
        return "variable"
    args = explicit_args(pattern)
    match head_name(pattern), args:
        case "OfNat.ofNat", [_]:
            return "number"
        case "HAdd.hAdd", [Bound(), more] if head_name(more) == "OfNat.ofNat":
            return "number"
    return ""


def takes_number(type_: Expr) -> bool:
    """Whether a function has a natural number among its arguments or is one."""
    domains, result = telescope(type_)
    return NAT in (result, *[domain for _, domain in domains])


def _not_computed(goal: GoalTree) -> list[Hypothesis]:
    """The context without functions of numbers, which recursion computes, and facts about them."""
    computed = {h.name for h in goal.hyps if not h.is_prop and takes_number(h.type)}
    return [
        h
        for h in goal.hyps
        if h.name not in computed and not (h.is_prop and locals_of(h.type) & computed)
    ]


def examples(goal: GoalTree, seed: int = 0) -> list[LawfulExample]:
    """Small examples in which the facts of a goal hold; none if they are not understood."""
    used = _not_computed(goal)
    laws = sorted((h.type for h in used if h.is_prop), key=lambda law: len(str(law)))
    symbols = signature(goal, laws)
    if symbols is None or sum(isinstance(h.type, Sort) for h in goal.hyps) != 1:
        return []
    for h in used:
        domains, result = telescope(h.type)
        if isinstance(result, Local) and not h.is_prop and h.name not in symbols.functions:
            symbols.functions[h.name] = len(domains)
    evaluator = Evaluator(NoDefinitions())
    made: list[LawfulExample] = []
    try:
        for models in [
            *(ModelArrays(symbols, size, seed) for size in SIZES),
            substitutions(symbols),
        ]:
            for law in laws:
                models.restrict(evaluator, law)
            step = max(1, models.count // EXAMPLES)
            made += [example(evaluator, models, k, goal) for k in range(0, models.count, step)]
    except Unsupported:
        return []
    return made


def example(evaluator: Evaluator, models: ModelArrays, k: int, goal: GoalTree) -> LawfulExample:
    """Model number ``k``, with the functions that are defined by recursion."""
    tables = {name: [int(x) for x in table[k]] for name, table in models.tables.items()}
    values: dict[str, Value] = {name: Finite(models.size) for name in models.symbols.carriers}
    for name, row in tables.items():
        cells: Sequence[Value] = row
        if name in models.symbols.predicates:
            cells = [x == 1 for x in row]
        values[name] = nested(cells, models.size)
    for name, equations in recursion(goal).items():
        cases = [evaluator.case(equation, (values,)) for equation in equations]
        values[name] = curry(remembering(evaluator.by_cases(name, cases)), cases[0].arity)
    return LawfulExample(evaluator, models.size, tables, values)


def nested(cells: Sequence[Value], size: int) -> Value:
    """A table with the last argument varying fastest as a function of one after the other."""
    while len(cells) > 1:
        cells = [FunctionTable(tuple(cells[i : i + size])) for i in range(0, len(cells), size)]
    return cells[0]


def remembering(run: Understood) -> Understood:
    """The same function, computing each value once."""
    known: dict[tuple[Value, ...], Value] = {}

    def value(args: Sequence[Value]) -> Value:
        key = tuple(args)
        if key not in known:
            known[key] = run(args)
        return known[key]

    return value


def substitutions(symbols: Signature) -> ModelArrays:
    """The six substitutions of three letters, every binary operation their composition.

    Tables of two or three elements in which much may be undone are all commutative; this is the
    smallest example in which the order of factors matters.
    """
    models = ModelArrays(symbols, 1, 0)
    letters = list(itertools.permutations(range(3)))
    place = {p: i for i, p in enumerate(letters)}
    compose = [place[tuple(p[q[x]] for x in range(3))] for p in letters for q in letters]
    undo = [place[tuple(p.index(x) for x in range(3))] for p in letters]
    constants = [n for n, k in symbols.functions.items() if k == 0][:MAX_CONSTANTS]
    rows = list(itertools.product(range(6), repeat=len(constants)))
    models.size, models.count = 6, len(rows)
    for name, arity in symbols.functions.items():
        table = {1: undo, 2: compose}.get(arity, [0] * 6**arity)
        columns = [[row[constants.index(name)]] for row in rows] if name in constants else None
        models.tables[name] = np.array(columns or [table] * len(rows), dtype=np.int8)
    for name, arity in symbols.predicates.items():
        models.tables[name] = np.zeros((len(rows), 6**arity), dtype=np.int8)
    return models


def fails(goal: GoalTree, equation: Expr, known: Sequence[LawfulExample]) -> bool:
    """Whether an equation between terms over the goal's variables is false in an example."""
    mentioned = locals_of(equation)
    numbers = [h.name for h in goal.hyps if h.type == NAT and h.name in mentioned]
    try:
        return any(one.refutes(equation, numbers) for one in known)
    except Unsupported:
        return False
