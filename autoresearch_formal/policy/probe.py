"""A model folder as a scorer for ``autoresearch mask probe``.

``AUTORESEARCH_MODEL=models/nano autoresearch mask probe --policy
autoresearch_formal.policy.probe:score``
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.inference.local import LocalEngine
from autoresearch_formal.policy.choose import DEFAULT_MODEL

MODEL = "AUTORESEARCH_MODEL"
"""Environment variable: the folder of the model to probe."""


@functools.cache
def _engine(folder: Path) -> LocalEngine:
    return LocalEngine(folder)


def score(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Log-probabilities of continuations."""
    engine = _engine(Path(os.environ.get(MODEL, str(DEFAULT_MODEL))))
    return [total for total, _ in engine.score(pairs)]
