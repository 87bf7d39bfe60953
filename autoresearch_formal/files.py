"""Files that people name, and names for files.

Lean names, paths and labels may hold slashes, newlines, hundreds of characters, or differ in case
only. Whatever writes a file called after such a name asks `file_stems`, so that each has a place
of its own on every file system. Whatever reads a text that somebody named asks `read_text`.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from autoresearch_formal.errors import UsageFault

TEXT_LIMIT = 16 << 20
"""Bytes of a text that is read; larger files are refused unread."""
LONGEST = 120
"""Bytes of a name, so that extensions and a temporary suffix still fit into 255."""
DIGITS = 8
"""Of a hash that tells two names apart."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their extension."""


def file_stems(names: Sequence[str], reserved: Iterable[str] = ()) -> dict[str, str]:
    """For each name a file name without extension; no two are the same, in upper or lower case.

    Letters, digits, ``_`` and ``-`` stay, anything else becomes ``_``. The first name that has a
    stem to itself keeps it, names that need no change before others; the rest get the first
    digits of their hash. So the same names in the same order always have the same places.

    Args:
        names: what to name files after; repeated ones count once.
        reserved: stems that are taken already.
    """
    plain = {name: _plain(name) for name in names}
    taken = {_folded(stem) for stem in reserved}
    found: dict[str, str] = {}
    for name, stem in sorted(plain.items(), key=lambda item: item[0] != item[1]):
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
        digits = DIGITS if len(stem.encode()) > LONGEST else 0
        while _folded(made := _marked(stem, digest[:digits])) in taken:
            digits = digits + 1 if digits else DIGITS
        taken.add(_folded(made))
        found[name] = made
    return {name: found[name] for name in plain}


def short_paths(paths: Iterable[Path]) -> dict[Path, str]:
    """Each path by its last parts, as many as it takes to tell it from the others."""
    every = list(dict.fromkeys(paths))
    found = {}
    for path in every:
        others = [other for other in every if other != path]
        count = 1
        while count < len(path.parts) and any(
            other.parts[-count:] == path.parts[-count:] for other in others
        ):
            count += 1
        found[path] = str(Path(*path.parts[-count:]))
    return found


def full_path(path: Path) -> Path:
    """The path from the root, links followed as far as they lead somewhere."""
    return Path(os.path.realpath(path))


def read_text(path: Path, limit: int = TEXT_LIMIT) -> str:
    """The text of a file.

    Raises:
        UsageFault: if it is no ordinary file, can't be read, is larger than `limit` bytes, is not
            UTF-8 or has a NUL character.
    """
    text = read_bytes(path, limit).decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: Path, limit: int = TEXT_LIMIT) -> bytes:
    """The bytes of a file that holds a text; otherwise as `read_text`."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UsageFault(f"{path}: can't be read: it is a folder")
        if not stat.S_ISREG(about.st_mode):
            raise UsageFault(f"{path}: can't be read: it is no ordinary file")
        if about.st_size > limit:
            raise UsageFault(
                f"{path}: {about.st_size >> 20} MiB, more than the {limit >> 20} MiB that are read"
            )
        data = path.read_bytes()
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageFault(f"{path}: can't be read: not UTF-8 text (byte {error.start})") from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "no such path"
        raise UsageFault(f"{path}: can't be read: {said}") from None
    if b"\0" in data:
        raise UsageFault(f"{path}: can't be read: not text, it has a NUL character")
    return data


def _plain(name: str) -> str:
    """The name with nothing in it that a file system minds."""
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isalnum() or c in "_-" else "_" for c in composed)
    kept = re.sub(r"^(-|$)", "_", kept)
    return f"_{kept}" if _DEVICES.fullmatch(kept) else kept


def _folded(stem: str) -> str:
    """Equal for two stems that some file system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", stem).casefold())


def _marked(stem: str, digits: str) -> str:
    """The stem, cut where it is too long, with digits of a hash behind it."""
    if not digits:
        return stem
    room = LONGEST - len(digits) - 1
    return f"{stem.encode()[:room].decode(errors='ignore')}-{digits}"
