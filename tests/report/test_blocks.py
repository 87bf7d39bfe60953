"""Tables in pages: what is around them stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop.blocks import put


def test_a_block_is_replaced_and_its_surroundings_stay(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    page.write_text("# Results\n\nAbove.\n", encoding="utf-8")
    put(page, "one", "| a |")
    put(page, "two", "| b |\n")
    with page.open("a", encoding="utf-8") as handle:
        handle.write("\nBelow.\n")
    put(page, "one", "| c |")
    text = page.read_text(encoding="utf-8")
    assert [text.index(s) for s in ("Above.", "| c |", "| b |", "Below.")] == sorted(
        text.index(s) for s in ("Above.", "| c |", "| b |", "Below.")
    )
    assert "| a |" not in text
    put(page, "one", "| c |")
    assert page.read_text(encoding="utf-8") == text


def test_a_page_that_is_not_there_is_made(tmp_path: Path) -> None:
    put(tmp_path / "new.md", "one", "text")
    assert "text" in (tmp_path / "new.md").read_text(encoding="utf-8")
    with pytest.raises(UsageFault):
        put(tmp_path, "one", "text")
