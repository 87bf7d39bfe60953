"""Classical problems, and what the bench makes of the provers' answers."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from autoresearch_formal.bench import prover
from autoresearch_formal.bench.problems import ClassicalProblem, FormulaTheory, problems
from autoresearch_formal.bench.prover import ArmAnswer, command, summary
from autoresearch_formal.symbolic.finite_models.countermodels import refuted
from autoresearch_formal.symbolic.first_order import eprover


def test_there_are_eighty_problems_and_all_can_be_read() -> None:
    chosen = problems()
    assert len(chosen) == 80
    assert len({p.name for p in chosen}) == 80
    for problem in chosen:
        assert len([h for h in problem.goal_tree().hyps if h.is_prop]) == len(problem.facts)


@pytest.mark.parametrize(
    "goal", ["∀ a, f a =", "∀ a, g a = a", "(f a = a", "∀ a, f a = a)", "∀ a, , a = a"]
)
def test_what_is_no_formula_is_refused(goal: str) -> None:
    theory = FormulaTheory(symbols=("f : G → G",))
    with pytest.raises(ValueError, match="is not expected"):
        ClassicalProblem(name="odd", theory=theory, goal=goal).goal_tree()


def test_no_problem_of_one_sort_has_a_small_countermodel() -> None:
    assert not [p.name for p in problems() if refuted(p.goal_tree())]


def test_budgets_are_shared_equally() -> None:
    answers = {
        "easy": {arm: ArmAnswer(0.1, True, ("x",)) for arm in prover.ARMS},
        "ours": {
            "own": ArmAnswer(0.6, True, ("x",)),
            "KBO": ArmAnswer(9.0, False),
            "auto": ArmAnswer(0.2, True),
        },
        "theirs": {
            "own": ArmAnswer(9.0, False),
            "KBO": ArmAnswer(9.0, False),
            "auto": ArmAnswer(0.4, True, ("x",)),
        },
    }
    found = summary(answers, (1.0, 5.0))
    assert found["solved"]["own"] == {"1": 2, "5": 2}
    assert found["solved"]["E"] == {"1": 2, "5": 2}
    assert found["solved"]["both"] == {"1": 1, "5": 3}
    assert (found["only_own"], found["only_engine"]) == (["ours"], ["theirs"])


@pytest.mark.parametrize("there", [True, False])
def test_the_bench_answers_with_and_without_the_extra(
    there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not there:
        monkeypatch.setattr(eprover, "binary", lambda: None)
    done = CliRunner().invoke(command, ["--problem", "steiner", "--seconds", "2", "--json"])
    assert done.exit_code == 0
    document = json.loads(done.output)
    assert document["solved"]["own"] == {"2": 1}
    assert ("E" in document["solved"]) == (eprover.binary() is not None)


def test_an_unknown_problem_is_named() -> None:
    done = CliRunner().invoke(command, ["--problem", "none"])
    assert done.exit_code == 2
    assert "no problem is called none" in done.output
