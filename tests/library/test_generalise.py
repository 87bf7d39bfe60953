"""Theorems of a file about three systems, each proved by itself, lead to what they share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.abstract import command

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
