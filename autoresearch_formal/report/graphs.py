"""Drawings of proofs and of what uses what, laid out in layers by networkx, as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
from markupsafe import Markup

from autoresearch_formal.report.page import escape
from autoresearch_formal.search.runs.record import TargetRecord

BOX_W, BOX_H, GAP_X, GAP_Y = 250, 46, 26, 38
MAX_NODES = 80
"""A drawing with more boxes than this helps nobody; the first ones are drawn, and it says so."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node: two lines of text, a tooltip, and its kind for the style sheet."""

    first: str
    second: str
    tip: str
    kind: str


def cut(words: str, most: int = 36) -> str:
    """A line that fits into a box."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"


def proof_graph(target: TargetRecord) -> nx.DiGraph:
    """Goals of the minimal proof as boxes, with an arc to each sub-goal."""
    graph, path = target.graph, target.path
    drawn: nx.DiGraph = nx.DiGraph()
    for goal in path.goals:
        if goal not in path.edges:
            continue  # a lemma was introduced here that the proof does not use
        added = graph.goals[goal].added
        edge = graph.edges[path.edges[goal]].added
        lemma = graph.lemmas.get(goal)
        kind = "lemma" if lemma else "target" if added.statement else "goal"
        head = f"{lemma.name}: " if lemma else ""
        first = head + added.text.rpartition("⊢")[2].strip()
        second = {"lemma": f"with the lemma {edge.text}", "definition": f"with {edge.text}"}.get(
            edge.kind, edge.text
        )
        tip = f"{added.text}\n\n{edge.text}"
        drawn.add_node(goal, box=Box(cut(first), cut(second, 34), tip, kind))
    for goal in list(drawn):
        for child in graph.edges[path.edges[goal]].added.children:
            while child not in path.edges:  # the same target in a theory whose lemma is not used
                best = graph.goals[child].best
                if best is None:
                    break
                child = graph.edges[best].added.children[-1]
            if child in drawn:
                drawn.add_edge(goal, child)
    return drawn


def uses_graph(target: TargetRecord) -> nx.DiGraph:
    """The target and its inventions, with an arc from each to what it uses."""
    graph, path = target.graph, target.path
    drawn: nx.DiGraph = nx.DiGraph()
    introductions = graph.introductions()
    drawn.add_node("", box=Box(target.label, "the target", target.label, "target"))
    for name in path.inventions:
        added = introductions[name].added
        said = added.text.partition(":=")[0].partition(" : ")[2] or added.text
        drawn.add_node(name, box=Box(cut(name), cut(said, 34), added.text, added.kind))
    owner = owners(target)
    for goal, number in path.edges.items():
        for name in graph.edges[number].added.uses:
            if name in drawn and owner.get(goal, "") != name:
                drawn.add_edge(owner.get(goal, ""), name)
    for name in path.inventions:
        words = set(introductions[name].added.text.replace("(", " ").replace(")", " ").split())
        for other in path.inventions:
            if other != name and other in words:
                drawn.add_edge(name, other)
    return drawn


def owners(target: TargetRecord) -> dict[int, str]:
    """For each goal on the path the lemma whose proof it belongs to, "" for the target's."""
    graph, path = target.graph, target.path
    found: dict[int, str] = {}
    todo = [(0, "")]
    while todo:
        goal, owner = todo.pop()
        if goal in found:
            continue
        if goal in graph.lemmas:
            owner = graph.lemmas[goal].name
        found[goal] = owner
        number = path.edges.get(goal, graph.goals[goal].best)
        if number is not None:
            todo += [(child, owner) for child in graph.edges[number].added.children]
    return found


def draw(drawn: nx.DiGraph, label: str) -> Markup:
    """Boxes in layers from the top down, arcs as curves; "" for fewer than two boxes."""
    total = drawn.number_of_nodes()
    if total < 2:
        return Markup("")
    order = list(nx.dfs_preorder_nodes(drawn, next(iter(drawn))))[:MAX_NODES]
    shown = drawn.subgraph(order)
    layers: dict[object, int] = {}
    acyclic = nx.is_directed_acyclic_graph(shown)
    for node in nx.topological_sort(shown) if acyclic else order:
        above = [layers[p] for p in shown.predecessors(node) if p in layers]
        layers[node] = max(above, default=-1) + 1
    layered: nx.DiGraph = nx.DiGraph()
    for node in order:
        layered.add_node(node, layer=layers[node])
    places = nx.multipartite_layout(layered, subset_key="layer", align="horizontal", scale=1)
    rows: dict[int, list[object]] = {}
    for node in order:
        rows.setdefault(layers[node], []).append(node)
    widest = max(len(row) for row in rows.values())
    width = widest * (BOX_W + GAP_X) + GAP_X
    at: dict[object, tuple[float, float]] = {}
    for layer, row in rows.items():
        row.sort(key=lambda n: (float(places[n][0]), order.index(n)))
        start = (width - len(row) * (BOX_W + GAP_X) + GAP_X) / 2
        for k, node in enumerate(row):
            at[node] = (start + k * (BOX_W + GAP_X), 8 + layer * (BOX_H + GAP_Y))
    height = 16 + (max(rows) + 1) * (BOX_H + GAP_Y) - GAP_Y
    parts = [_arc(at[a], at[b]) for a, b in shown.edges]
    parts += [_box(drawn.nodes[node]["box"], *at[node]) for node in order]
    picture = (
        f'<svg class="graph" role="img" aria-label="{escape(label)}" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}">{"".join(parts)}</svg>'
    )
    note = f"the first {MAX_NODES} of {total} goals" if total > len(order) else ""
    return Markup(f'<div class="scroll">{picture}</div><p class="none">{note}</p>')


def _arc(a: tuple[float, float], b: tuple[float, float]) -> str:
    x1, y1 = a[0] + BOX_W / 2, a[1] + BOX_H
    x2, y2 = b[0] + BOX_W / 2, b[1] - 5
    middle = (y1 + y2) / 2
    head = f"M{x2 - 4:.1f},{y2 - 2:.1f} L{x2:.1f},{y2 + 4:.1f} L{x2 + 4:.1f},{y2 - 2:.1f} Z"
    curve = f"M{x1:.1f},{y1:.1f} C{x1:.1f},{middle:.1f} {x2:.1f},{middle:.1f} {x2:.1f},{y2:.1f}"
    if abs(x1 - x2) < BOX_W / 2 and y2 - y1 > 2 * GAP_Y:
        # past the boxes between, not through them
        side, y1, y2 = BOX_W / 2 + GAP_X * 0.8, a[1] + BOX_H / 2, b[1] + BOX_H / 2
        x1, x2 = x1 + BOX_W / 2, x2 + BOX_W / 2
        out = max(x1, x2) + side - BOX_W / 2
        curve = f"M{x1:.1f},{y1:.1f} C{out:.1f},{y1:.1f} {out:.1f},{y2:.1f} {x2 + 6:.1f},{y2:.1f}"
        head = f"M{x2 + 8:.1f},{y2 - 4:.1f} L{x2:.1f},{y2:.1f} L{x2 + 8:.1f},{y2 + 4:.1f} Z"
    return f'<path d="{curve}" class="arc"/><path d="{head}" class="head"/>'


def _box(box: Box, x: float, y: float) -> str:
    return (
        f'<g class="box {box.kind}"><title>{escape(box.tip)}</title>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{BOX_W}" height="{BOX_H}" rx="6"/>'
        f'<text x="{x + 10:.1f}" y="{y + 19:.1f}" class="what">{escape(box.first)}</text>'
        f'<text x="{x + 10:.1f}" y="{y + 36:.1f}" class="how">{escape(box.second)}</text></g>'
    )
