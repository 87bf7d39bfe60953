"""`autoresearch verify`: judge generated files, trusting nobody."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from autoresearch_formal.cli.ci_formats import FORMATS
from autoresearch_formal.cli.paths import REFERENCES_SUFFIX, folder_to_be, lean_files, writable_file
from autoresearch_formal.cli.verify_against import run_against
from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.judge import Certificate, Judge
from autoresearch_formal.judge.attacks import Panel, Result, collect, run
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import NAMES, Toolchain, select


@click.command(epilog="Example: autoresearch verify runs/first/Generated --cutoff 1823")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--target", metavar="NAME", help="The target that each file must prove.")
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
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    paths: tuple[Path, ...],
    target: str | None,
    cutoff: int | None,
    toolchain: str | None,
    fresh: bool,
    folder: Path | None,
    stop: bool,
    export: Path | None,
    references: bool,
    original: Path | None,
    trust_file: bool,
    format_: str | None,
    attacks: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Compile PATHS (files or folders) from text, re-check them with a second kernel, and say
    whether they prove what they claim. Exit status 1 if any does not."""
    if attacks:
        run_attacks(paths, select(toolchain), jobs, as_json)
        return
    if original is not None:
        if references or target is not None or cutoff is not None or folder or export:
            raise UsageFault("--against goes with --trust-file, --toolchain, --json and --format")
        run_against(
            paths, original, trust_file=trust_file, toolchain=toolchain, as_json=as_json,
            format_=format_,
        )  # fmt: skip
        return
    if trust_file or format_ is not None:
        raise UsageFault("--trust-file and --format go with --against ORIGINAL")
    if references and (cutoff is not None or target is not None):
        raise UsageFault("--references goes with neither --cutoff nor --target: nothing is masked")
    files, left_out = chosen(paths, references)
    if export is not None and len(files) != 1:
        raise UsageFault("--export writes the closure of one file: name exactly one")
    if export is not None:
        writable_file(export, "--export")
    if folder is not None:
        folder_to_be(folder, "--out")
    judge = Judge(
        select(toolchain),
        cutoff=cutoff,
        fresh=fresh,
        references=references,
        say=lambda text: err.print(escape(text)),
    )
    found: list[Certificate] = []
    for file in files:
        certificate = judge.verify(file, target, export=export)
        found.append(certificate)
        if folder is not None:
            write(certificate, folder / certificate_name(file, files))
        show(file, certificate)
        if stop and not certificate.ok:
            break
    refused = [c for c in found if not c.ok]
    if as_json:
        emit_json(
            {
                "ok": not refused,
                "certificates": [c.to_json() for c in found],
                "left_out": [str(f) for f in left_out],
            }
        )
    else:
        out.print(f"{len(found) - len(refused)} yes, {len(refused)} no")
        if left_out:
            out.print(f"{len(left_out)} *{REFERENCES_SUFFIX} left out: judge them by --references")
    if refused:
        raise Negative(f"not accepted: {', '.join(c.file for c in refused)}")


def run_attacks(paths: tuple[Path, ...], toolchain: Toolchain, jobs: int, as_json: bool) -> None:
    """Judge every attack and honest twin below PATHS (``tests/attacks``) and print a table.

    Raises:
        Negative: if any was not answered as it must be.
    """
    folders = paths or (project_root() / "tests" / "attacks",)
    collection = [attack for folder in folders for attack in collect(folder)]
    panel = Panel(toolchain, say=lambda text: err.print(escape(text)))
    results = []
    for result in run(collection, panel, jobs):
        results.append(result)
        mark = "[red]WRONG[/]" if result.problem else "[green]right[/]"
        a = result.attack
        label = f"{a.kind}/{a.name}"
        said = escape(result.problem or result.said)
        err.print(f"{mark} {escape(label)}: {said}", soft_wrap=True)
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


def chosen(paths: tuple[Path, ...], references: bool) -> tuple[list[Path], list[Path]]:
    """The files to judge, and those below folders that are left out.

    Files about the references stand beside generated ones (`X.Rediscovery.lean` beside `X.lean`),
    but are another claim: each of the two is judged by a run of its own.

    Raises:
        UsageFault: if there are none, or a path does not exist.
    """
    if not paths:
        raise UsageFault("nothing to verify: name a .lean file or a folder")
    if references:
        return lean_files(paths, suffix=REFERENCES_SUFFIX), []
    files = lean_files(paths)
    left_out = [f for f in files if f.name.endswith(REFERENCES_SUFFIX) and f not in paths]
    kept = [f for f in files if f not in left_out]
    if not kept:
        raise UsageFault(f"only *{REFERENCES_SUFFIX} here: judge them with --references")
    return kept, left_out


def certificate_name(file: Path, files: list[Path]) -> str:
    """``X.certificate.json`` for X.lean; with the folders in front if X is there twice."""
    twice = sum(other.stem == file.stem for other in files) > 1
    stem = ".".join(file.with_suffix("").parts).strip("./") if twice else file.stem
    return f"{stem}.certificate.json"


def write(certificate: Certificate, file: Path) -> None:
    """Write a certificate as JSON, creating folders as needed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(certificate.to_json(), ensure_ascii=False, indent=2)
    file.write_text(text + "\n", encoding="utf-8")


def show(file: Path, certificate: Certificate) -> None:
    """One verdict for people, on stderr."""
    colour = "green" if certificate.ok else "red"
    summary = escape(certificate.summary)
    line = f"[{colour}]{certificate.verdict:3}[/] {escape(str(file))}: {summary}"
    err.print(line, soft_wrap=True)
    for finding in certificate.findings[1:]:
        err.print(f"    {escape(str(finding))}", soft_wrap=True)
    if certificate.definitions:
        table = Table(
            "definition", "kind", "type", "used", "remark", box=None, padding=(0, 2, 0, 4)
        )
        for d in certificate.definitions:
            used = "yes" if d.used else "no"
            table.add_row(*map(escape, (d.name, d.kind, d.type, used, d.degenerate)))
        err.print(table)
