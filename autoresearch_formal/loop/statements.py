"""Statements that the system sets itself are read back by Lean before any budget goes to them.

Lean prints goals without some of what it needs to read them again (``∃ s, …`` without the type of
``s``), so that about one in ten is refused. And a sub-goal may happen to say what a target says;
that one must not be trained on, or a held-out target would be measured on its own training data.
Both are told by the gym: its fingerprint is the same for statements that differ only in the names
of variables and in the order of hypotheses.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.handles import Theory
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.loop.curriculum import Auxiliary
from autoresearch_formal.mask import Mask
from autoresearch_formal.targets import Target, load
from autoresearch_formal.targets.worlds import FOUNDATION

SPARE = 4
"""So many times more statements are read than are wanted."""
HEARTBEATS = 20_000
MS = 60_000


@dataclass(frozen=True, slots=True)
class StatementReading:
    """What became of the statements that were made, by name."""

    chosen: tuple[Auxiliary, ...] = ()
    refused: tuple[str, ...] = ()
    """Lean does not accept them behind the mask."""
    targets: tuple[str, ...] = ()
    """They say what a target of the library says."""
    repeated: tuple[str, ...] = ()
    """They say what a better one says."""

    def to_json(self) -> dict[str, list[str]]:
        """Names only."""
        return {
            "chosen": [made.name for made in self.chosen],
            "refused": list(self.refused),
            "targets": list(self.targets),
            "repeated": list(self.repeated),
        }


def select_new(
    made: Sequence[Auxiliary], prints: Sequence[str | None], targets: set[str], count: int
) -> StatementReading:
    """The first ``count`` statements that Lean accepts, that no target says, each once. Pure.

    ``prints`` are the statements' fingerprints, None for those that were refused; ``targets`` are
    those of the targets.
    """
    chosen: list[Auxiliary] = []
    refused, known, repeated = [], [], []
    seen: set[str] = set()
    for one, fingerprint in zip(made, prints, strict=True):
        if fingerprint is None:
            refused.append(one.name)
        elif fingerprint in targets:
            known.append(one.name)
        elif fingerprint in seen:
            repeated.append(one.name)
        elif len(chosen) < count:
            seen.add(fingerprint)
            chosen.append(one)
    return StatementReading(tuple(chosen), tuple(refused), tuple(known), tuple(repeated))


def read_back(
    made: Sequence[Auxiliary], cutoff: int, toolchain: str | None
) -> tuple[list[str | None], set[str]]:
    """Fingerprints of statements, and those of all targets of the library, by the gym.

    A statement that Lean refuses, or that names a target's proposition instead of saying it, has
    none. Raises `UsageFault` if a target can't be read: nothing would be known of what it says.
    """
    targets = load()
    modules = {FOUNDATION, *(t.module for t in targets)}
    with tempfile.TemporaryDirectory(prefix="autoresearch-statements-") as scratch:
        mask = Path(scratch) / "mask.json"
        Mask.compute(cutoff).write_gym_file(mask)
        build = sorted(m for m in modules)
        imports = sorted(modules.union(*(set(one.modules) for one in made)))
        with Gym(toolchain=select(toolchain), mask=mask, modules=build) as gym:
            theory = gym.theory(imports)
            known = {target_print(gym, theory, target) for target in targets}
            names = {target.statement for target in targets}
            found: list[str | None] = []
            for one in made:
                try:
                    state, answer = gym.goal(
                        theory, statement=one.statement, heartbeats=HEARTBEATS, ms=MS
                    )
                except GymError:
                    found.append(None)
                    continue
                gym.drop([state])
                goal = answer.goals[0]
                found.append(None if names.intersection(goal.consts) else goal.fingerprint)
    return found, known


def target_print(gym: Gym, theory: Theory, target: Target) -> str:
    """The fingerprint of what a target says. Raises `UsageFault`."""
    try:
        state, answer = gym.goal(theory, prop=target.statement, heartbeats=HEARTBEATS, ms=MS)
    except GymError as fault:
        raise UsageFault(f"target {target.id}: the gym can't read it ({fault})") from None
    gym.drop([state])
    return answer.goals[0].fingerprint
