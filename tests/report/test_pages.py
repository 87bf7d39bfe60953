"""Pages: self-contained, escaped, and right about what the run holds."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.cli.report import command
from autoresearch_formal.report.audit import audit, removal_cost
from autoresearch_formal.report.figures import histogram, lines, ticks
from autoresearch_formal.report.graphs import draw, proof_graph
from autoresearch_formal.report.run import page
from autoresearch_formal.report.story import story
from autoresearch_formal.search.graph.events import (
    EdgeAdded,
    GoalAdded,
    LemmaAdded,
    NamedProposition,
    TheoryAdded,
    WrittenStatement,
)
from autoresearch_formal.search.runs.record import TargetRecord, read_run


class References(HTMLParser):
    """Collects everything that a page could fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "iframe", "object", "embed", "img", "base"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(name)
            if name in ("src", "href", "xlink:href") and not (value or "").startswith("#"):
                self.found.append(f"{name}={value}")
        if given.get("id"):
            self.ids.add(str(given["id"]))


def references(text: str) -> References:
    parser = References()
    parser.feed(text)
    return parser


def test_a_page_needs_nothing_but_itself(toy_run: Path) -> None:
    text = page(toy_run)
    assert references(text).found == []
    assert "@import" not in text
    assert "url(" not in text
    links = set(re.findall(r'href="#([^"]+)"', text))
    assert links == {"t9", "t5", "t6", "t40"} == links & references(text).ids


def test_what_the_run_says_is_shown_as_text_and_never_as_markup(toy_run: Path) -> None:
    evil = '<script>alert("x")</script>'
    report = json.loads((toy_run / "report.json").read_text())
    report["results"][0]["note"] = evil
    (toy_run / "report.json").write_text(json.dumps(report))
    file = toy_run / "Generated" / "t9.lean"
    file.write_text(f"-- {evil}\n")
    text = page(toy_run)
    assert references(text).found == []
    assert text.count("&lt;script&gt;") == 2


def test_verified_is_only_what_the_certificate_covers(toy_run: Path) -> None:
    text = page(toy_run)
    assert "<b>1 / 4</b><span>targets verified" in text
    assert text.count("and the judge agrees") == 1
    assert text.count("and the judge has not confirmed it") == 3


def test_the_story_tells_every_step_of_the_proof_in_order(toy_run: Path) -> None:
    for target in read_run(toy_run).targets:
        moments = story(target)
        steps = [m for m in moments if m.kind == "step"]
        assert len(steps) == len(target.path.edges)
        assert [m.when for m in moments] == sorted(m.when for m in moments)
        tried = sum(m.missed for m in moments) + len(steps)
        assert tried == moments[-1].when == target.result["steps"]


def test_the_drawing_has_every_goal_of_the_proof(toy_run: Path) -> None:
    for target in read_run(toy_run).targets:
        drawn = proof_graph(target)
        assert set(drawn) == set(target.path.edges)
        picture = draw(drawn, "x")
        assert picture.count('class="box') == len(drawn)
        assert picture.count('class="arc"') == drawn.number_of_edges()


def record(*events: object) -> TargetRecord:
    return TargetRecord("t", {}, {}, list(events), None, "")  # type: ignore[arg-type]


def test_the_audit_measures_what_removing_a_lemma_costs() -> None:
    """A target with two proofs: one step with the lemma, or three without."""
    events = [
        TheoryAdded(0),
        GoalAdded(0, 0, "root", text="⊢ P", statement=NamedProposition("P")),
        GoalAdded(1, 0, "lemma", text="⊢ L", statement=WrittenStatement("L")),
        LemmaAdded(1, 0, "useful", "L", "by abstraction"),
        EdgeAdded(0, 1, "tactic", "simp", cost=1.0),
        TheoryAdded(1, 0, "useful", "lemma", "theorem useful : L := by\n  simp"),
        GoalAdded(2, 1, "root", text="⊢ P", statement=NamedProposition("P")),
        EdgeAdded(1, 0, "lemma", "useful", (1, 2), (0, 1), 0.1),
        EdgeAdded(2, 2, "tactic", "exact useful", cost=1.0, uses=("useful",)),
    ]
    (only,) = audit([record(*events)])
    assert (only.name, only.kept, only.uses, only.statement) == ("useful", True, 1, "L")
    assert only.removed is None
    other = EdgeAdded(3, 0, "tactic", "brute", cost=4.0)
    (again,) = audit([record(*events, other)])
    assert again.removed == pytest.approx(4.0 - 2.1)
    cheap = EdgeAdded(4, 2, "tactic", "omega", cost=1.0)
    assert removal_cost(record(*events, cheap), "useful") == 0


@given(st.lists(st.floats(-1e6, 1e6) | st.integers(-50, 50).map(float), max_size=40))
def test_every_value_is_in_some_bar(values: list[float]) -> None:
    chart = histogram(values, "x", "u")
    counts = [int(n) for n in re.findall(r" u: (\d+)</title>", chart)]
    assert sum(counts) == len(values)


@given(st.floats(1e-6, 1e9))
def test_ticks_reach_the_top(top: float) -> None:
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert len(marks) <= 9


def test_lines_leave_gaps_where_nothing_was_measured() -> None:
    chart = lines({"a": [1.0, None, 3.0], "b": [None, None, None]}, "x")
    assert chart.count("<circle") == 2


def test_the_command_writes_the_page_and_says_where(toy_run: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(toy_run), "--json"])
    assert done.exit_code == 0, done.output
    assert (toy_run / "report.html").stat().st_size == json.loads(done.stdout)["bytes"]
    done = CliRunner().invoke(command, [str(tmp_path / "nothing")])
    assert done.exit_code == 2
    assert "no run" in done.output
