"""Pairs whose answer is known; ``autoresearch rediscover --calibration`` runs all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.rediscovery.calibration import (
    CalibrationAnswer,
    CalibrationCase,
    CalibrationScore,
    load,
    run,
)
from autoresearch_formal.rediscovery.engine import InventionBudget

HERE = Path(__file__).parent

SOME = {
    "OneStep", "ListHolds", "TestHolds", "PairClosed", "Made", "LeftLaws", "Bundle", "Carried",
    "RightClass", "NoProduct", "OnlyInvariant", "FourLaws", "Reversed",
}  # fmt: skip


def test_the_sets_are_as_large_as_promised() -> None:
    cases = load(HERE / "calibration")
    assert sum(c.equivalent for c in cases) >= 25
    assert sum(not c.equivalent for c in cases) >= 15
    held_out = load(HERE / "held_out")
    assert len(held_out) >= 10
    assert not {c.invention for c in cases} & {c.invention for c in held_out}


@pytest.mark.lean
@pytest.mark.slow
def test_some_pairs() -> None:
    cases = [c for c in load(HERE / "calibration") if c.invention in SOME]
    assert len(cases) == len(SOME)
    answers = list(run(cases, select(), InventionBudget()))
    wrong = [(a.case.invention, a.relation) for a in answers if not a.right]
    assert not wrong


def test_scores() -> None:
    def answer(equivalent: bool, relation: str) -> CalibrationAnswer:
        return CalibrationAnswer(CalibrationCase(HERE, "x", "y", equivalent), relation, "", 1.0)

    score = CalibrationScore(
        [answer(True, "equivalent"), answer(True, "undecided"), answer(False, "equivalent")]
    )
    assert score.precision == 0.5
    assert score.recall == 0.5
    assert CalibrationScore([answer(False, "weaker")]).precision == 1.0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[A\n", "pairs.toml"),
        ('[A]\nequal = [["x", "y"]]\n', "A.equal"),
        ('[A]\nnear = [["x"]]\n', "A.near"),
        ('[A]\nnear = [["x", "y"]]\n', "there is no A.lean"),
    ],
)
def test_bad_sets_get_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "pairs.toml").write_text(text)
    with pytest.raises(UsageFault) as refused:
        load(tmp_path)
    assert complaint in refused.value.message
    assert "\n" not in refused.value.message
