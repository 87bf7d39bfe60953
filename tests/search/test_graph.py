"""The pure graph against a brute-force oracle on random AND/OR hypergraphs."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.search.graph.events import (
    EdgeAdded,
    EdgeTakenBack,
    Expanded,
    GoalAdded,
    GoalClosed,
    GraphEvent,
    TheoryAdded,
    decode,
    encode,
)
from autoresearch_formal.search.graph.extract import minimal_proof, needed_declarations
from autoresearch_formal.search.graph.graph import Graph, GraphError, Status


@st.composite
def histories(draw: st.DrawFn) -> list[GraphEvent]:
    """Random but sound histories: only false goals are refuted, tactics never prove them."""
    goals = draw(st.integers(1, 7))
    true = [draw(st.booleans()) for _ in range(goals)]
    events: list[GraphEvent] = [TheoryAdded(0)]
    events += [GoalAdded(i, 0, f"g{i}") for i in range(goals)]
    body: list[GraphEvent] = []
    for number in range(draw(st.integers(0, 14))):
        source = draw(st.integers(0, goals - 1))
        children = tuple(draw(st.lists(st.integers(0, goals - 1), max_size=3)))
        if not true[source] and all(true[c] for c in children):
            children += (source,)
        cost = float(draw(st.integers(0, 5)))
        body.append(EdgeAdded(number, source, "tactic", f"t{number}", children, cost=cost))
    body = draw(st.permutations(body))
    closings: list[GraphEvent] = []
    for goal in range(goals):
        reasons = ["", "complete", "budget"] + ([] if true[goal] else ["refuted"])
        reason = draw(st.sampled_from(reasons))
        if reason == "refuted":
            body.insert(draw(st.integers(0, len(body))), GoalClosed(goal, reason))
        elif reason:
            closings.append(GoalClosed(goal, reason))
    return events + body + closings


@dataclass
class Oracle:
    """Status and cost by iterating the definitions to a fixpoint over all goals and edges."""

    proved: set[int]
    failed: set[int]
    cost: dict[int, float]


def oracle(history: list[GraphEvent]) -> Oracle:
    goals = [e.id for e in history if isinstance(e, GoalAdded)]
    edges = [e for e in history if isinstance(e, EdgeAdded)]
    closed = {e.id: e.reason for e in history if isinstance(e, GoalClosed)}
    cost = dict.fromkeys(goals, float("inf"))
    for _ in range(len(goals) + len(edges) + 2):
        for e in edges:
            cost[e.source] = min(cost[e.source], e.cost + sum(cost[c] for c in e.children))
    proved = {g for g in goals if cost[g] < float("inf")}
    failed: set[int] = set()
    for _ in range(len(goals) + 1):
        for g in goals:
            out = [e for e in edges if e.source == g]
            dead = all(any(c in failed for c in e.children) for e in out)
            if g not in proved and (
                closed.get(g) == "refuted" or (closed.get(g) == "complete" and dead)
            ):
                failed.add(g)
    return Oracle(proved, failed, cost)


@given(histories())
@settings(max_examples=400, deadline=None)
def test_status_and_cost_agree_with_the_oracle(history: list[GraphEvent]) -> None:
    graph, truth = Graph(history), oracle(history)
    assert {g for g in graph.goals if graph.status(g) is Status.PROVED} == truth.proved
    assert {g for g in graph.goals if graph.status(g) is Status.FAILED} == truth.failed
    for goal, node in graph.goals.items():
        assert node.cost == truth.cost[goal]


@given(histories())
@settings(max_examples=200, deadline=None)
def test_minimal_proof_is_acyclic_and_costs_what_it_says(history: list[GraphEvent]) -> None:
    graph = Graph(history)
    for goal, node in graph.goals.items():
        if not node.proved:
            with pytest.raises(GraphError):
                minimal_proof(graph, goal)
            continue
        proof = minimal_proof(graph, goal)
        assert nx.is_directed_acyclic_graph(proof)
        tree = {}
        for number in reversed(list(nx.topological_sort(proof))):
            added = graph.edges[proof.nodes[number]["edge"]].added
            assert set(added.children) == set(proof.successors(number))
            tree[number] = added.cost + sum(tree[c] for c in added.children)
        assert tree[goal] == node.cost


@given(histories())
@settings(max_examples=200, deadline=None)
def test_knowledge_only_grows(history: list[GraphEvent]) -> None:
    graph = Graph()
    seen: dict[int, tuple[bool, bool, float]] = {}
    for event in history:
        graph.apply(event)
        for goal, node in graph.goals.items():
            proved, failed, cost = seen.get(goal, (False, False, float("inf")))
            assert node.proved >= proved
            assert node.failed >= failed
            assert node.cost <= cost
            seen[goal] = (node.proved, node.failed, node.cost)


@given(histories(), st.data())
@settings(max_examples=150, deadline=None)
def test_resuming_equals_not_stopping(history: list[GraphEvent], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(history)))
    on_disk = [encode(e) for e in history[:cut]]
    resumed = Graph(decode(line) for line in on_disk)  # type: ignore[misc]
    for event in history[cut:]:
        resumed.apply(event)
    whole = Graph(history)
    assert {g: (whole.status(g), n.cost, n.best) for g, n in whole.goals.items()} == {
        g: (resumed.status(g), n.cost, n.best) for g, n in resumed.goals.items()
    }


def test_cycles_prove_nothing() -> None:
    graph = Graph([TheoryAdded(0), GoalAdded(0, 0, "a"), GoalAdded(1, 0, "b")])
    graph.apply(EdgeAdded(0, 0, "tactic", "t", (1,)))
    graph.apply(EdgeAdded(1, 1, "tactic", "t", (0,)))
    assert graph.status(0) is graph.status(1) is Status.OPEN
    graph.apply(EdgeAdded(2, 1, "tactic", "done"))
    assert graph.status(0) is Status.PROVED


def test_one_goal_per_fingerprint_and_theory() -> None:
    graph = Graph([TheoryAdded(0), TheoryAdded(1, 0, "l", "lemma"), GoalAdded(0, 0, "a")])
    with pytest.raises(GraphError, match="goal 0"):
        graph.apply(GoalAdded(1, 0, "a"))
    graph.apply(GoalAdded(1, 1, "a"))
    assert (graph.find(0, "a"), graph.find(1, "a"), graph.find(1, "b")) == (0, 1, None)


@pytest.mark.parametrize(
    "event",
    [
        GoalAdded(9, 7, "x"),
        TheoryAdded(0),
        TheoryAdded(3, 8),
        EdgeAdded(0, 5, "tactic", "t"),
        EdgeAdded(0, 0, "tactic", "t", (5,)),
        EdgeAdded(0, 0, "tactic", "t", cost=-1.0),
        EdgeAdded(0, 0, "tactic", "t", cost=float("nan")),
        GoalClosed(4, "budget"),
        Expanded(4, 1),
    ],
)
def test_events_that_do_not_fit_change_nothing(event: GraphEvent) -> None:
    graph = Graph([TheoryAdded(0), GoalAdded(0, 0, "a")])
    with pytest.raises(GraphError):
        graph.apply(event)
    assert (len(graph.goals), len(graph.edges)) == (1, 0)
    assert not graph.goals[0].edges


def test_only_lemmas_that_are_used_are_needed() -> None:
    graph = Graph(
        [
            TheoryAdded(0),
            TheoryAdded(1, 0, "used", "lemma", "1 = 1"),
            TheoryAdded(2, 1, "idle", "lemma", "2 = 2"),
            *(GoalAdded(i, t, f"{i}") for i, t in enumerate([0, 0, 1, 1, 2])),
            EdgeAdded(0, 0, "lemma", "used", (1, 2)),
            EdgeAdded(1, 1, "tactic", "rfl"),
            EdgeAdded(2, 2, "lemma", "idle", (3, 4)),
            EdgeAdded(3, 3, "tactic", "rfl"),
            EdgeAdded(4, 4, "tactic", "exact used", uses=("used",)),
        ]
    )
    assert graph.status(0) is Status.PROVED
    assert needed_declarations(graph, minimal_proof(graph, 0)) == ["used"]


def test_the_cheapest_of_all_proofs() -> None:
    """Exhaustive: every subset choice of one edge a goal, on a graph with shared sub-goals."""
    history: list[GraphEvent] = [TheoryAdded(0)]
    history += [GoalAdded(i, 0, str(i)) for i in range(4)]
    table = [(0, (1, 2), 1), (0, (3,), 6), (1, (3,), 1), (1, (), 5), (2, (3, 3), 0), (3, (), 2)]
    history += [EdgeAdded(n, s, "tactic", "t", c, cost=w) for n, (s, c, w) in enumerate(table)]

    def price(goal: int, choice: dict[int, int]) -> float:
        _, children, weight = table[choice[goal]]
        return weight + sum(price(c, choice) for c in children)

    options = [[n for n, row in enumerate(table) if row[0] == g] for g in range(4)]
    best = min(price(0, dict(enumerate(pick))) for pick in itertools.product(*options))
    assert Graph(history).goals[0].cost == best


@given(histories(), st.data())
def test_a_step_taken_back_might_never_have_been(
    history: list[GraphEvent], data: st.DataObject
) -> None:
    edges = [e.id for e in history if isinstance(e, EdgeAdded)]
    if not edges:
        return
    gone = data.draw(st.sampled_from(edges))
    after = Graph([*history, EdgeTakenBack(gone)])
    never = Graph(e for e in history if not (isinstance(e, EdgeAdded) and e.id == gone))
    for goal in never.goals:
        assert after.status(goal) == never.status(goal)
        assert after.goals[goal].cost == never.goals[goal].cost
        assert after.goals[goal].best == never.goals[goal].best
