"""A person's file with the proofs of its holes put in: judged, written down, and put in place.

All proofs of a file are judged together, so that one may rest on a declaration that another
completes. ``Completed/<file>.lean`` holds those that the judge verified and no other; beside it lie
a patch and, where some were not verified, ``<file>.unverified.lean`` with all of them.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from autoresearch_formal.files import file_stems
from autoresearch_formal.search.entry import JobProgress
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.status import hole_verdict
from autoresearch_formal.targets import PinnedFile

VerifyFile = Callable[[PinnedFile, bytes], Awaitable[dict[str, Any]]]
"""Judges a completion of a file against its original: the certificate."""

FOLDER = "Completed"


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """Some proofs of a file, put in together, and what the judge said."""

    entries: tuple[JobProgress, ...]
    data: bytes
    certificate: dict[str, Any]

    def verdict(self, entry: JobProgress) -> dict[str, Any]:
        """What it says of one hole."""
        goal = entry.job.sorry
        assert goal is not None
        return hole_verdict(self.certificate, goal.declaration, goal.line, goal.column)

    def having(self, *statuses: str) -> list[JobProgress]:
        """The entries of which it says this."""
        return [e for e in self.entries if self.verdict(e)["status"] in statuses]


def completion(entries: Sequence[JobProgress]) -> bytes:
    """The file with the proofs of these holes in it."""
    goal = entries[0].job.sorry
    assert goal is not None
    return goal.file.edited([edit for e in entries if e.written for edit in e.written.edits])


async def judge_holes(entries: Sequence[JobProgress], judge: VerifyFile, folder: RunFolder) -> None:
    """Judge all proofs that were found for one file, and write its completion down."""
    found = [e for e in entries if e.written is not None and e.written.edits]
    if not found:
        return
    goal = found[0].job.sorry
    assert goal is not None
    file = goal.file

    async def judged(some: Sequence[JobProgress]) -> JudgedFile:
        data = completion(some)
        return JudgedFile(tuple(some), data, await judge(file, data))

    whole = await judged(found)
    good = whole.having("verified")
    if whole.certificate.get("findings") and len(found) > 1:  # which of them is to blame?
        good = []
        for entry in found:
            tried = await judged([*good, entry])
            if not tried.having("rejected"):
                good.append(entry)
        whole = await judged(good) if good else whole
        good = whole.having("verified")
    final = whole
    if good and len(good) < len(found):
        final = await judged(good)
        good = final.having("verified")
    stem = found[0].job.completed
    (folder.path / FOLDER).mkdir(exist_ok=True)
    if good:
        folder.write_bytes(f"{FOLDER}/{stem}.lean", final.data)
        folder.write_bytes(f"{FOLDER}/{stem}.patch", patch(file, final.data))
    for entry in found:
        one, path = final, f"{FOLDER}/{stem}.lean"
        if entry not in good:
            one, path = whole, f"{FOLDER}/{stem}.unverified.lean"
            if entry not in whole.entries:
                one, path = await judged([entry]), f"{FOLDER}/{stem}.{entry.job.stem}.lean"
            folder.write_bytes(path, one.data)
        entry.certificate = {
            "hole": one.verdict(entry),
            "judged": path,
            "hashes": one.certificate.get("hashes", {}),
            "against": one.certificate,
        }


def patch(file: PinnedFile, data: bytes) -> bytes:
    """The change as `patch` and `git apply` take it."""
    name = file_stems([file.path.name.removesuffix(".lean")]).popitem()[1] + ".lean"
    if file.path.name.isascii() and file.path.name.isprintable() and " " not in file.path.name:
        name = file.path.name
    before, after = _lines(file.data), _lines(data)
    lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    return "".join(_ended(line) for line in lines).encode("utf-8")


def _lines(data: bytes) -> list[str]:
    """Lines with their ends; only a line feed ends a line."""
    parts = data.decode("utf-8").split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def put_in_place(file: PinnedFile, data: bytes) -> str:
    """Replace a person's file by its completion, at once or not at all; "" or why it was left."""
    path = file.path.resolve()
    if not file.unchanged():
        return f"{file.path}: changed since the run began, and was left as it is"
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(data)
        shutil.copymode(path, temporary)
        os.replace(temporary, path)
    except OSError as fault:
        return f"{file.path}: can't be written ({fault.strerror})"
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    return ""
