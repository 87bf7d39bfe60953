from __future__ import annotations

from autoresearch_formal.lean.messages import DEFAULT_MS, Try


def test_limits_become_seconds() -> None:
    assert Try(state=0, tactics=["a"] * 3, ms=2000).seconds == 6
    assert Try(state=0, tactics=["a"] * 3, ms=2000, total_ms=5000).seconds == 5
    assert Try(state=0, tactics=["a"]).seconds == DEFAULT_MS / 1000
