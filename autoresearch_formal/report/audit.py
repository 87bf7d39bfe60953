"""What inventions are good for, judged by behaviour: who uses them, and what removing them costs.

Removal is measured in the graph that the search left: every step whose proof term uses the
invention is taken out, and the cheapest proof is computed again from what else was found. "No
other proof" therefore means that this search found none, not that there is none; whether a search
without inventions does as well is the business of `autoresearch bench suite --ablate invention`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.data.trajectories import statement_of
from autoresearch_formal.search.graph.events import ASIDE, EdgeAdded
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.runs.record import TargetRecord


@dataclass(frozen=True, slots=True)
class InventionAudit:
    """One invented lemma or definition.

    uses: steps of the written proof that use it. later: other targets whose proofs have the same
    statement. tried: steps anywhere in the graph that use it. removed: None if no other proof was
    found without it, else how much dearer the cheapest one is (0 means that it was not needed).
    """

    target: str
    name: str
    kind: str
    statement: str
    note: str
    verified: bool
    kept: bool
    uses: int
    tried: int
    later: tuple[str, ...]
    removed: float | None


def audit(targets: Sequence[TargetRecord]) -> list[InventionAudit]:
    """All inventions of all targets, those that proofs need first."""
    where: dict[str, set[str]] = {}
    for target in targets:
        introductions = target.graph.introductions()
        for name in target.path.inventions:
            said = statement_of(introductions[name].added)
            where.setdefault(said, set()).add(target.label)
    found = []
    for target in targets:
        graph, path = target.graph, target.path
        notes = {lemma.name: lemma.note for lemma in graph.lemmas.values()}
        steps = [graph.edges[n].added for n in path.edges.values()]
        for name, theory in graph.introductions().items():
            added = theory.added
            said = statement_of(added)
            kept = name in path.inventions
            found.append(
                InventionAudit(
                    target=target.label,
                    name=name,
                    kind=added.kind,
                    statement=said,
                    note=notes.get(name, ""),
                    verified=target.verified and kept,
                    kept=kept,
                    uses=sum(name in s.uses for s in steps),
                    tried=sum(name in e.added.uses for e in graph.edges.values()),
                    later=tuple(sorted(where.get(said, set()) - {target.label})),
                    removed=removal_cost(target, name) if target.proved else None,
                )
            )
    return sorted(found, key=lambda a: (not a.kept, -a.uses, -len(a.later), a.target, a.name))


def removal_cost(target: TargetRecord, name: str) -> float | None:
    """How much dearer the cheapest proof is without an invention; None if none is left."""
    before = target.graph.goals[0].cost
    without = Graph()
    for event in target.events:
        if isinstance(event, ASIDE):
            continue
        if isinstance(event, EdgeAdded) and name in event.uses:
            continue
        without.apply(event)
    root = without.goals[0]
    return max(0.0, root.cost - before) if root.proved else None
