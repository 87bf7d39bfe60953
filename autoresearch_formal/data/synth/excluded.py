"""What synthetic data may not contain: targets and what solutions of targets state.

Two goals count as the same if their fingerprints are equal, that is, up to names of variables and
hypotheses and the order of hypotheses (`docs/gym.md`). Statements are compared as they are opened
in a search, with their leading binders introduced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autoresearch_formal.data.synth.source import commands, theorem
from autoresearch_formal.lean.handles import Theory
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.targets import Target
from autoresearch_formal.targets.worlds import FOUNDATION, World

PLACES = ("tests/lean_sources/Solutions", World().generated.replace(".", "/"))
"""Where proofs of targets are kept, by hand and by searches."""


def target_theory(gym: Gym, targets: Sequence[Target]) -> Theory:
    """A theory in which the targets can be named."""
    return gym.theory([FOUNDATION, *sorted({t.module for t in targets})])


def target_fingerprints(gym: Gym, theory: Theory, targets: Sequence[Target]) -> dict[str, str]:
    """Fingerprint → target, of all targets as a search opens them. Raises `GymError`."""
    found = {}
    for target in targets:
        state, answer = gym.goal(theory, prop=target.statement)
        found[answer.goals[0].fingerprint] = target.id
        gym.drop([state])
    return found


def solution_files(root: Path) -> list[Path]:
    """Files with proofs of targets."""
    return [path for place in PLACES for path in sorted((root / place).rglob("*.lean"))]


def solution_fingerprints(gym: Gym, theory: Theory, paths: Sequence[Path]) -> dict[str, str]:
    """Fingerprint → file and theorem, of what solutions state on the way, proofs left out."""
    found: dict[str, str] = {}
    for path in paths:
        for fingerprint, name in _statements(gym, theory, path.read_text(encoding="utf-8")):
            found.setdefault(fingerprint, f"{path.name}: {name}")
    return found


def _statements(gym: Gym, theory: Theory, text: str) -> Iterator[tuple[str, str]]:
    current = theory
    for command in commands(text):
        stated = theorem(command)
        try:
            if stated is not None:
                hole = f"theorem {stated.name} {stated.header} := by sorry"
                state, answer = gym.goal(current, sorry={"text": hole, "index": 0})
                gym.drop([state])
                yield answer.goals[0].fingerprint, stated.name
                command = hole
            current, _ = gym.elab(current, command, allow_sorry=True)
        except GymError:
            continue  # a command that stands alone only in its file states nothing for others
