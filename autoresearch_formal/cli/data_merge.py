"""``autoresearch data merge``: several runs as one file."""

from __future__ import annotations

from pathlib import Path

import click

from autoresearch_formal.console import emit_json, out
from autoresearch_formal.data.dataset import read_rows
from autoresearch_formal.data.trajectories import write_rows
from autoresearch_formal.options import json_option


@click.command(
    name="merge", epilog="Example: autoresearch data merge runs/a runs/b --out all.parquet"
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", "file", required=True, type=click.Path(path_type=Path), help="File to make.")
@click.option("--positive", is_flag=True, help="Only steps of judged proofs.")
@json_option
def command(paths: tuple[Path, ...], file: Path, positive: bool, as_json: bool) -> None:
    """Merge run folders or trajectories files (PATHS); a row that is in two of them is kept once.

    The result does not depend on the order of the arguments.
    """
    rows = [r for r in read_rows(paths) if r["positive"] or not positive]
    rows.sort(key=lambda r: (r["target"], r["round"] or 0, r["seed"] or 0, r["row"]))
    write_rows(file, rows)
    if as_json:
        emit_json({"file": str(file), "rows": len(rows), "inputs": [str(p) for p in paths]})
    else:
        out.print(f"{file}: {len(rows)} rows")
