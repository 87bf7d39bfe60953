"""A run folder read back: graphs, verdicts and files, for trajectories and reports.

Everything comes from what is on disk, so that a page or a dataset can be made again long after
the run, on another machine, without Lean.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.graph.events import ASIDE, AnyEvent, Concluded, Expanded
from autoresearch_formal.search.graph.extract import minimal_proof, needed_declarations
from autoresearch_formal.search.graph.graph import Graph, GraphError
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.status import Claim, file_hash, reason_of, status_of
from autoresearch_formal.search.runs.store import Store


@dataclass(slots=True)
class MinimalPath:
    """The part of the cheapest proof that the written file needs."""

    goals: list[int] = field(default_factory=list)
    """Goal numbers from the root down, each once."""
    edges: dict[int, int] = field(default_factory=dict)
    """Goal number to the number of the edge that proves it."""
    inventions: list[str] = field(default_factory=list)
    """Names of lemmas and definitions that it needs, in order of introduction."""


@dataclass
class TargetRecord:
    """One target of a run."""

    label: str
    result: Mapping[str, Any]
    """Its row of the report; empty if the run ended before there was anything to say."""
    certificate: Mapping[str, Any]
    events: list[AnyEvent]
    text: str | None
    """The generated file, if there is one."""
    mask: str
    sha256: str = ""
    """Hash of the file that was judged, as it is now; "" if there is none."""

    @cached_property
    def graph(self) -> Graph:
        """The final graph."""
        try:
            return Graph(e for e in self.events if not isinstance(e, ASIDE))
        except GraphError as fault:
            raise UsageFault(f"{self.label}: the event log is damaged ({fault})") from None

    @cached_property
    def expansions(self) -> dict[int, int]:
        """How often each goal was expanded."""
        return {e.id: e.expansion for e in self.events if isinstance(e, Expanded)}

    @property
    def proved(self) -> bool:
        """Whether the search believes that it has a proof."""
        return bool(self.graph.goals) and self.graph.goals[0].proved

    @cached_property
    def status(self) -> str:
        """What may be said of it; of a proof, what `status_of` says of what is on disk now.

        A file that was changed after the verdict, or judged behind another mask, was not judged.
        """
        target = self.result.get("level") is not None
        claim = Claim(str(self.result.get("name")), self.mask, self.sha256, target)
        said = str(self.result.get("status", "open"))
        return status_of(self.proved, said, claim, self.certificate)

    @property
    def remark(self) -> str:
        """What there is to say of its status."""
        if self.status in ("conditional", "rejected"):
            return reason_of(self.certificate)
        return str(self.result.get("note", ""))

    @property
    def verified(self) -> bool:
        """Whether the judge said yes about exactly the file that is in the folder."""
        return self.status == "verified"

    @cached_property
    def path(self) -> MinimalPath:
        """The minimal proof, without lemmas that were proved but not used; empty if unproved."""
        found = MinimalPath()
        if not self.proved:
            return found
        graph = self.graph
        proof = minimal_proof(graph, 0)
        found.inventions = needed_declarations(graph, proof)
        needed = set(found.inventions)
        todo = [0]
        while todo:
            goal = todo.pop()
            if goal in found.goals:
                continue
            found.goals.append(goal)
            number = proof.nodes[goal]["edge"]
            edge = graph.edges[number].added
            unused = edge.kind == "lemma" and edge.text not in needed
            if not unused:
                found.edges[goal] = number
            todo += reversed(edge.children[1:] if unused else edge.children)
        return found


@dataclass
class RunRecord:
    """A run folder."""

    folder: Path
    metadata: Mapping[str, Any]
    """``run.toml``."""
    summary: Mapping[str, Any]
    """``report.json``, empty if the run ended before it was written."""
    targets: list[TargetRecord]

    @property
    def asked(self) -> Mapping[str, Any]:
        """The options that the run was started with."""
        return dict(self.metadata.get("asked", {}))

    @property
    def resolved(self) -> Mapping[str, Any]:
        """Versions and hashes."""
        return dict(self.metadata.get("resolved", {}))


def read_run(folder: Path) -> RunRecord:
    """Read a run folder. Raises `UsageFault` if there is no run, or if it is damaged."""
    metadata = RunFolder.open(folder).read_run()
    summary = read_json(folder / "report.json")
    certificates = read_json(folder / "certificate.json")
    check_shapes(folder, summary, certificates)
    results = {r["target"]: r for r in summary.get("results", ())}
    mask = str(metadata.get("resolved", {}).get("mask", ""))
    targets = []
    with Store.reading(folder / "events.sqlite") as store:
        labels = metadata.get("resolved", {}).get("targets") or store.targets()
        for label in labels:
            events = list(store.read(label))
            last = next((e for e in reversed(events) if isinstance(e, Concluded)), None)
            result = last.row if last else results.get(label, {})
            file = folder / result["file"] if result.get("file") else None
            text = file.read_bytes().decode(errors="replace") if file and file.is_file() else None
            certificate = certificates.get(label) or (last.certificate if last else {})
            path = folder / certificate["judged"] if "judged" in certificate else file
            intact = last is None or (last.sha256 and file_hash(file) == last.sha256)
            sha = file_hash(path) if intact else ""
            targets.append(
                TargetRecord(
                    label=label,
                    result=result,
                    certificate=certificate,
                    events=events,
                    text=text,
                    mask=mask,
                    sha256=sha,
                )
            )
    return RunRecord(folder, metadata, summary, targets)


def check_shapes(folder: Path, summary: Mapping[str, Any], papers: Mapping[str, Any]) -> None:
    """Raise `UsageFault` if a run's report or certificates are not what a run writes."""
    rows = summary.get("results", [])
    if not isinstance(rows, list) or not all(
        isinstance(r, dict)
        and isinstance(r.get("target"), str)
        and isinstance(r.get("file"), str | None)
        for r in rows
    ):
        raise UsageFault(f"{folder / 'report.json'}: results: a list of targets was expected")
    for label, paper in papers.items():
        if not isinstance(paper, dict) or not isinstance(paper.get("hashes", {}), dict):
            raise UsageFault(f"{folder / 'certificate.json'}: {label}: a certificate was expected")


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; {} if there is no file. Raises `UsageFault` if it is damaged."""
    if not path.is_file():
        return {}
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise UsageFault(f"{path}: {fault}") from None
    if not isinstance(document, dict):
        raise UsageFault(f"{path}: a JSON object was expected")
    return document
