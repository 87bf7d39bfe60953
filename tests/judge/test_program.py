"""The judge's Lean program, linked into one module that starts faster."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from autoresearch_formal.judge import process
from autoresearch_formal.judge.lean_side import LINK_LIMITS, MAIN, LeanAnswer, LeanSide, must
from autoresearch_formal.lean import build
from autoresearch_formal.lean.toolchain import Embedded, Official, select

ROOT = Path(__file__).parents[2]
LIMITS = process.ProcessLimits(seconds=120, memory=4 << 30)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def embedded() -> Embedded:
    toolchain = select("embedded")
    assert isinstance(toolchain, Embedded)
    assert build.build([MAIN], toolchain).ok
    return toolchain


@pytest.fixture
def project(tmp_path: Path, embedded: Embedded) -> Path:
    """This project's sources and compiled modules, with no linked program yet."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "embedded").symlink_to(ROOT / "build" / "embedded")
    (tmp_path / "Reconstruct").symlink_to(ROOT / "Reconstruct")
    return tmp_path


def symbols_of(table: bytes) -> Iterator[str]:
    """The names in Lean's symbol table (its layout is described in ``host/symbols.js``)."""
    count, _ = struct.unpack_from("<II", table)
    offsets = struct.unpack_from(f"<{count + 1}I", table, 8)
    names = 4 * (2 + count + 1 + count)
    for start, end in itertools.pairwise(offsets):
        yield table[names + start : names + end].decode()


@pytest.mark.lean
def test_lean_has_every_function_that_the_program_needs(embedded: Embedded, tmp_path: Path) -> None:
    side = LeanSide(embedded, ROOT)
    module = tmp_path / "JudgeProgram.olean"
    running = side.start("link", str(module), limits=LINK_LIMITS, write=(tmp_path,))
    needed = must(running.finish())[1].symbols
    known = set(symbols_of((embedded.folder / "symbols.bin").read_bytes()))
    missing = [s for s in needed if s not in known and f"{s}___boxed" not in known]
    assert missing == []
    assert "l_Lean_Elab_Command_elabCommandTopLevel" in needed  # not everything was overlooked
    assert not any(s.startswith("l_Reconstruct_") for s in needed)


CANDIDATES = {
    "accepted": "theorem x (n : Nat) : n + 0 = n := by simp\ndef «odd \\n name» := 1\n",
    "inductive": "inductive T | a | b (t : T)\ntheorem T.ne : T.a ≠ .b .a := nofun\n",
    "policy": "theorem x : True := trivial\n#eval 1\n",
    "header": "import Lean\ntheorem x : True := trivial\n",
    "parse": "theorem x : True :=\n",
    "error": "theorem x : 1 = 2 := by decide\n",
}


def answer(side: LeanSide, file: Path) -> tuple[bytes, LeanAnswer | None]:
    outcome, text, found = side.start("candidate", str(file), limits=LIMITS, read=(file,)).finish()
    assert not outcome.stopped
    return text, found


@pytest.mark.lean
@pytest.mark.parametrize("name", CANDIDATES)
def test_it_says_what_the_modules_say(embedded: Embedded, tmp_path: Path, name: str) -> None:
    file = tmp_path / "Candidate.lean"
    file.write_text(CANDIDATES[name])
    plain, linked = LeanSide(embedded, ROOT), LeanSide(embedded, ROOT)
    linked.link()
    assert answer(linked, file) == (said := answer(plain, file))
    assert said[1] is not None
    assert said[1].ok == (name in ("accepted", "inductive"))


@pytest.mark.lean
def test_a_damaged_program_is_made_again(embedded: Embedded, project: Path) -> None:
    side = LeanSide(embedded, project)
    side.link()
    (module,) = project.glob("build/judge/program-*/JudgeProgram.olean")
    good = module.read_bytes()
    module.write_bytes(good[:-1])
    LeanSide(embedded, project).link()
    assert module.read_bytes() == good
    file = project / "Candidate.lean"
    file.write_text(CANDIDATES["accepted"])
    found = answer(side, file)[1]
    assert found is not None
    assert found.ok


@pytest.mark.lean
def test_a_candidate_cannot_import_it(embedded: Embedded, tmp_path: Path) -> None:
    file = tmp_path / "Candidate.lean"
    file.write_text("import JudgeProgram\n")
    side = LeanSide(embedded, ROOT)
    side.link()
    found = answer(side, file)[1]
    assert found is not None
    assert (found.ok, found.step) == (False, "header")


def test_official_lean_is_left_alone(tmp_path: Path) -> None:
    lean = tmp_path / "lean"
    lean.write_text('#!/bin/sh\necho "Lean (version 4.30.0, commit abc)"\n')
    lean.chmod(0o755)
    LeanSide(Official("a stand-in", lean), tmp_path).link()
    assert list(tmp_path.iterdir()) == [lean]
