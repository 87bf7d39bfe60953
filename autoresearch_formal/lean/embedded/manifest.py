"""What an installation consists of: every file with its hash, so that damage is noticed.

The quick check compares sizes and modification times (some thousand `stat` calls); files that
differ are hashed, and only a different hash is damage. The full check hashes everything.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

FILE = "manifest.json"


class ManifestEntry(msgspec.Struct, frozen=True):
    """One file: size in bytes, modification time in nanoseconds, SHA-256 in hex."""

    size: int
    mtime: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """An installation: the identities it was made from and its files by relative path."""

    toolchain: str
    node: str
    files: dict[str, ManifestEntry]


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(folder: Path, toolchain: str, node: str) -> Manifest:
    """Hash every file under `folder` and write the manifest there."""
    files = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != FILE:
            stat = file.stat()
            files[file.relative_to(folder).as_posix()] = ManifestEntry(
                stat.st_size, stat.st_mtime_ns, _sha256(file)
            )
    manifest = Manifest(toolchain, node, files)
    (folder / FILE).write_bytes(msgspec.json.encode(manifest))
    return manifest


def read(folder: Path) -> Manifest | None:
    """The manifest of an installation, or None if it has none that can be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def damaged(folder: Path, manifest: Manifest, *, full: bool = False) -> list[str]:
    """Relative paths of files that are missing or differ from the manifest."""
    found = []
    for name, entry in manifest.files.items():
        file = folder / name
        try:
            stat = file.stat()
            same = stat.st_size == entry.size and stat.st_mtime_ns == entry.mtime
            if (full or not same) and _sha256(file) != entry.sha256:
                found.append(name)
        except OSError:
            found.append(name)
    return found
