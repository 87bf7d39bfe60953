"""`autoresearch data`: trajectories and training data."""

from __future__ import annotations

import click

from autoresearch_formal.cli.lazy import LazyGroup

COMMANDS = {
    "synth": "theorems from nothing: generated, proved, kernel-checked training rows",
    "tries": "what Lean says to proposals at such goals: rows that teach a model to foretell it",
    "stats": "what trajectories hold: rows, outcomes, ingredients, rarity, value, weights",
    "merge": "several runs as one trajectories file, each row once",
    "export": "trajectories as a LeanDojo benchmark, training rows or preference pairs",
    "import": "a LeanDojo benchmark, or a repository to trace, as trajectories",
}


@click.group(
    cls=LazyGroup,
    lazy={name: f"autoresearch_formal.cli.data_{name}:command" for name in COMMANDS},
    short_helps=COMMANDS,
    epilog="Example: autoresearch data stats runs/first",
)
def command() -> None:
    """Read, merge, convert and make training data (docs/data.md)."""
