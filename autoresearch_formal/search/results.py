"""What a run leaves for machines: the JSON report and the certificates."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from autoresearch_formal.mask import DEFAULT_CUTOFF
from autoresearch_formal.policy.choose import policy_metadata, reading, samples
from autoresearch_formal.search.runner import Run
from autoresearch_formal.search.runs.status import PROVED


def report(run: Run, cutoff: int = DEFAULT_CUTOFF) -> dict[str, Any]:
    """The run as one JSON document."""
    results = [entry.row() for entry in run.entries]
    levels: dict[str, dict[str, int]] = defaultdict(
        lambda: {"targets": 0, "found": 0, "verified": 0}
    )
    for r in results:
        cell = levels["file" if r["level"] is None else str(r["level"])]
        cell["targets"] += 1
        cell["found"] += r["status"] in PROVED
        cell["verified"] += r["status"] == "verified"
    waiting = sum(w.waiting for w in run.workers)
    return {
        "folder": str(run.folder.path),
        "seconds": round(run.seconds, 2),
        "stopped": run.stopped,
        "steps": run.steps,
        "steps_per_second": round(run.steps / max(run.seconds, 1e-9), 2),
        "workers": len(run.workers),
        "busy_seconds": round(run.busy, 3),
        "search_seconds": round(sum(e.seconds for e in run.entries) - run.listing, 3),
        "gym_seconds": round(waiting + run.queued, 3),
        "policy_seconds": round(run.executor.waiting, 3),
        "samples": samples(run.executor.policy),
        "weights": run.executor.policy.weights,
        "policy": {**policy_metadata(run.executor.policy, cutoff), **reading(run.executor.policy)},
        "levels": dict(sorted(levels.items())),
        "found_not_written": sum(r["unwritten"] for r in results),
        "judged": run.judge is not None,
        "changed": run.changed,
        "all_verified": all(r["status"] == "verified" for r in results),
        "results": results,
    }


def write_report(run: Run, document: dict[str, Any]) -> None:
    """Write ``report.json``, ``certificate.json`` and ``policy.json``.

    A certificate is a function of what it hashes and says nothing of who proposed the proof; that
    stands beside it, with the names of the certificates it goes with.
    """
    run.folder.write_json("report.json", document)
    certificates = {e.job.label: e.certificate for e in run.entries if e.certificate}
    run.folder.write_json("certificate.json", certificates)
    judged = {label: c.get("hashes", {}) for label, c in certificates.items()}
    run.folder.write_json("policy.json", {**document["policy"], "certificates": judged})
