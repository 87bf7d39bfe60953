"""Tables that commands write into pages: each between markers of its own, the rest untouched."""

from __future__ import annotations

from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.train.folders import write_whole


def put(path: Path, name: str, block: str) -> None:
    """Put ``block`` between the markers called ``name``, or at the end of the page without them.

    The page is made if it is not there. Raises `UsageFault` if it can't be written.
    """
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    made = f"{begin}\n\n{block.strip()}\n\n{end}"
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        before, found, rest = text.partition(begin)
        if found and end in rest:
            write_whole(path, before + made + rest.partition(end)[2])
        else:
            write_whole(path, f"{text.rstrip()}\n\n{made}\n".lstrip())
    except OSError as fault:
        raise UsageFault(f"{path}: can't be written ({fault.strerror})") from None
