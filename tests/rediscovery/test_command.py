"""The command from a file to a judged file of theorems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.rediscover import command

pytestmark = pytest.mark.lean

GOOD = """import Reconstruct.Substitutions.Foundation

namespace Reconstruct.Generated

/-- Not empty, and with two elements holds the first times the inverse of the second. -/
def Steps (m : α → α → α) (i : α → α) (P : α → Prop) : Prop :=
  (∃ a, P a) ∧ ∀ a b, P a → P b → P (m a (i b))

/-- Nothing in the library. -/
def Strange (m : α → α → α) : Prop := ∀ a b, m (m a b) (m b b) = m a (m a a)

end Reconstruct.Generated
"""


@pytest.mark.slow
def test_a_file_becomes_theorems_that_the_judge_accepts(tmp_path: Path) -> None:
    file = tmp_path / "Mine.lean"
    file.write_text(GOOD)
    result = CliRunner().invoke(command, [str(file), "--json", "--seconds", "4"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    (told,) = document["files"]
    assert told["verdict"] == "yes"
    rows = {row["invention"]: row for row in told["inventions"]}
    (finding,) = rows["Reconstruct.Generated.Steps"]["findings"]
    assert finding["relation"] == "equivalent"
    assert finding["concept"] == "IsSubgroup"
    assert finding["year"] == 1831
    assert rows["Reconstruct.Generated.Strange"]["relation"] != "equivalent"
    written = (tmp_path / "Mine.Rediscovery.lean").read_text()
    assert "theorem Steps_iff_IsSubgroup" in written
    assert "sorry" not in written
    assert document["score"]["paths"]["machine"][0]["concept"] == "IsSubgroup"


@pytest.mark.slow
def test_what_the_judge_refuses_is_not_compared(tmp_path: Path) -> None:
    file = tmp_path / "Bad.lean"
    file.write_text(GOOD + "\ntheorem wrong : 1 = 2 := sorry\n")
    result = CliRunner().invoke(command, [str(file)])
    assert result.exit_code == 1
    assert "the judge says no" in result.output
    assert not (tmp_path / "Bad.Rediscovery.lean").exists()


def test_bad_input_gets_one_line(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "x.txt").write_text("x")
    for arguments, complaint in (
        ([], "name a Lean file, a run folder or a folder of runs"),
        ([str(tmp_path / "nowhere")], "no such file or folder"),
        ([str(tmp_path / "x.txt")], "neither a Lean file nor a run folder"),
        ([str(empty)], "not a run folder"),
        (["--whole", str(empty)], "--whole goes with --calibration"),
        (["--calibration", str(empty)], "pairs.toml"),
    ):
        result = CliRunner().invoke(command, arguments)
        assert result.exit_code == 2, (arguments, result.output)
        assert complaint in result.output
