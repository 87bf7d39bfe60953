"""What terms are built from: the things of the context, and what core Lean has for their types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator, apply_all
from autoresearch_formal.symbolic.finite_models.natives import STRICT
from autoresearch_formal.symbolic.finite_models.values import Understood, Value
from autoresearch_formal.terms import (
    PROP,
    App,
    Const,
    Expr,
    GoalTree,
    Local,
    NatLiteral,
    Pi,
    Sort,
    arguments,
    head_name,
    loose,
    subterms,
    telescope,
    uses_bound,
)

NAT: Expr = Const("Nat")
BOOL: Expr = Const("Bool")
INSTANCE: Expr = Const("_")

MAX_LITERAL = 12
"""Numbers of the goal up to this are taken for building blocks."""


def list_of(element: Expr) -> Expr:
    """The type of lists."""
    return App(Const("List"), (element,), (True,))


def arrow(domain: Expr, result: Expr) -> Expr:
    """The type of functions; the variable has always the same name."""
    return Pi("x", domain, result)


@dataclass(frozen=True, slots=True)
class Component:
    """A function that terms are built with. Its arguments are some that are not written, those
    that are, and some that are not written again."""

    function: Expr
    takes: tuple[Expr, ...]
    gives: Expr
    before: tuple[Expr, ...] = ()
    after: tuple[Expr, ...] = ()
    weight: int = 1
    swapped: bool = False
    """Whether the two arguments come in the other order in the term."""

    def term(self, args: Sequence[Expr]) -> Expr:
        """The function applied."""
        given = tuple(reversed(args)) if self.swapped else tuple(args)
        every = (*self.before, *given, *self.after)
        if not every:
            return self.function
        hidden = (False,) * len(self.before)
        explicit = (*hidden, *(True,) * len(given), *(False,) * len(self.after))
        return App(self.function, every, explicit)

    def at(self, evaluator: Evaluator, values: dict[str, Value]) -> Understood:
        """What it does with values of its arguments, for given values of variables.

        Raises:
            Unsupported: if that can't be told.
        """
        if isinstance(self.function, Local):
            held = values[self.function.name]
            return lambda args: apply_all(held, args)
        if not isinstance(self.function, Const):
            same = evaluator.run(self.function, (values,))
            return lambda args: same
        before = [None if e == INSTANCE else evaluator.run(e, (values,)) for e in self.before]
        after = [None for _ in self.after]
        name, turn = self.function.name, -1 if self.swapped else 1
        if name in STRICT and not after:
            function = STRICT[name][1]
            return lambda args: function(*before, *args[::turn])
        return lambda args: evaluator.apply_constant(name, [*before, *args[::turn], *after])


def simple(type_: Expr) -> bool:
    """Whether a type is one of plain functions between plain things."""
    return not any(
        (isinstance(p, Pi) and uses_bound(p.body)) or (isinstance(p, Sort) and p != PROP)
        for p in subterms(type_)
    )


def signature_of(type_: Expr) -> tuple[tuple[Expr, ...], Expr] | None:
    """Argument types and result of a simple type."""
    if not simple(type_):
        return None
    takes, gives = telescope(type_)
    parts = [normal(t) for _, t in takes]
    return (tuple(parts), gives) if not any(map(loose, [*parts, gives])) else None


def normal(type_: Expr) -> Expr:
    """A simple type with `arrow`'s name for every variable."""
    if isinstance(type_, Pi):
        return arrow(normal(type_.type), normal(type_.body))
    return type_


def numeral(value: int) -> Component:
    """A natural number."""
    parts = (NAT, NatLiteral(value), INSTANCE)
    return Component(App(Const("OfNat.ofNat"), parts, (False, True, False)), (), NAT)


def components(
    goal: GoalTree, types: Iterable[Expr], statements: Sequence[Expr], builds: bool = False
) -> list[Component]:
    """What the context and core Lean offer for these types and those of the context.

    Lists are built in every way only where one is wanted (``builds``); elsewhere in the ways that
    the statements speak of.
    """
    found: list[Component] = []
    for h in goal.hyps:
        shape = None if h.is_prop else signature_of(h.type)
        if shape is not None:
            found.append(Component(Local(h.name), *shape))
    every = dict.fromkeys(normal(t) for t in types)
    every.update(dict.fromkeys(t for c in found for t in (*c.takes, c.gives)))
    given = [t for t in every if not isinstance(t, (Pi, Sort))]
    plain = list(dict.fromkeys([*given, *(e for t in given for e in elements(t))]))
    said = {head_name(p) for s in statements for p in subterms(s)}
    for type_ in plain:
        if head_name(type_) == "List":
            made = lists(arguments(type_)[0], plain)
            found += [c for c in made if builds or head_name(c.function) in LOOKS | said]
    if NAT in plain or "List.length" in said:
        found += numbers(said, statements)
    if builds or PROP in every or BOOL in every:
        found += logic(plain)
    return found


LOOKS = {"Membership.mem"}
"""What lists are looked at with, whether somebody spoke of it or not."""


def elements(type_: Expr) -> list[Expr]:
    """Types inside a type of lists."""
    inside = list(arguments(type_)) if head_name(type_) == "List" else []
    return [*inside, *(e for t in inside for e in elements(t))]


def lists(element: Expr, plain: Sequence[Expr]) -> list[Component]:
    """How lists are made and looked at."""
    kind = list_of(element)
    found = [
        Component(Const("List.nil"), (), kind, (element,)),
        Component(Const("List.cons"), (element, kind), kind, (element,)),
        Component(Const("HAppend.hAppend"), (kind, kind), kind, (kind, kind, kind, INSTANCE)),
        Component(Const("List.filter"), (arrow(element, BOOL), kind), kind, (element,)),
        Component(Const("List.reverse"), (kind,), kind, (element,)),
        Component(Const("List.replicate"), (NAT, element), kind, (element,)),
        Component(Const("List.length"), (kind,), NAT, (element,)),
        Component(
            Const("Membership.mem"), (element, kind), PROP, (element, kind, INSTANCE), swapped=True
        ),
    ]
    for source in plain:
        if source in (PROP, BOOL):
            continue
        found.append(
            Component(
                Const("List.map"),
                (arrow(source, element), list_of(source)),
                kind,
                (source, element),
            )
        )
        if head_name(element) != "List":
            made = arrow(source, kind)
            found.append(
                Component(
                    Const("List.flatMap"),
                    (list_of(source), made),
                    kind,
                    (source, element),
                    weight=2,
                    swapped=False,
                )
            )
    if element == NAT:
        found.append(Component(Const("List.range"), (NAT,), kind))
    return found


ARITHMETIC = ("HAdd.hAdd", "HMul.hMul", "HSub.hSub", "HDiv.hDiv", "HMod.hMod")


def numbers(said: set[str], statements: Sequence[Expr]) -> list[Component]:
    """Natural numbers; subtraction, division and remainders only where the goal has them."""
    literals = {p.value for s in statements for p in subterms(s) if isinstance(p, NatLiteral)}
    found = [numeral(k) for k in sorted({0, 1} | {k for k in literals if k <= MAX_LITERAL})]
    for name in ARITHMETIC:
        if name in ARITHMETIC[:2] or name in said:
            found.append(Component(Const(name), (NAT, NAT), NAT, (NAT, NAT, NAT, INSTANCE)))
    for name in ("LE.le", "LT.lt", "Dvd.dvd"):
        if name in said:
            found.append(Component(Const(name), (NAT, NAT), PROP, (NAT, INSTANCE)))
    return found


def logic(plain: Sequence[Expr]) -> list[Component]:
    """Propositions: equations first, connectives, and that there is something."""
    found = [Component(Const("Eq"), (t, t), PROP, (t,)) for t in plain if t not in (PROP, BOOL)]
    found.append(Component(Const("Not"), (PROP,), PROP))
    found += [Component(Const(name), (PROP, PROP), PROP) for name in ("And", "Or")]
    found.append(Component(Const("Decidable.decide"), (PROP,), BOOL, after=(INSTANCE,), weight=0))
    for type_ in plain:
        if type_ not in (PROP, BOOL) and head_name(type_) != "List":
            found.append(
                Component(Const("Exists"), (arrow(type_, PROP),), PROP, (type_,), weight=2)
            )
    return found
