"""Training rows: their file format, and what every row must pass before a model sees it.

A file is Parquet with ``prompt``, ``answer``, ``weight``, ``kind``, ``fingerprint``, ``source``
and ``target``. A prompt must be one of `policy.prompt`, an answer must be readable by it, and
neither may show anything from behind the mask. Rows of kind ``rating`` are questions
(`policy.prompt.question`) about a try, with what Lean said to it as the answer.
"""

from __future__ import annotations

import hashlib
import importlib
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.console import progress
from autoresearch_formal.data.tokenizer import missing
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Mask
from autoresearch_formal.mask.scan import scan

KINDS = ("tactic", "lemma", "definition", "rating")
COLUMNS = ("prompt", "answer", "weight", "kind", "fingerprint", "source", "target")
HELD_OUT = 20
"""One goal in so many is kept for evaluation."""


class Row(msgspec.Struct, frozen=True):
    """One training example."""

    prompt: str
    answer: str
    weight: float = 1.0
    """How much the row counts in the loss; 0 leaves it out."""
    kind: str = "tactic"
    fingerprint: str = ""
    """Of the goal, as in ``docs/gym.md``; rows of one goal are never split between sets."""
    source: str = ""
    """Where it comes from, such as ``synth.rewrite``."""
    target: str | None = None
    """The target whose search it comes from, if any."""


def arrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet module. Raises `MissingTool`."""
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise missing("pyarrow") from None


def schema() -> Any:
    """The Arrow schema of a training file."""
    pa, _ = arrow()
    text = pa.string()
    fields = [(name, text) for name in COLUMNS if name != "weight"]
    fields.insert(2, ("weight", pa.float64()))
    return pa.schema(fields)


def write_rows(rows: Iterable[Row], path: Path) -> int:
    """Write a training file (atomically); the number of rows."""
    pa, parquet = arrow()
    table = pa.Table.from_pylist([msgspec.structs.asdict(r) for r in rows], schema=schema())
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    parquet.write_table(table, partial)
    partial.replace(path)
    return int(table.num_rows)


def read_rows(paths: Sequence[Path]) -> Iterator[tuple[Path, int, Row]]:
    """Rows with file and number (from 1). Raises `UsageFault` for a file or row of wrong shape."""
    _, parquet = arrow()
    for path in paths:
        try:
            table = parquet.read_table(path)
        except (OSError, ValueError) as fault:
            said = str(fault).splitlines()[0] if str(fault) else "unreadable"
            raise UsageFault(f"{path}: not a Parquet file: {said}") from None
        absent = [c for c in ("prompt", "answer") if c not in table.column_names]
        if absent:
            raise UsageFault(f"{path}: no column {absent[0]!r}; docs/policy.md has the format")
        table = table.select([c for c in COLUMNS if c in table.column_names])
        for number, row in enumerate(table.to_pylist(), 1):
            given = {k: v for k, v in row.items() if v is not None}
            try:
                yield path, number, msgspec.convert(given, Row)
            except msgspec.ValidationError as fault:
                raise UsageFault(f"{path}, row {number}: {fault}") from None


def check(row: Row, mask: Mask) -> str | None:
    """Why a row may not be trained on, or None."""
    if row.kind not in KINDS:
        return f"kind {row.kind!r} is none of {', '.join(KINDS)}"
    if not (math.isfinite(row.weight) and row.weight >= 0):
        return f"weight {row.weight} is not a number from 0 on"
    try:
        (prompts.read_question if row.kind == "rating" else prompts.read)(row.prompt)
    except prompts.Malformed:
        return f"the prompt is not one of version {prompts.VERSION} (docs/policy.md)"
    if row.kind == "rating":
        if row.answer not in (prompts.YES, prompts.NO):
            return f"a rating is {prompts.YES} or {prompts.NO}, not {row.answer[:20]!r}"
    else:
        try:
            action = prompts.parse(row.answer)
        except prompts.Malformed as fault:
            return f"the answer is malformed: {fault}"
        if action.kind != row.kind:
            return f"kind is {row.kind!r}, but the answer is a {action.kind}"
    for part, text in (("prompt", row.prompt), ("answer", row.answer)):
        leaks = scan(text, mask)
        if leaks:
            return f"{part} {leaks[0]}"
    return None


def load(paths: Sequence[Path], mask: Mask) -> list[Row]:
    """All rows with a positive weight. Raises `UsageFault` naming the first that is refused."""
    if not paths:
        raise UsageFault("no training data; give --data FILE.parquet")
    accepted: list[Row] = []
    bad: list[str] = []
    with progress() as bar:
        task = bar.add_task("checking rows", total=None)
        for path, number, row in read_rows(paths):
            reason = check(row, mask)
            if reason is not None:
                bad.append(f"{path}, row {number}: {reason}")
            elif row.weight > 0:
                accepted.append(row)
            bar.advance(task)
    if bad:
        more = f" (and {len(bad) - 1} more rows)" if len(bad) > 1 else ""
        raise UsageFault(f"{bad[0]}{more}; nothing was trained")
    if not accepted:
        raise UsageFault(f"{paths[0]}: no row with a positive weight")
    return accepted


def split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Rows to train on, and rows held out; by the goal, and the same in every run."""
    parts: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        key = row.fingerprint or row.prompt
        digest = hashlib.sha256(key.encode()).digest()
        parts[int.from_bytes(digest[:4], "big") % HELD_OUT == 0].append(row)
    return parts if parts[0] else (parts[1], [])
