"""The command: one line for bad input, arms of an ablation, and a table written again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.loop import command, loops_in, made
from autoresearch_formal.train.ablations import BEGIN, END, update_table
from autoresearch_formal.train.settings import ABLATIONS, LoopSettings


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "--out"),
        (["--resume", "{}/none"], "no loop here"),
        (["--resume", "{}", "--rounds", "2"], "give nothing else"),
        (["--levels", "a,b", "--out", "{}/x"], "numbers with commas"),
        (["--target", "no-such", "--out", "{}/x"], "no target 'no-such'"),
        (["--settings", "{}/none.toml", "--out", "{}/x"], "none.toml"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(
    args: list[str], message: str, tmp_path: Path
) -> None:
    done = CliRunner().invoke(command, [a.format(tmp_path) for a in args])
    assert done.exit_code == 2, done.output
    assert message in done.output
    assert "Traceback" not in done.output


def test_a_setting_of_the_wrong_kind_is_named(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("rounds = 'many'\n")
    done = CliRunner().invoke(command, ["--settings", str(file), "--out", str(tmp_path / "x")])
    assert done.exit_code == 2
    assert "rounds" in done.output


def test_each_arm_of_an_ablation_lacks_one_thing(tmp_path: Path) -> None:
    arms = made(tmp_path, LoopSettings(trainer="sft+dpo"), ablate=True)
    assert set(arms) == {"full", *(f"no {name}" for name in ABLATIONS)}
    assert arms["no rarity"].settings.resetting.alpha == 0
    assert arms["no value"].settings.resetting.beta == 0
    assert arms["no lemmas"].settings.kinds == ("tactic", "definition")
    assert arms["no definitions"].settings.kinds == ("tactic", "lemma")
    assert arms["no dpo"].settings.trained_by == "sft"
    assert arms["full"].settings == LoopSettings(trainer="sft+dpo")
    assert set(loops_in(tmp_path)) == set(arms)
    assert "no dpo" not in made(tmp_path / "t", LoopSettings(), ablate=True)


def test_the_table_replaces_itself_and_nothing_else(tmp_path: Path) -> None:
    def result(mean: float) -> dict[str, Any]:
        score = {
            "mean": mean,
            "over_seeds": (1.5, 2.5),
            "over_seeds_and_targets": (0.0, 3.0),
            "tries": 40.0,
            "total": 3,
        }
        rounds = [{"promoted": True}, {"promoted": False}]
        paired = {"ratio": 0.5, "pairs": 7}
        against = {"paired": paired}
        return {"first": score, "best": score, "rounds": rounds, "best_against_first": against}

    file = tmp_path / "results.md"
    file.write_text("# Results\n\nBefore.\n")
    update_table({"full": result(1.0), "no value": result(2.0)}, file)
    first = file.read_text()
    assert first.startswith("# Results\n\nBefore.\n")
    assert "| 95 % over seeds | 95 % over seeds and targets |" in first
    row = "2.00 of 3 (1.50 to 2.50) | 2.00 | 1.50 to 2.50 | 0.00 to 3.00 | 40 | 0.50 × (n = 7) | 0"
    assert f"| no value | 1 | {row} |" in first
    file.write_text(first + "\nAfter.\n")
    update_table({"full": result(3.0)}, file)
    again = file.read_text()
    assert again.count(BEGIN) == again.count(END) == 1
    assert again.endswith("After.\n")
    assert "no value" not in again
