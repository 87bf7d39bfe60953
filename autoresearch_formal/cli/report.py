"""``autoresearch report``: write the page of a run or of a loop again."""

from __future__ import annotations

from pathlib import Path

import click

from autoresearch_formal.console import emit_json, out
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.options import json_option
from autoresearch_formal.report import loop as loop_report
from autoresearch_formal.report import run as run_report
from autoresearch_formal.train.folders import LOOP_FILE


@click.command(name="report", epilog="Example: autoresearch report runs/first --out first.html")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", "file", type=click.Path(path_type=Path), help="Default: FOLDER/report.html.")
@json_option
def command(folder: Path, file: Path | None, as_json: bool) -> None:
    """Write a self-contained report.html for a run or a loop (FOLDER); Lean is not needed."""
    kind = loop_report if (folder / LOOP_FILE).is_file() else run_report
    text = kind.page(folder)
    file = file or folder / "report.html"
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise UsageFault(f"{file}: can't be written ({fault.strerror})") from None
    if as_json:
        emit_json({"folder": str(folder), "file": str(file), "bytes": len(text.encode())})
    else:
        out.print(str(file))
