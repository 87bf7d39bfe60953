"""One side of a comparison: a constant as a claim about named arguments.

Every definition is brought into the form "for these arguments, this holds" (or "this is that
value"): relations and predicates take all their arguments, a list becomes membership in it, a
Boolean function becomes its being true, a structure of operations with laws becomes "there is such
a structure with these operations".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from autoresearch_formal.symbolic.finite_models.constants import (
    Constants,
    Unsupported,
    is_proposition,
)
from autoresearch_formal.terms.expr import Expr, instantiate, locals_of

Role = Literal["sort", "proof", "bundle", "plain"]


@dataclass(frozen=True, slots=True)
class Binder:
    """An argument. `type` is over the arguments before it, as local names."""

    name: str
    type: Expr
    role: Role


@dataclass(frozen=True, slots=True)
class Side:
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


def local(name: str) -> Expr:
    """A named variable."""
    return ("f", name)


def applied(function: Expr, arguments: Sequence[Expr]) -> Expr:
    """An application, all arguments written out."""
    if not arguments:
        return function
    return ("a", function, tuple(arguments), (True,) * len(arguments))


def constant(name: str, *arguments: Expr) -> Expr:
    """A constant applied to arguments."""
    return applied(("c", name), arguments)


def reduce(expr: Expr) -> Expr:
    """Apply functions that are written out, at the head."""
    while expr[0] == "a" and expr[1][0] == "l":
        first, rest = expr[2][0], expr[2][1:]
        expr = applied(instantiate(expr[1][3], first), rest)
    return expr


def substitute(expr: Expr, terms: Mapping[str, Expr]) -> Expr:
    """Replace local names by terms without bound variables of their own context."""
    match expr[0]:
        case "f":
            return terms.get(expr[1], expr)
        case "a":
            arguments = tuple(substitute(a, terms) for a in expr[2])
            return ("a", substitute(expr[1], terms), arguments, expr[3])
        case "l" | "p":
            return (expr[0], expr[1], substitute(expr[2], terms), substitute(expr[3], terms))
        case "e":
            return ("e", *(substitute(part, terms) for part in expr[1:]))
        case "j":
            return ("j", expr[1], expr[2], substitute(expr[3], terms))
    return expr


def abstract(expr: Expr, names: Sequence[str], depth: int = 0) -> Expr:
    """The term over an environment: names become bound variables, the last name the innermost."""
    match expr[0]:
        case "f":
            return ("b", depth + len(names) - 1 - names.index(expr[1]))
        case "a":
            arguments = tuple(abstract(a, names, depth) for a in expr[2])
            return ("a", abstract(expr[1], names, depth), arguments, expr[3])
        case "l" | "p":
            body = abstract(expr[3], names, depth + 1)
            return (expr[0], expr[1], abstract(expr[2], names, depth), body)
        case "e":
            first, second = (abstract(part, names, depth) for part in expr[1:3])
            return ("e", first, second, abstract(expr[3], names, depth + 1))
        case "j":
            return ("j", expr[1], expr[2], abstract(expr[3], names, depth))
    return expr


def is_sort(expr: Expr) -> bool:
    """`Type u`, not `Prop`."""
    return expr[0] == "S" and str(expr[1]) != "0"


def is_prop(expr: Expr) -> bool:
    """`Prop` itself."""
    return expr[0] == "S" and str(expr[1]) == "0"


def head_and_arguments(expr: Expr) -> tuple[Expr, tuple[Expr, ...]]:
    """The function at the bottom of an application, and all arguments."""
    arguments: tuple[Expr, ...] = ()
    while expr[0] == "a":
        arguments = (*expr[2], *arguments)
        expr = expr[1]
    return expr, arguments


class Sides:
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
            context.append((b.name, abstract(b.type, order[:k])))
        if is_proposition(self.constants, abstract(type_, order), context):
            return "proof"
        head, arguments = head_and_arguments(type_)
        if head[0] == "c" and arguments and self.is_bundle(head[1]):
            return "bundle"
        return "plain"

    def written_out(self, type_: Expr) -> Expr:
        """A type without the abbreviation at its head, if it is one (functions of letters, say)."""
        head, arguments = head_and_arguments(type_)
        if head[0] != "c" or self.constants.kind(head[1]) not in ("abbrev", "def"):
            return type_
        equations = self.constants.equations(head[1])
        if len(equations) != 1:
            return type_
        rest = equations[0]
        for argument in arguments:
            if rest[0] != "p":
                return type_
            rest = instantiate(rest[3], argument)
        equal, sides = head_and_arguments(rest)
        return sides[2] if equal == ("c", "Eq") and len(sides) == 3 else type_

    def is_bundle(self, name: str) -> bool:
        """Whether a constant is a structure of data over a type: a carrier with operations."""
        if self.constants.kind(name) not in ("structure", "class"):
            return False
        type_ = self.constants.type(name)
        over_type = False
        while type_[0] == "p":
            over_type |= is_sort(type_[2])
            type_ = type_[3]
        return over_type and is_sort(type_) and name not in ("Subtype", "Prod")

    def read(self, name: str, prefix: str) -> Iterator[Side]:
        """The forms in which a constant makes a claim. Raises `Unsupported`."""
        found: list[Binder] = []
        type_ = self.constants.type(name)
        taken: set[str] = set()
        while type_[0] == "p":
            label = prefix + _plain_name(str(type_[1]), taken)
            of = self.written_out(type_[2])
            found.append(Binder(label, of, self.role(of, found)))
            type_ = instantiate(type_[3], local(label))
        whole = constant(name, *(local(b.name) for b in found))
        kind = self.constants.kind(name)
        base = Side(name, tuple(found), whole)
        if is_prop(type_):
            yield base
            yield from self._exactly(base, prefix)
        elif is_sort(type_):
            if kind in ("structure", "class"):
                yield from self._structure(base, prefix)
        else:
            yield from self._value(base, type_, prefix)

    def _exactly(self, base: Side, prefix: str) -> Iterator[Side]:
        """For a set (a property of its last argument): being that very set."""
        short = base.constant.rpartition(".")[2]
        if not base.binders or base.binders[-1].type[0] != "f" or short.startswith(("Is", "Has")):
            return
        element = base.binders[-1]
        label = prefix + "A"
        if any(b.name == label for b in base.binders):
            return
        set_ = Binder(label, ("p", "x", element.type, ("S", "0")), "plain")
        held = constant("Iff", applied(local(label), [local(element.name)]), base.body)
        body: Expr = ("p", "x", element.type, abstract_one(held, element.name))
        yield replace(
            base, binders=(*base.binders[:-1], set_), body=body, form="being exactly that set"
        )

    def _value(self, base: Side, type_: Expr, prefix: str) -> Iterator[Side]:
        element = prefix + "x"
        head, arguments = head_and_arguments(type_)
        if head == ("c", "Bool"):
            body = constant("Eq", type_, base.body, ("c", "Bool.true"))
            yield replace(base, body=body, form="being true")
            return
        yield replace(base, result=type_, form="")
        if head == ("c", "List"):
            binder = Binder(element, arguments[0], "plain")
            instance = constant("List.instMembership", arguments[0])
            body = constant(
                "Membership.mem", arguments[0], type_, instance, base.body, local(element)
            )
            yield replace(
                base, binders=(*base.binders, binder), body=body, form="membership in the list"
            )
            return
        binder = Binder(element, type_, self.role(type_, base.binders))
        body = constant("Eq", type_, base.body, local(element))
        yield replace(base, binders=(*base.binders, binder), body=body, form="having the value")

    def _structure(self, base: Side, prefix: str) -> Iterator[Side]:
        """``∃ S : Structure α, S.op = m ∧ …``, a claim about the operations alone."""
        if len(base.binders) != 1 or base.binders[0].role != "sort":
            return
        inside = prefix + "S"
        data = [a for a in self.atoms(Binder(inside, base.body, "bundle")) if not a.whole]
        made = list(base.binders)
        known: dict[str, Expr] = {}
        equations: list[Expr] = []
        for atom in data:
            label = prefix + _plain_name(_last(atom.term), {b.name for b in made})
            # types of operations mention the carrier only
            type_ = substitute(atom.type, known)
            if inside in locals_of(type_):
                raise Unsupported("a structure whose operations depend on each other")
            made.append(Binder(label, type_, self.role(type_, made)))
            equations.append(constant("Eq", atom.type, atom.term, local(label)))
        if not equations:
            return
        claim = equations[-1]
        for equation in reversed(equations[:-1]):
            claim = constant("And", equation, claim)
        bound = ("l", "S", base.body, abstract_one(claim, inside))
        body = constant("Exists", base.body, bound)
        parts = tuple((a.term, local(b.name)) for a, b in zip(data, made[1:], strict=True))
        yield Side(
            base.constant,
            tuple(made),
            body,
            form="there is such a structure",
            structure=(base.body, parts),
        )

    # -- atoms

    def atoms(self, binder: Binder) -> Iterator[Atom]:
        """The data in one argument: itself, or the operations in it."""
        yield Atom(local(binder.name), binder.type, binder.name, True)
        if binder.role == "bundle":
            yield from self._fields(local(binder.name), binder.type, binder.name)
        else:
            yield from self._other_forms(binder)

    def _fields(self, term: Expr, type_: Expr, base: str) -> Iterator[Atom]:
        head, arguments = head_and_arguments(type_)
        shape = self.constants.shape(head[1])
        if shape is None or len(shape.constructors) != 1:
            return
        rest = shape.constructors[0][1]
        for argument in arguments:
            rest = instantiate(rest[3], argument)
        around: list[tuple[str, Expr]] = []
        for name in shape.fields:
            field_type = rest[2]
            projection = constant(f"{shape.name}.{name}", *arguments, term)
            if not self._is_law(field_type):
                field_head, _ = head_and_arguments(field_type)
                if field_head[0] == "c" and self.is_bundle(field_head[1]):
                    yield from self._fields(projection, field_type, base)
                else:
                    yield Atom(projection, field_type, base, False)
            around.append((name, field_type))
            rest = instantiate(rest[3], projection)

    def _is_law(self, type_: Expr) -> bool:
        around: list[Expr] = []
        while type_[0] == "p":
            around.append(type_[2])
            type_ = type_[3]
        head, _ = head_and_arguments(type_)
        if head[0] == "c":
            result = self.constants.type(head[1])
            while result[0] == "p":
                result = result[3]
            return is_prop(result)
        if head[0] == "b":
            return False
        # an operation applied: a predicate among the fields before it
        return bool(head[0] == "f" and type_[0] == "a")

    def _other_forms(self, binder: Binder) -> Iterator[Atom]:
        """A list as the predicate of its members, a Boolean function as a predicate, a function of
        pairs as a function of two arguments."""
        term, type_ = local(binder.name), binder.type
        head, arguments = head_and_arguments(type_)
        if head == ("c", "List"):
            of = arguments[0]
            member = constant(
                "Membership.mem", of, type_, constant("List.instMembership", of), term, ("b", 0)
            )
            yield Atom(("l", "x", of, member), ("p", "x", of, ("S", "0")), binder.name, False)
        elif type_[0] == "p" and type_[3] == ("c", "Bool"):
            holds = constant("Eq", ("c", "Bool"), applied(term, [("b", 0)]), ("c", "Bool.true"))
            yield Atom(
                ("l", "x", type_[2], holds),
                ("p", "x", type_[2], ("S", "0")),
                binder.name,
                False,
            )
        elif type_[0] == "p":
            head, arguments = head_and_arguments(type_[2])
            if head == ("c", "Prod"):
                first, second = arguments
                pair = constant("Prod.mk", first, second, ("b", 1), ("b", 0))
                body = applied(term, [pair])
                yield Atom(
                    ("l", "x", first, ("l", "y", second, body)),
                    ("p", "x", first, ("p", "y", second, type_[3])),
                    binder.name,
                    False,
                )


def abstract_one(expr: Expr, name: str) -> Expr:
    """The body of a function of one local name; other names stay."""

    def go(expr: Expr, depth: int) -> Expr:
        match expr[0]:
            case "f":
                return ("b", depth) if expr[1] == name else expr
            case "a":
                return ("a", go(expr[1], depth), tuple(go(a, depth) for a in expr[2]), expr[3])
            case "l" | "p":
                return (expr[0], expr[1], go(expr[2], depth), go(expr[3], depth + 1))
            case "j":
                return ("j", expr[1], expr[2], go(expr[3], depth))
        return expr

    return go(expr, 0)


def _last(term: Expr) -> str:
    head, _ = head_and_arguments(term)
    return str(head[1]).rpartition(".")[2]


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
