"""What people see: progress and tables on stderr, one JSON document on stdout.

Every command prints its result through `emit_json` when ``--json`` is given, so that stdout
holds exactly one document that a program can parse, whatever progress was shown meanwhile.

Much of what is shown was written by others: file names, names of declarations, messages. It is
data. `err` and `out` make every text safe before they show it, take no markup from it, and see to
it that no line looks like a command to a CI runner; `to_json` and the errors of
`autoresearch_formal.errors` do the same elsewhere. Nothing else writes to a terminal or a log.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TimeElapsedColumn,
)
from rich.segment import Segment
from rich.status import Status
from rich.text import Text

from autoresearch_formal.printable import printable, unseen


class _SafeConsole(Console):
    """A console that shows strings as they are, made printable; only `Text` carries styles."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Every string that is printed, alone or in a cell of a table, comes by here."""
        return super().render_str(printable(text, lines=True), **options)

    def status(self, status: RenderableType, **options: Any) -> Status:
        """A status display; rich would read markup in a string."""
        shown = Text(printable(status)) if isinstance(status, str) else status
        return super().status(shown, **options)

    def _render_buffer(self, buffer: Any) -> str:
        # Lines are only known once they have been broken: a word may have become a line's first.
        return super()._render_buffer(_without_commands(buffer))


def _without_commands(buffer: Any) -> list[Segment]:
    """Rendered segments, none of which begins a line with what a CI runner obeys."""
    shown: list[Segment] = []
    blank = True  # nothing but white space on this line so far
    held = ""
    for segment in buffer:
        text, style, control = segment
        if control:
            shown.append(segment)
            continue
        made = []
        for character in text:
            colons = held == ":" and character == ":" and blank
            made.append("\\x3a" if colons else character)
            if character == "\n":
                blank, held = True, ""
            elif character == ":" and blank and not held:
                held = ":"
            elif not character.isspace():
                blank, held = False, ""
        shown.append(Segment("".join(made), style, control))
    return shown


err = _SafeConsole(stderr=True)
"""Progress, tables meant to accompany a JSON result, warnings."""

out = _SafeConsole()
"""Results for people, when ``--json`` is not given."""


def styled(template: str, *values: object) -> Text:
    """A text with rich's markup from `template` only; the values for its ``{}`` are shown as is.

    >>> styled("[green]yes[/] {}", "[red]no").plain
    'yes [red]no'
    """
    shown = (escape(printable(str(value))) for value in values)
    return Text.from_markup(template.format(*shown), emoji=False)


def to_json(document: Mapping[str, Any] | Sequence[Any]) -> str:
    """A document as JSON for files and terminals: what can't be seen is written as an escape."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if not text.isascii():
        text = "".join(_json_code(c) if c > "~" and unseen(c) else c for c in text)
    return re.sub(r"#(?=#\w*\[)", r"\\u0023", text.replace("\x7f", "\\u007f"))


def _json_code(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def emit_json(document: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write one JSON document and a newline to stdout."""
    emit_text(to_json(document) + "\n")


def emit_text(text: str) -> None:
    """Write to stdout, as it is, a text in a format that has made printable what is in it."""
    sys.stdout.write(text)
    sys.stdout.flush()


class _Description(ProgressColumn):
    """What is being done, shown as it is."""

    def render(self, task: Task) -> Text:
        return Text(printable(task.description))


def progress() -> Progress:
    """A progress display on stderr: spinner, description, bar, count, elapsed time."""
    return Progress(
        SpinnerColumn(),
        _Description(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,  # a pipe would get an empty line of it
    )
