"""Every example in docs/gym.md, against the real server, in order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from autoresearch_formal.lean.project import project_root

pytestmark = pytest.mark.lean

LEFT_OUT = "…"


def examples() -> list[tuple[str, str]]:
    """Pairs of arrow and line, in the order of the page."""
    text = (project_root() / "docs" / "gym.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```text\n(.*?)```", text, flags=re.DOTALL)
    return [(line[0], line[2:]) for block in blocks for line in block.splitlines()]


def agrees(shown: Any, real: Any, where: str = "answer") -> None:
    """What the page shows must be in the answer; `…` and fields not shown may be anything."""
    if shown == LEFT_OUT:
        return
    if isinstance(shown, dict):
        assert isinstance(real, dict), (where, real)
        for key, value in shown.items():
            assert key in real, (where, key, real)
            agrees(value, real[key], f"{where}.{key}")
    elif isinstance(shown, list):
        assert isinstance(real, list), (where, real)
        assert len(shown) == len(real), (where, real)
        for i, (a, b) in enumerate(zip(shown, real, strict=True)):
            agrees(a, b, f"{where}[{i}]")
    else:
        assert shown == real, (where, real)


def test_examples(start: Callable[..., Any]) -> None:
    server = start()
    lines = examples()
    assert lines[0][0] == "←"
    agrees(json.loads(lines[0][1]), server.hello, "greeting")
    pairs = lines[1:]
    assert len(pairs) % 2 == 0
    for (right, request), (left, answer) in zip(pairs[::2], pairs[1::2], strict=True):
        assert (right, left) == ("→", "←")
        agrees(json.loads(answer), server.raw(request.encode()), request)


def test_every_operation_has_an_example(server: Any) -> None:
    shown = {json.loads(line)["op"] for arrow, line in examples() if arrow == "→"}
    assert shown >= set(server.hello["ops"])
