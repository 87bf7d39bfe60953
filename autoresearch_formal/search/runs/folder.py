"""The run folder: everything a run leaves behind, and what is needed to repeat it.

``run.toml`` · ``events.sqlite`` · ``Generated/*.lean`` · ``certificate.json`` ·
``trajectories.parquet`` · ``report.html``
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autoresearch_formal.errors import UsageFault

RUN_FILE = "run.toml"
BARE = re.compile(r"[A-Za-z0-9_-]+")
"""A TOML key that needs no quotes."""


class RunFolder:
    """One run on disk. Only one process may hold it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path / ".lock")

    @classmethod
    def create(cls, path: Path) -> RunFolder:
        """A new folder. Raises `UsageFault` if a run is there already or it can't be made."""
        if (path / RUN_FILE).exists():
            raise UsageFault(f"{path}: holds a run already; continue it with --resume {path}")
        try:
            (path / "Generated").mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UsageFault(f"{path}: can't be made ({fault.strerror})") from None
        return cls(path)

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

    def write_run(self, facts: Mapping[str, Any]) -> None:
        """Write ``run.toml``."""
        self.write(RUN_FILE, to_toml(facts))

    def read_run(self) -> dict[str, Any]:
        """Read ``run.toml``. Raises `UsageFault` if it is damaged."""
        try:
            return tomllib.loads((self.path / RUN_FILE).read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as fault:
            raise UsageFault(f"{self.path / RUN_FILE}: {fault}") from None

    def write(self, name: str, text: str) -> Path:
        """Write a file whole or not at all."""
        path = self.path / name
        temporary = path.with_name(path.name + ".new")
        try:
            temporary.write_text(text, encoding="utf-8")
            os.replace(temporary, path)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()
        return path

    def write_json(self, name: str, document: Any) -> Path:
        """Write a JSON document."""
        return self.write(name, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def to_toml(facts: Mapping[str, Any], prefix: str = "") -> str:
    """TOML text of nested mappings of strings, numbers, Booleans and lists of them."""
    lines = []
    tables = []
    for key, value in facts.items():
        key = key if BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        if isinstance(value, Mapping):
            name = f"{prefix}{key}"
            tables.append(f"\n[{name}]\n" + to_toml(value, name + "."))
        elif value is not None:
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}\n")
    return "".join(lines) + "".join(tables)
