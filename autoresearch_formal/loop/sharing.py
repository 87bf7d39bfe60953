"""Phases that several loops would do alike are done once and copied.

A phase is a function of what it reads: sealed phases before it, the settings that matter to it,
its seed, and the code. All of that stands in its manifest as ``inputs``, policies and files by
their content; the hash of it is the phase's *key*. Arms of one command (an ablation, a sweep) begin
alike, so that an arm finds many of its phases done already, under the same key, by another.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import autoresearch_formal
from autoresearch_formal.policy.choose import DEFAULT_MODEL
from autoresearch_formal.policy.tuned import FILE as TABLE
from autoresearch_formal.train.folders import LoopFolder, RoundFolder, digest, files_of

SHARED = ("search", "dataset", "policy", "evaluation")
"""Decisions name a loop's own folders and cost nothing; they are never copied."""
UNKNOWN = "unknown:"


def hash_of(document: Any) -> str:
    """SHA-256 of a JSON document with sorted keys."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(phase: str, inputs: Mapping[str, Any]) -> str | None:
    """The key of a phase; None where what it read can't be told by its content."""
    if str(inputs.get("policy", "")).startswith(UNKNOWN):
        return None
    return hash_of({"phase": phase, "inputs": inputs})


def identity(policy: str) -> str:
    """A policy by its content: what `--policy` says with a hash in place of the folder.

    A model behind an address is `UNKNOWN`: nobody can say that it is the same tomorrow.
    """
    name, mark, options = policy.partition("?")
    kind, _, rest = name.partition(":")
    if name == "symbolic":
        return name
    if kind not in ("tuned", "neural", "mixed"):
        kind, rest = "neural", name
    place = Path(rest) if rest else DEFAULT_MODEL
    if not place.is_dir() or (kind == "tuned" and not (place / TABLE).is_file()):
        return UNKNOWN + policy
    what = digest(place / TABLE) if kind == "tuned" else hash_of(files_of(place))
    return f"{kind}:sha256:{what}{mark}{options}"


@functools.cache
def code() -> str:
    """One hash for the package's own files."""
    root = Path(autoresearch_formal.__file__).parent
    return hash_of({k: v for k, v in files_of(root).items() if "__pycache__" not in k})


def same(siblings: Iterable[LoopFolder], phase: str, key: str) -> tuple[str, RoundFolder] | None:
    """A sealed phase with this key in another loop, and what to call it; None if there is none.

    Phases that were emptied to save disk don't count.
    """
    for loop in siblings:
        for round_ in loop.rounds():
            if not round_.done(phase):
                continue
            manifest = round_.manifest(phase)
            if manifest.get("key") == key and not manifest.get("emptied"):
                return f"{loop.path.name}/round-{round_.number}/{phase}", round_
    return None
