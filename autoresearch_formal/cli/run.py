"""``autoresearch run``: search for proofs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from autoresearch_formal.actions.base import FACULTIES
from autoresearch_formal.bounds import COUNT, SEED, FiniteRange
from autoresearch_formal.console import emit_json, err
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.options import cutoff_option, json_option, toolchain_option
from autoresearch_formal.policy.choose import warning
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.start import RunOptions, execute

FIXED = (
    *("policy", "cutoff", "seed", "without", "trust_file", "assume_holes", "settings"),
    "toolchain",
)
"""Options that a run keeps when it goes on."""


@click.command(
    name="run",
    epilog="Example: autoresearch run inverse-of-product --seconds 60 --out runs/first",
)
@click.argument("targets", nargs=-1)
@click.option("--suite", help="A selection of targets: smoke, concrete, level0 … level4, all.")
@click.option(
    "--policy",
    default="symbolic",
    show_default=True,
    help="symbolic, neural:DIR, a URL, mixed:DIR, mixed:URL or tuned:DIR (docs/policy.md).",
)
@click.option(
    "--seconds",
    type=FiniteRange(min=0),
    help="Stop after this wall time; without it and --steps, smoke stops after 100.",
)
@click.option("--steps", type=COUNT, help="Stop after this many tactics.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@cutoff_option
@click.option("--seed", type=SEED, default=0, show_default=True)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(FACULTIES),
    help="Search without this faculty (repeat; for ablations).",
)
@click.option("--no-verify", is_flag=True, help="Leave the judge out; results stay 'found'.")
@click.option(
    "--trust-file",
    is_flag=True,
    help="Let a FILE.lean run code while it is compiled (#eval, macro, …); in the sandbox.",
)
@click.option(
    "--assume-holes",
    is_flag=True,
    help="Let one `sorry` of a file stand on another; results are conditional at best.",
)
@click.option(
    "--in-place",
    is_flag=True,
    help="Put verified proofs into FILE.lean itself, unless it was changed meanwhile.",
)
@click.option("--settings", type=click.Path(path_type=Path), help="TOML file with settings.")
@click.option("--out", type=click.Path(path_type=Path), help="Run folder to make.")
@click.option("--resume", type=click.Path(path_type=Path), help="Continue the run in this folder.")
@toolchain_option
@json_option
def command(
    targets: tuple[str, ...],
    suite: str | None,
    out: Path | None,
    resume: Path | None,
    as_json: bool,
    **rest: Any,
) -> None:
    """Search for proofs of TARGETS, or of the `sorry`s in FILE.lean or FILE.lean:name.

    Exit code 0 if everything asked for was proved and verified, 1 if something was not, 130 after
    Ctrl-C, which ends the run in good order; a second Ctrl-C ends it at once.
    """
    if resume is not None:
        if targets or suite or out:
            raise UsageFault(
                "--resume continues a run as it was started; give it no targets or --out"
            )
        as_begun(resume)
    options = RunOptions(targets=targets, suite=suite, out=out, resume=resume, **rest)
    report = execute(options, RunReporter(quiet=as_json))
    if as_json:
        emit_json(report)
        said = warning(report["policy"].get("readable"))
        if said:
            err.print(said, markup=False)
    else:
        err.print(f"run folder: {report['folder']}", markup=False, soft_wrap=True)
    if left := [why for why in report.get("in_place", {}).values() if why]:
        raise Negative("; ".join(left))
    if not report["all_verified"]:
        unsolved = [r["target"] for r in report["results"] if r["status"] != "verified"]
        raise Negative(f"not verified: {len(unsolved)} of {len(report['results'])}")


def as_begun(resume: Path) -> None:
    """Raise `UsageFault` if an option would have a run go on otherwise than it was begun."""
    asked = RunFolder.open(resume).read_run().get("asked", {})
    context = click.get_current_context()
    for name in FIXED:
        if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        given, begun = context.params[name], asked.get(name)
        given = list(given) if isinstance(given, tuple) else given
        if given != begun:
            option = f"--{name.replace('_', '-')}"
            raise UsageFault(
                f"{resume}: was begun with {option} {begun}, and can't go on with {given};"
                " start a new run"
            )
