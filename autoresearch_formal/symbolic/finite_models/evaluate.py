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
from dataclasses import dataclass

import numpy as np

from autoresearch_formal.symbolic.finite_models.definitions import (
    Definitions,
    Shape,
    is_proposition,
)
from autoresearch_formal.symbolic.finite_models.inductive import Inductives
from autoresearch_formal.symbolic.finite_models.natives import LAZY, STRICT, NotNative, both, either
from autoresearch_formal.symbolic.finite_models.patterns import fits
from autoresearch_formal.symbolic.finite_models.values import (
    ENOUGH_VALUES,
    Code,
    Env,
    Exhausted,
    Finite,
    Functions,
    FunctionTable,
    Made,
    Naturals,
    Poison,
    Records,
    TooLarge,
    Truth,
    Type,
    Understood,
    Universe,
    Unsupported,
    Value,
    negation,
    part,
    tabulated,
)
from autoresearch_formal.terms import (
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
    arguments,
    call,
    head_name,
    spine,
    telescope,
)

_PLAIN = (int, Finite, Records, Naturals)
"""Values by which results are remembered."""


MAX_REMEMBERED = 20_000
"""Results kept."""


class NoEquation(Exception):
    """A statement that is no equation."""


@dataclass(frozen=True, slots=True)
class DefiningCase:
    """``∀ …, f patterns = right``, compiled."""

    function: Expr
    variables: int
    patterns: tuple[Expr, ...]
    right: Code
    outer: Env = ()

    @property
    def arity(self) -> int:
        """Arguments of the function."""
        return len(self.patterns)


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

    def __init__(self, constants: Definitions) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 6_000))
        self.constants = constants
        self.inductives = Inductives(self)
        self.fuel = 0
        self.ends = math.inf
        self._code: dict[int, tuple[Expr, Code]] = {}
        self._functions: dict[str, Understood | None] = {}
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
        except (TypeError, ValueError, AttributeError, IndexError, KeyError) as fault:
            raise Unsupported(f"ill-formed value: {fault}") from None

    def call(self, name: str, arguments: Sequence[Value], fuel: int = 200_000) -> Value:
        """The value of a constant applied to values. Raises `Unsupported`."""
        expr = call(name, *(Bound(k) for k in reversed(range(len(arguments)))))
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
        match expr:
            case Bound(index):
                k = -1 - index
                return lambda env: env[k]
            case Local(name):
                return lambda env: env[0][name]
            case NatLiteral(literal) | StringLiteral(literal):
                return lambda env: literal
            case Sort():
                sort: Type = Truth() if expr == PROP else Universe()
                return lambda env: sort
            case Const() | App():
                return self._application(expr)
            case Lambda(_, _, inner):
                body = self.compile(inner)
                return lambda env: lambda x: body((*env, x))
            case Pi():
                return self._pi(expr)
            case Let(_, term, inner):
                value, body = self.compile(term), self.compile(inner)
                return lambda env: body((*env, value(env)))
            case Projection(_, field, term):
                whole = self.compile(term)
                return lambda env: part(whole(env), field)
        raise Unsupported(f"term {type(expr).__name__}")

    def _pi(self, expr: Pi) -> Code:
        domain, body = self.compile(expr.type), self.compile(expr.body)

        def forall(env: Env) -> Value:
            over = domain(env)
            if over is True:
                return body((*env, None))
            if not isinstance(over, Type):
                return either(negation(over), lambda: body((*env, None)))
            if isinstance(over, Universe):
                raise Unsupported("a quantifier over types")
            every: Value = True
            for x in over.checked():
                self.burn()
                try:
                    holds = body((*env, x))
                except TooLarge:
                    if not isinstance(over, Naturals) or x < ENOUGH_VALUES:
                        raise
                    break
                if isinstance(holds, Type):
                    return Functions(over, holds)
                if holds is not True:
                    every = both(every, lambda holds=holds: holds)  # type: ignore[misc]
                    if every is False or not np.any(every):
                        return False
            return every

        return forall

    def _application(self, expr: Const | App) -> Code:
        function, args = spine(expr)
        codes = [self.compile(a) for a in args]
        if not isinstance(function, Const):
            return self._apply(self.compile(function), codes)
        name = function.name
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

    def _remember(self, name: str, understood: Understood, arguments: Sequence[Value]) -> Value:
        key = (name, *arguments)
        try:
            if key not in self._remembered:
                if len(self._remembered) > MAX_REMEMBERED:
                    self._remembered.clear()
                value = understood(arguments)
                plain = not callable(value) or isinstance(value, FunctionTable)
                self._remembered[key] = value if plain else _Remembering(value)
            return self._remembered[key]
        except TypeError:
            return understood(arguments)  # arguments that can't be compared

    def _understand(self, name: str) -> Understood | None:
        kind = self.constants.kind(name)
        count = len(telescope(self.constants.type(name))[0])
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

    def _constructor(self, name: str, owner: Shape) -> Understood:
        skip = owner.parameters
        found, _ = telescope(dict(owner.constructors)[name])
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

    def _projection(self, name: str) -> Understood | None:
        owner, _, last = name.rpartition(".")
        if not owner or self.constants.kind(owner) not in ("structure", "class"):
            return None
        shape = self.constants.shape(owner)
        if shape is None or last not in shape.fields:
            return None
        place, field = shape.parameters, shape.fields.index(last)
        self._arity[name] = place + 1
        return lambda arguments: part(arguments[place], field)

    def _definition(self, name: str) -> Understood | None:
        try:
            cases = [self.case(equation) for equation in self.constants.equations(name)]
        except NoEquation:
            return None
        if any(case.function != Const(name) for case in cases):
            return None
        if len({case.arity for case in cases}) != 1:
            return None
        self._arity[name] = cases[0].arity
        if len(cases) > 1:
            self._recursive.add(name)
        return self.by_cases(name, cases)

    def case(self, equation: Expr, outer: Env = ()) -> DefiningCase:
        """An equation that defines a function; ``outer`` is put in front of its variables.

        Raises:
            NoEquation: if it is none.
        """
        binders, statement = telescope(equation)
        if head_name(statement) != "Eq" or len(arguments(statement)) != 3:
            raise NoEquation
        _, left, right = arguments(statement)
        function, patterns = spine(left)
        return DefiningCase(function, len(binders), patterns, self.compile(right), outer)

    def by_cases(self, name: str, cases: Sequence[DefiningCase]) -> Understood:
        """The function that equations define."""

        def run(args: Sequence[Value]) -> Value:
            for case in cases:
                env: list[Value] = [None] * case.variables
                if all(map(lambda p, v: fits(p, v, env, self._literal), case.patterns, args)):
                    return case.right((*case.outer, *env))
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
