"""`autoresearch bench`: measurements, each reported as figures and ratios of one run."""

from __future__ import annotations

import click

from autoresearch_formal.cli.lazy import LazyGroup

BENCHES = {
    "gym": "tactic steps per second, start-up, memory, scaling",
    "search": "search overhead and scaling over workers",
    "suite": "targets solved by a suite, with ablations at equal compute",
    "prover": "classical problems for our first-order prover and for E",
    "policy": "the model client against a bare load generator",
    "compare": "symbolic, neural and mixed policies at equal compute",
    "ratings": "whether a model knows what Lean will say to a guess",
    "judge": "the judge's cost against a bare compile",
    "mask": "import graph and mask of a large source tree",
}


@click.group(
    cls=LazyGroup,
    lazy={name: f"autoresearch_formal.bench.{name}:command" for name in BENCHES},
    short_helps=BENCHES,
    epilog="Example: autoresearch bench gym --json",
)
def command() -> None:
    """Measure; nothing here passes or fails."""
