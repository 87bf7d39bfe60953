"""Model folders on disk: whether one is whole, and when it was replaced.

A search, or a server, holds a model while others may write to its folder. It looks at names,
sizes and times between batches; once something has changed and then held still, and what is
there is a whole model, the new weights are taken. Anything else leaves the old ones in place.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import read_text

CONFIG = "config.json"
ADAPTER = "adapter_config.json"
INDEX = "model.safetensors.index.json"

SIZES = (
    "architectures",
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "tie_word_embeddings",
)
"""Fields of a configuration that decide which weights fit."""

SETTLE = 1.0
"""Seconds since the last change of a folder before it is read."""

Stamp = tuple[tuple[str, int, int, int], ...]


def stamp(folder: Path) -> Stamp:
    """Name, size, time and inode of every file of a model; cheap. Empty if the folder is gone."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".json", ".safetensors")):
                    state = entry.stat()
                    found.append((entry.name, state.st_size, state.st_mtime_ns, state.st_ino))
    except OSError:
        return ()
    return tuple(sorted(found))


def is_adapter(folder: Path) -> bool:
    """Whether a folder holds a LoRA adapter (PEFT's format) rather than a model."""
    return (folder / ADAPTER).is_file() and not (folder / CONFIG).is_file()


def check(folder: Path) -> None:
    """Raises `UsageFault` if the folder holds no whole model, or no whole adapter."""
    adapter = is_adapter(folder)
    config = read_json(folder / ADAPTER) if adapter else None
    if not adapter:
        if not (folder / CONFIG).is_file():
            raise UsageFault(f"{folder}: no model there (no {CONFIG})")
        read_json(folder / CONFIG)
        read_json(folder / "tokenizer.json")
    elif config is not None and config.get("peft_type") != "LORA":
        raise UsageFault(f"{folder / ADAPTER}: not a LoRA adapter")
    for name in files_of(folder):
        check_safetensors(folder / name)


def files_of(folder: Path) -> list[str]:
    """Names of the files with weights that a model or an adapter has to have."""
    if is_adapter(folder):
        return ["adapter_model.safetensors"]
    if not (folder / INDEX).is_file():
        return ["model.safetensors"]
    parts = read_json(folder / INDEX).get("weight_map")
    if not isinstance(parts, dict) or not parts:
        raise UsageFault(f"{folder / INDEX}: lists no weights")
    return sorted({str(part) for part in parts.values()})


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object. Raises `UsageFault` if it is missing or cut off."""
    try:
        found = json.loads(read_text(path, limit=1 << 30))
    except (ValueError, RecursionError):
        raise UsageFault(f"{path}: not JSON (cut off?)") from None
    if not isinstance(found, dict):
        raise UsageFault(f"{path}: not a JSON object")
    return found


def check_safetensors(path: Path) -> None:
    """Raises `UsageFault` unless the file is as long as its own table of tensors says.

    The format: eight bytes with the length of the table, the table as JSON, the tensors.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length + 8 > size:
                raise UsageFault(f"{path}: cut off, or no safetensors file")
            table = json.loads(file.read(length))
        ends = [int(t["data_offsets"][1]) for n, t in table.items() if n != "__metadata__"]
    except OSError as fault:
        raise UsageFault(f"{path}: {fault.strerror}") from None
    except (ValueError, AttributeError, TypeError, KeyError, IndexError):
        raise UsageFault(f"{path}: no safetensors file") from None
    if size != 8 + length + max(ends, default=0):
        raise UsageFault(f"{path}: cut off ({size} bytes)")


def digest(folder: Path) -> str:
    """SHA-256 over what decides a model's answers: configuration, tokenizer, weights."""
    whole = hashlib.sha256()
    for name in (CONFIG, ADAPTER, "tokenizer.json", *files_of(folder)):
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def shape(folder: Path) -> str:
    """What vLLM can't change in a running server: SHA-256 of the tokenizer, and the sizes.

    Raises `UsageFault` if the folder has no configuration or tokenizer.
    """
    config = read_json(folder / CONFIG)
    sizes = {key: config.get(key) for key in SIZES}
    try:
        tokenizer = hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest()
    except OSError as fault:
        raise UsageFault(f"{folder / 'tokenizer.json'}: {fault.strerror}") from None
    return json.dumps([tokenizer, sizes], sort_keys=True)


def touched(folders: Sequence[Path]) -> float:
    """Seconds since anything in the folders, or a folder itself, was last written or renamed."""
    newest = 0.0
    for folder in folders:
        with contextlib.suppress(OSError):
            paths = [folder, *(folder / name for name, *_ in stamp(folder))]
            newest = max(newest, *(path.stat().st_ctime for path in paths))
    return time.time() - newest


class Watch:
    """Says when folders have changed and then held still. Ask it as often as you like."""

    def __init__(self, *folders: Path, settle: float = SETTLE) -> None:
        self.folders = folders
        self.settle = settle
        self._taken = self._now()
        self._seen, self._since = self._taken, 0.0

    def _now(self) -> tuple[Stamp, ...]:
        return tuple(stamp(folder) for folder in self.folders)

    def changed(self) -> bool:
        """True once a change: the caller reads the folders, or leaves them, until the next."""
        now = self._now()
        if now == self._taken:
            self._seen = now
            return False
        if now != self._seen:
            self._seen, self._since = now, time.monotonic()
        if time.monotonic() - self._since < self.settle and touched(self.folders) < self.settle:
            return False
        self._taken = now
        return True

    def still(self) -> bool:
        """Whether nothing was written since `changed` last said so."""
        return self._now() == self._taken
