"""A target of a run and how far it is, from its events; and its row of the report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autoresearch_formal.search.emit.write import WrittenFile
from autoresearch_formal.search.frontier import Frontier
from autoresearch_formal.search.history import History
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.status import (
    PROVED,
    Claim,
    file_hash,
    reason_of,
    status_of,
)
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.settings import SearchSettings

NOT_STARTED = "not started"
FINAL = ("verified", "rejected", "exhausted")
"""Statuses that stay when a run goes on."""


@dataclass(slots=True)
class JobProgress:
    """A target and how far it is."""

    job: Job
    history: History
    session: Session | None = None
    turn: int = 0
    status: str = NOT_STARTED
    """not started, open, found, conditional, verified, rejected, exhausted, refused."""
    note: str = ""
    written: WrittenFile | None = None
    certificate: dict[str, Any] = field(default_factory=dict)
    over: bool = False
    """Whether nothing more will be done about it."""
    lost: int = 0
    """Workers that it has cost outside its expansions."""

    @classmethod
    def restored(
        cls, job: Job, store: Store, settings: SearchSettings, folder: RunFolder, judged: bool
    ) -> JobProgress:
        """A target as the store has it: what was concluded stays, as long as its file does.

        `judged` says whether what was found is to be judged.
        """
        history = History.read(store, job.label, settings)
        entry = cls(job, history)
        if job.sorry is not None and job.sorry.reason:
            entry.status, entry.note, entry.over = "refused", job.sorry.reason, True
            return entry
        if history.graph.theories:
            entry.status = "found" if history.proved else "open"
        last = history.concluded
        if last is None or (last.row["status"] in PROVED and not history.proved):
            return entry
        if last.sha256:
            path = folder.path / job.generated
            if not path.is_file() or sha256(path) != last.sha256:
                entry.note = "its file was removed or changed since"
                return entry
            row = last.row
            lines = path.read_text(encoding="utf-8").count("\n")
            edits = tuple((int(a), int(b), str(new)) for a, b, new in row.get("edits", ()))
            entry.written = WrittenFile(path, row["lemmas"], row["definitions"], lines, edits)
        entry.status, entry.note = last.row["status"], last.row["note"]
        entry.certificate = last.certificate if entry.written else {}
        entry.settle(folder)
        entry.over = entry.status in FINAL or (entry.written is not None and not judged)
        return entry

    def settle(self, folder: RunFolder) -> None:
        """Take the status from what is on disk, the judge's certificate among it."""
        certificate = self.certificate
        path = folder.path / certificate.get("judged", self.job.generated)
        target = self.job.level is not None
        claim = Claim(self.job.name, folder.mask, file_hash(path), target)
        self.status = status_of(self.history.proved, self.status, claim, certificate)
        if certificate:
            self.note = reason_of(certificate) if self.status != "verified" else ""

    @property
    def seconds(self) -> float:
        """Spent on it, in earlier sessions of the run too."""
        return self.history.seconds

    def open_goals(self) -> list[str]:
        """The best sub-goals that are open, for who wants to know where a search stands."""
        if self.history.proved or not self.history.graph.goals:
            return []
        graph = self.history.graph
        frontier = Frontier(graph, self.history.settings.weights)
        return [graph.goals[number].added.text for number in frontier.best()]

    def row(self) -> dict[str, Any]:
        """Its row of the report."""
        tally = self.history.tally
        return {
            "target": self.job.label,
            "name": self.job.name,
            "level": self.job.level,
            "place": self.job.place,
            "status": self.status,
            "note": self.note,
            "seconds": round(self.seconds, 2),
            "steps": tally.steps,
            "heartbeats": tally.heartbeats,
            "goals": len(self.history.graph.goals),
            "unwritten": tally.taken_back + (self.status in PROVED and self.written is None),
            "moves": {
                kind: {
                    "tries": effort.tries,
                    "kept": effort.kept,
                    "heartbeats": effort.heartbeats,
                    "seconds": round(effort.ms / 1000, 2),
                }
                for kind, effort in sorted(
                    self.history.moves.items(), key=lambda item: (-item[1].heartbeats, item[0])
                )
            },
            "open_goals": self.open_goals(),
            "lemmas_tried": tally.lemmas_tried,
            "lemmas": self.written.lemmas if self.written else 0,
            "definitions": self.written.definitions if self.written else 0,
            "file": self.job.generated if self.written else None,
            "edits": [list(edit) for edit in self.written.edits] if self.written else [],
        }


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
