"""Proving a correspondence: take both sides apart, then close what is left.

Steps that lose nothing (`SafeSteps`) come first; what remains goes to automation, theorems,
induction and the first-order prover (`closing`). Whatever comes of it is a script that Lean has
accepted step by step, and that the judge checks once more as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from autoresearch_formal.lean.handles import State
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.rediscovery.closing import Closer, HelpfulTheorem
from autoresearch_formal.rediscovery.meter import Meter
from autoresearch_formal.rediscovery.safe_steps import SafeSteps
from autoresearch_formal.rediscovery.workbench import Workbench, read
from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.terms import quoted

APART, BY_THEOREM = 0.55, 0.45
"""Shares of a budget for taking both sides apart, and then for another form of a side; what is left
goes to taking apart once more, all structures of the reference first."""

MAX_STEPS = 60
"""Steps that take a goal apart, in one branch."""

MAX_REWRITES = 24
"""Theorems of the library that are tried as another form of a side."""


class ScriptProver:
    """Finds proof scripts in one theory."""

    def __init__(
        self,
        constants: Constants,
        theorems: Sequence[HelpfulTheorem],
        own: frozenset[str],
        meter: Meter,
    ) -> None:
        self.theorems = theorems
        self.bench = Workbench(constants, meter)
        self.safe = SafeSteps(constants, own)
        self.closer = Closer(self.bench, self.safe, theorems, self._work, self._branches)

    def learn(self, lemma: HelpfulTheorem) -> None:
        """Use a theorem about the file's definitions in later proofs."""
        self.closer.lemmas.append(lemma)

    def prove(self, text: str, bundles: Sequence[str], seconds: float) -> list[str] | None:
        """A script for a statement, as lines; None if none was found in so many CPU seconds."""
        with self.bench.budget(seconds):
            try:
                state, answer = self.bench.gym.goal(
                    self.bench.constants.theory, statement=text, tree=True
                )
            except GymError:
                return None
            script = self._whole(state)
            if script is None:
                with self.bench.budget(APART * seconds):
                    script = self._work(state, 0)
            if script is None:
                with self.bench.budget(BY_THEOREM * seconds):
                    script = self._by_theorem(state)
            if script is None:
                script = self._work(state, 0, frozenset(bundles))
            if script is None:
                return None
            return [answer.intro, *script] if answer.intro else script

    def _whole(self, state: State) -> list[str] | None:
        return self.bench.first(
            state, ["exact Iff.rfl", "rfl", "first | assumption | trivial"], 2_000
        )

    def _by_theorem(self, state: State) -> list[str] | None:
        """Another form of a side, by a theorem of the reference library."""
        heads = set(state.goals[0].consts)
        rewrites = []
        for theorem in self.theorems:
            if theorem.iff and theorem.premises == 0:
                if theorem.sides[0] in heads:
                    rewrites.append(f"rw [{quoted(theorem.name)}]")
                if theorem.sides[1] in heads:
                    rewrites.append(f"rw [← {quoted(theorem.name)}]")
        rewrites = rewrites[:MAX_REWRITES]
        steps = self.bench.try_(state, rewrites, 1_500, tree=True)
        for line, step in zip(rewrites, steps, strict=False):
            if not step.ok:
                continue
            if step.proved:
                return [line]
            if self.bench.out_of_time or len(step.children) != 1:
                continue
            after = step.children[0].state
            script = self.bench.first(after, ["exact Iff.rfl"], 1_000) or self._work(after, 0)
            if script is not None:
                return [line, *script]
        return None

    def _work(
        self, state: State, depth: int, raw: frozenset[str] = frozenset()
    ) -> list[str] | None:
        """A script for a state with one goal."""
        lines: list[str] = []
        done: set[str] = set()
        for _ in range(MAX_STEPS):
            if self.bench.out_of_time:
                return None
            goal = state.goals[0]
            tree = read(goal)
            if tree is None:
                return None
            if goal.rename and goal.rename not in done:
                done.add(goal.rename)
                steps = self.bench.try_(state, [goal.rename], 1_000, tree=True)
                if steps and steps[0].ok and len(steps[0].children) == 1:
                    lines.append(goal.rename)
                    state = steps[0].children[0].state
                continue
            proposal = self.safe.step(tree, raw, done)
            if proposal is None:
                break
            done.add(proposal)
            if proposal.startswith(("unfold", "refine")) and " at " not in proposal:
                known = self.closer.applied(state, "assumption", 100)
                if known is not None:
                    return lines + known
            steps = self.bench.try_(state, [proposal], 1_500, tree=True)
            if not steps or not steps[0].ok:
                continue
            step = steps[0]
            lines.append(proposal)
            if step.proved:
                return lines
            if sum(len(c.goals) for c in step.children) == 1:
                state = step.children[0].state
                continue
            script = self._branches(state, proposal, depth, raw)
            return None if script is None else lines[:-1] + script
        script = self.closer.close(state, depth)
        return None if script is None else lines + script

    def _branches(
        self, state: State, tactic: str, depth: int, raw: frozenset[str] = frozenset()
    ) -> list[str] | None:
        """A tactic that leaves several goals, and a script for each."""
        step = self.bench.gym.try_(state, [tactic], split=True, tree=True, ms=10_000)[0]
        if depth > 8 or any(len(c.goals) != 1 for c in step.children):
            return None
        lines = [tactic]
        for branch in step.children:
            script = self._work(branch.state, depth + 1, raw)
            if script is None:
                return None
            lines += bullet(script)
        return lines


def bullet(lines: list[str]) -> list[str]:
    """A branch of a proof."""
    flat = [part for line in lines for part in line.split("\n")]
    return [("· " if k == 0 else "  ") + line for k, line in enumerate(flat)]
