"""`autoresearch bench mask`: the import graph and the mask of a source tree as large as Mathlib."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import msgspec

from autoresearch_formal.bounds import SEED
from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.options import json_option

_EARLY = ("Logic", "Order/Basic", "Data/Nat", "Data/List", "Tactic", "Combinatorics")
_LATE = (
    "Algebra/Group", "Algebra/Ring", "Algebra/Order/Field", "Analysis/Normed", "CategoryTheory",
    "FieldTheory/Galois", "GroupTheory/Perm", "LinearAlgebra", "NumberTheory", "RingTheory/Ideal",
    "Topology",
)  # fmt: skip


class Figures(msgspec.Struct):
    """What one measurement found; seconds are wall time, memory is the process's peak."""

    files: int
    megabytes: float
    imports: int
    graph_seconds: float
    mask_seconds: float
    peak_megabytes: float
    allowed: int
    forbidden: int


def write_tree(folder: Path, files: int, seed: int) -> int:
    """Write a synthetic Mathlib of `files` modules; returns its size in bytes.

    Layered like the real one: each file imports one to eight earlier files, mostly near ones;
    headers carry a licence comment, half are in the module system, some use nested comments.
    """
    chance = random.Random(seed)
    names: list[str] = []
    size = 0
    body = "".join(
        f"theorem fact{k} (a b : Nat) (h : a = b) : b = a := by\n  exact h.symm\n\n"
        for k in range(60)
    )
    for number in range(files):
        folders = _EARLY if number < files // 6 else _LATE
        stem = f"{folders[number % len(folders)]}/F{number:05d}"
        chosen = {
            names[max(0, len(names) - 1 - int(chance.expovariate(1 / 200)))]
            for _ in range(chance.randint(1, 8))
            if names
        }
        modern = chance.random() < 0.5
        lines = [
            "/-",
            f"Copyright (c) {2015 + number % 11} A. Author. All rights reserved.",
            "Released under Apache 2.0 license as described in the file LICENSE.",
            "-/",
        ]
        if modern:
            lines.append("module")
        if chance.random() < 0.1:
            lines.append("/- not these: /- import Mathlib.Nested -/ import Mathlib.Nowhere -/")
        for name in sorted(chosen):
            word = chance.choice(["public import ", "import ", "public meta import "])
            lines.append((word if modern else "import ") + name)
        lines += ["", "/-! # A file -/", "", body]
        path = folder / "Mathlib" / f"{stem}.lean"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(lines)
        path.write_text(text, encoding="utf-8")
        size += len(text)
        names.append("Mathlib." + stem.replace("/", "."))
    return size


def measure(folder: Path, files: int, size: int) -> Figures:
    """Read the tree of `folder` and compute the default mask for it, in this process."""
    import resource

    from autoresearch_formal.mask import DEFAULT_CUTOFF, DescribedLibrary, Mask
    from autoresearch_formal.mask.imports import SourceRoot

    started = time.perf_counter()
    library = DescribedLibrary.of_project(extra=[SourceRoot("Mathlib", folder)])
    edges = sum(len(loaded) for loaded in library.graph.imports.values())
    read = time.perf_counter()
    mask = Mask.compute(DEFAULT_CUTOFF, library)
    assert mask.hash
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(
        files=files,
        megabytes=round(size / 1e6, 1),
        imports=edges,
        graph_seconds=round(read - started, 2),
        mask_seconds=round(done - read, 2),
        peak_megabytes=round(peak, 1),
        allowed=sum(name.startswith("Mathlib.") for name in mask.allowed_modules),
        forbidden=sum(name.startswith("Mathlib.") for name in mask.forbidden_modules),
    )


@click.command(epilog="Example: autoresearch bench mask --json")
@click.option("--files", type=click.IntRange(min=1), default=8000, show_default=True)
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--tree", type=click.Path(path_type=Path), help="Measure this tree instead.")
@json_option
def command(files: int, seed: int, tree: Path | None, as_json: bool) -> None:
    """Read the import graph of a large tree from its text and compute a mask of it.

    The measurement runs in a process of its own, so that its peak memory is its own.
    """
    if tree is not None:
        if not (tree / "Mathlib").is_dir():
            raise UsageFault(f"{tree}: it has no folder Mathlib/")
        sources = [path.stat().st_size for path in (tree / "Mathlib").rglob("*.lean")]
        figures = _fresh(tree, len(sources), sum(sources))
    else:
        with tempfile.TemporaryDirectory(prefix="autoresearch-bench-") as folder:
            with err.status(f"writing {files} files"):
                size = write_tree(Path(folder), files, seed)
            figures = _fresh(Path(folder), files, size)
    if as_json:
        emit_json(msgspec.to_builtins(figures))
    else:
        for name, value in msgspec.to_builtins(figures).items():
            out.print(f"{name:<16} {value}")


def _fresh(folder: Path, files: int, size: int) -> Figures:
    """`measure` in a fresh process."""
    code = (
        "import sys, msgspec\nfrom pathlib import Path\n"
        "from autoresearch_formal.bench.mask import measure\n"
        "figures = measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))\n"
        "sys.stdout.buffer.write(msgspec.json.encode(figures))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(files), str(size)],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise UsageFault(f"the measurement failed: {''.join(last)}")
    return msgspec.json.decode(done.stdout, type=Figures)
