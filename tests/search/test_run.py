"""The command: errors in one line, and a run against the real Lean from target to file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.run import command
from autoresearch_formal.search.start import RunOptions, open_folder


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


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ({"suite": "smoke"}, 100),
        ({"suite": "smoke", "seconds": 7}, 7),
        ({"suite": "smoke", "steps": 7}, None),
        ({"suite": "level0"}, None),
    ],
)
def test_smoke_alone_has_a_limit_of_its_own(
    asked: dict[str, Any], seconds: float | None, tmp_path: Path
) -> None:
    folder, options = open_folder(RunOptions(out=tmp_path / "run", **asked))
    with folder:
        assert options.seconds == seconds


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
    _, output = invoke("--resume", str(folder), "--no-verify", "--json")
    again = json.loads(output[output.index("{") : output.rindex("}") + 1])
    assert again["results"][0]["status"] == "found"
    assert again["steps"] == report["steps"]


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
