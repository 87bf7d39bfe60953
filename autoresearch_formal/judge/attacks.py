"""The attack collection: each a file that tries to lie, and what the judge must answer.

A folder ``<class>/<name>/`` holds ``Candidate.lean`` and ``expect.toml``. For an attack, the
expected step and a part of the text must be among the findings; with a section
``[without_policy]`` the file is judged again with the source policy left out, and a later step
must catch it alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.certificate import Certificate, Finding
from autoresearch_formal.judge.verdict import Judge

StepName = Literal[
    "source", "compile", "export", "kernel", "compare", "axioms", "mask", "definitions"
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
    without_policy: Caught | None = None


class Attack(_Strict):
    """One folder of the collection."""

    kind: str
    name: str
    file: Path
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
    found = []
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
        found.append(Attack(kind=kind, name=name, file=file, expect=expectation))
    if not found:
        raise UsageFault(f"{folder}: no attacks (<class>/<name>/Candidate.lean) here")
    return found


def check(attack: Attack, judge: Judge, unguarded: Judge) -> Result:
    """Judge one attack, and say whether the answer is the expected one."""
    expect = attack.expect
    certificate = judge.verify(attack.file, expect.target)
    problem = _problem(expect, certificate)
    if not problem and expect.without_policy is not None:
        second = unguarded.verify(attack.file, expect.target)
        if not expect.without_policy.among(second.findings):
            problem = f"without the source policy: {second.summary}"
    return Result(attack=attack, said=certificate.summary, problem=problem)


def _problem(expect: Expectation, certificate: Certificate) -> str:
    if certificate.verdict != expect.verdict:
        return f"the verdict is {certificate.verdict}"
    if expect.step is not None:
        caught = Caught(step=expect.step, text=expect.text)
        if not caught.among(certificate.findings, expect.line):
            return f"refused, but not by {expect.step} saying '{expect.text}'"
        # A malformed export is located by its own line, in the text.
        if not any(f.line or f.name or f.step == "export" for f in certificate.findings):
            return "the refusal names neither a line nor a constant"
    return ""


def run(
    attacks: Sequence[Attack], judges: Callable[[int | None, bool], Judge], jobs: int
) -> Iterator[Result]:
    """Judge attacks, `jobs` at a time; results come in the order of `attacks`.

    `judges` gives the judge for a cutoff, with or without the source policy.
    """
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(
            lambda a: check(a, judges(a.expect.cutoff, True), judges(a.expect.cutoff, False)),
            attacks,
        )
