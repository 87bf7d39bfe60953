"""Proving a correspondence: take both sides apart, then close what is left.

Steps that lose nothing (introducing, splitting, unfolding, taking structures apart) are read off
the goal. What remains is tried with Lean's automation, with the reference library's own theorems,
by induction, and with the first-order prover of the search. Whatever comes of it is a script that
Lean has accepted step by step, and that the judge checks once more as a whole.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from autoresearch_formal.lean.handles import State, Step
from autoresearch_formal.lean.messages import GoalView, GymError
from autoresearch_formal.policy.expr import (
    BadTree,
    Expr,
    GoalTree,
    Hypothesis,
    constants,
    parse_goal,
)
from autoresearch_formal.policy.fol.prove import prove
from autoresearch_formal.policy.fol.saturate import Limits
from autoresearch_formal.rediscovery.constants import Constants, Shape, Unsupported, binders
from autoresearch_formal.rediscovery.match import same
from autoresearch_formal.rediscovery.sides import head_and_arguments
from autoresearch_formal.rediscovery.statement import quoted
from autoresearch_formal.rediscovery.steps import backward, chosen_functions, forward, witnesses

RESERVED = 0.4
"""Share of a budget that the attempt with laws as hypotheses gets in any case."""

MAX_STEPS = 60
"""Steps that take a goal apart, in one branch."""

SMALL = Limits(given=60, generated=1_500, weight=30)
"""Limits of the first-order prover after one more step."""

FOL = (
    Limits(given=150, generated=6_000, weight=36),
    Limits(given=400, generated=14_000, weight=44),
)
"""Limits of the first-order prover, tried in turn."""


HEARTBEATS_PER_SECOND = 10_000
"""Lean's heartbeats that count as a second; wall time means nothing on a busy machine."""


STOPPED = 4
"""Seconds on the wall that count as one of work, where Lean reports less."""


@dataclass(slots=True)
class Meter:
    """Work done so far: heartbeats of Lean, and CPU time of this process."""

    heartbeats: int = 0

    @property
    def seconds(self) -> float:
        """Both together."""
        return time.process_time() + self.heartbeats / HEARTBEATS_PER_SECOND


@dataclass(slots=True)
class Clock:
    """A budget for one statement, in seconds of `Meter`."""

    meter: Meter
    seconds: float
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.meter.seconds

    @property
    def left(self) -> float:
        """What is left of it."""
        return self.seconds - (self.meter.seconds - self.started)


@dataclass(frozen=True, slots=True)
class Theorem:
    """A theorem of the library that may help: its name, and the constants at the head of its
    conclusion (both sides, if it is an equivalence)."""

    name: str
    heads: tuple[str, ...]
    iff: bool
    sides: tuple[str, str] = ("", "")
    premises: int = 0
    about: frozenset[str] = frozenset()
    """Constants in it, less the operations of structures."""


class Prover:
    """Finds proof scripts in one theory."""

    def __init__(
        self, constants: Constants, theorems: Sequence[Theorem], own: frozenset[str]
    ) -> None:
        self.constants = constants
        self.gym = constants.gym
        self.theorems = theorems
        self.own = own
        self.lemmas: list[Theorem] = []
        self.meter = Meter()

    def prove(self, text: str, bundles: Sequence[str], seconds: float) -> list[str] | None:
        """A script for a statement, as lines; None if none was found in time."""
        clock = Clock(self.meter, seconds)
        try:
            state, answer = self.gym.goal(self.constants.theory, statement=text, tree=True)
        except GymError:
            return None
        first = [answer.intro] if answer.intro else []
        for attempt in (self._whole, self._apart, self._raw, self._by_theorem):
            limit = clock
            if attempt == self._raw:
                # tactics overrun their limits; this attempt has its share all the same
                limit = Clock(self.meter, max(0.7 * clock.left, RESERVED * seconds))
            script = attempt(state, limit, bundles) if limit.left > 0 else None
            if script is not None:
                return [*first, *script]
        return None

    # -- attempts

    def _whole(self, state: State, clock: Clock, bundles: Sequence[str]) -> list[str] | None:
        return self._first(state, ["exact Iff.rfl", "rfl", "first | assumption | trivial"], 2_000)

    def _apart(self, state: State, clock: Clock, bundles: Sequence[str]) -> list[str] | None:
        return self._work(
            state, Clock(self.meter, min(clock.left, clock.seconds * 0.25)), frozenset(), 0
        )

    def _raw(self, state: State, clock: Clock, bundles: Sequence[str]) -> list[str] | None:
        """Structures of the reference taken apart first, so that their laws are hypotheses."""
        return self._work(state, clock, frozenset(bundles), 0)

    def _by_theorem(self, state: State, clock: Clock, bundles: Sequence[str]) -> list[str] | None:
        """Another form of a side, by a theorem of the reference library."""
        heads = set(state.goals[0].consts)
        rewrites = []
        for theorem in self.theorems:
            if theorem.iff and theorem.premises == 0:
                if theorem.sides[0] in heads:
                    rewrites.append(f"rw [{quoted(theorem.name)}]")
                if theorem.sides[1] in heads:
                    rewrites.append(f"rw [← {quoted(theorem.name)}]")
        steps = self._try(state, rewrites[:24], 1_500, tree=True)
        for line, step in zip(rewrites, steps, strict=False):
            if not step.ok:
                continue
            if step.proved:
                return [line]
            if clock.left <= 0 or len(step.children) != 1:
                continue
            after = step.children[0].state
            script = self._first(after, ["exact Iff.rfl"], 1_000)
            if script is None:
                budget = Clock(self.meter, min(clock.left, clock.seconds * 0.35))
                script = self._work(after, budget, frozenset(), 0)
            if script is not None:
                return [line, *script]
        return None

    # -- taking apart

    def _work(
        self, state: State, clock: Clock, raw: frozenset[str], depth: int
    ) -> list[str] | None:
        """A script for a state with one goal."""
        lines: list[str] = []
        done: set[str] = set()
        for _ in range(MAX_STEPS):
            if clock.left <= 0:
                return None
            goal = state.goals[0]
            tree = read(goal)
            if tree is None:
                return None
            prefix = [goal.rename] if goal.rename else []
            if prefix:
                steps = self._try(state, prefix, 1_000, tree=True)
                if not steps or not steps[0].ok or len(steps[0].children) != 1:
                    return None
                step = steps[0]
                lines += prefix
                state = step.children[0].state
                continue
            proposal = self._next(tree, raw, done)
            if proposal is None:
                break
            done.add(proposal)
            if proposal.startswith(("unfold", "refine")) and " at " not in proposal:
                known = self._applied(state)
                if known is not None:
                    return lines + known
            steps = self._try(state, [proposal], 1_500, tree=True)
            if not steps or not steps[0].ok:
                continue
            step = steps[0]
            lines.append(proposal)
            if step.proved:
                return lines
            if sum(len(c.goals) for c in step.children) == 1:
                state = step.children[0].state
                continue
            return self._branches(state, proposal, lines, clock, raw, depth)
        script = self._leaf(state, clock, depth)
        return None if script is None else lines + script

    def _branches(
        self,
        state: State,
        tactic: str,
        lines: list[str],
        clock: Clock,
        raw: frozenset[str],
        depth: int,
    ) -> list[str] | None:
        step = self.gym.try_(state, [tactic], split=True, tree=True, ms=10_000)[0]
        if depth > 8 or any(len(c.goals) != 1 for c in step.children):
            return None
        for branch in step.children:
            script = self._work(branch.state, clock, raw, depth + 1)
            if script is None:
                return None
            lines = lines + bullet(script)
        return lines

    def _next(self, tree: GoalTree, raw: frozenset[str], done: set[str]) -> str | None:
        """The next step that takes the goal apart, if there is one left to take."""
        for hypothesis in tree.hyps:
            step = self._next_at(hypothesis.name, hypothesis.type, hypothesis.is_prop, raw)
            if step is not None and step not in done:
                return step
        if "dsimp only at *" not in done and any(s.startswith("obtain") for s in done):
            return "dsimp only at *"
        if "dsimp only at *" in done:
            # laws that others mention keep their old form until they are named
            made = {f"{name}.mk" for name in BUNDLED | self.own}
            for hypothesis in tree.hyps:
                step = f"dsimp only at {hypothesis.name}"
                if hypothesis.is_prop and step not in done and constants(hypothesis.type) & made:
                    return step
        for step in chosen_functions(tree):
            if step not in done:
                return step
        head, arguments = head_and_arguments(tree.target)
        if head == ("c", "Exists"):
            return self._structure_witness(arguments, done)
        if tree.target[0] == "p":
            used = set(tree.types)
            return "intro " + unused(str(tree.target[1]), used, "h")
        if head[0] != "c":
            return None
        if head[1] in ("Iff", "And") and "constructor" not in done:
            return "constructor"
        shape = self._structure(head[1])
        if shape is not None:
            holes = ", ".join("?_" for _ in shape.fields)
            step = f"refine ⟨{holes}⟩"
            return step if step not in done else None
        if self._unfoldable(head[1], len(arguments)):
            step = f"unfold {quoted(head[1])}"
            return step if step not in done else None
        return None

    def _next_at(self, name: str, type_: Expr, is_prop: bool, raw: frozenset[str]) -> str | None:
        head, arguments = head_and_arguments(type_)
        if head[0] != "c":
            return None
        if not is_prop:
            own = head[1] in self.own and self._has_laws(head[1])
            if name in raw or own:
                return f"obtain {self._pattern(head[1], name)} := {name}"
            return None
        if head[1] == "Eq" and any(a[0] == "f" for a in arguments[1:]):
            return f"subst {name}"
        if head[1] in ("And", "Exists"):
            return f"obtain ⟨{name}, {name}_{'1' if not name.endswith('_1') else '2'}⟩ := {name}"
        if head[1] == "Or":
            return f"rcases {name} with {name} | {name}"
        shape = self._structure(head[1])
        if shape is not None:
            fields = ", ".join(f"{name}_{f}" for f in shape.fields)
            return f"obtain ⟨{fields}⟩ := {name}"
        if self._unfoldable(head[1], len(arguments)):
            return f"unfold {quoted(head[1])} at {name}"
        return None

    def _has_laws(self, name: str) -> bool:
        """Whether a constant is a structure of data."""
        shape = self.constants.shape(name)
        return shape is not None and shape.structure

    def _structure_witness(self, arguments: Sequence[Expr], done: set[str]) -> str | None:
        """For ``∃ S : Structure, S.op = m ∧ …``: the structure with these operations."""
        head, _ = head_and_arguments(arguments[0])
        shape = self.constants.shape(head[1]) if head[0] == "c" and head[1] in self.own else None
        if shape is None or arguments[1][0] != "l":
            return None
        known: dict[str, str] = {}
        claim = arguments[1][3]
        while True:
            claim_head, parts = head_and_arguments(claim)
            equation = parts[0] if claim_head == ("c", "And") else claim
            _, sides = head_and_arguments(equation)
            projection, _ = head_and_arguments(sides[1])
            if len(sides) != 3 or sides[2][0] != "f" or projection[0] != "c":
                return None
            known[str(projection[1]).rpartition(".")[2]] = str(sides[2][1])
            if claim_head != ("c", "And"):
                break
            claim = parts[1]
        fields = ", ".join(known.get(f, "?_") for f in shape.fields)
        step = f"refine ⟨⟨{fields}⟩, {', '.join(['rfl'] * len(known))}⟩"
        return step if step not in done else None

    def _pattern(self, structure: str, base: str) -> str:
        shape = self.constants.shape(structure)
        if shape is None:
            return base
        parts = []
        for (_, type_), name in zip(
            binders(shape.constructors[0][1])[0][shape.parameters :], shape.fields, strict=True
        ):
            head, _ = head_and_arguments(type_)
            inner = self.constants.shape(head[1]) if head[0] == "c" else None
            if inner is not None and head[1] in BUNDLED:
                parts.append(self._pattern(head[1], base))
            else:
                parts.append(f"{base}_{name}")
        return "⟨" + ", ".join(parts) + "⟩"

    def _mine(self, name: str) -> bool:
        return name in self.own or name.startswith("Reconstruct.Reference.")

    def _structure(self, name: str) -> Shape | None:
        """A structure of propositions that may be taken apart."""
        if name != "Equivalence" and not self._mine(name):
            return None
        shape = self.constants.shape(name)
        return shape if shape is not None and shape.structure else None

    def _unfoldable(self, name: str, arguments: int) -> bool:
        if not self._mine(name) or self.constants.kind(name) not in ("def", "abbrev"):
            return False
        equations = self.constants.equations(name)
        if len(equations) != 1:
            return False
        _, statement = binders(equations[0])
        if statement[0] != "a" or len(statement[2]) != 3:
            return False
        left, right = statement[2][1], statement[2][2]
        return len(head_and_arguments(left)[1]) <= arguments and name not in constants(right)

    # -- closing

    def _leaf(self, state: State, clock: Clock, depth: int) -> list[str] | None:
        script = self._by_hypothesis(state, clock, depth) if depth < 5 else None
        if script is not None:
            return script
        names = self._to_unfold(state.goals[0])
        listed = ", ".join(quoted(n) for n in names)
        using = f" [{listed}]" if listed else ""
        tree = read(state.goals[0])
        flat = tree is not None and not any(
            head_and_arguments(h.type)[0][1] in BUNDLED for h in tree.hyps
        )
        if flat:
            # the laws are hypotheses: equational reasoning may be all that is missing
            script = self._first(state, ["assumption", "rfl", "simp_all"], 400)
            script = script or self._one_step(state, tree, clock)
            script = script or self._first_order(state, FOL[0])
            if script is not None or clock.left <= 0:
                return script
        quick = ["assumption", "rfl", f"simp_all{using}", "grind", f"grind{using}"]
        known = self._relevant(state.goals[0], names)
        with_known = ", ".join(dict.fromkeys([*names, *known]))
        if known:
            quick += [f"simp_all [{', '.join(known)}]", f"grind [{with_known}]"]
            using = f" [{with_known}]"
        script = self._first(state, list(dict.fromkeys(quick)), 800 if flat else 300)
        if script is not None or clock.left <= 0:
            return script
        if depth < 4:
            script = self._applied(state)
            if script is None and clock.left > 0:
                script = self._inductive(state, clock, using)
            if script is None and clock.left > 0:
                script = self._witness(state, clock, depth)
            if script is None and clock.left > 0:
                script = self._instances(state, clock, depth)
            if script is not None:
                return script
        return self._first_order(state, FOL[1]) if flat and clock.left > 0 else None

    def _one_step(self, state: State, tree: GoalTree | None, clock: Clock) -> list[str] | None:
        """By one use of a hypothesis and what then is easy."""
        if tree is None:
            return None
        script = self._first(state, witnesses(tree), 400)
        if script is not None:
            return script
        lines = backward(tree) + forward(tree)
        steps = self._try(state, lines, 200, tree=True)
        after = [
            (line, step.children[0].state)
            for line, step in zip(lines, steps, strict=False)
            if step.ok and sum(len(c.goals) for c in step.children) == 1
        ]
        for line, child in after:
            script = self._first(child, ["simp_all"], 300)
            if script is not None:
                return [line, *script]
        for line, child in after:
            if clock.left <= 0:
                return None
            script = self._first_order(child, SMALL)
            if script is not None:
                return [line, *script]
        return None

    def _to_unfold(self, goal: GoalView) -> list[str]:
        """Definitions in the goal and in what they say, constructors of structures left out."""
        found: dict[str, None] = {}
        queue = [c for c in goal.consts if self._mine(c)]
        while queue and len(found) < 24:
            name = queue.pop(0)
            if name in found or self.constants.kind(name) not in ("def", "abbrev"):
                continue
            if self.constants.is_projection(name):
                continue
            try:
                equations = self.constants.equations(name)
            except Unsupported:
                continue
            if equations:
                found[name] = None
            for equation in equations:
                queue += [c for c in sorted(constants(equation)) if self._mine(c)]
        return list(found)

    def _relevant(self, goal: GoalView, unfolded: list[str]) -> list[str]:
        """Theorems that speak of what the goal speaks of and of nothing else; first what was found
        about the file's own definitions."""
        here = set(goal.consts) | set(unfolded)
        found = [t.name for t in self.lemmas if t.about & set(goal.consts)]
        fitting = [t for t in self.theorems if t.about and t.about <= here and not t.iff]
        fitting.sort(key=lambda t: (t.premises, -len(t.about), len(t.name)))
        return [quoted(n) for n in found + [t.name for t in fitting[:6]]]

    def _first_order(self, state: State, limits: Limits) -> list[str] | None:
        tree = read(state.goals[0])
        if tree is None:
            return None
        try:
            outcome = prove(tree, limits)
        except (RecursionError, KeyError, ValueError):
            return None
        for script in outcome.scripts[:4]:
            steps = self._try(state, [script], 2_000)
            if steps and steps[0].ok and steps[0].proved:
                return script.split("\n")
        return None

    def _applied(self, state: State) -> list[str] | None:
        """By a theorem of the reference library whose conclusion has the right head."""
        tree = read(state.goals[0])
        if tree is None:
            return None
        head, _ = head_and_arguments(tree.target)
        if head[0] != "c":
            return None
        if not head[1].startswith("Reconstruct.Reference."):
            return None
        usable = [t for t in self.theorems if head[1] in t.heads and not t.iff][:10]
        lines = [f"apply {quoted(t.name)} <;> first | assumption | simp_all" for t in usable]
        return self._first(state, lines, 600)

    def _by_hypothesis(self, state: State, clock: Clock, depth: int) -> list[str] | None:
        """By a hypothesis about all sets, for the set that the goal is about."""
        tree = read(state.goals[0])
        if tree is None or head_and_arguments(tree.target)[0][0] != "f":
            return None
        for hypothesis in tree.hyps:
            found, conclusion = binders(hypothesis.type)
            head, _ = head_and_arguments(conclusion)
            about_sets = bool(found) and binders(found[0][1])[1] == ("S", "0")
            if not hypothesis.is_prop or not about_sets or head[0] != "b":
                continue
            line = f"apply {hypothesis.name}"
            steps = self._try(state, [line], 500, tree=True)
            if steps and steps[0].ok:
                if steps[0].proved:
                    return [line]
                script = self._branches(state, line, [line], clock, frozenset(), depth + 1)
                if script is not None:
                    return script
        return None

    def _inductive(self, state: State, clock: Clock, using: str) -> list[str] | None:
        """Induction on a hypothesis that is an inductive predicate, or on a number."""
        tree = read(state.goals[0])
        if tree is None:
            return None
        lines = []
        for hypothesis in tree.hyps:
            head, _ = head_and_arguments(hypothesis.type)
            if head[0] != "c":
                continue
            number = head[1] in ("Nat", "List")
            if not number and self.constants.kind(head[1]) != "inductive":
                continue
            target, _ = head_and_arguments(tree.target)
            name = hypothesis.name
            lines += [
                f"induction {name} <;> simp_all{using}",
                f"induction {name} <;> grind{using}",
            ]
            if target[0] == "c" and self.constants.kind(target[1]) == "inductive":
                shape = self.constants.shape(target[1])
                rules = [quoted(c) for c, _ in shape.constructors] if shape else []
                grinding = ", ".join(rules)
                lines += [
                    f"induction {name} <;> first | (constructor <;> assumption) "
                    f"| grind [{grinding}]",
                    f"induction {name} <;> grind [{grinding}]",
                ]
        return self._first(state, lines[:8], 1_000)

    def _witness(self, state: State, clock: Clock, depth: int) -> list[str] | None:
        """An existence claim: the variables at hand as witnesses."""
        tree = read(state.goals[0])
        if tree is None or head_and_arguments(tree.target)[0] != ("c", "Exists"):
            return None
        over = head_and_arguments(tree.target)[1][0]
        fitting = [h.name for h in tree.hyps if same(h.type, over)]
        for name in reversed(fitting[-5:]):
            line = f"refine ⟨{name}, ?_⟩"
            steps = self._try(state, [line], 500, tree=True)
            if not steps or not steps[0].ok or clock.left <= 0:
                continue
            script = self._work(steps[0].children[0].state, clock, frozenset(), depth + 1)
            if script is not None:
                return [line, *script]
        return None

    def _instances(self, state: State, clock: Clock, depth: int) -> list[str] | None:
        """What a hypothesis ``∀ a …, ∃ x, …`` gives for the variables at hand, the latest first."""
        tree = read(state.goals[0])
        if tree is None:
            return None
        data = [h for h in tree.hyps if not h.is_prop]
        for hypothesis in tree.hyps:
            found, conclusion = binders(hypothesis.type)
            exists = head_and_arguments(conclusion)[0] == ("c", "Exists")
            if not hypothesis.is_prop or not found or not exists:
                continue
            choices = [[h.name for h in data if same(h.type, t)][-3:] for _, t in found]
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
                steps = self._try(state, [f"{line}; clear {name}"], 500, tree=True)
                if not steps or not steps[0].ok or clock.left <= 0:
                    continue
                script = self._work(steps[0].children[0].state, clock, frozenset(), depth + 1)
                if script is not None:
                    return [f"{line}; clear {name}", *script]
        return None

    # -- the gym

    def _first(self, state: State, lines: list[str], ms: int) -> list[str] | None:
        """The first tactic that ends the proof."""
        if not lines:
            return None
        steps = self._try(state, lines, ms, first=True)
        for line, step in zip(lines, steps, strict=False):
            if step.ok and step.proved:
                return [line]
        return None

    def _try(
        self,
        state: State,
        lines: list[str],
        ms: int,
        tree: bool = False,
        first: bool = False,
    ) -> list[Step]:
        if not lines:
            return []
        started = time.monotonic()
        try:
            steps = self.gym.try_(
                state,
                lines,
                ms=4 * ms,
                heartbeats=ms * HEARTBEATS_PER_SECOND // 1000,
                tree=tree,
                first_success=first,
                split=False,
            )
        except GymError:
            self.meter.heartbeats += ms * HEARTBEATS_PER_SECOND // 1000
            return []
        # what runs past its limits and is stopped reports no heartbeats
        spent = sum(step.heartbeats for step in steps)
        least = int((time.monotonic() - started) * HEARTBEATS_PER_SECOND / STOPPED)
        self.meter.heartbeats += max(spent, least)
        return steps


BUNDLED = frozenset(
    f"Reconstruct.Reference.{name}" for name in ("Magma", "Monoid", "Group", "Ring")
)
"""Structures of the reference library that carry operations."""


def data_place(hypotheses: Sequence[Hypothesis], name: str) -> int:
    """The place of a variable in a context."""
    return next(k for k, h in enumerate(hypotheses) if h.name == name)


def read(goal: GoalView) -> GoalTree | None:
    """The goal as a tree."""
    if goal.tree is None:
        return None
    try:
        return parse_goal(goal.tree, {h.name: h.prop for h in goal.hyps})
    except BadTree:
        return None


def unused(name: str, taken: set[str], otherwise: str) -> str:
    """A name for a new variable."""
    base = "".join(c for c in name if c.isalnum() or c == "_") or otherwise
    if base[0].isdigit() or base.startswith("a✝"):
        base = otherwise
    chosen, number = base, 1
    while chosen in taken:
        chosen, number = f"{base}{number}", number + 1
    return chosen


def bullet(lines: list[str]) -> list[str]:
    """A branch of a proof."""
    flat = [part for line in lines for part in line.split("\n")]
    return [("· " if k == 0 else "  ") + line for k, line in enumerate(flat)]
