"""The premise corpus of the visible library, from source text, in LeanDojo's form.

Declarations are found by their keywords and the namespaces around them, which is enough for the
foundation: it has no meta code and no generated names. Each comes with its text and its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autoresearch_formal.lean.project import project_root
from autoresearch_formal.targets.worlds import World

KEYWORDS = "theorem|lemma|def|abbrev|structure|class|inductive|instance"
START = re.compile(
    rf"^(?:@\[[^\]]*\]\s*)?(?:(?:private|protected|noncomputable|scoped|local)\s+)*"
    rf"(?:(?P<kind>{KEYWORDS})\s+(?P<name>[^\s:({{\[]+)"
    rf"|(?P<open>namespace|section)\b[ \t]*(?P<scope>\S*)|(?P<end>end)\b[ \t]*\S*)"
)
COMMENT = re.compile(r"/-.*?-/|--[^\n]*", re.DOTALL)


def foundation_corpus(root: Path | None = None) -> list[dict[str, Any]]:
    """The files of the world's foundation, imports before those that import them."""
    base = root or project_root()
    files = sorted((World().folder(base) / "Foundation").rglob("*.lean"))
    return [entry(path.relative_to(base).as_posix(), path.read_text("utf-8")) for path in files]


def entry(path: str, text: str) -> dict[str, Any]:
    """One line of ``corpus.jsonl``."""
    imports = re.findall(r"^import\s+(\S+)", text, re.MULTILINE)
    return {
        "path": path,
        "imports": [f"{module.replace('.', '/')}.lean" for module in imports],
        "premises": list(premises(text)),
    }


def premises(text: str) -> Iterator[dict[str, Any]]:
    """The declarations of a file in order, with 1-based lines and columns."""
    blank = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    lines, shown = blank.split("\n"), text.split("\n")
    scopes: list[str] = []
    starts: list[tuple[int, str, str]] = []
    stops: list[int] = []
    for number, line in enumerate(lines):
        mark = START.match(line)
        if mark is None:
            continue
        stops.append(number)
        if mark["open"]:
            scopes.append(mark["scope"] if mark["open"] == "namespace" else "")
        elif mark["end"]:
            if scopes:
                scopes.pop()
        else:
            name = mark["name"].removeprefix("_root_.")
            absolute = mark["name"].startswith("_root_.")
            full = name if absolute else ".".join([*filter(None, scopes), name])
            starts.append((number, full, mark["kind"]))
    for first, full, kind in starts:
        stop = next((n for n in stops if n > first), len(lines))
        last = last_line(lines, first, stop)
        yield {
            "full_name": full,
            "code": "\n".join(shown[first : last + 1]),
            "start": [first + 1, 1],
            "end": [last + 1, len(shown[last]) + 1],
            "kind": kind,
        }


def last_line(lines: Iterable[str], first: int, stop: int) -> int:
    """The last line with text of what starts at ``first`` and ends before ``stop``."""
    part = list(lines)[first:stop]
    filled = [n for n, line in enumerate(part) if line.strip()]
    return first + (filled[-1] if filled else 0)
