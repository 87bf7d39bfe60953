"""Completions beside their originals, with real Lean."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.judge import attacks
from tests.judge.completions import ManyJudge

ROOT = Path(__file__).parents[2]
ATTACKS = [a for a in attacks.collect(ROOT / "tests" / "attacks") if a.original is not None]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


class Panel:
    """The judges of the attacks, each of which has compiled what it is asked about at once."""

    def __init__(self) -> None:
        self._judges: dict[tuple[bool, bool], ManyJudge] = {}

    def __call__(self, attack: attacks.Attack, guarded: bool) -> attacks.Answer:
        key = (attack.expect.trust, guarded)
        if key not in self._judges:
            self._judges[key] = ManyJudge(trust_original=key[0], guarded=guarded)
            self._judges[key].prepare(
                [
                    _texts(a)
                    for a in ATTACKS
                    if a.expect.trust == key[0] and (guarded or a.expect.without_policy)
                ]
            )
        original, candidate = _texts(attack)
        return attacks.answer(self._judges[key].verify(original, candidate, name=attack.name))


def _texts(attack: attacks.Attack) -> tuple[bytes, bytes]:
    assert attack.original is not None
    return attack.original.read_bytes(), attack.file.read_bytes()


@pytest.fixture(scope="module")
def panel() -> Panel:
    return Panel()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_every_attack(attack: attacks.Attack, panel: Panel) -> None:
    assert attacks.check(attack, panel).problem == ""
