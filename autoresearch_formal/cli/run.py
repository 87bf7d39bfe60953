"""``autoresearch run``: search for proofs."""

from __future__ import annotations

import asyncio
import datetime
import json
from pathlib import Path
from typing import Any

import click

from autoresearch_formal.console import emit_json, err
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.policy.choose import warning
from autoresearch_formal.search.start import RunOptions, execute


@click.command(
    name="run",
    epilog="Example: autoresearch run inverse-of-product --seconds 60 --out runs/first",
)
@click.argument("targets", nargs=-1)
@click.option("--suite", help="A named selection of targets: smoke, level0 … level4, all.")
@click.option(
    "--policy",
    default="symbolic",
    show_default=True,
    help="symbolic, neural:DIR, a URL, mixed:DIR, mixed:URL or tuned:DIR (docs/policy.md).",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="Stop after this wall time; without it and --steps, smoke stops after 100.",
)
@click.option("--steps", type=click.IntRange(min=0), help="Stop after this many tactics.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--cutoff", type=int, default=1823, show_default=True, help="Year of the mask.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--no-invent", is_flag=True, help="No lemmas and definitions (for ablations).")
@click.option("--no-verify", is_flag=True, help="Leave the judge out; results stay 'found'.")
@click.option("--settings", type=click.Path(path_type=Path), help="TOML file with settings.")
@click.option("--out", type=click.Path(path_type=Path), help="Run folder to make.")
@click.option("--resume", type=click.Path(path_type=Path), help="Continue the run in this folder.")
@click.option("--toolchain", type=click.Choice(["official", "embedded"]), help="Which Lean.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    targets: tuple[str, ...],
    suite: str | None,
    out: Path | None,
    resume: Path | None,
    as_json: bool,
    **rest: Any,
) -> None:
    """Search for proofs of TARGETS, or of the `sorry`s in FILE.lean or FILE.lean:name.

    Exit code 0 if everything asked for was proved and verified, 1 if something was not.
    """
    if resume is not None and (targets or suite or out):
        raise UsageFault("--resume continues a run as it was started; give it no targets or --out")
    if out is None and resume is None:
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
        out = Path("runs") / stamp
    options = RunOptions(targets=targets, suite=suite, out=out, resume=resume, **rest)
    report = asyncio.run(execute(options, quiet=as_json))
    if as_json:
        emit_json(report)
        said = warning(report["policy"].get("readable"))
        if said:
            err.print(said, markup=False)
    else:
        err.print(f"run folder: {report['folder']}")
    if not report["all_verified"]:
        unsolved = [r["target"] for r in report["results"] if r["status"] != "verified"]
        raise Negative(f"not verified: {len(unsolved)} of {len(report['results'])}")


__all__ = ["command", "json"]
