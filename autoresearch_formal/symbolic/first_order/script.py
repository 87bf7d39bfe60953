"""Write a refutation as a Lean tactic script.

Two styles. A *calculation*, when the proof is one chain of equations: `calc` with one law a step.
Otherwise the *instances*: name each instance of each hypothesis that the refutation used, and let
a closing tactic, which then needs no search, put them together.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from autoresearch_formal.symbolic.first_order.clauses import TRUE
from autoresearch_formal.symbolic.first_order.clausify import Clausifier
from autoresearch_formal.symbolic.first_order.derive import derivation
from autoresearch_formal.symbolic.first_order.herbrand import Closure
from autoresearch_formal.symbolic.first_order.problem import ClauseSource, NotFirstOrder
from autoresearch_formal.symbolic.first_order.terms import Substitution, Term, apply
from autoresearch_formal.symbolic.first_order.writer import (
    CLOSER,
    ScriptWriter,
    depth,
    prepare,
    replacement,
)


def scripts(
    maker: Clausifier, leaves: list[tuple[int, Substitution]], before: Sequence[str] = ()
) -> list[str]:
    """Scripts for the original goal, the most readable first. May raise `NotFirstOrder`.

    ``before`` are lines to be said first, once the variables of the goal are introduced.
    """
    problem = maker.problem
    made: list[str] = []
    intro = [f"intro {' '.join(problem.intros)}"] if problem.intros else []
    intro += before
    try:
        chain = calculation(maker, leaves)
    except (NotFirstOrder, RecursionError):
        chain = None
    if chain is not None:
        made.append("\n".join([*intro, *chain]))
    else:
        try:
            derived = derivation(maker, leaves)
        except (NotFirstOrder, RecursionError):
            derived = None
        if derived is not None:
            made.append("\n".join([*intro, *derived]))
    made.append("\n".join([*intro, *_instances(maker, leaves)]))
    return made


def witness_steps(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str]:
    """``refine ⟨t, ?_⟩`` for each witness that a refutation uses for a target ∃."""
    problem = maker.problem
    steps: list[str] = []
    intro = [f"intro {' '.join(problem.intros)}"] if problem.intros else []
    for number, sub in leaves:
        if not problem.exists or problem.sources[number].hypothesis:
            continue
        writer = prepare(maker, leaves)
        try:
            terms = [writer.text(sub[v], atom=False) for v in problem.exists]
        except NotFirstOrder:
            continue
        script = "\n".join([*intro, *writer.lines, f"refine ⟨{', '.join(terms)}, ?_⟩"])
        if script not in steps:
            steps.append(script)
    return steps


def _instances(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str]:
    problem = maker.problem
    writer = prepare(maker, leaves)
    ordered = sorted(
        leaves, key=lambda leaf: (max((depth(t) for t in leaf[1].values()), default=0), leaf[0])
    )
    answers: list[tuple[Term, ...]] = []
    for number, sub in ordered:
        if problem.exists and not problem.sources[number].hypothesis:
            answer = tuple(sub[v] for v in problem.exists)
            if answer not in answers:
                answers.append(answer)
    if len(answers) == 1:
        terms = ", ".join(writer.text(t, atom=False) for t in answers[0])
        writer.lines.append(f"refine ⟨{terms}, ?_⟩")
        writer.lines += _inner_intros(writer, ordered)
    elif answers:
        contrary = writer.name("none")
        writer.lines.append(f"refine Classical.byContradiction fun {contrary} => ?_")
        for answer in answers:
            terms = ", ".join(writer.text(t, atom=False) for t in answer)
            writer.lines.append(f"have {writer.name('k')} := fun p => {contrary} ⟨{terms}, p⟩")
    for number, sub in ordered:
        source = problem.sources[number]
        if source.hypothesis:
            with contextlib.suppress(NotFirstOrder):  # it speaks of a witness inside a premise
                writer.have(source, sub)
    return [*writer.lines, CLOSER]


def _inner_intros(writer: ScriptWriter, leaves: list[tuple[int, Substitution]]) -> list[str]:
    """Name the variables of a ∀ that follows the ∃ of the target, and use the names."""
    problem = writer.problem
    for number, sub in leaves:
        source = problem.sources[number]
        if source.hypothesis:
            continue
        inner = source.recipe[len(problem.exists) :]
        names = []
        for step in inner:
            if step.kind != "hidden" or not step.symbol:
                break
            witness: Term = (step.symbol, *[sub[v] for v in problem.skolems[step.symbol]])
            writer.names[witness] = writer.name(step.name)
            names.append(writer.names[witness])
        return [f"intro {' '.join(names)}"] if names else []
    return []


def calculation(maker: Clausifier, leaves: list[tuple[int, Substitution]]) -> list[str] | None:
    """A `calc` chain, if the proof is one: unit equations only and one negated equation."""
    problem = maker.problem
    equations: list[tuple[Term, Term]] = []
    labels: list[tuple[ClauseSource, Substitution]] = []
    goal: tuple[Term, Term] | None = None
    for number, sub in leaves:
        literals, _ = problem.clauses[number]
        source = problem.sources[number]
        if len(literals) != 1 or literals[0][2] == TRUE:
            return None
        positive, s, t = literals[0]
        pair = (apply(s, sub), apply(t, sub))
        if positive:
            equations.append(pair)
            labels.append((source, sub))
        elif not source.hypothesis and goal is None and not problem.exists:
            goal = pair
        else:
            return None
    if goal is None:
        return None
    closure = Closure(equations)
    if not closure.equal(*goal):
        return None
    moves = closure.explain(*goal)
    writer = prepare(maker, leaves)
    justified = [
        replacement(writer, m, writer.fact(*labels[m.equation]), equations[m.equation])
        for m in moves
    ]
    if not moves:
        return [*writer.lines, "rfl"]
    if len(moves) == 1 and not moves[0].path:
        return [*writer.lines, f"exact {justified[0]}"]
    lines = [f"calc {writer.text(goal[0], atom=False)}"]
    for move, why in zip(moves, justified, strict=True):
        lines.append(f"  _ = {writer.text(move.after, atom=False)} := {why}")
    return [*writer.lines, *lines]
