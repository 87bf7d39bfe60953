"""Goals of the gym as terms.

The gym sends a goal as a table of nodes that point at each other by number (see ``docs/gym.md``).
Equal sub-terms of one goal become the same object, so that comparing them is cheap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autoresearch_formal.terms.nodes import (
    App,
    Bound,
    Const,
    Expr,
    Lambda,
    Let,
    Local,
    Meta,
    NatLiteral,
    Pi,
    Projection,
    Sort,
    StringLiteral,
)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A line of the context."""

    name: str
    type: Expr
    is_prop: bool


@dataclass(slots=True)
class GoalTree:
    """A goal: its context and what is to be shown."""

    hyps: list[Hypothesis]
    target: Expr
    types: dict[str, Expr] = field(default_factory=dict)
    """Type of each hypothesis by name (the last one, if a name is shadowed)."""

    def __post_init__(self) -> None:
        self.types = {h.name: h.type for h in self.hyps}


class BadTree(ValueError):
    """A tree that does not follow the protocol."""


def build_nodes(nodes: Sequence[Sequence[Any]], hyp_names: Sequence[str]) -> list[Expr]:
    """All nodes of a table as expressions; a node may only point at earlier ones."""
    built: list[Expr] = []
    for number, node in enumerate(nodes):
        try:
            built.append(_node(node, built, hyp_names))
        except (IndexError, TypeError, ValueError) as fault:
            raise BadTree(f"node {number}: {node!r}") from fault
    return built


def _node(node: Sequence[Any], built: Sequence[Expr], hyp_names: Sequence[str]) -> Expr:
    match node[0]:
        case "c":
            return Const(str(node[1]))
        case "f":
            return Local(hyp_names[node[1]])
        case "b":
            return Bound(int(node[1]))
        case "a":
            args = tuple([built[a] for a in node[2]])
            return App(built[node[1]], args, tuple([bool(x) for x in node[3]]))
        case "l":
            return Lambda(str(node[1]), built[node[2]], built[node[3]])
        case "p":
            return Pi(str(node[1]), built[node[2]], built[node[3]])
        case "e":
            return Let(built[node[1]], built[node[2]], built[node[3]])
        case "j":
            return Projection(str(node[1]), int(node[2]), built[node[3]])
        case "n":
            return NatLiteral(int(node[1]))
        case "s":
            return StringLiteral(str(node[1]))
        case "S":
            return Sort(str(node[1]))
        case "m":
            return Meta(int(node[1]))
    raise ValueError(node[0])


def parse_goal(tree: Mapping[str, Any], is_prop: Mapping[str, bool]) -> GoalTree:
    """A goal from the gym's ``tree``. Raises `BadTree`."""
    names = [name for name, _ in tree["hyps"]]
    nodes = build_nodes(tree["nodes"], names)
    hyps = [Hypothesis(n, nodes[i], is_prop.get(n, False)) for n, i in tree["hyps"]]
    return GoalTree(hyps, nodes[tree["target"]])
