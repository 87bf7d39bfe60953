"""The run's events on disk: an SQLite file that survives ``kill -9`` at any moment.

One transaction holds all events of one batch, so that after a crash a batch is there completely
or not at all. Write-ahead logging keeps this cheap (about 0.1 ms a batch).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.search.graph.events import AnyEvent, decode, encode

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  kind TEXT NOT NULL,
  data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS by_target ON events (target, id);
"""


class DiskFull(MissingTool):
    """What happened could not be written; the run must stop here and can be resumed later."""


class Store:
    """Append-only event log of a run. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(SCHEMA)
        except sqlite3.DatabaseError as fault:
            raise UsageFault(f"{path}: not an event log of a run ({fault})") from None

    @classmethod
    def reading(cls, path: Path) -> Store:
        """An existing log for reading only: not a byte of the folder changes."""
        if not path.is_file():
            raise UsageFault(f"{path}: no event log of a run")
        # without a write-ahead log beside it the file is complete, and needs no lock files
        waiting = path.with_name(path.name + "-wal").exists()
        options = "mode=ro" if waiting else "mode=ro&immutable=1"
        made = cls.__new__(cls)
        made.path = path
        try:
            made._db = sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True)
            made._db.execute("SELECT count(*) FROM events").fetchone()
        except sqlite3.DatabaseError as fault:
            raise UsageFault(f"{path}: not an event log of a run ({fault})") from None
        return made

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Flush and close."""
        self._db.close()

    def append(self, target: str, events: Iterable[AnyEvent]) -> None:
        """Write one batch. Raises `DiskFull` if the disk refuses it; then nothing is written."""
        rows = [(target, type(e).__name__, encode(e)) for e in events]
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO events (target, kind, data) VALUES (?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as fault:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise DiskFull(str(fault)) from None

    def read(self, target: str, kinds: Iterable[str] = ()) -> Iterator[AnyEvent]:
        """The events of one target in order, optionally only of some kinds."""
        wanted = list(kinds)
        number = 0
        marks = ",".join("?" * len(wanted))
        condition = f" AND kind IN ({marks})" if wanted else ""
        query = f"SELECT id, data FROM events WHERE target = ?{condition} ORDER BY id"
        try:
            for identifier, data in self._db.execute(query, [target, *wanted]):
                number = identifier
                yield decode(data)
        except (sqlite3.DatabaseError, msgspec.DecodeError) as fault:
            raise UsageFault(f"{self.path}: damaged at event {number} ({fault})") from None

    def count(self, kind: str) -> dict[str, int]:
        """How many events of a kind each target has."""
        query = "SELECT target, count(*) FROM events WHERE kind = ? GROUP BY target"
        return dict(self._db.execute(query, [kind]))

    def targets(self) -> list[str]:
        """Targets with at least one event, in order of first appearance."""
        rows = self._db.execute("SELECT target FROM events GROUP BY target ORDER BY MIN(id)")
        return [target for (target,) in rows]
