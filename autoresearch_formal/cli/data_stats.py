"""``autoresearch data stats``: what trajectories hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, out
from autoresearch_formal.data.dataset import Row, examples, ingredients_of, read_rows
from autoresearch_formal.data.diversity import diversity
from autoresearch_formal.data.weights import Resetting
from autoresearch_formal.options import json_option


@click.command(name="stats", epilog="Example: autoresearch data stats runs/first --alpha 1")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--alpha", type=FiniteRange(min=0), default=Resetting().alpha, show_default=True)
@click.option("--beta", type=FiniteRange(min=0), default=Resetting().beta, show_default=True)
@click.option("--top", type=click.IntRange(0), default=10, show_default=True, help="Ingredients.")
@json_option
def command(paths: tuple[Path, ...], alpha: float, beta: float, top: int, as_json: bool) -> None:
    """Count what run folders or trajectories files (PATHS) hold, and how it would be weighted."""
    rows = read_rows(paths)
    document = stats(rows, Resetting(alpha=alpha, beta=beta), top)
    if as_json:
        emit_json(document)
        return
    table = Table("what", "figure")
    for key in ("rows", "targets", "verified_targets", "goals", "positives", "training_rows"):
        table.add_row(key.replace("_", " "), str(document[key]))
    for name, count in document["outcomes"].items():
        table.add_row(f"outcome {name}", str(count))
    for name, count in document["ingredients"].items():
        table.add_row(f"ingredient {name}", str(count))
    table.add_row("entropy of actions (nats)", f"{document['diversity']['entropy']:.2f}")
    out.print(table)


def stats(rows: Sequence[Row], knobs: Resetting, top: int) -> dict[str, Any]:
    """The figures."""
    used: Counter[str] = Counter()
    for row in rows:
        used.update(ingredients_of(row))
    weighed = examples(rows, knobs)
    return {
        "rows": len(rows),
        "targets": len({r["target"] for r in rows}),
        "verified_targets": sorted({r["target"] for r in rows if r["verified"]}),
        "goals": len({(r["target"], r["seed"], r["round"], r["goal"]) for r in rows}),
        "kinds": dict(Counter(r["kind"] for r in rows).most_common()),
        "outcomes": dict(Counter(r["outcome"] for r in rows).most_common()),
        "positives": sum(bool(r["positive"]) for r in rows),
        "training_rows": len(weighed),
        "weights": {
            "alpha": knobs.alpha,
            "beta": knobs.beta,
            "least": min((e.weight for e in weighed), default=None),
            "most": max((e.weight for e in weighed), default=None),
        },
        "heartbeats": sum(r["heartbeats"] or 0 for r in rows),
        "seconds": round(sum(r["ms"] or 0.0 for r in rows) / 1000, 3),
        "ingredients": dict(used.most_common(top)),
        "diversity": diversity(rows),
    }
