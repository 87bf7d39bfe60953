"""Read the imports of a Lean file without running Lean.

The header is the part before the first command: comments, ``prelude``, ``module`` and ``import``
lines (Lean 4.28, `Lean.Parser.Module.header`).
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<line>--[^\n]*)
      | (?P<open>/-)
      | (?P<import>(?:public\s+|private\s+)?(?:meta\s+)?import\s+(?:all\s+)?(?:runtime\s+)?
          (?P<name>(?:«[^»\n]+»|[\w'!?]+)(?:\.(?:«[^»\n]+»|[\w'!?]+))*))
      | (?P<prelude>prelude\b)
      | (?P<module>module\b)""",
    re.VERBOSE,
)


def _after_comment(text: str, start: int) -> int:
    """Where the block comment that starts at `start` ends; block comments nest."""
    depth = 0
    for match in re.compile(r"/-|-/").finditer(text, start):
        depth += 1 if match.group() == "/-" else -1
        if depth == 0:
            return match.end()
    return len(text)


def imports(text: str) -> list[str]:
    """Modules that a source text imports, in order, with ``Init`` unless it says ``prelude``."""
    found: list[str] = []
    prelude = False
    position = 0
    while match := _TOKEN.match(text, position):
        position = match.end()
        if match["open"]:
            if text.startswith(("/--", "/-!"), match.start()) and not text.startswith(
                "/--/", match.start()
            ):
                break  # a documentation comment belongs to a command
            position = _after_comment(text, match.start())
        elif match["name"]:
            found.append(match["name"].replace("«", "").replace("»", ""))
        elif match["prelude"]:
            prelude = True
    return found if prelude else ["Init", *found]
