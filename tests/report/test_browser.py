"""The page in a real browser: it renders, fits the window, and shows its parts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.report.browser import chromium, dom, screenshot
from autoresearch_formal.report.run import write_page

PAPER = (255, 255, 255)


@pytest.fixture
def browser() -> str:
    """The browser; `make test` installs one, so in CI a missing one is a failure."""
    try:
        return chromium()
    except MissingTool as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(fault.message)


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
def test_the_page_as_a_reader_sees_it(toy_run: Path, tmp_path: Path) -> None:
    path = write_page(toy_run)
    wide, narrow = tmp_path / "wide.png", tmp_path / "narrow.png"
    with Image.open(screenshot(path, wide, 1280, 2400)) as opened:
        picture = opened.convert("RGB")
    assert picture.size == (1280, 2400)
    colours = {colour for _, colour in picture.getcolors(1 << 20) or []}
    assert {PAPER, (0x2F, 0x85, 0x5A), (0x2F, 0x5D, 0x9E)} <= colours, "ink, bars, verified tags"
    # nothing runs over the right edge, and there is ink in every tenth of the page
    assert picture.crop((1240, 0, 1280, 2400)).getcolors() == [(40 * 2400, PAPER)]
    for part in range(10):
        slab = picture.crop((0, part * 240, 1280, part * 240 + 240))
        assert len(slab.getcolors(1 << 20) or []) > 5, f"tenth {part} is empty"
    with Image.open(screenshot(path, narrow, 520, 1200)) as opened:
        edge = opened.convert("RGB").crop((512, 0, 520, 1200))
    assert edge.getcolors() == [(8 * 1200, PAPER)], "a narrow window has no overflow"
    shown = dom(path)
    assert shown.count('class="box') == path.read_text("utf-8").count('class="box')
    assert "</main>" in shown
