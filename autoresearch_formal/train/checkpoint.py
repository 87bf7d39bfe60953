"""Checkpoints of a training run, written by Transformers' trainer, beside what they belong to.

The trainer writes a new folder before it removes the old one, and the state of the run last: so a
kill leaves a whole checkpoint, and one that was cut off is known by what is missing.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.weights import check_safetensors, read_json

NAME = "checkpoints"
IDENTITY = "identity.json"


def begin(out: Path, identity: dict[str, Any]) -> Path | None:
    """The checkpoint to go on from, if there is one.

    ``identity`` is what must be the same on resuming. Raises `UsageFault` if it is not.
    """
    folder = out / NAME
    folder.mkdir(exist_ok=True)
    places = sorted(folder.glob("checkpoint-*"), key=step)
    whole = [place for place in places if is_whole(place)]
    for place in set(places) - set(whole):
        shutil.rmtree(place)
    if whole:
        before = read_json(folder / IDENTITY)
        for key, value in identity.items():
            if before.get(key) != value:
                raise UsageFault(
                    f"--resume: {key} was {before.get(key)}, is {value}; use another --out"
                )
        return whole[-1]
    (folder / IDENTITY).write_text(json.dumps(identity) + "\n", encoding="utf-8")
    return None


def step(place: Path | None) -> int:
    """Steps that were done when a checkpoint was written; 0 without one."""
    return int(place.name.rpartition("-")[2]) if place else 0


def is_whole(place: Path) -> bool:
    """Whether a checkpoint was written to its end."""
    with contextlib.suppress(UsageFault):
        read_json(place / "trainer_state.json")
        check_safetensors(place / "model.safetensors")
        return all(zipfile.is_zipfile(place / f"{n}.pt") for n in ("optimizer", "scheduler"))
    return False


def remove(out: Path) -> None:
    """Delete the checkpoints of a finished run."""
    shutil.rmtree(out / NAME, ignore_errors=True)
