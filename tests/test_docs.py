"""The pages, and the order of the tests, name files, modules and sections that exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tests.conftest import LONGEST

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "autoresearch_formal"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.strip().replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_and_modules_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for named in re.findall(r"`([\w./-]+/[\w.-]*\.(?:py|toml|lean|md|sh|js|yml))`", text):
        if named.startswith(("Completed/", "Generated/")):  # of a run folder
            continue
        places = (ROOT / named, PACKAGE / named, PACKAGE / "lean" / named, page.parent / named)
        assert any(place.exists() for place in places), named
    for module in re.findall(r"`(autoresearch_formal(?:\.[a-z_]+)+)`", text):
        assert importlib.util.find_spec(module) is not None, module


def test_files_that_start_first_exist() -> None:
    assert [file for file in LONGEST if not (ROOT / file).is_file()] == []
