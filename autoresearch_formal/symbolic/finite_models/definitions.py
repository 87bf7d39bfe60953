"""What the evaluator has to know about constants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from autoresearch_formal.symbolic.finite_models.values import Code, Unsupported
from autoresearch_formal.terms import PROP, Bound, Const, Expr, Pi, spine, telescope


@dataclass(slots=True)
class Shape:
    """An inductive type or structure: its constructors, and how many parameters it has."""

    name: str
    constructors: list[tuple[str, Expr]]
    parameters: int
    structure: bool
    fields: list[str] = field(default_factory=list)
    """Field names in order, for structures."""


class Definitions(Protocol):
    """Where constants are looked up."""

    def type(self, name: str) -> Expr:
        """The type of a constant. Raises `Unsupported` if there is none of that name."""
        ...

    def kind(self, name: str) -> str:
        """``def``, ``theorem``, ``structure``, ``inductive``, ``constructor``, …"""
        ...

    def equations(self, name: str) -> list[Expr]:
        """The equations ``f x y = …`` that define a function, as types."""
        ...

    def shape(self, name: str) -> Shape | None:
        """How an inductive type is made; None if it is none or has no shape known here."""
        ...


class Compiler(Protocol):
    """What runs terms: an `Evaluator`."""

    constants: Definitions
    fuel: int

    def compile(self, expr: Expr) -> Code:
        """The code of a term."""
        ...

    def burn(self) -> None:
        """Use one unit of fuel."""
        ...


class NoDefinitions:
    """Knows no constant: for terms about variables and core logic alone."""

    def type(self, name: str) -> Expr:
        """Raises `Unsupported`."""
        raise Unsupported(name)

    def kind(self, name: str) -> str:
        """Raises `Unsupported`."""
        raise Unsupported(name)

    def equations(self, name: str) -> list[Expr]:
        """Raises `Unsupported`."""
        raise Unsupported(name)

    def shape(self, name: str) -> Shape | None:
        """Raises `Unsupported`."""
        raise Unsupported(name)


def is_proposition(
    constants: Definitions, type_: Expr, context: Sequence[tuple[str, Expr]]
) -> bool:
    """Whether a type is a proposition, so that what has it is a proof and no data.

    `context` are the binders around it, outermost first. Decided by the form alone: what a
    constant or variable at the head gives in the end.
    """
    binders, conclusion = telescope(type_)
    around = [*context, *binders]
    function, args = spine(conclusion)
    if isinstance(function, Const):
        result = constants.type(function.name)
    elif isinstance(function, Bound) and function.index < len(around):
        result = around[-1 - function.index][1]
    else:
        return False
    for _ in args:
        if not isinstance(result, Pi):
            return False
        result = result.body
    return result == PROP
