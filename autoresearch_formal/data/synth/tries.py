"""What Lean says to proposals: rows from which a model learns to foretell it.

At a goal of the foundation's own proofs, or of a generated statement, a sample of what the symbolic
policy would guess is tried. A try that Lean accepts, and that changes something, is answered with
yes, any other with no. The label is Lean's word on this one step, not a claim that it leads
anywhere; no theorem rests on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import msgspec

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action
from autoresearch_formal.data.rows import Row
from autoresearch_formal.data.synth.algebra import Conjecture
from autoresearch_formal.data.synth.prover import HEARTBEATS, ConjectureProver
from autoresearch_formal.data.synth.source import SourceTheorem, tactics
from autoresearch_formal.lean.handles import State, TacticOutcome
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.messages import ShownGoal as Shape

EXPANSIONS = (1, 2)
"""Expansions of a goal whose guesses are tried."""
TRIED = 10
"""Guesses a goal that are tried, drawn among all."""
WALK = 3
"""Goals of a generated statement, each reached by a step that Lean accepted."""


def accepted(step: TacticOutcome) -> bool:
    """Whether a step changed something; what other steps do has no say."""
    return step.ok and not step.no_progress and bool(step.children)


def tries(prover: ConjectureProver, state: State, goals: Sequence[Shape], source: str) -> list[Row]:
    """Rows about one goal; none if it may not be shown."""
    if prover.excluded(goals[0].fingerprint):
        prover.tally.excluded += 1
        return []
    situation = prover.situation(goals)
    guesses: dict[str, Action] = {}
    for expansion in EXPANSIONS:
        later = msgspec.structs.replace(situation, expansion=expansion)
        for action in prover.policy.guesses(later):
            if action.kind == "tactic":
                guesses.setdefault(action.text, action)
    chance = random.Random(goals[0].fingerprint)
    texts = chance.sample(list(guesses), min(TRIED, len(guesses)))
    steps = prover.attempt(state, texts, HEARTBEATS)
    about = prompts.prompt(situation)
    return [
        Row(
            prompts.question(about, guesses[text]),
            prompts.YES if accepted(step) else prompts.NO,
            1.0,
            "rating",
            goals[0].fingerprint,
            source,
        )
        for text, step in zip(texts, steps, strict=False)
    ]


def along(prover: ConjectureProver, scope: str, stated: SourceTheorem) -> Iterator[list[Row]]:
    """Rows at every goal of a proof of the foundation."""
    script = tactics(stated.proof) or []
    hole = f"{scope}\nexample {stated.header} := by sorry"
    try:
        state, answer = prover.gym.goal(prover.theory, sorry={"text": hole, "index": 0}, tree=True)
        goals: Sequence[Shape] = answer.goals
        for tactic in script:
            yield tries(prover, state, goals, "tries.trace")
            step = prover.attempt(state, [tactic], HEARTBEATS)[0]
            if not accepted(step):
                return
            state = step.children[0].state
            goals = prover.gym.describe(state, tree=True).goals
            if not goals:
                return
    except GymError:
        return


def around(
    prover: ConjectureProver, made: Conjecture, chance: random.Random
) -> Iterator[list[Row]]:
    """Rows at a generated statement and on a short walk from it."""
    try:
        state, answer = prover.gym.goal(prover.theory, statement=made.statement, tree=True)
        goals: Sequence[Shape] = answer.goals
        for _ in range(WALK):
            rows = tries(prover, state, goals, made.source.replace("synth", "tries"))
            yield rows
            good = [r for r in rows if r.answer == prompts.YES]
            if not good:
                return
            _, action = prompts.read_question(chance.choice(good).prompt)
            step = prover.attempt(state, [action.text], HEARTBEATS)[0]
            if not accepted(step):
                return
            state = step.children[0].state
            goals = prover.gym.describe(state, tree=True).goals
            if not goals:
                return
    except GymError:
        return
