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
from autoresearch_formal.symbolic.ingredients import ingredients
from autoresearch_formal.terms import (
    App,
    Const,
    Expr,
    GoalTree,
    Hypothesis,
    Local,
    Pi,
    arguments,
    explicit_args,
    fresh,
    head_name,
    locals_of,
    loose,
    replace,
    show,
    substitute,
    subterms,
)

MAX_PROPOSED = 2
BUILT = {"List.cons"}
"""Of those, what may still stand for any list, where it is on both sides: an accumulator."""
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
            kept = [h for h in goal.hyps if not h.is_prop or isinstance(h.type, Pi)]
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
        if (
            isinstance(part, App)
            and not loose(part)
            and (
                head_name(part) not in PLAIN or (head_name(part) in BUILT and on_both(part, target))
            )
            and locals_of(part)
        ):
            found[part] = None
    return list(found)


def on_both(term: Expr, target: Expr) -> bool:
    """Whether a term occurs on both sides of an equation."""
    return all(term in subterms(side) for side in explicit_args(target))


def type_of(term: Expr, goal: GoalTree) -> Expr:
    """The type of a term as far as the goal tells; a hole for Lean to fill otherwise."""
    for statement in [goal.target, *[h.type for h in goal.hyps if h.is_prop]]:
        for part in subterms(statement):
            if head_name(part) == "Eq" and term in explicit_args(part):
                type_ = arguments(part)[0]
                if not loose(type_):
                    return type_
    known = term_type(term, goal.types, ())
    return known if known is not None else Const("_")


def generalisations(goal: GoalTree, term: Expr, name: str) -> Iterator[Expr]:
    """The target with a variable for a term, by itself where the term is on both sides, and with an
    induction hypothesis used up on the way."""
    if term not in subterms(goal.target):
        return
    variable = Local(name)
    target = replace(goal.target, term, variable)
    if on_both(term, goal.target):
        yield target
    for h in goal.hyps:
        if not h.is_prop or head_name(h.type) != "Eq":
            continue
        sides = explicit_args(h.type)
        for left, right in (sides, sides[::-1]):
            if not isinstance(right, Local) and term in subterms(left):
                if right in subterms(goal.target):
                    yield replace(replace(goal.target, right, left), term, variable)
                continue
            used = isinstance(right, Local) and term in subterms(left)
            if isinstance(right, Local) and used and right.name in locals_of(target):
                yield substitute(target, {right.name: replace(left, term, variable)})
