"""The run folder: everything a run leaves behind, and what is needed to repeat it.

``run.toml`` · ``events.sqlite`` · ``Generated/*.lean`` · ``certificate.json`` ·
``trajectories.parquet`` · ``report.html``
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import itertools
import json
import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autoresearch_formal.console import to_json
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import read_text
from autoresearch_formal.search.runs.store import DiskFull, Store

RUN_FILE = "run.toml"
BARE = re.compile(r"[A-Za-z0-9_-]+")
"""A TOML key that needs no quotes."""


class RunFolder:
    """One run on disk. Only one process may hold it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path / ".lock")
        self._made: list[Path] = []
        """Folders that were not there before, innermost first."""

    @classmethod
    def create(cls, path: Path) -> RunFolder:
        """A new folder. Raises `UsageFault` if a run is there already or it can't be made."""
        free(path)
        folder = cls(path)
        missing = (p for p in (path, *path.parents) if not p.exists())
        folder._made = list(missing)
        try:
            folder.generated.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UsageFault(f"{path}: can't be made ({fault.strerror})") from None
        return folder

    @classmethod
    def dated(cls, parent: Path) -> RunFolder:
        """A new folder called after the time, with a number where another run has that name."""
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
        for number in itertools.count(1):
            path = parent / (stamp if number == 1 else f"{stamp}-{number}")
            missing = [p for p in (path, *path.parents) if not p.exists()]
            try:
                path.mkdir(parents=True)
            except FileExistsError:
                if not parent.is_dir():
                    raise UsageFault(f"{parent}: is not a folder") from None
                continue
            except OSError as fault:
                raise UsageFault(f"{path}: can't be made ({fault.strerror})") from None
            folder = cls.create(path)
            folder._made = missing
            return folder
        raise AssertionError("unreachable")

    def begun(self) -> bool:
        """Whether anything has happened in the run yet."""
        try:
            with Store.reading(self.events) as store:
                return bool(store.targets())
        except UsageFault:
            return False

    def discard(self) -> None:
        """Remove the folder if this process made it; for a run that did not come to its start."""
        if self.path in self._made:
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            for name in (RUN_FILE, "mask.json", "settings.toml", ".lock"):
                (self.path / name).unlink(missing_ok=True)
            for left in self.path.glob("events.sqlite*"):
                left.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            for made in [self.generated, *self._made]:
                if made.exists():
                    made.rmdir()

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """An existing run. Raises `UsageFault` if there is none."""
        if not (path / RUN_FILE).is_file():
            raise UsageFault(f"{path}: no run here ({RUN_FILE} is missing)")
        return cls(path)

    def __enter__(self) -> RunFolder:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UsageFault(f"{self.path}: another process is working on this run") from None
        except OSError as fault:
            raise UsageFault(f"{self.path}: can't be written ({fault.strerror})") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    @property
    def events(self) -> Path:
        """The event log."""
        return self.path / "events.sqlite"

    @property
    def generated(self) -> Path:
        """Where the Lean files go."""
        return self.path / "Generated"

    def write_run(self, metadata: Mapping[str, Any]) -> None:
        """Write ``run.toml``."""
        self.write(RUN_FILE, to_toml(metadata))

    def read_run(self) -> dict[str, Any]:
        """Read ``run.toml``. Raises `UsageFault` if it is damaged."""
        try:
            found = tomllib.loads(read_text(self.path / RUN_FILE))
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            raise UsageFault(f"{self.path / RUN_FILE}: {fault}") from None
        for name in ("asked", "resolved", "settings"):
            if not isinstance(found.get(name, {}), dict):
                raise UsageFault(f"{self.path / RUN_FILE}: damaged: {name} is no table")
        return found

    @property
    def mask(self) -> str:
        """Hash of the mask behind which the run is."""
        return str(self.read_run().get("resolved", {}).get("mask", ""))

    def write(self, name: str, text: str) -> Path:
        """Write a text whole or not at all. Raises `DiskFull`, `UsageFault`."""
        return self.write_bytes(name, text.encode("utf-8"))

    def write_bytes(self, name: str, data: bytes) -> Path:
        """Write a file whole or not at all. Raises `DiskFull`, `UsageFault`."""
        path = self.path / name
        temporary = path.with_name(path.name + ".new")
        try:
            temporary.write_bytes(data)
            os.replace(temporary, path)
        except OSError as fault:
            if fault.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(f"{path}: {fault.strerror}") from None
            raise UsageFault(f"{path}: can't be written ({fault.strerror})") from None
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()
        return path

    def write_json(self, name: str, document: Any) -> Path:
        """Write a JSON document."""
        return self.write(name, to_json(document) + "\n")


def free(path: Path) -> None:
    """Raise `UsageFault` unless a run can have its folder there: looked up before the work."""
    try:
        if (path / RUN_FILE).exists():
            raise UsageFault(f"{path}: holds a run already; continue it with --resume {path}")
        above = next(p for p in (path, *path.parents) if p.exists())
        if not above.is_dir():
            raise UsageFault(f"{path}: can't be made ({above} is not a folder)")
        if not os.access(above, os.W_OK | os.X_OK):
            raise UsageFault(f"{path}: can't be made ({above} can't be written)")
        str(path).encode()
    except (OSError, ValueError) as fault:
        said = getattr(fault, "strerror", None) or "no such path"
        raise UsageFault(f"{str(path)!a}: can't be made ({said})") from None


def to_toml(metadata: Mapping[str, Any], prefix: str = "") -> str:
    """TOML text of nested mappings of strings, numbers, Booleans and lists of them."""
    lines = []
    tables = []
    for key, value in metadata.items():
        key = key if BARE.fullmatch(key) else _quoted(key)
        if isinstance(value, Mapping):
            name = f"{prefix}{key}"
            tables.append(f"\n[{name}]\n" + to_toml(value, name + "."))
        elif value is not None:
            lines.append(f"{key} = {_quoted(value)}\n")
    return "".join(lines) + "".join(tables)


def _quoted(value: Any) -> str:
    """A value as TOML, which is JSON but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
