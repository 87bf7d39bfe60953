"""Real Lean: library, solutions and witnesses compiled once, and what Lean sees there."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.lean.build import SERVER, build
from autoresearch_formal.lean.command import Command
from autoresearch_formal.lean.imports import imports
from autoresearch_formal.lean.project import module_of, project_root
from autoresearch_formal.lean.toolchain import Toolchain, select
from autoresearch_formal.targets import World

LEAN_TESTS = project_root() / "tests" / "lean_sources"
LIBRARY = [World().foundation, World().target, World().reference]


@dataclass(frozen=True)
class Inventory:
    """What Lean says of tests/lean: messages by module, and the answer of `Inventory.lean`."""

    messages: dict[str, list[str]]
    found: dict[str, Any]

    @property
    def targets(self) -> dict[str, dict[str, Any]]:
        return {target["statement"]: target for target in self.found["targets"]}


def _sources() -> dict[str, Path]:
    """The modules of the two folders, each after the modules it imports."""
    files = [
        *(LEAN_TESTS / "NonVacuous").rglob("*.lean"),
        *(LEAN_TESTS / "Solutions").rglob("*.lean"),
    ]
    waiting = {module_of(LEAN_TESTS, file): file for file in sorted(files)}
    ordered: dict[str, Path] = {}
    while waiting:
        ready = [
            module
            for module, file in waiting.items()
            if not set(imports(file.read_text(encoding="utf-8"))) & set(waiting)
        ]
        assert ready, f"import cycle among {', '.join(waiting)}"
        ordered.update({module: waiting.pop(module) for module in ready})
    return ordered


def _compile(toolchain: Toolchain, folder: Path, path: list[Path]) -> dict[str, list[str]]:
    """Compile all of them, several in one Lean process; the messages of each."""
    requests = [
        {
            "id": module,
            "module": module,
            "source": str(file),
            "olean": str(folder.joinpath(*module.split(".")).with_suffix(".olean")),
        }
        for module, file in _sources().items()
    ]
    # one process for all would come near the 2 GiB which WebAssembly can address
    command = toolchain.command(["--tstack=65536", "--run", str(SERVER)], lean_path=path)
    messages: dict[str, list[str]] = {}
    for start in range(0, len(requests), 8):
        messages.update(_serve(command, requests[start : start + 8]))
    return messages


def _serve(command: Command, requests: list[dict[str, str]]) -> dict[str, list[str]]:
    done = subprocess.run(
        command.argv,
        env=command.env,
        input="".join(json.dumps(request) + "\n" for request in requests),
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()[1:]]
    assert len(answers) == len(requests), f"Lean stopped: {done.stderr[-2000:]}"
    return {
        answer["id"]: [
            f"{said['severity']} in line {said['line']}: {said['text']}"
            for said in answer["messages"]
        ]
        for answer in answers
    }


@pytest.fixture(scope="session")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    toolchain = select()
    library = build(LIBRARY, toolchain, jobs=2)
    assert library.ok
    folder = tmp_path_factory.mktemp("lean")
    path = [folder, library.folder]
    messages = _compile(toolchain, folder, path)
    errors = [f"{module}: {said}" for module, all_said in messages.items() for said in all_said]
    assert not errors, "\n".join(errors)
    asking = folder / "Inventory.lean"
    header = "".join(f"import {module}\n" for module in ["Lean", *LIBRARY, *_sources()])
    text = (LEAN_TESTS / "Inventory.lean").read_text(encoding="utf-8")
    asking.write_text(header + text, encoding="utf-8")
    command = toolchain.command(["--tstack=65536", str(asking)], lean_path=path)
    done = command.run(timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return Inventory(messages, json.loads(done.stdout.splitlines()[-1]))
