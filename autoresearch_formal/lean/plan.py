"""In which order modules are built, and the content hash that says whether one must be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.imports import imports
from autoresearch_formal.lean.project import PACKAGE, module_file


@dataclass(frozen=True)
class Unit:
    """A module to build: its source, and the hash of all that its .olean file depends on.

    `text_hash` is the hash of the source alone; `needs` maps the project modules that it imports
    to their hashes.
    """

    module: str
    source: Path
    text_hash: str
    needs: dict[str, str]
    hash: str


def plan(root: Path, wanted: Iterable[str], toolchain_id: str) -> list[Unit]:
    """The project modules behind `wanted`, imports first, each with its content hash.

    Raises `UsageFault` for a module without a source file and for a cycle of imports.
    """
    units: dict[str, Unit] = {}
    path: list[str] = []

    def visit(module: str, importer: str | None) -> None:
        if module in units:
            return
        if module in path:
            cycle = " → ".join([*path[path.index(module) :], module])
            raise UsageFault(f"import cycle: {cycle}")
        source = module_file(root, module)
        try:
            data = source.read_bytes()
        except OSError:
            where = f", imported by {module_file(root, importer)}" if importer else ""
            raise UsageFault(f"no module {module}{where}: {source} does not exist") from None
        path.append(module)
        found = imports(data.decode("utf-8", errors="replace"))
        needs = tuple(dict.fromkeys(m for m in found if m.split(".")[0] == PACKAGE))
        for need in needs:
            visit(need, module)
        path.pop()
        text_hash = hashlib.sha256(data).hexdigest()
        basis = [toolchain_id, module, text_hash, *(units[need].hash for need in needs)]
        digest = hashlib.sha256("\0".join(basis).encode()).hexdigest()
        hashes = {need: units[need].hash for need in needs}
        units[module] = Unit(module, source, text_hash, hashes, digest)

    for module in wanted:
        visit(module, None)
    return list(units.values())
