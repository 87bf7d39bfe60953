"""What commands make of the files and folders that people name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.errors import UsageFault

REFERENCES_SUFFIX = ".Rediscovery.lean"
"""Files about the references end so; only `autoresearch verify --references` reads them."""


def folder_to_be(path: Path, option: str) -> Path:
    """A folder that a command will write into, which need not exist yet.

    Raises:
        UsageFault: if it, or something above it, is a file.
    """
    above = next((p for p in (path, *path.parents) if p.exists()), path)
    if above.exists() and not above.is_dir():
        raise UsageFault(f"{option} {path}: {above} is not a folder")
    return path


def lean_files(paths: Sequence[Path], *, suffix: str = ".lean") -> list[Path]:
    """The Lean files meant by paths: files as named, and what is below folders, each once.

    Args:
        paths: files, taken whatever they are called, and folders.
        suffix: what file names below folders must end in.

    Raises:
        UsageFault: if a path does not exist, or a folder has no such file.
    """
    found: list[Path] = []
    for path in paths:
        if "\0" in str(path):
            raise UsageFault(f"{str(path)!r}: a path has no NUL character")
        try:
            if path.is_dir():
                inside = sorted(p for p in path.rglob(f"*{suffix}") if p.is_file())
                if not inside:
                    raise UsageFault(f"{path}: no {suffix} file in this folder")
                found += inside
            elif path.is_file():
                found.append(path)
            else:
                raise UsageFault(f"{path}: no such file or folder")
        except OSError as error:
            raise UsageFault(f"{path}: {error.strerror or 'cannot be read'}") from None
    return list(dict.fromkeys(found))


def writable_file(path: Path, option: str) -> Path:
    """A file that a command will write, checked before the work is done.

    Raises:
        UsageFault: if its folder does not exist, or it is a folder.
    """
    if path.is_dir():
        raise UsageFault(f"{option} {path}: it is a folder")
    if not path.parent.is_dir():
        raise UsageFault(f"{option} {path}: there is no folder {path.parent}")
    return path
