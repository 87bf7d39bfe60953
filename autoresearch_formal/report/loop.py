"""``report.html`` of an expert-iteration loop, and its figures as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autoresearch_formal.loop.compare import Comparison, HeldOutOutcome, comparison, score
from autoresearch_formal.report.audit import audit
from autoresearch_formal.report.figures import histogram, lines
from autoresearch_formal.report.page import render
from autoresearch_formal.report.run import Proof, proofs
from autoresearch_formal.search.runs.record import RunRecord, TargetRecord, read_run
from autoresearch_formal.train.folders import PHASES, LoopFolder, RoundFolder, write_whole


def read(path: Path) -> Any:
    """A JSON document of the loop."""
    return json.loads(path.read_text(encoding="utf-8"))


def outcomes(folder: LoopFolder, number: int) -> list[HeldOutOutcome]:
    """What the evaluation of a round measured; nothing if the round had no candidate."""
    place = folder.round(number).sealed("evaluation")
    return [HeldOutOutcome(**o) for o in read(place / "outcomes.json")["outcomes"]]


def rounds(folder: LoopFolder) -> list[dict[str, Any]]:
    """The figures of every round that has got to its decision."""
    found = []
    for round_ in folder.rounds():
        if not round_.done("decision"):
            continue
        decision = read(round_.sealed("decision") / "decision.json")
        measured = outcomes(folder, round_.number)
        row: dict[str, Any] = {
            "round": round_.number,
            "promoted": decision["promoted"],
            "why": decision["why"],
            "policy": decision["policy"],
            "origin": decision["origin"],
            "shared": shared(round_),
            "score": asdict(score(measured)) if measured else None,
            "seeds": len(measured),
            "tries": sum(o.tries for o in measured),
            "heartbeats": sum(o.heartbeats for o in measured),
            "solved": sorted({t for o in measured for t, yes in o.solved.items() if yes}),
        }
        if round_.number:
            row |= trained(round_)
        found.append(row)
    return found


def shared(round_: RoundFolder) -> dict[str, str]:
    """Phases of a round that were copied from another loop, and from where."""
    done = {p: round_.manifest(p).get("shared with") for p in PHASES if round_.done(p)}
    return {phase: label for phase, label in done.items() if label}


def trained(round_: RoundFolder) -> dict[str, Any]:
    """What a round searched and learned from."""
    figures = read(round_.sealed("dataset") / "figures.json")
    candidate = read(round_.sealed("policy") / "candidate.json")
    results = read(round_.sealed("search") / "results.json")
    statements = round_.sealed("search") / "statements.json"
    read_back = read(statements) if statements.is_file() else {}
    return {
        "statements": {name: len(found) for name, found in read_back.items()},
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
    last = table[-1] if table else None
    against = None
    if last is not None:
        against = comparison(outcomes(folder, 0), outcomes(folder, last["origin"]))
    return {
        "folder": str(folder.path),
        "complete": len(table) == folder.settings.rounds + 1,
        "rounds": table,
        "policy": last["policy"] if last else folder.settings.policy,
        "first": table[0]["score"] if table else None,
        "best": table[last["origin"]]["score"] if last else None,
        "best_against_first": asdict(against) if against else None,
        "verdict": verdict(against, bool(last and last["origin"])),
    }


def verdict(against: Comparison | None, promoted: bool) -> str:
    """What the comparison with the start shows, in a sentence or two."""
    if against is None:
        return "Nothing has been measured yet."
    if not promoted:
        return "No candidate was promoted: the best policy is the one that the loop began with."
    if against.overlap_over_seeds is None:
        seeds = "With one seed there is no interval over seeds."
    elif against.overlap_over_seeds:
        seeds = "The 95 % intervals over seeds of the first and the best policy overlap."
    else:
        seeds = "The 95 % intervals over seeds of the first and the best policy do not overlap."
    if against.seeds_alike and against.overlap_over_seeds is not None:
        seeds += " Seeds made no difference to either, so these intervals have no width."
    both = "overlap" if against.overlap_over_seeds_and_targets else "do not overlap"
    more = (
        "The best policy solves more held-out targets than the first."
        if against.more
        else ("The best policy solves no more held-out targets than the first.")
    )
    pairs = against.paired
    tries = ""
    if pairs.ratio is not None:
        tries = (
            f" Where both solve a target with the same seed (n = {pairs.pairs}) it needs"
            f" {pairs.ratio:.2f} times the tries ({pairs.best} against {pairs.first};"
            f" fewer on {pairs.fewer}, more on {pairs.more})."
        )
    return f"{more} {seeds} Those over seeds and targets {both}.{tries}"


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
            "verified held-out targets a seed (95 %: seeds and targets)",
            {"candidate": [s["over_seeds_and_targets"] if s else None for s in scores]},
        ),
        "tries": lines({"candidate": pick("tries")}, "tries a seed in the evaluation"),
        "kl": lines({"KL to the policy before": metric("kl")}, "KL to the policy before, nats"),
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
