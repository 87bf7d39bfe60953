"""Theorems of a file about three systems, each proved by itself, lead to what they share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.abstract import command
from autoresearch_formal.judge import Judge

pytestmark = pytest.mark.lean

CONCRETE = Path(__file__).parents[1] / "lean_sources" / "Concrete.lean"


def invoke(*args: str) -> tuple[int, Any]:
    done = CliRunner().invoke(command, [*args, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.exit_code < 2 else done.output


@pytest.fixture(scope="module")
def whole() -> Any:
    code, document = invoke(str(CONCRETE))
    assert code == 0
    return document


def test_every_theorem_is_an_instance_of_its_general_form(whole: Any) -> None:
    assert len(whole["theorems"]) == 7
    for theorem in whole["theorems"]:
        assert theorem["instance_is_original"], theorem
        carriers = [i["origin"] for i in theorem["ingredients"] if i["role"] == "carrier"]
        assert len(carriers) == 1
        assert carriers[0].split()[0] not in theorem["statement"]


def test_the_laws_of_three_systems_are_one_definition(whole: Any) -> None:
    best, smaller = whole["shared"]
    systems = {"Reconstruct.Residue", "Reconstruct.Ratio", "Reconstruct.LinearSubstitution"}
    assert set(best["systems"]) == set(smaller["systems"]) == systems
    assert (best["laws"], len(best["theorems"])) == (4, 6)
    assert (smaller["laws"], len(smaller["theorems"])) == (3, 3)
    assert "Concrete.least_bounded_in_any" not in best["theorems"]


PART = """
theorem own_double (m : Modulus) (a : Residue m) (h : a.sum a = a) : a = Residue.nought m := by
  rw [← Residue.nought_sum a, ← Residue.opposite_sum a, Residue.sum_assoc, h]
theorem inverse_before (a b : Ratio) : a.inverse.compound (a.compound b) = b := by
  rw [← Ratio.compound_assoc, Ratio.inverse_compound, Ratio.equality_compound]
end Concrete
"""


def test_what_holds_of_one_system_is_written_for_the_others(tmp_path: Path) -> None:
    """The file is read by the judge from its text alone."""
    part, laws = tmp_path / "Part.lean", tmp_path / "Laws.lean"
    head = "import Reconstruct.Substitutions.Foundation\nnamespace Concrete\nopen Reconstruct\n"
    part.write_text(head + PART)
    code, document = invoke(str(part), "--out", str(laws))
    assert code == 0
    kinds = {d["name"]: d["kind"] for d in document["written"]["declarations"]}
    assert document["written"]["refused"] == []
    assert kinds["ratio_own_double_in_any"] == "transferred"
    assert kinds["residue_inverse_before_in_any"] == "transferred"
    text = laws.read_text()
    assert max(map(len, text.split("\n"))) <= 100
    certificate = Judge(cutoff=1823).verify(laws)
    assert certificate.ok, certificate.to_json()
    names = {name.removeprefix("Reconstruct.Generated.") for name in certificate.theorems}
    assert names >= kinds.keys() - {"Laws1"}


def test_theorems_of_the_file_may_stay_hypotheses() -> None:
    code, document = invoke(f"{CONCRETE}:opposite_twice", "--hold")
    assert code == 0
    (theorem,) = document["theorems"]
    laws = {i["origin"].split()[0] for i in theorem["ingredients"] if i["role"] == "law"}
    assert "Concrete.summand_struck_out" in {law.lstrip("@(") for law in laws}


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("theorem t (n : Nat) : n = n := rfl\n", 1, "t is about no system"),
        ("theorem t : 1 = 2 := rfl\n", 2, ":1:"),
        ("def d : Nat := 1\n", 2, "no theorem in this file"),
        ("#eval 1\n", 2, ":1:0: '#eval' is not allowed"),
        ("import No.Such\n", 2, "unknown module"),
    ],
)
def test_bad_input_is_one_line(text: str, code: int, said: str, tmp_path: Path) -> None:
    file = tmp_path / "F.lean"
    file.write_text(text)
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == code, done.output
    assert said.replace("t is", "'t' is") in done.output
