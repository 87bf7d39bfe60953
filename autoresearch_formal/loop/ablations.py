"""The tables of loops, ablations and sweeps, kept up to date between markers of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.loop.arms import ABLATE, FULL, SWEEP, Arm
from autoresearch_formal.loop.blocks import put

BLOCKS = {ABLATE: "autoresearch loop --ablate", SWEEP: "autoresearch loop --sweep"}
"""Names of the markers, by table."""
ROUNDS = "autoresearch loop"
"""Name of the markers of a single loop's table."""


def span(interval: Sequence[float] | None) -> str:
    """An interval in words; a dash where there is none."""
    return f"{interval[0]:.2f} to {interval[1]:.2f}" if interval else "–"


def rows(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The table as Markdown: first and last policy of each arm at the same budget, and all
    candidates in between, since arms whose candidates were refused end with the same policy.
    """
    lines = [
        "| loop | rounds | at the start | candidates by round: verified (tries) a seed"
        " | best policy | 95 % over seeds"
        " | 95 % over seeds and targets | tries a seed | tries on what both solve | promotions |",
        "|---|---|---|---|---|---|---|---|---|---|",
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
            f" ({span(first['over_seeds'])}) | {candidates(result)}"
            f" | {best['mean']:.2f} | {span(best['over_seeds'])}"
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


def candidates(result: Mapping[str, Any]) -> str:
    """What the candidate of each round did, promoted or not."""
    scores = [r["score"] for r in result["rounds"][1:]]
    return ", ".join(f"{s['mean']:.2f} ({s['tries']:.0f})" if s else "–" for s in scores) or "–"


def round_cells(row: Mapping[str, Any]) -> list[str]:
    """A round, whether its candidate was promoted, its score with both intervals, and its tries."""
    s = row["score"]
    score = ["", "", ""]
    if s:
        verified = f"{s['mean']:.2f} of {s['total']}"
        score = [verified, span(s["over_seeds"]), span(s["over_seeds_and_targets"])]
    promoted = "promoted" if row["promoted"] else "not promoted"
    return [str(row["round"]), promoted, *score, str(row["tries"])]


def round_rows(result: Mapping[str, Any]) -> str:
    """The table of one loop as Markdown: its rounds, and what they come to."""
    lines = [
        "| round | candidate | verified a seed | 95 % over seeds | 95 % over seeds and targets"
        " | tries, all seeds | KL to the policy before | why |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in result["rounds"]:
        kl = row.get("metrics", {}).get("kl")
        cells = [*round_cells(row), "–" if kl is None else f"{kl:.2f}", row["why"]]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", result["verdict"]])


def copies(result: Mapping[str, Any]) -> str:
    """Which phases a loop copied from another."""
    shared = [(r["round"], ", ".join(r["shared"])) for r in result["rounds"] if r.get("shared")]
    return "; ".join(f"round {number} ({phases})" for number, phases in shared)


def update_tables(
    results: Mapping[str, Mapping[str, Any]], arms: Sequence[Arm], path: Path
) -> None:
    """Put the tables that these arms are in into a page; without arms, the one loop's.

    Raises `UsageFault`.
    """
    if not arms:
        (only,) = results.values()
        put(path, ROUNDS, round_rows(only))
    for table, block in BLOCKS.items():
        mine = [arm for arm in arms if table in arm.tables and arm.name in results]
        if mine:
            put(path, block, rows({label(arm, mine): results[arm.name] for arm in mine}))


def label(arm: Arm, others: Sequence[Arm]) -> str:
    """The first column: among a sweep's values, ``full`` is named with its own."""
    swept = dict.fromkeys(a.name.partition(" = ")[0] for a in others if " = " in a.name)
    if arm.name != FULL or not swept:
        return arm.name
    return f"{arm.name} ({', '.join(f'{n} = {getattr(arm.settings, n):g}' for n in swept)})"
