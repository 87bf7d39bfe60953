"""When are two proposals the same? Up to blanks, and up to names that the proposal itself makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autoresearch_formal.actions.base import Action

_WORD = re.compile(r"[^\W\d][\w'!?₀-₉]*(?:\.[\w'!?₀-₉]+)*|\d+|\s+|.", re.DOTALL)
_IDENTIFIER = re.compile(r"[^\W\d][\w'!?₀-₉]*")
_BINDERS = {"intro", "intros", "rintro", "obtain", "rcases", "fun", "λ", "∀", "∃", "with"}
_NAMING = {"have", "let", "set", "generalize", "rename_i", "next", "case"}
_CLOSE = {":=", "=>", ",", ";", "\n", "←", ":", "("}
_FIXED = {"rfl", "at", "using", "from", "by", "with", "zero", "succ", "nil", "cons", "inl", "inr"}


def tokens(text: str) -> list[str]:
    """Words and symbols; runs of blanks become one, and none stand beside brackets and commas."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    indents = [len(line) - len(line.lstrip()) for line in text.strip("\n").splitlines()]
    levels = {indent: depth for depth, indent in enumerate(sorted(set(indents)))}
    shaped = [
        "  " * levels.get(indent, 0) + line
        for indent, line in zip(indents, lines, strict=False)
        if line
    ]
    words: list[str] = []
    for token in _WORD.findall("\n".join(shaped)):
        words.append(token)
    needed: list[str] = []
    for index, token in enumerate(words):
        if token == " ":
            before = words[index - 1] if index else ""
            after = words[index + 1] if index + 1 < len(words) else ""
            if before in "([{⟨,:=" or after in ")]}⟩,:=":
                continue
        needed.append(token)
    return needed


def introduced(words: Sequence[str], known: set[str]) -> list[str]:
    """Identifiers that a tactic text introduces itself, in order of first occurrence.

    A word counts if it follows a binding keyword before anything ends the list of names, is no
    name of the context, and was not used before, when it would mean something else.
    """
    names: list[str] = []
    before: set[str] = set()
    active = single = False
    depth = 0
    for place, word in enumerate(words):
        before = set(words[:place]) if active else before
        if word in _BINDERS or word in _NAMING:
            active, depth = True, 0
            single = word in _NAMING
            continue
        if not active:
            continue
        if word in "⟨(":
            depth += 1
        elif word in "⟩)":
            depth -= 1
        elif word.isspace() or word in ("|", "_", "-", "@"):
            if "\n" in word:
                active = False
        elif word == "," and depth > 0:
            pass
        elif _IDENTIFIER.fullmatch(word) and word not in _FIXED:
            if word not in known and word not in names and word not in before:
                names.append(word)
            if single:
                active = False
        else:
            active = False
    return names


def normal_form(text: str, known: Iterable[str] = ()) -> str:
    """A key that is equal for texts that differ in blanks or in names they introduce.

    ``known`` are names of the goal's context, which are never renamed. Where this is unsure it
    leaves names alone: a duplicate that is missed costs a kernel step, a wrong merge a proof.
    """
    words = tokens(text)
    fresh = introduced(words, set(known))
    table = {name: f"x✝{number}" for number, name in enumerate(fresh)}
    return "".join(_renamed(word, table) for word in words)


def _renamed(word: str, table: dict[str, str]) -> str:
    first, dot, rest = word.partition(".")
    return table.get(first, first) + dot + rest


def merge(actions: Iterable[Action], known: Iterable[str] = ()) -> list[Action]:
    """Best first, one of each kind of sameness; the most probable of duplicates stays."""
    context = tuple(known)
    kept: dict[tuple[str, str], Action] = {}
    for action in sorted(actions, key=lambda a: -a.logprob):
        kept.setdefault((action.kind, normal_form(action.text, context)), action)
    return list(kept.values())
