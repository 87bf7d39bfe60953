"""A corrupted export never yields yes for a false statement, and never hurts the caller.

Two thousand corrupted exports, one forked replay each. Half start from an honest candidate in which
one statement was replaced by a false one, and must never be believed; half from the honest one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autoresearch_formal.judge import compare, pins
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import MalformedExport, Segment
from autoresearch_formal.judge.library import entries_of
from autoresearch_formal.judge.tables import CONST

CLAIM = ("claim",)

_many = settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def falsify(text: bytes) -> bytes:
    """Turn ``claim : 1 = 1`` into ``claim : 1 = 0`` with the same proof."""
    segment = Segment.parse(text)
    d = next(d for d in segment.declarations if segment.names[getattr(d, "name", 0)] == CLAIM)
    top = segment.exprs[d.type]  # type: ignore[union-attr]
    zero = next(
        i for i, e in enumerate(segment.exprs)
        if e[0] == CONST and segment.names[e[1]] == ("Nat", "zero")
    )  # fmt: skip
    number = len(segment.exprs)
    lines = text.rstrip(b"\n").split(b"\n")
    at = segment.lines[segment.declarations.index(d)] - 1
    thm = json.loads(lines[at])
    old, thm["thm"]["type"] = thm["thm"]["type"], number
    assert old != number
    # The numbers of expressions have no gaps, so the new one goes to the end of the file.
    app = json.dumps({"app": {"fn": top[1], "arg": zero}, "ie": number}).encode()
    moved = json.dumps(thm).encode()
    return b"\n".join([*lines[:at], *lines[at + 1 :], app, moved, b""])


class Claim:
    """What the judge's later steps ask of an export that is to prove the claim of `honest`."""

    def __init__(self, library: Segment, honest: bytes, kernel: Callable[[bytes], str]) -> None:
        assert library.lean is not None
        self.pinned = pins.load(library.lean.githash)
        self.library = dict(entries_of(library, self.pinned))
        self.wanted = dict(entries_of(Segment.parse(honest), self.pinned))[CLAIM].type
        self.kernel = kernel

    def believed(self, text: bytes) -> bool:
        """Whether they accept it."""
        try:
            segment = Segment.parse(text)
        except MalformedExport:
            return False
        candidate = Candidate(segment, self.library, self.pinned, {}, frozenset())
        claim = candidate.entries.get(CLAIM)
        if claim is None or claim.kind != "thm" or claim.type != self.wanted:
            return False
        if compare.redefinitions(candidate) or compare.axioms(candidate)[1]:
            return False
        return self.kernel(text) == "yes"


@pytest.fixture(scope="session")
def false_text(candidate_text: bytes) -> bytes:
    return falsify(candidate_text)


@pytest.fixture(scope="session")
def false_claim(library: Segment, false_text: bytes, accepts: Callable[[bytes], str]) -> Claim:
    return Claim(library, false_text, accepts)


def test_the_honest_candidate_is_believed(
    library: Segment, candidate_text: bytes, accepts: Callable[[bytes], str]
) -> None:
    assert Claim(library, candidate_text, accepts).believed(candidate_text)


def test_the_false_candidate_is_well_formed_and_refused(
    false_text: bytes, accepts: Callable[[bytes], str]
) -> None:
    assert accepts(false_text) == "no"


@st.composite
def corruptions(draw: st.DrawFn, text: bytes) -> bytes:
    """A text with a few of: bits flipped, cut off, lines dropped or swapped, numbers changed.

    Changed numbers stay small, so that many results are well formed and reach the kernel.
    """
    for _ in range(draw(st.integers(1, 3))):
        lines = text.split(b"\n")
        i = draw(st.integers(0, max(0, len(lines) - 2)))
        kind = draw(st.sampled_from(["number", "number", "number", "bit", "cut", "drop", "swap"]))
        if kind == "number":
            places = list(re.finditer(rb"\d+", lines[i]))
            if places:
                m = draw(st.sampled_from(places))
                old = int(m[0])
                new = draw(st.one_of(st.integers(0, 40), st.integers(max(0, old - 5), old + 5)))
                lines[i] = lines[i][: m.start()] + str(new).encode() + lines[i][m.end() :]
            text = b"\n".join(lines)
        elif kind == "bit":
            at = draw(st.integers(0, max(0, len(text) - 1)))
            flipped = bytes([text[at] ^ (1 << draw(st.integers(0, 7)))]) if text else b""
            text = text[:at] + flipped + text[at + 1 :]
        elif kind == "cut":
            text = text[: draw(st.integers(0, len(text)))]
        elif kind == "drop":
            text = b"\n".join(lines[:i] + lines[i + 1 :])
        else:
            j = draw(st.integers(0, max(0, len(lines) - 2)))
            lines[i], lines[j] = lines[j], lines[i]
            text = b"\n".join(lines)
    return text


@_many
@given(data=st.data())
def test_corrupting_a_false_export_never_makes_it_true(
    data: st.DataObject, false_text: bytes, false_claim: Claim
) -> None:
    assert not false_claim.believed(data.draw(corruptions(false_text)))


@_many
@given(data=st.data())
def test_the_kernel_process_survives_whatever_is_well_formed(
    data: st.DataObject, candidate_text: bytes, accepts: Callable[[bytes], str]
) -> None:
    assert accepts(data.draw(corruptions(candidate_text))) in ("yes", "no", "malformed")
