"""What reads texts by others takes time in proportion to their length, whatever they say.

Nothing is timed: operations are counted on a text and on one twice as long.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autoresearch_formal.judge
import autoresearch_formal.mask
import autoresearch_formal.targets
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.source import MAX_BYTES, precheck
from autoresearch_formal.lean.imports import imports
from autoresearch_formal.mask import Mask
from autoresearch_formal.mask.check import check_text
from autoresearch_formal.mask.scan import MOST_LEAKS, _index
from tests.operations import python_steps, regex_steps, sample_characters

ANCHORED = {"_IMPORT", "_KEYWORD", "_JOINING", "_GLUED", "_PLAIN", "_KEY", "_NAMED"}
"""Patterns that are only asked at one place of a text."""

MASK = Mask.compute(1823)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of these packages compiles, and those of the leak scan."""
    for package in (
        autoresearch_formal.judge,
        autoresearch_formal.mask,
        autoresearch_formal.targets,
    ):
        for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(info.name)).items():
                if isinstance(value, re.Pattern):
                    text = value.pattern
                    plain = text if isinstance(text, str) else text.decode()
                    flags = value.flags & ~re.U if isinstance(text, bytes) else value.flags
                    yield f"{info.name}.{name}", re.compile(plain, flags)
    index = _index(MASK)
    for name in ("fragments", "symbols"):
        yield f"the mask's {name}", getattr(index, name)


PATTERNS = dict(patterns())


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_backtracks_more_than_in_proportion(name: str) -> None:
    pattern = PATTERNS[name]
    search = name.rpartition(".")[2] not in ANCHORED
    characters = sample_characters(pattern)
    pumps = [*characters, *(a + b for a in characters[:4] for b in characters[:4] if a != b)]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        for pump in pumps:
            for start in dict.fromkeys(["", *characters[:2]]):
                short, long = (
                    regex_steps(pattern, start + pump * n + "\x01", search=search) for n in (30, 60)
                )
                assert long < 2.7 * short + 100, f"{start + pump!r}: {short} and {long} steps"
    finally:
        sys.setrecursionlimit(limit)


def test_the_count_sees_backtracking() -> None:
    slow = re.compile(r"(?:a|b)*[0-9]*x")
    assert regex_steps(slow, "1" * 80) > 3 * regex_steps(slow, "1" * 40)


PIECES = [
    "a b ", "a.", "1", "1.", "A", "aB", "group ", "group", "g_", "gr oup ", "normal form ",
    "\\math", "\\text{", "{ \\rm ", '" ++ ', "a-\n ", "&amp;", "\u0430\u0430 ", "Subgroup.",
    "GL(", "G / N ", "%6f", "\\u{67}", "/-", "/--/", "-/", "-- x\n", "import A\n",
    "\nimport Mathlib.A", 'r#"', '"', '"\\"', "'\\x0", "«",
    "sorry ", "theorem a : b := sorry\n", "namespace a\nend a\n", "g r o u p ",
]  # fmt: skip


def reads(text: str) -> None:
    """Everything that reads a source text without Lean."""
    precheck(text.encode())
    check_text("", text, MASK)
    with contextlib.suppress(UsageFault):
        imports(text)


def grows(function: Callable[[str], object], piece: str) -> None:
    n = max(1, 600 // len(piece))
    short, long = (python_steps(function, piece * times) for times in (n, 2 * n))
    assert long < 2.5 * short + 2000, f"{piece!r}: {short} and {long} operations"


@settings(max_examples=25)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
def test_reading_a_text_takes_time_in_proportion(piece: str) -> None:
    grows(reads, piece)


@pytest.mark.parametrize("piece", PIECES)
def test_reading_repeated_pieces(piece: str) -> None:
    grows(reads, piece)


def test_the_count_sees_a_slow_reader() -> None:
    with pytest.raises(AssertionError):
        grows(lambda text: [text.count("\n", 0, i) for i in range(len(text))], "a\n")


def test_a_megabyte_of_single_letters_is_read() -> None:
    text = "import Reconstruct.Substitutions.Foundation\n-- " + "a b " * (MAX_BYTES // 4 - 20)
    assert check_text("", text, MASK) == []


def test_no_more_leaks_are_looked_for_than_anyone_reads() -> None:
    text = "g.r.o.u.p " * (2 * MOST_LEAKS)
    assert len(check_text("", text, MASK)) <= MOST_LEAKS
