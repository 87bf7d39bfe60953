"""A hidden name behaves as one that never existed: same answers, whatever is asked.

Real gym, real mask of 1823, random hidden names against fresh ones of the same shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autoresearch_formal.mask import Mask

from .gymtalk import Talker
from .probes import (
    COMMANDS,
    GOALS,
    MODULES,
    QUERIES,
    TACTICS,
    comparable,
    filled,
    fresh,
    fresh_module,
    hidden_modules,
    hidden_names,
)

pytestmark = [pytest.mark.lean, pytest.mark.slow]

MASK = Mask.compute(1823)
NAMES = hidden_names(MASK)
NAME = re.compile(r"[^\W\d][\w'!?]*(?:\.[\w'!?]+)+")
"""Dotted names in a text: single words are the leak scan's matter."""
BUDGET = {"heartbeats": 2000, "ms": 600_000}  # wall time must not decide: machines differ
SETTINGS = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
}


class Server:
    """One talker with a theory and a proof state at hand, and a count of probes."""

    def __init__(self) -> None:
        self.talker = Talker(MASK)
        self.theory: int = self.talker.ask(op="import", modules=["Init"])["theory"]
        goal = self.talker.ask(
            op="goal",
            theory=self.theory,
            statement="∀ (a b c : Int), a = b → a * (b + c) = c * a + b * a",
        )
        self.state: int = goal["state"]
        self.probes = 0

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        if request.get("theory") == 0:
            request = {**request, "theory": self.theory}
        if request.get("state") == 0:
            request = {**request, "state": self.state}
        self.probes += 1
        answer = self.talker.ask(**request)
        states = [
            child["state"]
            for result in answer.get("results", ())
            for child in result.get("children", ())
        ]
        if "state" in answer:
            states.append(answer["state"])
        if states:
            self.talker.ask(op="drop", states=states)
        if "theory" in answer:
            self.talker.ask(op="drop", theories=[answer["theory"]])
        return answer


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.talker.close()


def _same(server: Server, request: dict[str, Any], hidden: str, invented: str) -> None:
    real = comparable(server.ask(filled(request, hidden)), hidden, hidden)
    fake = comparable(server.ask(filled(request, invented)), hidden, invented)
    assert real == fake, f"{request}\n{hidden}: {real}\n{invented}: {fake}"


@settings(max_examples=150, **SETTINGS)
@given(st.sampled_from(COMMANDS), st.sampled_from(NAMES), st.integers(0, 1 << 16))
def test_commands(server: Server, template: str, hidden: str, seed: int) -> None:
    request = {"op": "elab", "theory": 0, "text": template, **BUDGET}
    _same(server, request, hidden, fresh(hidden, MASK, seed))


@settings(max_examples=60, **SETTINGS)
@given(
    st.lists(st.sampled_from(TACTICS), min_size=6, max_size=6),
    st.sampled_from(NAMES),
    st.integers(0, 1 << 16),
)
def test_tactics(server: Server, templates: list[str], hidden: str, seed: int) -> None:
    request = {"op": "try", "state": 0, "tactics": templates, **BUDGET}
    _same(server, request, hidden, fresh(hidden, MASK, seed))


@settings(max_examples=60, **SETTINGS)
@given(st.sampled_from(GOALS), st.sampled_from(NAMES), st.integers(0, 1 << 16))
def test_goals(server: Server, statement: str, hidden: str, seed: int) -> None:
    request = {"op": "goal", "theory": 0, "statement": statement, **BUDGET}
    _same(server, request, hidden, fresh(hidden, MASK, seed))


@settings(max_examples=80, **SETTINGS)
@given(st.sampled_from(QUERIES), st.sampled_from(NAMES), st.integers(0, 1 << 16))
def test_queries(server: Server, query: dict[str, Any], hidden: str, seed: int) -> None:
    _same(server, query, hidden, fresh(hidden, MASK, seed))


@settings(max_examples=50, **SETTINGS)
@given(st.sampled_from(MODULES), st.sampled_from(hidden_modules(MASK)), st.integers(0, 1 << 16))
def test_modules(server: Server, query: dict[str, Any], hidden: str, seed: int) -> None:
    _same(server, query, hidden, fresh_module(hidden, seed))


def test_every_template_once(server: Server) -> None:
    """Whatever the random choices were, no template goes untried."""
    names = NAMES[:: max(1, len(NAMES) // (len(COMMANDS) + len(TACTICS)))]
    for k, template in enumerate(COMMANDS):
        hidden = names[k % len(names)]
        _same(
            server,
            {"op": "elab", "theory": 0, "text": template, **BUDGET},
            hidden,
            fresh(hidden, MASK, k),
        )
    for k, template in enumerate(TACTICS):
        hidden = names[-k % len(names)]
        _same(
            server,
            {"op": "try", "state": 0, "tactics": [template], **BUDGET},
            hidden,
            fresh(hidden, MASK, k),
        )


def test_nothing_shown_names_a_hidden_thing(server: Server) -> None:
    """Suggestions, goals, uses and listings contain no hidden name."""
    attempts = [
        "exact?",
        "apply?",
        "rw?",
        "simp?",
        "simp_all?",
        "grind?",
        "grind",
        "exact Int.mul_comm a b",
        "show_term simp",
        "try?",
        "simp? [Int.mul_add]",
        "ac_rfl",
        "omega",
        "decide",
        "norm_cast",
    ]
    answer = server.ask(
        {"op": "try", "state": 0, "tactics": attempts, "heartbeats": 8000, "ms": 600_000}
    )
    assert len(answer["results"]) == len(attempts)
    listed = server.ask(
        {"op": "names", "theory": 0, "modules": ["*"], "ms": 600_000, "heartbeats": 10**6}
    )
    shown = [entry["name"] for entry in listed["names"]]
    assert len(shown) > 10_000
    assert [name for name in shown if MASK.why(name)] == []
    said = {name for text in _strings(answer["results"]) for name in NAME.findall(text)}
    assert "Lean.Grind.CommRing" not in said  # whatever the mask's own view of it is
    assert [name for name in sorted(said) if MASK.why(name)] == []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


def test_enough_probes(server: Server) -> None:
    """Runs last: at least 500 pairs have been compared."""
    assert server.probes >= 1000
