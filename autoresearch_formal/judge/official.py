"""A further opinion where official Lean is installed: the checker that its toolchain ships.

Toolchains from 4.26 on carry `leanchecker` beside `lean`; it replays a compiled module through
that toolchain's own kernel. It has to load a module compiled from the candidate, so its yes is
worth less than the second kernel's and only its no is used. Under the embedded toolchain there is
no such program, and nothing is asked.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from autoresearch_formal.judge import process
from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.lean_side import last_words
from autoresearch_formal.lean.command import Sandbox
from autoresearch_formal.lean.toolchain import Official, Toolchain

CHECKER = "leanchecker"


def checker(toolchain: Toolchain) -> Path | None:
    """The toolchain's own checker, if it is an official one that has it."""
    if not isinstance(toolchain, Official):
        return None
    program = toolchain.prefix / "bin" / CHECKER
    return program if program.is_file() else None


def complaints(
    toolchain: Toolchain, root: Path, source: bytes, limits: process.ProcessLimits
) -> list[Finding]:
    """What the toolchain's checker has against a candidate: nothing, if there is no checker."""
    program = checker(toolchain)
    if program is None:
        return []
    with tempfile.TemporaryDirectory(prefix="autoresearch-checker-") as name:
        folder = Path(name)
        file = folder / "Candidate.lean"
        file.write_bytes(source)
        command = toolchain.command(
            ["-o", str(folder / "Candidate.olean"), str(file)],
            lean_path=[toolchain.build_folder(root)],
            sandbox=Sandbox(read=(folder,), write=(folder,)),
        )
        outcome = process.run(command.argv, limits, env=command.env, cwd=folder)
        if outcome.status == 0:
            check = toolchain.command(
                [], lean_path=[folder, toolchain.build_folder(root), toolchain.library]
            )
            argv = [str(program), "Candidate"]
            outcome = process.run(argv, limits, env=check.env, cwd=folder)
    if outcome.status == 0:
        return []
    return [Finding("kernel", f"{CHECKER} does not accept it: {last_words(outcome)}")]
