"""Counting what a function does to a text, instead of timing it.

`python_steps` counts the lines of Python that are run and the characters that string methods
touch; `regex_steps` counts the steps of a plain backtracking matcher for Python's own parse of a
pattern. Both grow like the time that is needed, on every machine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any


class CountedText(str):
    """A text that counts the characters that its methods touch."""

    touched = 0

    def __getitem__(self, key: Any) -> CountedText:
        part = super().__getitem__(key)
        CountedText.touched += len(part)
        return CountedText(part)

    def count(self, sub: str, start: int = 0, end: int = sys.maxsize) -> int:  # type: ignore[override]
        CountedText.touched += max(0, min(end, len(self)) - start)
        return super().count(sub, start, end)

    def find(self, sub: str, start: int = 0, end: int = sys.maxsize) -> int:  # type: ignore[override]
        found = super().find(sub, start, end)
        CountedText.touched += (found if found >= 0 else min(end, len(self))) - start
        return found

    def rfind(self, sub: str, start: int = 0, end: int = sys.maxsize) -> int:  # type: ignore[override]
        found = super().rfind(sub, start, end)
        CountedText.touched += min(end, len(self)) - max(found, start)
        return found


def python_steps(function: Callable[[str], object], text: str) -> int:
    """How many lines run and how many characters are touched while `function` reads `text`."""
    lines = 0

    def count(frame: Any, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    CountedText.touched = 0
    before = sys.gettrace()
    sys.settrace(count)
    try:
        function(CountedText(text))
    finally:
        sys.settrace(before)
    return lines + CountedText.touched


def regex_steps(pattern: re.Pattern[str], text: str, *, search: bool = True) -> int:
    """The steps of finding all matches of a pattern in a text, or one at its start."""
    return _Matcher(pattern, text).run(search)


class _Matcher:
    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.items = list(_parser.parse(pattern.pattern, pattern.flags))
        self.flags = pattern.flags
        self.text = text
        self.steps = 0
        self.groups: dict[int, tuple[int, int]] = {}

    def run(self, search: bool) -> int:
        at = 0
        while at <= len(self.text):
            end = next(self._all(self.items, 0, at), None)
            if not search:
                break
            at = at + 1 if end is None else max(end, at + 1)
        return self.steps

    def _all(self, items: Any, k: int, at: int) -> Iterator[int]:
        if k == len(items):
            yield at
            return
        for end in self._one(items[k], at):
            yield from self._all(items, k + 1, end)

    def _one(self, item: Any, at: int) -> Iterator[int]:
        code, value = item
        self.steps += 1
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from self._repeat(value, at)
        elif code is op.BRANCH:
            for items in value[1]:
                yield from self._all(items, 0, at)
        elif code is op.SUBPATTERN:
            for end in self._all(value[3], 0, at):
                if value[0] is not None:
                    self.groups[value[0]] = (at, end)
                yield end
        elif code is op.GROUPREF:
            start, end = self.groups[value]
            if self.text.startswith(self.text[start:end], at):
                yield at + end - start
        elif code in (op.ASSERT, op.ASSERT_NOT):
            place = at if value[0] > 0 else at - 1
            holds = place >= 0 and next(self._all(value[1], 0, place), None) is not None
            if holds is (code is op.ASSERT):
                yield at
        elif code is op.AT:
            if self._at(value, at):
                yield at
        elif at < len(self.text) and self._fits(item, self.text[at]):
            yield at + 1

    def _repeat(self, value: Any, at: int) -> Iterator[int]:
        low, high, items = value
        if len(items) == 1 and items[0][0] in _SINGLE:
            end = at
            while end < len(self.text) and end - at < high and self._fits(items[0], self.text[end]):
                end += 1
                self.steps += 1
            for stop in range(end, at + low - 1, -1):
                self.steps += 1
                yield stop
            return
        yield from self._again(low, high, items, at, 0)

    def _again(self, low: int, high: int, items: Any, at: int, count: int) -> Iterator[int]:
        if count < high:
            for end in self._all(items, 0, at):
                if end > at:
                    yield from self._again(low, high, items, end, count + 1)
        if count >= low:
            yield at

    def _at(self, where: Any, at: int) -> bool:
        if where in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            return at == 0 or (bool(self.flags & re.M) and self.text[at - 1] == "\n")
        if where in (op.AT_END, op.AT_END_STRING):
            return at == len(self.text)
        raise NotImplementedError(where)

    def _fits(self, item: Any, character: str) -> bool:
        code, value = item
        if code is op.LITERAL:
            return ord(character) == value
        if code is op.NOT_LITERAL:
            return ord(character) != value
        if code is op.ANY:
            return character != "\n" or bool(self.flags & re.S)
        if code is op.IN:
            negated = value[0][0] is op.NEGATE
            return negated is not any(self._in(one, character) for one in value)
        raise NotImplementedError(code)

    @staticmethod
    def _in(one: Any, character: str) -> bool:
        code, value = one
        if code is op.LITERAL:
            return ord(character) == value
        if code is op.RANGE:
            return bool(value[0] <= ord(character) <= value[1])
        if code is op.CATEGORY:
            name = str(value).removeprefix("CATEGORY_")
            plain = name.removeprefix("NOT_")
            holds = {
                "DIGIT": character.isdigit(),
                "SPACE": character.isspace(),
                "WORD": character.isalnum() or character == "_",
            }[plain]
            return holds is not name.startswith("NOT_")
        return False


_SINGLE = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}


def sample_characters(pattern: re.Pattern[str], most: int = 6) -> list[str]:
    """Characters that a pattern treats in different ways, as far as its text shows them."""
    found: dict[str, None] = {}

    def visit(items: Any) -> None:
        for code, value in items:
            if code in (op.LITERAL, op.NOT_LITERAL):
                found.setdefault(chr(value))
            elif code is op.RANGE:
                found.setdefault(chr(value[0]))
            elif code is op.CATEGORY:
                found.setdefault(
                    {"DIGIT": "1", "SPACE": " ", "WORD": "w"}[str(value).split("_")[-1]]
                )
            elif code is op.IN:
                visit(value)
            elif code is op.BRANCH:
                for part in value[1]:
                    visit(part)
            elif code is op.SUBPATTERN:
                visit(value[3])
            elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
                visit(value[2])
            elif code in (op.ASSERT, op.ASSERT_NOT):
                visit(value[1])

    visit(_parser.parse(pattern.pattern, pattern.flags))
    every = list(found)
    return every[:: max(1, len(every) // most)][:most]
