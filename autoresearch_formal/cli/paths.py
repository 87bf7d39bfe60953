"""What commands make of the files and folders that people name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Oddity:
    """Something beside the ordinary Lean files that paths mean: where, what, whether it is read."""

    path: Path
    why: str
    left_out: bool


def lean_files(paths: Sequence[Path], *, suffix: str = ".lean") -> list[Path]:
    """The Lean files meant by paths: files as named, and what is below folders, each once.

    Raises:
        UsageFault: if a path does not exist, or a folder has no such file.
    """
    return lean_files_and_oddities(paths, suffix=suffix)[0]


def lean_files_and_oddities(
    paths: Sequence[Path], *, suffix: str = ".lean"
) -> tuple[list[Path], list[Oddity]]:
    """The Lean files meant by paths, and what looks like one and may surprise.

    Links to folders are not followed, nor are files read whose ending is written otherwise, such
    as ``.LEAN``. Links to files are read, and reported.

    Args:
        paths: files, taken whatever they are called, and folders.
        suffix: what file names below folders must end in.

    Raises:
        UsageFault: if a path does not exist, or a folder has no such file.
    """
    found: list[Path] = []
    odd: list[Oddity] = []
    for path in paths:
        if "\0" in str(path):
            raise UsageFault(f"{str(path)!r}: a path has no NUL character")
        try:
            if path.is_dir():
                inside = _below(path, suffix, odd)
                if not inside:
                    raise UsageFault(f"{path}: no {suffix} file in this folder")
                found += inside
            elif path.is_file():
                found.append(path)
                odd += _odd_file(path)
            else:
                raise UsageFault(f"{path}: no such file or folder")
        except OSError as error:
            raise UsageFault(f"{path}: {error.strerror or 'cannot be read'}") from None
    return list(dict.fromkeys(found)), list(dict.fromkeys(odd))


def _below(folder: Path, suffix: str, odd: list[Oddity]) -> list[Path]:
    """The files with a suffix below a folder, sorted; what is odd there is added to `odd`."""
    found: list[Path] = []

    def fail(error: OSError) -> None:
        raise error

    for here, folders, names in os.walk(folder, onerror=fail):
        odd += [
            Oddity(Path(here, name), "it is a link to a folder", True)
            for name in folders
            if Path(here, name).is_symlink()
        ]
        for path in (Path(here, name) for name in names):
            if path.name.endswith(suffix) and path.is_file():
                found.append(path)
                odd += _odd_file(path)
            elif path.name.lower().endswith(".lean") and not path.name.endswith(".lean"):
                odd.append(Oddity(path, "its ending is not written .lean", True))
            elif path.name.endswith(".lean") and not path.is_file():
                odd.append(Oddity(path, "it is no file, or a link to nothing", True))
    return sorted(found)


def _odd_file(path: Path) -> list[Oddity]:
    """What is odd about a file that is read."""
    found = []
    if path.is_symlink():
        found.append(Oddity(path, f"it is a link to {os.readlink(path)}", False))
    if not path.name.endswith(".lean"):
        found.append(Oddity(path, "its ending is not written .lean", False))
    try:
        path.name.encode()
    except UnicodeEncodeError:
        found.append(Oddity(path, "its name is not UTF-8", False))
    return found


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
