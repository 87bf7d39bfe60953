"""Goal/tactic pairs from the foundation's own proofs.

A proof is replayed step by step on its statement, with the whole foundation imported. Where a
step no longer works alone the theorem is left out, and so is one that the kernel refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autoresearch_formal.data.rows import Row
from autoresearch_formal.data.synth.prover import ConjectureProver
from autoresearch_formal.data.synth.source import SourceTheorem, commands, tactics, theorem
from autoresearch_formal.lean.handles import Theory
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym

_SCOPE = re.compile(r"^(namespace|open|variable|section|universe|end)\b")


def scoped(text: str) -> Iterator[tuple[str, SourceTheorem]]:
    """Each theorem of a file with the commands that set the scene for it."""
    scope: list[str] = []
    for command in commands(text):
        found = _SCOPE.match(command)
        if found is None:
            stated = theorem(command)
            if stated is not None:
                yield "\n".join(scope), stated
        elif found[1] == "end":
            opener = max(
                (i for i, c in enumerate(scope) if c.startswith(("namespace", "section"))),
                default=0,
            )
            del scope[opener:]
        else:
            scope.append(command)


def traces(
    gym: Gym, theory: Theory, prover: ConjectureProver, files: Sequence[tuple[str, str]]
) -> Iterator[list[Row]]:
    """Rows of one theorem after the other."""
    for _, text in files:
        for scope, stated in scoped(text):
            yield _trace(gym, theory, prover, scope, stated)


def _trace(
    gym: Gym, theory: Theory, prover: ConjectureProver, scope: str, stated: SourceTheorem
) -> list[Row]:
    script = tactics(stated.proof)
    if script is None:
        return []
    hole = f"{scope}\nexample {stated.header} := by sorry"
    try:
        state, answer = gym.goal(theory, sorry={"text": hole, "index": 0})
        if prover.excluded(answer.goals[0].fingerprint):
            prover.tally.excluded += 1
            return []
        found = prover.replay(state, answer.goals, script)
        return [] if found is None else prover.checked(found, "trace")
    except GymError:
        return []
