"""`autoresearch verify CANDIDATE --against ORIGINAL`: completed files beside pristine ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.cli.ci_formats import FORMATS, Annotation, visible
from autoresearch_formal.cli.paths import lean_files
from autoresearch_formal.console import emit_json, emit_text, err, out
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.judge.against import AgainstCertificate, AgainstJudge
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.printable import printable


@dataclass(frozen=True)
class FilePair:
    """A file and its completion; one of the two may be missing."""

    name: str
    original: Path | None
    candidate: Path | None


def pairs(candidate: Path, original: Path) -> list[FilePair]:
    """Which file is compared with which: two files, or those of two folders by relative path.

    Raises:
        UsageFault: if one is a file and the other a folder, or there is nothing.
    """
    if candidate.is_dir() != original.is_dir():
        raise UsageFault(f"{candidate} and {original}: compare two files or two folders")
    if not original.is_dir():
        lean_files([original, candidate])  # both exist
        return [FilePair(visible(candidate.name), original, candidate)]
    before = _inside(original)
    after = _inside(candidate)
    return [FilePair(name, before.get(name), after.get(name)) for name in sorted({*before, *after})]


def _inside(folder: Path) -> dict[str, Path]:
    """The Lean files below a folder, however their names' ends are written."""
    try:
        files = [p for p in folder.rglob("*") if p.suffix.lower() == ".lean" and p.is_file()]
    except OSError as error:
        raise UsageFault(f"{folder}: {error.strerror or 'cannot be read'}") from None
    if not files:
        raise UsageFault(f"{folder}: no .lean file in this folder")
    return {visible(file.relative_to(folder).as_posix()): file for file in files}


def run_against(
    paths: tuple[Path, ...],
    original: Path,
    *,
    trust_file: bool,
    toolchain: str | None,
    as_json: bool,
    format_: str | None,
) -> None:
    """Judge completions of users' files.

    Raises:
        Negative: if anything is not verified, missing, or there without an original.
        UsageFault: for a call that makes no sense.
    """
    if len(paths) != 1:
        raise UsageFault("--against compares one file or folder: name exactly one")
    if as_json and format_ is not None:
        raise UsageFault("--json and --format are two ways to write one answer: choose one")
    wanted = pairs(paths[0], original)
    judge = AgainstJudge(select(toolchain), trust_original=trust_file, say=err.print)
    certificates: list[AgainstCertificate] = []
    reports: list[Annotation] = []
    for pair in wanted:
        if pair.original is None or pair.candidate is None:
            reports.append(_without_pair(pair))
            err.print(printable(f"{pair.name}: {reports[-1].reason}"), soft_wrap=True)
            continue
        certificate = judge.verify(pair.original, pair.candidate, name=pair.name)
        certificates.append(certificate)
        reports += reports_of(str(pair.candidate), certificate)
        show(str(pair.candidate), certificate)
    bad = [r for r in reports if not r.ok]
    if as_json:
        emit_json(
            {
                "ok": not bad,
                "certificates": [c.to_json() for c in certificates],
                "missing": [p.name for p in wanted if p.candidate is None],
                "extra": [p.name for p in wanted if p.original is None],
            }
        )
    elif format_ is not None:
        emit_text(FORMATS[format_](reports))
    else:
        good = sum(c.ok for c in certificates)
        out.print(f"{good} of {len(wanted)} files verified")
    if bad:
        first = bad[0]
        raise Negative(f"not verified: {first.file}: {first.name}: {first.reason}")


def _without_pair(pair: FilePair) -> Annotation:
    if pair.candidate is None:
        return Annotation(
            str(pair.original), 0, pair.name, "rejected", "the candidate has no such file"
        )
    return Annotation(
        str(pair.candidate), 0, pair.name, "rejected", "the original has no such file"
    )


def reports_of(file: str, certificate: AgainstCertificate) -> list[Annotation]:
    """What CI shows of a certificate: every declaration that had a hole, every finding, and the
    file itself if nothing else says that it is not verified."""
    found = [
        Annotation(file, d.line, d.name, d.status, d.reason) for d in certificate.declarations
    ] + [
        Annotation(file, f.line, f.name or f.step, "rejected", f"{f.step}: {f.text}")
        for f in certificate.findings
    ]
    if not found or (not certificate.ok and all(r.ok for r in found)):
        reason = "" if certificate.ok else f"it rests on {', '.join(certificate.axioms)}"
        found.append(Annotation(file, 0, certificate.name, certificate.verdict, reason))
    return found


def show(file: str, certificate: AgainstCertificate) -> None:
    """One certificate for people, on stderr."""
    said = printable(f"{certificate.verdict} {file}: {certificate.summary}")
    err.print(said, soft_wrap=True)
    for d in certificate.declarations:
        reason = f": {d.reason}" if d.reason else ""
        err.print(printable(f"    {d.status} {d.name} (line {d.line}){reason}"), soft_wrap=True)
    for finding in certificate.findings:
        err.print(printable(f"    {finding}"), soft_wrap=True)
    for a in certificate.additions:
        err.print(printable(f"    added: {a.kind} {a.name} : {a.type}"), soft_wrap=True)
    if certificate.axioms:
        err.print(printable(f"    axioms: {', '.join(certificate.axioms)}"), soft_wrap=True)
