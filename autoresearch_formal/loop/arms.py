"""Loops that are run beside each other to compare settings: ablations and sweeps.

``arms.json`` in the folder above them says which there are, before the first of them begins, so
that a kill at any moment loses none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.train.folders import LOOP_FILE, LoopFolder, write_whole
from autoresearch_formal.train.settings import ABLATIONS, LoopSettings, settings_from

ARMS_FILE = "arms.json"
FULL = "full"
ABLATE, SWEEP = "ablations", "sweep"
SWEPT = ("alpha", "beta", "kl_bound", "average", "auxiliary", "training_steps")
"""What may be swept: settings of learning. The budgets stay, or compute would not be equal."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One loop among several. ``tables``: which tables it has a row in."""

    name: str
    settings: LoopSettings
    tables: tuple[str, ...] = ()


def ablations(settings: LoopSettings) -> list[Arm]:
    """One loop with everything, and one without each faculty that it has."""
    arms = [Arm(FULL, settings, (ABLATE,))]
    for name in ABLATIONS:
        if name == "dpo" and settings.trainer != "sft+dpo":
            continue
        without = settings.model_copy(update={"without": (*settings.without, name)})
        arms.append(Arm(f"no {name}", without, (ABLATE,)))
    return arms


def sweep(settings: LoopSettings, asked: Sequence[str]) -> list[Arm]:
    """The settings as they are, and one loop for each other value, one setting at a time.

    ``asked`` has items such as ``alpha=0,0.5,1``. Raises `UsageFault`.
    """
    arms = {FULL: Arm(FULL, settings, (SWEEP,))}
    for text in asked:
        field, equals, values = text.partition("=")
        field = field.strip().replace("-", "_")
        if field not in SWEPT or not equals:
            known = ", ".join(SWEPT)
            raise UsageFault(f"--sweep {text}: SETTING=VALUE,VALUE,… was expected, of {known}")
        for value in values.split(","):
            table = settings.model_dump(exclude_none=True) | {field: value.strip()}
            changed = settings_from(table, f"--sweep {text}")
            if changed != settings:
                name = f"{field} = {getattr(changed, field):g}"
                arms.setdefault(name, Arm(name, changed, (SWEEP,)))
    return list(arms.values())


def joined(*groups: Sequence[Arm]) -> list[Arm]:
    """All arms, each once, with a row in every table that it was made for."""
    found: dict[str, Arm] = {}
    for arm in (arm for group in groups for arm in group):
        known = found.get(arm.name)
        tables = (*known.tables, *arm.tables) if known else arm.tables
        found[arm.name] = Arm(arm.name, arm.settings, tables)
    return list(found.values())


def create(folder: Path, arms: Sequence[Arm]) -> dict[str, LoopFolder]:
    """Folders for all arms. Raises `UsageFault` if there are loops already."""
    if (folder / ARMS_FILE).exists() or (folder / LOOP_FILE).exists():
        raise UsageFault(f"{folder}: holds loops already; continue them with --resume {folder}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageFault(f"{folder}: can't be made ({fault.strerror})") from None
    document = [
        {
            "name": arm.name,
            "tables": arm.tables,
            "settings": arm.settings.model_dump(mode="json", exclude_none=True),
        }
        for arm in arms
    ]
    write_whole(folder / ARMS_FILE, json.dumps(document, indent=1) + "\n")
    return open_all(folder)


def open_all(folder: Path) -> dict[str, LoopFolder]:
    """The loop of a folder, or all its arms, made as far as they are missing."""
    if not (folder / ARMS_FILE).is_file():
        return {FULL: LoopFolder.open(folder)}
    found = {}
    for arm in arms_of(folder):
        place = folder / arm.name.replace(" = ", "-").replace(" ", "-")
        begun = (place / LOOP_FILE).is_file()
        found[arm.name] = (
            LoopFolder.open(place) if begun else LoopFolder.create(place, arm.settings)
        )
    return found


def arms_of(folder: Path) -> list[Arm]:
    """What ``arms.json`` says; nothing for a single loop. Raises `UsageFault`."""
    path = folder / ARMS_FILE
    if not path.is_file():
        return []
    try:
        found: list[Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return [
            Arm(a["name"], settings_from(a["settings"], str(path)), tuple(a["tables"]))
            for a in found
        ]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageFault(f"{path}: can't be read ({fault})") from None
