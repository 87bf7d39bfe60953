"""The real gym server, spoken to in raw lines."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.embedded import install
from autoresearch_formal.lean.process import GymProcess
from autoresearch_formal.lean.toolchain import GYM_MAIN, Embedded, Toolchain

SECONDS = 240.0

Json = Any


class Server:
    """A gym process; `ask` sends one object, `raw` any bytes."""

    def __init__(self, toolchain: Toolchain, mask: Path | None = None) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="gym-test-")
        argv, env = toolchain.gym_command(mask, scratch=Path(self._scratch.name))
        self.process = GymProcess(argv, env, cwd=self._scratch.name)
        self.hello: Json = json.loads(self.process.read_line(SECONDS))
        self._ids = itertools.count(1)
        self._theories: dict[tuple[str, ...], int] = {}

    def raw(self, line: bytes) -> Json:
        return json.loads(self.process.ask(line + b"\n", SECONDS))

    def ask(self, op: str, **fields: Json) -> Json:
        number = next(self._ids)
        answer = self.raw(json.dumps({"id": number, "op": op, **fields}).encode())
        assert answer["id"] == number
        return answer

    def ok(self, op: str, **fields: Json) -> Json:
        answer = self.ask(op, **fields)
        assert answer["ok"], answer
        return answer

    def error(self, op: str, **fields: Json) -> Json:
        answer = self.ask(op, **fields)
        assert not answer["ok"], answer
        return answer["error"]

    def theory(self, *modules: str) -> int:
        modules = modules or ("Init",)
        if modules not in self._theories:
            self._theories[modules] = self.ok("import", modules=list(modules))["theory"]
        return self._theories[modules]

    def goal(self, statement: str, **fields: Json) -> int:
        fields.setdefault("theory", self.theory())
        return int(self.ok("goal", statement=statement, **fields)["state"])

    def results(self, state: int, *tactics: str, **fields: Json) -> list[Json]:
        return list(self.ok("try", state=state, tactics=list(tactics), **fields)["results"])

    def close(self) -> None:
        self.process.close()
        self._scratch.cleanup()


@pytest.fixture(scope="session")
def toolchain() -> Toolchain:
    chosen = Embedded("asked for by the tests", install.install())
    result = build(["Reconstruct.Gym", GYM_MAIN], chosen)
    assert result.ok, result
    return chosen


@pytest.fixture(scope="session")
def server(toolchain: Toolchain) -> Iterator[Server]:
    running = Server(toolchain)
    yield running
    running.close()


@pytest.fixture
def start(toolchain: Toolchain) -> Iterator[Callable[..., Server]]:
    """Starts servers of one test's own."""
    running: list[Server] = []

    def make(mask: Path | None = None) -> Server:
        running.append(Server(toolchain, mask))
        return running[-1]

    yield make
    for one in running:
        one.close()
