"""``trajectories.parquet``: one row a tried action, for training and for DuckDB.

Written only where pyarrow is installed (``pip install pyarrow``); the same rows are in
``events.sqlite`` either way.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autoresearch_formal.search.events import Tried
from autoresearch_formal.search.extract import minimal_proof
from autoresearch_formal.search.runner import Run
from autoresearch_formal.search.store import Store


def rows(run: Run) -> Iterator[dict[str, Any]]:
    """One row a tried action, in the order of the events."""
    with Store(run.folder.events) as store:
        for entry in run.entries:
            if entry.session is None:
                continue
            graph = entry.session.graph
            path: set[int] = set()
            if entry.session.proved:
                path = {d["edge"] for _, d in minimal_proof(graph, 0).nodes(data=True)}
            for event in store.read(entry.job.label, ["Tried"]):
                assert isinstance(event, Tried)
                yield {
                    "target": entry.job.label,
                    "goal": event.goal,
                    "situation": graph.goals[event.goal].added.text,
                    "kind": event.kind,
                    "action": event.text,
                    "outcome": event.outcome,
                    "on_minimal_path": event.edge is not None and event.edge in path,
                    "verified": entry.status == "verified",
                    "ingredients": list(event.ingredients),
                    "logprob": event.logprob,
                    "heartbeats": event.heartbeats,
                    "ms": event.ms,
                    "effort": event.effort,
                    "seed": run.settings.seed,
                }


def write_trajectories(run: Run) -> Path | None:
    """Write the file; None where pyarrow is missing."""
    if importlib.util.find_spec("pyarrow") is None:
        return None
    arrow = importlib.import_module("pyarrow")
    parquet = importlib.import_module("pyarrow.parquet")
    table = arrow.Table.from_pylist(list(rows(run)))
    path = run.folder.path / "trajectories.parquet"
    parquet.write_table(table, path)
    return path
