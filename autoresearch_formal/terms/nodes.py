"""Lean terms as trees of typed nodes.

Bound variables are de Bruijn indices, counted from the inside; variables of the context go by
name. Nodes are immutable, compare by content and keep their hash, so that terms may be keys of
dictionaries wherever they are large.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Const(msgspec.Struct, frozen=True, cache_hash=True):
    """A constant of the environment."""

    name: str


class Local(msgspec.Struct, frozen=True, cache_hash=True):
    """A hypothesis or variable of the context."""

    name: str


class Bound(msgspec.Struct, frozen=True, cache_hash=True):
    """A bound variable; 0 is that of the innermost binder around."""

    index: int


class NatLiteral(msgspec.Struct, frozen=True, cache_hash=True):
    """A natural number as such, without `OfNat`."""

    value: int


class StringLiteral(msgspec.Struct, frozen=True, cache_hash=True):
    """A text."""

    value: str


class Sort(msgspec.Struct, frozen=True, cache_hash=True):
    """A universe by its level; `PROP` is that of level 0."""

    level: str


class Meta(msgspec.Struct, frozen=True, cache_hash=True):
    """A metavariable: something that Lean has yet to find."""

    number: int


class Hole(msgspec.Struct, frozen=True, cache_hash=True):
    """A hole of a pattern, by its number; no term of Lean has one."""

    number: int


class App(msgspec.Struct, frozen=True, cache_hash=True):
    """A function applied to arguments."""

    function: Expr
    args: tuple[Expr, ...]
    explicit: tuple[bool, ...]
    """Which of the arguments Lean text writes out."""


class Lambda(msgspec.Struct, frozen=True, cache_hash=True):
    """``fun name : type => body``."""

    name: str
    type: Expr
    body: Expr


class Pi(msgspec.Struct, frozen=True, cache_hash=True):
    """``∀ name : type, body``; also → if the body does not use the variable."""

    name: str
    type: Expr
    body: Expr


class Let(msgspec.Struct, frozen=True, cache_hash=True):
    """``let _ : type := value; body``."""

    type: Expr
    value: Expr
    body: Expr


class Projection(msgspec.Struct, frozen=True, cache_hash=True):
    """Field number ``field`` of a value of a structure."""

    structure: str
    field: int
    value: Expr


Leaf: TypeAlias = Const | Local | Bound | NatLiteral | StringLiteral | Sort | Meta | Hole
"""Terms without parts."""

Expr: TypeAlias = Leaf | App | Lambda | Pi | Let | Projection
"""Any term."""

PROP = Sort("0")
"""The universe of propositions."""


def apply(function: Expr, *args: Expr) -> Expr:
    """An application in which every argument is written out; the function itself without any."""
    return App(function, args, (True,) * len(args)) if args else function


def call(name: str, *args: Expr) -> Expr:
    """A constant applied, every argument written out."""
    return apply(Const(name), *args)


def head(expr: Expr) -> Expr:
    """The function of an application, else the expression itself."""
    while isinstance(expr, App):
        expr = expr.function
    return expr


def head_name(expr: Expr) -> str:
    """Name of the head constant, "" if the head is none."""
    function = head(expr)
    return function.name if isinstance(function, Const) else ""


def spine(expr: Expr) -> tuple[Expr, tuple[Expr, ...]]:
    """The function at the bottom of an application, and all arguments."""
    args: tuple[Expr, ...] = ()
    while isinstance(expr, App):
        args = (*expr.args, *args) if args else expr.args
        expr = expr.function
    return expr, args


def arguments(expr: Expr) -> tuple[Expr, ...]:
    """The arguments of an application; none of anything else."""
    return expr.args if isinstance(expr, App) else ()


def explicit_args(expr: Expr) -> list[Expr]:
    """The arguments a reader sees."""
    if not isinstance(expr, App):
        return []
    return [a for a, shown in zip(expr.args, expr.explicit, strict=True) if shown]


def telescope(expr: Expr) -> tuple[list[tuple[str, Expr]], Expr]:
    """The leading ∀ and → (name, type), and what stands after them."""
    binders = []
    while isinstance(expr, Pi):
        binders.append((expr.name, expr.type))
        expr = expr.body
    return binders, expr


def ends_in_prop(type_: Expr) -> bool:
    """Whether a type is that of a predicate or relation, or `Prop` itself."""
    return telescope(type_)[1] == PROP
