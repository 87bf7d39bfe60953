"""How commands behave whatever they are given: help, JSON, bad input, pipes and narrow screens."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.main import cli


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group, with the words that lead to it."""
    todo: list[tuple[tuple[str, ...], click.Command]] = [((), cli)]
    while todo:
        words, command = todo.pop()
        yield words, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                try:
                    inner = command.get_command(context, name)
                except ModuleNotFoundError as error:
                    MISSING[*words, name] = str(error)
                    continue
                assert inner is not None
                todo.append(((*words, name), inner))


MISSING: dict[tuple[str, ...], str] = {}
"""Commands that are listed but whose module is not there, collected with the others."""

COMMANDS = dict(commands())


def test_every_listed_command_is_there() -> None:
    assert MISSING == {}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_has_an_example_of_this_command_that_parses(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*words, "--help"])
    assert result.exit_code == 0
    assert result.stderr == ""
    flat = " ".join(result.stdout.split())
    found = re.search(r"Example: (autoresearch .*)$", flat)
    assert found, "no example at the end"
    argv = shlex.split(re.split(r" (?:&&|>|\|) ", found.group(1))[0])[1:]
    assert tuple(argv[: len(words)]) == words, "the example is of another command"
    # The parser accepts it: every command on the way, every option and every choice exists.
    command: click.Command = cli
    while isinstance(command, click.Group) and argv:
        inner = command.get_command(click.Context(command), argv.pop(0))
        assert inner is not None
        command = inner
    if not isinstance(command, click.Group):
        try:
            command.make_context("example", list(argv))
        except click.BadParameter as error:
            # The example speaks of a file that the reader has.
            if not error.message.endswith("does not exist."):
                raise


HANDED_ON = ("lean", "exec")
"""It hands every option on to Lean."""
LEAVES = [w for w, c in COMMANDS.items() if not isinstance(c, click.Group) and w != HANDED_ON]


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_an_unknown_option_is_one_clear_line(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*words, "--no-such-option"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip().splitlines()[-1].startswith("Error: No such option")


JSON = [
    ["mask", "show", "--json"],
    ["mask", "show", "--cutoff", "1900", "--json"],
    ["mask", "explain", "Subgroup", "--json"],
    ["mask", "explain", "teapot", "--json"],
    ["mask", "check", "--text-only", "--json", "good.lean"],
    ["mask", "check", "--text-only", "--json", "leak.lean"],
    ["targets", "--json"],
    ["targets", "--level", "1", "--json"],
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with good and bad files, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.lean").write_text("theorem t : True := trivial\n")
    (tmp_path / "leak.lean").write_text("/-- A group. -/\ntheorem t : True := trivial\n")
    (tmp_path / "empty.lean").write_text("")
    (tmp_path / "latin.lean").write_bytes(b"-- caf\xe9\n")
    (tmp_path / "nul.lean").write_bytes(b"theorem t : True := trivial\0\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "bad.toml").write_text("x = [")
    return tmp_path


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json_is_one_document_and_nothing_else(arguments: list[str], here: Path) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == (1 if "leak.lean" in arguments else 0)
    json.loads(result.stdout)


BAD = [
    ["mask", "show", "--cutoff", "1500"],
    ["mask", "show", "--cutoff", "-5"],
    ["mask", "show", "--cutoff", "soon"],
    ["mask", "show", "--mask", "none.toml"],
    ["mask", "show", "--mask", "bad.toml"],
    ["mask", "show", "--mask", "folder"],
    ["mask", "show", "--mask", "latin.lean"],
    ["mask", "show", "--mathlib", "none"],
    ["mask", "show", "--mathlib", "empty.lean"],
    ["mask", "show", "--mathlib-listing", "none"],
    ["mask", "show", "--mathlib-listing", "empty.lean"],
    ["mask", "show", "--gym-file", "none/mask.json"],
    ["mask", "explain"],
    ["mask", "explain", ""],
    ["mask", "explain", "a\0b"],
    ["mask", "explain", "Subgroup", "--cutoff", "99999"],
    ["mask", "check"],
    ["mask", "check", "none.lean"],
    ["mask", "check", "folder"],
    ["mask", "check", "latin.lean"],
    ["mask", "check", "nul.lean"],
    ["mask", "check", "--text-only", "latin.lean"],
    ["mask", "check", "--text-only", "nul.lean"],
    ["mask", "probe"],
    ["mask", "probe", "--policy", "no_such_module:nothing"],
    ["verify"],
    ["verify", "none.lean"],
    ["verify", "folder"],
    ["verify", "empty.lean", "--cutoff", "many"],
    ["verify", "empty.lean", "--out", "good.lean"],
    ["verify", "empty.lean", "--out", "good.lean/below"],
    ["verify", "empty.lean", "--export", "none/closure"],
    ["verify", "empty.lean", "--export", "folder"],
    ["verify", "empty.lean", "good.lean", "--export", "closure"],
    ["verify", "--jobs", "0"],
    ["targets", "--level", "9"],
    ["targets", "--level", "-1"],
    ["targets", "nonsense"],
    ["run", "none.lean"],
    ["run", "inverse-of-product", "--workers", "0"],
    ["run", "--resume", "none"],
    ["run", "--resume", "folder"],
    ["lean", "exec"],
    ["bench", "nonsense"],
    ["bench", "judge", "none.lean"],
    ["bench", "judge", "--rounds", "0"],
    ["doctor", "nonsense"],
]

BAD_FOR_LEAN = [
    ["run", "folder"],
    ["run"],
    ["verify", "--attacks", "folder"],
    ["verify", "--attacks", "none"],
    ["run", "inverse-of-product", "--cutoff", "12"],
    ["lean", "exec", "none.lean"],
    ["lean", "build", "No.Such"],
]


@pytest.mark.parametrize(
    "arguments",
    [*BAD, *(pytest.param(words, marks=pytest.mark.lean) for words in BAD_FOR_LEAN)],
    ids=lambda a: " ".join(a).replace("\0", "NUL"),
)
def test_bad_input_is_one_clear_line(arguments: list[str], here: Path) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    # click puts the usage in front of what is wrong.
    wrong = [line for line in lines if not line.startswith(("Usage:", "Try ")) and line]
    assert wrong
    assert wrong[0].startswith("Error: ")
    assert all("Traceback" not in line for line in lines)


@pytest.mark.lean
@pytest.mark.parametrize("near", ["CommonPartClose", "commonpartclosed"])
def test_an_unknown_target_gets_a_hint(near: str) -> None:
    result = CliRunner().invoke(cli, ["run", near, "--seconds", "1"])
    assert result.exit_code == 2
    assert "mean" in result.stderr.lower(), result.stderr


def autoresearch(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autoresearch_formal.cli.main", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
    )


def test_narrow_screens_and_no_colour() -> None:
    result = autoresearch("mask", "show", COLUMNS="20", NO_COLOR="1")
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in result.stdout + result.stderr
    result = autoresearch("targets", COLUMNS="20", TERM="dumb")
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [["mask", "show", "--json"], ["targets"]], ids=" ".join)
def test_a_reader_that_goes_away(arguments: list[str]) -> None:
    """As in ``autoresearch mask show | head -1``: no traceback."""
    with subprocess.Popen(
        [sys.executable, "-m", "autoresearch_formal.cli.main", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.wait(120)
    assert "Traceback" not in said
    assert "Exception ignored" not in said
