"""Witnesses and forms of induction from a file to proofs that Lean has accepted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.main import cli

pytestmark = [pytest.mark.lean, pytest.mark.slow, pytest.mark.timeout(900)]

TEXT = """inductive Shrub (α : Type) where
  | bare : Shrub α
  | fork : Shrub α → α → Shrub α → Shrub α

def Shrub.count {α : Type} : Shrub α → Nat
  | bare => 0
  | fork l _ r => l.count + r.count + 1

def half : Nat → Nat
  | 0 => 0
  | 1 => 0
  | n + 2 => half n + 1

theorem positive (l : List Nat) : ∃ k : List Nat, ∀ x, x ∈ k ↔ x ∈ l ∧ 0 < x := by
  sorry

theorem one_fork {α : Type} (x : α) : ∃ t : Shrub α, t.count = 1 := by
  sorry

theorem half_le (n : Nat) : half n ≤ n := by
  sorry
"""


def test_terms_and_inductions_end_as_proofs(tmp_path: Path) -> None:
    file = tmp_path / "Shrubs.lean"
    file.write_text(TEXT, encoding="utf-8")
    options = ["--seconds", "300", "--workers", "1", "--no-verify", "--json"]
    result = CliRunner().invoke(cli, ["run", str(file), *options, "--out", str(tmp_path / "run")])
    report = json.loads(result.stdout)
    assert [r["status"] for r in report["results"]] == ["found"] * 3, report["results"]
    proofs = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "run").rglob("*.lean"))
    assert "List.filter (fun x => " in proofs
    assert "Shrub.fork" in proofs
