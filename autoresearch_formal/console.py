"""What people see: progress and tables on stderr, one JSON document on stdout.

Every command prints its result through `emit_json` when ``--json`` is given, so that stdout
holds exactly one document that a program can parse, whatever progress was shown meanwhile.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

err = Console(stderr=True, highlight=False)
"""Progress, tables meant to accompany a JSON result, warnings."""

out = Console(highlight=False)
"""Results for people, when ``--json`` is not given."""


def emit_json(document: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write one JSON document and a newline to stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def progress() -> Progress:
    """A progress display on stderr: spinner, description, bar, count, elapsed time."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,  # a pipe would get an empty line of it
    )
