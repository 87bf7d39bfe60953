"""The story of a proof: the steps that ended up in it, in the order in which they were found."""

from __future__ import annotations

from dataclasses import dataclass

from autoresearch_formal.data.trajectories import statement_of
from autoresearch_formal.search.graph.events import GoalAdded, LemmaAdded, TheoryAdded, Tried
from autoresearch_formal.search.runs.record import TargetRecord


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on the way.

    when: number of tries until then. spent: Lean heartbeats until then. missed: tries since the
    moment before that are not part of the proof. kind: open, step, lemma, added or done.
    """

    when: int
    spent: int
    missed: int
    kind: str
    what: str
    code: str = ""
    goal: str = ""


def story(target: TargetRecord) -> list[Moment]:
    """The moments of a proved target, [] for one that was not proved."""
    graph, path = target.graph, target.path
    if not path.goals:
        return []
    chosen = set(path.edges.values())
    needed = set(path.inventions)
    found: list[Moment] = []
    tries = spent = last = 0
    for event in target.events:
        if isinstance(event, GoalAdded) and event.id == 0:
            found.append(Moment(0, 0, 0, "open", "The search starts from the statement."))
        elif isinstance(event, Tried):
            tries += 1
            spent += event.heartbeats
            if event.edge in chosen:
                edge = graph.edges[event.edge].added
                left = len(edge.children)
                what = "closes the goal" if left == 0 else f"leaves {left} goal{'s'[: left > 1]}"
                goal = graph.goals[event.goal].added.text.rpartition("⊢")[2].strip()
                found.append(Moment(tries, spent, tries - last - 1, "step", what, event.text, goal))
                last = tries
        elif isinstance(event, LemmaAdded) and event.name in needed:
            why = f", {event.note}" if event.note else ""
            what = f"A lemma is proposed{why}"
            found.append(Moment(tries, spent, tries - last, "lemma", what, event.statement))
            last = tries
        elif isinstance(event, TheoryAdded) and event.name in needed:
            verb = "is proved and may be used" if event.kind == "lemma" else "is defined"
            what = f"{event.name} {verb} from here on"
            code = "" if event.kind == "lemma" else statement_of(event)
            found.append(Moment(tries, spent, tries - last, "added", what, code))
            last = tries
    judged = "and the judge agrees" if target.verified else "and the judge has not confirmed it"
    steps = sum(graph.edges[n].added.kind == "tactic" for n in chosen)
    done = f"Proved with {steps} step{'s'[: steps != 1]} out of {tries} tries, {judged}."
    found.append(Moment(tries, spent, tries - last, "done", done))
    return found
