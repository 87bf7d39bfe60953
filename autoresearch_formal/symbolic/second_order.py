"""Hypotheses about all predicates: what is the least that has some property.

``∀ x, A x ↔ ∀ P, (… P closed …) → P x`` says that ``A`` is the least ``P`` of its kind. It is
used in two ways: as an induction principle, with a predicate read off the target, and with the
predicates that the context already has. First-order reasoning can do neither, so both become
steps or facts here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autoresearch_formal.actions.base import Action
from autoresearch_formal.symbolic.steps import action
from autoresearch_formal.terms import (
    ATOM,
    App,
    Expr,
    GoalTree,
    Local,
    Pi,
    Sort,
    alpha_equal,
    arguments,
    ends_in_prop,
    fresh,
    head,
    head_name,
    instantiate,
    lift,
    locals_of,
    lower,
    show,
    substitute,
    telescope,
    uses_bound,
)


def is_predicate(type_: Expr) -> bool:
    """Whether a type is ``α → Prop``, maybe with more arguments."""
    return isinstance(type_, Pi) and ends_in_prop(type_)


@dataclass(frozen=True, slots=True)
class Least:
    """A hypothesis ``∀ x…, A x… ↔ ∀ P, …`` (or with → instead of ↔)."""

    name: str
    variables: tuple[str, ...]
    types: tuple[Expr, ...]
    left: Expr
    """``A x…`` with the variables as loose bound variables."""
    right: Pi
    """``∀ P, …``, likewise."""
    both: bool
    """Whether it is an equivalence."""

    @property
    def predicate(self) -> Expr:
        """``A``."""
        return head(self.left)

    @property
    def conditions(self) -> int:
        """What has to be shown of ``P``, and that some ``x`` is in it."""
        return premises(self.right.body)

    def use(self, args: Sequence[Expr], fact: str) -> str:
        """Lean text of what the hypothesis says of things that are in ``A`` by a fact."""
        text = " ".join([self.name, *[show(a, (), ATOM) for a in args]])
        return f"({text}).mp {fact}" if self.both else f"{text} {fact}"


def least(tree: GoalTree) -> Iterator[Least]:
    """The hypotheses of this form."""
    for h in tree.hyps:
        if not h.is_prop:
            continue
        body, names, types = h.type, [], []
        while isinstance(body, Pi) and not isinstance(body.body, Sort):
            if isinstance(body.type, (Pi, Sort)) or head_name(body.type) in ("Iff", "And", "Eq"):
                break
            if not uses_bound(body.body):
                break
            names.append(body.name)
            types.append(body.type)
            body = body.body
        left: Expr
        right: Expr | None
        if head_name(body) == "Iff":
            (left, right), both = arguments(body), True
        elif isinstance(body, Pi):
            left, right, both = body.type, lower(body.body, 1), False
        else:
            continue
        if isinstance(head(left), Local) and isinstance(right, Pi) and is_predicate(right.type):
            yield Least(h.name, tuple(names), tuple(types), left, right, both)


def premises(body: Expr) -> int:
    """How many → a statement begins with."""
    return len(telescope(body)[0])


def members(tree: GoalTree, law: Least) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Facts ``A t…`` of the context, with ``t…``."""
    for h in tree.hyps:
        if h.is_prop and isinstance(h.type, App) and h.type.function == law.predicate:
            yield h.name, h.type.args


def inductions(tree: GoalTree) -> Iterator[Action]:
    """``A t`` is known: show the target for all of ``A`` by the closure properties."""
    z = fresh("z", {h.name for h in tree.hyps})
    for law in least(tree):
        for fact, args in members(tree, law):
            subject = args[-1]
            if not isinstance(subject, Local) or subject.name not in locals_of(tree.target):
                continue
            if premises(law.right.type) != 1 or len(law.variables) != len(args):
                continue
            motive = show(substitute(tree.target, {subject.name: Local(z)}))
            holes = " ".join(["?_"] * law.conditions)
            yield action(
                "induction.least",
                f"refine ({law.use(args, fact)}) (fun {z} => {motive}) {holes} <;> try dsimp only",
            )
    for law in least(tree):
        if law.both and isinstance(tree.target, App) and tree.target.function == law.predicate:
            shown = " ".join(show(a, (), ATOM) for a in tree.target.args)
            yield action("use.least", f"refine ({law.name} {shown}).mpr ?_")
    yield from consequences(tree)


def consequences(tree: GoalTree) -> Iterator[Action]:
    """What is known of members of ``A``, for each closed predicate that the context has."""
    taken = {h.name for h in tree.hyps}
    for law in least(tree):
        for predicate in others(tree, law):
            lines: list[str] = []
            for fact, args in members(tree, law):
                name = fresh("k", taken | {f"k{n}" if n else "k" for n in range(len(lines))})
                proved = " (by assumption)" * law.conditions
                lines.append(f"have {name} := {law.use(args, fact)} {predicate}{proved}")
            if lines:
                yield action("use.least_facts", "\n".join(lines))


def others(tree: GoalTree, law: Least) -> Iterator[str]:
    """The predicates of the context that are of the law's type, ``A`` itself left out."""
    for h in tree.hyps:
        if alpha_equal(h.type, law.right.type) and Local(h.name) != law.predicate:
            yield h.name


def instances(tree: GoalTree) -> Iterator[tuple[str, Expr]]:
    """The hypotheses for each predicate that the context has, as facts for the prover."""
    for law in least(tree):
        for predicate in others(tree, law):
            body = instantiate(law.right.body, Local(predicate))
            statement: Expr = Pi("h", law.left, lift(body, 1))
            for name, type_ in zip(reversed(law.variables), reversed(law.types), strict=True):
                statement = Pi(name, type_, statement)
            names = [fresh(n, ()) + "0" for n in law.variables]
            use = law.use([Local(n) for n in names], "known")
            yield f"(fun {' '.join(names)} known => {use} {predicate})", statement
