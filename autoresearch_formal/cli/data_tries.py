"""``autoresearch data tries``: rows from which a model learns what Lean will say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from autoresearch_formal.bounds import SEED, FiniteRange
from autoresearch_formal.console import emit_json, err
from autoresearch_formal.data.synth.run import SynthOptions, synthesise
from autoresearch_formal.options import cutoff_option, json_option


@click.command(
    name="tries", epilog="Example: autoresearch data tries --rows 12000 --seed 1 --out data/tries"
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--rows", type=click.IntRange(min=1), help="Stop at this many distinct rows.")
@click.option("--seconds", type=FiniteRange(min=1), help="Or after this wall time.")
@click.option("--seed", type=SEED, default=0, show_default=True)
@cutoff_option
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--resume", is_flag=True, help="Continue the run in --out.")
@json_option
def command(as_json: bool, **rest: Any) -> None:
    """Try what the symbolic policy guesses, at goals that nobody gave, and note what Lean says.

    The goals are those of the foundation's own proofs and of generated statements; targets and what
    their solutions state are left out, up to renaming. Writes OUT/tries.parquet and OUT/tries.json.
    """
    document = synthesise(SynthOptions(tries=True, **rest))
    if as_json:
        emit_json(document)
        return
    err.print(
        f"{document['file']}: {document['rows']} rows about {document['goals']} goals; "
        f"{document['rows_per_cpu_second']} rows a CPU second"
    )
