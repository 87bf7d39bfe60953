"""Checkpoints of a training run: replaced as a whole, so that a kill leaves the last good one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault

NAME = "checkpoint.pt"


def exists(folder: Path) -> bool:
    """Whether a run in this folder can be resumed."""
    return (folder / NAME).is_file()


def save(
    folder: Path,
    model: Any,
    optimizer: Any,
    identity: dict[str, Any],
    step: int,
    history: list[dict[str, float]],
) -> None:
    """Write weights, optimiser and place. ``identity`` is what must be the same on resuming."""
    import torch

    partial = folder / (NAME + ".partial")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "identity": identity,
            "step": step,
            "history": history,
            "random": torch.get_rng_state(),
        },
        partial,
    )
    with partial.open("rb") as handle:
        os.fsync(handle.fileno())
    partial.replace(folder / NAME)


def load(
    folder: Path, model: Any, optimizer: Any, identity: dict[str, Any]
) -> tuple[int, list[dict[str, float]]]:
    """Put a checkpoint into model and optimiser; the step to go on from, and the history.

    Raises `UsageFault` if the run was started with other data or options.
    """
    import torch

    try:
        kept = torch.load(folder / NAME, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError) as fault:
        said = str(fault).splitlines()[0]
        raise UsageFault(f"{folder / NAME}: {said}; remove it to start again") from None
    for key, value in identity.items():
        if kept["identity"].get(key) != value:
            before = kept["identity"].get(key)
            raise UsageFault(f"--resume: {key} was {before}, is {value}; use another --out")
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    torch.set_rng_state(kept["random"])
    return int(kept["step"]), list(kept["history"])


def remove(folder: Path) -> None:
    """Delete the checkpoint of a finished run."""
    (folder / NAME).unlink(missing_ok=True)
