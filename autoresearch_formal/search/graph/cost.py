"""Cheapest proofs over an AND/OR graph.

The cost of a proof is the sum of the costs of its edges, counted as in a tree: a sub-proof that
is needed twice counts twice. For such *superior* cost functions Knuth's generalisation of
Dijkstra's algorithm is exact, cycles included (D. E. Knuth, "A generalization of Dijkstra's
algorithm", Information Processing Letters 6 (1977), 1-5). Costs here only ever fall, because
edges are only ever added, so new edges are relaxed with a heap, cheapest first, and only what
gets cheaper is touched.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import Protocol

from autoresearch_formal.search.graph.events import EdgeAdded

INFINITY = float("inf")


class CostGoal(Protocol):
    """What `relax` needs of a goal."""

    cost: float
    best: int | None
    parents: list[int]


class CostEdge(Protocol):
    """What `relax` needs of an edge."""

    missing: int

    @property
    def added(self) -> EdgeAdded:
        """The event that made the edge."""


def edge_cost(goals: Mapping[int, CostGoal], added: EdgeAdded) -> float:
    """Cost of proving ``added.source`` through this edge; infinite while a child is unproved."""
    return added.cost + sum(goals[child].cost for child in added.children)


def relax(
    goals: Mapping[int, CostGoal], edges: Mapping[int, CostEdge], complete: Iterable[int]
) -> None:
    """Lower `cost` and `best` of goals, given the edges that have just become complete.

    Ties keep the edge that came first, so that the outcome does not depend on heap order.
    """
    heap = [(edge_cost(goals, edges[e].added), e) for e in complete]
    heapq.heapify(heap)
    while heap:
        cost, number = heapq.heappop(heap)
        added = edges[number].added
        current = edge_cost(goals, added)
        if current < cost:  # a child got cheaper meanwhile; that push is in the heap
            continue
        source = goals[added.source]
        if not cost < source.cost:
            continue
        source.cost, source.best = cost, number
        for parent in source.parents:
            if edges[parent].missing == 0:
                through = edge_cost(goals, edges[parent].added)
                if through < goals[edges[parent].added.source].cost:
                    heapq.heappush(heap, (through, parent))
