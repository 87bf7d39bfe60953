"""``report.html`` of a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autoresearch_formal.data.dataset import Example, examples
from autoresearch_formal.data.diversity import diversity
from autoresearch_formal.data.trajectories import rows
from autoresearch_formal.data.weights import Resetting
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.policy.choose import warning
from autoresearch_formal.report.audit import InventionAudit, audit
from autoresearch_formal.report.figures import bars, histogram
from autoresearch_formal.report.graphs import draw, proof_graph, uses_graph
from autoresearch_formal.report.page import render
from autoresearch_formal.report.story import Moment, story
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.record import RunRecord, TargetRecord, read_run
from autoresearch_formal.targets import LEVELS, Target, load


@dataclass(frozen=True)
class Proof:
    """What the page shows of one proved target."""

    record: TargetRecord
    target: Target | None
    moments: list[Moment]
    drawing: Markup
    uses: Markup


def known_targets() -> dict[str, Target]:
    """Metadata by target id; {} where the table can't be read."""
    try:
        return {t.id: t for t in load()}
    except UsageFault:
        return {}


def proofs(record: RunRecord) -> list[Proof]:
    """Proved targets in the order in which they were asked for."""
    known = known_targets()
    found = []
    for target in record.targets:
        if target.proved:
            drawing = draw(proof_graph(target), f"proof of {target.label}")
            uses = draw(uses_graph(target), f"what {target.label} uses")
            found.append(Proof(target, known.get(target.label), story(target), drawing, uses))
    return found


def level_bars(record: RunRecord) -> Markup:
    """Verified, found and open targets by level."""
    table: dict[Any, Counter[str]] = defaultdict(Counter)
    for target in record.targets:
        level = target.result.get("level")
        kind = "verified" if target.verified else "found" if target.proved else "open"
        table[level][kind] += 1
    levels = sorted(table, key=lambda v: (v is None, v or 0))
    named = {
        f"{v} {LEVELS.get(v, '')}" if v is not None else "own files": [
            (kind, table[v][kind]) for kind in ("verified", "found", "open")
        ]
        for v in levels
    }
    return bars(named, "targets by level")


def learning(found: Sequence[Example]) -> dict[str, Markup]:
    """Rarity, value and weights of the positives."""
    return {
        "rarity": histogram([e.rarity for e in found], "rarity", "rarity"),
        "value": histogram([e.value for e in found], "value", "value"),
        "weight": histogram([e.weight for e in found], "training weight", "weight"),
    }


def shown_settings(record: RunRecord) -> dict[str, str]:
    """What a reader needs to repeat the run."""
    asked, resolved = record.asked, record.resolved
    shown = {
        "policy": asked.get("policy", ""),
        "cutoff": asked.get("cutoff", ""),
        "seed": asked.get("seed", ""),
        "workers": asked.get("workers", ""),
        "without": ", ".join(asked.get("without", ())),
        "Lean": f"{resolved.get('lean', '')} ({resolved.get('toolchain', '')})",
        "mask": str(resolved.get("mask", "")).removeprefix("sha256:")[:16],
        "version": resolved.get("version", ""),
        **shown_policy(record.metadata.get("policy", {})),
    }
    return {name: str(value) for name, value in shown.items() if str(value)}


def shown_policy(policy: Mapping[str, Any]) -> dict[str, str]:
    """Model, format and provenance of a run's policy, if it has a model."""
    if "model" not in policy:
        return {}
    origin = policy.get("provenance", {})
    return {
        "model": str(policy["model"]),
        "format": str(policy.get("format", "")),
        "provenance": f"{origin.get('words', '')} ({origin.get('why', '')})",
        "training data": ", ".join(str(h)[:12] for h in origin.get("data", ())),
    }


def unclean(policy: Mapping[str, Any]) -> str:
    """What the provenance says if it is not clean, "" if it is or is not recorded."""
    origin = policy.get("provenance", {})
    return "" if origin.get("clean", True) else str(origin.get("words", "not clean"))


def summary(record: RunRecord, audits: Sequence[InventionAudit]) -> Mapping[str, Any]:
    """The figures at the top of the page."""
    results = [t.result for t in record.targets]
    return {
        "targets": len(record.targets),
        "found": sum(t.proved for t in record.targets),
        "verified": sum(t.verified for t in record.targets),
        "unjudged": sum(t.status == "found" for t in record.targets),
        "unwritten": sum(int(r.get("unwritten", 0)) for r in results),
        "steps": sum(int(r.get("steps", 0)) for r in results),
        "seconds": float(record.summary.get("seconds", 0.0)),
        "inventions": sum(a.kept for a in audits),
        "stopped": record.summary.get("stopped", ""),
        "readable": record.summary.get("policy", {}).get("readable"),
        "answers": record.summary.get("policy", {}).get("answers", 0),
        "warning": warning(record.summary.get("policy", {}).get("readable")),
        "unclean": unclean(record.metadata.get("policy", {})),
    }


def moves(record: RunRecord) -> list[tuple[str, Counter[str]]]:
    """Tries, successes and cost of each kind of move in the whole run, the dearest first."""
    total: dict[str, Counter[str]] = {}
    for target in record.targets:
        for kind, spent in target.result.get("moves", {}).items():
            total.setdefault(kind, Counter()).update(spent)
    return sorted(total.items(), key=lambda item: (-item[1]["heartbeats"], item[0]))


def waiting(record: RunRecord) -> list[tuple[str, list[str]]]:
    """The best open sub-goals of the targets that have no proof."""
    found = [(t.label, list(t.result.get("open_goals", ()))) for t in record.targets]
    return [(label, goals) for label, goals in found if goals]


def page(folder: Path) -> str:
    """The page of a run folder as text. Raises `UsageFault` if there is no run."""
    record = read_run(folder)
    table = list(rows(record))
    audits = audit(record.targets)
    lengths = [len(t.path.edges) for t in record.targets if t.proved]
    tries = [float(t.result["steps"]) for t in record.targets if t.proved and t.result.get("steps")]
    return render(
        "run.html",
        title=f"Run {folder.resolve().name}",
        summary=summary(record, audits),
        settings=shown_settings(record),
        levels=level_bars(record),
        targets=record.targets,
        lengths=histogram([float(n) for n in lengths], "steps of a proof", "steps"),
        tries=histogram(tries, "tries until a proof", "tries"),
        outcomes=Counter(r["outcome"] for r in table).most_common(),
        moves=moves(record),
        waiting=waiting(record),
        diversity=diversity(table),
        learning=learning(examples(table, Resetting())),
        audits=audits,
        proofs=proofs(record),
    )


def write_page(folder: Path) -> Path:
    """Write ``report.html`` into a run folder."""
    return RunFolder(folder).write("report.html", page(folder))
