"""One status, wherever it is read: console, report, page, training rows and exit code agree."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.data.trajectories import rows
from autoresearch_formal.report.progress import cells
from autoresearch_formal.report.run import summary
from autoresearch_formal.search.entry import JobProgress
from autoresearch_formal.search.graph.events import (
    AnyEvent,
    Concluded,
    EdgeAdded,
    GoalAdded,
    NamedProposition,
    TheoryAdded,
    Tried,
)
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.record import read_run
from autoresearch_formal.search.runs.status import PROVED, hole_verdict
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource

SEARCH = SearchSettings(definitions=False)
FILES = ("Generated/T.lean", "Completed/F.lean")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@st.composite
def certificates(draw: st.DrawFn, texts: dict[str, str]) -> dict[str, Any]:
    """What a judge, or somebody else, may have left: fitting or not."""
    hashes = {
        "source": draw(st.sampled_from([digest(texts[FILES[0]]), "0"])),
        "candidate": draw(st.sampled_from([digest(texts[FILES[1]]), "0"])),
        "mask": draw(st.sampled_from(["m", "n"])),
    }
    match draw(st.sampled_from(["none", "library", "hole"])):
        case "library":
            proves = [{"target": draw(st.sampled_from(["T", "U"]))}]
            verdict = draw(st.sampled_from(["yes", "no"]))
            return {"verdict": verdict, "targets": proves, "hashes": hashes}
        case "hole":
            words = ["verified", "conditional", "rejected", "open", "error"]
            hole = {"status": draw(st.sampled_from(words)), "rests_on": ["claim"], "reason": "why"}
            return {"hole": hole, "judged": FILES[1], "hashes": hashes}
        case _:
            return {}


@st.composite
def runs(draw: st.DrawFn) -> dict[str, Any]:
    texts = {file: draw(st.sampled_from(["theorem", "other"])) for file in FILES}
    return {
        "proved": draw(st.booleans()),
        "written": draw(st.booleans()),
        "texts": texts,
        "certificate": draw(certificates(texts)),
        "removed": draw(st.sampled_from([*FILES, None, None])),
        "edited": draw(st.sampled_from([*FILES, None, None])),
        "said": draw(st.sampled_from(["open", "exhausted", *PROVED])),
    }


def events(run: dict[str, Any], row: dict[str, Any]) -> list[AnyEvent]:
    found: list[AnyEvent] = [TheoryAdded(0), GoalAdded(0, 0, "p", 1, "⊢ T", NamedProposition("T"))]
    if run["proved"]:
        found.append(EdgeAdded(0, 0, "tactic", "trivial"))
        found.append(Tried(0, "tactic", "trivial", "proved", 0))
    sha = digest(run["texts"][FILES[0]]) if run["written"] and run["proved"] else ""
    return [*found, Concluded(row, run["certificate"], sha)]


@settings(max_examples=120)
@given(runs())
def test_everyone_reads_one_status(run: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = RunFolder.create(Path(place) / "run")
        (folder.path / "Completed").mkdir()
        facts = {"asked": {}, "resolved": {"mask": "m", "targets": ["T"]}}
        folder.write_run(facts)
        for file, text in run["texts"].items():
            folder.write(file, text)
        target = cast(Any, SimpleNamespace(id="T", name="T", statement="T", module="M"))
        job = Job("T", StatementSource(("Init",), NamedProposition("T")), 0, target, stem="T")
        row = {
            "target": "T", "name": "T", "level": 0, "status": run["said"], "note": "",
            "file": FILES[0], "lemmas": 0, "definitions": 0, "edits": [],
        }  # fmt: skip
        with Store(folder.events) as store:
            store.append("T", events(run, row))
        if run["removed"]:
            (folder.path / run["removed"]).unlink()
        if run["edited"] and run["edited"] != run["removed"]:
            folder.write(run["edited"], "edited")
        with Store(folder.events) as store:
            entry = JobProgress.restored(job, store, SEARCH, folder, judged=True)
        record = read_run(folder.path)
        (read,) = record.targets
        assert cells(entry)[0] == entry.status == entry.row()["status"]
        assert read.status == entry.status
        assert (read.status in PROVED) <= run["proved"]
        verified = entry.status == "verified"
        assert read.verified == verified
        assert summary(record, [])["verified"] == verified
        assert {r["verified"] for r in rows(record)} <= {verified}
        assert any(r["positive"] for r in rows(record)) == verified
        if verified:
            certificate = run["certificate"]
            file = FILES[1] if "hole" in certificate else FILES[0]
            now = digest((folder.path / file).read_text())
            assert now in certificate["hashes"].values()


def test_a_hole_is_what_its_certificate_says_of_its_place() -> None:
    certificate = {
        "holes": [{"declaration": "a", "line": 3, "column": 2}],
        "declarations": [
            {"name": "a", "status": "open", "rests_on": ["b"], "reason": "it still has a hole"},
            {"name": "b", "status": "verified", "rests_on": [], "reason": ""},
        ],
        "findings": [{"text": "does not compile"}],
    }
    found = hole_verdict(certificate, "b", 3, 2)
    assert (found["status"], found["rests_on"]) == ("conditional", ["a", "b"])
    assert hole_verdict(certificate, "b", 9, 9)["status"] == "verified"
    unknown = hole_verdict(certificate, "c", 9, 9)
    assert (unknown["status"], unknown["reason"]) == ("rejected", "does not compile")
    assert hole_verdict({}, None, 1, 0)["status"] == "rejected"
