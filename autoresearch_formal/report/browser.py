"""A headless Chromium for checking pages as a reader sees them. Only tests use it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from autoresearch_formal.errors import MissingTool

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
HOW = "headless Chromium is needed: make browser (or apt-get install chromium)"


def chromium() -> str:
    """Path of the browser. Raises `MissingTool`."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise MissingTool(HOW)


def _run(url: str, *options: str, timeout: float) -> str:
    with tempfile.TemporaryDirectory(prefix="autoresearch-browser-") as profile:
        done = subprocess.run(
            [chromium(), *FLAGS, f"--user-data-dir={profile}", *options, url],
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    if done.returncode != 0:
        raise MissingTool(f"{HOW}; it ended with {done.returncode}: {done.stderr[-300:]}")
    return done.stdout


def screenshot(
    page: Path, picture: Path, width: int = 1280, height: int = 1600, timeout: float = 120
) -> Path:
    """A PNG of the first ``height`` pixels of a page. Raises `MissingTool`."""
    _run(
        page.resolve().as_uri(),
        f"--screenshot={picture}",
        f"--window-size={width},{height}",
        timeout=timeout,
    )
    return picture


def dom(page: Path, timeout: float = 120) -> str:
    """The page as the browser understood it, serialised again. Raises `MissingTool`."""
    return _run(page.resolve().as_uri(), "--dump-dom", timeout=timeout)
