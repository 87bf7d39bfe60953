"""Carrying scripts from one goal to another that is the same up to names and order.

The graph has one node for all goals with one fingerprint. The gym says in which *canonical order*
it took the hypotheses in; between two goals with one fingerprint, those at the same place of this
order correspond, and that correspondence is an isomorphism. There are two ways to carry a script
through it:

- **renaming**: the correspondence, completed to a permutation of all names, is applied to every
  identifier of the text, those that it binds itself included. A permutation can't capture
  anything, and renamings one after the other are again one. A text is not a term, though: a
  constant called like a hypothesis is an identifier as well. So what comes out is checked;
- **restoring**: ``revert`` and ``intro`` make the goal at hand into the other one, with its names
  in its order, and the script is said as it is. Longer, but nothing in it can go wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PART = r"(?:«[^»\n]*»|[^\W\d][\w'!?₀-₉✝]*)"
_WORD = re.compile(rf"(?<![\w.'»]){_PART}(?:\.{_PART})*")
_ARGUMENT = re.compile(r"[({,]\s*\Z")
"""What stands before the name of an argument or field, ``(n := 3)``."""


@dataclass(frozen=True, slots=True)
class Context:
    """The hypotheses of a goal: their names, the canonical order, and its universes in order."""

    names: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def canonical(self) -> tuple[str, ...]:
        """The names in canonical order."""
        return tuple(self.names[i] for i in self.order) if self.order else self.names

    def renaming_to(self, other: Context) -> dict[str, str]:
        """The names here to those at the same places there, where they differ."""
        pairs = dict(zip(self.canonical, other.canonical, strict=False))
        universes = dict(zip(self.levels, other.levels, strict=False))
        if not (set(universes) | set(universes.values())) & (set(pairs) | set(pairs.values())):
            pairs |= universes
        return {a: b for a, b in pairs.items() if a != b}

    def restored_from(self, other: Context) -> list[str]:
        """Tactics that make the goal ``other`` into this one: names, and the order in context."""
        there = dict(zip(self.canonical, other.canonical, strict=True))
        wanted = [there[name] for name in self.names]
        same = 0
        while wanted[same:] and wanted[same] == other.names[same] == self.names[same]:
            same += 1
        if same == len(wanted):
            return []
        # what is reverted last is introduced first; one `revert` keeps the order of the context
        reverts = [f"revert {name}" for name in reversed(wanted[same:])]
        if wanted == list(other.names):
            reverts = [f"revert {' '.join(wanted[same:])}"]
        return [*reverts, f"intro {' '.join(self.names[same:])}"]


def permutation(renaming: Mapping[str, str]) -> dict[str, str]:
    """A renaming of some names completed to a permutation: names that it makes twice give way."""
    back = {new: old for old, new in renaming.items()}
    done = dict(renaming)
    for new in renaming.values():
        if new not in renaming:
            free = new
            while free in back:
                free = back[free]
            done[new] = free
    return {a: b for a, b in done.items() if a != b}


def composed(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Two permutations one after the other."""
    both = {
        name: then.get(first.get(name, name), first.get(name, name)) for name in {**first, **then}
    }
    return {a: b for a, b in both.items() if a != b}


def rename(text: str, names: Mapping[str, str]) -> str:
    """Apply a renaming to a text, as a permutation of whole identifiers.

    Of a dotted identifier the first part counts. What stands after a dot, and the names of
    arguments and fields, stay as they are.
    """
    swapped = permutation(names)
    if not swapped:
        return text

    def swap(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.end() :]
        if after.lstrip().startswith(":=") and _ARGUMENT.search(before[-40:]):
            return found[0]
        first = re.match(_PART, found[0])
        assert first is not None
        return swapped.get(first[0], first[0]) + found[0][first.end() :]

    return _WORD.sub(swap, text)
