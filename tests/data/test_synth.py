"""Synthetic data: in real Lean, reproducible, and free of targets and of what solutions state."""

from __future__ import annotations

import concurrent.futures
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import NameView
from autoresearch_formal.data.rows import check, read_rows
from autoresearch_formal.data.synth import excluded, run
from autoresearch_formal.data.synth.algebra import Conjecture
from autoresearch_formal.data.synth.prover import HEARTBEATS, ConjectureProver
from autoresearch_formal.data.synth.source import tactics, theorem
from autoresearch_formal.data.synth.tries import around
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.mask import Mask
from autoresearch_formal.targets import World, load
from autoresearch_formal.targets.worlds import FOUNDATION

pytestmark = pytest.mark.slow

REWRITE = Conjecture(
    "∀ (A : Type) (op : A → A → A), (∀ x y : A, op x y = op y x) → "
    "∀ p q r : A, op (op p q) r = op r (op q p)",
    "synth.rewrite",
    (("rw [h (op p q) r]", "rw [h p q]"),),
)


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gym]:
    mask = tmp_path_factory.mktemp("mask") / "mask.json"
    Mask.compute(1823).write_gym_file(mask)
    modules = sorted({FOUNDATION, *(t.module for t in load())})
    with Gym(workers=1, mask=mask, modules=modules) as running:
        yield running


@pytest.fixture(scope="module")
def bans(gym: Gym) -> dict[str, str]:
    return excluded.target_fingerprints(gym, excluded.target_theory(gym, load()), load())


def prover(gym: Gym, bans: dict[str, str]) -> ConjectureProver:
    names = [NameView("Nat.add_comm", "theorem", "∀ (n m : Nat), n + m = m + n")]
    return ConjectureProver(gym, gym.theory([FOUNDATION]), names, bans.__contains__)


@pytest.mark.lean
def test_a_proof_becomes_rows_that_the_kernel_stands_behind(gym: Gym, bans: dict[str, str]) -> None:
    first, again = (prover(gym, bans) for _ in range(2))
    rows = first.prove(REWRITE)
    assert rows == again.prove(REWRITE)
    assert first.tally.kernel >= 1
    answers = {r.answer for r in rows}
    assert {"tactic\nrw [h (op p q) r]", "tactic\nrw [h p q]"} <= answers
    mask = Mask.compute(1823)
    assert all(check(r, mask) is None for r in rows)
    assert len({(r.fingerprint, r.answer) for r in rows}) == len(rows)
    theory = gym.theory([FOUNDATION])
    for row in rows:  # what a row says, Lean does
        goal = prompts.read(row.prompt).goals[0]
        context, _, target = goal.partition("⊢ ")
        binders = " ".join(f"({line})" for line in context.strip().split("\n"))
        state, _ = gym.goal(theory, statement=f"∀ {binders}, {target}")
        assert gym.try_(state, [prompts.parse(row.answer).text])[0].ok


@pytest.mark.lean
def test_a_rating_is_what_lean_said(gym: Gym, bans: dict[str, str]) -> None:
    statement = "∀ (a b : Nat) (p q : Prop), a < b → p ∧ q → q ∧ a + 1 < b + 1"
    made = Conjecture(statement, "synth.logic")
    first, again = (
        [list(part) for part in around(prover(gym, bans), made, random.Random(0))] for _ in range(2)
    )
    assert first == again
    mask = Mask.compute(1823)
    theory = gym.theory([FOUNDATION])
    state, _ = gym.goal(theory, statement=statement)
    asked = [(prompts.read_question(r.prompt), r) for r in first[0]]
    assert {r.answer for r in first[0]} == {prompts.YES, prompts.NO}
    for (shown, action), row in asked:
        assert check(row, mask) is None
        assert shown.goals[0].endswith("q ∧ a + 1 < b + 1")
        step = gym.try_(state, [action.text], heartbeats=HEARTBEATS, split=False)[0]
        assert row.answer == (prompts.YES if step.ok and not step.no_progress else prompts.NO)
    assert check(msgspec.structs.replace(first[0][0], answer="maybe"), mask) is not None
    assert check(msgspec.structs.replace(first[0][0], kind="tactic"), mask) is not None


@pytest.mark.lean
def test_no_rating_shows_a_target(gym: Gym, bans: dict[str, str]) -> None:
    renamed = (
        "∀ (Q : Type) (star : Q → Q → Q) (i : Q) (v : Q → Q), "
        "(∀ z : Q, star i z = z) → (∀ z : Q, star z (v z) = i) → v i = i"
    )
    made = prover(gym, bans)
    parts = list(around(made, Conjecture(renamed, "synth.conjecture"), random.Random(0)))
    assert parts == [[]]
    assert made.tally.excluded == 1


@pytest.mark.lean
def test_false_and_unprovable_statements_give_nothing(gym: Gym, bans: dict[str, str]) -> None:
    made = prover(gym, bans)
    wrong = "∀ (A : Type) (op : A → A → A) (a b : A), op a b = op b a"
    assert made.prove(Conjecture(wrong, "synth.conjecture")) == []
    assert made.prove(Conjecture("∀ n : Nat, n < n", "synth.numbers")) == []
    assert made.prove(Conjecture("this is not Lean", "synth.numbers")) == []
    assert (made.tally.refuted, made.tally.refused, made.tally.kernel) == (1, 1, 0)


@pytest.mark.lean
def test_targets_are_excluded_under_any_names(gym: Gym, bans: dict[str, str]) -> None:
    """The statement of a target with every variable and hypothesis called something else."""
    renamed = (
        "∀ (Q : Type) (star : Q → Q → Q) (i : Q) (v : Q → Q), "
        "(∀ z : Q, star i z = z) → (∀ z : Q, star z (v z) = i) → v i = i"
    )
    made = prover(gym, bans)
    assert made.prove(Conjecture(renamed, "synth.conjecture")) == []
    assert made.tally.excluded == 1
    # and the same theorem is proved where nothing is excluded, so that it was excluded for that
    free = prover(gym, {})
    assert free.prove(Conjecture(renamed, "synth.conjecture"))
    assert len(set(bans.values())) == len(load())


@pytest.mark.lean
def test_what_solutions_state_is_excluded_too(
    gym: Gym, bans: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "Solution.lean"
    file.write_text(
        f"import {World().target}\n\nnamespace X\n\ntheorem step (u w : Nat) (k : u < w) :\n"
        "    u + 2 < w + 2 := by\n  omega\n\nend X\n"
    )
    theory = excluded.target_theory(gym, load())
    found = excluded.solution_fingerprints(gym, theory, [file])
    assert list(found.values()) == ["Solution.lean: step"]
    made = prover(gym, found)
    assert made.prove(Conjecture("∀ a b : Nat, a < b → a + 2 < b + 2", "synth.numbers")) == []
    assert made.tally.excluded == 1
    assert excluded.solution_files(project_root())


def test_lean_text_in_steps() -> None:
    found = theorem("theorem t {a : Nat} (h : a = (fun x => x) a := by rfl) : a = a := by\n  rfl")
    assert found is not None
    assert (found.name, found.proof.strip()) == ("t", "by\n  rfl")
    proof = " by\n  intro h\n  constructor\n  · simp\n    omega\n  · cases h with\n    | a => rfl\n"
    assert tactics(proof) == ["intro h", "constructor", "simp", "omega", "cases h with\n| a => rfl"]
    assert tactics(" ⟨a,\n  b⟩") == ["exact ⟨a, b⟩"]


@pytest.mark.lean
def test_a_run_that_is_cut_off_and_resumed_makes_the_same_rows(
    gym: Gym, bans: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small chunks, made in a thread of this process on the gym that these tests share."""

    def start(*_: object) -> None:
        run._prover = prover(gym, bans)

    def pool(workers: int, _: object, begin: Any, given: Any) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(workers, initializer=begin, initargs=given)

    monkeypatch.setattr(run, "STATEMENTS", 12)
    monkeypatch.setattr(run, "TRACES", 0)
    monkeypatch.setattr(run, "_start", start)
    monkeypatch.setattr(run, "bans_for", lambda _: bans)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", pool)
    made: list[int] = []
    chunk = run._chunk

    def counted(number: int, *rest: Any) -> dict[str, Any]:
        if made == [0]:
            made.append(-1)
            raise ConnectionError("cut off")
        made.append(number)
        return chunk(number, *rest)

    def options(name: str, **rest: Any) -> run.SynthOptions:
        return run.SynthOptions(tmp_path / name, **({"rows": 5, "seed": 3, "workers": 1} | rest))

    whole = run.synthesise(options("whole"))
    assert whole["rows"] == 5
    assert whole["chunks"] >= 2
    monkeypatch.setattr(run, "_chunk", counted)
    with pytest.raises(ConnectionError):
        run.synthesise(options("cut"))
    with pytest.raises(UsageFault, match="give --resume"):
        run.synthesise(options("cut"))
    with pytest.raises(UsageFault, match="was made with seed = 3"):
        run.synthesise(options("cut", seed=4, resume=True))
    again = run.synthesise(options("cut", resume=True))
    assert made == [0, -1, *range(1, again["chunks"])]  # no chunk twice
    assert (again["digest"], again["chunks"]) == (whole["digest"], whole["chunks"])
    chunks = [sorted((tmp_path / n / "chunks").glob("*.parquet")) for n in ("whole", "cut")]
    for one, other in zip(*chunks, strict=True):
        rows = [[row for *_, row in read_rows([path])] for path in (one, other)]
        assert rows[0] == rows[1]
