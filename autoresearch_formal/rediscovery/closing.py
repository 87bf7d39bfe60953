"""Closing what is left when a goal has been taken apart.

Lean's automation, theorems of the reference library, hypotheses about all sets, induction,
witnesses, and the first-order prover of the search, each with a share of the budget.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from autoresearch_formal.lean.handles import State
from autoresearch_formal.lean.messages import ShownGoal
from autoresearch_formal.rediscovery.match import same_type
from autoresearch_formal.rediscovery.safe_steps import BUNDLED, SafeSteps, unused
from autoresearch_formal.rediscovery.steps import GRIND, backward, forward, witnesses
from autoresearch_formal.rediscovery.workbench import Workbench, read
from autoresearch_formal.symbolic.first_order.clauses import ProverLimits
from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.terms import (
    Bound,
    Const,
    GoalTree,
    Hypothesis,
    Local,
    arguments,
    ends_in_prop,
    head,
    head_name,
    quoted,
    telescope,
)

SMALL = ProverLimits(given=60, generated=1_500, weight=30)
"""Limits of the first-order prover after one more step."""

FOL = (
    ProverLimits(given=150, generated=6_000, weight=36),
    ProverLimits(given=400, generated=14_000, weight=44),
)
"""Limits of the first-order prover, tried in turn."""


ONE_STEP = 5
"""Uses of hypotheses that are tried in each direction."""


@dataclass(frozen=True, slots=True)
class HelpfulTheorem:
    """A theorem of the library that may help: its name, and the constants at the head of its
    conclusion (both sides, if it is an equivalence)."""

    name: str
    heads: tuple[str, ...]
    iff: bool
    sides: tuple[str, str] = ("", "")
    premises: int = 0
    about: frozenset[str] = frozenset()
    """Constants in it, less the operations of structures."""


Work = Callable[[State, int, frozenset[str]], list[str] | None]
"""Go on with a state with one goal, at a depth; take the structures named apart too."""

Branches = Callable[[State, str, int], list[str] | None]
"""Apply a tactic that leaves several goals, and go on with all of them."""


@dataclass(frozen=True, slots=True)
class HardGoal:
    """A goal that nothing quick closes, and what Lean's automation is told about it."""

    state: State
    depth: int
    tree: GoalTree | None
    simplifying: Sequence[str]
    """Tactics that simplify."""
    grinding: Sequence[str]
    """Tactics that use `grind`."""
    using: str
    """The definitions and theorems that matter, as an argument of a tactic."""

    @property
    def flat(self) -> bool:
        """Whether no structure is in its context, so that the laws are hypotheses."""
        return self.tree is not None and not any(map(_is_bundle, self.tree.hyps))

    @property
    def ms(self) -> int:
        """Milliseconds that a tactic gets."""
        return 800 if self.flat else 300


class Closer:
    """Ends branches of a proof. `lemmas` are theorems found so far about the file's definitions."""

    def __init__(
        self,
        bench: Workbench,
        safe: SafeSteps,
        theorems: Sequence[HelpfulTheorem],
        work: Work,
        branches: Branches,
    ) -> None:
        self.bench = bench
        self.constants = bench.constants
        self.safe = safe
        self.theorems = theorems
        self.work = work
        self.branches = branches
        self.lemmas: list[HelpfulTheorem] = []

    def close(self, state: State, depth: int) -> list[str] | None:
        """A script for a goal that can't be taken further apart."""
        script = self.bench.first(state, ["assumption", "rfl", "solve_by_elim", "simp_all"], 150)
        script = script or self._constructed(state) or self._by_cases_made(state)
        if script is None and depth < 5:
            script = self._by_hypothesis(state, depth)
        if script is not None:
            return script
        goal = self._hard_goal(state, depth)
        ways = (
            self._equational,
            self._automatic,
            self._by_theorem,
            self._structures_opened,
            self._by_instance,
            self._first_order_again,
        )
        for way in ways:
            script = way(goal)
            if script is not None or self.bench.out_of_time:
                return script
        return None

    def _hard_goal(self, state: State, depth: int) -> HardGoal:
        goal = state.goals[0]
        tree = read(goal)
        unfolded = self.safe.to_unfold(goal)
        known = self._relevant(goal, unfolded)
        listed = [quoted(name) for name in unfolded]
        using = f" [{', '.join(listed)}]" if listed else ""
        simplifying = [f"simp_all{using}"]
        grinding = list(dict.fromkeys([GRIND, f"{GRIND}{using}"]))
        if tree is not None and any(self.safe.about_functions(h.type) for h in tree.hyps):
            simplifying.insert(0, f"simp_all [{', '.join([*unfolded, 'funext_iff'])}]")
        if known:
            using = f" [{', '.join(dict.fromkeys([*unfolded, *known]))}]"
            simplifying.append(f"simp_all [{', '.join(known)}]")
            grinding.append(f"{GRIND}{using}")
        return HardGoal(state, depth, tree, simplifying, grinding, using)

    def _equational(self, goal: HardGoal) -> list[str] | None:
        """Where the laws are hypotheses, equational reasoning may be all that is missing."""
        if not goal.flat:
            return None
        script = self.bench.first(goal.state, [GRIND], 400) or self._one_step(goal.state, goal.tree)
        return script or self._first_order(goal.state, FOL[0])

    def _automatic(self, goal: HardGoal) -> list[str] | None:
        """By Lean's automation, with definitions and known theorems."""
        script = self.bench.first(goal.state, goal.simplifying, goal.ms)
        numbers = goal.tree is not None and any(h.type == Const("Nat") for h in goal.tree.hyps)
        if script is None and (goal.flat or numbers):
            script = self.bench.first(goal.state, goal.grinding, goal.ms)
        return script

    def _by_theorem(self, goal: HardGoal) -> list[str] | None:
        """By one theorem of the reference library, or by induction."""
        if goal.depth >= 4:
            return None
        script = self.applied(goal.state, "first | assumption | simp_all", 300)
        if script is None and not self.bench.out_of_time:
            script = self._inductive(goal.state, goal.using)
        return script

    def _structures_opened(self, goal: HardGoal) -> list[str] | None:
        """The structures of the reference taken apart: their laws become hypotheses."""
        if goal.flat or goal.tree is None:
            return None
        bundles = frozenset(h.name for h in goal.tree.hyps if _is_bundle(h))
        script = self.work(goal.state, goal.depth + 3, bundles)
        return script or self.bench.first(goal.state, goal.grinding, goal.ms)

    def _by_instance(self, goal: HardGoal) -> list[str] | None:
        """By a witness, or by instances of hypotheses."""
        if goal.depth >= 4:
            return None
        return self._witness(goal.state, goal.depth) or self._instances(goal.state, goal.depth)

    def _first_order_again(self, goal: HardGoal) -> list[str] | None:
        return self._first_order(goal.state, FOL[1]) if goal.flat else None

    def _one_step(self, state: State, tree: GoalTree | None) -> list[str] | None:
        """By one use of a hypothesis and what then is easy."""
        if tree is None:
            return None
        script = self.bench.first(state, witnesses(tree), 400)
        if script is not None:
            return script
        lines = [*backward(tree)[:ONE_STEP], *forward(tree)[:ONE_STEP]]
        steps = self.bench.try_(state, lines, 200, tree=True)
        after = [
            (line, step.children[0].state)
            for line, step in zip(lines, steps, strict=False)
            if step.ok and sum(len(c.goals) for c in step.children) == 1
        ]
        for line, child in after:
            script = self.bench.first(child, ["simp_all"], 100)
            if script is not None:
                return [line, *script]
        for line, child in after:
            if self.bench.out_of_time:
                return None
            script = self._first_order(child, SMALL)
            if script is not None:
                return [line, *script]
        return None

    def _relevant(self, goal: ShownGoal, unfolded: list[str]) -> list[str]:
        """Theorems that speak of what the goal speaks of and of nothing else; first what was found
        about the file's own definitions."""
        here = set(goal.consts) | set(unfolded)
        found = [t.name for t in self.lemmas if t.about & set(goal.consts)]
        fitting = [t for t in self.theorems if t.about and t.about <= here and not t.iff]
        fitting.sort(key=lambda t: (t.premises, -len(t.about), len(t.name)))
        return [quoted(n) for n in found + [t.name for t in fitting[:6]]]

    def _first_order(self, state: State, limits: ProverLimits) -> list[str] | None:
        tree = read(state.goals[0])
        if tree is None:
            return None
        try:
            outcome = prove(tree, replace(limits, ends=self.bench.ends))
        except (RecursionError, KeyError, ValueError):
            return None
        for script in outcome.scripts[:4]:
            steps = self.bench.try_(state, [script], 2_000)
            if steps and steps[0].ok and steps[0].proved:
                return script.split("\n")
        return None

    def applied(self, state: State, then: str, ms: int) -> list[str] | None:
        """By a theorem of the reference library whose conclusion has the right head, what it asks
        for being left to the tactic `then`."""
        tree = read(state.goals[0])
        if tree is None:
            return None
        name = head_name(tree.target)
        if not name.startswith("Reconstruct.Reference."):
            return None
        usable = [t for t in self.theorems if name in t.heads and not t.iff][:10]
        lines = [f"apply {quoted(t.name)} <;> {then}" for t in usable]
        return self.bench.first(state, lines, ms)

    def _constructed(self, state: State) -> list[str] | None:
        """Membership in an inductive predicate, by its constructors."""
        tree = read(state.goals[0])
        name = head_name(tree.target) if tree is not None else ""
        if not name or self.constants.kind(name) != "inductive":
            return None
        shape = self.constants.shape(name)
        if shape is None or not shape.constructors:
            return None
        rules = ", ".join(quoted(name) for name, _ in shape.constructors)
        return self.bench.first(state, [f"solve_by_elim [{rules}]"], 300)

    def _by_hypothesis(self, state: State, depth: int) -> list[str] | None:
        """By a hypothesis about all sets, for the set that the goal is about."""
        tree = read(state.goals[0])
        if tree is None or not isinstance(head(tree.target), (Local, Const)):
            return None
        for hypothesis in tree.hyps:
            found, conclusion = telescope(hypothesis.type)
            about_sets = bool(found) and ends_in_prop(found[0][1])
            if not hypothesis.is_prop or not about_sets or not isinstance(head(conclusion), Bound):
                continue
            line = f"apply {hypothesis.name}"
            steps = self.bench.try_(state, [line], 500, tree=True)
            if steps and steps[0].ok:
                if steps[0].proved:
                    return [line]
                script = self.branches(state, line, depth + 1)
                if script is not None:
                    return script
        return None

    def _by_cases_made(self, state: State) -> list[str] | None:
        """Induction on a hypothesis that is an inductive predicate, the cases being easy."""
        tree = read(state.goals[0])
        names = [h.name for h in tree.hyps if self._is_made(h)] if tree is not None else []
        lines = [f"induction {name} <;> first | solve_by_elim | simp_all" for name in names]
        return self.bench.first(state, lines, 300)

    def _is_made(self, hypothesis: Hypothesis) -> bool:
        """Whether a hypothesis is an inductive predicate, no connective, of the file or library."""
        name = head_name(hypothesis.type)
        kind = self.constants.kind(name) if "." in name and hypothesis.is_prop else ""
        return kind == "inductive"

    def _inductive(self, state: State, using: str) -> list[str] | None:
        """Induction on a hypothesis that is an inductive predicate, or on a number."""
        tree = read(state.goals[0])
        if tree is None:
            return None
        lines = []
        for hypothesis in tree.hyps:
            of = head_name(hypothesis.type)
            if not of or (of not in ("Nat", "List") and self.constants.kind(of) != "inductive"):
                continue
            target = head_name(tree.target)
            name = hypothesis.name
            lines += [
                f"induction {name} <;> simp_all{using}",
                f"induction {name} <;> {GRIND}{using}",
            ]
            if target and self.constants.kind(target) == "inductive":
                shape = self.constants.shape(target)
                rules = [quoted(c) for c, _ in shape.constructors] if shape else []
                grinding = ", ".join(rules)
                lines += [
                    f"induction {name} <;> first | (constructor <;> assumption) "
                    f"| {GRIND} [{grinding}]",
                    f"induction {name} <;> {GRIND} [{grinding}]",
                ]
        return self.bench.first(state, lines[:8], 1_000)

    def _witness(self, state: State, depth: int) -> list[str] | None:
        """An existence claim: the variables at hand as witnesses."""
        tree = read(state.goals[0])
        if tree is None or head_name(tree.target) != "Exists":
            return None
        over = arguments(tree.target)[0]
        fitting = [h.name for h in tree.hyps if same_type(h.type, over)]
        for name in reversed(fitting[-5:]):
            line = f"refine ⟨{name}, ?_⟩"
            steps = self.bench.try_(state, [line], 500, tree=True)
            if not steps or not steps[0].ok or self.bench.out_of_time:
                continue
            script = self.work(steps[0].children[0].state, depth + 1, frozenset())
            if script is not None:
                return [line, *script]
        return None

    def _instances(self, state: State, depth: int) -> list[str] | None:
        """What a hypothesis ``∀ a …, ∃ x, …`` gives for the variables at hand, the latest first."""
        tree = read(state.goals[0])
        if tree is None:
            return None
        data = [h for h in tree.hyps if not h.is_prop]
        for hypothesis in tree.hyps:
            found, conclusion = telescope(hypothesis.type)
            exists = head_name(conclusion) == "Exists"
            if not hypothesis.is_prop or not found or not exists:
                continue
            choices = [[h.name for h in data if same_type(h.type, t)][-3:] for _, t in found]
            # different variables in their own order first
            orders = sorted(
                itertools.product(*choices),
                key=lambda c: (len(c) - len(set(c)), [-data_place(data, n) for n in c[::-1]]),
            )
            for chosen in orders[:4]:
                name = hypothesis.name
                given = unused(f"{name}_x", set(tree.types), "x")
                about = unused(f"{name}_h", set(tree.types), "h")
                line = f"obtain ⟨{given}, {about}⟩ := {name} {' '.join(chosen)}"
                steps = self.bench.try_(state, [f"{line}; clear {name}"], 500, tree=True)
                if not steps or not steps[0].ok or self.bench.out_of_time:
                    continue
                script = self.work(steps[0].children[0].state, depth + 1, frozenset())
                if script is not None:
                    return [f"{line}; clear {name}", *script]
        return None


def _is_bundle(hypothesis: Hypothesis) -> bool:
    """Whether a variable is a structure of the reference library."""
    return head_name(hypothesis.type) in BUNDLED


def data_place(hypotheses: Sequence[Hypothesis], name: str) -> int:
    """The place of a variable in a context."""
    return next(k for k, h in enumerate(hypotheses) if h.name == name)
