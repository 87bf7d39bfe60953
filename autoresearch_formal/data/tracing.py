"""Tracing a Lean repository with the `lean-dojo` package, where official Lean and network are.

Nothing else here needs either: a benchmark that was traced elsewhere is read by
`autoresearch_formal.data.leandojo` on any machine.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autoresearch_formal.data.leandojo import SPLITS, Benchmark, Document, split_of
from autoresearch_formal.errors import MissingTool, UsageFault

ELSEWHERE = "or trace elsewhere and import the benchmark folder: autoresearch data import FOLDER"


def lean_dojo() -> Any:
    """The package. Raises `MissingTool` if it, or official Lean, is not there."""
    if shutil.which("lake") is None:
        raise MissingTool(
            "tracing compiles a repository with official Lean, and `lake` is not on the PATH"
            f" (the embedded toolchain can't do it); install elan, {ELSEWHERE}"
        )
    try:
        return importlib.import_module("lean_dojo")
    except ImportError:
        raise MissingTool(
            "tracing needs the lean-dojo package: pip install 'autoresearch-formal[dojo]',"
            f" {ELSEWHERE}"
        ) from None


def trace(argument: str, say: Callable[[str], None] = lambda text: None) -> Benchmark:
    """Trace ``URL@COMMIT``.

    Raises `UsageFault` for another form, `MissingTool` if the repository can't be fetched or
    built here (then the message says what failed).
    """
    url, at, commit = argument.rpartition("@")
    if not at or not url or not commit:
        raise UsageFault(f"{argument}: give the repository as URL@COMMIT")
    dojo = lean_dojo()
    say(f"tracing {argument}; a large repository takes hours")
    try:
        traced = dojo.trace(dojo.LeanGitRepo(url, commit))
    except Exception as fault:
        first = str(fault).strip().splitlines() or [type(fault).__name__]
        raise MissingTool(
            f"{argument}: could not be traced ({first[0]}); it needs the network and a"
            f" toolchain that lean-dojo knows, {ELSEWHERE}"
        ) from None
    return from_traced(traced, url, commit)


def from_traced(traced: Any, url: str, commit: str) -> Benchmark:
    """A traced repository as a benchmark, theorems without tactic proofs left out."""
    benchmark = Benchmark({split: [] for split in SPLITS})
    for theorem in traced.get_traced_theorems():
        steps = [_step(t) for t in theorem.get_traced_tactics() if t.state_before != "no goals"]
        if not steps:
            continue
        name = theorem.theorem.full_name
        document: Document = {
            "url": url,
            "commit": commit,
            "file_path": str(theorem.theorem.file_path),
            "full_name": name,
            "start": list(theorem.start),
            "end": list(theorem.end),
            "traced_tactics": steps,
        }
        benchmark.theorems[split_of(name)].append(document)
    for file in traced.traced_files:
        benchmark.corpus.append(
            {
                "path": str(file.path),
                "imports": [str(p) for p in traced.traced_files_graph.successors(str(file.path))]
                if traced.traced_files_graph is not None
                else [],
                "premises": [_premise(p) for p in file.get_premise_definitions()],
            }
        )
    benchmark.metadata = {"from": url, "commit": commit}
    return benchmark


def _step(tactic: Any) -> Document:
    text, provenances = tactic.get_annotated_tactic()
    places = [
        {name: _plain(p.get(name)) for name in ("full_name", "def_path", "def_pos", "def_end_pos")}
        for p in provenances
    ]
    return {
        "tactic": tactic.tactic,
        "annotated_tactic": [text, places],
        "state_before": tactic.state_before,
        "state_after": tactic.state_after,
    }


def _premise(premise: Any) -> Document:
    return {name: _plain(value) for name, value in dict(premise).items()}


def _plain(value: Any) -> Any:
    """JSON-ready: paths as text, positions as [line, column]."""
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, Path):
        return str(value)
    return list(value)
