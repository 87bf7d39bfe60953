"""``autoresearch loop``: expert iteration from the kernel's verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bounds import SEED, FiniteRange
from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.data.trajectories import arrow
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop import arms
from autoresearch_formal.loop.ablations import round_cells, update_tables
from autoresearch_formal.loop.curriculum import chosen_targets
from autoresearch_formal.loop.engine import LeanEngine
from autoresearch_formal.loop.rounds import Loop
from autoresearch_formal.mask import DEFAULT_CUTOFF, Mask
from autoresearch_formal.options import json_option, toolchain_option
from autoresearch_formal.policy.choose import choose
from autoresearch_formal.report.loop import document, write_page
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.train.folders import LoopFolder
from autoresearch_formal.train.settings import (
    ABLATIONS,
    LoopSettings,
    read_settings,
    settings_from,
)


def numbers(_: click.Context, __: click.Parameter, text: str | None) -> tuple[int, ...] | None:
    """``0,1,2`` as numbers."""
    if text is None:
        return None
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise UsageFault(f"{text!r}: numbers with commas between them were expected") from None


@click.command(
    name="loop",
    epilog="Example: autoresearch loop --rounds 3 --levels 0,1,2 --out loops/first",
)
@click.option("--rounds", type=click.IntRange(1), help="Rounds of search and training. [3]")
@click.option("--policy", help="Policy to start with. [symbolic]")
@click.option(
    "--trainer",
    type=click.Choice(["table", "sft", "sft+dpo", "grpo"]),
    help="table needs no torch and starts from the symbolic policy. [table]",
)
@click.option(
    "--expert",
    type=click.Choice(["policy", "mixed"]),
    help="Who searches: the policy, or a model with the symbolic policy's help. [policy]",
)
@click.option("--levels", callback=numbers, help="Levels of targets, such as 0,1,2.")
@click.option("--target", "targets", multiple=True, help="Train on this target (repeat).")
@click.option("--held-out", multiple=True, help="Measure on this target (repeat).")
@click.option("--steps", type=click.IntRange(1), help="Tries a target in a round's search. [40]")
@click.option("--evaluation-steps", type=click.IntRange(1), help="The same in evaluations. [40]")
@click.option("--seeds", callback=numbers, help="Seeds of evaluations, such as 0,1,2.")
@click.option("--auxiliary", type=FiniteRange(0, 1), help="Budget for own statements. [0.25]")
@click.option("--alpha", type=FiniteRange(min=0), help="Exponent of rarity. [0.5]")
@click.option("--beta", type=FiniteRange(min=0), help="Exponent of value. [1]")
@click.option("--kl-bound", type=FiniteRange(min=0, min_open=True), help="Nats. [0.5]")
@click.option("--average", type=FiniteRange(0, 1, max_open=True), help="Averaging. [0]")
@click.option("--workers", type=click.IntRange(1, 64), help="[1]")
@click.option("--seed", type=SEED, help="[0]")
@click.option("--cutoff", type=int, help=f"Year of the mask. [{DEFAULT_CUTOFF}]")
@click.option("--settings", type=click.Path(path_type=Path), help="TOML file; options win over it.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(ABLATIONS),
    help="Switch a faculty off (repeat).",
)
@click.option("--ablate", is_flag=True, help="One loop with everything, and one without each.")
@click.option(
    "--sweep", multiple=True, help="One loop a value, such as alpha=0,0.5,1 (repeat; not crossed)."
)
@click.option(
    "--table",
    type=click.Path(path_type=Path),
    help="Write a table of the rounds or the arms into this page.",
)
@click.option(
    "--share",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Copy phases with the same inputs from the loops in this folder, too (repeat).",
)
@click.option("--out", "folder", type=click.Path(path_type=Path), help="Loop folder to make.")
@click.option("--resume", type=click.Path(path_type=Path), help="Continue the loop in this folder.")
@toolchain_option
@json_option
def command(
    settings: Path | None,
    ablate: bool,
    sweep: tuple[str, ...],
    table: Path | None,
    share: tuple[Path, ...],
    folder: Path | None,
    resume: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Alternate search, judge, training and measuring; keep a new policy only if it does better.

    The loop can be killed at any moment and continued with --resume. docs/loop.md explains the
    phases, the weights and the report.
    """
    arrow()  # without Parquet nothing of this works; better to hear it now
    others = [loop for path in share for loop in arms.open_all(path).values()]
    given = {k: v for k, v in options.items() if v not in (None, ())}
    if resume is not None:
        if given or settings or folder or ablate or sweep:
            raise UsageFault(
                "--resume continues a loop as it was started; give nothing else"
                " but --table and --share"
            )
        place, folders = resume, arms.open_all(resume)
    else:
        if folder is None:
            raise UsageFault("give the folder to make with --out, or --resume FOLDER")
        chosen = read_settings(settings) if settings else LoopSettings()
        chosen = settings_from({**chosen.model_dump(exclude_none=True), **given}, "options")
        place, folders = folder, made(folder, chosen, ablate, sweep)
    several = arms.arms_of(place)
    results = {}
    for name, one in folders.items():
        with one:
            err.print(f"loop {name}" if several else f"loop folder: {one.path}")
            engine = LeanEngine(RunReporter(quiet=True))
            Loop(one, engine, err.print, siblings=[*folders.values(), *others]).run()
            write_page(one.path)
            results[name] = document(one)
        if table or several:
            update_tables(results, several, table or place / "tables.md")
    if as_json:
        emit_json(results if several else next(iter(results.values())))
    else:
        show(results)


def made(
    folder: Path, settings: LoopSettings, ablate: bool, sweep: tuple[str, ...]
) -> dict[str, LoopFolder]:
    """The folder of one loop, or those of all arms, once what they are to do was found right."""
    chosen_targets(settings)
    Mask.compute(settings.cutoff)
    choose(settings.policy, settings.seed)
    chosen = arms.joined(
        arms.ablations(settings) if ablate else [], arms.sweep(settings, sweep) if sweep else []
    )
    return (
        arms.create(folder, chosen) if chosen else {arms.FULL: LoopFolder.create(folder, settings)}
    )


def show(results: dict[str, dict[str, Any]]) -> None:
    """Every round of every loop on a line."""
    columns = ("verified a seed", "95 % over seeds", "over seeds and targets", "tries", "why")
    table = Table("loop", "round", "candidate", *columns)
    for name, result in results.items():
        for row in result["rounds"]:
            table.add_row(name, *round_cells(row), row["why"])
    out.print(table)
    for name, result in results.items():
        out.print(f"{name}: {result['verdict']}" if len(results) > 1 else result["verdict"])
