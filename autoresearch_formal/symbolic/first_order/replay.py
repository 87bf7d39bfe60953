"""A derivation of another prover, step by step, as clauses of our own.

Of a step only its conclusion and its parents are believed to belong together; what instances of
the parents were used is found again by our own prover, which refutes the parents and the denied
conclusion, its variables taken as constants. That asks nothing of the other prover's rules, so
long as one step is a small one, and a wrong step is simply not found.
"""

from __future__ import annotations

from collections.abc import Sequence

from autoresearch_formal.symbolic.first_order.clauses import (
    Clause,
    Literal,
    ProverLimits,
    clause_variables,
)
from autoresearch_formal.symbolic.first_order.herbrand import ground_instances
from autoresearch_formal.symbolic.first_order.saturate import Saturation
from autoresearch_formal.symbolic.first_order.terms import APART, SORT, Substitution, Term, apply
from autoresearch_formal.symbolic.first_order.tptp import BadDerivation, Step

ONE_STEP = ProverLimits(given=60, generated=3_000, weight=200)
"""What the search for one step may cost."""

Input = tuple[Sequence[Literal], bool]


def replay(steps: Sequence[Step], inputs: Sequence[Input]) -> list[Clause]:
    """The clauses of a derivation, ending with the empty one. Raises `BadDerivation`."""
    made: list[Clause] = []
    known: dict[str, int] = {}
    for step in steps:
        known[step.name] = len(made)
        parents = [known[name] for name in step.parents if name in known]
        if len(parents) < len(step.parents):
            raise BadDerivation(f"{step.name} comes before what it follows from")
        made.append(
            _inferred(len(made), step, [made[p] for p in parents])
            if parents
            else _given(len(made), step, inputs)
        )
        if not step.literals:
            return made
    raise BadDerivation("no contradiction")


def given_position(step: Step, inputs: Sequence[Input]) -> int | None:
    """The position of the input clause that a step names, if it names one."""
    number = step.name[1:]
    position = int(number) if number.isdecimal() and len(number) < 9 else len(inputs)
    return position if step.name[0] == "c" and position < len(inputs) else None


def _given(number: int, step: Step, inputs: Sequence[Input]) -> Clause:
    """An input clause, which has the number of its name."""
    position = given_position(step, inputs)
    if position is None:
        raise BadDerivation(f"{step.name} is no clause of the problem")
    literals, goal = inputs[position]
    values = instances(step, [Clause(0, tuple(literals))])
    if len(values) != 1:
        raise BadDerivation(f"{step.name} is not what was given")
    return Clause(number, step.literals, goal=goal, origin=(position, values[0][1]))


def _inferred(number: int, step: Step, parents: Sequence[Clause]) -> Clause:
    goal = any(p.goal for p in parents)
    if len(parents) == 1 and parents[0].literals == step.literals:
        same: Substitution = {v: v for v in clause_variables(step.literals)}
        return Clause(number, step.literals, [(parents[0].number, same)], goal=goal)
    return Clause(number, step.literals, instances(step, parents), goal=goal)


def instances(step: Step, parents: Sequence[Clause]) -> list[tuple[int, Substitution]]:
    """Numbers of the parents used, each with the values of its variables, as often as needed."""
    constants: dict[int, Term] = {
        v: (f"$v{k}",) for k, v in enumerate(clause_variables(step.literals))
    }
    back = {term[0]: v for v, term in constants.items()}
    denied: list[Input] = [
        ([(not p, apply(s, constants), apply(t, constants))], True) for p, s, t in step.literals
    ]
    run = Saturation([*((p.literals, p.goal) for p in parents), *denied], ONE_STEP)
    empty = run.run()
    if empty is None:
        raise BadDerivation(f"{step.name} was not found again")

    def anything(sort: int) -> Term:
        back[f"$any{sort}"] = sort * SORT + APART
        return (f"$any{sort}",)

    return [
        (parents[position].number, {v: lift(t, back) for v, t in sub.items()})
        for position, sub in ground_instances(run.clauses[: empty.number + 1], anything)
        if position < len(parents)
    ]


def lift(term: Term, back: dict[str, int]) -> Term:
    """The term with constants turned back into the variables that they stand for."""
    if len(term) == 1:
        return back.get(term[0], term)
    return (term[0], *[lift(a, back) for a in term[1:]])
