"""``autoresearch data import``: what others traced, as trajectories."""

from __future__ import annotations

from pathlib import Path

import click

from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.data import leandojo
from autoresearch_formal.data.tracing import trace
from autoresearch_formal.data.trajectories import write_rows
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Mask
from autoresearch_formal.options import cutoff_option, json_option


@click.command(
    name="import",
    epilog="Example: autoresearch data import leandojo_benchmark/random --out m.parquet",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--trace", "repository", help="Trace URL@COMMIT with lean-dojo instead.")
@click.option("--out", "file", required=True, type=click.Path(path_type=Path), help="File to make.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the filtered benchmark here.")
@cutoff_option
@json_option
def command(
    folder: Path | None,
    repository: str | None,
    file: Path,
    keep: Path | None,
    cutoff: int,
    as_json: bool,
) -> None:
    """Import a LeanDojo benchmark FOLDER as trajectories, without what the mask hides.

    Human proofs are not judged proofs: their rows are marked `policy = leandojo` and are never
    positives. With --trace a repository is traced first, which needs official Lean, the network
    and the extra `dojo`.
    """
    if (folder is None) == (repository is None):
        raise UsageFault("give either a benchmark FOLDER or --trace URL@COMMIT")
    if repository is not None:
        benchmark = trace(repository, err.print)
    else:
        assert folder is not None
        benchmark = leandojo.read(folder)
    kept, gone = leandojo.masked(benchmark, Mask.compute(cutoff))
    rows = list(leandojo.to_rows(kept))
    write_rows(file, rows)
    if keep is not None:
        leandojo.write(kept, keep)
    theorems = sum(map(len, kept.theorems.values()))
    if as_json:
        emit_json({"file": str(file), "theorems": theorems, "rows": len(rows), "masked": gone})
    else:
        out.print(f"{file}: {theorems} theorems, {len(rows)} rows; behind the mask: {gone}")
