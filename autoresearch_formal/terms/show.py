"""Lean text of terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from autoresearch_formal.terms.nodes import (
    PROP,
    App,
    Bound,
    Const,
    Expr,
    Lambda,
    Let,
    Local,
    NatLiteral,
    Pi,
    Projection,
    Sort,
    StringLiteral,
    explicit_args,
    head_name,
)
from autoresearch_formal.terms.substitute import instantiate
from autoresearch_formal.terms.traverse import uses_bound

INFIX = {
    "HAdd.hAdd": ("+", 65),
    "HSub.hSub": ("-", 65),
    "HMul.hMul": ("*", 70),
    "HDiv.hDiv": ("/", 70),
    "HMod.hMod": ("%", 70),
    "HPow.hPow": ("^", 75),
    "HAppend.hAppend": ("++", 65),
    "List.cons": ("::", 67),
    "Dvd.dvd": ("∣", 50),
    "LE.le": ("≤", 50),
    "LT.lt": ("<", 50),
    "GE.ge": ("≥", 50),
    "GT.gt": (">", 50),
    "Membership.mem": ("∈", 50),
    "Eq": ("=", 50),
    "Ne": ("≠", 50),
    "And": ("∧", 35),
    "Or": ("∨", 30),
    "Iff": ("↔", 20),
}

RIGHT = {"List.cons", "And", "Or", "HPow.hPow"}


ATOM = 1024
"""The binding strength around an argument: whatever is no single word gets brackets."""


def show(expr: Expr, bound: Sequence[str] = (), level: int = 0) -> str:
    """Lean text of an expression. ``level`` is the binding strength around it."""
    match expr:
        case Const(name) | Local(name):
            return name
        case Bound(index):
            return bound[-1 - index] if index < len(bound) else f"#{index}"
        case App():
            return _show_application(expr, bound, level)
        case NatLiteral(value):
            return str(value)
        case StringLiteral(text):
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case Sort():
            return "Prop" if expr == PROP else "Type _"
        case Projection(_, field, value):
            return f"{show(value, bound, ATOM)}.{field + 1}"
        case Lambda(hint, _, body):
            name = fresh(hint, bound)
            return _wrap(f"fun {name} => {show(body, [*bound, name])}", 1, level)
        case Pi(_, type_, body) if not uses_bound(body):
            text = f"{show(type_, bound, 26)} → {show(body, [*bound, '_'], 25)}"
            return _wrap(text, 25, level)
        case Pi(hint, type_, body):
            name = fresh(hint, bound)
            text = f"∀ {name} : {show(type_, bound)}, {show(body, [*bound, name])}"
            return _wrap(text, 1, level)
        case Let(_, value, body):
            return show(instantiate(body, value), bound, level)
    return "_"


def _wrap(text: str, own: int, level: int) -> str:
    return f"({text})" if own < level else text


def _show_application(expr: App, bound: Sequence[str], level: int) -> str:
    name, args = head_name(expr), explicit_args(expr)
    match name, args:
        case "OfNat.ofNat", [number, *_]:
            return show(number, bound, ATOM)
        case "Not", [statement, *_]:
            return _wrap("¬" + show(statement, bound, ATOM), 1000, level)
        case "Neg.neg", [number, *_]:
            return _wrap("-" + show(number, bound, 76), 75, level)
        case "Inv.inv", [number, *_]:
            return _wrap(show(number, bound, ATOM) + "⁻¹", 1023, level)
        case "Exists", [Lambda(hint, type_, body), *_]:
            variable = fresh(hint, bound)
            text = f"∃ {variable} : {show(type_, bound)}, {show(body, [*bound, variable])}"
            return _wrap(text, 1, level)
    if name in INFIX and len(args) == 2:
        return _show_infix(name, args, bound, level)
    function = show(expr.function, bound, ATOM)
    if not args:
        hidden = [hidden_argument(a, bound) for a in expr.args]
        return _wrap(f"@{function} {' '.join(hidden)}", 1023, level) if hidden else function
    return _wrap(" ".join([function, *[show(a, bound, ATOM) for a in args]]), 1023, level)


def _show_infix(name: str, args: list[Expr], bound: Sequence[str], level: int) -> str:
    left, right = args[::-1] if name == "Membership.mem" else args  # there the collection is first
    symbol, own = INFIX[name]
    first, second = (own + 1, own) if name in RIGHT else (own, own + 1)
    if own == 50:
        first = second = 51
    return _wrap(f"{show(left, bound, first)} {symbol} {show(right, bound, second)}", own, level)


def show_in_full(expr: Expr, names: Mapping[str, str], bound: Sequence[str] = ()) -> str:
    """Lean text with every argument written out, so that nothing has to be guessed.

    ``names`` says how variables of the context are called.
    """
    match expr:
        case Const(name):
            return f"@{quoted(name)}"
        case Local(name):
            return names[name]
        case App(function, args):
            return f"({' '.join(show_in_full(part, names, bound) for part in (function, *args))})"
        case Lambda(_, type_, body) | Pi(_, type_, body):
            name = f"x{len(bound)}"
            binder = f"{name} : {show_in_full(type_, names, bound)}"
            inner = show_in_full(body, names, (*bound, name))
            return (
                f"(fun {binder} => {inner})"
                if isinstance(expr, Lambda)
                else f"(∀ {binder}, {inner})"
            )
        case Bound() | NatLiteral() | Sort():
            return show(expr, bound)
    raise ValueError(f"{type(expr).__name__} can't be written out")


def quoted(name: str) -> str:
    """A constant's name, parts in French quotes where Lean needs them."""
    return ".".join(
        part if re.fullmatch(r"[^\W\d][\w'!?]*", part) else f"«{part}»" for part in name.split(".")
    )


def hidden_argument(expr: Expr, bound: Sequence[str] = ()) -> str:
    """An implicit argument written out; instances are left to Lean."""
    return "_" if "inst" in head_name(expr) else show(expr, bound, ATOM)


def fresh(name: str, taken: Collection[str]) -> str:
    """A readable name like ``name`` that is not taken."""
    base = name.replace("✝", "").split(".")[-1] or "x"
    if not (base[0].isalpha() or base[0] == "_") or base == "_":
        base = "x"
    if base not in taken:
        return base
    number = 1
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"
