"""`mask check`: does a Lean file keep to what its author may know?

Four looks at each file, from cheap to dear: its imports; its text (the leak scan); its commands,
which must be on the gym's allow-list, since others could run code; and, through a real Lean in a
fresh process, every constant its declarations use and its terms show. A file passes when nothing
is found. The judgement itself (`check_uses`) is pure and shared with the judge.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.command import Sandbox
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.mask.imports import parse_header
from autoresearch_formal.mask.model import Mask
from autoresearch_formal.mask.scan import line_ends, scan

WALK = Path(__file__).parent / "lean" / "Walk.lean"
NEEDS = "Reconstruct.Gym.Allow"
"""The project module `Walk.lean` is built on."""
FILES_A_PROCESS = 24
"""A process keeps the environment of every file it has read; a 32-bit one has room for so many."""

_LATE_IMPORT = re.compile(
    r"^[ \t]*(?:public[ \t]+|private[ \t]+)?(?:meta[ \t]+)?import[ \t]+(?:all[ \t]+)?(\S+)", re.M
)


@dataclass(frozen=True)
class MaskFinding:
    """Something behind the mask in a file: where (from 1), by which look, what, and why."""

    path: str
    line: int
    column: int
    look: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.look}: {self.what}: {self.why}"


@dataclass(frozen=True)
class Uses:
    """One declaration of a candidate and the constants in its type and in its value."""

    name: str
    kind: str
    type: tuple[str, ...]
    value: tuple[str, ...]


def check_uses(uses: Iterable[Uses], mask: Mask) -> Iterator[tuple[Uses, str, str]]:
    """The declaration tier: every use of a hidden constant, as (user, hidden name, why).

    The proof of a theorem may use the permitted constants; a statement, a definition or any
    other value may not. The candidate's own declarations are visible to itself, whatever they
    are called (their names are the leak scan's matter).
    """
    entries = list(uses)
    own = {entry.name for entry in entries}
    for entry in entries:
        stated = dict.fromkeys(entry.type)
        for name in stated:
            if name not in own and (why := mask.refuses(name)) is not None:
                yield entry, name, f"{why}, in the statement"
        for name in dict.fromkeys(entry.value):
            if name in own or name in stated:
                continue
            proof = entry.kind == "theorem"
            why = mask.refuses_in_proof(name) if proof else mask.refuses(name)
            if why is not None:
                yield entry, name, f"{why}, in the {'proof' if proof else 'definition'}"


def check_text(path: str, text: str, mask: Mask) -> list[MaskFinding]:
    """The looks that need no Lean: imports and words."""
    findings: list[MaskFinding] = []
    header = parse_header(text)
    newlines = line_ends(text)
    for item in header.imports:
        if (why := mask.why_module(item.module)) is not None:
            findings.append(MaskFinding(path, item.line, 1, "import", item.module, why))
    for late in _LATE_IMPORT.finditer(text, header.end):
        line = bisect_left(newlines, late.start(1)) + 1
        if (why := mask.why_module(late.group(1))) is not None:
            findings.append(MaskFinding(path, line, 1, "import", late.group(1), why))
    findings += [
        MaskFinding(
            path, leak.line, leak.column, "text", leak.text, f"{leak.rule} of {leak.concept}"
        )
        for leak in scan(text, mask)
    ]
    return findings


def check_files(
    paths: Sequence[Path],
    mask: Mask,
    toolchain: Toolchain,
    timeout: float = 120.0,
    lean_path: Sequence[Path] = (),
) -> dict[Path, list[MaskFinding]]:
    """All four looks at every file; an empty list means that nothing was found.

    A file that does not elaborate is not accepted: what Lean cannot read cannot be vouched for.
    `lean_path` are folders with the .olean files of further libraries.

    Raises:
        UsageFault: a file cannot be read.
        MissingTool: Lean did not run to its end.
    """
    findings: dict[Path, list[MaskFinding]] = {}
    readable: list[Path] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageFault(f"{path}: cannot be read as UTF-8 text: {error}") from None
        findings[path] = check_text(str(path), text, mask)
        if not any(item.look == "import" for item in findings[path]):
            # Nothing behind the mask is loaded, let alone elaborated.
            readable.append(path)
    _build_imports(readable, toolchain)
    for path, reports in _walk(readable, toolchain, timeout, lean_path):
        findings[path] += _judge(str(path), reports, mask)
        findings[path].sort(key=lambda item: (item.line, item.column))
    return findings


def _build_imports(paths: Sequence[Path], toolchain: Toolchain) -> None:
    """Build what the files import and the walker needs."""
    wanted = {NEEDS}
    for path in paths:
        modules = parse_header(path.read_text(encoding="utf-8")).modules
        wanted.update(name for name in modules if name.partition(".")[0] == "Reconstruct")
    # A module that cannot be built shows as an error of the file that imports it.
    build(sorted(wanted), toolchain)


def _walk(
    paths: Sequence[Path], toolchain: Toolchain, timeout: float, lean_path: Sequence[Path]
) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Run `Walk.lean` over the files and split its report by file.

    Up to `FILES_A_PROCESS` files share a process, which keeps the environments of all. When it has
    no room for another, the files that are left get a fresh one; so does every file but the first
    that did not get past its imports, since a process that is nearly full can fail there in ways
    that have nothing to do with the file.
    """
    left = list(dict.fromkeys(paths))
    while left:
        some = left[:FILES_A_PROCESS]
        reports, fault = _walk_some(some, toolchain, timeout, lean_path)
        for path in some[1:]:
            if path in reports and _stopped_at_imports(reports[path]):
                del reports[path]
        if not reports:
            raise MissingTool(f"Lean could not check {left[0]}: {fault}")
        yield from reports.items()
        left = [path for path in left if path not in reports]


def _stopped_at_imports(reports: Sequence[dict[str, Any]]) -> bool:
    """Whether the report is one error at the start of the file and nothing else."""
    only = reports[0] if len(reports) == 1 else {}
    return bool(only.get("error")) and (only.get("line"), only.get("column")) == (1, 1)


def _walk_some(
    paths: Sequence[Path], toolchain: Toolchain, timeout: float, lean_path: Sequence[Path]
) -> tuple[dict[Path, list[dict[str, Any]]], str]:
    """The complete reports one process gave, and what it said when it stopped early."""
    resolved = {str(path.resolve()): path for path in paths}
    with tempfile.TemporaryDirectory(prefix="autoresearch-mask-") as scratch:
        command = toolchain.command(
            ["--tstack=32768", "--run", str(WALK), *resolved],
            lean_path=[*lean_path, toolchain.build_folder(project_root())],
            sandbox=Sandbox(read=(WALK, *lean_path, *(Path(name) for name in resolved))),
            threads=2,
        )
        try:
            done = command.run(cwd=Path(scratch), timeout=timeout + 30.0 * len(paths))
        except subprocess.TimeoutExpired:
            return {}, "it did not finish in time"
    complete: dict[Path, list[dict[str, Any]]] = {}
    reports: list[dict[str, Any]] = []
    for line in done.stdout.splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            continue
        if not isinstance(entry, dict):
            continue
        if "file" in entry:
            reports = []
        elif "done" in entry:
            # A report with a lost or damaged line does not count.
            if entry["lines"] == len(reports):
                complete[resolved[entry["done"]]] = reports
        else:
            reports.append(entry)
    return complete, (done.stderr.strip().splitlines() or ["a damaged report"])[-1]


def _judge(path: str, reports: Iterable[dict[str, Any]], mask: Mask) -> Iterator[MaskFinding]:
    """Turn the walker's report on one file into findings."""
    places: dict[str, tuple[int, int]] = {}
    uses: list[Uses] = []
    for entry in reports:
        line, column = entry.get("line", 1), entry.get("column", 1)
        if "refused" in entry:
            reason = "it could run code or change the language, so no check could vouch for it"
            yield MaskFinding(path, line, column, "command", entry["refused"], reason)
        elif "message" in entry:
            yield from _message(path, line, column, entry, mask)
        elif "shown" in entry:
            if (why := mask.refuses(entry["shown"])) is not None:
                yield MaskFinding(path, line, column, "constant", entry["shown"], str(why))
        elif "declaration" in entry:
            name = entry["declaration"]
            places[name] = (line, column)
            uses.append(Uses(name, entry["kind"], tuple(entry["type"]), tuple(entry["value"])))
    for user, name, reason in check_uses(uses, mask):
        yield MaskFinding(path, *places[user.name], "constant", f"{user.name} uses {name}", reason)


def _message(
    path: str, line: int, column: int, entry: dict[str, Any], mask: Mask
) -> Iterator[MaskFinding]:
    """An error is a finding by itself; any message is one when it shows a hidden name."""
    first = entry["message"].strip().partition("\n")[0]
    if entry["error"]:
        yield MaskFinding(path, line, column, "lean", "error", first)
    elif leaks := scan(entry["message"], mask):
        what = f"Lean's message shows {leaks[0].text!r}"
        yield MaskFinding(path, line, column, "message", what, str(leaks[0].concept))
