"""The picture of a training run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.data.tokenizer import missing


def plot_losses(history: Sequence[dict[str, float]], path: Path) -> None:
    """Losses by step as a PNG. Raises `MissingTool` without matplotlib."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise missing("matplotlib") from None
    figure = Figure(figsize=(6, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    steps = [row["step"] for row in history]
    axes.plot(steps, [row["train"] for row in history], label="training")
    axes.plot(steps, [row["eval"] for row in history], label="held out")
    axes.set_xlabel("optimiser step")
    axes.set_ylabel("loss of answer tokens (nats)")
    axes.legend()
    figure.savefig(path, dpi=120)
