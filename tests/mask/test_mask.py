"""Computing a mask: both tiers, monotone in the year, frozen and hashed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.cli.mask import command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import DescribedLibrary, Mask
from autoresearch_formal.mask.imports import SourceRoot

M1823 = Mask.compute(1823)
YEARS = st.integers(1801, 1970)


def test_the_same_question_gives_the_same_hash() -> None:
    again = Mask.compute(1823, DescribedLibrary.of_project())
    assert again.hash == M1823.hash
    assert again.gym_file() == M1823.gym_file()
    assert Mask.compute(1890).hash != M1823.hash


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        M1823.cutoff = 1900  # type: ignore[misc]


@settings(max_examples=15, deadline=None)
@given(YEARS, YEARS)
def test_a_later_year_hides_no_more(first: int, second: int) -> None:
    early, late = (Mask.compute(year) for year in sorted((first, second)))
    assert set(late.forbidden) <= set(early.forbidden)
    assert set(late.prefixes) <= set(early.prefixes)
    assert set(late.lexicon.words) <= set(early.lexicon.words)
    assert set(early.allowed_modules) <= set(late.allowed_modules)


def test_by_1970_nothing_of_the_table_is_hidden() -> None:
    mask = Mask.compute(1970)
    assert (mask.forbidden, mask.lexicon.words, mask.prefixes) == ({}, {}, {})
    assert "Reconstruct.Substitutions.Reference.Group" in mask.allowed_modules
    assert "Lean" not in mask.allowed_modules


@pytest.mark.parametrize("year", [1700, 1800, 1971, 5000])
def test_years_outside_the_table_are_refused(year: int) -> None:
    with pytest.raises(UsageFault, match=f"cutoff {year}"):
        Mask.compute(year)


def test_the_import_tier() -> None:
    allowed = set(M1823.allowed_modules)
    visible = {"Init", "Std", "Init.Data.List.Basic", "Reconstruct.Substitutions.Foundation"}
    assert visible <= allowed
    for module in (
        "Lean",
        "Lean.Elab",
        "Lake",
        "Init.Grind.Ring.Basic",
        "Reconstruct.Substitutions.Reference",
        "Reconstruct.Substitutions.Reference.Group",
        "Reconstruct.Gym",
        "Reconstruct.Judge",
        "Mathlib.Algebra.Group.Defs",
        "No.Such.Module",
    ):
        assert M1823.why_module(module) is not None, module


def test_the_declaration_tier_follows_dependence() -> None:
    for name in (
        "Lean.Grind.IntModule",
        "Lean.Grind.Semiring.toAdd",
        "Lean.Grind.instCommRingInt",
        "Vector.instAddCommGroup",
        "Vector.instAddCommGroup._proof_1",
        "_private.Init.Grind.Ring.Basic.0.Lean.Grind.Ring.neg_neg",
        "Lean.Grind.Linarith.Poly.denote",
        "Lean.Order.CCPO",
        "Reconstruct.Reference.IsGroup",
    ):
        assert M1823.why(name) is not None, name
    for name in ("Nat.add_comm", "Int.emod", "Std.Associative", "Quot.sound", "Lean.Omega.Coeffs",
                 "List.Perm", "Fin.add_assoc", "Function.Injective"):  # fmt: skip
        assert M1823.why(name) is None, name
    assert str(M1823.why("Lean.Grind.IntModule")).endswith("(Richard Dedekind, 1871)")
    indirect = M1823.why("Lean.Grind.Order.le_trans_k")
    assert indirect is not None
    assert indirect.via is not None


def test_permitted_is_a_reasoned_part_of_what_is_hidden() -> None:
    assert set(M1823.permitted) <= set(M1823.forbidden)
    assert M1823.refuses_in_proof("Lean.Grind.instCommRingInt") is None
    assert M1823.refuses_in_proof("Lean.Grind.AddCommGroup.neg_add") is not None
    assert M1823.refuses("Lean.Grind.CommRing") is not None
    assert M1823.refuses_in_proof("Lean.Grind.CommRing.mul_comm") is not None
    assert all(len(reason) > 40 for reason in M1823.permitted.values())


def test_only_libraries_at_hand_are_enforced(tmp_path: Path) -> None:
    assert "Subgroup" in M1823.prefixes
    assert "Subgroup" not in M1823.present
    (tmp_path / "Mathlib").mkdir()
    (tmp_path / "Mathlib" / "Logic.lean").write_text("def x := 1")
    (tmp_path / "Mathlib" / "GroupTheory").mkdir()
    (tmp_path / "Mathlib" / "GroupTheory" / "Sylow.lean").write_text("import Mathlib.Logic")
    (tmp_path / "Mathlib" / "Tactic.lean").write_text("public import Mathlib.GroupTheory.Sylow")
    mask = Mask.compute(1823, DescribedLibrary.of_project(mathlib=tmp_path))
    assert "Subgroup" in mask.present
    assert "Mathlib.Logic" in mask.allowed_modules
    assert "1872" in mask.forbidden_modules["Mathlib.GroupTheory.Sylow"] or (
        "1831" in mask.forbidden_modules["Mathlib.GroupTheory.Sylow"]
    )
    assert "Mathlib.GroupTheory.Sylow" in mask.forbidden_modules["Mathlib.Tactic"]


def test_a_module_that_loads_the_unknown_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Extra.lean").write_text("import Batteries")
    library = DescribedLibrary.of_project(extra=[SourceRoot("Extra", tmp_path)])
    mask = Mask.compute(1823, library)
    assert "Batteries" in mask.forbidden_modules["Extra"]


HAND = """\
title = "no cubes"

[[hide]]
label = "cubes"
year = 1700
words = ["cube"]
namespaces = ["Lean.Omega"]
modules = ["Std.Time.*"]
"""


def test_a_hand_written_mask(tmp_path: Path) -> None:
    path = tmp_path / "mask.toml"
    path.write_text(HAND)
    mask = Mask.from_file(path)
    assert mask.cutoff is None
    assert str(mask.why("Lean.Omega.Coeffs")) == "cubes (no cubes, 1700)"
    assert mask.why_module("Std.Time.Date") is not None
    assert mask.why("Lean.Grind.Ring") is None
    assert mask.hash == Mask.from_file(path).hash


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('label = "cubes"', "label = 3", "mask.toml:4: hide.0.label"),
        ("year = 1700", 'year = "x"', "mask.toml:5: hide.0.year"),
        ("words", "wrds", "mask.toml:6: hide.0.wrds"),
        ('title = "no cubes"', "", "title"),
    ],
)
def test_faults_in_a_hand_written_mask(tmp_path: Path, old: str, new: str, where: str) -> None:
    path = tmp_path / "mask.toml"
    path.write_text(HAND.replace(old, new))
    with pytest.raises(UsageFault) as fault:
        Mask.from_file(path)
    assert where in fault.value.message


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(arguments))
    return done.exit_code, done.stdout


def test_show(tmp_path: Path) -> None:
    target = tmp_path / "gym.json"
    code, text = _run("show", "--cutoff", "1890", "--json", "--gym-file", str(target))
    assert code == 0
    document = json.loads(text)
    written = json.loads(target.read_text())
    assert document["hash"] == written["hash"] == Mask.compute(1890).hash
    assert {"allowed_modules", "forbidden", "forbidden_prefixes", "permitted", "words"} <= set(
        written
    )
    assert "abstract-field" in {concept["id"] for concept in document["concepts"]}
    assert _run("show")[0] == 0


@pytest.mark.parametrize(
    ("name", "hidden", "says"),
    [
        ("Subgroup", True, "Galois"),
        ("coset", True, "1831"),
        ("congruence", False, "Gauss"),
        ("Lean.Grind.instCommRingInt", True, "permitted"),
        ("Mathlib.GroupTheory.Sylow", True, "Sylow"),
        ("Init.Grind.Ring.Basic", True, "Hilbert"),
        ("Reconstruct.Substitutions.Foundation", False, "may be imported"),
        ("equivalence relation", False, "granted"),
        ("Nat.add_comm", False, '"known": true'),
        ("Reconstruct.Congruent", False, '"known": true'),
        ("teapot", False, '"known": false'),
        ("Subgruop", False, "Subgroup"),
    ],
)
def test_explain(name: str, hidden: bool, says: str) -> None:
    code, text = _run("explain", name, "--json")
    assert code == 0
    assert json.loads(text)["hidden"] is hidden
    assert says in text
    assert _run("explain", name)[0] == 0


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("NoSuchName", False),
        ("Nat.noSuchName", False),
        ("Subgroup", True),
        ("InverseOfProduct", True),
    ],
)
def test_a_name_that_nobody_knows_is_called_so(name: str, known: bool) -> None:
    code, text = _run("explain", name, "--json")
    assert (code, json.loads(text)["known"]) == (0, known)
    assert ("no such name" in _run("explain", name)[1]) is not known


def test_bad_input_is_one_line() -> None:
    done = CliRunner().invoke(command, ["show", "--cutoff", "1000"])
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert CliRunner().invoke(command, ["check", "/nowhere.lean"]).exit_code == 2
    assert CliRunner().invoke(command, ["show", "--mask", "/nowhere.toml"]).exit_code == 2
    assert CliRunner().invoke(command, ["show", "--mathlib", "/nowhere"]).exit_code == 2
