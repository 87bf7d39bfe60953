"""Entry point of the console command: finds subcommands lazily, so that `--help` stays quick."""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import click

from autoresearch_formal import __version__, interrupts
from autoresearch_formal.cli.lazy import LazyGroup
from autoresearch_formal.console import err
from autoresearch_formal.errors import Interrupted, MissingTool, UsageFault

SUBCOMMANDS = {
    "doctor": "say which Lean will be used and prove that it works",
    "lean": "install, run and build with a Lean toolchain",
    "mask": "show, explain and check what is hidden at a cutoff year",
    "targets": "list the statements to reconstruct",
    "run": "search for proofs of targets, or of the `sorry`s in a file",
    "data": "count, merge, export, import and make training data",
    "train": "train a policy model from training files",
    "serve": "serve a policy model over HTTP, with vLLM or Transformers",
    "loop": "run expert iteration: search, judge, train, promote",
    "report": "write the page of a run or a loop again",
    "verify": "judge Lean files from their text alone, with two kernels",
    "rediscover": "compare invented definitions with known concepts, by theorems",
    "abstract": "state a theorem about one system as a theorem about any",
    "bench": "run a benchmark",
}


class Root(LazyGroup):
    """The group of all commands; Ctrl-C in any of them is one line and exit code 130."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Interrupted("interrupted") from None
        except BrokenPipeError:
            raise  # whoever read has gone; click ends quietly
        except OSError as fault:
            raise of_the_system(fault) from None


@click.group(
    cls=Root,
    lazy={name: f"autoresearch_formal.cli.{name}:command" for name in SUBCOMMANDS},
    short_helps=SUBCOMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: autoresearch run --suite smoke --out runs/first",
)
@click.version_option(__version__, prog_name="autoresearch")
def cli() -> None:
    """Rebuild a mathematical theory behind a knowledge mask, every claim checked by Lean."""


def of_the_system(fault: OSError) -> click.ClickException:
    """What the operating system refused, in one line: bad input if a file was named."""
    said = fault.strerror or str(fault) or type(fault).__name__
    if fault.filename is None or fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return MissingTool(f"{fault.filename}: {said}" if fault.filename else said)
    return UsageFault(f"{str(fault.filename)[:200]}: {said}")


FAULT = 70
"""Exit code of a fault of this program's own."""


def main() -> None:
    """Run the console command; the one place where the process decides its exit code."""
    interrupts.install()
    importlib.invalidate_caches()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, io.UnsupportedOperation):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        cli(prog_name="autoresearch")
    except SystemExit as end:
        if end.code == Interrupted.exit_code:
            interrupts.leave()
        raise
    except Exception as fault:
        sys.exit(fault_of_ours(fault))


def fault_of_ours(fault: Exception) -> int:
    """Say in one line that this program failed, and where the traceback is; the exit code."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="autoresearch-", suffix=".traceback", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(fault)))
    said = " ".join(str(fault).split())[:200]
    err.print(
        f"Error: {type(fault).__name__}: {said}: a fault of autoresearch; {Path(file.name)} says"
        " where, please report it",
        soft_wrap=True,
    )
    return FAULT


if __name__ == "__main__":
    main()
