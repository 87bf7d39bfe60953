"""The judge: source text and a target in, an independent verdict with a certificate out."""

from __future__ import annotations

from pathlib import Path

from autoresearch_formal.judge.certificate import Certificate
from autoresearch_formal.judge.verify import Judge
from autoresearch_formal.lean.toolchain import Toolchain

Verdict = Certificate

__all__ = ["Certificate", "Judge", "Verdict", "verify"]


def verify(
    path: Path,
    target: str | None = None,
    cutoff: int | None = None,
    toolchain: Toolchain | None = None,
) -> Verdict:
    """Judge one file; for several, keep a `Judge`.

    Args:
        path: a Lean file.
        target: the target that it must prove; without it, whatever targets it proves are reported.
        cutoff: year of the mask to apply; None applies none.
        toolchain: the Lean that compiles it; by default the preferred one.
    """
    return Judge(toolchain, cutoff=cutoff).verify(path, target)
