"""The judge: source text and a target in, an independent verdict with a certificate out.

Names are loaded when they are first used: the replay process is part of this package, needs none
of the rest, and should start quickly.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autoresearch_formal.judge.against import AgainstCertificate, AgainstJudge
    from autoresearch_formal.judge.certificate import Certificate
    from autoresearch_formal.judge.verdict import Judge
    from autoresearch_formal.lean.toolchain import Toolchain

    Verdict = Certificate

__all__ = ["AgainstCertificate", "AgainstJudge", "Certificate", "Judge", "Verdict", "verify"]

_HOMES = {
    "AgainstCertificate": "against",
    "AgainstJudge": "against",
    "Certificate": "certificate",
    "Verdict": "certificate",
    "Judge": "verdict",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_HOMES[name]}")
    return getattr(module, "Certificate" if name == "Verdict" else name)


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
    from autoresearch_formal.judge.verdict import Judge

    return Judge(toolchain, cutoff=cutoff).verify(path, target)
