"""Supervised training of a policy on rows, from random weights or from an earlier model.

The loss is the negative log-probability of the answers, each row times its weight; the prompt
counts a tenth, which teaches a small model what goals look like. Transformers' trainer
(`trainer`) minimises it with AdamW (I. Loshchilov, F. Hutter, arXiv:1711.05101, algorithm 2),
linear warm-up and cosine decay. On a GPU the same code runs in bfloat16, compiled; ``micro`` rows
at a time are accumulated to a batch, so that the result depends on the batch and not on the memory.
"""

from __future__ import annotations

import datetime
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal import __version__
from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.data.rows import Row, load, split
from autoresearch_formal.data.tokenizer import (
    load_tokenizer,
    missing,
    save_tokenizer,
    sources,
    train_tokenizer,
)
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.mask import DEFAULT_CUTOFF, Mask
from autoresearch_formal.mask.scan import scan
from autoresearch_formal.train import checkpoint
from autoresearch_formal.train.folders import digest
from autoresearch_formal.train.model import SIZES, build_model
from autoresearch_formal.train.plot import plot_losses


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What is trained on what, and for how long."""

    data: tuple[Path, ...]
    out: Path
    size: str = "nano"
    init: Path | None = None
    """A model folder to start from; it decides tokenizer and shape."""
    epochs: float = 3.0
    steps: int | None = None
    """Optimiser steps; instead of epochs."""
    batch: int = 32
    """Rows a step."""
    micro: int = 32
    """Rows at a time; a divisor of the work, not of the result."""
    rate: float | None = None
    seed: int = 0
    cutoff: int = DEFAULT_CUTOFF
    device: str = "auto"
    checkpoint_every: int = 200
    evaluate_every: int = 100
    resume: bool = False


def torch_module() -> Any:
    """torch. Raises `MissingTool`."""
    try:
        import torch
    except ImportError:
        raise missing("torch") from None
    return torch


def choose_device(asked: str) -> str:
    """``cuda`` if there is one and it was not refused. Raises `UsageFault`."""
    torch = torch_module()
    if asked == "cuda" and not torch.cuda.is_available():
        raise UsageFault("--device cuda: torch sees no GPU here; use --device auto")
    return "cuda" if asked != "cpu" and torch.cuda.is_available() else "cpu"


def prepare(options: TrainOptions, rows: Sequence[Row], mask: Mask) -> tuple[Any, Any]:
    """Tokenizer and fresh or given model; both are in ``out`` afterwards, if the run resumes."""
    torch = torch_module()
    torch.manual_seed(options.seed)
    if options.init is not None:
        from transformers import AutoModelForCausalLM

        if not (options.init / "config.json").is_file():
            raise UsageFault(f"--init {options.init}: no model there (no config.json)")
        tokenizer = load_tokenizer(options.init)
        model = AutoModelForCausalLM.from_pretrained(options.init, dtype=torch.float32)
        tokenizer.save_pretrained(options.out)
        return tokenizer, model
    size = SIZES[options.size]
    corpus = foundation(mask) + [r.prompt + r.answer for r in rows]
    try:
        save_tokenizer(train_tokenizer(corpus, size.vocabulary), options.out, size.context)
    except ValueError as fault:
        raise UsageFault(str(fault)) from None
    tokenizer = load_tokenizer(options.out)
    return tokenizer, build_model(size, tokenizer)


_read: dict[str, list[str]] = {}


def foundation(mask: Mask) -> list[str]:
    """The visible library's texts, scanned once a process.

    Raises `UsageFault` if one leaks, which the library's own tests forbid.
    """
    if mask.hash not in _read:
        found = []
        for name, text in sources(project_root()):
            leaks = scan(text, mask)
            if leaks:
                raise UsageFault(f"{name}:{leaks[0]}; the tokenizer may not be trained on it")
            found.append(text)
        _read[mask.hash] = found
    return _read[mask.hash]


def fit(
    options: TrainOptions,
    identity: dict[str, Any],
    model: Any,
    rows: Sequence[Any],
    pad: int,
    start: Path | None,
) -> Any:
    """Train a model in place, from a checkpoint on if there is one; the trainer that did it."""
    from autoresearch_formal.train.trainer import run, weighted

    device = choose_device(options.device)
    if device == "cuda":
        torch_module().set_float32_matmul_precision("high")
    trainer = weighted(
        model,
        rows,
        pad,
        options.batch,
        options.micro,
        folder=options.out / checkpoint.NAME,
        seed=options.seed,
        max_steps=identity["steps"],
        learning_rate=identity["rate"],
        eval_steps=options.evaluate_every,
        save_steps=options.checkpoint_every,
        use_cpu=device == "cpu",
        bf16=device == "cuda",
        torch_compile=device == "cuda",
    )
    run(trainer, "training", start)
    return trainer


def train(options: TrainOptions) -> dict[str, Any]:
    """Train and write a model folder; what is returned is also its ``training.json``.

    Raises `UsageFault` for bad options or rows, `MissingTool` without the `train` extra.
    """
    torch = torch_module()
    from autoresearch_formal.train.trainer import encode

    if options.init is None and options.size not in SIZES:
        raise UsageFault(f"no size {options.size!r}; there are {', '.join(SIZES)}")
    device = choose_device(options.device)  # before anything is written
    options.out.mkdir(parents=True, exist_ok=True)
    if any(options.out.iterdir()) and not options.resume:
        raise UsageFault(f"{options.out} is not empty; give --resume or another --out")
    began = time.monotonic()
    mask = Mask.compute(options.cutoff)
    texts = load(options.data, mask)
    tokenizer, model = prepare(options, texts, mask)
    context = int(model.config.max_position_embeddings)
    rows = [[e for r in p if (e := encode(r, tokenizer, context))] for p in split(texts)]
    if not rows[0]:
        raise UsageFault(f"no row fits in the model's context of {context} tokens")
    epoch = math.ceil(len(rows[0]) / options.batch)
    identity: dict[str, Any] = {
        "data": {p.name: digest(p) for p in options.data},
        "steps": options.steps or math.ceil(options.epochs * epoch),
        "batch": options.batch,
        "seed": options.seed,
        "rate": options.rate or (SIZES[options.size].rate if options.init is None else 3e-4),
        "size": options.size if options.init is None else str(options.init),
    }
    start = checkpoint.begin(options.out, identity)
    trainer = fit(options, identity, model, rows, int(tokenizer.pad_token_id), start)
    document = {
        "version": __version__,
        "prompt_version": prompts.VERSION,
        "mask": mask.hash,
        "cutoff": options.cutoff,
        "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "torch": torch.__version__,
        "parameters": sum(p.numel() for p in model.parameters()),
        "rows": len(rows[0]),
        "held_out": len(rows[1]),
        "left_out": len(texts) - len(rows[0]) - len(rows[1]),
        "seconds": round(time.monotonic() - began, 1),
        "steps_done": trainer.state.global_step - checkpoint.step(start),
        "history": trainer.history,
        **identity,
    }
    finish(options.out, model, document)
    return document


def finish(out: Path, model: Any, document: dict[str, Any]) -> None:
    """Write the model in bfloat16, its plot and its papers; the checkpoint is no longer needed."""
    torch = torch_module()
    model.to("cpu").to(torch.bfloat16).save_pretrained(out)
    (out / "training.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    plot_losses(document["history"], out / "loss.png")
    checkpoint.remove(out)


__all__ = ["TrainOptions", "asdict", "train"]
