"""A proved goal as the lines of a Lean tactic proof."""

from __future__ import annotations

import re
from collections.abc import Mapping

from autoresearch_formal.search.graph.graph import Graph, GraphError

_WORD = re.compile(r"[^\W\d][\w'₀-₉✝]*(?:\.[^\W\d][\w'₀-₉]*)*")


def rename(text: str, names: Mapping[str, str]) -> str:
    """Replace whole identifiers; a dotted identifier counts by its first part."""
    if not names:
        return text

    def swap(found: re.Match[str]) -> str:
        first, dot, rest = found[0].partition(".")
        return names.get(first, first) + dot + rest

    return _WORD.sub(swap, text)


def proof_lines(graph: Graph, goal: int, names: Mapping[str, str] | None = None) -> list[str]:
    """Tactic lines of the cheapest proof. Raises `GraphError` if the goal is not proved."""
    node = graph.goals[goal]
    if node.best is None:
        raise GraphError(f"goal {goal} is not proved")
    names = names or {}
    edge = graph.edges[node.best].added
    if edge.kind in ("lemma", "definition", "inherit"):
        return proof_lines(graph, edge.children[-1], names)
    lines = [rename(node.added.naming, names)] if node.added.naming else []
    lines += rename(edge.replacement or edge.text, names).split("\n")
    parts = []
    order = sorted(range(len(edge.children)), key=lambda i: edge.slots[i])
    for i in order:
        inner = dict(names)
        if edge.renames:
            inner |= {old: rename(new, names) for old, new in edge.renames[i].items()}
        parts.append(proof_lines(graph, edge.children[i], inner))
    if len(parts) == 1:
        return lines + parts[0]
    for part in parts:
        lines += ["· " + part[0], *["  " + line for line in part[1:]]]
    return lines
