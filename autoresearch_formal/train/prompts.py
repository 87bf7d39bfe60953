"""Training files: examples and pairs as prompts and answers in the neural policy's format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action
from autoresearch_formal.data.dataset import Example, Row, action_of, situation_of, write_training
from autoresearch_formal.data.preference import pairs
from autoresearch_formal.data.rows import Row as TrainingRow
from autoresearch_formal.data.rows import check
from autoresearch_formal.mask import Mask
from autoresearch_formal.symbolic.ingredients import is_proof


def training_row(example: Example) -> dict[str, Any]:
    """One line of a training file."""
    row = example.row
    return {
        "prompt": prompts.prompt(situation_of(row)),
        "answer": prompts.answer(action_of(row)),
        "weight": example.weight,
        "kind": row["kind"],
        "fingerprint": row["fingerprint"],
        "source": f"{row['run']}:{row['row']}",
        "target": row["target"],
    }


def fit_for_training(found: Iterable[dict[str, Any]], mask: Mask) -> list[dict[str, Any]]:
    """Lines that a trainer accepts: readable by the prompt format, and free of leaks."""

    def fits(row: dict[str, Any]) -> bool:
        line = TrainingRow(row["prompt"], row["answer"], row["weight"], row["kind"])
        return check(line, mask) is None

    return [row for row in found if fits(row)]


def write_training_file(path: Path, examples: Sequence[Example], mask: Mask) -> int:
    """Write weighted prompts and answers; how many."""
    return write_training(path, fit_for_training(map(training_row, examples), mask))


def rating_rows(rows: Sequence[Row], count: int, mask: Mask) -> list[dict[str, Any]]:
    """What Lean said to guesses, as questions with answers: at most ``count``, the latest first.

    The label is the kernel's own word on one step, so it needs no judge; weights of preference
    resetting, which are for steps of judged proofs, do not apply.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda r: (-(r["round"] or 0), r["row"])):
        action = action_of(row)
        if row["kind"] != "tactic" or row["outcome"] == "duplicate" or is_proof(action.ingredients):
            continue  # what other steps did has no say
        key = (row["fingerprint"], row["action"])
        if key in found:
            continue
        found[key] = {
            "prompt": prompts.question(prompts.prompt(situation_of(row)), action),
            "answer": prompts.YES if row["outcome"] in ("proved", "progress") else prompts.NO,
            "weight": 1.0,
            "kind": "rating",
            "fingerprint": row["fingerprint"],
            "source": f"{row['run']}:{row['row']}",
            "target": row["target"],
        }
        if len(found) == 2 * count:  # some will not be fit
            break
    return fit_for_training(found.values(), mask)[:count]


def preference_rows(
    examples: Sequence[Example], rows: Sequence[Row], mask: Mask
) -> list[dict[str, Any]]:
    """Pairs as lines: ``answer`` is the chosen one, ``rejected`` the other."""
    found = [
        training_row(Example(pair.row, pair.weight, 0.0, 0.0))
        | {"rejected": prompts.answer(Action("tactic", pair.rejected))}
        for pair in pairs(examples, rows)
    ]
    return fit_for_training(found, mask)


def write_pairs(path: Path, examples: Sequence[Example], rows: Sequence[Row], mask: Mask) -> int:
    """Write `preference_rows`; how many."""
    return write_training(path, preference_rows(examples, rows, mask), extra=("rejected",))
