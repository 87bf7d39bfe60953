"""Fitting values to the left sides of equations."""

from __future__ import annotations

from collections.abc import Callable

from autoresearch_formal.symbolic.finite_models.values import Made, Type, Value
from autoresearch_formal.terms import App, Bound, Const, Expr, NatLiteral

Literal = Callable[[Expr], Value]
"""The value of a term without variables."""


def fits(pattern: Expr, value: Value, env: list[Value], literal: Literal) -> bool:
    """Fit a value to the left side of an equation, filling in the bound variables."""
    if isinstance(pattern, Bound):
        env[-1 - pattern.index] = value
        return True
    name = ""
    arguments: tuple[Expr, ...] = ()
    if isinstance(pattern, Const):
        name = pattern.name
    elif isinstance(pattern, App) and isinstance(pattern.function, Const):
        name, arguments = pattern.function.name, pattern.args
    elif isinstance(pattern, NatLiteral):
        return bool(value == pattern.value)
    known = _fits_built_in(name, arguments, value, env, literal)
    if known is not None:
        return known
    if isinstance(value, Made):
        if value.constructor != name:
            return False
        tail = arguments[len(arguments) - len(value.arguments) :]
        return all(map(lambda p, v: fits(p, v, env, literal), tail, value.arguments))
    return isinstance(value, Type) or value is None


def _fits_built_in(
    name: str, arguments: tuple[Expr, ...], value: Value, env: list[Value], literal: Literal
) -> bool | None:
    """The same for constructors of numbers, lists and truth values; None for any other."""
    match name:
        case "Nat.zero":
            return bool(value == 0)
        case "Nat.succ":
            return value > 0 and fits(arguments[0], value - 1, env, literal)
        case "HAdd.hAdd" if isinstance(value, int):
            more = literal(arguments[5])
            return value >= more and fits(arguments[4], value - more, env, literal)
        case "OfNat.ofNat":
            return bool(value == literal(arguments[1]))
        case "Int.ofNat":
            return value >= 0 and fits(arguments[0], value, env, literal)
        case "Int.negSucc":
            return value < 0 and fits(arguments[0], -value - 1, env, literal)
        case "List.nil":
            return bool(value == ())
        case "List.cons":
            return (
                value != ()
                and fits(arguments[1], value[0], env, literal)
                and fits(arguments[2], value[1:], env, literal)
            )
        case "Bool.true" | "Bool.false" | "True" | "False":
            return bool(value) == name.lower().endswith("true")
    return None
