"""The model that comes with the tree: small, from behind the mask, and of use."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action, GoalView, NameView, Situation, TheoryView
from autoresearch_formal.inference.local import LocalEngine
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.mask.chronology import Chronology
from autoresearch_formal.mask.probe import questions, run_probe
from autoresearch_formal.policy.neural import NeuralPolicy
from tests.inference.test_run import search

pytestmark = [pytest.mark.lean, pytest.mark.torch, pytest.mark.slow, pytest.mark.timeout(600)]

NANO = project_root() / "models" / "nano"
FIRST = project_root() / "models" / "nano-first"
"""Nano after the first stage of its training, not yet taught to rate."""


@pytest.fixture(scope="module")
def nano() -> LocalEngine:
    return LocalEngine(NANO, device="cpu")


@pytest.mark.parametrize(
    ("folder", "data"), [(NANO, {"synth.parquet", "tries.parquet"}), (FIRST, {"synth.parquet"})]
)
def test_it_is_small_and_says_where_it_comes_from(folder: Path, data: set[str]) -> None:
    assert sum(p.stat().st_size for p in folder.iterdir()) <= 12 << 20
    papers = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    assert papers["prompt_version"] == prompts.VERSION
    assert papers["cutoff"] == 1823
    assert set(papers["data"]) == data


@pytest.mark.parametrize("folder", [NANO, FIRST], ids=lambda f: f.name)
def test_it_knows_nothing_from_behind_the_mask(folder: Path) -> None:
    engine = LocalEngine(folder, device="cpu")
    report = run_probe(
        questions(Chronology.load(), 1823),
        lambda pairs: [total for total, _ in engine.score(pairs)],
    )
    assert not report.leaks, report.sentence


def test_it_foretells_lean(nano: LocalEngine) -> None:
    """Small goals where what Lean says is plain; a prompt always shows visible names."""
    policy = NeuralPolicy(nano)
    symm = NameView("List.append_assoc", "theorem", "∀ {α : Type u_1} (as bs cs : List α), as = as")

    def chances(goal: str, *tactics: str) -> list[float]:
        view = GoalView(goal, goal.rpartition("⊢")[2].strip())
        situation = Situation(TheoryView(), (view,), (symm, symm))
        return [math.exp(r) for r in policy.rate(situation, [Action("tactic", t) for t in tactics])]

    split, wrong = chances("p q : Prop\nh : q\nk : p\n⊢ q ∧ p", "constructor", "omega")
    assert split > wrong
    exists = "α : Type\nP : α → Prop\nh : ∃ x, P x\n⊢ ∃ y, P y"
    taken, arithmetic, equal = chances(exists, "cases h", "omega", "rfl")
    assert taken > 0.5 > max(arithmetic, equal)


def test_alone_and_with_the_symbolic_policy_it_proves_targets(tmp_path: Path) -> None:
    alone = search(f"neural:{NANO}", out=tmp_path / "alone", targets=("own-square-is-identity",))
    assert alone["results"][0]["status"] == "found"
    mixed = search(f"mixed:{NANO}", out=tmp_path / "mixed", targets=("casting-out-nines",))
    assert mixed["results"][0]["status"] == "found"
