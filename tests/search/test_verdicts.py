"""A run's judge: the same text once a process, another text again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from autoresearch_formal.judge import Judge
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.search.job import jobs_for
from autoresearch_formal.search.verdicts import TargetJudge

pytestmark = pytest.mark.lean

PROOF = project_root() / "Reconstruct" / "Substitutions" / "Generated" / "InverseOfProduct.lean"


def test_equal_inputs_are_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    verify = Judge.verify

    def counted(judge: Judge, path: Path, target: str | None = None) -> object:
        asked.append(path.read_text(encoding="utf-8"))
        return verify(judge, path, target)

    monkeypatch.setattr(Judge, "verify", counted)
    (job,) = jobs_for(("inverse-of-product",), None)
    text = PROOF.read_text(encoding="utf-8")
    path = tmp_path / "Candidate.lean"

    def verdict(text: str) -> tuple[bool, object]:
        path.write_text(text, encoding="utf-8")
        return asyncio.run(TargetJudge(select(None), 1823)(path, job))

    first = verdict(text)
    assert first[0]
    assert verdict(text) == first
    assert asked == [text]
    broken = text.replace(":= by", ":= by\n  sorry\n  --", 1)
    assert not verdict(broken)[0]
    assert asked == [text, broken]
