"""What trainers get, and what one of the loop gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autoresearch_formal.data.dataset import Example, Row
from autoresearch_formal.mask import DEFAULT_CUTOFF
from autoresearch_formal.train.settings import Training


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
class TrainRequest:
    """What a trainer gets. ``previous`` is the policy that the search used."""

    examples: Sequence[Example]
    rows: Sequence[Row]
    previous: str
    settings: Training
    seed: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A candidate: how `--policy` names it (``{}`` stands for its folder), and what was measured.

    metrics has at least ``kl`` (nats, to the policy before) and ``entropy``.
    """

    policy: str
    metrics: dict[str, Any] = field(default_factory=dict)
    accepted: bool = True
    """False if it may not be promoted whatever it solves, because it went too far away."""
