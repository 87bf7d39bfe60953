"""The ways a command can end other than well, and the exit code of each.

Exit codes: 0 yes/done, 1 a negative verdict, 2 bad input, 3 the environment lacks something,
130 interrupted by Ctrl-C.
"""

from __future__ import annotations

import threading
from typing import IO, Any, ClassVar

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

    _saying: ClassVar[Any] = threading.RLock()  # a second Ctrl-C may come while it is held
    _shown: ClassVar[bool] = False
    _leaving: ClassVar[bool] = False

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the message, which is no error, to stderr."""
        with self._saying:
            if not Interrupted._leaving:
                Interrupted._shown = True
                click.echo(self.format_message(), file=file, err=True)

    @classmethod
    def leaving(cls) -> bool:
        """From now on whoever ends the process speaks for it; whether nobody has spoken yet."""
        with cls._saying:
            cls._leaving = True
            return not cls._shown
