"""Inductive types and predicates in finite models.

A structure with data is the type of its records; a predicate holds when it is in the least set
closed under its constructors.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from autoresearch_formal.symbolic.finite_models.definitions import Compiler, Shape
from autoresearch_formal.symbolic.finite_models.values import (
    Env,
    FunctionTable,
    Key,
    Part,
    Records,
    Type,
    Understood,
    Unsupported,
    Value,
    tabulated,
)
from autoresearch_formal.terms import Expr, arguments, ends_in_prop, telescope


class Inductives:
    """Types and sets that constructors make, for one evaluator."""

    def __init__(self, evaluator: Compiler) -> None:
        self.evaluator = evaluator
        self._growing: dict[Key, set[tuple[Value, ...]]] = {}
        self._grown: dict[Key, tuple[Sequence[Value], set[Any]]] = {}
        self._kinds: dict[tuple[str, Env], Records] = {}

    def forget(self) -> None:
        """Forget sets that were made in another run."""
        self._growing.clear()
        self._grown.clear()

    def former(self, shape: Shape, count: int) -> Understood:
        """The function from parameters and indices to a type or a truth value."""
        if not ends_in_prop(self.evaluator.constants.type(shape.name)):
            if shape.name == "Subtype":
                return lambda arguments: Part(arguments[0], arguments[1])
            if len(shape.constructors) != 1 or count != shape.parameters:
                raise Unsupported(shape.name)
            return lambda arguments: self._records(shape, arguments)
        if shape.structure and count == shape.parameters:
            return lambda arguments: self._holds(shape, arguments)
        return lambda arguments: self._member(shape, arguments)

    def _fields(self, shape: Shape) -> list[Expr]:
        found, _ = telescope(shape.constructors[0][1])
        return [type_ for _, type_ in found[shape.parameters :]]

    def _records(self, shape: Shape, parameters: Sequence[Value]) -> Records:
        codes = [self.evaluator.compile(type_) for type_ in self._fields(shape)]
        start = tuple(parameters)
        try:
            if (shape.name, start) in self._kinds:
                return self._kinds[shape.name, start]
        except TypeError:
            pass  # parameters that can't be compared
        fields = tuple((lambda made, code=code: code((*start, *made))) for code in codes)
        made = Records(shape.name, shape.constructors[0][0], fields, self._unmetered)
        with contextlib.suppress(TypeError):
            self._kinds[shape.name, start] = made
        return made

    @contextlib.contextmanager
    def _unmetered(self) -> Iterator[None]:
        """Listing the elements of a type once is not charged to the term that happens to ask."""
        before, self.evaluator.fuel = self.evaluator.fuel, 2_000_000
        yield
        self.evaluator.fuel = before

    def _holds(self, shape: Shape, parameters: Sequence[Value]) -> bool:
        env = tuple(parameters)
        return self._some(self._fields(shape), env)

    def _some(self, types: list[Expr], env: Env) -> bool:
        """Whether the types, each over the ones before, all have an element."""
        if not types:
            return True
        kind = self.evaluator.compile(types[0])(env)
        if isinstance(kind, bool):
            return kind and self._some(types[1:], (*env, None))
        if not isinstance(kind, Type):
            raise Unsupported("a field without a type")
        for x in kind.checked():
            self.evaluator.burn()
            if self._some(types[1:], (*env, x)):
                return True
        return False

    def _member(self, shape: Shape, arguments: Sequence[Value]) -> bool:
        parameters = self._tabulated(shape, arguments[: shape.parameters])
        indices = tuple(arguments[shape.parameters :])
        # the same predicate of other parameters, met on the way, is another set
        key: Key = (shape.name, tuple(parameters))
        try:
            hash(key)
        except TypeError:
            key = (shape.name, tuple(map(id, parameters)))
        if key in self._growing:
            return indices in self._growing[key]
        if key not in self._grown:
            self._grown[key] = (parameters, self._grow(shape, parameters, key))
        return indices in self._grown[key][1]

    def _tabulated(self, shape: Shape, parameters: Sequence[Value]) -> list[Value]:
        """Parameters as values that can be compared, as far as their types are finite."""
        found, _ = telescope(shape.constructors[0][1])
        made: list[Value] = []
        for (_, type_), value in zip(found, parameters, strict=False):
            if callable(value) and not isinstance(value, FunctionTable):
                value = tabulated(self.evaluator.compile(type_)(tuple(made)), value)
            made.append(value)
        return made

    def _grow(self, shape: Shape, parameters: Sequence[Value], key: Key) -> set[tuple[Value, ...]]:
        """The least set of indices closed under the constructors."""
        members: set[tuple[Value, ...]] = set()
        self._growing[key] = members
        try:
            while True:
                found = {
                    index
                    for _, type_ in shape.constructors
                    for index in self._conclusions(shape, type_, tuple(parameters))
                }
                if found <= members:
                    return members
                members |= found
        finally:
            del self._growing[key]

    def _conclusions(self, shape: Shape, type_: Expr, env: Env) -> list[tuple[Value, ...]]:
        """The indices that one constructor gives, with everything that it may be applied to."""
        premises, conclusion = telescope(type_)
        types = [premise for _, premise in premises[shape.parameters :]]
        indices = [self.evaluator.compile(i) for i in arguments(conclusion)[shape.parameters :]]
        reached: list[tuple[Value, ...]] = []

        def extend(place: int, env: Env) -> None:
            if place == len(types):
                reached.append(tuple(index(env) for index in indices))
                return
            kind = self.evaluator.compile(types[place])(env)
            if kind is True:
                extend(place + 1, (*env, None))
            elif isinstance(kind, Type):
                for x in kind.checked():
                    self.evaluator.burn()
                    extend(place + 1, (*env, x))
            elif kind is not False:
                raise Unsupported(shape.name)

        extend(0, env)
        return reached
