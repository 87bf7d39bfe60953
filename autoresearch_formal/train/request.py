"""What a trainer of the loop gets, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autoresearch_formal.data.dataset import Example, Row
from autoresearch_formal.train.settings import Training


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
