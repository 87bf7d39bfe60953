"""The targets as Lean sees them: declared, proved where they must be, and never vacuous."""

from __future__ import annotations

from collections import Counter

import pytest

from autoresearch_formal.targets import load

# the first test waits for some thirty files to compile
pytestmark = [pytest.mark.lean, pytest.mark.slow, pytest.mark.timeout(1500)]

AXIOMS = {"propext", "Classical.choice", "Quot.sound"}


@pytest.mark.lean
def test_every_statement_is_described_and_every_description_has_its_statement(inventory) -> None:
    described = {target.statement: target.module for target in load()}
    declared = {name: target["module"] for name, target in inventory.targets.items()}
    assert described == declared


@pytest.mark.lean
def test_statements_are_propositions(inventory) -> None:
    assert all(target["prop"] for target in inventory.targets.values())


@pytest.mark.lean
def test_the_target_folder_declares_nothing_but_statements(inventory) -> None:
    assert set(inventory.found["target_constants"]) == set(inventory.targets)


@pytest.mark.lean
def test_levels_0_and_1_are_proved_in_full(inventory) -> None:
    unproved = [
        target.id
        for target in load()
        if target.level <= 1 and not inventory.targets[target.statement]["solved"]
    ]
    assert unproved == []


@pytest.mark.lean
def test_enough_of_level_2_is_proved_with_both_forms_of_lagrange(inventory) -> None:
    proved = {
        target.id
        for target in load()
        if target.level == 2 and inventory.targets[target.statement]["solved"]
    }
    assert len(proved) >= 10
    assert {"count-of-part-divides-count", "number-of-values-divides"} <= proved


@pytest.mark.lean
def test_every_target_has_a_witness_of_the_computed_type(inventory) -> None:
    """The type of `Reconstruct.NonVacuous.X` is the existential closure of `X.Statement`."""
    poor = [name for name, target in inventory.targets.items() if not target["witnessed"]]
    assert poor == []


@pytest.mark.lean
def test_proofs_and_witnesses_rest_on_the_three_usual_axioms(inventory) -> None:
    used = {axiom for target in inventory.targets.values() for axiom in target["axioms"]}
    assert used <= AXIOMS


@pytest.mark.lean
def test_concrete_targets_have_no_variable_for_a_type_or_an_operation(inventory) -> None:
    concrete = {target.id for target in load() if target.concrete}
    as_lean_sees = {t.id for t in load() if inventory.targets[t.statement]["concrete"]}
    assert concrete <= as_lean_sees
    assert "strike-out-first-factor" not in as_lean_sees


@pytest.mark.lean
def test_every_concrete_target_is_proved(inventory) -> None:
    targets = [target for target in load() if target.concrete]
    assert [t.id for t in targets if not inventory.targets[t.statement]["solved"]] == []


@pytest.mark.lean
def test_no_solution_of_something_that_is_no_target(inventory) -> None:
    """A theorem called like no target would be a solution that is compared with nothing."""
    names = {target.name for target in load()}
    named_like_targets = {
        name.removeprefix("Reconstruct.Solutions.")
        for name in inventory.found["solutions"]
        if name.removeprefix("Reconstruct.Solutions.")[0].isupper()
    }
    assert named_like_targets <= names


@pytest.mark.lean
def test_hidden_references_exist(inventory) -> None:
    there = set(inventory.found["references"])
    hidden = {f"Reconstruct.Reference.{name}" for target in load() for name in target.hides}
    assert hidden <= there


def test_levels_are_as_large_as_promised() -> None:
    counts = Counter(target.level for target in load())
    for level, least in {0: 16, 1: 26, 2: 21, 3: 16, 4: 5}.items():
        assert counts[level] >= least
