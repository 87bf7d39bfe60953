"""Which goal is expanded next: best first by a weighted sum whose terms the log shows.

The order is a function of the graph alone (edges in order of their numbers), so that a resumed
search goes on exactly as the uninterrupted one would have.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Container

from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.settings import Weights


class Frontier:
    """Open goals by priority."""

    def __init__(self, graph: Graph, weights: Weights) -> None:
        self.graph = graph
        self.weights = weights
        self.distance: dict[int, float] = {}
        """Cost of the cheapest path from a root: log-probabilities, siblings, rarity, reuse."""
        self.ingredients: Counter[str] = Counter()
        self._steps: dict[int, float] = {}
        for number, goal in graph.goals.items():
            if goal.added.statement:
                self.add_root(number)
        for number in sorted(graph.edges):
            self.add_edge(number)

    def add_root(self, goal: int) -> None:
        """A goal that starts a proof: the target, or a lemma with its own prior."""
        lemma = self.graph.lemmas.get(goal)
        start = 0.0 if lemma is None else self.weights.path * (1.0 - lemma.logprob)
        self.distance[goal] = min(start, self.distance.get(goal, math.inf))
        self._relax(goal)

    def add_edge(self, number: int) -> None:
        """Price an edge and see whether it opens a cheaper way to its children."""
        edge = self.graph.edges[number].added
        if edge.kind != "tactic":
            return
        self.ingredients.update(edge.ingredients)
        w = self.weights
        rarest = max((1.0 / self.ingredients[i] for i in edge.ingredients), default=0.0)
        invented = self.graph.introductions() if len(self.graph.theories) > 1 else {}
        step = (
            -w.path * edge.logprob
            + w.siblings * max(0, len(set(edge.children)) - 1)
            - w.rarity * rarest
            - w.reuse * any(name in invented for name in edge.uses)
        )
        self._steps[number] = max(0.05, step)
        self._relax(edge.source)

    def _relax(self, goal: int) -> None:
        """Pass a distance on to everything it makes cheaper."""
        heap = [(self.distance.get(goal, math.inf), goal)]
        while heap:
            distance, current = heapq.heappop(heap)
            if distance > self.distance.get(current, math.inf) or distance == math.inf:
                continue
            for number in self.graph.goals[current].edges:
                if number not in self._steps:
                    continue
                through = distance + self._steps[number]
                for child in self.graph.edges[number].added.children:
                    if through < self.distance.get(child, math.inf):
                        self.distance[child] = through
                        heapq.heappush(heap, (through, child))

    def terms(self, goal: int) -> dict[str, float]:
        """The weighted terms of a goal's priority; their sum is the priority, smaller is sooner."""
        node = self.graph.goals[goal]
        closed = 0
        for parent in node.parents:
            children = set(self.graph.edges[parent].added.children)
            closed = max(closed, sum(self.graph.goals[c].proved for c in children))
        return {
            "path": self.distance.get(goal, math.inf),
            "distance": self.weights.distance * math.log2(2 + node.added.size) / 4,
            "expansions": self.weights.expansions * node.expansions,
            "progress": -self.weights.progress * closed,
        }

    def ranking(self) -> list[tuple[float, int]]:
        """Open goals with their priorities, best first."""
        return sorted(
            (sum(self.terms(number).values()), number)
            for number, node in self.graph.goals.items()
            if not (node.closed or node.proved or node.failed) and number in self.distance
        )

    def pop(self, asked: Container[int] = ()) -> int | None:
        """The best goal that still matters and is not being asked about, or None."""
        ranked = (goal for _, goal in self.ranking() if goal not in asked)
        return next((goal for goal in ranked if self.relevant(goal)), None)

    def relevant(self, goal: int) -> bool:
        """Whether proving it could still help a lemma or the target in the newest theory.

        A newer theory has all that an older one has, so the target is pursued in the newest only.
        """
        newest = max(self.graph.theories)
        seen = {goal}
        todo = [goal]
        while todo:
            current = todo.pop()
            node = self.graph.goals[current]
            if node.added.statement and not node.proved:
                if current in self.graph.lemmas or node.added.theory == newest:
                    return True
                continue
            for parent in node.parents:
                edge = self.graph.edges[parent]
                source = edge.added.source
                if not edge.dead and source not in seen and not self.graph.goals[source].proved:
                    seen.add(source)
                    todo.append(source)
        return False

    def best(self, count: int = 3) -> list[int]:
        """A few of the best open goals, for the display."""
        return [goal for _, goal in self.ranking()[:count]]
