"""Finite mathematics for the evaluator: types with their elements, and equality.

Carriers and `Fin n` are the numbers below their size; propositions and Booleans are `bool`; lists
are tuples; functions are Python functions of one argument; whatever else is built by a constructor
is `Made`. Unbounded types are cut off (`NATURALS`, `INTEGERS`, list lengths): what is found with
them is evidence, which is all that a filter has to be.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Value = Any
"""See above. An array holds a value for each of many models, where these are tried at once."""

Env = tuple[Value, ...]
"""Values of the bound variables, innermost last. In front of them, for terms with variables of a
context, a dictionary of these."""

Code = Callable[[Env], Value]
"""A term, compiled."""

Key = tuple[str, tuple[Value, ...]]

Understood = Callable[[Sequence[Value]], Value]
"""A constant as a function of its arguments."""


class Unsupported(Exception):
    """A term that can't be evaluated here; says nothing about its truth."""


class Exhausted(Unsupported):
    """Evaluating took more steps than allowed."""


class TooLarge(Unsupported):
    """A number too large to be of use; a quantifier over numbers stops before it."""


NATURALS = 14
"""Naturals are tried up to this; larger than the order of any element of a sampled model."""

INTEGERS = 7
"""Integers are tried up to this, on both sides of zero."""

LARGE = 200
"""Powers of numbers beyond this are not computed."""

ENOUGH_VALUES = 3
"""A quantifier over naturals may stop at `LARGE` numbers once it has tried this many values."""

MAX_ELEMENTS = 700
"""A type with more elements is not enumerated."""


class Type:
    """A type as a value."""

    def size(self) -> int:
        """How many elements `elements` gives; more than `MAX_ELEMENTS` if too many."""
        raise NotImplementedError

    def elements(self) -> Iterator[Value]:
        """All elements, in a fixed order."""
        raise NotImplementedError

    def checked(self) -> Iterator[Value]:
        """All elements. Raises `Unsupported` if they are too many."""
        if self.size() > MAX_ELEMENTS:
            raise Unsupported("a type with too many elements")
        return self.elements()

    def equal(self, x: Value, y: Value) -> Value:
        """Whether two elements are the same."""
        same = x == y
        return same if isinstance(same, np.ndarray) else bool(same)


@dataclass(frozen=True)
class Finite(Type):
    """The numbers below `count`: `Fin n`, or a carrier; different carriers have different tags."""

    count: int
    tag: int = 0

    def size(self) -> int:
        """The count."""
        return self.count

    def elements(self) -> Iterator[Value]:
        """The numbers."""
        return iter(range(self.count))


@dataclass(frozen=True)
class Naturals(Type):
    """The natural numbers, cut off."""

    def size(self) -> int:
        """How many are tried."""
        return NATURALS

    def elements(self) -> Iterator[Value]:
        """The first ones."""
        return iter(range(NATURALS))


@dataclass(frozen=True)
class Integers(Type):
    """The integers, cut off."""

    def size(self) -> int:
        """How many are tried."""
        return 2 * INTEGERS + 1

    def elements(self) -> Iterator[Value]:
        """The small ones, smallest first."""
        return iter(sorted(range(-INTEGERS, INTEGERS + 1), key=abs))


@dataclass(frozen=True)
class Truth(Type):
    """`Prop` (classically two-valued) and `Bool`."""

    def size(self) -> int:
        """Two."""
        return 2

    def elements(self) -> Iterator[Value]:
        """False and true."""
        return iter((False, True))


@dataclass(frozen=True)
class Universe(Type):
    """`Type u`: never enumerated."""

    def size(self) -> int:
        """Too many."""
        return MAX_ELEMENTS + 1


@dataclass(frozen=True)
class Lists(Type):
    """Lists, up to a length that keeps them countable."""

    of: Type

    def _length(self) -> int:
        n, total, length = self.of.size(), 1, 0
        while length < 4 and total + n ** (length + 1) <= MAX_ELEMENTS:
            length += 1
            total += n**length
        return length

    def size(self) -> int:
        """Number of lists tried; too many if they could not list every element once."""
        n, length = self.of.size(), self._length()
        if length < n:
            return MAX_ELEMENTS + 1
        return int(sum(n**k for k in range(length + 1)))

    def elements(self) -> Iterator[Value]:
        """Short ones first."""
        letters = list(self.of.checked())
        for length in range(self._length() + 1):
            yield from itertools.product(letters, repeat=length)

    def equal(self, x: Value, y: Value) -> bool:
        """Equal letter by letter."""
        return len(x) == len(y) and all(map(self.of.equal, x, y))


class FunctionTable:
    """A function given by its values on the elements of its domain, in order."""

    __slots__ = ("_hash", "index", "row")

    def __init__(self, row: tuple[Value, ...], index: dict[Value, int] | None = None) -> None:
        self.row = row
        self.index = index
        self._hash: int | None = None

    def __call__(self, x: Value) -> Value:
        """The value at a point."""
        if self.index is None:
            return self.row[x]
        if callable(x) and not isinstance(x, FunctionTable):
            x = _as_key(x, next(iter(self.index)))
        return self.row[self.index[x]]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, FunctionTable) and self.row == other.row)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(self.row)
        return self._hash


def _as_key(function: Value, like: Value) -> Value:
    """A function as a table over the same points as another one."""
    if not isinstance(like, FunctionTable):
        return function
    points = range(len(like.row)) if like.index is None else list(like.index)
    row = (_as_key(function(p), r) for p, r in zip(points, like.row, strict=True))
    return FunctionTable(tuple(row), like.index)


@dataclass(frozen=True)
class Functions(Type):
    """Functions, which are equal when they agree everywhere."""

    domain: Type
    range: Type

    def size(self) -> int:
        """Range to the power of the domain."""
        n, m = self.domain.size(), self.range.size()
        if n > 12 or isinstance(self.domain, Naturals | Integers | Lists):
            return MAX_ELEMENTS + 1
        return int(m**n)

    def elements(self) -> Iterator[Value]:
        """All tables."""
        points = list(self.domain.checked())
        values = list(self.range.checked())
        index = None if isinstance(self.domain, Finite) else _index(points)
        for row in itertools.product(values, repeat=len(points)):
            yield FunctionTable(row, index)

    def equal(self, x: Value, y: Value) -> bool:
        """Equal at every point."""
        return all(self.range.equal(x(p), y(p)) for p in self.domain.checked())


def tabulated(kind: Value, value: Value) -> Value:
    """A function as a table, where its type allows: so that equal functions are equal values."""
    if not isinstance(kind, Functions) or isinstance(value, FunctionTable):
        return value
    if kind.domain.size() > 24 or isinstance(kind.domain, Naturals | Integers | Lists):
        return value
    points = list(kind.domain.checked())
    index = None if isinstance(kind.domain, Finite) else _index(points)
    return FunctionTable(tuple(tabulated(kind.range, value(p)) for p in points), index)


def _index(points: list[Value]) -> dict[Value, int]:
    try:
        return {p: i for i, p in enumerate(points)}
    except TypeError:
        raise Unsupported("functions of functions") from None


@dataclass(frozen=True)
class Made:
    """A value that a constructor made; proofs among its arguments are None."""

    constructor: str
    arguments: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class Records(Type):
    """A structure type with data: the tuples of its fields for which its laws hold.

    `fields` gives the type of the next field from the fields before it, or a truth value for a law.
    """

    name: str
    constructor: str
    fields: tuple[Callable[[tuple[Value, ...]], Value], ...]
    listing: Callable[[], AbstractContextManager[None]] = nullcontext
    """Entered while the elements are listed, which is done once."""
    listed: list[Value] = field(default_factory=list)

    def _extend(self, made: tuple[Value, ...], budget: list[int]) -> Iterator[tuple[Value, ...]]:
        if len(made) == len(self.fields):
            yield made
            return
        kind = self.fields[len(made)](made)
        if kind is True:
            yield from self._extend((*made, None), budget)
        elif isinstance(kind, Type):
            for x in kind.checked():
                budget[0] -= 1
                if budget[0] < 0:
                    raise Unsupported(f"too many candidates for {self.name}")
                yield from self._extend((*made, x), budget)
        elif kind is not False:
            raise Unsupported(self.name)

    def size(self) -> int:
        """Number of structures."""
        return len(self.checked_list())

    def elements(self) -> Iterator[Value]:
        """All structures of this kind."""
        return iter(self.checked_list())

    def checked(self) -> Iterator[Value]:
        """All structures of this kind."""
        return self.elements()

    def checked_list(self) -> list[Value]:
        """All structures of this kind. Raises `Unsupported` if too many had to be tried."""
        if not self.listed:
            with self.listing():
                self.listed[:] = [Made(self.constructor, m) for m in self._extend((), [20_000])]
        return self.listed

    def equal(self, x: Value, y: Value) -> bool:
        """Equal in every field that is data."""
        made: tuple[Value, ...] = ()
        for make, a, b in zip(self.fields, x.arguments, y.arguments, strict=True):
            kind = make(made)
            if isinstance(kind, Type) and not kind.equal(a, b):
                return False
            made = (*made, a)
        return True

    def build(self, arguments: tuple[Value, ...]) -> Made | None:
        """The structure with these fields; None if a law fails."""
        made: tuple[Value, ...] = ()
        for make, a in zip(self.fields, arguments, strict=True):
            kind = make(made)
            if kind is False:
                return None
            made = (*made, tabulated(kind, a) if isinstance(kind, Type) else None)
        return Made(self.constructor, made)


@dataclass(frozen=True, eq=False)
class Part(Type):
    """A subtype: the elements of a type that satisfy a condition."""

    of: Type
    condition: Callable[[Value], bool]

    def size(self) -> int:
        """At most the size of the whole."""
        return self.of.size()

    def elements(self) -> Iterator[Value]:
        """Those that satisfy it, as constructor values."""
        for x in self.of.checked():
            if self.condition(x):
                yield Made("Subtype.mk", (x, None))

    def equal(self, x: Value, y: Value) -> Value:
        """Equal as elements of the whole."""
        return self.of.equal(x.arguments[0], y.arguments[0])


class Poison:
    """What stands for a value that could not be computed; using it is an error."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __call__(self, _: Value) -> Value:
        """Never."""
        raise Unsupported(self.why)

    def __bool__(self) -> bool:
        raise Unsupported(self.why)


def curry(function: Understood, count: int, *given: Value) -> Value:
    """A function of so many arguments, ``given`` the first ones, as one of one after the other."""
    if len(given) == count:
        return function(given)
    return lambda x: curry(function, count, *given, x)


def truth(value: Value) -> Value:
    """A truth value as such."""
    if value is True or value is False:
        return value
    if isinstance(value, np.ndarray) and value.dtype == np.bool_:
        return value
    raise Unsupported("no truth value")


def negation(value: Value) -> Value:
    """The other truth value."""
    return ~value if isinstance(truth(value), np.ndarray) else not value


def part(value: Value, field: int) -> Value:
    """A field of a structure; of a proof, a proof."""
    if value is None:
        return None
    if isinstance(value, Made):
        return value.arguments[field]
    if isinstance(value, Poison):
        raise Unsupported(value.why)
    raise Unsupported("a field of what is no structure")
