"""``autoresearch data export``: trajectories in the forms that trainers and other tools read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from autoresearch_formal.console import emit_json, out
from autoresearch_formal.data import leandojo
from autoresearch_formal.data.corpus import foundation_corpus
from autoresearch_formal.data.dataset import examples, read_rows
from autoresearch_formal.data.weights import Resetting
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Mask
from autoresearch_formal.options import cutoff_option, json_option
from autoresearch_formal.train.prompts import write_pairs, write_training_file


@click.command(
    name="export",
    epilog="Example: autoresearch data export runs/first --format leandojo --out benchmark",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["leandojo", "training", "pairs"]),
    default="leandojo",
    show_default=True,
)
@click.option(
    "--out", "place", required=True, type=click.Path(path_type=Path), help="What to make."
)
@cutoff_option
@json_option
def command(paths: tuple[Path, ...], form: str, place: Path, cutoff: int, as_json: bool) -> None:
    """Export the judged proofs of run folders or trajectories files (PATHS).

    leandojo: a folder with traced tactics and the premise corpus, filtered by the mask.
    training: a Parquet file of weighted prompts and answers. pairs: a Parquet file of chosen and
    rejected answers to the same prompt.
    """
    rows = read_rows(paths)
    weighed = examples(rows, Resetting())
    makers: dict[str, Callable[[], dict[str, Any]]] = {
        "leandojo": lambda: export_leandojo(rows, place, cutoff),
        "training": lambda: {"rows": write_training_file(place, weighed, Mask.compute(cutoff))},
        "pairs": lambda: {"rows": write_pairs(place, weighed, rows, Mask.compute(cutoff))},
    }
    document = {"out": str(place), "format": form} | makers[form]()
    if as_json:
        emit_json(document)
    else:
        figures = ", ".join(f"{k} {v}" for k, v in document.items() if k not in ("out", "format"))
        out.print(f"{place}: {figures}")


def export_leandojo(rows: list[dict[str, Any]], place: Path, cutoff: int) -> dict[str, Any]:
    """Write the benchmark; what was written and what the mask took out."""
    if place.is_file():
        raise UsageFault(f"{place}: is a file; a benchmark is a folder")
    made = leandojo.from_rows(rows, foundation_corpus())
    kept, gone = leandojo.masked(made, Mask.compute(cutoff))
    leandojo.write(kept, place)
    return {
        "theorems": sum(map(len, kept.theorems.values())),
        "premises": sum(len(e["premises"]) for e in kept.corpus),
        "masked": gone,
    }
