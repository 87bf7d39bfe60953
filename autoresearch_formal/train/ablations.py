"""The table of ablations, written between markers so that a document can be kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.train.folders import write_whole

BEGIN = "<!-- loop ablations: begin (written by `autoresearch loop --ablate --table`) -->"
END = "<!-- loop ablations: end -->"


def rows(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The table as Markdown: first and last policy of each arm at the same budget."""
    lines = [
        "| loop | rounds | at the start | best policy | 95 % interval | tries | promotions |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, result in results.items():
        first, best = result["first"], result["best"]
        if not first or not best:
            continue
        promoted = sum(r["promoted"] for r in result["rounds"]) - 1
        lines.append(
            f"| {name} | {len(result['rounds']) - 1} | {first['mean']:.2f} of {first['total']}"
            f" | {best['mean']:.2f} | {best['low']:.2f} to {best['high']:.2f}"
            f" | {best['tries']:.0f} | {promoted} |"
        )
    return "\n".join(lines)


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
