"""Every command, hostile arguments: one line on stderr, exit code 2 or 3, nothing left behind."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.main import cli, of_the_system
from tests.cli.test_manners import COMMANDS, HANDED_ON

NUMBERS = {
    "nan": "nan",
    "infinite": "inf",
    "minus infinite": "-inf",
    "too large": "1e400",
    "a word": "x",
    "empty": "",
    "underlines": "1__0",
}
WHOLE = {"negative": "-1", "a fraction": "1.5", "a word": "x", "empty": ""}
LEAVES = {w: c for w, c in COMMANDS.items() if not isinstance(c, click.Group) and w != HANDED_ON}


def required(command: click.Command, but: str = "") -> list[str]:
    """What a command can't be called without."""
    given: list[str] = []
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.required and parameter.name != but:
            given += [parameter.opts[0], "made"]
    return given


def numeric() -> Iterator[tuple[tuple[str, ...], str, str]]:
    for words, command in LEAVES.items():
        for parameter in command.params:
            kind = parameter.type
            if not isinstance(parameter, click.Option):
                continue
            name = parameter.opts[-1]
            if isinstance(kind, click.FloatRange):
                for value in NUMBERS.values():
                    yield words, name, value
            elif isinstance(kind, click.types.IntParamType):
                for value in WHOLE.values():
                    if value != "-1" or isinstance(kind, click.IntRange):
                        yield words, name, value
            assert kind is not click.FLOAT, f"{words}: {name} takes nan"
            assert type(kind) is not click.FloatRange, f"{words}: {name} takes nan"


def refused(arguments: list[str], codes: tuple[int, ...] = (2, 3)) -> None:
    """The command ends with one line that says what is wrong."""
    result = CliRunner().invoke(cli, arguments)
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code in codes, result.output
    assert result.stdout == ""
    lines = [s for s in result.stderr.splitlines() if s and not s.startswith(("Usage:", "Try "))]
    assert len(lines) == 1, lines
    assert lines[0].startswith("Error: ")


def test_no_option_takes_what_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All numeric options of all commands; one test, because each takes a millisecond."""
    monkeypatch.chdir(tmp_path)
    cases = list(numeric())
    assert len(cases) > 200
    for words, option, value in cases:
        refused([*words, f"{option}={value}" if option.startswith("--") else option + value], (2,))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with things that are not what they are called, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.lean").write_text("")
    (tmp_path / "bytes.lean").write_bytes(bytes(range(256)))
    (tmp_path / "nul.lean").write_bytes(b"theorem t : True := sorry\0")
    (tmp_path / "comment.lean").write_text("/- theorem t : True := sorry\n")
    (tmp_path / "done.lean").write_text("theorem t : True := trivial\n")
    with (tmp_path / "huge.lean").open("wb") as file:
        file.truncate(1 << 30)
    (tmp_path / "folder.lean").mkdir()
    os.mkfifo(tmp_path / "pipe.lean")
    (tmp_path / "circle.lean").symlink_to("circle.lean")
    (tmp_path / "bad.toml").write_text("x = [")
    (tmp_path / "deep.toml").write_text("x = " + "[" * 100_000)
    for name, run, report in (
        ("no-toml", "x = [", "{}"),
        ("no-table", "asked = 3\n", "{}"),
        ("no-events", "[asked]\n", "{}"),
        ("bad-report", "[asked]\n[resolved]\n", '{"results": 3}'),
        ("bad-event", "[asked]\n[resolved]\ntargets = ['x']\n", "{}"),
        ("odd-event", "[asked]\n[resolved]\ntargets = ['y']\n", "{}"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "run.toml").write_text(run)
        (folder / "report.json").write_text(report)
        if name == "no-events":
            continue
        with sqlite3.connect(folder / "events.sqlite") as db:
            db.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, target, kind, data)")
            db.execute("INSERT INTO events VALUES (1, 'x', 'Note', 'garbage')")
            closed = '{"type":"GoalClosed","id":7,"reason":""}'
            db.execute("INSERT INTO events VALUES (2, 'y', '', ?)", [closed])
        db.close()
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}")
    (tmp_path / "model" / "tokenizer.json").write_text("[" * 100_000)
    return tmp_path


NO_SOURCE = [
    "none.lean", "bytes.lean", "nul.lean", "huge.lean", "folder.lean", "pipe.lean", "circle.lean",
    "done.lean/x.lean", "x.lean:", "",
    ".lean", "x" * 5000, "x" * 300 + ".lean", "\udc80.lean", "/dev/null", "/dev/zero",
    "no-such-target", "-x.lean", "a\nb.lean",
]  # fmt: skip
NOTHING_TO_DO = ["empty.lean", "comment.lean", "done.lean:t"]
NO_POLICY = [
    "", "psychic", "neural:", "neural:none", "neural:model", "mixed:none", "tuned:none",
    "tuned:model", "symbolic?x=1", "neural:model?n=nan", "mixed:model?neural=-1", "http://[::1",
    "http://127.0.0.1:9", "mixed:http://127.0.0.1:9", "http://",
]  # fmt: skip
NO_RUN = ["none", "", "done.lean", "folder.lean", "x" * 5000, "no-toml", "no-table", "no-events"]
DAMAGED = ["bad-report", "bad-event", "odd-event"]
RUN = ["run", "inverse-of-product"]
ODD_RUNS = ["none", "", "bad.toml", "bytes.lean", "no-table", "bad-report"]
NO_MASK = ["pipe.lean", "huge.lean", "deep.toml", "x" * 999]


@pytest.mark.parametrize(
    "arguments",
    [
        *(["run", "--", name] for name in NO_SOURCE),
        *([*RUN, "--settings", n] for n in ("none", "bad.toml", "deep.toml")),
        *([*RUN, "--settings", n] for n in ("pipe.lean", "folder.lean")),
        *([*RUN, "--out", n] for n in ("done.lean", "done.lean/x", "x" * 999)),
        *([*RUN, "--out", n] for n in ("\udc80", "no-toml", "circle.lean")),
        *(["run", "--resume", name] for name in [*NO_RUN, *DAMAGED]),
        *(["report", name] for name in [*NO_RUN, *DAMAGED]),
        *(["data", "stats", name] for name in ["none", "", "done.lean", *DAMAGED]),
        *(["data", "import", name, "--out", "x"] for name in ["none", "", "done.lean", "x" * 999]),
        ["data", "import", "--trace", "x", "--out", "x"],
        *(["rediscover", n] for n in ODD_RUNS),
        *(["serve", n, "--port", "0"] for n in ["none", "", "model", "x" * 999]),
        *(["loop", "--out", "made", *o] for o in (["--target", "x"], ["--policy", "x"])),
        *(["loop", "--out", "made", *o] for o in (["--levels", "9"], ["--levels", "a"])),
        *(["loop", "--out", "made", *o] for o in (["--settings", "bad.toml"], ["--sweep", "="])),
        *(["loop", "--out", n] for n in ("done.lean", "\udc80", "x" * 999)),
        *(["loop", "--resume", n] for n in ("none", "", "x" * 999)),
        *(["mask", "show", "--mask", n] for n in NO_MASK),
        ["mask", "listing", "--root", "a\nb", "-o", "x"],
        ["mask", "listing", "-o", "none/x"],
        *(["mask", "probe", "--policy", n] for n in ("", "os", "os:nothing", "no_such:x")),
    ],
    ids=lambda a: ascii(" ".join(a))[1:60],
)  # fmt: skip
def test_bad_input_is_one_line(arguments: list[str], here: Path) -> None:
    before = sorted(p.name for p in here.iterdir())
    refused(arguments)
    assert sorted(p.name for p in here.iterdir()) == before


@pytest.mark.parametrize("policy", NO_POLICY)
def test_a_policy_that_is_not_there(
    policy: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autoresearch_formal.policy.choose.START", 0.0)
    before = sorted(p.name for p in here.iterdir())
    refused(["run", "inverse-of-product", "--policy", policy])
    assert sorted(p.name for p in here.iterdir()) == before


def test_what_the_system_refuses_is_one_line() -> None:
    assert of_the_system(FileNotFoundError(2, "No such file", "x")).exit_code == 2
    assert of_the_system(OSError(28, "No space left on device", "x")).exit_code == 3
    assert of_the_system(OSError("odd")).message == "odd"


@pytest.mark.lean
@pytest.mark.slow
def test_files_in_which_lean_finds_nothing_to_do(here: Path) -> None:
    before = sorted(p.name for p in here.iterdir())
    for name in NOTHING_TO_DO:
        refused(["run", name])
    assert sorted(p.name for p in here.iterdir()) == before
