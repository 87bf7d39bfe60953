"""Supervised training of a policy on rows, from random weights or from an earlier model.

The loss is the negative log-probability of the answers, each row times its weight; the prompt
counts a tenth, which teaches a small model what goals look like. AdamW (I. Loshchilov,
F. Hutter, arXiv:1711.05101, algorithm 2) with linear warm-up and cosine decay. On a GPU the same
code runs in bfloat16, compiled; ``micro`` rows at a time are accumulated to a batch, so that the
result depends on the batch and not on the memory.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal import __version__
from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.console import progress
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

PROMPT_WEIGHT = 0.1
"""What a token of a prompt counts, compared with one of an answer."""

WARMUP = 0.05
DECAY = 0.1
CLIP = 1.0


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


@dataclass(frozen=True, slots=True)
class TokenizedRow:
    """A row as tokens; ``start`` is where the answer begins."""

    tokens: tuple[int, ...]
    start: int
    weight: float
    lesson: float = PROMPT_WEIGHT
    """What a token of its prompt counts."""


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


def encode(row: Row, tokenizer: Any, context: int) -> TokenizedRow | None:
    """Tokens of a row; None if the answer does not fit in the context with its prompt."""
    head = tokenizer(row.prompt, verbose=False)["input_ids"]
    tail = tokenizer(row.answer + prompts.END)["input_ids"]
    if len(head) + len(tail) > context:
        return None
    # a question holds a try, most often one that Lean refused: nothing to learn to write
    lesson = 0.0 if row.kind == "rating" else PROMPT_WEIGHT
    return TokenizedRow((*head, *tail), len(head), row.weight, lesson)


def batches(
    examples: Sequence[TokenizedRow], size: int, seed: int, skip: int = 0
) -> Iterator[list[TokenizedRow]]:
    """Endless batches, every row once an epoch; the same from the same seed, from any step.

    Rows of similar length go together, in an order shuffled by batch.
    """
    per_epoch = math.ceil(len(examples) / size)
    epoch = skip // per_epoch
    skip %= per_epoch
    while True:
        chance = random.Random(f"{seed}:{epoch}")
        noisy = [(len(e.tokens) * (1 + 0.2 * chance.random()), i) for i, e in enumerate(examples)]
        order = [i for _, i in sorted(noisy)]
        starts = list(range(0, len(order), size))
        chance.shuffle(starts)
        for start in starts[skip:]:
            yield [examples[i] for i in order[start : start + size]]
        skip = 0
        epoch += 1


def tensors(part: Sequence[TokenizedRow], pad: int, device: str) -> tuple[Any, Any, Any, Any]:
    """Tokens, attention mask, and weights of next-token losses for all tokens and for answers."""
    torch = torch_module()
    width = max(len(e.tokens) for e in part)
    width = 32 * math.ceil(width / 32)  # few shapes, so that a compiled model is compiled once
    tokens = torch.full((len(part), width), pad, dtype=torch.long)
    real = torch.zeros((len(part), width), dtype=torch.long)
    weight = torch.zeros((len(part), width - 1))
    answer = torch.zeros((len(part), width - 1))
    for i, e in enumerate(part):
        tokens[i, : len(e.tokens)] = torch.tensor(e.tokens)
        real[i, : len(e.tokens)] = 1
        weight[i, : e.start - 1] = e.lesson * e.weight
        weight[i, e.start - 1 : len(e.tokens) - 1] = e.weight
        answer[i, e.start - 1 : len(e.tokens) - 1] = e.weight
    return tokens.to(device), real.to(device), weight.to(device), answer.to(device)


def losses(model: Any, tokens: Any, real: Any) -> tuple[Any, Any]:
    """Negative log-probability of every next token, and whether it was the likeliest."""
    torch = torch_module()
    logits = model(input_ids=tokens, attention_mask=real).logits[:, :-1].float()
    wanted = tokens[:, 1:]
    flat = torch.nn.functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), wanted.reshape(-1), reduction="none"
    )
    return flat.view(wanted.shape), logits.argmax(-1) == wanted


def evaluate(
    model: Any, examples: Sequence[TokenizedRow], micro: int, pad: int, device: str
) -> tuple[float, float]:
    """Weighted mean loss of answer tokens (nats), and the share of them that were the likeliest."""
    torch = torch_module()
    total = hits = count = 0.0
    model.eval()
    with torch.no_grad(), precision(device):
        ordered = sorted(examples, key=lambda e: len(e.tokens))
        for at in range(0, len(ordered), micro):
            tokens, real, _, answer = tensors(ordered[at : at + micro], pad, device)
            nll, right = losses(model, tokens, real)
            total += float((nll * answer).sum())
            hits += float((right * answer).sum())
            count += float(answer.sum())
    model.train()
    return total / max(count, 1e-9), hits / max(count, 1e-9)


def precision(device: str) -> Any:
    """bfloat16 on a GPU, float32 on a CPU."""
    if device == "cuda":
        torch = torch_module()
        return torch.autocast("cuda", dtype=torch.bfloat16)
    return contextlib.nullcontext()


def schedule(step: int, steps: int) -> float:
    """Factor of the peak learning rate at a step (from 0)."""
    warm = max(1, int(WARMUP * steps))
    if step < warm:
        return (step + 1) / warm
    share = (step - warm) / max(1, steps - warm)
    return DECAY + (1 - DECAY) * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))


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


def train(options: TrainOptions) -> dict[str, Any]:
    """Train and write a model folder; what is returned is also its ``training.json``.

    Raises `UsageFault` for bad options or rows, `MissingTool` without the `train` extra.
    """
    torch = torch_module()
    if options.init is None and options.size not in SIZES:
        raise UsageFault(f"no size {options.size!r}; there are {', '.join(SIZES)}")
    device = choose_device(options.device)
    options.out.mkdir(parents=True, exist_ok=True)
    found = checkpoint.exists(options.out)
    if any(options.out.iterdir()) and not options.resume:
        raise UsageFault(f"{options.out} is not empty; give --resume or another --out")
    mask = Mask.compute(options.cutoff)
    rows = load(options.data, mask)
    tokenizer, model = prepare(options, rows, mask)
    context = int(model.config.max_position_embeddings)
    learn, held = split(rows)
    examples = [e for r in learn if (e := encode(r, tokenizer, context))]
    held_out = [e for r in held if (e := encode(r, tokenizer, context))]
    if not examples:
        raise UsageFault(f"no row fits in the model's context of {context} tokens")
    steps = options.steps or math.ceil(options.epochs * math.ceil(len(examples) / options.batch))
    rate = options.rate or (SIZES[options.size].rate if options.init is None else 3e-4)
    model.to(device).train()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=rate, betas=(0.9, 0.95), weight_decay=0.05, fused=device == "cuda"
    )
    history: list[dict[str, float]] = []
    identity = {
        "data": {p.name: digest(p) for p in options.data},
        "steps": steps,
        "batch": options.batch,
        "seed": options.seed,
        "rate": rate,
        "size": options.size if options.init is None else str(options.init),
    }
    start = 0
    if options.resume and found:
        start, history = checkpoint.load(options.out, model, optimizer, identity)
    run = model
    if device == "cuda":
        torch.set_float32_matmul_precision("high")
        run = torch.compile(model, dynamic=True)
    pad = int(tokenizer.pad_token_id)
    began = time.monotonic()
    trained = 0

    def measure(step: int, train_loss: float) -> None:
        loss, share = (
            evaluate(run, held_out, options.micro, pad, device) if held_out else (math.nan,) * 2
        )
        used = optimizer.param_groups[0]["lr"]
        history.append(
            {"step": step, "train": train_loss, "eval": loss, "right": share, "rate": used}
        )

    source = batches(examples, options.batch, options.seed, start)
    with progress() as bar:
        task = bar.add_task("training", total=steps, completed=start)
        recent: list[float] = []
        for step in range(start, steps):
            for group in optimizer.param_groups:
                group["lr"] = rate * schedule(step, steps)
            loss = one_step(run, optimizer, next(source), options.micro, pad, device)
            recent = [*recent[-49:], loss]
            trained += 1
            if (step + 1) % options.evaluate_every == 0 or step + 1 == steps:
                measure(step + 1, sum(recent) / len(recent))
            if (step + 1) % options.checkpoint_every == 0:
                checkpoint.save(options.out, model, optimizer, identity, step + 1, history)
            bar.update(task, advance=1, description=f"training, loss {loss:.3f}")
    document = {
        "version": __version__,
        "prompt_version": prompts.VERSION,
        "mask": mask.hash,
        "cutoff": options.cutoff,
        "made": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "torch": torch.__version__,
        "parameters": sum(p.numel() for p in model.parameters()),
        "rows": len(examples),
        "held_out": len(held_out),
        "left_out": len(rows) - len(examples) - len(held_out),
        "seconds": round(time.monotonic() - began, 1),
        "steps_done": trained,
        "history": history,
        **identity,
    }
    finish(options.out, model, document)
    return document


def one_step(
    model: Any, optimizer: Any, batch: Sequence[TokenizedRow], micro: int, pad: int, device: str
) -> float:
    """One optimiser step over a batch in parts; the mean loss of its answer tokens."""
    torch = torch_module()
    parts = [batch[at : at + micro] for at in range(0, len(batch), micro)]
    made = [tensors(part, pad, device) for part in parts]
    norm = sum(float(weight.sum()) for _, _, weight, _ in made) or 1.0
    shown = sum(float(answer.sum()) for _, _, _, answer in made) or 1.0
    optimizer.zero_grad(set_to_none=True)
    loss = 0.0
    for tokens, real, weight, answer in made:
        with precision(device):
            nll, _ = losses(model, tokens, real)
        ((nll * weight).sum() / norm).backward()
        loss += float((nll.detach() * answer).sum()) / shown
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    optimizer.step()
    return loss


def finish(out: Path, model: Any, document: dict[str, Any]) -> None:
    """Write the model in bfloat16, its plot and its papers; the checkpoint is no longer needed."""
    torch = torch_module()
    model.to("cpu").to(torch.bfloat16).save_pretrained(out)
    (out / "training.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    plot_losses(document["history"], out / "loss.png")
    checkpoint.remove(out)


__all__ = ["TrainOptions", "asdict", "train"]
