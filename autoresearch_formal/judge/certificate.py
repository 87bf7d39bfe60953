"""The certificate: a verdict with everything needed to repeat it."""

from __future__ import annotations

from typing import Any

import msgspec

FORMAT = 2

STEPS = ("source", "compile", "export", "kernel", "compare", "axioms", "mask", "definitions")
"""The steps of a verdict, in order; each of a certificate's steps is one of them."""


class Finding(msgspec.Struct, frozen=True):
    """One reason for a "no": the step, the offending constant or source line, and the text."""

    step: str
    text: str
    name: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{self.step}: {where}{self.text}"


class StepVerdict(msgspec.Struct):
    """One step: whether it was passed (null: not reached), what it looked at, how long it took."""

    name: str
    ok: bool | None = None
    detail: str = ""
    seconds: float = 0.0


class Proved(msgspec.Struct, frozen=True):
    """A theorem of the candidate that has exactly the statement of a target."""

    target: str
    name: str
    line: int


class Invented(msgspec.Struct, frozen=True):
    """A definition of the candidate.

    `degenerate` is empty, or says how it adds nothing: ``alias of X``, ``always true``, ….
    """

    name: str
    line: int
    kind: str
    type: str
    used: bool
    degenerate: str = ""


class Certificate(msgspec.Struct):
    """What the judge found about one file.

    Equal inputs give equal certificates except for `seconds`, as long as no limit of time or
    memory is reached; a finding says so if one is. `file` is the file's name without its folder
    and `asked` the target that it had to prove, if any: both have a say in the verdict. `hashes`
    are SHA-256 of the source, of all library sources with the toolchain, of the mask, and of the
    judge's own programs and tables; `unicode` is the version of Python's character tables.
    `counts` says how many declarations the file adds (`own`), and how many others they use at any
    depth.
    """

    format: int
    verdict: str
    file: str
    asked: str
    summary: str
    findings: list[Finding]
    targets: list[Proved]
    theorems: list[str]
    definitions: list[Invented]
    axioms: list[str]
    toolchain: dict[str, str]
    kernel: dict[str, str]
    hashes: dict[str, str]
    unicode: str
    counts: dict[str, int]
    steps: list[StepVerdict]
    cutoff: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the verdict is yes."""
        return self.verdict == "yes"

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        data = msgspec.to_builtins(self)
        assert isinstance(data, dict)
        return data

    def stable(self) -> dict[str, Any]:
        """Without times: equal for equal inputs."""
        data = self.to_json()
        for step in data["steps"]:
            del step["seconds"]
        return data
