"""The command: errors in one line, and a run against the real Lean from target to file."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.run import command
from autoresearch_formal.search.runs.record import read_run
from autoresearch_formal.search.start import RunOptions, limited

OWN = """\
namespace Mine

def twice (n : Nat) : Nat := n + n

@[simp] theorem claim (f : Nat → Nat) : f 3 = 5 := by
  sorry

def pick : Nat := sorry

theorem twice_eq (n : Nat) : twice n = 2 * n := by
  sorry

theorem both (p q : Prop) (hp : p) (hq : q) : p ∧ q := by
  have h : p := sorry
  exact ⟨h, sorry⟩

end Mine
"""


def invoke(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(args))
    assert not isinstance(done.exception, (KeyError, TypeError, AttributeError)), done.exception
    return done.exit_code, done.output


@pytest.mark.lean
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


@pytest.mark.lean
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
        ("format = 3", "format = 2", "another layout of run folders"),
        ('version = "', 'version = "0', "another version of autoresearch"),
        ('mask = "sha256:', 'mask = "sha256:0', "another mask"),
        ('policy = ""', 'policy = "0"', "another policy"),
        ("names = 12", "names = 13", "another set of settings"),
        ("seed = 0\n", "", "damaged: seed is missing"),
    ):
        begun = (folder / "run.toml").read_text(encoding="utf-8")
        assert old in begun
        (folder / "run.toml").write_text(begun.replace(old, new, 1), encoding="utf-8")
        code, output = invoke("--resume", str(folder), "--seconds", "0")
        assert (code, said in output, output.count("\n")) == (2, True, 1), output
        (folder / "run.toml").write_text(begun, encoding="utf-8")


@pytest.mark.lean
@pytest.mark.slow
def test_sorries_of_a_users_file(tmp_path: Path) -> None:
    """Siblings that are false or data, two holes of one proof; completed, patched, put in place."""
    file = tmp_path / "Mine.lean"
    file.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    original = file.read_bytes()
    folder = tmp_path / "run"
    args = ["--workers", "1", "--steps", "300", "--in-place", "--without", "invention"]
    code, output = invoke(str(file), *args, "--out", str(folder))
    assert code == 1, output
    rows = {r["name"]: r for r in json.loads((folder / "report.json").read_text())["results"]}
    statuses = {name: row["status"] for name, row in rows.items()}
    assert statuses.pop("Mine.claim") in ("exhausted", "open")
    assert statuses == {
        "Mine.pick": "refused", "Mine.twice_eq": "verified",
        "Mine.both#3": "verified", "Mine.both#4": "verified",
    }  # fmt: skip
    assert f"{file}:8: Mine.lean:Mine.pick: refused: it stands for data" in output
    completed = (folder / "Completed" / "Mine.lean").read_bytes()
    assert file.read_bytes() == completed
    assert completed.startswith(b"\xef\xbb\xbf")
    assert completed.count(b"\n") == completed.count(b"\r\n")
    assert completed.count(b"sorry") == 2
    assert not re.search(rb"[ \t]\r?\n", completed)
    again, change = tmp_path / "again.lean", folder / "Completed" / "Mine.patch"
    again.write_bytes(original)
    if shutil.which("patch"):
        subprocess.run(["patch", "--binary", again, change], check=True, capture_output=True)
        assert again.read_bytes() == completed
    record = read_run(folder)
    assert [t.verified for t in record.targets] == [False, False, True, True, True]
    code, output = invoke("--resume", str(folder), "--seconds", "0")
    assert code == 2
    assert "Mine.lean: changed since" in output


@pytest.mark.lean
@pytest.mark.slow
def test_a_proof_on_an_assumed_hole_is_conditional(tmp_path: Path) -> None:
    file, folder = tmp_path / "Two.lean", tmp_path / "run"
    file.write_text(
        "opaque bound : Nat → Nat\n\n@[simp] theorem upper (n : Nat) : bound n = n := sorry\n\n"
        "theorem rests : bound 3 + bound 4 = 7 := by\n  sorry\n"
    )
    args = ["--workers", "1", "--steps", "60", "--assume-holes", "--out", str(folder)]
    code, output = invoke(f"{file}:rests", *args)
    assert code == 1, output
    (row,) = json.loads((folder / "report.json").read_text())["results"]
    assert (row["status"], row["note"]) == ("conditional", "it rests on 'upper'")
    assert not (folder / "Completed" / "Two.lean").exists()
