"""A loop on disk: one folder a round, one sealed sub-folder a phase.

A phase works in ``.NAME.work`` and is renamed to ``NAME`` when it is complete, with the SHA-256 of
every file and of what it was made from in ``manifest.json``. After that nobody writes there. So
a kill at any moment leaves a phase either undone or done, and a resumed loop goes on with the
first that is undone; searches go on inside their phase from their own event log.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.runs.folder import to_toml
from autoresearch_formal.train.settings import LoopSettings, read_settings

LOOP_FILE = "loop.toml"
MANIFEST = "manifest.json"
PHASES = ("search", "dataset", "policy", "evaluation", "decision")
"""Of a round, in order. The judge is part of searches and evaluations: each asks it itself."""
HEAVY = ("search", "evaluation")
"""Phases whose folders may be emptied to save disk; what they gave is in the dataset."""


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash, without the manifest and locks."""
    return {
        path.relative_to(folder).as_posix(): digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, ".lock")
    }


class LoopFolder:
    """One loop. Only one process may hold it at a time (use as a context manager)."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = FileLock(self.path / ".lock")

    @classmethod
    def create(cls, path: Path, settings: LoopSettings) -> LoopFolder:
        """A new loop. Raises `UsageFault` if one is there already."""
        if (path / LOOP_FILE).exists():
            raise UsageFault(f"{path}: holds a loop already; continue it with --resume {path}")
        try:
            str(path).encode()
            (path / "rounds").mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UsageFault(f"{path}: can't be made ({fault.strerror})") from None
        except UnicodeEncodeError:
            raise UsageFault(f"{str(path)!a}: can't be made (its name is not UTF-8)") from None
        table = {k: v for k, v in settings.model_dump(mode="json").items() if v is not None}
        write_whole(path / LOOP_FILE, to_toml(table))
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> LoopFolder:
        """An existing loop. Raises `UsageFault` if there is none."""
        if not (path / LOOP_FILE).is_file():
            raise UsageFault(f"{path}: no loop here ({LOOP_FILE} is missing)")
        return cls(path)

    @property
    def settings(self) -> LoopSettings:
        """What the loop was started with."""
        return read_settings(self.path / LOOP_FILE)

    def __enter__(self) -> LoopFolder:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UsageFault(f"{self.path}: another process is working on this loop") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def round(self, number: int) -> RoundFolder:
        """Folder of a round; round 0 only measures the policy that the loop starts with."""
        return RoundFolder(self.path / "rounds" / f"{number:03d}", number)

    def rounds(self) -> Iterator[RoundFolder]:
        """Rounds that were begun, in order."""
        for path in sorted((self.path / "rounds").glob("[0-9][0-9][0-9]")):
            yield RoundFolder(path, int(path.name))

    def size(self) -> int:
        """Bytes on disk."""
        return sum(p.stat().st_size for p in self.path.rglob("*") if p.is_file())

    def prune(self, limit: int, before: int) -> list[str]:
        """Empty heavy phases of rounds earlier than ``before``, oldest first, down to ``limit``.

        Manifests and reports' figures stay. What was emptied is listed. Raises `UsageFault` if
        that is not enough.
        """
        gone: list[str] = []
        for round_ in self.rounds():
            for phase in HEAVY:
                if self.size() <= limit:
                    return gone
                if round_.number < before and round_.empty(phase):
                    gone.append(f"{round_.number:03d}/{phase}")
        if self.size() > limit:
            raise UsageFault(
                f"{self.path}: {self.size() >> 20} MiB are in use and nothing old is left to"
                f" remove; raise disk_mb (now {limit >> 20}) or free space, then --resume"
            )
        return gone


class RoundFolder:
    """One round."""

    def __init__(self, path: Path, number: int) -> None:
        self.path = path
        self.number = number

    def done(self, phase: str) -> bool:
        """Whether a phase is sealed."""
        return (self.path / phase / MANIFEST).is_file()

    def sealed(self, phase: str) -> Path:
        """A sealed phase's folder. Raises `UsageFault` if it is not there."""
        if not self.done(phase):
            raise UsageFault(f"{self.path}: phase {phase} is not complete")
        return self.path / phase

    def work(self, phase: str, *, fresh: bool = True) -> Path:
        """Where an unfinished phase works; emptied first if ``fresh``."""
        place = self.path / f".{phase}.work"
        if fresh and place.exists():
            shutil.rmtree(place)
        place.mkdir(parents=True, exist_ok=True)
        return place

    def seal(self, phase: str, inputs: Mapping[str, Any], key: str | None = None) -> Path:
        """Turn a phase's working folder into its final one, all at once."""
        place = self.path / f".{phase}.work"
        manifest = {"phase": phase, "inputs": inputs, "key": key, "files": files_of(place)}
        return self._finish(place, phase, manifest)

    def adopt(
        self, phase: str, other: RoundFolder, inputs: Mapping[str, Any], label: str
    ) -> Path | None:
        """Seal a copy of another loop's phase of the same key; None if it can't be copied.

        Nothing is believed: the other's files are checked before, and the copy after. Raises
        `UsageFault` if the other was tampered with.
        """
        other.check(phase)
        manifest = other.manifest(phase)
        place = self.path / f".{phase}.copy"
        shutil.rmtree(place, ignore_errors=True)
        try:
            ignored = shutil.ignore_patterns(MANIFEST, ".lock")
            shutil.copytree(other.sealed(phase), place, ignore=ignored)
        except OSError:
            shutil.rmtree(place, ignore_errors=True)
            return None
        files = files_of(place)
        if files != manifest["files"]:
            shutil.rmtree(place)
            return None
        shutil.rmtree(self.path / f".{phase}.work", ignore_errors=True)
        mine = {"phase": phase, "inputs": inputs, "key": manifest["key"], "files": files}
        return self._finish(place, phase, mine | {"shared with": label})

    def _finish(self, place: Path, phase: str, manifest: Mapping[str, Any]) -> Path:
        write_whole(place / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        os.rename(place, self.path / phase)
        return self.path / phase

    def manifest(self, phase: str) -> dict[str, Any]:
        """A sealed phase's manifest."""
        found = json.loads((self.sealed(phase) / MANIFEST).read_text(encoding="utf-8"))
        assert isinstance(found, dict)
        return found

    def check(self, phase: str) -> None:
        """Raise `UsageFault` if a sealed phase is not what its manifest says."""
        manifest = self.manifest(phase)
        place = self.path / phase
        if manifest.get("emptied"):
            return
        found = files_of(place)
        for name in sorted(set(found) | set(manifest["files"])):
            if found.get(name) != manifest["files"].get(name):
                raise UsageFault(f"{place / name}: was changed after the phase was sealed")

    def empty(self, phase: str) -> bool:
        """Remove the files of a sealed phase but its results; whether anything was removed.

        The manifest still says what was there.
        """
        if not self.done(phase):
            return False
        place = self.path / phase
        manifest = self.manifest(phase)
        if not manifest.get("emptied"):
            manifest["emptied"] = True
            write_whole(place / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        folders = [path for path in place.iterdir() if path.is_dir()]
        for path in folders:
            shutil.rmtree(path)
        return bool(folders)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)
