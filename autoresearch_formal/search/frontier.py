"""Which goal is expanded next: best first by a weighted sum whose terms the log shows."""

from __future__ import annotations

import heapq
import math
from collections import Counter

from autoresearch_formal.search.graph import Graph
from autoresearch_formal.search.settings import Weights


class Frontier:
    """Open goals by priority; rebuilt from the graph on resume."""

    def __init__(self, graph: Graph, weights: Weights) -> None:
        self.graph = graph
        self.weights = weights
        self.distance: dict[int, float] = {}
        """Cheapest minus log-probability of a path from a root, with step bonuses."""
        self.ingredients: Counter[str] = Counter()
        self._heap: list[tuple[float, int, int]] = []
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
        self.push(goal)

    def add_edge(self, number: int) -> None:
        """An edge may open a cheaper way to its children."""
        edge = self.graph.edges[number].added
        if edge.kind != "tactic":
            return
        self.ingredients.update(edge.ingredients)
        if edge.source not in self.distance or not edge.children:
            return
        w = self.weights
        open_children = sum(not self.graph.goals[c].proved for c in set(edge.children))
        rarest = max((1.0 / self.ingredients[i] for i in edge.ingredients), default=0.0)
        step = (
            -w.path * edge.logprob
            + w.siblings * max(0, open_children - 1)
            - w.rarity * rarest
            - w.reuse * any(name in self._invented() for name in edge.uses)
            - w.progress * (len(edge.children) - open_children)
        )
        through = self.distance[edge.source] + max(0.05, step)
        for child in set(edge.children):
            if through < self.distance.get(child, math.inf) - 1e-9:
                self.distance[child] = through
                self.push(child)
                for onward in self.graph.goals[child].edges:
                    self.add_edge_again(onward)

    def add_edge_again(self, number: int) -> None:
        """Pass a cheaper distance on without counting the edge's ingredients twice."""
        self.ingredients.subtract(self.graph.edges[number].added.ingredients)
        self.add_edge(number)

    def _invented(self) -> dict[str, object]:
        return dict(self.graph.introductions()) if len(self.graph.theories) > 1 else {}

    def terms(self, goal: int) -> dict[str, float]:
        """The weighted terms of a goal's priority; their sum is the priority, smaller is sooner."""
        node = self.graph.goals[goal]
        return {
            "path": self.distance.get(goal, math.inf),
            "distance": self.weights.distance * math.log2(2 + node.added.size) / 4,
            "effort": self.weights.effort * node.effort,
        }

    def push(self, goal: int) -> None:
        """Queue a goal at its present priority (older entries of it become stale)."""
        node = self.graph.goals[goal]
        if node.closed or node.proved or node.failed:
            return
        heapq.heappush(self._heap, (sum(self.terms(goal).values()), goal, node.effort))

    def pop(self) -> int | None:
        """The best goal that still matters, or None."""
        while self._heap:
            _, goal, effort = heapq.heappop(self._heap)
            node = self.graph.goals[goal]
            if node.effort != effort or node.closed or node.proved or node.failed:
                continue
            if self.relevant(goal):
                return goal
        return None

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
        found: list[int] = []
        for _, goal, effort in heapq.nsmallest(count * 3, self._heap):
            if self.graph.goals[goal].effort == effort and goal not in found:
                found.append(goal)
        return found[:count]
