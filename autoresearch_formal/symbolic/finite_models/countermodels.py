"""Cheap refutation: is there a small finite model in which the hypotheses hold and the goal fails?

All tables of all symbols over two elements are tried at once (numpy, one axis for the candidate
models), over three elements a sample. A model found is a proof that the goal does not follow, so
the search need not spend kernel time on it. Goals that quantify over anything but uninterpreted
types, use any constant of a library, or could not be read in full, are "unknown": never a wrong
refutation.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from autoresearch_formal.symbolic.first_order.clausify import Problem, Unsupported, clausify
from autoresearch_formal.symbolic.first_order.saturate import TRUE, Literal
from autoresearch_formal.symbolic.first_order.terms import Term, variables
from autoresearch_formal.terms.expr import GoalTree

MAX_MODELS = 60_000
"""Candidate models evaluated at once; beyond that they are sampled."""

MAX_ASSIGNMENTS = 256
"""Assignments of a clause's variables; clauses with more make the answer "unknown"."""

Table = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Signature:
    """Function symbols and predicates with their arities."""

    functions: dict[str, int]
    predicates: dict[str, int]


def signature(problem: Problem, local: set[str]) -> Signature | None:
    """Symbols of a problem; None if one is neither ``local`` nor a witness."""
    functions: dict[str, int] = {}
    predicates: dict[str, int] = {}

    def scan(term: Term) -> bool:
        if type(term) is int:
            return True
        if term[0] not in local and not term[0].startswith("?"):
            return False
        functions[term[0]] = len(term) - 1
        return all(scan(a) for a in term[1:])

    for literals, _ in problem.clauses:
        for _, s, t in literals:
            if t == TRUE:
                if type(s) is int or s[0] not in local:
                    return None
                predicates[s[0]] = len(s) - 1
                if not all(scan(a) for a in s[1:]):
                    return None
            elif not (scan(s) and scan(t)):
                return None
    if set(functions) & set(predicates):
        return None
    return Signature(functions, predicates)


class Models:
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
        self.tables: dict[str, Table] = {}
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

    def value(self, term: Term, assignment: dict[int, int]) -> npt.NDArray[np.int64]:
        """Value of a term in every model."""
        if type(term) is int:
            return np.full(self.count, assignment[term], dtype=np.int64)
        cell = np.zeros(self.count, dtype=np.int64)
        for argument in term[1:]:
            cell = cell * self.size + self.value(argument, assignment)
        return self.tables[term[0]][np.arange(self.count), cell].astype(np.int64)

    def satisfy(self, literals: list[Literal]) -> npt.NDArray[np.bool_] | None:
        """In which models a clause holds for all values; None if that is too many to try."""
        names: dict[int, None] = {}
        for _, s, t in literals:
            variables(s, names)
            variables(t, names)
        if self.size ** len(names) > MAX_ASSIGNMENTS:
            return None
        holds = np.ones(self.count, dtype=np.bool_)
        for values in itertools.product(range(self.size), repeat=len(names)):
            assignment = dict(zip(names, values, strict=True))
            some = np.zeros(self.count, dtype=np.bool_)
            for positive, s, t in literals:
                left = self.value(s, assignment)
                right = 1 if t == TRUE else self.value(t, assignment)
                some |= (left == right) == positive
            holds &= some
        return holds

    def keep(self, chosen: npt.NDArray[np.bool_]) -> None:
        """Go on with the chosen models only."""
        self.tables = {n: t[chosen] for n, t in self.tables.items()}
        self.count = int(chosen.sum())


def refuted(goal: GoalTree, seed: int = 0) -> bool:
    """Whether a small model shows that the goal does not follow from its hypotheses."""
    try:
        problem, _ = clausify(goal)
    except (Unsupported, IndexError):
        return False
    types = {h.name for h in goal.hyps if h.type[0] == "S"}
    if not problem.complete or not set(problem.sorts) <= types:
        return False
    symbols = signature(problem, set(goal.types))
    if symbols is None:
        return False
    return any(model_exists(problem, symbols, size, seed) for size in (1, 2, 3))


def model_exists(problem: Problem, symbols: Signature, size: int, seed: int) -> bool:
    """Whether some candidate of this size satisfies every clause."""
    models = Models(symbols, size, seed)
    for literals, _ in sorted(problem.clauses, key=lambda c: len(str(c))):
        holds = models.satisfy(literals)
        if holds is None:
            return False
        models.keep(holds)
        if models.count == 0:
            return False
    return True
