"""Whole verdicts, with real Lean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.verify import command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import Judge, attacks, process
from autoresearch_formal.judge.verdict import KERNEL_LIMITS, Budget
from tests.judge.batch import BatchPanel, warm

ROOT = Path(__file__).parents[2]
SOLUTIONS = ROOT / "tests" / "lean_sources" / "Solutions"
ATTACKS = [a for a in attacks.collect(ROOT / "tests" / "attacks") if a.original is None]
"""Those about completions are judged in test_against.py."""
HONEST = ROOT / "tests" / "attacks" / "19-gamed-definitions" / "honest" / "Candidate.lean"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()


@pytest.mark.lean
def test_an_invented_definition_is_reported(judge: Judge) -> None:
    certificate = judge.verify(HONEST, "CommonPartClosed")
    assert certificate.ok, certificate.summary
    (invented,) = certificate.definitions
    assert invented.name == "Reconstruct.Generated.ClosedUnder"
    assert invented.used
    assert invented.degenerate == ""
    assert [p.target for p in certificate.targets] == ["CommonPartClosed"]
    assert certificate.axioms == []


@pytest.mark.lean
def test_equal_inputs_give_equal_certificates(judge: Judge) -> None:
    first, second = judge.verify(HONEST), judge.verify(HONEST)
    assert first.stable() == second.stable()
    assert first.hashes["source"] == second.hashes["source"] != ""


@pytest.mark.lean
def test_a_target_that_is_not_proved(judge: Judge) -> None:
    certificate = judge.verify(HONEST, "OneTestForClosed")
    assert certificate.summary == (
        "compare: no theorem has exactly the type 'Reconstruct.OneTestForClosed.Statement'"
    )
    with pytest.raises(UsageFault, match="the library has no target 'CommonPartClose'"):
        judge.verify(HONEST, "CommonPartClose")


@pytest.mark.lean
def test_the_whole_closure_is_accepted_from_nothing(judge: Judge, tmp_path: Path) -> None:
    from autoresearch_formal.judge.second import SecondKernel

    file = tmp_path / "closure.ndjson"
    judge.verify(HONEST, export=file)
    verdict = SecondKernel([], KERNEL_LIMITS).finish(file.read_bytes())
    assert verdict.ok, verdict


@pytest.mark.lean
def test_a_compiler_that_takes_too_long(tmp_path: Path) -> None:
    quick = Budget(process.ProcessLimits(seconds=0.2, memory=3 << 30), KERNEL_LIMITS)
    certificate = Judge(budget=quick).verify(HONEST)
    assert certificate.summary == "compile: the compiler ended without an answer: more than 0.2 s"


@pytest.mark.lean
@pytest.mark.parametrize("file", sorted(SOLUTIONS.glob("*.lean")), ids=lambda f: f.stem)
def test_solutions_are_accepted(judge: Judge, file: Path) -> None:
    with warm():
        certificate = judge.verify(file)
    assert certificate.ok, certificate.summary


@pytest.mark.lean
def test_every_generated_file_is_accepted(tmp_path: Path) -> None:
    """What CI does for a library: every file, with the mask, up to the first no."""
    arguments = ["--cutoff", "1823", "--stop", "--json"]
    folder = ROOT / "Reconstruct" / "Substitutions" / "Generated"
    result = CliRunner().invoke(command, [str(folder), *arguments])
    assert result.exit_code == 0, result.output
    assert all(c["targets"] for c in json.loads(result.stdout)["certificates"])
    bad = tmp_path / "A.lean"
    bad.write_text("theorem a : 1 = 2 := by decide\n")
    (tmp_path / "B.lean").write_text("theorem b : 1 = 1 := rfl\n")
    result = CliRunner().invoke(command, [str(tmp_path), *arguments])
    assert result.exit_code == 1
    assert [c["file"] for c in json.loads(result.stdout)["certificates"]] == ["A.lean"]


@pytest.fixture(scope="session")
def panel() -> attacks.Panel:
    return BatchPanel(ATTACKS)


@pytest.mark.lean
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: f"{a.kind}-{a.name}")
def test_every_attack(attack: attacks.Attack, panel: attacks.Panel) -> None:
    with warm():
        (result,) = attacks.run([attack], panel, jobs=1)
    assert result.problem == ""


@pytest.mark.lean
@pytest.mark.parametrize("step", ["source", "definitions", None])
def test_a_process_for_each_file_says_the_same(step: str | None, panel: attacks.Panel) -> None:
    """What the tests here do at once is what a verdict does in fresh processes."""
    attack = next(a for a in ATTACKS if a.expect.step == step)
    with warm():
        at_once = panel(attack, True)
    assert attacks.Panel()(attack, True) == at_once
    assert (at_once.verdict == "yes") == (step is None)


@pytest.mark.lean
def test_the_command(tmp_path: Path) -> None:
    wrong = tmp_path / "Wrong.lean"
    wrong.write_text("theorem wrong : 1 = 2 := sorry\n")
    out = tmp_path / "certificates"
    arguments = [str(HONEST), str(wrong), "--json", "--out", str(out)]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert [c["verdict"] for c in document["certificates"]] == ["yes", "no"]
    assert json.loads((out / "Wrong.certificate.json").read_text())["findings"][0]["line"] == 1


@pytest.mark.parametrize("arguments", [[], ["nowhere.lean"]])
def test_bad_input(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
