"""Correct answers of every family end verified: real gym, real judge, one file for all of them."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.judge import Judge
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, select
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.mask import Mask
from autoresearch_formal.policy.formats import FORMATS, format_named
from autoresearch_formal.policy.formats.base import Format
from autoresearch_formal.search.emit.generate import declarations
from autoresearch_formal.search.job import Job, jobs_for
from autoresearch_formal.search.library import VisibleFacts
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.settings import SearchSettings
from tests.policy.test_formats import answers

pytestmark = [
    pytest.mark.lean,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.asyncio(loop_scope="module"),
]

TARGET = "changes-places-with-product"
CUTOFF = 1823


class Replay:
    """Answers of one family, one an expansion; what is asked is kept."""

    def __init__(self, format: Format, texts: Sequence[dict[str, Any]]) -> None:
        self.format = format
        self.texts = list(texts)
        self.asked: list[Situation] = []

    async def __call__(self, batch: Sequence[Situation]) -> list[list[Action]]:
        (situation,) = batch
        answer = self.texts[len(self.asked) % len(self.texts)]
        self.asked.append(situation)
        reading = self.format.read(answer["text"], situation, answer.get("finished", True))
        return [list(reading.actions)]


@pytest.fixture(scope="module")
def job() -> Job:
    (found,) = jobs_for((TARGET,), None)
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gym(tmp_path_factory: pytest.TempPathFactory, job: Job) -> AsyncIterator[Worker]:
    toolchain = select(None)
    build([GYM_MAIN, *job.source.modules], toolchain)
    mask = tmp_path_factory.mktemp("gym") / "mask.json"
    mask.write_text(json.dumps(Mask.compute(CUTOFF).gym_file()), encoding="utf-8")
    worker = Worker(ServerSettings(toolchain, project_root(), mask))
    yield worker
    await worker.close()


async def search(
    gym: Worker, job: Job, folder: Path, name: str, policy: Replay, work: int = 400_000
) -> Session:
    store = Store(folder / f"{name}.sqlite")
    settings = SearchSettings(names=4)
    session = Session(
        name, job.source, gym, store, policy, settings, VisibleFacts((), ()), errors=True
    )
    await session.begin()
    await session.turn(work)
    store.close()
    return session


async def test_correct_answers_end_verified(gym: Worker, job: Job, tmp_path: Path) -> None:
    assert job.target is not None
    parts, expected = [], 0
    for family in FORMATS:
        for number, answer in enumerate(a for a in answers(family) if a["kind"] == "correct"):
            name = f"{family.replace('-', '_')}_{number}"
            policy = Replay(format_named(family), [answer])
            session = await search(gym, job, tmp_path, name, policy)
            assert session.proved, (family, number, policy.asked[-1].tries)
            made = declarations(session.graph, name, job.target.statement, "Proved.")
            body = "\n\n".join(d.render() for d in made)
            parts.append(f"namespace Answer_{name}\n\n{body}\n\nend Answer_{name}")
            expected += 1
            inventions = {t.added.kind for t in session.graph.theories.values()}
            if "definition" in answer["kinds"]:
                assert {"definition", "lemma"} <= inventions
                assert re.search(r"^structure Rule", body, re.MULTILINE)
                assert "Twice" not in body  # what the proof does not need stays out
    imports = "".join(f"import {m}\n" for m in job.source.modules)
    file = tmp_path / "Answers.lean"
    text = f"{imports}\nnamespace Reconstruct.Generated\n\n" + "\n\n".join(parts)
    file.write_text(text + "\n\nend Reconstruct.Generated\n", encoding="utf-8")
    certificate = Judge(select(None), cutoff=CUTOFF).verify(file, job.target.name).to_json()
    assert certificate["verdict"] == "yes", certificate
    assert expected >= len(FORMATS)


async def test_other_answers_prove_nothing_and_do_no_harm(
    gym: Worker, job: Job, tmp_path: Path
) -> None:
    """Wrong, cut, masked and hostile answers; a masked name is as unknown as one made up."""
    for family in FORMATS:
        others = [a for a in answers(family) if a["kind"] in ("wrong", "masked", "hostile")]
        policy = Replay(format_named(family), others)
        session = await search(gym, job, tmp_path, f"other_{family}", policy, work=60_000)
        assert not session.proved
        said = {t.text: t.error for s in policy.asked for t in s.tries}
        for answer in others:
            if answer["kind"] == "masked":
                (action,) = format_named(family).read(answer["text"], policy.asked[0]).actions
                words = re.findall(r"Subgroup[\w.]*|Commute[\w.]*", action.text)
                assert words
                if action.text in said:
                    made_up = said[action.text].replace(words[0], "X")
                    assert "Unknown" in made_up or "unknown" in made_up or "failed" in made_up
        assert gym.restarts == 0  # nobody has killed the gym


async def test_a_script_is_cut_and_lean_s_words_go_back(
    gym: Worker, job: Job, tmp_path: Path
) -> None:
    wrong = next(a for a in answers("whole-proof") if a["kind"] == "wrong")
    cut = next(a for a in answers("whole-proof") if a["kind"] == "cut")
    mended = {"text": "```lean4\ntheorem target : m b (m c a) = m (m b c) a := by\n  rw [h]\n```"}
    policy = Replay(format_named("whole-proof"), [wrong, cut, mended])
    session = await search(gym, job, tmp_path, "cut", policy, work=200_000)
    kept = [e.added.text for e in session.graph.edges.values() if e.added.kind == "tactic"]
    # the wrong proof's first step, and its claim left open with what follows it
    assert any(text.startswith("rw [← h, h_1, h]\nhave key : m a c = m c a := ?_") for text in kept)
    assert "rw [← h, h_1]\nrw [h, h_2]" in kept
    second = policy.asked[1]
    assert any("nlinarith" in t.text or "key" in t.text for t in second.tries) or second.path
    shown = [t for s in policy.asked for t in s.tries]
    assert shown
    assert all(t.error for t in shown)
    assert len(session.graph.lemmas) >= 1  # the claim, closed over its context
