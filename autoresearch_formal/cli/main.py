"""Entry point of the console command: finds subcommands lazily, so that `--help` stays quick."""

from __future__ import annotations

import importlib

import click

from autoresearch_formal import __version__
from autoresearch_formal.cli.lazy import LazyGroup

SUBCOMMANDS = {
    "doctor": "say which Lean will be used and prove that it works",
    "lean": "install, run and build with a Lean toolchain",
    "mask": "what may be known at a cutoff year",
    "targets": "list the statements to reconstruct",
    "run": "search for a proof of targets or of `sorry`s in a file",
    "data": "trajectories and training data: count, merge, export, import",
    "train": "a policy model from training files",
    "serve": "a policy model behind HTTP, with vLLM or in Transformers",
    "loop": "expert iteration: search, judge, train, promote, round after round",
    "report": "write the page of a run or a loop again",
    "verify": "judge generated files, trusting nobody",
    "rediscover": "what invented definitions are, by theorems",
    "bench": "measure",
}


@click.group(
    cls=LazyGroup,
    lazy={name: f"autoresearch_formal.cli.{name}:command" for name in SUBCOMMANDS},
    short_helps=SUBCOMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: autoresearch run --suite smoke --out runs/first",
)
@click.version_option(__version__, prog_name="autoresearch")
def cli() -> None:
    """Rebuild a mathematical theory behind a knowledge mask, every claim checked by Lean."""


def main() -> None:
    """Run the console command; the one place where the process decides its exit code."""
    importlib.invalidate_caches()
    cli(prog_name="autoresearch")


if __name__ == "__main__":
    main()
