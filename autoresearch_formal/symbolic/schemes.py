"""Induction in other forms than the two everyone begins with.

The form is read off the goal: off the type of a variable, off a function that recurs over it
(functional induction; R. S. Boyer and J S. Moore, "A Computational Logic", 1979), off a hypothesis
that is an inductive predicate or a bound. Each form comes with what usually closes its cases, and
bare, so that what is left of a case can be looked at (see `stuck`).
"""

from __future__ import annotations

from collections.abc import Iterator

from autoresearch_formal.actions.base import Action, GoalView
from autoresearch_formal.symbolic.induction import successor
from autoresearch_formal.symbolic.steps import NUMBER, action, is_core, unfoldable
from autoresearch_formal.terms import (
    App,
    Const,
    GoalTree,
    Hypothesis,
    Local,
    arguments,
    explicit_args,
    fresh,
    head_name,
    locals_of,
    loose,
    show,
    substitute,
    subterms,
)

MAX_CALLS = 3
"""Calls of functions in one goal over which an induction is proposed."""

MAX_FACTS = 3
"""Facts about a number with which the least one of its kind is looked for."""

MAX_VARIABLES = 3
"""Variables for which the rarer forms are proposed."""


def schemes(tree: GoalTree, goal: GoalView, expansion: int) -> Iterator[Action]:
    """All forms that the goal suggests, the rarer ones from the second expansion on."""
    closers = closing(unfoldable(goal, tree))
    for start in [*functional(tree), *own_types(tree), *own_predicates(tree)]:
        yield from closed(start, closers)
    for start in all_cases(tree):
        for closer in closers:
            yield action("induction.scheme_closed", f"{start} <;> {closer}")
    if expansion < 2:
        return
    for start in [*two_steps(tree), *from_bound(tree), *from_the_back(tree), *on_length(tree)]:
        yield from closed(start, closers)
    for text in least_numbers(tree):
        yield action("induction.least_number", text)


def closing(unfold: list[str]) -> list[str]:
    """What is tried on all cases at once; definitions of the user are unfolded."""
    names = f" [{', '.join(unfold)}]" if unfold else ""
    return [f"simp_all{names}", f"grind{names}", f"(simp_all{names} <;> omega)"]


def closed(start: str, closers: list[str]) -> Iterator[Action]:
    """An induction with each way to close its cases, and bare."""
    for closer in closers:
        yield action("induction.scheme_closed", f"{start} <;> {closer}")
    yield action("induction.scheme", start)


def functional(tree: GoalTree) -> Iterator[str]:
    """Over the calls of a function of the user: the cases are those of its definition."""
    found: dict[str, None] = {}
    for part in subterms(tree.target):
        name = head_name(part)
        if not isinstance(part, App) or loose(part) or is_core(name) or not name:
            continue
        variables = [a.name for a in explicit_args(part) if isinstance(a, Local)]
        if any(is_data(tree, v) for v in variables):
            found[f"fun_induction {show(part)}"] = None
    for text in list(found)[:MAX_CALLS]:
        yield text
        yield text.replace("fun_induction", "fun_cases", 1)


def is_data(tree: GoalTree, name: str) -> bool:
    """Whether a variable stands for a thing: no proof, no function, no type."""
    return any(
        h.name == name and not h.is_prop and isinstance(h.type, (Const, App)) for h in tree.hyps
    )


def own_types(tree: GoalTree) -> Iterator[str]:
    """Over variables of the user's own types, alone and with the other variables general."""
    mentioned = locals_of(tree.target)
    data = [h for h in tree.hyps if is_data(tree, h.name) and h.name in mentioned]
    for h in [h for h in data if not is_core(head_name(h.type) or "And")][:MAX_VARIABLES]:
        yield f"induction {h.name}"
        others = [o.name for o in data if o.name != h.name and h.name not in locals_of(o.type)]
        if others:
            yield f"induction {h.name} generalizing {' '.join(others)}"


SEVERAL = ("Option", "Bool", "Prod", "Sum")
"""Core types of which several variables are taken apart at once, besides the user's own."""


def all_cases(tree: GoalTree) -> Iterator[str]:
    """Every variable of a type with few constructors, all at once."""
    mentioned = locals_of(tree.target)
    data = [h for h in tree.hyps if is_data(tree, h.name) and h.name in mentioned]
    names = [
        h.name
        for h in data
        if head_name(h.type) in SEVERAL or not is_core(head_name(h.type) or "And")
    ]
    if 0 < len(names) <= MAX_VARIABLES:
        yield " <;> ".join(f"cases {name}" for name in names)


def own_predicates(tree: GoalTree) -> Iterator[str]:
    """Over what makes a fact hold that says a user's predicate of something."""
    found = [h for h in tree.hyps if h.is_prop and not is_core(head_name(h.type) or "And")]
    for h in [h for h in found if isinstance(h.type, App)][:MAX_VARIABLES]:
        yield f"induction {h.name}"


def numbers(tree: GoalTree) -> list[Hypothesis]:
    """Natural numbers that the target speaks of and no hypothesis depends on."""
    facts = {n for h in tree.hyps if h.is_prop for n in locals_of(h.type)}
    said = locals_of(tree.target) - facts
    return [h for h in tree.hyps if h.type == NUMBER and h.name in said][:MAX_VARIABLES]


def lists(tree: GoalTree) -> list[Hypothesis]:
    """Lists that the target speaks of and no hypothesis depends on."""
    facts = {n for h in tree.hyps if h.is_prop for n in locals_of(h.type)}
    said = locals_of(tree.target) - facts
    found = [h for h in tree.hyps if head_name(h.type) == "List" and h.name in said]
    return found[:MAX_VARIABLES]


def two_steps(tree: GoalTree) -> Iterator[str]:
    """A statement and the next one together, so that a step may look back twice."""
    for h in numbers(tree):
        target = show(tree.target)
        pair = fresh("pair", {x.name for x in tree.hyps})
        after = show(substitute(tree.target, {h.name: successor(Local(h.name))}))
        yield (f"suffices {pair} : ({target}) ∧ ({after}) from {pair}.1\ninduction {h.name}")


def from_bound(tree: GoalTree) -> Iterator[str]:
    """Over ``a ≤ n``: from ``a`` upwards."""
    for h in tree.hyps:
        if h.is_prop and head_name(h.type) == "LE.le" and arguments(h.type)[0] == NUMBER:
            low, high = explicit_args(h.type)
            if isinstance(high, Local) and high.name not in locals_of(low):
                yield f"induction {h.name}"


def least_numbers(tree: GoalTree) -> Iterator[str]:
    """Of the numbers of which the same facts hold as of one of the context, take the least.

    The proof is written out, so that nothing but core Lean is needed.
    """
    taken = {h.name for h in tree.hyps}
    least, fact, minimal, other = (fresh(n, taken) for n in ("least", "fact", "minimal", "other"))
    for h in [h for h in tree.hyps if h.type == NUMBER][:MAX_VARIABLES]:
        known = [f for f in tree.hyps if f.is_prop and h.name in locals_of(f.type)]
        if not known or len(known) > MAX_FACTS:
            continue
        said = " ∧ ".join(f"({show(f.type)})" for f in known)
        there = " ∧ ".join(f"({show(substitute(f.type, {h.name: Local(other)}))})" for f in known)
        wanted = f"∃ {h.name}, ({said}) ∧ ∀ {other}, ({there}) → {h.name} ≤ {other}"
        names = ", ".join(f.name for f in known)
        yield "\n".join(
            [
                f"obtain ⟨{least}, {fact}, {minimal}⟩ : {wanted} := by",
                f"  have descend : ∀ {h.name}, ({said}) → {wanted} := by",
                f"    intro {h.name}",
                f"    induction {h.name} using Nat.strongRecOn with",
                f"    | _ {h.name} ih =>",
                "      intro holds",
                f"      by_cases smaller : ∃ {other}, {other} < {h.name} ∧ ({there})",
                "      · exact smaller.elim fun k below => ih k below.1 below.2",
                f"      · exact ⟨{h.name}, holds, fun k also =>",
                "          Nat.le_of_not_lt fun below => smaller ⟨k, below, also⟩⟩",
                f"  exact descend {h.name} ⟨{names}⟩"
                if len(known) > 1
                else f"  exact descend {h.name} {names}",
            ]
        )


def from_the_back(tree: GoalTree) -> Iterator[str]:
    """Over a list read from its end."""
    for h in lists(tree):
        taken = {x.name for x in tree.hyps}
        turned = fresh("turned", taken)
        name = h.name
        yield (
            f"obtain ⟨{turned}, rfl⟩ : ∃ {turned}, {name} = List.reverse {turned} := "
            f"⟨List.reverse {name}, (List.reverse_reverse {name}).symm⟩\ninduction {turned}"
        )


def on_length(tree: GoalTree) -> Iterator[str]:
    """Over the length of a list: the claim may be used for every shorter one."""
    for h in lists(tree):
        taken = {x.name for x in tree.hyps}
        size, equation, ih = fresh("size", taken), fresh("hsize", taken), fresh("ih", taken)
        yield (
            f"generalize {equation} : List.length {h.name} = {size}\n"
            f"induction {size} using Nat.strongRecOn generalizing {h.name} with\n"
            f"| _ {size} {ih} => ?_"
        )
