"""A proved goal as the lines of a Lean tactic proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autoresearch_formal.search.graph.exchange import composed, permutation, rename
from autoresearch_formal.search.graph.graph import Graph, GraphError


def proof_lines(
    graph: Graph, goal: int, names: Mapping[str, str] | None = None, naming: str | None = None
) -> list[str]:
    """Tactic lines of the cheapest proof. Raises `GraphError` if the goal is not proved.

    ``names`` is the permutation from the goal's own names to those at the place where the script
    will stand, ``naming`` what it has to say first there, if that is not what the goal itself says.
    """
    node = graph.goals[goal]
    if node.best is None:
        raise GraphError(f"goal {goal} is not proved")
    names = names or {}
    if naming is None:
        naming = rename(node.added.naming, names)
    edge = graph.edges[node.best].added
    if edge.kind in ("lemma", "definition"):
        return proof_lines(graph, edge.children[-1], names, naming)
    lines = [naming] if naming else []
    lines += rename(edge.replacement or edge.text, names).split("\n")
    parts = []
    for i in sorted(range(len(edge.children)), key=lambda i: edge.slots[i]):
        reached = permutation(edge.renames[i]) if edge.renames else {}
        said = None if edge.namings is None else rename(edge.namings[i], names)
        parts.append(proof_lines(graph, edge.children[i], composed(reached, names), said))
    return lines + bulleted(parts)


def bulleted(parts: Sequence[Sequence[str]]) -> list[str]:
    """The proofs of the goals that a step leaves, one below the other."""
    if len(parts) == 1:
        return list(parts[0])
    return [
        line for part in parts for line in ("· " + part[0], *["  " + line for line in part[1:]])
    ]
