"""Files that may see the masked references: re-checked like any other, but never said to prove a
target, and refused where nobody asked for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.verify import Choice, chosen, command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import Judge

EQUIVALENT = """\
import Reconstruct.Substitutions.Reference.Subgroup
import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def Closed {α : Type} (m : α → α → α) (e : α) (i : α → α) (P : α → Prop) : Prop :=
  P e ∧ (∀ a b, P a → P b → P (m a b)) ∧ ∀ a, P a → P (i a)

theorem closed_iff {α : Type} (G : Reference.Group α) (P : α → Prop) :
    Closed G.mul G.one G.inv P ↔ Reference.IsSubgroup G P :=
  ⟨fun h => ⟨h.1, h.2.1 _ _, h.2.2 _⟩,
    fun h => ⟨h.one_mem, fun _ _ => h.mul_mem, fun _ => h.inv_mem⟩⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
    fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩

end Reconstruct.Generated
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Closed.Rediscovery.lean"
    path.write_text(EQUIVALENT)
    return path


@pytest.mark.lean
@pytest.mark.slow
def test_an_equivalence_with_a_reference(file: Path) -> None:
    judge = Judge(references=True)
    certificate = judge.verify(file)
    assert certificate.ok, certificate.summary
    assert "Reconstruct.Generated.closed_iff" in certificate.theorems
    assert certificate.targets == []
    assert "proves" not in certificate.summary
    assert "the references are visible" in {s.name: s.detail for s in certificate.steps}["mask"]
    file.write_text(EQUIVALENT.replace("P e ∧ (∀ a b, P a → P b → P (m a b)) ∧", ""))
    assert not judge.verify(file).ok
    with pytest.raises(UsageFault, match="proves no target"):
        judge.verify(file, "CommonPartClosed")


@pytest.mark.lean
@pytest.mark.slow
def test_nobody_else_may_import_them(file: Path) -> None:
    certificate = Judge().verify(file)
    said = "source: line 1: import of 'Reconstruct.Substitutions.Reference"
    assert certificate.summary.startswith(said)


def test_no_cutoff_and_no_target_with_references(file: Path) -> None:
    with pytest.raises(UsageFault):
        Judge(references=True, cutoff=1823)
    for option in (["--cutoff", "1823"], ["--target", "CommonPartClosed"]):
        result = CliRunner().invoke(command, [str(file), "--references", *option])
        assert result.exit_code == 2, result.output


def test_which_files_of_a_folder_are_judged(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="--references"):
        chosen((tmp_path,), references=False)
    plain = tmp_path / "Closed.lean"
    plain.write_text("")
    choice = chosen((tmp_path,), references=False)
    assert choice.files == [plain]
    assert [(o.path, o.left_out) for o in choice.odd] == [(file, True)]
    assert chosen((tmp_path,), references=True) == Choice([file], [])
    assert chosen((file,), references=False) == Choice([file], [])
