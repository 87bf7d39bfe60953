"""`autoresearch mask`: what may be known at a cutoff, and whether a file or a model keeps to it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bounds import SEED
from autoresearch_formal.cli.paths import lean_files, writable_file
from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.files import read_text
from autoresearch_formal.mask import DEFAULT_CUTOFF, Chronology, DescribedLibrary, Mask
from autoresearch_formal.mask.chronology import Concept
from autoresearch_formal.options import cutoff_option, json_option, toolchain_option


@dataclass(frozen=True, slots=True)
class MaskOptions:
    """The options by which every subcommand chooses its mask."""

    cutoff: int
    mask_file: Path | None
    mathlib: Path | None
    mathlib_listing: Path | None

    @property
    def library(self) -> DescribedLibrary:
        """What the mask is computed for."""
        return DescribedLibrary.of_project(
            mathlib=self.mathlib, mathlib_listing=self.mathlib_listing
        )

    def load(self) -> Mask:
        """The mask. Raises `UsageFault`."""
        if self.mask_file is not None:
            return Mask.from_file(self.mask_file, self.library)
        return Mask.compute(self.cutoff, self.library)


def _mask_options(function: Callable[..., None]) -> Callable[..., None]:
    """Let a subcommand take `MaskOptions` as its first argument."""

    @functools.wraps(function)
    def with_options(
        cutoff: int,
        mask_file: Path | None,
        mathlib: Path | None,
        mathlib_listing: Path | None,
        **rest: Any,
    ) -> None:
        function(MaskOptions(cutoff, mask_file, mathlib, mathlib_listing), **rest)

    options = [
        click.option(
            "--cutoff",
            type=int,
            default=DEFAULT_CUTOFF,
            show_default=True,
            help="Hide what was first known after this year.",
        ),
        click.option(
            "--mask",
            "mask_file",
            type=click.Path(path_type=Path),
            help="A hand-written mask (TOML) instead of a year.",
        ),
        click.option(
            "--mathlib",
            type=click.Path(path_type=Path),
            help="A Mathlib checkout that belongs to the library; it need not be built.",
        ),
        click.option(
            "--mathlib-listing",
            type=click.Path(path_type=Path),
            help="Its listing, made by `autoresearch mask listing`, for the declaration tier.",
        ),
    ]
    decorated: Callable[..., None] = with_options
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


@click.group(epilog="Example: autoresearch mask check runs/first/Generated")
def command() -> None:
    """What may be known at a cutoff year, and whether files and models keep to it."""


@command.command(epilog="Example: autoresearch mask show --cutoff 1890")
@_mask_options
@click.option(
    "--gym-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the file that the gym reads with --mask.",
)
@json_option
def show(options: MaskOptions, gym_file: Path | None, as_json: bool) -> None:
    """Print what a mask hides, what it grants, and its hash."""
    mask = options.load()
    if gym_file is not None:
        writable_file(gym_file, "--gym-file")
        mask.write_gym_file(gym_file)
    if as_json:
        emit_json(
            {
                "title": mask.title,
                "cutoff": mask.cutoff,
                "hash": mask.hash,
                "concepts": [
                    {"id": c.id, "label": c.label, "who": c.who, "year": c.year, "source": c.source}
                    for c in mask.concepts.values()
                ],
                "granted": dict(mask.granted),
                "forbidden_modules": dict(mask.forbidden_modules),
                "forbidden": {name: str(why) for name, why in sorted(mask.forbidden.items())},
                "forbidden_prefixes": sorted(mask.present),
                "permitted": dict(sorted(mask.permitted.items())),
                "allowed_modules": list(mask.allowed_modules),
            }
        )
        return
    table = Table(title=f"Hidden: all but {mask.title}", box=None, pad_edge=False)
    for heading in ("year", "concept", "who"):
        table.add_column(heading)
    for concept in sorted(mask.concepts.values(), key=lambda c: (c.year or 0, c.id)):
        table.add_row(str(concept.year or "-"), concept.label, concept.who)
    out.print(table)
    out.print(f"\n{len(mask.concepts)} concepts hidden, {len(mask.granted)} granted:")
    for name, reason in mask.granted.items():
        out.print(f"  {name}: {reason}")
    out.print(
        f"\n{len(mask.allowed_modules)} modules may be imported, {len(mask.forbidden_modules)} may "
        f"not; {len(mask.forbidden)} declarations of the toolchain and its libraries are hidden, "
        f"{len(mask.permitted)} of them permitted inside proofs."
    )
    out.print(mask.hash)


@command.command(epilog="Example: autoresearch mask explain Subgroup")
@click.argument("name")
@_mask_options
@json_option
def explain(options: MaskOptions, name: str, as_json: bool) -> None:
    """Say which concept a Lean name, a module or a word belongs to, of which year, and why.

    What nobody here knows is said to be unknown, with names that are near to it.
    """
    from autoresearch_formal.judge.names import parse
    from autoresearch_formal.judge.pins import in_toolchain
    from autoresearch_formal.mask.explain import explain as explanation
    from autoresearch_formal.mask.known import names_of_project, near_names

    if not name.strip() or not name.isprintable():
        raise UsageFault(f"{name!r}: give a Lean name, a module or a word")
    mask = options.load()
    table = Chronology.load()
    answer = explanation(name, mask, table)
    known = answer.known or in_toolchain(parse(name))
    near = [] if known else near_names(name, names_of_project(options.library.roots), mask, table)
    if as_json:
        emit_json(
            {
                "name": name,
                "known": known,
                "near": near,
                "hidden": answer.hidden,
                "reasons": list(answer.reasons),
                "concepts": [_concept(concept) for concept in answer.concepts],
            }
        )
        return
    said = "hidden" if answer.hidden else "visible" if known else "no such name is known"
    out.print(f"{name}: {said} ({mask.title})")
    if near:
        out.print(f"  did you mean {' or '.join(near)}?")
    for reason in answer.reasons:
        out.print(f"  {reason}")
    for concept in answer.concepts:
        print_concept(concept)


def print_concept(concept: Concept) -> None:
    """A row of the chronology, for people."""
    out.print(f"\n{concept.label}: {concept.who}, {concept.when}")
    out.print(f"  {concept.source}")
    if concept.note:
        out.print(f"  note: {concept.note}")
    if concept.depends:
        out.print(f"  rests on: {', '.join(concept.depends)}")
    if concept.granted:
        out.print(f"  granted: {' '.join(concept.granted.split())}")


def _concept(concept: Concept) -> dict[str, Any]:
    return concept.model_dump(include={"id", "label", "who", "year", "source", "note", "granted"})


@command.command(epilog="Example: autoresearch mask check --cutoff 1823 mine.lean")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_mask_options
@click.option("--text-only", is_flag=True, help="Imports and words only; start no Lean.")
@toolchain_option
@json_option
def check(
    options: MaskOptions,
    paths: tuple[Path, ...],
    text_only: bool,
    toolchain: str | None,
    as_json: bool,
) -> None:
    """Check Lean files (or all of a folder): imports, words, commands, and every constant used.

    Exit code 1 if anything from behind the mask is found.
    """
    from autoresearch_formal.lean.toolchain import select
    from autoresearch_formal.mask.check import MaskFinding, check_files, check_text

    mask = options.load()
    files = lean_files(paths)
    texts = {path: read_text(path) for path in files}
    findings: dict[Path, list[MaskFinding]]
    if text_only:
        findings = {p: check_text(str(p), text, mask) for p, text in texts.items()}
    else:
        with err.status(f"checking {len(files)} file(s) with Lean"):
            findings = check_files(files, mask, select(toolchain))
    bad = {path: found for path, found in findings.items() if found}
    if as_json:
        emit_json(
            {
                "mask": mask.hash,
                "cutoff": mask.cutoff,
                "accepted": not bad,
                "files": [
                    {
                        "path": str(path),
                        "accepted": not found,
                        "findings": [
                            {k: v for k, v in asdict(f).items() if k != "path"} for f in found
                        ],
                    }
                    for path, found in findings.items()
                ],
            }
        )
    else:
        for found in findings.values():
            for finding in found:
                out.print(str(finding), soft_wrap=True)
        out.print(f"{len(findings) - len(bad)} of {len(findings)} files accepted ({mask.title})")
    if bad:
        raise Negative(f"{len(bad)} of {len(findings)} files show something from behind the mask")


@command.command(epilog="Example: autoresearch mask listing --root Mathlib -o mathlib.json.gz")
@click.option("--root", "roots", multiple=True, help="Library root to list; default Init and Std.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where."
)
@toolchain_option
def listing(roots: tuple[str, ...], output: Path, toolchain: str | None) -> None:
    """Ask a real Lean what a built library declares, and save what a mask can need of it."""
    from autoresearch_formal.lean.toolchain import select
    from autoresearch_formal.mask import listing as listings

    writable_file(output, "--output")
    chosen = select(toolchain)
    names = roots or ("Init", "Std")
    library: Any = "mathlib" if any(name.startswith("Mathlib") for name in names) else "core"
    found = listings.make(names, chosen)
    kept = listings.relevant(found, Chronology.load(), library)
    listings.save(kept, output)
    err.print(f"{output}: {len(kept.declarations)} of {len(found.declarations)} declarations kept")


@command.command(epilog="Example: autoresearch mask probe --url http://localhost:8000/v1 --model m")
@click.option("--url", help="Base URL of an OpenAI-compatible completions server.")
@click.option("--policy", help="Or a scoring callable, package.module:name.")
@click.option("--model", default="", help="Model name to send; default: the first it serves.")
@cutoff_option
@click.option("--seed", type=SEED, default=0, show_default=True, help="Order of the questions.")
@click.option("--limit", type=click.IntRange(min=20), default=400, show_default=True)
@json_option
def probe(
    url: str | None,
    policy: str | None,
    model: str,
    cutoff: int,
    seed: int,
    limit: int,
    as_json: bool,
) -> None:
    """Does a served model know what lies behind the mask? Forced choice against matched controls.

    Exit code 1 if it does better than chance by more than the confidence interval allows.
    """
    from autoresearch_formal.mask.probe import HttpScorer, load_scorer, questions, run_probe

    if (url is None) == (policy is None):
        raise UsageFault("give either --url or --policy")
    asked = questions(Chronology.load(), cutoff, seed=seed, limit=limit)
    with err.status(f"asking {len(asked)} questions"):
        if policy is not None:
            report = run_probe(asked, load_scorer(policy))
        else:
            with HttpScorer(str(url), model) as scorer:
                report = run_probe(asked, scorer)
    if as_json:
        emit_json(report.as_json())
    else:
        for row in report.rows:
            out.print(str(row))
        out.print(report.sentence)
    if report.leaks:
        raise Negative("the model knows things from behind the mask")


@command.command("core-leaks", epilog="Example: autoresearch mask core-leaks --cutoff 1823")
@cutoff_option
@toolchain_option
@json_option
def core_leaks(cutoff: int, toolchain: str | None, as_json: bool) -> None:
    """List Lean's own names and docstrings that speak of hidden things, and what is done about it.

    Exit code 1 if one is neither hidden nor excused by name in `exceptions.toml`.
    """
    from autoresearch_formal.lean.toolchain import select
    from autoresearch_formal.mask import listing as listings
    from autoresearch_formal.mask.leaks import core_leaks as find

    mask = Mask.compute(cutoff)
    rows = find(listings.make(("Init", "Std"), select(toolchain)), mask)
    open_rows = [row for row in rows if row.status == "open"]
    if as_json:
        emit_json({"leaks": [row.as_json() for row in rows], "open": len(open_rows)})
    else:
        for row in rows:
            out.print(str(row))
    if open_rows:
        raise Negative(f"{len(open_rows)} leaks are neither hidden nor excused")
