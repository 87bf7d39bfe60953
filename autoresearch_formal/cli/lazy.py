"""A click group whose subcommands are imported only when one of them is asked for."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import click

from autoresearch_formal.printable import printable


@contextlib.contextmanager
def _printable_faults() -> Iterator[None]:
    try:
        yield
    except click.UsageError as fault:
        raise click.UsageError(printable(fault.format_message()), fault.ctx) from None


class LazyGroup(click.Group):
    """Subcommands given as ``"package.module:attribute"`` and imported on first use.

    `short_helps` lets the group list its subcommands without importing any of them.
    """

    def __init__(
        self,
        *args: Any,
        lazy: Mapping[str, str] | None = None,
        short_helps: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = dict(lazy or {})
        self._short_helps = dict(short_helps or {})

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the arguments; what is said about wrong ones is made printable."""
        with _printable_faults():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; what is said about wrong arguments is made printable."""
        with _printable_faults():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which they were declared."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the subcommand, or None if there is none of that name."""
        target = self._lazy.get(cmd_name)
        if target is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{target} is not a click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List subcommands from their one-line descriptions, importing none of them."""
        rows = [(name, self._short_helps.get(name, "")) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)
