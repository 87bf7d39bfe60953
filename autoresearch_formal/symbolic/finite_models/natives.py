"""Constants of Lean's core that the evaluator computes itself.

`LAZY` constants get the code of their arguments, so that they need not run all of it; `STRICT`
ones get values. A strict function raises `NotNative` when the arguments are not of the kind it
knows (an addition that is not one of numbers): then the constant's definition is followed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autoresearch_formal.symbolic.finite_models.definitions import Compiler
from autoresearch_formal.symbolic.finite_models.values import (
    ENOUGH_VALUES,
    LARGE,
    Code,
    Env,
    Finite,
    Integers,
    Lists,
    Naturals,
    TooLarge,
    Truth,
    Type,
    Value,
    negation,
    truth,
)


class NotNative(Exception):
    """Not for the native function; follow the definition."""


Lazy = Callable[[Compiler, Sequence[Code]], Code]


def both(first: Value, second: Callable[[], Value]) -> Value:
    """The conjunction; the second member is not looked at if the first is false."""
    if truth(first) is False:
        return False
    return truth(second()) if first is True else first & truth(second())


def either(first: Value, second: Callable[[], Value]) -> Value:
    """The disjunction; the second member is not looked at if the first is true."""
    if truth(first) is True:
        return True
    return truth(second()) if first is False else first | truth(second())


def _and(_: Compiler, c: Sequence[Code]) -> Code:
    return lambda env: both(c[0](env), lambda: c[1](env))


def _or(_: Compiler, c: Sequence[Code]) -> Code:
    return lambda env: either(c[0](env), lambda: c[1](env))


def _iff(_: Compiler, c: Sequence[Code]) -> Code:
    return lambda env: truth(c[0](env)) == truth(c[1](env))


def _exists(ev: Compiler, c: Sequence[Code]) -> Code:
    def run(env: Env) -> Value:
        over, holds = c[0](env), c[1](env)
        if not isinstance(over, Type):
            return both(over, lambda: holds(None))
        some: Value = False
        for x in over.checked():
            ev.burn()
            try:
                some = either(some, lambda x=x: holds(x))  # type: ignore[misc]
            except TooLarge:
                if not isinstance(over, Naturals) or x < ENOUGH_VALUES:
                    raise
                break
            if some is True:
                break
        return some

    return run


def _ite(_: Compiler, c: Sequence[Code]) -> Code:
    def run(env: Env) -> Value:
        condition = truth(c[1](env))
        if isinstance(condition, np.ndarray):
            return np.where(condition, c[3](env), c[4](env))
        return c[3](env) if condition else c[4](env)

    return run


def _dite(_: Compiler, c: Sequence[Code]) -> Code:
    return lambda env: c[3](env)(None) if truth(c[1](env)) else c[4](env)(None)


LAZY: dict[str, tuple[int, Lazy]] = {
    "And": (2, _and),
    "Or": (2, _or),
    "and": (2, _and),
    "or": (2, _or),
    "Iff": (2, _iff),
    "Exists": (2, _exists),
    "Not": (1, lambda _, c: lambda env: negation(c[0](env))),
    "not": (1, lambda _, c: lambda env: negation(c[0](env))),
    "ite": (5, _ite),
    "dite": (5, _dite),
    "Decidable.decide": (2, lambda _, c: lambda env: truth(c[0](env))),
    "id": (2, lambda _, c: c[1]),
    "autoParam": (2, lambda _, c: c[0]),
    "outParam": (1, lambda _, c: c[0]),
    "optParam": (2, lambda _, c: c[0]),
}


def _equal(type_: Value, x: Value, y: Value) -> Value:
    if not isinstance(type_, Type):
        return True  # proofs of one proposition
    return type_.equal(x, y)


def _numbers(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """A binary operation on naturals and integers from `HOp.hOp`'s six arguments."""

    def run(a: Value, b: Value, c: Value, _: Value, x: Value, y: Value) -> Value:
        if isinstance(a, Naturals) and isinstance(b, Naturals):
            return max(0, function(x, y))
        if isinstance(a, Integers) and isinstance(b, Integers | Naturals):
            return function(x, y)
        raise NotNative

    return run


def _append(a: Value, b: Value, c: Value, _: Value, x: Value, y: Value) -> Value:
    if isinstance(a, Lists):
        return x + y
    raise NotNative


def _divide(x: int, y: int) -> int:
    return 0 if y == 0 else x // y


def _remainder(x: int, y: int) -> int:
    return x if y == 0 else x % y


def _power(x: int, y: int) -> int:
    if y > 40 or x**y > LARGE:
        raise TooLarge("a large power")
    return int(x**y)


def _order(function: Callable[[Any, Any], bool]) -> Callable[..., Any]:
    def run(a: Value, _: Value, x: Value, y: Value) -> bool:
        if isinstance(a, Naturals | Integers | Finite):
            return function(x, y)
        raise NotNative

    return run


def _literal(type_: Value, k: Value, _: Value) -> Value:
    if isinstance(type_, Naturals | Integers):
        return k
    if isinstance(type_, Finite) and type_.count:
        return k % type_.count
    raise NotNative


def _member(_: Value, gamma: Value, instance: Value, collection: Value, x: Value) -> bool:
    if isinstance(gamma, Lists):
        return any(gamma.of.equal(x, y) for y in collection)
    raise NotNative


def _same(type_: Value, _: Value, x: Value, y: Value) -> Value:
    return _equal(type_, x, y)


def _fold(step: Callable[[Value], Callable[[Value], Value]], start: Value, xs: Value) -> Value:
    for x in xs:
        start = step(start)(x)
    return start


def _foldr(step: Callable[[Value], Callable[[Value], Value]], start: Value, xs: Value) -> Value:
    for x in reversed(xs):
        start = step(x)(start)
    return start


def _pairwise(relation: Callable[[Value], Callable[[Value], Value]], xs: Value) -> bool:
    return all(truth(relation(xs[i])(y)) for i in range(len(xs)) for y in xs[i + 1 :])


def _distinct(type_: Value, xs: Value) -> bool:
    return not any(type_.equal(x, y) for i, x in enumerate(xs) for y in xs[i + 1 :])


def _divides(a: Value, _: Value, x: Value, y: Value) -> bool:
    if isinstance(a, Naturals | Integers):
        return bool(y == 0 if x == 0 else y % x == 0)
    raise NotNative


def _finite(n: Value) -> Type:
    return Finite(int(n))


def _injective(a: Value, b: Value, f: Callable[[Value], Value]) -> bool:
    xs = list(a.checked())
    return not any(
        b.equal(f(x), f(y)) and not a.equal(x, y) for i, x in enumerate(xs) for y in xs[:i]
    )


def _surjective(a: Value, b: Value, f: Callable[[Value], Value]) -> bool:
    found = [f(x) for x in a.checked()]
    return all(any(b.equal(y, z) for z in found) for y in b.checked())


STRICT: dict[str, tuple[int, Callable[..., Any]]] = {
    "Nat": (0, Naturals),
    "Int": (0, Integers),
    "Bool": (0, Truth),
    "Fin": (1, _finite),
    "List": (1, Lists),
    "True": (0, lambda: True),
    "False": (0, lambda: False),
    "Bool.true": (0, lambda: True),
    "Bool.false": (0, lambda: False),
    "trivial": (0, lambda: None),
    "Eq": (3, _equal),
    "HEq": (4, lambda a, x, b, y: _equal(a, x, y)),
    "Ne": (3, lambda t, x, y: negation(_equal(t, x, y))),
    "BEq.beq": (4, _same),
    "bne": (4, lambda t, i, x, y: negation(_same(t, i, x, y))),
    "HAdd.hAdd": (6, _numbers(lambda x, y: x + y)),
    "HSub.hSub": (6, _numbers(lambda x, y: x - y)),
    "HMul.hMul": (6, _numbers(lambda x, y: x * y)),
    "HDiv.hDiv": (6, _numbers(_divide)),
    "HMod.hMod": (6, _numbers(_remainder)),
    "HPow.hPow": (6, _numbers(_power)),
    "HAppend.hAppend": (6, _append),
    "Nat.succ": (1, lambda k: k + 1),
    "Nat.zero": (0, lambda: 0),
    "Nat.pred": (1, lambda k: max(0, k - 1)),
    "Nat.gcd": (2, math.gcd),
    "Nat.add": (2, lambda x, y: x + y),
    "Nat.mul": (2, lambda x, y: x * y),
    "Nat.le": (2, lambda x, y: x <= y),
    "Nat.lt": (2, lambda x, y: x < y),
    "Int.ofNat": (1, lambda k: k),
    "Int.negSucc": (1, lambda k: -k - 1),
    "Int.natAbs": (1, abs),
    "Int.toNat": (1, lambda k: max(0, k)),
    "LE.le": (4, _order(lambda x, y: x <= y)),
    "LT.lt": (4, _order(lambda x, y: x < y)),
    "GE.ge": (4, _order(lambda x, y: x >= y)),
    "GT.gt": (4, _order(lambda x, y: x > y)),
    "Dvd.dvd": (4, _divides),
    "OfNat.ofNat": (3, _literal),
    "Fin.mk": (3, lambda n, k, _: k),
    "Fin.val": (2, lambda n, k: k),
    "Fin.isLt": (2, lambda n, k: None),
    "Function.comp": (5, lambda a, b, c, f, g: lambda x: f(g(x))),
    "Function.Injective": (3, _injective),
    "Function.Surjective": (3, _surjective),
    "Membership.mem": (5, _member),
    "List.nil": (1, lambda t: ()),
    "List.cons": (3, lambda t, x, xs: (x, *xs)),
    "List.append": (3, lambda t, x, y: x + y),
    "List.length": (2, lambda t, xs: len(xs)),
    "List.map": (4, lambda a, b, f, xs: tuple(f(x) for x in xs)),
    "List.filter": (3, lambda t, p, xs: tuple(x for x in xs if truth(p(x)))),
    "List.flatMap": (4, lambda a, b, f, xs: tuple(y for x in xs for y in f(x))),
    "List.all": (3, lambda t, xs, p: all(truth(p(x)) for x in xs)),
    "List.any": (3, lambda t, xs, p: any(truth(p(x)) for x in xs)),
    "List.reverse": (2, lambda t, xs: xs[::-1]),
    "List.foldl": (5, lambda a, b, f, s, xs: _fold(f, s, xs)),
    "List.foldr": (5, lambda a, b, f, s, xs: _foldr(f, s, xs)),
    "List.range": (1, lambda n: tuple(range(n))),
    "List.replicate": (3, lambda t, n, x: (x,) * n),
    "List.Mem": (3, lambda t, x, xs: any(t.equal(x, y) for y in xs)),
    "List.elem": (4, lambda t, i, x, xs: any(t.equal(x, y) for y in xs)),
    "List.contains": (4, lambda t, i, xs, x: any(t.equal(x, y) for y in xs)),
    "List.Pairwise": (3, lambda t, r, xs: _pairwise(r, xs)),
    "List.Nodup": (2, _distinct),
    "List.countP": (3, lambda t, p, xs: sum(truth(p(x)) for x in xs)),
}
