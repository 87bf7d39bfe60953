"""The ways a command can end other than well, and the exit code of each.

Exit codes: 0 yes/done, 1 a negative verdict, 2 bad input, 3 the environment lacks something,
130 interrupted by Ctrl-C.
"""

from __future__ import annotations

from typing import IO, Any

import click

from autoresearch_formal.printable import printable


class _OneLine(click.ClickException):
    """An end with a message; whatever was put into it, it is shown as one line."""

    def format_message(self) -> str:
        """The message, made printable."""
        return printable(self.message)


class Negative(_OneLine):
    """The question was understood and the answer is no (not proved, rejected)."""

    exit_code = 1


class UsageFault(_OneLine):
    """Bad input. The message is one line: what is wrong, where, what to do."""

    exit_code = 2


class MissingTool(_OneLine):
    """The environment lacks something. The message says what, and the command that gets it."""

    exit_code = 3


class Interrupted(click.ClickException):
    """Somebody pressed Ctrl-C. The message says how to go on, where that is possible."""

    exit_code = 130

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the message, which is no error, to stderr."""
        click.echo(self.format_message(), file=file, err=True)
