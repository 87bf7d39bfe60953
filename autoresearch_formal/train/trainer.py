"""Transformers' trainer with rows that weigh differently. It needs torch, so import it late."""

from __future__ import annotations

import functools
import math
import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import Progress, TaskID
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments
from transformers.utils import logging

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.console import progress
from autoresearch_formal.data.rows import Row

PROMPT_WEIGHT = 0.1
"""What a token of a prompt counts, compared with one of an answer."""
WARMUP = 0.05
DECAY = 0.1
RECENT = 50
"""Steps over which the loss of training is averaged."""


@dataclass(frozen=True, slots=True)
class TokenizedRow:
    """A row as tokens; ``start`` is where the answer begins."""

    tokens: tuple[int, ...]
    start: int
    weight: float
    lesson: float = PROMPT_WEIGHT
    """What a token of its prompt counts."""


def encode(row: Row, tokenizer: Any, context: int) -> TokenizedRow | None:
    """Tokens of a row; None if the answer does not fit in the context with its prompt."""
    head = tokenizer(row.prompt, verbose=False)["input_ids"]
    tail = tokenizer(row.answer + prompts.END)["input_ids"]
    if len(head) + len(tail) > context:
        return None
    # a question holds a try, most often one that Lean refused: nothing to learn to write
    lesson = 0.0 if row.kind == "rating" else PROMPT_WEIGHT
    return TokenizedRow((*head, *tail), len(head), row.weight, lesson)


def tensors(part: Sequence[TokenizedRow], pad: int) -> dict[str, Any]:
    """Tokens, attention mask, and weights of next-token losses for all tokens and for answers."""
    width = max(len(row.tokens) for row in part)
    width = 32 * math.ceil(width / 32)  # few shapes, so that a compiled model is compiled once
    tokens = torch.full((len(part), width), pad, dtype=torch.long)
    real = torch.zeros((len(part), width), dtype=torch.long)
    weight, answer = torch.zeros((2, len(part), width - 1))
    for i, row in enumerate(part):
        tokens[i, : len(row.tokens)] = torch.tensor(row.tokens)
        real[i, : len(row.tokens)] = 1
        weight[i, : row.start - 1] = row.lesson * row.weight
        weight[i, row.start - 1 : len(row.tokens) - 1] = row.weight
        answer[i, row.start - 1 : len(row.tokens) - 1] = row.weight
    return {"input_ids": tokens, "attention_mask": real, "weight": weight, "answer": answer}


def schedule(step: int, steps: int) -> float:
    """Factor of the peak learning rate at a step (from 0)."""
    warm = max(1, int(WARMUP * steps))
    if step < warm:
        return (step + 1) / warm
    share = (step - warm) / max(1, steps - warm)
    return DECAY + (1 - DECAY) * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))


class LengthOrder(torch.utils.data.Sampler[int]):  # type: ignore[misc]
    """Every row once an epoch, those of similar length together, in an order shuffled by batch.

    It depends on seed and epoch alone. The batch that is not full comes last.
    """

    def __init__(self, trainer: Trainer, batch: int) -> None:
        self._trainer = trainer
        self._batch = batch

    def __len__(self) -> int:
        return len(self._trainer.train_dataset)

    def __iter__(self) -> Iterator[int]:
        epoch = int(self._trainer.state.epoch or 0)
        chance = random.Random(f"{self._trainer.args.seed}:{epoch}")
        noisy = [
            (len(row.tokens) * (1 + 0.2 * chance.random()), i)
            for i, row in enumerate(self._trainer.train_dataset)
        ]
        order = [i for _, i in sorted(noisy)]
        starts = list(range(0, len(order), self._batch))
        chance.shuffle(starts)
        starts.sort(key=lambda start: start + self._batch > len(order))
        return (i for start in starts for i in order[start : start + self._batch])


def losses(model: Any, batch: dict[str, Any]) -> tuple[Any, Any]:
    """Negative log-probability of every next token, and whether it was the likeliest."""
    tokens, real = batch["input_ids"], batch["attention_mask"]
    logits = model(input_ids=tokens, attention_mask=real).logits[:, :-1].float()
    wanted = tokens[:, 1:]
    nll = torch.nn.functional.cross_entropy(logits.transpose(1, 2), wanted, reduction="none")
    return nll, logits.argmax(-1) == wanted


class WeightedTrainer(Trainer):  # type: ignore[misc]
    """Minimises the weighted mean of `losses` over a batch, whatever parts it comes in."""

    control: Any

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.model_accepts_loss_kwargs = True  # so that losses of parts are summed as they are
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._rate = 0.0

    def _get_train_sampler(self, train_dataset: Any = None) -> LengthOrder:
        parts = self.args.gradient_accumulation_steps
        return LengthOrder(self, self.args.per_device_train_batch_size * parts)

    def get_batch_samples(self, *given: Any) -> tuple[list[dict[str, Any]], int]:
        """The parts of a batch, with weights that sum up to 1."""
        parts, _ = super().get_batch_samples(*given)
        for name in ("weight", "answer"):
            total = sum(float(part[name].sum()) for part in parts) or 1.0
            for part in parts:
                part[name] /= total
        self._recent.append(0.0)
        self._rate = self._get_learning_rate()
        return parts, 1

    def compute_loss(self, model: Any, inputs: dict[str, Any], *_: Any, **__: Any) -> Any:
        """A part's share of the batch's loss."""
        nll, _right = losses(model, inputs)
        self._recent[-1] += float((nll.detach() * inputs["answer"]).sum())
        return (nll * inputs["weight"]).sum()

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
        """Log the losses of answers' tokens (nats), and how many held out were the likeliest.

        Means are weighted, and not numbers where nothing is held out.
        """
        rows, micro = self.eval_dataset, self.args.per_device_eval_batch_size
        sums = [0.0, 0.0, 0.0]
        self.model.eval()
        with torch.no_grad(), self.compute_loss_context_manager():
            for at in range(0, len(rows), micro):
                batch = self._prepare_inputs(self.data_collator(rows[at : at + micro]))
                nll, right = losses(self.model_wrapped, batch)
                for i, values in enumerate((nll, right, torch.ones_like(nll))):
                    sums[i] += float((values * batch["answer"]).sum())
        self.model.train()
        loss, share = (s / sums[2] if sums[2] else math.nan for s in sums[:2])
        train = sum(self._recent) / len(self._recent)
        figures = {"train": train, "eval": loss, "right": share, "rate": self._rate}
        self.log(figures)
        self.control = self.callback_handler.on_evaluate(
            self.args, self.state, self.control, figures
        )
        return figures

    @property
    def history(self) -> list[dict[str, float]]:
        """What `evaluate` logged."""
        names = ("step", "train", "eval", "right", "rate")
        return [{n: row[n] for n in names} for row in self.state.log_history if "eval" in row]


class ShownProgress(TrainerCallback):  # type: ignore[misc]
    """A bar in place of what the trainer itself would write to stdout."""

    def __init__(self, bar: Progress, task: TaskID, what: str) -> None:
        self._bar, self._task, self._what = bar, task, what

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Move on."""
        self._bar.update(self._task, completed=state.global_step, total=state.max_steps)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any, **_: Any) -> None:
        """Show figures."""
        if "eval" in logs:
            text = f"{self._what}, loss {logs['train']:.3f}, held out {logs['eval']:.3f}"
            self._bar.update(self._task, description=text)


def run(trainer: Any, what: str, start: Path | None = None) -> None:
    """Train, with a bar on stderr, from a checkpoint on if one is given."""
    logging.disable_progress_bar()  # those of reading and writing files
    with progress() as bar:
        trainer.remove_callback(PrinterCallback)
        trainer.add_callback(ShownProgress(bar, bar.add_task(what, total=None), what))
        trainer.train(resume_from_checkpoint=None if start is None else str(start))


def arguments(folder: Path | str, **given: Any) -> dict[str, Any]:
    """What every trainer is told here: quiet, on this machine, nothing kept but what is asked."""
    return {
        "output_dir": str(folder),
        "report_to": [],
        "save_strategy": "no",
        "logging_strategy": "no",
        "disable_tqdm": True,
        "use_cpu": not torch.cuda.is_available(),
        "bf16": False,
        **given,
    }


def weighted(
    model: Any,
    rows: Sequence[Sequence[TokenizedRow]],
    pad: int,
    batch: int,
    micro: int,
    **given: Any,
) -> WeightedTrainer:
    """A trainer of ``model`` on rows to learn and rows held out; ``given`` as for `arguments`.

    It accumulates gradients over parts of at most ``micro`` rows to a batch.
    """
    micro = next(m for m in range(min(batch, micro), 0, -1) if batch % m == 0)
    settings = TrainingArguments(
        **arguments(
            per_device_train_batch_size=micro,
            per_device_eval_batch_size=micro,
            gradient_accumulation_steps=batch // micro,
            eval_strategy="steps",
            save_strategy="steps",
            save_total_limit=1,
            **given,
        )
    )
    settings._n_gpu = min(1, settings.n_gpu)  # else it would split rows among all that there are
    optimizer = torch.optim.AdamW(
        model.to(settings.device).parameters(),
        lr=settings.learning_rate,
        betas=(0.9, 0.95),
        weight_decay=0.05,
        fused=settings.device.type == "cuda",
    )
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: schedule(step, settings.max_steps)
    )
    learn, held_out = rows
    return WeightedTrainer(
        model,
        settings,
        data_collator=functools.partial(tensors, pad=pad),
        train_dataset=learn,
        eval_dataset=sorted(held_out, key=lambda row: len(row.tokens)),
        optimizers=(optimizer, rates),
    )
