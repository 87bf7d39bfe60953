"""Direct preference optimisation (R. Rafailov et al., arXiv:2305.18290) with TRL's trainer."""

from __future__ import annotations

import importlib
import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.actions.prompt import END
from autoresearch_formal.data.tokenizer import missing

BETA = 0.1
RATE = 1e-4
"""A third of what supervised training goes on with (``sft``). The 5e-6 that is usual for large
language models changes nothing that can be measured in one of two million parameters."""
BATCH = 8
EPOCHS = 4
"""Epochs over the pairs and their repetitions, at most. A small search has few pairs (successes at
whose goal something else was refused), and a hundred steps would only learn them by heart."""


def trl_module() -> Any:
    """TRL. Raises `MissingTool`."""
    try:
        return importlib.import_module("trl")
    except ImportError:
        raise missing("trl") from None


def dataset(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    """A `datasets.Dataset` of these columns. Raises `MissingTool`."""
    try:
        made = importlib.import_module("datasets").Dataset
    except ImportError:
        raise missing("datasets") from None
    return made.from_list([{c: row[c] for c in columns} for row in rows])


def repeated(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Pairs as TRL wants them; one of more weight comes more often, at most four times.

    TRL's loss has no weight a pair, so weights are rounded to repetitions.
    """
    found = []
    for row in rows:
        line = {
            "prompt": row["prompt"],
            "chosen": row["answer"] + END,
            "rejected": row["rejected"] + END,
        }
        found += [line] * max(1, min(4, round(row["weight"])))
    return found


def steps_for(pairs: int, most: int) -> int:
    """Optimiser steps for so many pairs: about ``EPOCHS`` times each, ``most`` steps in all."""
    return min(most, math.ceil(EPOCHS * pairs / BATCH))


def train_dpo(
    rows: Sequence[Mapping[str, Any]], model: Path, out: Path, most: int, seed: int
) -> None:
    """Train on pairs for ``most`` steps or less, from ``model`` on and staying near it.

    Raises `MissingTool`.
    """
    trl = trl_module()
    from autoresearch_formal.train.trainer import arguments, run

    transformers = importlib.import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(model)
    policy = transformers.AutoModelForCausalLM.from_pretrained(
        model, dtype=importlib.import_module("torch").float32
    )
    data = dataset(repeated(rows), ("prompt", "chosen", "rejected"))
    with tempfile.TemporaryDirectory(prefix="autoresearch-dpo-") as scratch:
        config = trl.DPOConfig(
            **arguments(
                scratch,
                beta=BETA,
                learning_rate=RATE,
                per_device_train_batch_size=BATCH,
                max_steps=steps_for(len(data), most),
                max_length=int(policy.config.max_position_embeddings),
                gradient_checkpointing=False,
                seed=seed,
            ),
        )
        trainer = trl.DPOTrainer(
            policy, args=config, train_dataset=data, processing_class=tokenizer
        )
        run(trainer, "preferences")
        trainer.model.save_pretrained(out)
    tokenizer.save_pretrained(out)
