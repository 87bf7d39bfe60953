"""`autoresearch verify`: judge Lean files from their text alone, with two kernels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.cli.certificates import (
    certificate_names,
    show_certificate,
    write_certificate,
)
from autoresearch_formal.cli.ci_formats import FORMATS
from autoresearch_formal.cli.paths import (
    REFERENCES_SUFFIX,
    Oddity,
    folder_to_be,
    lean_files_and_oddities,
    writable_file,
)
from autoresearch_formal.cli.verify_against import run_against
from autoresearch_formal.console import emit_json, err, out, styled
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.judge import Certificate, Judge
from autoresearch_formal.judge.attacks import Panel, Result, collect, run
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import NAMES, Toolchain, select
from autoresearch_formal.options import json_option
from autoresearch_formal.printable import printable
from autoresearch_formal.targets import find, load


@click.command(epilog="Example: autoresearch verify runs/first/Generated --cutoff 1823")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--target",
    metavar="NAME",
    help="The target that each file must prove, whatever it is called; by default a file that is "
    "named after a target must prove that one.",
)
@click.option("--require-target", is_flag=True, help="Refuse a file that proves no target at all.")
@click.option(
    "--strict",
    is_flag=True,
    help="Say no as well if a file is left out, states nothing, is a link, or is named oddly.",
)
@click.option("--cutoff", type=int, metavar="YEAR", help="Apply the mask of this year.")
@click.option("--toolchain", type=click.Choice(NAMES), help="The Lean that compiles candidates.")
@click.option("--fresh", is_flag=True, help="Replay the whole library again with each file.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help="Write a certificate for each file."
)
@click.option("--stop", is_flag=True, help="Stop at the first no.")
@click.option(
    "--export",
    "export",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one file's whole closure in the lean4export format, for another checker.",
)
@click.option(
    "--references",
    is_flag=True,
    help="Let files see the masked references: for *.Rediscovery.lean, which prove no target.",
)
@click.option(
    "--against",
    "original",
    type=click.Path(path_type=Path),
    metavar="ORIGINAL",
    help="PATHS is the completion of this file or folder: same names, same types, no holes.",
)
@click.option(
    "--trust-file", is_flag=True, help="With --against: the ORIGINAL may run code (`#eval`, …)."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(FORMATS)),
    help="With --against: what CI systems read, on stdout.",
)
@click.option("--attacks", is_flag=True, help="Judge the attack collection instead (in PATHS).")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=2, help="Attacks at a time.")
@json_option
def command(attacks: bool, jobs: int, **given: Any) -> None:
    """Compile PATHS (files or folders) from text, re-check them with a second kernel, and say
    whether they prove what they claim. Exit status 1 if any does not."""
    asked = VerifyOptions(**given)
    if attacks:
        run_attacks(asked.paths, select(asked.toolchain), jobs, asked.as_json)
    elif asked.original is not None:
        against(asked, asked.original)
    else:
        verify(asked)


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What is to be judged, and how."""

    paths: tuple[Path, ...]
    target: str | None
    require_target: bool
    strict: bool
    cutoff: int | None
    toolchain: str | None
    fresh: bool
    folder: Path | None
    stop: bool
    export: Path | None
    references: bool
    original: Path | None
    trust_file: bool
    format_: str | None
    as_json: bool


def against(asked: VerifyOptions, original: Path) -> None:
    """Judge a completion of somebody's file."""
    others = asked.references, asked.target is not None, asked.cutoff is not None, asked.strict
    if any(others) or asked.folder or asked.export:
        raise UsageFault("--against goes with --trust-file, --toolchain, --json and --format")
    run_against(
        asked.paths, original, trust_file=asked.trust_file, toolchain=asked.toolchain,
        as_json=asked.as_json, format_=asked.format_,
    )  # fmt: skip


def verify(asked: VerifyOptions) -> None:
    """Judge generated files."""
    if asked.trust_file or asked.format_ is not None:
        raise UsageFault("--trust-file and --format go with --against ORIGINAL")
    masked = asked.cutoff is not None or asked.target is not None or asked.require_target
    if asked.references and masked:
        raise UsageFault(
            "--references goes with none of --cutoff, --target and --require-target: nothing is "
            "masked and no target is proved"
        )
    target = find(asked.target, load()).name if asked.target is not None else None
    choice = chosen(asked.paths, asked.references)
    if asked.export is not None and len(choice.files) != 1:
        raise UsageFault("--export writes the closure of one file: name exactly one")
    if asked.export is not None:
        writable_file(asked.export, "--export")
    if asked.folder is not None:
        folder_to_be(asked.folder, "--out")
    judge = Judge(
        select(asked.toolchain),
        cutoff=asked.cutoff,
        fresh=asked.fresh,
        references=asked.references,
        any_target=asked.require_target,
        say=err.print,
    )
    certificates: list[Certificate] = []
    names = certificate_names(choice.files)
    for file in choice.files:
        certificate = judge.verify(file, target, export=asked.export)
        certificates.append(certificate)
        if asked.folder is not None:
            write_certificate(certificate, asked.folder / names[file])
        show_certificate(file, certificate)
        if certificate.ok and not (certificate.theorems or certificate.definitions):
            choice.odd.append(Oddity(file, "it states nothing", left_out=False))
        if asked.stop and not certificate.ok:
            break
    conclude(choice, certificates, asked.strict, asked.as_json)


def conclude(choice: Choice, found: list[Certificate], strict: bool, as_json: bool) -> None:
    """Say how many are right and what was odd.

    Raises:
        Negative: if a file was refused, or with `strict` if anything was odd.
    """
    refused = [c for c in found if not c.ok]
    if as_json:
        emit_json(
            {
                "ok": not refused and not (strict and choice.odd),
                "certificates": [c.to_json() for c in found],
                "left_out": [printable(str(o.path)) for o in choice.odd if o.left_out],
                "odd": [
                    {"path": printable(str(o.path)), "why": printable(o.why)} for o in choice.odd
                ],
            }
        )
    for oddity in choice.odd:
        left_out = "left out: " if oddity.left_out else ""
        said = printable(f"{oddity.path}: {left_out}{oddity.why}")
        err.print(styled("[yellow]odd[/] {}", said), soft_wrap=True)
    if not as_json:
        out.print(f"{len(found) - len(refused)} yes, {len(refused)} no")
    if refused:
        raise Negative(f"not accepted: {', '.join(c.file for c in refused)}")
    if strict and choice.odd:
        raise Negative(
            f"--strict: {len(choice.odd)} odd: {choice.odd[0].path}: {choice.odd[0].why}"
        )


def run_attacks(paths: tuple[Path, ...], toolchain: Toolchain, jobs: int, as_json: bool) -> None:
    """Judge every attack and honest twin below PATHS (``tests/attacks``) and print a table.

    Raises:
        Negative: if any was not answered as it must be.
    """
    folders = paths or (project_root() / "tests" / "attacks",)
    collection = [attack for folder in folders for attack in collect(folder)]
    panel = Panel(toolchain, say=err.print)
    results = []
    for result in run(collection, panel, jobs):
        results.append(result)
        mark = "[red]WRONG[/]" if result.problem else "[green]right[/]"
        label = f"{result.attack.kind}/{result.attack.name}"
        said = styled(f"{mark} {{}}: {{}}", label, result.problem or result.said)
        err.print(said, soft_wrap=True)
    wrong = [r for r in results if r.problem]
    if as_json:
        rows = [
            {
                "class": r.attack.kind,
                "name": r.attack.name,
                "about": r.attack.expect.about,
                "verdict": r.attack.expect.verdict,
                "said": r.said,
                "problem": r.problem,
            }
            for r in results
        ]
        emit_json({"ok": not wrong, "results": rows})
    else:
        table = Table("class", "attacks refused", "honest twins accepted")
        for kind in dict.fromkeys(r.attack.kind for r in results):
            rows_of = [r for r in results if r.attack.kind == kind]
            table.add_row(kind, _share(rows_of, "no"), _share(rows_of, "yes"))
        out.print(table)
    if wrong:
        raise Negative(f"{len(wrong)} of {len(results)} not answered as they must be")


def _share(results: list[Result], verdict: str) -> str:
    of = [r for r in results if r.attack.expect.verdict == verdict]
    return f"{sum(not r.problem for r in of)} of {len(of)}"


@dataclass(frozen=True)
class Choice:
    """The files to judge, and what is odd about them or beside them."""

    files: list[Path]
    odd: list[Oddity]


def chosen(paths: tuple[Path, ...], references: bool) -> Choice:
    """What to judge.

    Files about the references stand beside generated ones (`X.Rediscovery.lean` beside `X.lean`),
    but are another claim: each of the two is judged by a run of its own.

    Raises:
        UsageFault: if there are none, or a path does not exist.
    """
    if not paths:
        raise UsageFault("nothing to verify: name a .lean file or a folder")
    if references:
        return Choice(*lean_files_and_oddities(paths, suffix=REFERENCES_SUFFIX))
    files, odd = lean_files_and_oddities(paths)
    other = [f for f in files if f.name.endswith(REFERENCES_SUFFIX) and f not in paths]
    kept = [f for f in files if f not in other]
    if not kept:
        raise UsageFault(f"only *{REFERENCES_SUFFIX} here: judge them with --references")
    why = "it is about the references: judge it by --references"
    return Choice(kept, odd + [Oddity(f, why, left_out=True) for f in other])
