"""The one line for CI that README gives, run as it stands there in a clean clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


def line() -> str:
    """The line of README's section about CI that installs and verifies."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Using it in CI")[1]
    (found,) = re.findall(r"^    (pip install .*autoresearch verify .*)$", section, re.MULTILINE)
    return found


def pythons() -> dict[str, str]:
    """The Pythons of these versions that are installed here, also by pyenv."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = {}
    for version in VERSIONS:
        own = [str(p) for p in sorted(versions.glob(f"{version}.*/bin/python{version}"))]
        on_path = shutil.which(f"python{version}")
        if own or on_path:
            found[version] = own[-1] if own else str(on_path)
    return found


def run(clone: Path, python: str) -> subprocess.CompletedProcess[str]:
    """The line, in a clone and a new virtual environment; only downloads are kept from before."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "VIRTUAL_ENV", "AUTORESEARCH_PROJECT")
    }
    subprocess.run([python, "-m", "venv", clone / ".venv"], check=True, env=environment)
    environment["PATH"] = f"{clone / '.venv' / 'bin'}{os.pathsep}{environment['PATH']}"
    command = ["bash", "-c", line()]
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True)


def test_the_line_of_the_readme(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    built: Path | None = None
    for version, python in pythons().items():
        clone = tmp_path / version
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        if built is not None:  # the first has shown that everything is built
            shutil.copytree(built / "build", clone / "build")
        done = run(clone, python)
        assert done.returncode == 0, f"Python {version}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        assert re.search(r"^[1-9]\d* yes, 0 no$", done.stdout, re.MULTILINE), done.stdout
        if built is None:
            assert "library: compiled" in done.stderr
        built = built or clone
    assert built is not None
