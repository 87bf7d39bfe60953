"""Nothing that others wrote can do more in a terminal or a log than be read."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table

from autoresearch_formal import console
from autoresearch_formal.cli.main import cli
from autoresearch_formal.console import _SafeConsole, styled, to_json
from autoresearch_formal.errors import MissingTool, Negative, UsageFault
from autoresearch_formal.printable import printable, unseen
from autoresearch_formal.report.page import environment, escape

PACKAGE = Path(console.__file__).parent

HOSTILE = st.text(
    st.sampled_from(
        "ab :#[]\\/\x1b\x07\x00\r\n\t\x85\x9b\u200b\u202e\u2066\u2028\u3164\ufe0f\udc80"
    )
).map(lambda text: text.replace("b", "::error::").replace("a", "##[group]"))


def harmless(text: str) -> bool:
    """Whether a text shows all of its characters and has no line that a CI runner obeys."""
    seen = not any(unseen(c) for c in text if c != "\n")
    lines = re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text)
    return seen and not any(x.lstrip().startswith("::") or "##[" in x for x in lines)


@given(HOSTILE)
def test_one_line(text: str) -> None:
    shown = printable(text)
    assert harmless(shown)
    assert "\n" not in shown


@given(HOSTILE, st.integers(1, 30), st.booleans(), st.booleans())
def test_what_is_printed(text: str, width: int, soft_wrap: bool, as_table: bool) -> None:
    page = io.StringIO()
    shown = _SafeConsole()
    shown.file, shown.width = page, width
    if as_table:
        table = Table(text, box=None, padding=0)
        table.add_row(text)
        table.add_row(styled("[red]{}[/]", text))
        shown.print(table)
    else:
        shown.print(text, soft_wrap=soft_wrap)
        shown.print(styled("[red]{}[/]", text), soft_wrap=soft_wrap)
    assert harmless(page.getvalue())


@given(st.recursive(HOSTILE, lambda inner: st.dictionaries(HOSTILE, inner, max_size=3)))
def test_json(document: object) -> None:
    text = to_json({"it": document})
    assert json.loads(text) == {"it": document}
    assert harmless(text)
    text.encode()


@given(HOSTILE)
def test_errors(text: str) -> None:
    for kind in (Negative, UsageFault, MissingTool):
        shown = kind(text).format_message()
        assert harmless(shown)
        assert "\n" not in shown


@given(HOSTILE)
def test_pages(text: str) -> None:
    page = environment().from_string("<p title='{{ text }}'>.{{ text }}</p>").render(text=text)
    assert not any(unseen(c) for c in page if c not in "\n\t")
    assert not any(unseen(c) for c in escape(text) if c not in "\n\t")


def test_markup_is_shown() -> None:
    page = io.StringIO()
    shown = _SafeConsole()
    shown.file = page
    shown.print("[red]x[/] :smile:")
    assert page.getvalue() == "[red]x[/] :smile:\n"


@pytest.mark.parametrize(
    "arguments", [["\x1b[2Knone"], ["mask", "check", "\u202egone.lean"], ["verify", "--no\x1b"]]
)
def test_faults_in_arguments(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert harmless(result.output), result.output


def test_nothing_writes_past_the_console() -> None:
    """Whatever writes otherwise is not for people: a protocol between processes."""
    others = re.compile(
        r"(?<![\w.])print\(|click\.s?echo|sys\.(?:stdout|stderr)\.|Console\(|os\.write\(1|"
        r"rich\.print|logging\.(?:info|warning|error|getLogger)|markup=True|from_markup"
    )
    excused = {
        "console.py", "errors.py", "interrupts.py",
        "judge/replay.py", "judge/weigh.py", "bench/mask.py", "bench/startup.py",
        "lean/sync.py",
    }  # fmt: skip
    found = {
        f"{file.relative_to(PACKAGE)}: {line.strip()}"
        for file in PACKAGE.rglob("*.py")
        if file.relative_to(PACKAGE).as_posix() not in excused
        for line in file.read_text(encoding="utf-8").splitlines()
        if others.search(line)
    }
    assert found == set()


def test_errors_are_ours() -> None:
    """Every error that ends a command goes through `errors`, or is click's own about arguments."""
    made = re.compile(r"raise click\.ClickException|\(click\.ClickException\)")
    found = [
        str(file)
        for file in PACKAGE.rglob("*.py")
        if file.name != "errors.py" and made.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert issubclass(UsageFault, click.ClickException)
