"""A model folder that every test of engines shares: nano, trained for a few steps on a few rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.policy import prompt as prompts
from autoresearch_formal.policy.base import Action, GoalView, Situation, TheoryView
from autoresearch_formal.policy.local import LocalEngine
from autoresearch_formal.train.rows import Row, write_rows
from autoresearch_formal.train.sft import TrainOptions, train


def goal(number: int) -> Situation:
    pp = f"G : Type\nm : G → G → G\na : G\n⊢ m a (m a{number} a) = m (m a a{number}) a"
    return Situation(TheoryView(), (GoalView(pp, pp.rpartition("⊢ ")[2]),))


def rows(count: int) -> list[Row]:
    answers = ("grind", "simp_all", "rw [h a b]")
    return [
        Row(
            prompts.prompt(goal(i)),
            prompts.answer(Action("tactic", answers[i % 3])),
            fingerprint=f"{i:016x}",
            source="test",
        )
        for i in range(count)
    ]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "rows.parquet"
    write_rows(rows(60), path)
    return path


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    folder = tmp_path_factory.mktemp("model") / "nano"
    train(TrainOptions((data,), folder, steps=12, batch=8, micro=8, device="cpu"))
    return folder


@pytest.fixture(scope="session")
def engine(model: Path) -> LocalEngine:
    return LocalEngine(model, device="cpu")
