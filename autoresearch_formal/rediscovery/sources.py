"""What is compared: files that the judge has accepted."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.files import read_text
from autoresearch_formal.judge import Judge
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.search.runs.folder import RUN_FILE, RunFolder

Say = Callable[[str], None]
SUFFIX = ".Rediscovery.lean"
DEFINES = re.compile(r"(?m)^\s*(?:@\[[^\]]*\]\s*)*(?:def|abbrev|structure|inductive|class)\s")
"""What a file with a definition has in it."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a run says about an invented definition: symbols saved, and where it is used."""

    saved: int = 0
    uses: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DefinitionSource:
    """A Lean file with definitions, and what its run knows about them by name."""

    path: Path
    text: str
    worth: dict[str, Worth] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComparisonJob:
    """What one file or one run folder (`run`) has to compare."""

    sources: list[DefinitionSource]
    cutoff: int | None
    targets: list[str]
    run: Path | None


def open_jobs(path: Path, cutoff: int | None = None) -> list[ComparisonJob]:
    """A file, a run folder, or a folder with run folders somewhere in it (a suite's, a loop's).

    Raises:
        UsageFault: if there is nothing to compare.
    """
    if path.is_file():
        if path.suffix != ".lean":
            raise UsageFault(f"{path}: neither a Lean file nor a run folder")
        return [ComparisonJob([_source(path, {})], cutoff, [], None)]
    if not path.is_dir():
        raise UsageFault(f"{path}: no such file or folder")
    runs = [path] if (path / RUN_FILE).is_file() else sorted(f.parent for f in path.rglob(RUN_FILE))
    if not runs:
        raise UsageFault(f"{path}: not a run folder ({RUN_FILE} is missing), and none is in it")
    jobs = [_run(run, cutoff) for run in runs]
    if not any(job.sources for job in jobs):
        raise UsageFault(f"{path}: no definitions in Generated/*.lean or Definitions.lean")
    return jobs


def _run(path: Path, cutoff: int | None) -> ComparisonJob:
    """A run folder: what of its ``Generated`` files and ``Definitions.lean`` has definitions."""
    folder = RunFolder.open(path)
    run = folder.read_run()
    worth = _worths(path / "definitions.json")
    files = [*sorted(folder.generated.glob("*.lean")), path / "Definitions.lean"]
    read = [_source(f, worth) for f in files if f.is_file() and not f.name.endswith(SUFFIX)]
    sources = [s for s in read if DEFINES.search(s.text)]
    asked = run.get("asked", run)
    if cutoff is None and isinstance(asked.get("cutoff"), int):
        cutoff = asked["cutoff"]
    return ComparisonJob(sources, cutoff, _targets(path), path)


def _source(path: Path, worth: dict[str, Worth]) -> DefinitionSource:
    return DefinitionSource(path, read_text(path), worth)


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as fault:
        raise UsageFault(f"{path}: can't be read ({fault})") from None


def _worths(path: Path) -> dict[str, Worth]:
    document = _document(path) or {}
    try:
        return {
            d["name"]: Worth(int(d["saved"]), {str(k): int(v) for k, v in d["uses"].items()})
            for d in document.get("definitions", [])
        }
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UsageFault(f"{path}: not as expected ({fault!r})") from None


def _targets(path: Path) -> list[str]:
    document = _document(path / "report.json") or {}
    results = document.get("results", []) if isinstance(document, dict) else []
    if not isinstance(results, list):
        raise UsageFault(f"{path / 'report.json'}: results: a list of targets was expected")
    return [str(r["target"]) for r in results if isinstance(r, dict) and "target" in r]


class Gate:
    """Lets through what the judge has said yes to, now or in a certificate about the same text and
    library."""

    def __init__(self, toolchain: Toolchain, cutoff: int | None, say: Say) -> None:
        self.toolchain = toolchain
        self.cutoff = cutoff
        self.say = say
        self._judge: Judge | None = None

    @property
    def judge(self) -> Judge:
        """The judge, set up when first asked."""
        if self._judge is None:
            self._judge = Judge(self.toolchain, cutoff=self.cutoff, say=self.say)
        return self._judge

    def admit(self, source: DefinitionSource, run: Path | None) -> dict[str, Any]:
        """The certificate that lets a source through.

        Raises:
            Negative: if the judge's answer is no.
        """
        for known in _certificates(source, run):
            if self._fits(known, source):
                return known
        certificate = self.judge.verify(source.path)
        if not certificate.ok:
            raise Negative(
                f"{source.path}: the judge says no ({certificate.summary}); nothing is compared"
            )
        return certificate.to_json()

    def _fits(self, known: dict[str, Any], source: DefinitionSource) -> bool:
        """Whether a certificate is about this text and the library as it is now."""
        hashes = known.get("hashes", {})
        judge = self.judge
        return (
            known.get("verdict") == "yes"
            and hashes.get("source") == hashlib.sha256(source.text.encode()).hexdigest()
            and hashes.get("library") == judge.library.key
            and known.get("cutoff") == self.cutoff
            and known.get("toolchain", {}).get("name") == self.toolchain.name
        )


def _certificates(source: DefinitionSource, run: Path | None) -> Iterator[dict[str, Any]]:
    beside = _document(source.path.with_name(f"{source.path.stem}.certificate.json"))
    whole = _document(run / "certificate.json") if run else None
    queue = [beside, whole]
    while queue:
        item = queue.pop()
        if isinstance(item, dict):
            if "verdict" in item and "hashes" in item:
                yield item
            queue += list(item.values())
        elif isinstance(item, list):
            queue += item
