"""Finding `sorry`s in Lean text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.targets.sorries import load_sorries, read_sorries

FILE = """\
import Init
import Reconstruct.Substitutions.Foundation

/-! No sorry here /- nor here: sorry -/ nor sorry here. -/

namespace A.B
section
-- sorry
theorem first (n : Nat) : n = n := by
  have h : "sorry" = "sorry" := rfl
  have sorry' := h
  sorry

theorem C.second : (fun c => c = 'a') = fun c => c = 'a' := sorry
end

example : True := sorry
end A.B

lemma third : True ∧ True := ⟨sorry, by sorry⟩
theorem _root_.fourth : notsorry := sorryAx _
instance : Inhabited Nat := ⟨sorry⟩
def fifth' (h : x.sorry) : Nat := sorry
"""


def test_finds_each_with_its_declaration_and_place() -> None:
    found = read_sorries(FILE, Path("F.lean"))
    assert [(goal.declaration, goal.line, goal.column) for goal in found] == [
        ("A.B.first", 12, 2),
        ("A.B.C.second", 14, 60),
        (None, 17, 18),
        ("third", 20, 30),
        ("third", 20, 40),
        (None, 22, 29),
        ("fifth'", 23, 34),
    ]
    assert [goal.index for goal in found] == list(range(7))
    assert found[0].imports == ("Init", "Reconstruct.Substitutions.Foundation")
    assert found[0].body == FILE.split("Foundation", 1)[1]
    assert found[3].name == "third#3"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "F.lean"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_all_of_a_file(file: Path) -> None:
    assert len(load_sorries(str(file))) == 7


@pytest.mark.parametrize(
    ("name", "indices"), [("third", [3, 4]), ("C.second", [1]), ("second", [1]), ("fifth'", [6])]
)
def test_one_declaration(file: Path, name: str, indices: list[int]) -> None:
    assert [goal.index for goal in load_sorries(f"{file}:{name}")] == indices


def test_a_declaration_that_has_none(file: Path) -> None:
    with pytest.raises(UsageFault, match=r"'fourth'; there are some in A\.B\.first"):
        load_sorries(f"{file}:fourth")
    with pytest.raises(UsageFault, match="econd"):
        load_sorries(f"{file}:econd")


@pytest.mark.parametrize("argument", ["F.txt", "F.lean:", "nothing"])
def test_not_a_lean_file(argument: str) -> None:
    with pytest.raises(UsageFault, match=r"FILE\.lean"):
        load_sorries(argument)


def test_missing_empty_and_unclosed(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="can't be read"):
        load_sorries(str(tmp_path / "N.lean"))
    (tmp_path / "E.lean").write_text("theorem t : True := trivial -- sorry\n", encoding="utf-8")
    with pytest.raises(UsageFault, match="nothing to prove"):
        load_sorries(str(tmp_path / "E.lean"))
    (tmp_path / "U.lean").write_text("\n/- sorry", encoding="utf-8")
    with pytest.raises(UsageFault, match=r"U\.lean:2: this comment is never closed"):
        load_sorries(str(tmp_path / "U.lean"))


@given(st.text(alphabet="sory -/\"'\n\\«»a.:", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read_sorries(text, Path("F.lean"))
    except UsageFault:
        return
    for goal in found:
        line = text.split("\n")[goal.line - 1]
        assert line[goal.column :].startswith("sorry")
