"""Evaluating Lean terms in finite models.

A term is compiled to nested Python functions of an environment (the values of the bound
variables). Definitions are followed through their defining equations, structures and inductive
predicates through their constructors: a proposition that is an inductive predicate holds when it
is in the least set closed under them. Whatever is not understood raises `Unsupported`.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Sequence

from autoresearch_formal.symbolic.finite_models.constants import (
    Constants,
    Shape,
    Unsupported,
    binders,
    is_proposition,
)
from autoresearch_formal.symbolic.finite_models.inductive import Inductives
from autoresearch_formal.symbolic.finite_models.natives import LAZY, STRICT, NotNative, TooLarge
from autoresearch_formal.symbolic.finite_models.patterns import fits
from autoresearch_formal.symbolic.finite_models.values import (
    ENOUGH,
    Finite,
    Functions,
    Made,
    Naturals,
    Poison,
    Records,
    Table,
    Truth,
    Type,
    Universe,
    Value,
    part,
    tabulated,
)
from autoresearch_formal.terms.expr import Expr

Env = tuple[Value, ...]
Code = Callable[[Env], Value]
Key = tuple[str, tuple[Value, ...]]


_PLAIN = (int, Finite, Records, Naturals)
"""Values by which results are remembered."""


MAX_REMEMBERED = 20_000
"""Results kept."""


class Exhausted(Unsupported):
    """Evaluating took more steps than allowed."""


class _Remembering:
    """A function that computes each value once."""

    def __init__(self, function: Callable[[Value], Value]) -> None:
        self.function = function
        self.known: dict[Value, Value] = {}

    def __call__(self, x: Value) -> Value:
        """The value at a point."""
        try:
            if x not in self.known:
                self.known[x] = self.function(x)
            return self.known[x]
        except TypeError:
            return self.function(x)


class Evaluator:
    """Compiles and runs terms over one set of constants.

    `fuel` bounds the values tried for quantifiers and the calls of definitions; set it before
    each evaluation. `ends` is when all evaluating stops, in CPU time of this process.
    """

    def __init__(self, constants: Constants) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 6_000))
        self.constants = constants
        self.inductives = Inductives(self)
        self.fuel = 0
        self.ends = math.inf
        self._code: dict[int, tuple[Expr, Code]] = {}
        self._functions: dict[str, Callable[[Sequence[Value]], Value] | None] = {}
        self._arity: dict[str, int] = {}
        self._remembered: dict[tuple[Value, ...], Value] = {}
        self._recursive: set[str] = set()
        self._calls: dict[tuple[str, int], Expr] = {}

    # -- running

    def run(self, expr: Expr, env: Env, fuel: int = 200_000) -> Value:
        """The value of a term. Raises `Unsupported`."""
        self.fuel = fuel
        self.inductives.forget()
        try:
            return self.compile(expr)(env)
        except RecursionError:
            raise Exhausted("nested too deeply") from None
        except (TypeError, AttributeError, IndexError, KeyError) as fault:
            raise Unsupported(f"ill-formed value: {fault}") from None

    def call(self, name: str, arguments: Sequence[Value], fuel: int = 200_000) -> Value:
        """The value of a constant applied to values. Raises `Unsupported`."""
        expr: Expr = ("c", name)
        if arguments:
            bound = tuple(("b", len(arguments) - 1 - k) for k in range(len(arguments)))
            expr = ("a", expr, bound, (True,) * len(bound))
        held = self._calls.setdefault((name, len(arguments)), expr)
        return self.run(held, tuple(arguments), fuel)

    def burn(self) -> None:
        """Use one unit of fuel."""
        self.fuel -= 1
        if self.fuel < 0 or (self.fuel % 256 == 0 and self.out_of_time):
            raise Exhausted("too many steps")

    @property
    def out_of_time(self) -> bool:
        """Whether evaluating has to stop."""
        return time.process_time() > self.ends

    # -- compiling

    def compile(self, expr: Expr) -> Code:
        """The code of a term, compiled once."""
        held = self._code.get(id(expr))
        if held is not None and held[0] is expr:
            return held[1]
        code = self._compile(expr)
        self._code[id(expr)] = (expr, code)
        return code

    def _compile(self, expr: Expr) -> Code:
        match expr[0]:
            case "b":
                k = -1 - expr[1]
                return lambda env: env[k]
            case "n" | "s":
                literal = expr[1]
                return lambda env: literal
            case "S":
                sort: Type = Truth() if str(expr[1]) == "0" else Universe()
                return lambda env: sort
            case "c" | "a":
                return self._application(expr)
            case "l":
                body = self.compile(expr[3])
                return lambda env: lambda x: body((*env, x))
            case "p":
                return self._pi(expr)
            case "e":
                value, body = self.compile(expr[2]), self.compile(expr[3])
                return lambda env: body((*env, value(env)))
            case "j":
                field, inner = expr[2], self.compile(expr[3])
                return lambda env: part(inner(env), field)
        raise Unsupported(f"term {expr[0]}")

    def _pi(self, expr: Expr) -> Code:
        domain, body = self.compile(expr[2]), self.compile(expr[3])

        def forall(env: Env) -> Value:
            over = domain(env)
            if over is True:
                return body((*env, None))
            if over is False:
                return True
            if not isinstance(over, Type):
                raise Unsupported("a quantifier over what is no type")
            if isinstance(over, Universe):
                raise Unsupported("a quantifier over types")
            for x in over.checked():
                self.burn()
                try:
                    holds = body((*env, x))
                except TooLarge:
                    if not isinstance(over, Naturals) or x < ENOUGH:
                        raise
                    break
                if holds is False:
                    return False
                if isinstance(holds, Type):
                    return Functions(over, holds)
                if holds is not True:
                    raise Unsupported("no truth value")
            return True

        return forall

    def _application(self, expr: Expr) -> Code:
        arguments: list[Expr] = []
        while expr[0] == "a":
            arguments[:0] = expr[2]
            expr = expr[1]
        if expr[0] != "c":
            return self._apply(self.compile(expr), [self.compile(a) for a in arguments])
        name = expr[1]
        codes = [self.compile(a) for a in arguments]
        if name in LAZY and len(codes) >= LAZY[name][0]:
            arity, make = LAZY[name]
            return self._apply(make(self, codes[:arity]), codes[arity:])

        def run(env: Env) -> Value:
            return self.apply_constant(name, [self._careful(code, env) for code in codes])

        return run

    def _careful(self, code: Code, env: Env) -> Value:
        """The value of an argument, which may turn out not to be needed."""
        try:
            return code(env)
        except (Exhausted, TooLarge):
            raise
        except Unsupported as fault:
            return Poison(str(fault))

    def _apply(self, function: Code, arguments: list[Code]) -> Code:
        if not arguments:
            return function
        if len(arguments) == 1:
            only = arguments[0]
            return lambda env: apply(function(env), only(env))
        if len(arguments) == 2:
            first, second = arguments
            return lambda env: apply(apply(function(env), first(env)), second(env))

        def run(env: Env) -> Value:
            value = function(env)
            for argument in arguments:
                value = apply(value, argument(env))
            return value

        return run

    # -- constants

    def apply_constant(self, name: str, arguments: Sequence[Value]) -> Value:
        """A constant applied to values; a function if it takes more of them."""
        if name in STRICT:
            arity, function = STRICT[name]
            if len(arguments) < arity:
                return lambda x: self.apply_constant(name, [*arguments, x])
            try:
                return apply_all(function(*arguments[:arity]), arguments[arity:])
            except NotNative:
                pass
        if name in LAZY and len(arguments) < LAZY[name][0]:
            return lambda x: self.apply_constant(name, [*arguments, x])
        if name in LAZY:
            arity, make = LAZY[name]
            held = [_constant(a) for a in arguments]
            return apply_all(make(self, held[:arity])(()), arguments[arity:])
        if name not in self._functions:
            self._functions[name] = self._understand(name)
        understood = self._functions[name]
        if understood is None:
            raise Unsupported(name)
        arity = self._arity[name]
        if len(arguments) < arity:
            return lambda x: self.apply_constant(name, [*arguments, x])
        self.burn()
        if name in self._recursive or all(type(a) in _PLAIN for a in arguments[:arity]):
            # recursive, or closed but for numbers and types: worth remembering
            return apply_all(self._remember(name, understood, arguments[:arity]), arguments[arity:])
        return apply_all(understood(arguments[:arity]), arguments[arity:])

    def _remember(
        self, name: str, understood: Callable[[Sequence[Value]], Value], arguments: Sequence[Value]
    ) -> Value:
        key = (name, *arguments)
        try:
            if key not in self._remembered:
                if len(self._remembered) > MAX_REMEMBERED:
                    self._remembered.clear()
                value = understood(arguments)
                plain = not callable(value) or isinstance(value, Table)
                self._remembered[key] = value if plain else _Remembering(value)
            return self._remembered[key]
        except TypeError:
            return understood(arguments)  # arguments that can't be compared

    def _understand(self, name: str) -> Callable[[Sequence[Value]], Value] | None:
        kind = self.constants.kind(name)
        count = len(binders(self.constants.type(name))[0])
        if kind in ("structure", "class", "inductive"):
            shape = self.constants.shape(name)
            if shape is None:
                return None
            self._arity[name] = count
            return self.inductives.former(shape, count)
        if kind == "constructor":
            owner = self.constants.shape(name.rpartition(".")[0])
            if owner is None:
                return None
            self._arity[name] = count
            return self._constructor(name, owner)
        if kind == "theorem":
            self._arity[name] = 0
            return lambda arguments: None
        projection = self._projection(name)
        if projection is not None:
            return projection
        return self._definition(name)

    def _literal(self, expr: Expr) -> Value:
        return self.compile(expr)(())

    def _constructor(self, name: str, owner: Shape) -> Callable[[Sequence[Value]], Value]:
        skip = owner.parameters
        found, _ = binders(dict(owner.constructors)[name])
        data = [not is_proposition(self.constants, t, found[:k]) for k, (_, t) in enumerate(found)]
        codes = [self.compile(type_) for _, type_ in found]

        def make(arguments: Sequence[Value]) -> Made:
            env = tuple(arguments[:skip])
            for place in range(skip, len(found)):
                value = None
                if data[place]:
                    value = tabulated(codes[place](env), arguments[place])
                env = (*env, value)
            return Made(name, env[skip:])

        return make

    def _projection(self, name: str) -> Callable[[Sequence[Value]], Value] | None:
        owner, _, last = name.rpartition(".")
        if not owner or self.constants.kind(owner) not in ("structure", "class"):
            return None
        shape = self.constants.shape(owner)
        if shape is None or last not in shape.fields:
            return None
        place, field = shape.parameters, shape.fields.index(last)
        self._arity[name] = place + 1
        return lambda arguments: part(arguments[place], field)

    def _definition(self, name: str) -> Callable[[Sequence[Value]], Value] | None:
        cases = []
        for equation in self.constants.equations(name):
            bound, statement = binders(equation)
            if statement[0] != "a" or statement[1] != ("c", "Eq"):
                return None
            _, left, right = statement[2]
            patterns: tuple[Expr, ...] = ()
            while left[0] == "a":
                patterns = (*left[2], *patterns)
                left = left[1]
            if left != ("c", name):
                return None
            cases.append((len(bound), patterns, self.compile(right)))
        if not cases or len({len(patterns) for _, patterns, _ in cases}) != 1:
            return None
        self._arity[name] = len(cases[0][1])
        if len(cases) > 1:
            self._recursive.add(name)

        def run(arguments: Sequence[Value]) -> Value:
            for count, patterns, right in cases:
                env: list[Value] = [None] * count
                if all(map(lambda p, v: fits(p, v, env, self._literal), patterns, arguments)):
                    return right(tuple(env))
            raise Unsupported(f"no case of {name} fits")

        return run


def apply(function: Value, argument: Value) -> Value:
    """A function applied to a value; a proof applied to anything is a proof."""
    return None if function is None else function(argument)


def apply_all(function: Value, arguments: Sequence[Value]) -> Value:
    """A function applied to arguments one by one."""
    for argument in arguments:
        function = apply(function, argument)
    return function


def _constant(value: Value) -> Code:
    return lambda env: value
