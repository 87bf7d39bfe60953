"""Lemmas from goals on which an induction got stuck.

Two old means together (R. S. Boyer and J S. Moore, "A Computational Logic", 1979, chapters 11
and 12): an induction hypothesis ``l = x`` is used up by writing ``l`` for ``x``, and a sub-term
that then occurs more than once is replaced by a variable. So ``r (a (r t) c) = c :: t`` with the
hypothesis ``r (r t) = t`` becomes ``r (a y c) = c :: r y``. What a small model refutes is not
proposed; the rest has to be proved like any lemma.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from autoresearch_formal.actions.base import Action, GoalView, HypView
from autoresearch_formal.symbolic.concepts.corpus import term_type
from autoresearch_formal.symbolic.conjectures import lemma_action
from autoresearch_formal.symbolic.finite_models.countermodels import refuted
from autoresearch_formal.symbolic.induction import replace_local
from autoresearch_formal.symbolic.ingredients import ingredients
from autoresearch_formal.terms.expr import (
    Expr,
    GoalTree,
    Hypothesis,
    explicit_args,
    fresh,
    head_name,
    locals_of,
    loose,
    show,
    subterms,
)

MAX_PROPOSED = 2
PLAIN = {"OfNat.ofNat", "List.nil", "List.cons", "Eq", "And", "Or", "Not", "Iff", "Exists"}


def stuck_lemmas(goal: GoalTree, view: GoalView) -> Iterator[Action]:
    """Generalisations of an equation, the shortest first."""
    if head_name(goal.target) != "Eq":
        return
    row = ingredients()["lemma.generalise"]
    name = fresh("y", set(goal.types))
    found: dict[str, Action] = {}
    for term in compound(goal.target):
        type_ = type_of(term, goal)
        for target in generalisations(goal, term, name):
            kept = [h for h in goal.hyps if not h.is_prop or h.type[0] == "p"]
            general = GoalTree([*kept, Hypothesis(name, type_, False)], target)
            if refuted(general):
                continue
            shown = msgspec.structs.replace(view, hyps=(*view.hyps, HypView(name, show(type_))))
            laws = " ".join(h.name for h in kept if h.is_prop)
            action = lemma_action(shown, general, target, laws, row.logprob, row.name)
            note = f"a goal at which an induction was stuck, generalised: `{show(target)}`"
            found.setdefault(action.text, msgspec.structs.replace(action, proof="", note=note))
    yield from sorted(found.values(), key=lambda a: (len(a.text), a.text))[:MAX_PROPOSED]


def compound(target: Expr) -> list[Expr]:
    """Applications in a target that a variable could stand for, each once."""
    found: dict[Expr, None] = {}
    for part in subterms(target):
        if part[0] == "a" and not loose(part) and head_name(part) not in PLAIN and locals_of(part):
            found[part] = None
    return list(found)


def type_of(term: Expr, goal: GoalTree) -> Expr:
    """The type of a term as far as the goal tells; a hole for Lean to fill otherwise."""
    for statement in [goal.target, *[h.type for h in goal.hyps if h.is_prop]]:
        for part in subterms(statement):
            if head_name(part) == "Eq" and term in explicit_args(part) and not loose(part[2][0]):
                return part[2][0]  # type: ignore[no-any-return]
    known = term_type(term, goal.types, ())
    return known if known is not None else ("c", "_")


def generalisations(goal: GoalTree, term: Expr, name: str) -> Iterator[Expr]:
    """The target with a variable for a term, an induction hypothesis used up on the way."""
    if not occurrences(goal.target, term):
        return
    target = substitute(goal.target, term, ("f", name))
    for h in goal.hyps:
        if h.is_prop and head_name(h.type) == "Eq":
            sides = explicit_args(h.type)
            for left, right in (sides, sides[::-1]):
                if right[0] == "f" and occurrences(left, term) and right[1] in locals_of(target):
                    yield replace_local(target, right[1], substitute(left, term, ("f", name)))


def occurrences(expr: Expr, term: Expr) -> int:
    """How often a term occurs."""
    return sum(part == term for part in subterms(expr))


def substitute(expr: Expr, term: Expr, value: Expr) -> Expr:
    """Replace a closed term everywhere."""
    if expr == term:
        return value
    match expr[0]:
        case "a":
            args = tuple(substitute(a, term, value) for a in expr[2])
            return ("a", substitute(expr[1], term, value), args, expr[3])
        case "l" | "p":
            return (
                expr[0],
                expr[1],
                substitute(expr[2], term, value),
                substitute(expr[3], term, value),
            )
    return expr
