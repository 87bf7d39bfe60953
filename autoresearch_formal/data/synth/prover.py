"""Prove a statement with the symbolic policy in small, and turn the proof into rows.

Every row is a step of a proof that the kernel accepted: steps are replayed into one unsplit state
and that is added to the theory. A goal that was closed on the way is a theorem itself; if the
statement as a whole is not proved, it is stated, replayed and checked on its own (hindsight
relabelling: M. Andrychowicz et al., NeurIPS 2017, sect. 3; for proofs E. Aygün et al., ICML 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import (
    Action,
    GoalView,
    HypView,
    NameView,
    Situation,
    TheoryView,
)
from autoresearch_formal.data.rows import Row
from autoresearch_formal.data.synth.algebra import Conjecture
from autoresearch_formal.lean.handles import State, TacticOutcome, Theory
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.messages import ShownGoal as Shape
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.policy.symbolic import SymbolicPolicy, goal_tree
from autoresearch_formal.search.retrieve import Retrieval
from autoresearch_formal.symbolic.finite_models.countermodels import refuted

CLOSERS = ("rfl", "assumption", "omega", "simp", "simp_all", "grind", "decide")
"""Automation that is tried on every goal; all that succeed become rows."""

HEARTBEATS = 600
MS = 20_000
MAX_ACTIONS = {"synth.numbers": 6, "synth.mutation": 0}
"""Proposals of the policy that are tried a goal, where fewer than the usual are worth it."""
USUAL_ACTIONS = 16
MAX_NODES = 8
MAX_DEPTH = 5
MAX_TACTIC = 400
SECOND_CHOICE = 0.3
"""Weight of a row whose goal has a cheaper tactic in another row."""

Exclude = Callable[[str], bool]


@dataclass(slots=True)
class ChunkTally:
    """What happened to the statements of a chunk."""

    stated: int = 0
    refused: int = 0
    repeated: int = 0
    excluded: int = 0
    refuted: int = 0
    proved: int = 0
    unproved: int = 0
    kernel: int = 0
    """Proofs that the kernel checked."""
    hindsight: int = 0
    steps: int = 0


@dataclass(slots=True)
class Found:
    """A proof: the goals on the way, each with the tactic that was applied to it."""

    final: State
    path: list[tuple[Shape, str]]


def view(shape: Shape) -> GoalView:
    """A goal of the gym for the policy."""
    return GoalView(
        shape.pp,
        shape.target,
        hyps=tuple(HypView(h.name, h.type, h.prop, h.value) for h in shape.hyps),
        fingerprint=shape.fingerprint,
        size=shape.size,
        head=shape.head or "",
        consts=shape.consts,
        tree=shape.tree,
    )


def closed_statement(goal: Shape) -> str | None:
    """The goal as a closed statement; None where its text can't be read back."""
    if any(h.value is not None or "✝" in h.name for h in goal.hyps) or "?" in goal.target:
        return None
    binders = " ".join(f"({h.name} : {' '.join(h.type.split())})" for h in goal.hyps)
    target = " ".join(goal.target.split())
    return f"∀ {binders}, {target}" if binders else target


@dataclass
class ConjectureProver:
    """Proves conjectures over one theory. ``excluded`` says which fingerprints must not occur."""

    gym: Gym
    theory: Theory
    names: Sequence[NameView]
    excluded: Exclude
    tally: ChunkTally = field(default_factory=ChunkTally)
    policy: SymbolicPolicy = field(default_factory=SymbolicPolicy)

    def __post_init__(self) -> None:
        self.retrieval = Retrieval(self.names)
        self._seen: set[str] = set()
        self._made: list[State] = []
        self._nodes = 0
        self._actions = USUAL_ACTIONS
        self._closed: list[Found] = []

    def begin(self) -> None:
        """Forget what was seen: a new chunk depends on nothing before it."""
        self._seen = set()
        self.tally = ChunkTally()

    def forget(self) -> None:
        """Drop the states that were made."""
        self.gym.drop(self._made)
        self._made = []

    def situation(self, goals: Sequence[Shape], path: Sequence[str] = ()) -> Situation:
        """What the policy would see in a search."""
        views = tuple(view(g) for g in goals)
        found = tuple(NameView(n.name, n.kind, n.type) for n in self.retrieval(views[0], 12))
        return Situation(TheoryView(), views, found, path=tuple(path), invents=frozenset())

    def row(self, goals: Sequence[Shape], tactic: str, source: str, weight: float = 1.0) -> Row:
        """A training row for one step."""
        return Row(
            prompts.prompt(self.situation(goals)),
            prompts.answer(Action("tactic", tactic)),
            weight,
            "tactic",
            goals[0].fingerprint,
            source,
        )

    # -- one conjecture ----------------------------------------------------------------------

    def prove(self, conjecture: Conjecture) -> list[Row]:
        """Rows from a conjecture; none if it is false, known, excluded or too hard."""
        self.tally.stated += 1
        try:
            state, answer = self.gym.goal(self.theory, statement=conjecture.statement, tree=True)
        except GymError:
            self.tally.refused += 1
            return []
        self._made = [state]
        self._closed = []
        self._actions = MAX_ACTIONS.get(conjecture.source, USUAL_ACTIONS)
        try:
            return self._prove(conjecture, state, answer.goals)
        except GymError:
            self.tally.unproved += 1
            return []
        finally:
            self.gym.drop(self._made)

    def _prove(self, conjecture: Conjecture, state: State, goals: tuple[Shape, ...]) -> list[Row]:
        fingerprint = goals[0].fingerprint
        if fingerprint in self._seen:
            self.tally.repeated += 1
            return []
        self._seen.add(fingerprint)
        if self.excluded(fingerprint):
            self.tally.excluded += 1
            return []
        tree = goal_tree(view(goals[0]))
        if not conjecture.scripts and tree is not None and refuted(tree):
            self.tally.refuted += 1
            return []
        rows: list[Row] = []
        for script in conjecture.scripts:
            found = self.replay(state, goals, script)
            if found is not None:
                rows += self.checked(found, conjecture.source)
                if len(script) > 1:
                    rows += self._detours(found, conjecture.source)
        if not rows or conjecture.source != "synth.rewrite":
            self._nodes = 0
            for found in self._search(state, goals, [], 0):
                rows += self.checked(found, conjecture.source)
        if rows:
            self.tally.proved += 1
        else:
            self.tally.unproved += 1
            for part in self._closed[:3]:
                rows += self._hindsight(part, conjecture.source)
        return distinct(rows)

    def replay(self, state: State, goals: Sequence[Shape], script: Sequence[str]) -> Found | None:
        """Apply tactics one after the other; None unless they prove everything."""
        path: list[tuple[Shape, str]] = []
        current, left = state, tuple(goals)
        for tactic in script:
            if not left:
                break
            step = self.attempt(current, [tactic], HEARTBEATS)[0]
            if not step.ok or step.no_progress:
                return None
            path.append((left[0], tactic))
            current, left = step.children[0].state, step.children[0].goals
        return None if left else Found(current, path)

    def checked(self, found: Found, source: str, weight: float = 1.0) -> list[Row]:
        """Rows of a proof that the kernel accepts; none if it does not."""
        try:
            theory, _ = self.gym.add(found.final, "found")
        except GymError:
            return []
        self.gym.drop([theory])
        self.tally.kernel += 1
        return [
            self.row([goal], tactic, source, weight)
            for goal, tactic in found.path
            if len(tactic) <= MAX_TACTIC and not self.excluded(goal.fingerprint)
        ]

    def _detours(self, found: Found, source: str) -> list[Row]:
        """Other ways to close the goals of a chain: what automation can do from each of them."""
        rows: list[Row] = []
        prefix: list[str] = []
        root = self._made[0]
        state, goals = root, root.goals
        for goal, tactic in found.path:
            steps = self.attempt(state, CLOSERS, HEARTBEATS, pp=False)
            for number, (closer, step) in enumerate(self._closing(CLOSERS, steps, 1)):
                path = [*found.path[: len(prefix)], (goal, closer)]
                weight = SECOND_CHOICE if number else 1.0
                made = self.checked(Found(step.children[0].state, path), source, weight)
                rows += made[-1:]
            step = self.attempt(state, [tactic], HEARTBEATS)[0]
            prefix.append(tactic)
            state, goals = step.children[0].state, step.children[0].goals
            if not goals:
                break
        return rows

    def attempt(
        self, state: State, tactics: Sequence[str], heartbeats: int, pp: bool = True
    ) -> list[TacticOutcome]:
        """Apply each tactic to the first goal; children keep all goals in one state."""
        self.tally.steps += len(tactics)
        steps = self.gym.try_(
            state, list(tactics), heartbeats=heartbeats, ms=MS, split=False, pp=pp
        )
        self._made += [branch.state for step in steps for branch in step.children]
        return steps

    @staticmethod
    def _closing(
        tactics: Sequence[str], steps: Sequence[TacticOutcome], goals: int
    ) -> list[tuple[str, TacticOutcome]]:
        """Tactics that closed the first goal, cheapest first."""
        done = [
            (tactic, step)
            for tactic, step in zip(tactics, steps, strict=False)
            if step.ok and step.children and len(step.children[0].goals) == goals - 1
        ]
        return sorted(done, key=lambda pair: (pair[1].heartbeats, pair[0]))

    def _search(
        self,
        state: State,
        goals: tuple[Shape, ...],
        path: list[tuple[Shape, str]],
        depth: int,
    ) -> list[Found]:
        """Proofs from a state, by depth-first search; several if the last step has variants."""
        if depth > MAX_DEPTH or self._nodes >= MAX_NODES:
            return []
        self._nodes += 1
        first = goals[0]
        steps = self.attempt(state, CLOSERS, HEARTBEATS, pp=len(goals) > 1)
        closing = self._closing(CLOSERS, steps, len(goals))
        actions: list[Action] = []
        if not closing and self._actions:
            if first.tree is None:
                shown = self.gym.describe(state, tree=True).goals
                first = shown[0] if shown else first
            situation = self.situation([first, *goals[1:]], [t for _, t in path])
            proposed = [a for a in self.policy.propose([situation])[0] if a.kind == "tactic"]
            actions = [a for a in proposed if a.text not in CLOSERS][: self._actions]
            texts = [a.text for a in actions]
            steps = self.attempt(state, texts, HEARTBEATS)
            closing = self._closing(texts, steps, len(goals))
        if closing:
            return self._after_closing(goals, path, closing, depth)
        progress = [
            (len(step.children[0].goals), -action.logprob, number)
            for number, (action, step) in enumerate(zip(actions, steps, strict=False))
            if step.ok and step.children and not step.no_progress and step.duplicate_of is None
        ]
        for _, _, number in sorted(progress)[:2]:
            child = steps[number].children[0]
            if len(child.goals) <= len(goals) + 3:
                found = self._search(
                    child.state, child.goals, [*path, (first, actions[number].text)], depth + 1
                )
                if found:
                    return found
        return []

    def _after_closing(
        self,
        goals: tuple[Shape, ...],
        path: list[tuple[Shape, str]],
        closing: Sequence[tuple[str, TacticOutcome]],
        depth: int,
    ) -> list[Found]:
        if len(goals) == 1:
            return [
                Found(step.children[0].state, [*path, (goals[0], tactic)])
                for tactic, step in closing[:4]
            ]
        tactic, step = closing[0]
        child = step.children[0]
        self._closed.append(Found(child.state, [(goals[0], tactic)]))
        return self._search(child.state, child.goals, [*path, (goals[0], tactic)], depth)

    def _hindsight(self, part: Found, source: str) -> list[Row]:
        """A goal that was closed though the whole was not, as a theorem of its own."""
        statement = closed_statement(part.path[0][0])
        if statement is None or self.excluded(part.path[0][0].fingerprint):
            return []
        try:
            state, answer = self.gym.goal(self.theory, statement=statement)
        except GymError:
            return []
        self._made.append(state)
        if answer.goals[0].fingerprint in self._seen or self.excluded(answer.goals[0].fingerprint):
            return []
        self._seen.add(answer.goals[0].fingerprint)
        found = self.replay(state, answer.goals, [tactic for _, tactic in part.path])
        if found is None:
            return []
        self.tally.hindsight += 1
        return self.checked(found, f"{source}.hindsight")


def distinct(rows: Iterable[Row]) -> list[Row]:
    """One row for each goal (up to renaming) and answer; the heaviest stays."""
    kept: dict[tuple[str, str], Row] = {}
    for row in rows:
        # a rating's own text is its question
        key = (row.fingerprint, row.prompt if row.kind == "rating" else row.answer)
        if key not in kept or kept[key].weight < row.weight:
            kept[key] = row
    return list(kept.values())
