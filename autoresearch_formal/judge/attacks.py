"""The attack collection: each a file that tries to lie, and what the judge must answer.

A folder ``<class>/<name>/`` holds ``Candidate.lean`` and ``expect.toml``. For an attack, the
expected step and a part of the text must be among the findings; with a section
``[without_policy]`` the file is judged again with the source policy left out, and a later step
must catch it alone. Where there is an ``Original.lean`` too, the candidate claims to complete it:
``[declarations]`` says what each declaration with a hole must come to, and what is said of one is
found under the step ``declaration``.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.against import AgainstCertificate, AgainstJudge
from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.verdict import Judge
from autoresearch_formal.lean.toolchain import Toolchain

StepName = Literal[
    "source",
    "compile",
    "export",
    "kernel",
    "compare",
    "axioms",
    "mask",
    "definitions",
    "declaration",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Caught(_Strict):
    """Where an attack must be caught: the step, and a part of what is said."""

    step: StepName
    text: str = ""

    def among(self, findings: Sequence[Finding], line: int = 0) -> bool:
        """Whether one of the findings is the expected one."""
        return any(
            f.step == self.step and self.text in f.text and line in (0, f.line) for f in findings
        )


class Expectation(_Strict):
    """An ``expect.toml``."""

    about: str
    verdict: Literal["yes", "no"]
    step: StepName | None = None
    text: str = ""
    line: int = 0
    target: str | None = None
    cutoff: int | None = None
    trust: bool = False
    declarations: dict[str, str] = {}
    without_policy: Caught | None = None


class Attack(_Strict):
    """One folder of the collection."""

    kind: str
    name: str
    file: Path
    original: Path | None
    expect: Expectation


class Result(_Strict):
    """What became of an attack. `problem` is empty if the judge answered as it must."""

    attack: Attack
    said: str
    problem: str


def collect(folder: Path) -> list[Attack]:
    """All attacks below `folder`.

    Raises:
        UsageFault: if there are none, or an ``expect.toml`` is not as it must be.
    """
    attacks = []
    for file in sorted(folder.glob("*/*/Candidate.lean")):
        expect = file.with_name("expect.toml")
        try:
            expectation = Expectation.model_validate(tomllib.loads(expect.read_text("utf-8")))
        except OSError:
            raise UsageFault(f"{expect}: missing") from None
        except tomllib.TOMLDecodeError as error:
            raise UsageFault(f"{expect}: {error}") from None
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise UsageFault(f"{expect}: {field}: {first['msg']}") from None
        kind, name = file.parent.parent.name, file.parent.name
        beside = file.with_name("Original.lean")
        original = beside if beside.is_file() else None
        attacks.append(
            Attack(kind=kind, name=name, file=file, original=original, expect=expectation)
        )
    if not attacks:
        raise UsageFault(f"{folder}: no attacks (<class>/<name>/Candidate.lean) here")
    return attacks


@dataclass(frozen=True)
class AttackAnswer:
    """What a judge says to an attack: ``yes`` or ``no``, why, and what became of declarations."""

    verdict: str
    summary: str
    findings: list[Finding]
    declarations: dict[str, str]


class Panel:
    """The judges that the collection needs, each made when it is first asked.

    Args:
        toolchain: the Lean that compiles attacks.
        say: told what is going on, for people.
    """

    def __init__(
        self, toolchain: Toolchain | None = None, say: Callable[[str], None] = lambda text: None
    ) -> None:
        self._toolchain = toolchain
        self._say = say
        self._lock = threading.Lock()
        self._single: dict[tuple[int | None, bool], Judge] = {}
        self._against: dict[tuple[bool, bool], AgainstJudge] = {}

    def __call__(self, attack: Attack, guarded: bool) -> AttackAnswer:
        """Judge one attack, with or without the source policy."""
        expect = attack.expect
        if attack.original is not None:
            judge = self.against(trust=expect.trust, guarded=guarded)
            return answer(judge.verify(attack.original, attack.file, name=attack.file.name))
        certificate = self.single(expect.cutoff, guarded=guarded).verify(attack.file, expect.target)
        return AttackAnswer(certificate.verdict, certificate.summary, certificate.findings, {})

    def single(self, cutoff: int | None, *, guarded: bool) -> Judge:
        """The judge of one file for a cutoff."""
        with self._lock:
            key = (cutoff, guarded)
            if key not in self._single:
                self._single[key] = Judge(
                    self._toolchain, cutoff=cutoff, guarded=guarded, ahead=False, say=self._say
                )
            return self._single[key]

    def against(self, *, trust: bool, guarded: bool) -> AgainstJudge:
        """The judge of completions."""
        with self._lock:
            key = (trust, guarded)
            if key not in self._against:
                self._against[key] = AgainstJudge(
                    self._toolchain, trust_original=trust, guarded=guarded, say=self._say
                )
            return self._against[key]


def answer(certificate: AgainstCertificate) -> AttackAnswer:
    """The answer that a certificate about a completion is."""
    said = [
        Finding("declaration", d.reason, d.name, d.line)
        for d in certificate.declarations
        if d.reason
    ]
    return AttackAnswer(
        "yes" if certificate.ok else "no",
        certificate.summary,
        certificate.findings + said,
        {d.name: d.status for d in certificate.declarations},
    )


def check(attack: Attack, ask: Callable[[Attack, bool], AttackAnswer]) -> Result:
    """Judge one attack, and say whether the answer is the expected one."""
    expect = attack.expect
    first = ask(attack, True)
    problem = _problem(expect, first)
    if not problem and expect.without_policy is not None:
        second = ask(attack, False)
        if second.verdict == "yes" or not expect.without_policy.among(second.findings):
            problem = f"without the source policy: {second.summary}"
    return Result(attack=attack, said=first.summary, problem=problem)


def _problem(expect: Expectation, said: AttackAnswer) -> str:
    if said.verdict != expect.verdict:
        return f"the verdict is {said.verdict}: {said.summary}"
    for name, status in expect.declarations.items():
        if said.declarations.get(name) != status:
            return f"'{name}' is {said.declarations.get(name, 'not judged')}, not {status}"
    step = expect.step or ("declaration" if expect.text else None)
    if step is not None:
        caught = Caught(step=step, text=expect.text)
        if not caught.among(said.findings, expect.line):
            return f"refused, but not by {step} saying '{expect.text}'"
        # A malformed export is located by its own line, in the text.
        if not any(f.line or f.name or f.step == "export" for f in said.findings):
            return "the refusal names neither a line nor a constant"
    return ""


def run(
    attacks: Sequence[Attack], ask: Callable[[Attack, bool], AttackAnswer], jobs: int
) -> Iterator[Result]:
    """Judge attacks, `jobs` at a time; results come in the order of `attacks`.

    `ask` judges one, with or without the source policy: a `Panel`.
    """
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda attack: check(attack, ask), attacks)
