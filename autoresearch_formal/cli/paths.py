"""What commands make of the files and folders that people name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.errors import UsageFault

REFERENCES_SUFFIX = ".Rediscovery.lean"
"""Files about the references end so; only `autoresearch verify --references` reads them."""


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
        except (OSError, ValueError) as error:
            raise UsageFault(f"{str(path)!r}: cannot be looked at: {error}") from None
    return list(dict.fromkeys(found))


def read_text(path: Path) -> str:
    """The text of a source file.

    Raises:
        UsageFault: if it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageFault(f"{path}: not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise UsageFault(f"{path}: {error.strerror or 'cannot be read'}") from None
