"""Trying conjectures on small examples before anyone tries to prove them.

The laws of a goal that do not speak of numbers are satisfied by tables over two and three
elements (`policy.models`); what is defined by recursion on a natural number, such as powers, is
then computed from its equations. A conjecture that fails for some numbers up to three in some
such example is false. Other facts about numbers are left aside, so that a conjecture which needs
them is thrown away: an induction could not use them. What cannot be computed counts as not
refuted.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from autoresearch_formal.symbolic.finite_models.countermodels import Models, Signature, signature
from autoresearch_formal.symbolic.first_order.clausify import Unsupported, clausify
from autoresearch_formal.terms.expr import Expr, GoalTree, explicit_args, head_name, locals_of

SIZES = (2, 3)
EXAMPLES = 12
"""Examples of each size."""

MAX_CONSTANTS = 4
"""Constants that take all values among the substitutions; others are the first one."""

NUMBERS = 4
"""Natural numbers are tried below this."""

NAT: Expr = ("c", "Nat")


class Unknown(ValueError):
    """The value can't be computed."""


class Example:
    """Tables for some operations, and equations for others."""

    def __init__(
        self, size: int, tables: dict[str, list[int]], recursive: dict[str, list[Expr]]
    ) -> None:
        self.size = size
        self.tables = tables
        self.recursive = recursive
        self._known: dict[tuple[str, tuple[int, ...]], int] = {}

    def value(self, expr: Expr, names: dict[str, int], bound: Sequence[int] = ()) -> int:
        """Value of a term; elements and numbers are both integers. Raises `Unknown`."""
        match expr[0]:
            case "b":
                if expr[1] < len(bound):
                    return int(bound[-1 - expr[1]])
            case "n":
                return int(expr[1])
            case "f":
                name = str(expr[1])
                return names[name] if name in names else self.apply(name, ())
            case "a":
                if expr[1][0] == "f":
                    args = tuple(self.value(a, names, bound) for a in expr[2])
                    return self.apply(expr[1][1], args)
                return self._number(expr, names, bound)
        raise Unknown

    def _number(self, expr: Expr, names: dict[str, int], bound: Sequence[int]) -> int:
        args = explicit_args(expr)
        match head_name(expr), len(args):
            case "OfNat.ofNat", 1:
                return self.value(args[0], names, bound)
            case "Nat.succ", 1:
                return self.value(args[0], names, bound) + 1
            case "HAdd.hAdd", 2:
                return self.value(args[0], names, bound) + self.value(args[1], names, bound)
            case "HMul.hMul", 2:
                return self.value(args[0], names, bound) * self.value(args[1], names, bound)
        raise Unknown

    def apply(self, name: str, args: tuple[int, ...]) -> int:
        """An operation at a place."""
        if name in self.tables:
            cell = 0
            for a in args:
                cell = cell * self.size + a
            return self.tables[name][cell]
        if (name, args) not in self._known:
            self._known[name, args] = self._compute(name, args)
        return self._known[name, args]

    def _compute(self, name: str, args: tuple[int, ...]) -> int:
        for equation in self.recursive.get(name, ()):
            left, right = sides(equation)
            bound = matched(explicit_args(left), args, binders(equation))
            if bound is not None:
                return self.value(right, {}, bound)
        raise Unknown


def binders(fact: Expr) -> int:
    """Number of leading ∀."""
    count = 0
    while fact[0] == "p":
        fact, count = fact[3], count + 1
    return count


def sides(fact: Expr) -> tuple[Expr, Expr]:
    """Both sides of the equation behind the leading ∀. Raises `Unknown` if there is none."""
    while fact[0] == "p":
        fact = fact[3]
    if head_name(fact) != "Eq":
        raise Unknown
    left, right = explicit_args(fact)
    return left, right


def matched(patterns: Sequence[Expr], args: Sequence[int], count: int) -> list[int] | None:
    """Values of the bound variables if a recursion equation applies at these arguments."""
    bound: list[int | None] = [None] * count
    for pattern, value in zip(patterns, args, strict=True):
        index, taken = shape(pattern)
        if taken is None or value < taken or (index is None and value != taken):
            return None
        if index is not None:
            if bound[count - 1 - index] not in (None, value - taken):
                return None
            bound[count - 1 - index] = value - taken
    return [b for b in bound if b is not None] if None not in bound else None


def shape(pattern: Expr) -> tuple[int | None, int | None]:
    """A pattern ``x + n`` as its variable and ``n``; (None, None) for anything else."""
    if pattern[0] == "b":
        return pattern[1], 0
    args = explicit_args(pattern)
    if head_name(pattern) == "OfNat.ofNat" and args[0][0] == "n":
        return None, int(args[0][1])
    if head_name(pattern) == "HAdd.hAdd" and args[0][0] == "b":
        return args[0][1], shape(args[1])[1]
    return None, None


def recursion(goal: GoalTree) -> dict[str, list[Expr]]:
    """Facts of the form ``∀ …, f … 0 = …`` or ``∀ …, f … (k + 1) = …``, by function."""
    found: dict[str, list[Expr]] = {}
    for h in goal.hyps:
        if not h.is_prop:
            continue
        try:
            left, _ = sides(h.type)
        except Unknown:
            continue
        if left[0] == "a" and left[1][0] == "f":
            shapes = [shape(a) for a in left[2]]
            numeric = any(i is None or n for i, n in shapes)
            if numeric and all(n is not None for _, n in shapes):
                found.setdefault(left[1][1], []).append(h.type)
    return found


def takes_number(type_: Expr) -> bool:
    """Whether a function has a natural number among its arguments or is one."""
    while type_[0] == "p":
        if type_[2] == NAT:
            return True
        type_ = type_[3]
    return type_ == NAT


def examples(goal: GoalTree, seed: int = 0) -> list[Example]:
    """Small examples in which the facts of a goal hold; none if they are not understood."""
    recursive = recursion(goal)
    computed = {h.name for h in goal.hyps if not h.is_prop and takes_number(h.type)}
    kept = [
        h
        for h in goal.hyps
        if h.name not in computed and not (h.is_prop and locals_of(h.type) & computed)
    ]
    laws = GoalTree(kept, ("c", "False"))
    try:
        problem, _ = clausify(laws)
    except (Unsupported, IndexError):
        return []
    types = {h.name for h in goal.hyps if h.type[0] == "S"}
    symbols = signature(problem, set(laws.types))
    if not problem.complete or symbols is None or len(types) != 1:
        return []
    for h in kept:
        if not h.is_prop and h.type[0] in ("f", "p") and h.name not in symbols.predicates:
            arity = 0
            type_ = h.type
            while type_[0] == "p":
                type_, arity = type_[3], arity + 1
            symbols.functions.setdefault(h.name, arity)
    found = []
    for models in [*(Models(symbols, size, seed) for size in SIZES), substitutions(symbols)]:
        for literals, _ in sorted(problem.clauses, key=lambda c: len(str(c))):
            holds = models.satisfy(literals)
            if holds is None:
                return []
            models.keep(holds)
        step = max(1, models.count // EXAMPLES)
        for k in range(0, models.count, step):
            tables = {n: [int(x) for x in t[k]] for n, t in models.tables.items()}
            found.append(Example(models.size, tables, recursive))
    return found


def substitutions(symbols: Signature) -> Models:
    """The six substitutions of three letters, every binary operation their composition.

    Tables of two or three elements in which much may be undone are all commutative; this is the
    smallest example in which the order of factors matters.
    """
    models = Models(symbols, 1, 0)
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


def fails(goal: GoalTree, equation: Expr, found: Sequence[Example]) -> bool:
    """Whether an equation between terms over the goal's variables is false in an example."""
    left, right = explicit_args(equation)
    used = [h.name for h in goal.hyps if h.type == NAT and h.name in locals_of(equation)]
    for example in found:
        for values in itertools.product(range(NUMBERS), repeat=len(used)):
            names = dict(zip(used, values, strict=True))
            try:
                if example.value(left, names) != example.value(right, names):
                    return True
            except Unknown:
                return False
    return False
