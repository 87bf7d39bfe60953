"""The table of ablations, written between markers so that a document can be kept up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.train.folders import write_whole

BEGIN = "<!-- loop ablations: begin (written by `autoresearch loop --ablate --table`) -->"
END = "<!-- loop ablations: end -->"


def span(interval: Sequence[float] | None) -> str:
    """An interval in words; a dash where there is none."""
    return f"{interval[0]:.2f} to {interval[1]:.2f}" if interval else "–"


def rows(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The table as Markdown: first and last policy of each arm at the same budget."""
    lines = [
        "| loop | rounds | at the start | best policy | 95 % over seeds"
        " | 95 % over seeds and targets | tries a seed | tries on what both solve | promotions |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, result in results.items():
        first, best = result["first"], result["best"]
        if not first or not best:
            continue
        promoted = sum(r["promoted"] for r in result["rounds"]) - 1
        pairs = result["best_against_first"]["paired"]
        ratio = "–" if pairs["ratio"] is None else f"{pairs['ratio']:.2f} × (n = {pairs['pairs']})"
        lines.append(
            f"| {name} | {len(result['rounds']) - 1} | {first['mean']:.2f} of {first['total']}"
            f" ({span(first['over_seeds'])}) | {best['mean']:.2f} | {span(best['over_seeds'])}"
            f" | {span(best['over_seeds_and_targets'])} | {best['tries']:.0f} | {ratio}"
            f" | {promoted} |"
        )
    copied = [f"{name}: {text}" for name, r in results.items() if (text := copies(r))]
    if copied:
        lines += [
            "",
            "Phases with the same inputs were done once and copied (their figures are one draw, not"
            f" several): {' · '.join(copied)}.",
        ]
    return "\n".join(lines)


def copies(result: Mapping[str, Any]) -> str:
    """Which phases a loop copied from another."""
    shared = [(r["round"], ", ".join(r["shared"])) for r in result["rounds"] if r.get("shared")]
    return "; ".join(f"round {number} ({phases})" for number, phases in shared)


def update_table(results: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Put the table into a file: between its markers, or at its end. Raises `UsageFault`."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        block = f"{BEGIN}\n{rows(results)}\n{END}"
        if BEGIN in text and END in text:
            before, _, rest = text.partition(BEGIN)
            after = rest.partition(END)[2]
            write_whole(path, f"{before}{block}{after}")
        else:
            write_whole(path, f"{text.rstrip()}\n\n{block}\n".lstrip())
    except OSError as fault:
        raise UsageFault(f"{path}: can't be written ({fault.strerror})") from None
