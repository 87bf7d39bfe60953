"""Where the certificates of judged files are written, and how a verdict is shown."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from autoresearch_formal.console import err, styled, to_json
from autoresearch_formal.judge import Certificate
from autoresearch_formal.printable import printable

_ENDING = ".certificate.json"
_LONGEST = 200
"""Bytes of a certificate's name before its ending; file systems allow 255 in all."""


def certificate_names(files: Sequence[Path]) -> dict[Path, str]:
    """A name for the certificate of each file: ``X.certificate.json`` for X.lean.

    No two are the same, not even where case or the composition of accents does not count: files
    of one name get their folders in front, and if that is not enough a hash of their path.
    """
    names = {file: _plain(file.stem) for file in files}
    for longer in (_with_folders, _with_hash):
        taken = Counter(_folded(name) for name in names.values())
        names = {f: longer(f) if taken[_folded(n)] > 1 else n for f, n in names.items()}
    return {f: (n if len(n.encode()) <= _LONGEST else _with_hash(f)) + _ENDING
            for f, n in names.items()}  # fmt: skip


def _plain(text: str) -> str:
    """A text that can be the name of a file anywhere; spaces and letters stay."""
    return "".join("_" if c in '/\\:*?"<>|' else c for c in printable(text)).strip(". ") or "_"


def _with_folders(file: Path) -> str:
    return _plain(".".join(part for part in file.with_suffix("").parts if part not in ("/", "..")))


def _with_hash(file: Path) -> str:
    digest = hashlib.sha256(os.fsencode(file)).hexdigest()[:12]
    return _plain(file.stem).encode()[: _LONGEST - 20].decode(errors="ignore") + f".{digest}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def write_certificate(certificate: Certificate, file: Path) -> None:
    """Write a certificate as JSON, creating folders as needed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(to_json(certificate.to_json()) + "\n", encoding="utf-8")


def show_certificate(file: Path, certificate: Certificate) -> None:
    """One verdict for people, on stderr."""
    colour = "green" if certificate.ok else "red"
    line = styled(f"[{colour}]{{:3}}[/] {{}}: {{}}", certificate.verdict, file, certificate.summary)
    err.print(line, soft_wrap=True)
    for finding in certificate.findings[1:]:
        err.print(f"    {printable(str(finding))}", soft_wrap=True)
    if certificate.definitions:
        table = Table(
            "definition", "kind", "type", "used", "remark", box=None, padding=(0, 2, 0, 4)
        )
        for d in certificate.definitions:
            used = "yes" if d.used else "no"
            table.add_row(*map(printable, (d.name, d.kind, d.type, used, d.degenerate)))
        err.print(table)
