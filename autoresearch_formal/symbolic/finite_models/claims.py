"""One side of a comparison: a constant as a claim about named arguments.

Every definition is brought into the form "for these arguments, this holds" (or "this is that
value"): relations and predicates take all their arguments, a list becomes membership in it, a
Boolean function becomes its being true, a structure of operations with laws becomes "there is such
a structure with these operations".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.symbolic.finite_models.definitions import is_proposition
from autoresearch_formal.symbolic.finite_models.values import Unsupported
from autoresearch_formal.terms import (
    PROP,
    App,
    Bound,
    Const,
    Expr,
    Lambda,
    Local,
    Pi,
    Sort,
    apply,
    arguments,
    bind,
    call,
    ends_in_prop,
    head,
    head_name,
    instantiate,
    instantiate_all,
    locals_of,
    spine,
    substitute,
    telescope,
)

BOOL, TRUE = Const("Bool"), Const("Bool.true")

Role = Literal["sort", "proof", "bundle", "plain"]


@dataclass(frozen=True, slots=True)
class Binder:
    """An argument. `type` is over the arguments before it, as local names."""

    name: str
    type: Expr
    role: Role


@dataclass(frozen=True, slots=True)
class ConstantClaim:
    """A claim about its binders: `body`, a proposition, or a value of the type `result`."""

    constant: str
    binders: tuple[Binder, ...]
    body: Expr
    result: Expr | None = None
    form: str = ""
    """How the definition was brought into this form; empty if it is as declared."""
    structure: tuple[Expr, tuple[tuple[Expr, Expr], ...]] | None = None
    """For ``∃ S : T, S.op = m ∧ …``: the type T, and projections with what they equal."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of data that a side is about: an argument, or an operation inside one."""

    term: Expr
    type: Expr
    base: str
    """The argument that it comes from."""
    whole: bool
    """Whether it is that argument itself."""


def is_sort(expr: Expr) -> bool:
    """`Type u`, not `Prop`."""
    return isinstance(expr, Sort) and expr != PROP


class ClaimReader:
    """Makes sides out of constants."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def role(self, type_: Expr, names: Sequence[Binder]) -> Role:
        """What kind of argument a type makes."""
        if is_sort(type_):
            return "sort"
        order = [b.name for b in names]
        context: list[tuple[str, Expr]] = []
        for k, b in enumerate(names):
            context.append((b.name, bind(b.type, *order[:k])))
        if is_proposition(self.constants, bind(type_, *order), context):
            return "proof"
        if arguments(type_) and self.is_bundle(head_name(type_)):
            return "bundle"
        return "plain"

    def written_out(self, type_: Expr) -> Expr:
        """A type without the abbreviation at its head, if it is one (functions of letters, say)."""
        name = head_name(type_)
        if not name or self.constants.kind(name) not in ("abbrev", "def"):
            return type_
        equations = self.constants.equations(name)
        if len(equations) != 1:
            return type_
        equation = instantiate_all(equations[0], spine(type_)[1])
        if equation is None or head_name(equation) != "Eq":
            return type_
        sides = arguments(equation)
        return sides[2] if len(sides) == 3 else type_

    def is_bundle(self, name: str) -> bool:
        """Whether a constant is a structure of data over a type: a carrier with operations."""
        if name in ("", "Subtype", "Prod") or self.constants.kind(name) not in (
            "structure",
            "class",
        ):
            return False
        binders, result = telescope(self.constants.type(name))
        return is_sort(result) and any(is_sort(type_) for _, type_ in binders)

    def read(self, name: str, prefix: str) -> Iterator[ConstantClaim]:
        """The forms in which a constant makes a claim. Raises `Unsupported`."""
        found: list[Binder] = []
        type_ = self.constants.type(name)
        taken: set[str] = set()
        while isinstance(type_, Pi):
            label = prefix + _plain_name(type_.name, taken)
            of = self.written_out(type_.type)
            found.append(Binder(label, of, self.role(of, found)))
            type_ = instantiate(type_.body, Local(label))
        whole = call(name, *(Local(b.name) for b in found))
        kind = self.constants.kind(name)
        base = ConstantClaim(name, tuple(found), whole)
        if type_ == PROP:
            yield base
            yield from self._exactly(base, prefix)
        elif is_sort(type_):
            if kind in ("structure", "class"):
                yield from self._structure(base, prefix)
        else:
            yield from self._value(base, type_, prefix)

    def _exactly(self, base: ConstantClaim, prefix: str) -> Iterator[ConstantClaim]:
        """For a set (a property of its last argument): being that very set."""
        short = base.constant.rpartition(".")[2]
        if (
            not base.binders
            or not isinstance(base.binders[-1].type, Local)
            or short.startswith(("Is", "Has"))
        ):
            return
        element = base.binders[-1]
        label = prefix + "A"
        if any(b.name == label for b in base.binders):
            return
        set_ = Binder(label, Pi("x", element.type, PROP), "plain")
        held = call("Iff", apply(Local(label), Local(element.name)), base.body)
        body: Expr = Pi("x", element.type, bind(held, element.name))
        yield replace(
            base, binders=(*base.binders[:-1], set_), body=body, form="being exactly that set"
        )

    def _value(self, base: ConstantClaim, type_: Expr, prefix: str) -> Iterator[ConstantClaim]:
        element = prefix + "x"
        if type_ == BOOL:
            yield replace(base, body=call("Eq", BOOL, base.body, TRUE), form="being true")
            return
        yield replace(base, result=type_, form="")
        if head_name(type_) == "List":
            of = arguments(type_)[0]
            body = member(Local(element), base.body, type_)
            form = "membership in the list"
        else:
            of = type_
            body = call("Eq", type_, base.body, Local(element))
            form = "having the value"
        binder = Binder(element, of, "plain" if of is not type_ else self.role(of, base.binders))
        yield replace(base, binders=(*base.binders, binder), body=body, form=form)

    def _structure(self, base: ConstantClaim, prefix: str) -> Iterator[ConstantClaim]:
        """``∃ S : Structure α, S.op = m ∧ …``, a claim about the operations alone."""
        if len(base.binders) != 1 or base.binders[0].role != "sort":
            return
        inside = prefix + "S"
        data = [a for a in self.atoms(Binder(inside, base.body, "bundle")) if not a.whole]
        made = list(base.binders)
        known: dict[str, Expr] = {}
        equations: list[Expr] = []
        for atom in data:
            label = prefix + _plain_name(
                head_name(atom.term).rpartition(".")[2], {b.name for b in made}
            )
            # types of operations mention the carrier only
            type_ = substitute(atom.type, known)
            if inside in locals_of(type_):
                raise Unsupported("a structure whose operations depend on each other")
            made.append(Binder(label, type_, self.role(type_, made)))
            equations.append(call("Eq", atom.type, atom.term, Local(label)))
        if not equations:
            return
        claim = equations[-1]
        for equation in reversed(equations[:-1]):
            claim = call("And", equation, claim)
        bound = Lambda("S", base.body, bind(claim, inside))
        body = call("Exists", base.body, bound)
        parts = tuple((a.term, Local(b.name)) for a, b in zip(data, made[1:], strict=True))
        yield ConstantClaim(
            base.constant,
            tuple(made),
            body,
            form="there is such a structure",
            structure=(base.body, parts),
        )

    # -- atoms

    def atoms(self, binder: Binder) -> Iterator[Atom]:
        """The data in one argument: itself, or the operations in it."""
        yield Atom(Local(binder.name), binder.type, binder.name, True)
        if binder.role == "bundle":
            yield from self._fields(Local(binder.name), binder.type, binder.name)
        else:
            yield from self._other_forms(binder)

    def _fields(self, term: Expr, type_: Expr, base: str) -> Iterator[Atom]:
        shape = self.constants.shape(head_name(type_))
        if shape is None or len(shape.constructors) != 1:
            return
        args = spine(type_)[1]
        rest = instantiate_all(shape.constructors[0][1], args)
        for name in shape.fields:
            if not isinstance(rest, Pi):
                return
            projection = call(f"{shape.name}.{name}", *args, term)
            if not self._is_law(rest.type):
                if self.is_bundle(head_name(rest.type)):
                    yield from self._fields(projection, rest.type, base)
                else:
                    yield Atom(projection, rest.type, base, False)
            rest = instantiate(rest.body, projection)

    def _is_law(self, type_: Expr) -> bool:
        conclusion = telescope(type_)[1]
        function = head(conclusion)
        if isinstance(function, Const):
            return ends_in_prop(self.constants.type(function.name))
        # an operation applied: a predicate among the fields before it
        return isinstance(function, Local) and isinstance(conclusion, App)

    def _other_forms(self, binder: Binder) -> Iterator[Atom]:
        """A list as the predicate of its members, a Boolean function as a predicate, a function of
        pairs as a function of two arguments."""
        term, type_ = Local(binder.name), binder.type
        if head_name(type_) == "List":
            of = arguments(type_)[0]
            holds = Lambda("x", of, member(Bound(0), term, type_))
            yield Atom(holds, Pi("x", of, PROP), binder.name, False)
        if not isinstance(type_, Pi):
            return
        if type_.body == BOOL:
            true = call("Eq", BOOL, apply(term, Bound(0)), TRUE)
            holds = Lambda("x", type_.type, true)
            yield Atom(holds, Pi("x", type_.type, PROP), binder.name, False)
        elif head_name(type_.type) == "Prod":
            first, second = arguments(type_.type)
            pair = call("Prod.mk", first, second, Bound(1), Bound(0))
            function = Lambda("x", first, Lambda("y", second, apply(term, pair)))
            curried = Pi("x", first, Pi("y", second, type_.body))
            yield Atom(function, curried, binder.name, False)


def member(element: Expr, collection: Expr, type_: Expr) -> Expr:
    """``element ∈ collection`` for a type of lists."""
    of = arguments(type_)[0]
    instance = call("List.instMembership", of)
    return call("Membership.mem", of, type_, instance, collection, element)


def _plain_name(name: str, taken: set[str]) -> str:
    """A name without marks of inaccessibility, not yet taken."""
    base = "".join(c for c in name.split(".")[-1] if c.isalnum() or c == "_") or "x"
    if base[0].isdigit() or base == "_":
        base = "x" + base
    chosen, number = base, 1
    while chosen in taken:
        chosen, number = f"{base}{number}", number + 1
    taken.add(chosen)
    return chosen
