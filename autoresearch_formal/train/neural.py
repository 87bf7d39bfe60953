"""Gradient trainers of the loop: weighted SFT, DPO on top of it, GRPO; all bounded in KL.

Whatever trained, the candidate is compared with the policy before on the answers of the dataset.
If it went further than the bound, its weights are pulled back towards the old ones (a line
between the two, halved until the bound holds); if even a sixteenth of the way is too far, the
candidate may not be promoted.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.data.dataset import write_training
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Mask
from autoresearch_formal.policy.choose import DEFAULT_MODEL
from autoresearch_formal.train.dpo import train_dpo
from autoresearch_formal.train.grpo import train_grpo
from autoresearch_formal.train.prompts import (
    fit_for_training,
    preference_rows,
    rating_rows,
    training_row,
)
from autoresearch_formal.train.request import Trained, TrainRequest
from autoresearch_formal.train.sft import TrainOptions, torch_module
from autoresearch_formal.train.sft import train as train_sft

MODEL = "model"
SHARES = (1.0, 0.5, 0.25, 0.125, 0.0625)
"""Shares of the way from the old weights to the new ones that are tried."""
RATINGS = 10
"""Ratings a judged step that are trained on beside it, at most."""
MEASURED = 64
"""Examples on which divergence and entropy are measured."""


def model_of(policy: str) -> tuple[str, Path, str]:
    """What a policy's name says before its model folder, the folder, and the options after it.

    Raises `UsageFault` if it has no model of its own.
    """
    name, mark, options = policy.partition("?")
    kind, _, rest = name.partition(":")
    prefix, place = (f"{kind}:", rest) if kind in ("neural", "mixed") else ("", name)
    folder = Path(place) if place else DEFAULT_MODEL
    if not (folder / "config.json").is_file():
        raise UsageFault(
            f"policy {policy!r} has no model to train further; start the loop with"
            " --policy neural:DIR or mixed:DIR (autoresearch train makes one), or --trainer table"
        )
    return prefix, folder, mark + options


def train(request: TrainRequest, out: Path) -> Trained:
    """Train the policy that searched further, on its judged steps."""
    prefix, before, options = model_of(request.previous)
    s = request.settings
    mask = Mask.compute(s.cutoff)
    stages: list[str] = []
    figures: dict[str, Any] = {"stages": stages}
    model = before
    if s.trained_by in ("sft", "sft+dpo"):
        data = out / "training.parquet"
        answers = fit_for_training(map(training_row, request.examples), mask)
        if not answers:
            return Trained(request.previous, {"kl": 0.0, "stages": []}, accepted=False)
        ratings = rating_rows(request.rows, RATINGS * len(answers), mask)
        write_training(data, [*answers, *ratings])
        asked = TrainOptions(
            (data,),
            out / "sft",
            init=model,
            steps=s.training_steps,
            seed=request.seed,
            cutoff=s.cutoff,
        )
        train_sft(asked)
        model = out / "sft"
        stages.append("sft")
    if s.trained_by == "sft+dpo":
        rows = preference_rows(request.examples, request.rows, mask)
        figures["pairs"] = len(rows)
        if rows:
            train_dpo(rows, model, out / "dpo", s.training_steps, request.seed)
            model = out / "dpo"
            stages.append("dpo")
    if s.trained_by == "grpo":
        train_grpo(request.rows, model, out / "grpo", s, request.seed)
        model = out / "grpo"
        stages.append("grpo")
    metrics = bounded(before, model, out / MODEL, request, s.kl_bound, s.average)
    for stage in ("sft", "dpo", "grpo"):
        shutil.rmtree(out / stage, ignore_errors=True)
    accepted = bool(metrics["kl"] <= s.kl_bound)
    return Trained(f"{prefix}{{}}/{MODEL}{options}", metrics | figures, accepted)


def load(place: Path) -> tuple[Any, Any]:
    """Model and tokenizer of a folder, for inference on the CPU."""
    torch = torch_module()
    transformers = importlib.import_module("transformers")
    model = transformers.AutoModelForCausalLM.from_pretrained(place, dtype=torch.float32)
    return model.eval(), transformers.AutoTokenizer.from_pretrained(place)


def bounded(
    before: Path, after: Path, out: Path, request: TrainRequest, bound: float, average: float
) -> dict[str, Any]:
    """Write the candidate: averaged as asked, and pulled back until the bound holds."""
    old, tokenizer = load(before)
    new, _ = load(after)
    texts = [
        (row["prompt"], row["answer"])
        for row in map(training_row, list(request.examples)[:MEASURED])
    ]
    start = {name: value.clone() for name, value in old.state_dict().items()}
    end = {name: value.clone() for name, value in new.state_dict().items()}
    figures: dict[str, Any] = {"kl": 0.0, "entropy": 0.0, "share": 0.0}
    for share in SHARES:
        share = share * (1.0 - average)
        new.load_state_dict({n: start[n] + share * (end[n] - start[n]) for n in end})
        divergence, spread = compare(new, old, tokenizer, texts)
        figures = {"kl": divergence, "entropy": spread, "share": share}
        if divergence <= bound:
            break
    figures["limited"] = figures["share"] < 1.0 - average
    new.save_pretrained(out)
    tokenizer.save_pretrained(out)
    return figures


def compare(
    new: Any, old: Any, tokenizer: Any, texts: Sequence[tuple[str, str]]
) -> tuple[float, float]:
    """KL(new ‖ old) and entropy of the new model, in nats a token, over the answers' tokens."""
    torch = torch_module()
    context = int(new.config.max_position_embeddings)
    divergence = spread = 0.0
    count = 0
    with torch.no_grad():
        for prompt, answer in texts:
            head = len(tokenizer(prompt, verbose=False)["input_ids"])
            ids = tokenizer(prompt + answer, verbose=False)["input_ids"][:context]
            if head >= len(ids):
                continue
            batch = torch.tensor([ids])
            p = torch.log_softmax(new(input_ids=batch).logits[0, head - 1 : -1].float(), -1)
            q = torch.log_softmax(old(input_ids=batch).logits[0, head - 1 : -1].float(), -1)
            divergence += float((p.exp() * (p - q)).sum())
            spread -= float((p.exp() * p).sum())
            count += len(ids) - head
    return max(0.0, divergence / max(1, count)), spread / max(1, count)
