"""``autoresearch train``: a policy model from training files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from autoresearch_formal.bounds import SEED, FiniteRange
from autoresearch_formal.console import emit_json, err
from autoresearch_formal.options import cutoff_option, json_option
from autoresearch_formal.train.sft import TrainOptions, train


@click.command(
    name="train",
    epilog="Example: autoresearch train --size nano --data synth.parquet --out models/mine",
)
@click.option(
    "--size",
    type=click.Choice(["nano", "small", "base"]),
    default="nano",
    show_default=True,
    help="About 2, 26 or 120 million weights.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    required=True,
    help="Training file (Parquet); may be given more than once.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option(
    "--init",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Start from this model instead of random weights.",
)
@click.option("--epochs", type=FiniteRange(min=0.01), default=3.0, show_default=True)
@click.option("--steps", type=click.IntRange(min=1), help="Optimiser steps, instead of epochs.")
@click.option("--batch", type=click.IntRange(min=1), default=32, show_default=True, help="Rows.")
@click.option(
    "--micro",
    type=click.IntRange(min=1),
    default=32,
    show_default=True,
    help="Rows at a time; gradients are accumulated to the batch.",
)
@click.option("--rate", type=FiniteRange(min=0, min_open=True), help="Peak learning rate.")
@click.option("--seed", type=SEED, default=0, show_default=True)
@cutoff_option
@click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True
)
@click.option(
    "--checkpoint-every", type=click.IntRange(min=1), default=200, show_default=True, help="Steps."
)
@click.option(
    "--evaluate-every", type=click.IntRange(min=1), default=100, show_default=True, help="Steps."
)
@click.option("--resume", is_flag=True, help="Continue the run in --out.")
@json_option
def command(data: tuple[Path, ...], as_json: bool, **rest: Any) -> None:
    """Train a policy from scratch on rows that pass the leak scan.

    Runs on the CPU, or on a GPU where torch sees one (bfloat16, compiled). The folder holds the
    model in the format of Transformers and vLLM, `training.json` and `loss.png`.
    """
    document = train(TrainOptions(data=data, **rest))
    if as_json:
        emit_json(document)
        return
    last = document["history"][-1]
    err.print(
        f"{rest['out']}: {document['parameters'] / 1e6:.1f} M weights, {document['rows']} rows, "
        f"loss {last['train']:.3f}, held out {last['eval']:.3f}"
    )
