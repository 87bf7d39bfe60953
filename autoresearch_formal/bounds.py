"""Kinds of numbers that options take."""

from __future__ import annotations

import math
from typing import Any

import click


class FiniteRange(click.FloatRange):
    """A number within bounds; ``nan`` and ``inf``, which float() reads, are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Fails like any bad option."""
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return found


COUNT = click.IntRange(min=0, max=2**63 - 1)
"""How many of something; as large as files can hold."""
SEED = click.IntRange(min=0, max=2**32 - 1)
"""What every source of random numbers takes."""
