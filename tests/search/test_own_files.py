"""Holes of people's files, shape by shape: found by position, filled, and judged in the file."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path
from typing import Any, TypeVar

import pytest

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.against import AgainstJudge
from autoresearch_formal.lean.messages import (
    Answer,
    Elab,
    ElabAnswer,
    File,
    FileAnswer,
    Goal,
    GoalAnswer,
    GymError,
    Import,
    ImportAnswer,
    Request,
    Try,
    TryAnswer,
)
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.search.completed import patch, put_in_place
from autoresearch_formal.search.emit.place import Filling, filled, fillings
from autoresearch_formal.search.ownfiles import FileReader
from autoresearch_formal.search.runs.status import hole_verdict
from autoresearch_formal.targets import PinnedFile, SorryGoal

pytestmark = pytest.mark.lean

A = TypeVar("A", bound=Answer)

CASES = Path(__file__).parent / "own_files"
FILLED = CASES / "Filled.lean"
REFUSED = CASES / "Refused.lean"
TRIES = (
    *("rfl", "assumption", "exact h_1", "omega", "exact Nat.mul_comm _ _", "exact congrArg _ h"),
    *("exact Or.inr h", "exact Or.inl h", "exact Or.inr hp", "exact ⟨inst.default⟩"),
    *("exact ⟨Colour.red⟩", "cases n <;> simp", "intro hx\nexact hx.symm", "simp"),
)
"""Steps that close the holes of the shapes; which does, Lean says."""


LIMITS: dict[str, Any] = {"ms": 60_000, "heartbeats": 400_000}


def ask(reader: FileReader, request: Request, kind: type[A]) -> A:
    assert reader.gym is not None
    return reader.gym.ask(request, kind)


def read(reader: FileReader, goal: SorryGoal, assume: bool = False) -> FileAnswer:
    """What the gym says of the file about this hole."""
    file = goal.file
    request = File(
        modules=list(file.modules), text=file.text, only=goal.index, assume_holes=assume, **LIMITS
    )
    return ask(reader, request, FileAnswer)


def at_hole(reader: FileReader, answer: FileAnswer) -> GoalAnswer:
    """The closed statement of the only hole in an answer as a goal."""
    (hole,) = answer.holes
    assert hole.theory is not None
    place = {"file": answer.file, "index": hole.index}
    return ask(reader, Goal(theory=hole.theory, hole=place, **LIMITS), GoalAnswer)


def tried(reader: FileReader, state: int, *tactics: str, first: bool = False) -> list[bool]:
    """Which tactics prove a state."""
    request = Try(state=state, tactics=list(tactics), first_success=first, **LIMITS)
    return [result.proved for result in ask(reader, request, TryAnswer).results]


def script(reader: FileReader, goal: SorryGoal) -> list[str]:
    """A proof of a hole's closed statement."""
    start = at_hole(reader, read(reader, goal))
    tries = tried(reader, start.state, *TRIES, first=True)
    won = [text for text, proved in zip(TRIES, tries, strict=False) if proved]
    assert won, (goal.name, start.goals[0].pp)
    return [*([start.intro] if start.intro else []), *won[0].split("\n")]


def fill(reader: FileReader, goal: SorryGoal, lines: list[str]) -> Filling:
    """The first way to write a proof at its place that Lean takes."""
    (hole,) = read(reader, goal).holes
    for filling in fillings(goal, lines):
        request = Elab(theory=hole.before, text=filling.command, own_file=True, **LIMITS)
        with contextlib.suppress(GymError):
            ask(reader, request, ElabAnswer)
            return filling
    raise AssertionError((goal.name, lines, [f.text for f in fillings(goal, lines)]))


@pytest.fixture(scope="module")
def judge() -> AgainstJudge:
    return AgainstJudge(select())


def test_every_shape_is_filled_and_verified(reader: FileReader, judge: AgainstJudge) -> None:
    file = PinnedFile.read(FILLED)
    goals = reader(file)
    assert [g.name for g in goals if g.reason] == []
    found = [fill(reader, goal, script(reader, goal)) for goal in goals]
    data = filled(file, found)
    certificate = judge.verify(file.data, data, name="Filled.lean").to_json()
    said = {
        goal.name: hole_verdict(certificate, goal.declaration, goal.line, goal.column)
        for goal in goals
    }
    assert {n: v for n, v in said.items() if v["status"] != "verified"} == {}, certificate
    assert certificate["verdict"] == "verified"
    places = {(hole["line"], hole["column"]) for hole in certificate["holes"]}
    assert {(goal.line, goal.column) for goal in goals} == places
    lines = data.decode().split("\n")
    assert max(map(len, lines)) <= 100
    assert not any(line != line.rstrip() for line in lines)


def test_every_other_shape_is_refused_with_its_reason(reader: FileReader) -> None:
    """The reason stands behind each hole in the file, as a comment."""
    file = PinnedFile.read(REFUSED)
    for goal in reader(file):
        line = file.text.split("\n")[goal.line - 1]
        assert goal.reason, line
        remark = line.partition("-- ")[2]
        assert remark
        assert remark in goal.reason


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theorem t : True := by\n\tsorry\n", ":2:0: tabs are not allowed"),
        ("theorem t : True := by\f\n  sorry\n", ":1:22: expected token"),
        ("theorem t : True := sorry\n#eval 1\n", ":2:0: '#eval' runs code while"),
        ('theorem t : True := sorry\nlocal macro "x" : term => `(1)\n', ":2:0: 'macro' runs"),
        ("theorem t : True := sorry\ntheorem u : 1 = 2 := by\n  decide\n", ":3:2: "),
        ("import No.Such\ntheorem t : True := sorry\n", ":1: unknown module 'No.Such'"),
        ("theorem t : True := trivial -- sorry\n", "nothing to prove"),
        ("\n/- sorry", "unterminated comment"),
    ],
)
def test_a_file_that_is_not_taken(reader: FileReader, text: str, said: str) -> None:
    with pytest.raises(UsageFault) as fault:
        reader(PinnedFile(Path("F.lean"), text.encode()))
    assert said in fault.value.message
    assert "\n" not in fault.value.message


def test_a_trusted_file_may_run_code(reader: FileReader) -> None:
    text = 'local macro "one" : term => `(1)\n#eval one\ntheorem t : one = 1 := by\n  sorry\n'
    request = File(modules=["Init"], text=text, **LIMITS)
    with pytest.raises(GymError) as refused:
        ask(reader, request, FileAnswer)
    assert refused.value.kind == "forbidden"
    request.trusted = True
    answer = ask(reader, request, FileAnswer)
    (hole,) = answer.holes
    assert hole.pp == "1 = 1"
    state = at_hole(reader, answer).state
    wild = ["run_tac pure ()", "rfl", "decide +native"]
    assert tried(reader, state, *wild) == [False, True, False]


def test_a_policy_may_use_the_notation_of_the_file(reader: FileReader) -> None:
    text = 'local infix:65 " ⊞ " => Nat.add\ntheorem t (a : Nat) : a ⊞ 0 = a := by\n  sorry\n'
    answer = ask(reader, File(modules=["Init"], text=text, **LIMITS), FileAnswer)
    state = at_hole(reader, answer).state
    assert tried(reader, state, "exact (rfl : a ⊞ 0 = a)") == [True]
    other = ask(reader, Import(modules=["Init"]), ImportAnswer).theory
    start = ask(reader, Goal(theory=other, statement="∀ a : Nat, a = a", **LIMITS), GoalAnswer)
    assert tried(reader, start.state, "exact (rfl : a ⊞ 0 = a)") == [False]


def test_a_mark_and_strange_line_ends(reader: FileReader, judge: AgainstJudge) -> None:
    text = "/- \f \u2028 \x85 -/\ntheorem t (a b : Nat) : a + b = b + a := by -- \u2028\n"
    text += "  sorry -- x\n"
    file = PinnedFile(Path("F.lean"), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (goal,) = reader(file)
    assert (goal.line, goal.column) == (3, 2)
    lines = ["intro a b", "have h := Nat.add_comm a b", "exact h"]
    data = filled(file, [fill(reader, goal, lines)])
    expected = text.replace("sorry", "have h := Nat.add_comm a b\n  exact h").replace("\n", "\r\n")
    assert data == b"\xef\xbb\xbf" + expected.encode()
    assert judge.verify(file.data, data, name="F.lean").verdict == "verified"


SIBLINGS = """\
@[simp] theorem claim (f : Nat → Nat) : f 3 = 5 := by
  sorry

class Pointed (α : Type) where
  point : α

instance : Pointed Empty := ⟨sorry⟩

theorem through (f : Nat → Nat) : f 3 + 0 = 5 := claim f

theorem sound (a b : Nat) : a + b = b + a := Nat.add_comm a b

theorem rests (f : Nat → Nat) : f 3 = 5 := by
  sorry

theorem nothing (α : Type) [Pointed α] : Nonempty α := ⟨Pointed.point⟩

theorem empty : Nonempty Empty := by
  sorry

theorem fine (a b : Nat) : a + b = b + a := by
  sorry
"""


@pytest.mark.parametrize("name", ["rests", "empty"])
def test_what_is_open_is_out_of_sight(reader: FileReader, name: str) -> None:
    """By name, by `simp` set, by `exact?`, by instance, and by what rests on it at any depth."""
    file = PinnedFile(Path("F.lean"), SIBLINGS.encode())
    (goal,) = [g for g in reader(file) if g.name == name]
    ways = (
        *("exact claim f", "exact through f", "simp", "simp_all", "grind", "exact?", "apply?"),
        *("exact rests f", "exact nothing _", "infer_instance", "exact ⟨Pointed.point⟩"),
    )
    state = at_hole(reader, read(reader, goal)).state
    for way, proved in zip(ways, tried(reader, state, *ways), strict=True):
        assert not proved, way
    theory = read(reader, goal).holes[0].theory
    assert theory is not None
    known = "theorem x (a b : Nat) : a + b = b + a := sound a b"
    assert ask(reader, Elab(theory=theory, text=known, **LIMITS), ElabAnswer).decls


def test_with_assumed_holes_a_result_is_conditional(
    reader: FileReader, judge: AgainstJudge
) -> None:
    file = PinnedFile(Path("F.lean"), SIBLINGS.encode())
    (goal,) = [g for g in reader(file) if g.name == "rests"]
    assert tried(reader, at_hole(reader, read(reader, goal, True)).state, "exact through f") == [
        True
    ]
    data = filled(file, [fill(reader, goal, ["intro f", "exact through f"])])
    certificate = judge.verify(file.data, data, name="F.lean").to_json()
    verdict = hole_verdict(certificate, goal.declaration, goal.line, goal.column)
    assert verdict["status"] == "conditional"
    assert "claim" in verdict["rests_on"]


def test_a_patch_that_applies(tmp_path: Path) -> None:
    for k, old in enumerate([b"a\r\nsorry\r\n", b"a\n\x0c\xe2\x80\xa8\nsorry", b"sorry\n"]):
        file = PinnedFile(tmp_path / f"F{k}.lean", old)
        file.path.write_bytes(old)
        at = file.text.index("sorry")
        new = file.edited([(at, at + 5, "x\ny")])
        change = tmp_path / f"{k}.patch"
        change.write_bytes(patch(file, new))
        apply = ["git", "apply", "--whitespace=nowarn", change.name]
        if shutil.which("git"):
            subprocess.run(apply, cwd=tmp_path, check=True, capture_output=True)
            assert file.path.read_bytes() == new


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "F.lean"
    path.write_bytes(b"sorry\n")
    path.chmod(0o640)
    file = PinnedFile.read(path)
    assert put_in_place(file, b"done\n") == ""
    assert path.read_bytes() == b"done\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert "changed since the run began" in put_in_place(file, b"done\n")
    assert list(tmp_path.iterdir()) == [path]
