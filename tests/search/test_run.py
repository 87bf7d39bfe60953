"""The command: errors in one line, and a run against the real Lean from target to file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.run import command
from autoresearch_formal.search.start import RunOptions, limited


def invoke(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(args))
    assert not isinstance(done.exception, (KeyError, TypeError, AttributeError)), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["no-such-target", "--out", "{}/a"], "no target 'no-such-target'"),
        (["--out", "{}/a"], "nothing to prove"),
        (["--suite", "level9", "--out", "{}/a"], "no suite 'level9'"),
        (["missing.lean", "--out", "{}/a"], "can't be read"),
        (["--resume", "{}"], "no run here"),
        (["inverse-of-product", "--policy", "psychic", "--out", "{}/a"], "psychic"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(
    args: list[str], message: str, tmp_path: Path
) -> None:
    code, output = invoke(*[a.format(tmp_path) for a in args])
    assert code == 2
    assert message in output
    assert "Traceback" not in output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ({"suite": "smoke"}, 100),
        ({"suite": "smoke", "seconds": 7}, 7),
        ({"suite": "smoke", "steps": 7}, None),
        ({"suite": "level0"}, None),
    ],
)
def test_smoke_alone_has_a_limit_of_its_own(asked: dict[str, Any], seconds: float | None) -> None:
    assert limited(RunOptions(**asked)).seconds == seconds


@pytest.mark.slow
def test_from_target_to_file_and_again_without_new_work(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    args = ["inverse-of-product", "--workers", "1", "--no-verify", "--json", "--steps", "200"]
    _, output = invoke(*args, "--out", str(folder))
    report = json.loads(output[output.index("{") : output.rindex("}") + 1])
    assert report["results"][0]["status"] == "found"
    text = (folder / "Generated" / "InverseOfProduct.lean").read_text(encoding="utf-8")
    assert "theorem InverseOfProduct : Reconstruct.InverseOfProduct.Statement" in text
    assert "sorry" not in text
    for more in ([], ["--seconds", "0"]):
        _, output = invoke("--resume", str(folder), "--no-verify", "--json", *more)
        again = json.loads(output[output.index("{") : output.rindex("}") + 1])
        assert again["results"] == report["results"]
        assert again["steps"] == report["steps"]
    for option, value, said in (
        ("--policy", "mixed:x", "was begun with --policy symbolic, and can't go on with mixed:x"),
        ("--cutoff", "1900", "was begun with --cutoff 1823"),
        ("--seed", "3", "was begun with --seed 0"),
        ("--settings", "x.toml", "was begun with --settings None"),
    ):
        code, output = invoke("--resume", str(folder), option, value)
        assert (code, said in output) == (2, True), output
    for old, new, said in (
        ("format = 2", "format = 1", "another layout of run folders"),
        ('version = "', 'version = "0', "another version of autoresearch"),
        ('mask = "sha256:', 'mask = "sha256:0', "another mask"),
        ('policy = ""', 'policy = "0"', "another policy"),
        ("names = 12", "names = 13", "another set of settings"),
        ("seed = 0\n", "", "damaged: seed is missing"),
    ):
        begun = (folder / "run.toml").read_text(encoding="utf-8")
        (folder / "run.toml").write_text(begun.replace(old, new, 1), encoding="utf-8")
        code, output = invoke("--resume", str(folder), "--seconds", "0")
        assert (code, said in output, output.count("\n")) == (2, True, 1), output
        (folder / "run.toml").write_text(begun, encoding="utf-8")


@pytest.mark.slow
def test_sorries_of_a_users_file(tmp_path: Path) -> None:
    file = tmp_path / "Mine.lean"
    file.write_text(
        "namespace Mine\n\ndef twice (n : Nat) : Nat := n + n\n\n"
        "theorem twice_eq (n : Nat) : twice n = 2 * n := by\n  sorry\n\nend Mine\n",
        encoding="utf-8",
    )
    folder = tmp_path / "run"
    code, _ = invoke(f"{file}:twice_eq", "--workers", "1", "--steps", "300", "--out", str(folder))
    assert code == 0
    written = (folder / "Generated" / "Mine_twice_eq.lean").read_text(encoding="utf-8")
    assert "sorry" not in written
    assert "def twice" in written
    file.write_text(file.read_text(encoding="utf-8") + "-- more\n", encoding="utf-8")
    code, output = invoke("--resume", str(folder), "--seconds", "0")
    assert code == 2
    assert "Mine.lean: changed since" in output
