"""The second kernel: its canaries, its process, and what is believed of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from autoresearch_formal.judge import process, second
from autoresearch_formal.judge.known_answers import (
    KnownAnswer,
    WrongAnswer,
    check_known_answers,
    plain,
    soundness_bugs,
    wrong_about,
)
from autoresearch_formal.judge.lean_kernel import Kernel, KernelError, box, library_path
from autoresearch_formal.judge.replay import ReplayReport
from autoresearch_formal.lean.toolchain import select

DATA = Path(__file__).parent / "data"

LIMITS = process.ProcessLimits(seconds=120, memory=2 << 30, stack=512 << 20)


def ask(library: bytes, candidate: bytes, folder: Path) -> second.KernelVerdict:
    file = folder / "library.ndjson"
    file.write_bytes(library)
    return second.SecondKernel([file], LIMITS).finish(candidate)


def test_an_honest_candidate(library_text: bytes, candidate_text: bytes, tmp_path: Path) -> None:
    verdict = ask(library_text, candidate_text, tmp_path)
    assert verdict.ok, verdict
    assert verdict.canaries == 21
    assert verdict.bodies > 50


def test_a_refusal_names_the_declaration(
    library_text: bytes, candidate_text: bytes, tmp_path: Path
) -> None:
    lines = candidate_text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(b'{"thm":{"name"'))
    theorem = json.loads(lines[at])
    theorem["thm"]["value"] = theorem["thm"]["type"]
    lines[at] = json.dumps(theorem).encode()
    verdict = ask(library_text, b"\n".join(lines), tmp_path)
    assert not verdict.ok
    assert verdict.name
    assert "type" in verdict.why


def test_recursors_are_compared(library_text: bytes, candidate_text: bytes, tmp_path: Path) -> None:
    changed = candidate_text.replace(b'"numMinors":2', b'"numMinors":1', 1)
    assert changed != candidate_text
    verdict = ask(library_text, changed, tmp_path)
    assert verdict.why == "the kernel derives another recursor"


def test_a_candidate_without_its_library(candidate_text: bytes) -> None:
    verdict = second.SecondKernel([], LIMITS).finish(candidate_text)
    assert not verdict.ok
    assert "not declared before" in verdict.why


def test_deep_terms_are_an_answer_not_a_crash(accepts: Callable[[bytes], str]) -> None:
    # ((p (p (p …))) nested a hundred thousand times.
    meta = (
        b'{"meta":{"exporter":{"name":"t","version":"1"},"lean":{"githash":"","version":""},'
        b'"format":{"version":"3.1.0"}}}\n'
    )
    lines = [b'{"str":{"pre":0,"str":"deep"},"in":1}', b'{"sort":0,"ie":0}']
    lines += [b'{"app":{"fn":0,"arg":%d},"ie":%d}' % (i, i + 1) for i in range(100_000)]
    lines += [b'{"axiom":{"name":1,"levelParams":[],"type":100000,"isUnsafe":false}}', b""]
    verdict = second.SecondKernel([], LIMITS).finish(meta + b"\n".join(lines))
    assert not verdict.ok


def test_a_kernel_that_takes_everything_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel(library_path())
    monkeypatch.setattr(Kernel, "add_theorem", lambda *arguments: None)
    with pytest.raises(WrongAnswer, match="canary: the kernel accepted it"):
        check_known_answers(kernel)


def test_a_kernel_that_takes_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise KernelError("no")

    kernel = Kernel(library_path())
    monkeypatch.setattr(Kernel, "add_theorem", refuse)
    with pytest.raises(WrongAnswer, match="canary: the kernel refused it"):
        check_known_answers(kernel)


@pytest.mark.parametrize("family", [plain, soundness_bugs])
def test_every_known_answer(family: Callable[[Kernel], Iterator[KnownAnswer]]) -> None:
    kernel = Kernel(library_path())
    fresh = kernel.snapshot()
    for known in family(kernel):
        kernel.restore(fresh)
        assert wrong_about(known) == "", known.name


@pytest.mark.lean
@pytest.mark.slow
def test_which_bugs_the_other_kernel_has() -> None:
    """Asked of the embedded Lean itself; `docs/trust.md` must say the same."""
    toolchain = select("embedded")
    done = toolchain.run_lean(["--json", str(DATA / "KernelBugs.lean")], timeout=300)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [m["severity"] for m in messages] == ["information"] * len(messages), done.stdout
    said = dict(m["data"].split(": ", 1) for m in messages)
    kernel = Kernel(library_path())
    names = [k.name if "#" not in k.name else k.name.split()[0] for k in soundness_bugs(kernel)]
    assert sorted(said) == sorted(names)
    table = re.findall(
        r"^\| (lean4#\d+) \|.*\| (\w+) \| refused \|$",
        (DATA.parents[2] / "docs" / "trust.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert dict(table) == {name: answer for name, answer in said.items() if "#" in name}
    assert {answer for name, answer in said.items() if "#" not in name} == {"refused"}


def test_numbers_of_any_size() -> None:
    kernel = Kernel(library_path())
    assert kernel.nat("41") == box(41)
    assert kernel.nat(str(2**62)) == box(2**62)
    assert not kernel.nat(str(2**64)) & 1


AFTER_THE_KERNEL = """
import sys
from pathlib import Path
from autoresearch_formal.judge.lean_kernel import Kernel, library_path
Kernel(library_path())
import pyarrow
from pyarrow import parquet
try:
    parquet.read_table(Path(sys.argv[1]))
except pyarrow.ArrowInvalid:
    print("an exception")
"""


def test_other_extensions_keep_their_exceptions(tmp_path: Path) -> None:
    """The library brings a C++ unwinder; in the global scope it would be everybody's."""
    damaged = tmp_path / "x.parquet"
    damaged.write_bytes(b"PAR1 no")
    done = subprocess.run(
        [sys.executable, "-c", AFTER_THE_KERNEL, str(damaged)], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "an exception\n"), done.stderr


def _said(*reports: ReplayReport, status: int = 0, stopped: str = "") -> process.ProcessOutcome:
    text = b"".join(b"REPLAY " + msgspec.json.encode(r) + b"\n" for r in reports)
    return process.ProcessOutcome(status, text, b"", 1.0, 0, stopped)


GOOD = (ReplayReport("canaries", True, 11), ReplayReport("-", True, 3))


@pytest.mark.parametrize(
    ("outcome", "ok"),
    [
        (_said(*GOOD), True),
        (_said(*GOOD, status=1), False),
        (_said(*GOOD, status=-11), False),
        (_said(*GOOD, stopped="more than 1 s"), False),
        (_said(GOOD[0]), False),
        (_said(GOOD[1]), False),
        (_said(ReplayReport("canaries", True, 0), GOOD[1]), False),
        (_said(*GOOD, ReplayReport("-", True, 3)), False),
        (_said(GOOD[0], ReplayReport("-", False, name="x", why="wrong")), False),
        (process.ProcessOutcome(0, b"REPLAY nonsense\n", b"", 1.0, 0), False),
        (process.ProcessOutcome(0, b"", b"", 1.0, 0), False),
    ],
)
def test_only_a_complete_report_is_believed(outcome: process.ProcessOutcome, ok: bool) -> None:
    assert second.read_verdict(outcome, ["-"]).ok is ok
