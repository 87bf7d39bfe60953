"""From trajectories to training rows. Pure, except for reading and writing the files.

Only steps of judged proofs become positives: `positive` in the trajectories says that the step
is on the minimal path of a proof whose certificate matches the file that was judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal.actions.base import Action, GoalView, NameView, Situation, TheoryView
from autoresearch_formal.data.trajectories import arrow, read_table, write_table
from autoresearch_formal.data.weights import (
    Counts,
    Effect,
    Resetting,
    Weighed,
    rarity,
    value,
    weights,
)

Row = Mapping[str, Any]
"""A row of trajectories.parquet as a dictionary."""

TRAINING_COLUMNS = {
    "prompt": "string",
    "answer": "string",
    "weight": "float64",
    "kind": "string",
    "fingerprint": "string",
    "source": "string",
    "target": "string",
}
"""Columns of a training file, as `autoresearch_formal.train.sft` reads it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A positive step with its weight and what the weight is made of."""

    row: Row
    weight: float
    value: float
    rarity: float


def read_rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Rows of several trajectories files or run folders, each row once.

    Raises `UsageFault` for anything that is neither.
    """
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        for row in read_table(path).to_pylist():
            found.setdefault(row["row"], row)
    return list(found.values())


def tactic_head(action: str) -> str:
    """The first word of a script."""
    words = action.split()
    return words[0].rstrip(";") if words else ""


def ingredients_of(row: Row) -> tuple[str, ...]:
    """What a step is made of: vocabulary, premises that its proof term uses, tactic head.

    Of the constants in the proof term only those count that were offered or invented; the rest
    is what automation left there.
    """
    offered = {n["name"] for n in row["names"] or ()} | {n["name"] for n in row["invented"] or ()}
    premises = [name for name in row["uses"] or () if name in offered]
    head = f"tactic:{tactic_head(row['action'])}" if row["kind"] == "tactic" else row["kind"]
    return tuple(dict.fromkeys([*(row["ingredients"] or ()), *premises, head]))


def trained_on(rows: Iterable[Row]) -> Counts:
    """Combinations of ingredients in the positives of earlier rounds."""
    return Counts().update(ingredients_of(row) for row in rows if row["positive"])


def effects(rows: Sequence[Row], shortest: Mapping[str, int]) -> list[Effect]:
    """The verified effect of every row; nothing for rows that are not positive.

    ``shortest`` gives the number of steps of the shortest proof of each target that was known
    before; a proof that is shorter than that saved something.
    """
    used_in: dict[str, Counter[str]] = defaultdict(Counter)
    statements: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row["positive"]:
            continue
        known = {n["name"]: n["type"] for n in row["invented"] or ()}
        for name in row["uses"] or ():
            if name in known:
                used_in[known[name]][row["target"]] += 1
        if row["kind"] != "tactic":
            statements[row["action"]].add(row["target"])
    found = []
    for row in rows:
        if not row["positive"]:
            found.append(Effect())
            continue
        steps = max(1, row["proof_steps"] or 1)
        before = shortest.get(row["target"], steps)
        saved = max(0, before - steps) / max(1, before)
        enabled = 0.0
        if row["kind"] != "tactic":
            uses = used_in[row["action"]]
            others = (set(uses) | statements[row["action"]]) - {row["target"]}
            enabled = float(len(others))
            here = uses[row["target"]]
            saved += max(0, here - 1) / max(1, here)
        found.append(Effect(1 / steps, enabled, saved))
    return found


def shortest_proofs(rows: Iterable[Row]) -> dict[str, int]:
    """Steps of the shortest verified proof of each target."""
    found: dict[str, int] = {}
    for row in rows:
        if row["positive"] and row["proof_steps"]:
            steps = int(row["proof_steps"])
            found[row["target"]] = min(steps, found.get(row["target"], steps))
    return found


def examples(
    rows: Sequence[Row],
    knobs: Resetting,
    counts: Counts | None = None,
    shortest: Mapping[str, int] | None = None,
    kinds: Iterable[str] = ("tactic", "lemma", "definition"),
) -> list[Example]:
    """The positives with their weights, each (goal, action) once, in the order of the rows.

    Where the same step is there several times, the one of greatest value stays.
    """
    counts = counts or Counts()
    wanted = set(kinds)
    done = effects(rows, shortest or {})
    best: dict[tuple[str, str, str], tuple[Row, float, float]] = {}
    for row, effect in zip(rows, done, strict=True):
        if not row["positive"] or row["kind"] not in wanted:
            continue
        key = (row["fingerprint"], row["kind"], row["action"])
        worth = value(effect, knobs)
        if key not in best or worth > best[key][1]:
            unusual = rarity(ingredients_of(row), counts, knobs.smoothing)
            best[key] = (row, worth, unusual)
    chosen = list(best.values())
    found = weights([Weighed(True, v, r) for _, v, r in chosen], knobs)
    return [Example(row, w, v, r) for (row, v, r), w in zip(chosen, found, strict=True) if w > 0]


def situation_of(row: Row) -> Situation:
    """The situation in which a row's action was tried, as far as prompts show it (no trees)."""
    text = row["situation"] or ""
    names = tuple(NameView(n["name"], n["kind"], n["type"]) for n in row["names"] or ())
    invented = tuple(NameView(n["name"], "theorem", n["type"]) for n in row["invented"] or ())
    return Situation(
        TheoryView(tuple(row["modules"] or ()), invented),
        (GoalView(text, text.rpartition("⊢")[2].strip(), fingerprint=row["fingerprint"]),),
        names,
        expansion=max(1, row["expansion"] or 1),
        path=tuple(row["path"] or ()),
        root=bool(row["root"]),
        seed=int(row["seed"] or 0),
    )


def action_of(row: Row) -> Action:
    """The action of a row."""
    return Action(row["kind"], row["action"], row["logprob"], tuple(row["ingredients"] or ()))


def write_training(path: Path, rows: Iterable[Mapping[str, Any]], extra: Sequence[str] = ()) -> int:
    """Write a training file; ``extra`` names further string columns. Returns the row count."""
    pa = arrow()
    columns = TRAINING_COLUMNS | {name: "string" for name in extra}
    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in columns.items()])
    table = pa.Table.from_pylist([{c: r.get(c) for c in columns} for r in rows], schema=schema)
    write_table(path, table)
    return int(table.num_rows)
