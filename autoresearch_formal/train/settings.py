"""What an expert-iteration loop is asked to do; recorded in ``loop.toml`` and never changed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from autoresearch_formal.data.weights import Resetting
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import read_text
from autoresearch_formal.mask import DEFAULT_CUTOFF

Ablation = Literal["rarity", "value", "lemmas", "definitions", "dpo"]
ABLATIONS: tuple[Ablation, ...] = ("rarity", "value", "lemmas", "definitions", "dpo")
Trainer = Literal["table", "sft", "sft+dpo", "grpo"]
Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Training:
    """The settings that a trainer sees, and so the only ones that a trained policy depends on."""

    trained_by: Trainer
    training_steps: int
    kl_bound: float
    average: float
    cutoff: int


class LoopSettings(BaseModel):
    """Everything that shapes a loop."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rounds: Count = 3
    policy: str = "symbolic"
    trainer: Trainer = "table"
    expert: Literal["policy", "mixed"] = "policy"
    """Who searches: the policy as it is, or, for a model, the model together with the symbolic
    policy. Evaluations always ask the policy as it is."""
    levels: tuple[int, ...] = (0, 1, 2)
    targets: tuple[str, ...] = ()
    """Targets to train on, by id; empty means all of the levels that are not held out."""
    held_out: tuple[str, ...] = ()
    """Targets to measure on; empty means those of the levels that are held out by their hash."""
    targets_a_round: Annotated[int, Field(ge=0)] = 0
    """How many targets a round searches, those that teach most first; 0 means all."""
    steps: Count = 40
    """Tactics a target, on average, in a round's search."""
    evaluation_steps: Count = 40
    """Tactics a held-out target, on average, in an evaluation: the equal compute."""
    seeds: tuple[int, ...] = (0,)
    """Each policy is measured once with each seed."""
    auxiliary: Share = 0.25
    """Share of a round's search budget that goes to statements the system sets itself."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    cutoff: int = DEFAULT_CUTOFF
    seed: int = 0
    alpha: Annotated[float, Field(ge=0)] = 0.5
    beta: Annotated[float, Field(ge=0)] = 1.0
    kl_bound: Annotated[float, Field(gt=0)] = 0.5
    """Nats; a candidate further from the policy before is pulled back or refused."""
    average: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Checkpoint averaging: share of the weights before in the new ones (0: none)."""
    training_steps: Count = 200
    """Optimiser steps of a neural trainer."""
    judge: bool = True
    """Whether evaluations are judged too; searches always are."""
    without: tuple[Ablation, ...] = ()
    """Faculties that are switched off."""
    disk_mb: Count = 4096
    """Folders of old rounds are emptied when the loop grows beyond this."""
    toolchain: str | None = None

    @property
    def resetting(self) -> Resetting:
        """The knobs of preference resetting, after ablations."""
        return Resetting(
            alpha=0.0 if "rarity" in self.without else self.alpha,
            beta=0.0 if "value" in self.without else self.beta,
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of actions that are trained on, after ablations."""
        off = {name.removesuffix("s") for name in self.without}
        return tuple(k for k in ("tactic", "lemma", "definition") if k not in off)

    @property
    def trained_by(self) -> Trainer:
        """The trainer after ablations."""
        return "sft" if self.trainer == "sft+dpo" and "dpo" in self.without else self.trainer

    @property
    def training(self) -> Training:
        """What trainers are told."""
        return Training(
            self.trained_by, self.training_steps, self.kl_bound, self.average, self.cutoff
        )

    @property
    def search_without(self) -> tuple[str, ...]:
        """Ablations that change searches."""
        return tuple(name for name in ("lemmas", "definitions") if name in self.without)

    @model_validator(mode="after")
    def _helped(self) -> LoopSettings:
        if self.expert == "mixed" and not self.policy.startswith("neural"):
            raise ValueError("expert = mixed helps a model: it needs policy = neural or neural:DIR")
        return self


def settings_from(table: dict[str, Any], place: str) -> LoopSettings:
    """Checked settings. Raises `UsageFault` that names the field."""
    try:
        return LoopSettings(**table)
    except ValidationError as fault:
        first = fault.errors()[0]
        name = "".join(f"{part}: " for part in first["loc"])
        raise UsageFault(f"{place}: {name}{first['msg'].removeprefix('Value error, ')}") from None


def read_settings(path: Path) -> LoopSettings:
    """Settings from a TOML file. Raises `UsageFault`."""
    try:
        table = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise UsageFault(f"{path}: {fault}") from None
    return settings_from(table, str(path))
