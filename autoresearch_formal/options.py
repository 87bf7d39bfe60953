"""Options that several commands have."""

from __future__ import annotations

import click

from autoresearch_formal.lean.toolchain import NAMES
from autoresearch_formal.mask import DEFAULT_CUTOFF

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")

cutoff_option = click.option(
    "--cutoff", type=int, default=DEFAULT_CUTOFF, show_default=True, help="Year of the mask."
)

toolchain_option = click.option(
    "--toolchain",
    type=click.Choice(NAMES),
    help="Which Lean to use; without it, the best there is.",
)
