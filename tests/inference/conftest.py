"""A model folder that every test of engines shares: nano, trained for a few steps on a few rows."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action, GoalView, Situation, TheoryView
from autoresearch_formal.data.rows import Row, write_rows
from autoresearch_formal.inference.local import LocalEngine
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.train.sft import TrainOptions, train

WEIGHTS = "model.safetensors"

STRONG = 256.0
"""An alpha with which an adapter of random matrices changes what a random model says."""


def goal(number: int) -> Situation:
    pp = f"G : Type\nm : G → G → G\na : G\n⊢ m a (m a{number} a) = m (m a a{number}) a"
    return Situation(TheoryView(), (GoalView(pp, pp.rpartition("⊢ ")[2]),))


def rows(count: int) -> list[Row]:
    answers = ("grind", "simp_all", "rw [h a b]")
    return [
        Row(
            prompts.prompt(goal(i)),
            prompts.answer(Action("tactic", answers[i % 3])),
            fingerprint=f"{i:016x}",
            source="test",
        )
        for i in range(count)
    ]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "rows.parquet"
    write_rows(rows(60), path)
    return path


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    folder = tmp_path_factory.mktemp("model") / "nano"
    train(TrainOptions((data,), folder, steps=12, batch=8, micro=8, device="cpu"))
    return folder


@pytest.fixture(scope="session")
def engine(model: Path) -> LocalEngine:
    return LocalEngine(model, device="cpu")


def copy(model: Path, place: Path, factor: float = 1.0) -> Path:
    """A folder with the same model, its weights times a factor."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(model, place)
    found = {k: v.clone().mul_(factor) for k, v in load_file(model / WEIGHTS).items()}
    save_file(found, place / WEIGHTS, metadata={"format": "pt"})
    return place


def adapter(model: Path, place: Path, seed: int, rank: int = 8, alpha: float = 32.0) -> Path:
    """A random LoRA adapter for the attention of every layer, written by PEFT."""
    import peft
    import torch
    from transformers import AutoModelForCausalLM

    base: Any = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32)
    config = peft.LoraConfig(r=rank, lora_alpha=alpha, target_modules=["q_proj", "v_proj"])
    lora = peft.PeftModel(base, config)
    random = torch.Generator().manual_seed(seed)
    for name, value in lora.named_parameters():
        if "lora_" in name:
            value.data = 0.1 * torch.randn(value.shape, generator=random)
    lora.save_pretrained(place, save_embedding_layers=False)
    return place


def merged(model: Path, lora: Path, place: Path) -> Path:
    """The model that an adapter makes, worked out matrix by matrix."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(model, place)
    thin = load_file(lora / "adapter_model.safetensors")
    config = json.loads((lora / "adapter_config.json").read_text(encoding="utf-8"))
    found = {}
    for name, value in load_file(model / WEIGHTS).items():
        key = f"base_model.model.{name.removesuffix('.weight')}.lora_"
        found[name] = value.float()
        if key + "A.weight" in thin:
            scale = config["lora_alpha"] / config["r"]
            found[name] += scale * thin[key + "B.weight"] @ thin[key + "A.weight"]
    save_file(found, place / WEIGHTS, metadata={"format": "pt"})
    return place


def watch_proposals(
    monkeypatch: pytest.MonkeyPatch, before: Callable[[Sequence[Situation]], None]
) -> None:
    """Have something done before each batch of proposals, of a model here or behind HTTP."""
    here, served = NeuralPolicy.propose, NeuralPolicy.propose_async

    def proposes(self: NeuralPolicy, batch: Sequence[Situation]) -> list[list[Action]]:
        before(batch)
        return here(self, batch)

    async def asks(self: NeuralPolicy, batch: Sequence[Situation]) -> list[list[Action]]:
        await asyncio.to_thread(before, batch)
        return await served(self, batch)

    monkeypatch.setattr(NeuralPolicy, "propose", proposes)
    monkeypatch.setattr(NeuralPolicy, "propose_async", asks)
