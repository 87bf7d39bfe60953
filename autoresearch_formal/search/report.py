"""What a run leaves for machines and readers: the JSON report, the page, the certificates."""

from __future__ import annotations

import html
from collections import defaultdict
from typing import Any

from autoresearch_formal.search.runner import Run

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Search run</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; }}
table {{ border-collapse: collapse; }} td, th {{ padding: .2rem .7rem; text-align: left; }}
tr:nth-child(even) {{ background: #f4f4f4; }} pre {{ background: #f8f8f8; padding: 1rem; }}
</style>
<h1>Search run</h1><p>{summary}</p>
<table><tr><th>target<th>level<th>status<th>seconds<th>steps<th>lemmas<th>definitions</tr>
{rows}</table>
{proofs}</html>
"""


def report(run: Run) -> dict[str, Any]:
    """The run as one JSON document."""
    results = []
    for entry in run.entries:
        tally = entry.session.tally if entry.session else None
        results.append(
            {
                "target": entry.job.label,
                "name": entry.job.name,
                "level": entry.job.level,
                "status": entry.status,
                "note": entry.note,
                "seconds": round(entry.seconds, 2),
                "steps": tally.steps if tally else 0,
                "heartbeats": tally.heartbeats if tally else 0,
                "goals": len(entry.session.graph.goals) if entry.session else 0,
                "lemmas_tried": tally.lemmas_tried if tally else 0,
                "lemmas": entry.written.lemmas if entry.written else 0,
                "definitions": entry.written.definitions if entry.written else 0,
                "file": f"Generated/{entry.written.path.name}" if entry.written else None,
            }
        )
    levels: dict[str, dict[str, int]] = defaultdict(
        lambda: {"targets": 0, "found": 0, "verified": 0}
    )
    for r in results:
        cell = levels["file" if r["level"] is None else str(r["level"])]
        cell["targets"] += 1
        cell["found"] += r["status"] in ("found", "verified", "rejected")
        cell["verified"] += r["status"] == "verified"
    waiting = sum(w.waiting for w in run.workers)
    return {
        "folder": str(run.folder.path),
        "seconds": round(run.seconds, 2),
        "stopped": run.stopped,
        "steps": run.steps,
        "steps_per_second": round(run.steps / max(run.seconds, 1e-9), 2),
        "workers": len(run.workers),
        "busy_seconds": round(sum(e.seconds for e in run.entries), 3),
        "gym_seconds": round(waiting, 3),
        "policy_seconds": round(run.brain.waiting, 3),
        "levels": dict(sorted(levels.items())),
        "all_verified": all(r["status"] == "verified" for r in results),
        "results": results,
    }


def write_report(run: Run, document: dict[str, Any]) -> None:
    """Write ``report.json``, ``report.html`` and ``certificate.json`` into the run folder."""
    run.folder.write_json("report.json", document)
    certificates = {e.job.label: e.certificate for e in run.entries if e.certificate}
    run.folder.write_json("certificate.json", certificates)
    rows = "".join(
        f"<tr><td>{html.escape(r['target'])}<td>{'' if r['level'] is None else r['level']}"
        f"<td>{r['status']}<td>{r['seconds']}<td>{r['steps']}<td>{r['lemmas']}"
        f"<td>{r['definitions']}</tr>\n"
        for r in document["results"]
    )
    proofs = ""
    for entry in run.entries:
        if entry.written is not None:
            text = entry.written.path.read_text(encoding="utf-8")
            proofs += f"<h2>{html.escape(entry.job.label)}</h2><pre>{html.escape(text)}</pre>\n"
    found = sum(r["status"] in ("found", "verified") for r in document["results"])
    summary = (
        f"{found} of {len(document['results'])} found in {document['seconds']} s,"
        f" {document['steps']} steps on {document['workers']} workers."
    )
    run.folder.write("report.html", PAGE.format(summary=summary, rows=rows, proofs=proofs))
