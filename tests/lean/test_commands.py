"""`autoresearch lean` and `autoresearch doctor` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.main import cli
from autoresearch_formal.lean import canaries
from autoresearch_formal.lean.embedded import install
from autoresearch_formal.lean.toolchain import TOOLCHAIN_VARIABLE, Embedded, Official, select


@pytest.mark.lean
def test_doctor_passes_on_a_lean_that_works(embedded: Embedded) -> None:
    done = CliRunner().invoke(cli, ["doctor", "--toolchain", "embedded", "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["ok"]
    assert report["toolchain"]["commit"] == embedded.commit
    assert len(report["canaries"]) == 5


@pytest.mark.lean
def test_doctor_fails_on_a_lean_that_believes_everything(
    embedded: Embedded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same run with a file in which the wrong things are right."""
    gullible = tmp_path / "Canaries.lean"
    text = canaries.FILE.read_text().replace("a + 1 = a := by omega", "a = a := by omega")
    gullible.write_text(text)
    monkeypatch.setattr(canaries, "FILE", gullible)
    flown = {canary.name: canary.ok for canary in canaries.fly(embedded)}
    assert flown.pop("a false theorem is refused") is False
    assert set(flown.values()) == {True}
    done = CliRunner().invoke(cli, ["doctor", "--toolchain", "embedded"])
    assert done.exit_code == 1
    assert "FAILED  a false theorem is refused" in done.output


def test_doctor_says_what_to_do_without_any_lean(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(install.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 3
    assert "autoresearch lean install" in done.output
    done = CliRunner().invoke(cli, ["doctor", "--toolchain", "official"])
    assert done.exit_code == 3
    assert "elan" in done.output


@pytest.mark.lean
def test_exec_shows_what_lean_says(embedded: Embedded, tmp_path: Path) -> None:
    file = tmp_path / "A.lean"
    file.write_text("theorem wrong : 1 = 2 := rfl")
    done = CliRunner().invoke(cli, ["lean", "exec", "--toolchain", "embedded", str(file)])
    assert done.exit_code == 1
    missing = CliRunner().invoke(cli, ["lean", "exec", str(tmp_path / "B.lean")])
    assert missing.exit_code == 2
    assert "no such file" in missing.output


def test_an_unknown_toolchain_is_bad_input() -> None:
    done = CliRunner().invoke(cli, ["lean", "path", "--toolchain", "other"])
    assert done.exit_code == 2
    done = CliRunner().invoke(cli, ["lean", "path"], env={TOOLCHAIN_VARIABLE: "other"})
    assert done.exit_code == 2
    assert "unknown toolchain 'other'" in done.output


@pytest.mark.parametrize("wrapped", [True, False])
def test_official_lean_is_preferred_and_confined_where_that_is_possible(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrapped: bool
) -> None:
    """Its command lines, with stand-ins on PATH: there is no official Lean in the tests."""
    banner = "Lean (version 4.28.0, x86_64-unknown-linux-gnu, commit 0123456789ab, Release)"
    (tmp_path / "lean").write_text(
        f'#!/bin/sh\n[ "$1" = --print-prefix ] && echo {tmp_path} || echo "{banner}"\n'
    )
    (tmp_path / "lake").write_text("#!/bin/sh\n")
    if wrapped:
        (tmp_path / "bwrap").write_text("#!/bin/sh\n")
    for tool in tmp_path.iterdir():
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    chosen = select()
    assert isinstance(chosen, Official)
    assert (chosen.version, chosen.commit) == ("4.28.0", "0123456789ab")
    assert chosen.sandboxed is wrapped
    scratch = tmp_path / "scratch"
    argv, env = chosen.gym_command(scratch=scratch)
    assert ("bwrap" in argv) is wrapped
    assert set(env) == {"LEAN_PATH", "LEAN_SYSROOT"}
    if wrapped:
        assert argv[argv.index("--bind") + 1] == str(scratch)
        assert "--unshare-all" in argv
