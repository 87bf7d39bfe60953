"""`autoresearch bench judge`: the judge's cost against a bare compile of the same file."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import click
from rich.table import Table

from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import Negative
from autoresearch_formal.judge import Judge, process
from autoresearch_formal.judge.second import SecondKernel
from autoresearch_formal.judge.verdict import KERNEL_LIMITS
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import NAMES, Toolchain, select
from autoresearch_formal.options import json_option


@click.command(epilog="Example: autoresearch bench judge mine.lean --json")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rounds", type=click.IntRange(1), default=3, help="Each figure is the median.")
@click.option("--toolchain", type=click.Choice(NAMES), help="The Lean that compiles candidates.")
@json_option
def command(files: tuple[Path, ...], rounds: int, toolchain: str | None, as_json: bool) -> None:
    """For each of FILES: seconds for the bare compile, for the whole verdict, and for the second
    kernel alone over the closure, once on the library's types and once on all its proofs. The
    processor time of the first two is what to compare on a machine that has other work to do."""
    lean = select(toolchain)
    default = project_root() / "tests" / "lean_sources" / "Solutions" / "ClosedCollection.lean"
    started = time.monotonic()
    judge = Judge(lean, say=err.print)
    opening = time.monotonic() - started
    rows = [measure(file, judge, lean, rounds) for file in files or (default,)]
    document = {
        "opening_s": round(opening, 3),
        "library_declarations": len(judge.library.entries),
        "rounds": rounds,
        "files": rows,
    }
    if as_json:
        emit_json(document)
        return
    table = Table(
        "file", "compile s", "verdict s", "ratio", "processor", "kernel s", "kernel, all proofs s"
    )
    for row in rows:
        keys = (
            "file", "compile_s", "verdict_s", "ratio", "cpu_ratio", "kernel_s", "kernel_fresh_s"
        )  # fmt: skip
        table.add_row(*(str(row[key]) for key in keys))
    out.print(table)


def processor_seconds() -> float:
    """Processor time of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(file: Path, judge: Judge, lean: Toolchain, rounds: int) -> dict[str, str | float | int]:
    """The figures of one file, each the median of `rounds`."""
    compile_s: list[float] = []
    verdict_s: list[float] = []
    kernel_s: list[float] = []
    fresh_s: list[float] = []
    compile_cpu: list[float] = []
    verdict_cpu: list[float] = []
    for _ in range(rounds):
        before = processor_seconds()
        command = lean.command([str(file)], lean_path=lean.lean_path)
        outcome = process.run(command.argv, process.ProcessLimits(600, 4 << 30), env=command.env)
        if outcome.status != 0:
            raise Negative(f"{file} does not compile")
        compile_s.append(outcome.seconds)
        between = processor_seconds()
        compile_cpu.append(between - before)
        started = time.monotonic()
        certificate = judge.verify(file)
        verdict_s.append(time.monotonic() - started)
        verdict_cpu.append(processor_seconds() - between)
        if not certificate.ok:
            raise Negative(f"{file}: {certificate.summary}")
    text = judge.own_export(file)
    for full, seconds in ((False, kernel_s), (True, fresh_s)):
        for _ in range(rounds):
            kernel = SecondKernel([judge.library.export(full=full)], KERNEL_LIMITS)
            verdict = kernel.finish(text)
            seconds.append(verdict.seconds)
    compiled, judged = statistics.median(compile_s), statistics.median(verdict_s)
    compiled_cpu, judged_cpu = statistics.median(compile_cpu), statistics.median(verdict_cpu)
    return {
        "file": file.name,
        "lines": len(file.read_text(encoding="utf-8").splitlines()),
        "declarations_replayed": verdict.declarations,
        "compile_s": round(compiled, 3),
        "verdict_s": round(judged, 3),
        "ratio": round(judged / compiled, 3),
        "compile_cpu_s": round(compiled_cpu, 3),
        "verdict_cpu_s": round(judged_cpu, 3),
        "cpu_ratio": round(judged_cpu / compiled_cpu, 3),
        "kernel_s": round(statistics.median(kernel_s), 3),
        "kernel_fresh_s": round(statistics.median(fresh_s), 3),
    }
