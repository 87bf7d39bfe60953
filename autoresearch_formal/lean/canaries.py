"""Does this Lean accept what is true and refuse what is not? Five canaries, one run."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autoresearch_formal.lean.toolchain import Toolchain

FILE = Path(__file__).parent / "resources" / "Canaries.lean"

_SECONDS = 120


class _Position(msgspec.Struct):
    line: int


class _Message(msgspec.Struct):
    severity: str
    data: str
    pos: _Position


@dataclass(frozen=True)
class Canary:
    """One check: what was tried, whether Lean behaved, and what it said."""

    name: str
    ok: bool
    said: str


def _errors(messages: list[_Message]) -> list[str]:
    return [message.data for message in messages if message.severity == "error"]


# name, first words of the declaration, whether the messages about it are the right ones
_EXPECTED: tuple[tuple[str, str, Callable[[list[_Message]], bool]], ...] = (
    ("a true theorem is accepted", "theorem canary_true", lambda said: not said),
    ("a false theorem is refused", "theorem canary_false", lambda said: bool(_errors(said))),
    (
        "`sorry` is reported",
        "theorem canary_sorry",
        lambda said: not _errors(said) and any("sorry" in message.data for message in said),
    ),
    (
        "an axiom is reported",
        "#print axioms",
        lambda said: any("canary_axiom" in message.data for message in said),
    ),
    (
        "the kernel refuses a wrong proof",
        "run_meta",
        lambda said: any("(kernel)" in error for error in _errors(said)),
    ),
)


def fly(toolchain: Toolchain) -> list[Canary]:
    """Run the canaries through a toolchain; every entry says whether Lean did the right thing."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    starts = [
        next(number for number, line in enumerate(lines, 1) if line.startswith(words))
        for _, words, _ in _EXPECTED
    ]
    try:
        done = toolchain.run_lean(["--json", str(FILE)], timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        late = f"Lean did not finish within {_SECONDS} s"
        return [Canary(name, False, late) for name, _, _ in _EXPECTED]
    messages: list[_Message] = []
    for line in done.stdout.splitlines():
        try:
            messages.append(msgspec.json.decode(line, type=_Message))
        except msgspec.DecodeError:
            continue
    found = []
    finished = done.returncode == 1 and bool(messages)  # two canaries are errors
    for (name, _, expected), start in zip(_EXPECTED, starts, strict=True):
        end = min((other for other in starts if other > start), default=len(lines) + 1)
        about = [message for message in messages if start <= message.pos.line < end]
        said = "; ".join(message.data.split("\n")[0] for message in about)
        ok = finished and expected(about)
        if not finished:
            said = (done.stderr or done.stdout).strip()[-200:] or "Lean said nothing"
        found.append(Canary(name, ok, said))
    return found
