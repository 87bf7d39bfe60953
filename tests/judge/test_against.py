"""Completions beside their originals, with real Lean."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.judge import attacks
from autoresearch_formal.lean.toolchain import select
from tests.judge.completions import ManyJudge
from tests.judge.random_completions import completions

ROOT = Path(__file__).parents[2]
ATTACKS = [a for a in attacks.collect(ROOT / "tests" / "attacks") if a.original is not None]

pytestmark = [pytest.mark.slow, pytest.mark.lean, pytest.mark.timeout(1800)]


class Panel:
    """The judges of the attacks, each of which has compiled what it is asked about at once."""

    def __init__(self) -> None:
        self._judges: dict[tuple[bool, bool], ManyJudge] = {}

    def __call__(self, attack: attacks.Attack, guarded: bool) -> attacks.AttackAnswer:
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


def test_a_file_beside_itself_is_open() -> None:
    """Nothing is refused of a file that nobody has touched, holes in data included."""
    data = b"def pick : Nat := sorry\n\ntheorem t : pick = 0 := by\n  sorry\n"
    judge = ManyJudge()
    judge.prepare([(data, data)])
    same = judge.verify(data, data, name="same")
    assert [d.status for d in same.declarations] == ["open", "open"]
    assert (same.verdict, same.findings) == ("open", [])


def test_a_process_for_each_file_says_the_same(panel: Panel) -> None:
    """What the tests here do at once is what a verdict does in fresh processes."""
    (attack,) = [a for a in ATTACKS if a.name == "resting-through-simp"]
    real = attacks.Panel()(attack, True)
    assert real == panel(attack, True)
    assert real.declarations == {"claim": "open", "rests": "conditional"}


def test_verified_is_what_lean_collects(tmp_path: Path) -> None:
    """On random completions a declaration is verified exactly where Lean's own collection of
    axioms, in another process, finds the three at most and the statement is what it was."""
    cases = completions(seed=15, originals=100, each=3)
    jobs = []
    for i, case in enumerate(cases):
        original, candidate = tmp_path / f"{i // 3}.lean", tmp_path / f"{i}.candidate.lean"
        original.write_text(case.original)
        candidate.write_text(case.candidate)
        jobs.append({"original": str(original), "candidate": str(candidate), "names": case.names})
    (tmp_path / "jobs.json").write_text(json.dumps(jobs))
    with ThreadPoolExecutor(1) as pool:
        theirs = pool.submit(_collected, tmp_path / "jobs.json")
        judge = ManyJudge(guarded=False)
        pairs = [(c.original.encode(), c.candidate.encode()) for c in cases]
        judge.prepare(pairs)
        ours = [judge.verify(original, candidate, name="x") for original, candidate in pairs]
        answers = theirs.result()
    assert len(answers) == len(cases) >= 300
    for case, certificate, answer in zip(cases, ours, answers, strict=True):
        verified = {d.name for d in certificate.declarations if d.status == "verified"}
        told = (certificate, answer, case.original, case.candidate)
        if any(finding.step == "kernel" for finding in certificate.findings):
            # Compiled code that was believed: the second kernel refuses the file as a whole.
            assert not verified, told
            assert not answer["clean"], told
            continue
        assert verified == set(answer["right"]), told
        assert certificate.ok == answer["clean"], told
    # Neither side says always the same.
    count = sum(len(answer["right"]) for answer in answers)
    assert 100 < count < sum(len(case.names) for case in cases) - 100
    assert 10 < sum(answer["clean"] for answer in answers) < 290


def _collected(jobs: Path) -> list[dict[str, Any]]:
    script = ROOT / "tests" / "lean_sources" / "CollectAxioms.lean"
    arguments = ["--tstack=65536", "--run", str(script), str(jobs)]
    done = select().run_lean(arguments, timeout=900)
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"')]
    assert lines, done.stderr[-2000:]
    return [json.loads(line) for line in lines]
