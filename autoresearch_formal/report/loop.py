"""``report.html`` of an expert-iteration loop, and its figures as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autoresearch_formal.report.audit import audit
from autoresearch_formal.report.figures import histogram, lines
from autoresearch_formal.report.page import render
from autoresearch_formal.report.run import Proof, proofs
from autoresearch_formal.search.record import RunRecord, TargetRecord, read_run
from autoresearch_formal.train.folders import LoopFolder, RoundFolder, write_whole


def read(path: Path) -> Any:
    """A JSON document of the loop."""
    return json.loads(path.read_text(encoding="utf-8"))


def rounds(folder: LoopFolder) -> list[dict[str, Any]]:
    """The figures of every round that has got to its decision."""
    found = []
    for round_ in folder.rounds():
        if not round_.done("decision"):
            continue
        decision = read(round_.sealed("decision") / "decision.json")
        measured = read(round_.sealed("evaluation") / "outcomes.json")
        row: dict[str, Any] = {
            "round": round_.number,
            "promoted": decision["promoted"],
            "why": decision["why"],
            "policy": decision["policy"],
            "score": decision["score"],
            "seeds": len(measured["outcomes"]),
            "tries": sum(o["tries"] for o in measured["outcomes"]),
            "heartbeats": sum(o["heartbeats"] for o in measured["outcomes"]),
            "solved": sorted(
                {t for o in measured["outcomes"] for t, yes in o["solved"].items() if yes}
            ),
        }
        if round_.number:
            row |= trained(round_)
        found.append(row)
    return found


def trained(round_: RoundFolder) -> dict[str, Any]:
    """What a round searched and learned from."""
    figures = read(round_.sealed("dataset") / "figures.json")
    candidate = read(round_.sealed("policy") / "candidate.json")
    results = read(round_.sealed("search") / "results.json")
    return {
        "figures": figures,
        "metrics": candidate["metrics"],
        "examples": candidate["examples"],
        "weights": read(round_.sealed("dataset") / "weights.json"),
        "searched": {
            name: [len(rows), sum(r["status"] == "verified" for r in rows)]
            for name, rows in results.items()
        },
    }


def document(folder: LoopFolder) -> dict[str, Any]:
    """The loop as one JSON document."""
    table = rounds(folder)
    for row in table:
        row.pop("weights", None)
    incumbent = table[-1] if table else None
    first = table[0]["score"] if table else None
    best = max(
        (r["score"] for r in table if r["promoted"] and r["score"]),
        key=lambda s: (s["mean"], -s["tries"]),
        default=None,
    )
    return {
        "folder": str(folder.path),
        "complete": len(table) == folder.settings.rounds + 1,
        "rounds": table,
        "policy": incumbent["policy"] if incumbent else folder.settings.policy,
        "first": first,
        "best": best,
        "intervals_apart": bool(first and best and best["low"] > first["high"]),
    }


def runs(folder: LoopFolder) -> list[RunRecord]:
    """Search runs whose folders are still there, in order."""
    found = []
    for round_ in folder.rounds():
        if round_.done("search"):
            for name in ("targets", "auxiliary"):
                if (round_.path / "search" / name / "run.toml").is_file():
                    found.append(read_run(round_.path / "search" / name))
    return found


def first_proofs(records: list[RunRecord]) -> list[Proof]:
    """Each target's first verified proof, in order of discovery."""
    found: dict[str, Proof] = {}
    for record in records:
        for proof in proofs(record):
            if proof.record.verified:
                found.setdefault(proof.record.label, proof)
    return list(found.values())


def charts(table: list[dict[str, Any]]) -> dict[str, Markup]:
    """The curves and distributions of a loop."""
    scores = [r["score"] for r in table]
    learned = [r for r in table if "figures" in r]
    weighed = [w for r in learned for w in r["weights"]]

    def metric(name: str) -> list[float | None]:
        return [r.get("metrics", {}).get(name) for r in table]

    def figure(name: str) -> list[float | None]:
        return [r.get("figures", {}).get(name) for r in table]

    def pick(name: str) -> list[float | None]:
        return [s[name] if s else None for s in scores]

    return {
        "solved": lines(
            {"candidate": pick("mean")},
            "verified held-out targets a seed, 95 % interval",
            {"candidate": [(s["low"], s["high"]) if s else None for s in scores]},
        ),
        "tries": lines({"candidate": pick("tries")}, "tries a seed in the evaluation"),
        "kl": lines({"KL to the policy before": metric("kl")}, "nats"),
        "entropy": lines(
            {"of the policy": metric("entropy"), "of ingredient combinations": figure("entropy")},
            "entropy, nats",
        ),
        "distinct": lines({"distinct actions": figure("distinct_actions")}, "distinct actions"),
        "rarity": histogram([w["rarity"] for w in weighed], "rarity", "rarity"),
        "value": histogram([w["value"] for w in weighed], "value", "value"),
        "weight": histogram([w["weight"] for w in weighed], "training weight", "weight"),
    }


def page(place: Path) -> str:
    """The page of a loop folder as text. Raises `UsageFault` if there is no loop."""
    folder = LoopFolder.open(place)
    table = rounds(folder)
    records = runs(folder)
    everything: list[TargetRecord] = [t for r in records for t in r.targets]
    summary = document(folder)
    lengths = [float(len(t.path.edges)) for t in everything if t.verified]
    return render(
        "loop.html",
        title=f"Loop {folder.path.name}",
        settings=folder.settings,
        table=table,
        charts=charts(table),
        summary=summary,
        audits=[a for a in audit(everything) if a.kept],
        proofs=first_proofs(records),
        lengths=histogram(lengths, "steps of a proof", "steps"),
    )


def write_page(place: Path) -> Path:
    """Write ``report.html`` and ``results.json`` into a loop folder."""
    folder = LoopFolder.open(place)
    write_whole(folder.path / "results.json", json.dumps(document(folder), indent=1) + "\n")
    write_whole(folder.path / "report.html", page(place))
    return folder.path / "report.html"
