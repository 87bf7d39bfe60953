"""The command: one line for bad input, arms of an ablation, and a table written again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.loop import command, made
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop.ablations import label, rows, update_tables
from autoresearch_formal.loop.arms import ablations, open_all, sweep
from autoresearch_formal.train.settings import ABLATIONS, LoopSettings
from tests.loop.toy_loop import HELD, LEARN, ToyEngine


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "--out"),
        (["--resume", "{}/none"], "no loop here"),
        (["--resume", "{}", "--rounds", "2"], "give nothing else"),
        (["--levels", "a,b", "--out", "{}/x"], "numbers with commas"),
        (["--target", "no-such", "--out", "{}/x"], "no target 'no-such'"),
        (["--sweep", "gamma=1", "--out", "{}/x"], "SETTING=VALUE,VALUE,… was expected"),
        (["--sweep", "alpha=-1", "--out", "{}/x"], "alpha: Input should be greater"),
        (["--sweep", "beta=much", "--out", "{}/x"], "beta: Input should be a valid number"),
        (["--sweep", "steps=80", "--out", "{}/x"], "--sweep steps=80"),
        (["--ablate", "--share", "{}/none", "--out", "{}/x"], "none: no loop here"),
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
    arms = made(tmp_path, LoopSettings(trainer="sft+dpo"), True, ())
    assert set(arms) == {"full", *(f"no {name}" for name in ABLATIONS)}
    assert arms["no rarity"].settings.resetting.alpha == 0
    assert arms["no value"].settings.resetting.beta == 0
    assert arms["no lemmas"].settings.kinds == ("tactic", "definition")
    assert arms["no definitions"].settings.kinds == ("tactic", "lemma")
    assert arms["no dpo"].settings.trained_by == "sft"
    assert arms["full"].settings == LoopSettings(trainer="sft+dpo")
    assert "no dpo" not in made(tmp_path / "t", LoopSettings(), True, ())
    shutil.rmtree(arms["no value"].path)  # as after a kill while the folders were made
    again = open_all(tmp_path)
    assert list(again) == list(arms)
    assert again["no value"].settings.without == ("value",)
    with pytest.raises(UsageFault, match="--resume"):
        made(tmp_path, LoopSettings(), True, ())


def test_a_sweep_changes_one_thing_at_a_time_around_what_was_given(tmp_path: Path) -> None:
    base = LoopSettings(alpha=0.5, beta=2.0, rounds=1)
    arms = sweep(base, ["alpha=0,0.5,1", "beta=1,2"])
    assert [a.name for a in arms] == ["full", "alpha = 0", "alpha = 1", "beta = 1"]
    changed = {a.name: (a.settings.alpha, a.settings.beta, a.settings.rounds) for a in arms}
    assert changed["alpha = 1"] == (1.0, 2.0, 1)
    assert changed["beta = 1"] == (0.5, 1.0, 1)
    both = made(tmp_path, base, True, ("alpha=0",))
    assert list(both) == [*(a.name for a in ablations(base)), "alpha = 0"]
    assert both["alpha = 0"].path.name == "alpha-0"
    assert both["alpha = 0"].settings.resetting == both["no rarity"].settings.resetting


def test_the_table_replaces_itself_and_nothing_else(tmp_path: Path) -> None:
    def result(mean: float) -> dict[str, Any]:
        score = {
            "mean": mean,
            "over_seeds": (1.5, 2.5),
            "over_seeds_and_targets": (0.0, 3.0),
            "tries": 40.0,
            "total": 3,
        }
        rounds = [{"promoted": True}, {"promoted": False, "score": {"mean": 0.5, "tries": 42.0}}]
        paired = {"ratio": 0.5, "pairs": 7}
        against = {"paired": paired}
        return {"first": score, "best": score, "rounds": rounds, "best_against_first": against}

    file = tmp_path / "results.md"
    file.write_text("# Results\n\nBefore.\n")
    arms = [*ablations(LoopSettings()), *sweep(LoopSettings(), ["alpha=0"])[1:]]
    update_tables({"full": result(1.0), "no value": result(2.0)}, arms, file)
    first = file.read_text()
    assert first.startswith("# Results\n\nBefore.\n")
    assert "| 95 % over seeds | 95 % over seeds and targets |" in first
    row = "2.00 | 1.50 to 2.50 | 0.00 to 3.00 | 40 | 0.50 × (n = 7) | 0"
    assert f"| no value | 1 | 2.00 of 3 (1.50 to 2.50) | 0.50 (42) | {row} |" in first
    file.write_text(first + "\nAfter.\n")
    update_tables({"full": result(3.0), "alpha = 0": result(2.5)}, arms, file)
    again = file.read_text()
    assert again.count("begin: autoresearch loop --ablate") == 1
    assert again.count("begin: autoresearch loop --sweep") == 1
    ablated, _, swept = again.partition("After.\n")
    assert "no value" not in again
    assert "| full | 1 | 3.00 of 3" in ablated
    assert "| alpha = 0 | 1 | 2.50 of 3" in swept


def test_a_table_says_what_was_copied() -> None:
    score = {"mean": 1.0, "over_seeds": None, "over_seeds_and_targets": (0.0, 2.0), "tries": 9.0}
    paired = {"ratio": None, "pairs": 0}
    copied = {"evaluation": "full/round-0/evaluation"}
    result = {
        "first": score | {"total": 3},
        "best": score | {"total": 3},
        "rounds": [{"round": 0, "promoted": True, "shared": copied}],
        "best_against_first": {"paired": paired},
    }
    text = rows({"no value": result})
    assert (
        "copied (their figures are one draw, not several): no value: round 0 (evaluation)." in text
    )
    assert "| 1.00 | – | 0.00 to 2.00 |" in text
    arms = sweep(LoopSettings(), ["kl_bound=1", "beta=2"])
    assert [label(a, arms) for a in arms] == [
        "full (kl_bound = 0.5, beta = 1)",
        *(a.name for a in arms[1:]),
    ]
    assert label(arms[0], ablations(LoopSettings())) == "full"


def test_one_command_runs_all_arms_and_does_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ToyEngine()
    monkeypatch.setattr("autoresearch_formal.cli.loop.LeanEngine", lambda _: engine)
    out, page = tmp_path / "arms", tmp_path / "results.md"
    chosen = [*(f"--target={t}" for t in LEARN), *(f"--held-out={t}" for t in HELD)]
    small = ["--rounds=1", "--auxiliary=0", "--steps=80", "--evaluation-steps=40", *chosen]
    args = ["--ablate", "--sweep=alpha=0", "--sweep=kl_bound=0.01", *small, f"--out={out}"]
    done = CliRunner().invoke(command, [*args, f"--table={page}", "--json"])
    assert done.exit_code == 0, done.output
    results = json.loads(done.stdout)
    names = ["full", "no rarity", "no value", "no lemmas", "no definitions", "alpha = 0"]
    assert list(results) == [*names, "kl_bound = 0.01"]
    copied = {
        name: [set(r["shared"]) for r in result["rounds"]] for name, result in results.items()
    }
    everything = {"search", "dataset", "policy", "evaluation"}
    assert copied["full"] == [set(), set()]
    assert copied["alpha = 0"] == [{"evaluation"}, everything], "the same loop as no rarity"
    assert copied["kl_bound = 0.01"] == [{"evaluation"}, {"search", "dataset"}]
    assert copied["no rarity"][1] == {"search", "policy", "evaluation"}, "nothing is common yet"
    assert {"search", "evaluation"}.isdisjoint(set.union(*copied["no lemmas"]))
    assert results["alpha = 0"]["best"] == results["no rarity"]["best"]
    assert page.read_text().count("<!-- begin: autoresearch loop --") == 2
    spent = len(engine.calls)
    again = CliRunner().invoke(command, ["--resume", str(out), "--json"])
    assert json.loads(again.stdout) == results
    third = CliRunner().invoke(command, [*small, f"--out={tmp_path / 'x'}", f"--share={out}"])
    assert third.exit_code == 0, third.output
    assert "shared with full/round-1/policy" in third.output
    assert len(engine.calls) == spent


def test_a_single_loop_has_a_table_of_its_rounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoresearch_formal.cli.loop.LeanEngine", lambda _: ToyEngine())
    out, page = tmp_path / "loop", tmp_path / "results.md"
    page.write_text("# Results\n", encoding="utf-8")
    chosen = [*(f"--target={t}" for t in LEARN), *(f"--held-out={t}" for t in HELD)]
    small = ["--rounds=1", "--auxiliary=0", "--steps=80", "--evaluation-steps=40", *chosen]
    done = CliRunner().invoke(command, [*small, f"--out={out}", "--json"])
    assert done.exit_code == 0, done.output
    assert not (out / "tables.md").exists()
    done = CliRunner().invoke(command, [f"--resume={out}", f"--table={page}", "--json"])
    assert done.exit_code == 0, done.output
    text = page.read_text(encoding="utf-8")
    (first, second) = json.loads(done.stdout)["rounds"]
    assert f"| 0 | promoted | {first['score']['mean']:.2f} of {len(HELD)} |" in text
    assert f"| {second['tries']} | {second['metrics']['kl']:.2f} | {second['why']} |" in text
    assert json.loads(done.stdout)["verdict"] in text
