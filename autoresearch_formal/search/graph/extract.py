"""The minimal proof of a proved goal, as a networkx DAG.

Among proofs of equal length the one with fewer ingredients wins (`step_cost`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Sized

import networkx as nx

from autoresearch_formal.search.graph.graph import Graph, GraphError


def step_cost(ingredients: Sized) -> float:
    """Cost of an edge that is a step with these ingredients."""
    return 1.0 + 0.1 * len(ingredients)


def minimal_proof(graph: Graph, root: int) -> nx.DiGraph:
    """The cheapest proof of ``root``: nodes are goal ids, arcs carry the edge number.

    A goal with arcs to k children was proved by one edge with k sub-goals; its node data has
    ``edge`` (the edge number) and ``theory``. Costs make the result acyclic even in a cyclic
    graph. Raises `GraphError` if the goal is not proved.
    """
    proof: nx.DiGraph = nx.DiGraph()
    todo = [root]
    while todo:
        number = todo.pop()
        if number in proof and "edge" in proof.nodes[number]:
            continue
        goal = graph.goals[number]
        if goal.best is None:
            raise GraphError(f"goal {number} is not proved")
        proof.add_node(number, edge=goal.best, theory=goal.added.theory)
        for position, child in enumerate(graph.edges[goal.best].added.children):
            proof.add_edge(number, child, position=position)
            todo.append(child)
    return proof


def needed_declarations(graph: Graph, proof: nx.DiGraph) -> list[str]:
    """Invented declarations that the proof really uses, in order of introduction.

    A lemma edge may be on the cheapest path although the step that was to use the lemma found
    another way; such a lemma is left out here.
    """
    introduced = graph.introductions()
    goals = {lemma.name: goal for goal, lemma in graph.lemmas.items()}
    used: set[str] = set()
    todo = sorted(_used(graph, proof, 0))
    while todo:
        name = owner(todo.pop(), introduced)
        if name not in introduced or name in used:
            continue
        used.add(name)
        # a definition or a lemma's statement may mention an earlier invention
        found = re.findall(r"[^\s()\[\]{}⟨⟩,:;@]+", introduced[name].added.text)
        words = {part for word in found for part in beginnings(word)}
        todo += [n for n in introduced if any(n == w or n.endswith(f".{w}") for w in words)]
        if name in goals and goals[name] in proof:
            todo += _used(graph, proof, goals[name])
    return [name for name in introduced if name in used]


def beginnings(name: str) -> list[str]:
    """A dotted name and what it begins with, longest first."""
    parts = name.split(".")
    return [".".join(parts[:k]) for k in range(len(parts), 0, -1)]


def owner(name: str, introduced: Container[str]) -> str:
    """The invention that a name belongs to, or the name: ``Pair.fst`` belongs to ``Pair``."""
    return next((part for part in beginnings(name) if part in introduced), name)


def _used(graph: Graph, proof: nx.DiGraph, root: int) -> set[str]:
    """What the steps from a goal on use; lemmas that they stand on are not looked into."""
    used: set[str] = set()
    seen = {root}
    todo = [root]
    while todo:
        edge = graph.edges[proof.nodes[todo.pop()]["edge"]].added
        used.update(edge.uses)
        children = edge.children[1:] if edge.kind == "lemma" else edge.children
        todo += [c for c in children if c not in seen]
        seen.update(children)
    return used
