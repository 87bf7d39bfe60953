"""Make the pinned list of the embedded toolchain: every declaration of its Init and Std.

Run by hand when the toolchain changes: ``python scripts/pin_toolchain.py``. It writes
``autoresearch_formal/judge/data/<commit>.pins``; a reviewer runs it again and compares.
Takes a few minutes, most of them in Lean.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import autoresearch_formal.judge.pins as pins
from autoresearch_formal.judge.export import Segment
from autoresearch_formal.judge.lean_side import MAIN, LeanSide, must
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.process import ProcessLimits
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import select

META = b'{"meta":'


def segments(text: bytes) -> Iterator[Segment]:
    """The exports of the modules, which stand one after the other."""
    for part in text.split(META)[1:]:
        yield Segment.parse(META + part)


def main() -> None:
    """Export, digest, write."""
    toolchain = select("embedded")
    build([MAIN], toolchain)
    lean = LeanSide(toolchain, project_root())
    limits = ProcessLimits(seconds=3600, memory=4 << 30, output=1 << 30)
    text, answer = must(lean.start("pin", limits=limits).finish())
    found: list[tuple[Name, bytes]] = []
    for segment in segments(text):
        found += pins.records(segment)
    data = pins.write(toolchain.commit, [tuple(n) for n in answer.axioms], found)
    file = Path(pins.__file__).parent / "data" / f"{toolchain.commit}.pins"
    file.write_bytes(data)
    print(f"{file}: {len(data)} bytes, {pins.Pins(data).count} declarations")


if __name__ == "__main__":
    main()
