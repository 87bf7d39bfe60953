"""Long refutations in steps: what is used more than once becomes a `have` of its own.

By Herbrand's theorem the instances of the given facts are enough, but there can be exponentially
more of them than steps. A conclusion that does not rest on the denied goal is a fact; where it is a
single equation or atom, it is stated with its variables, proved once, and used like a hypothesis.
"""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence

from autoresearch_formal.symbolic.first_order.clauses import TRUE, Clause, clause_variables
from autoresearch_formal.symbolic.first_order.clausify import Clausifier
from autoresearch_formal.symbolic.first_order.derive import derivation
from autoresearch_formal.symbolic.first_order.herbrand import ground_instances
from autoresearch_formal.symbolic.first_order.problem import (
    ClauseSource,
    NotFirstOrder,
    Problem,
    RecipeStep,
    Symbol,
)
from autoresearch_formal.symbolic.first_order.script import calculation
from autoresearch_formal.symbolic.first_order.terms import SORT, Substitution, Term, apply
from autoresearch_formal.terms import fresh

Leaves = list[tuple[int, Substitution]]


@dataclasses.dataclass(frozen=True, slots=True)
class SteppedRefutation:
    """Lines that state and prove the facts in between, and what remains to be written."""

    lines: tuple[str, ...]
    maker: Clausifier
    """Knows the facts in between as if they had been given."""
    clauses: tuple[Clause, ...]


def in_steps(
    maker: Clausifier, clauses: Sequence[Clause], default: Callable[[int], Term]
) -> SteppedRefutation | None:
    """The refutation with facts in between; None if there are none. May raise `NotFirstOrder`."""
    chosen = shared_facts(clauses, maker.problem)
    if not chosen:
        return None
    known = copy.copy(maker)
    known.taken = set(maker.taken)
    cut = list(clauses)
    lines: list[str] = []
    for number in chosen:
        name = fresh("step", known.taken)
        known.taken.add(name)
        lines += stated(known, name, cut[: number + 1], default)
        variables = list(clause_variables(clauses[number].literals))
        source = ClauseSource(name, tuple(RecipeStep("all", v) for v in variables))
        known.problem = extended(known.problem, clauses[number], source)
        origin = (len(known.problem.clauses) - 1, {v: v for v in variables})
        cut[number] = dataclasses.replace(clauses[number], parents=[], origin=origin)
    return SteppedRefutation(tuple(lines), known, tuple(cut))


def shared_facts(clauses: Sequence[Clause], problem: Problem) -> list[int]:
    """Numbers of single positive literals that are used twice and don't rest on the denied goal."""
    uses = Counter(parent for clause in clauses for parent, _ in clause.parents)
    denied: set[int] = set()
    found = []
    for clause in clauses:
        if clause.origin is not None:
            if not problem.sources[clause.origin[0]].hypothesis:
                denied.add(clause.number)
            continue
        if any(parent in denied for parent, _ in clause.parents):
            denied.add(clause.number)
            continue
        shared = clause.unit is not None and clause.unit[0] and uses[clause.number] > 1
        if shared and not any(witnesses(side) for _, *sides in clause.literals for side in sides):
            found.append(clause.number)
    return found


def witnesses(term: Term) -> bool:
    """Whether a term speaks of the thing that some ∃ gives."""
    if type(term) is int:
        return False
    return str(term[0]).startswith("?") or any(map(witnesses, term[1:]))


def extended(problem: Problem, clause: Clause, source: ClauseSource) -> Problem:
    """The problem with one more clause that is given."""
    return dataclasses.replace(
        problem,
        clauses=[*problem.clauses, (list(clause.literals), False)],
        sources=[*problem.sources, source],
    )


def stated(
    maker: Clausifier, name: str, clauses: Sequence[Clause], default: Callable[[int], Term]
) -> list[str]:
    """``have name : ∀ …, fact := by …`` for the last of some clauses."""
    (literal,) = clauses[-1].literals
    inner = copy.copy(maker)
    inner.taken = set(maker.taken)
    texts = {number: text for text, number in maker.problem.sorts.items()}
    values: Substitution = {}
    binders = []
    symbols = dict(maker.problem.symbols)
    for variable in clause_variables([literal]):
        if variable // SORT not in texts:
            raise NotFirstOrder("a variable without a type")
        said = fresh("x", inner.taken)
        inner.taken.add(said)
        symbols[said] = Symbol(said)
        values[variable] = (said,)
        binders.append(f"({said} : {texts[variable // SORT]})")
    _, s, t = literal
    goal = (False, apply(s, values), apply(t, values))
    problem = dataclasses.replace(
        maker.problem, symbols=symbols, intros=[], exists=[], target_false=False
    )
    inner.problem = extended(problem, Clause(0, (goal,)), ClauseSource("", ()))
    leaves = ground_instances(clauses, default, values)
    leaves.append((len(inner.problem.clauses) - 1, {}))
    proof = calculation(inner, leaves) or derivation(inner, leaves)
    if proof is None:
        raise NotFirstOrder("a step that is no derivation")
    right = "" if t == TRUE else f" = {inner.write(goal[2], atom=False)}"
    bound = f"∀ {' '.join(binders)}, " if binders else ""
    intro = [f"  intro {' '.join(v[0] for v in values.values())}"] if values else []
    statement = f"{bound}{inner.write(goal[1], atom=False)}{right}"
    return [f"have {name} : {statement} := by", *intro, *["  " + line for line in proof]]
