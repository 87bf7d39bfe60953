"""The leak scan: does a text show something from behind the mask, where, and why?

It reads words, phrases, plurals, identifiers split on case, underscores, dots and digits, LaTeX
and symbols, whatever they are spelled with (`normalise`). It cannot read codes, other languages,
or an explanation of a hidden notion in visible words: `docs/mask.md` says what follows from that.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from autoresearch_formal.mask.hidden import Hidden, Lexicon
from autoresearch_formal.mask.model import Mask
from autoresearch_formal.mask.normalise import Folded, readings

_RUN = re.compile(r"[A-Za-z0-9_.'’-]+")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NEWLINE = re.compile("\n")
_JOINING = re.compile(r"[\s_.'’~-]*")
_DIGITS = [str.maketrans("01345789", table) for table in ("oleastbg", "oieastbg")]
_PLAIN_GAP = set(" \t(),;:")
_GLUED = re.compile(
    r"(?:the|a|an|my|our|your|this|that|any|some|every|each|new|is|has|of|as|mul|big|small|first"
    r"|second)*"
    r"(?P<word>group|monoid|field|ring|ideal|normal)s?"
    r"(?:of|law|laws|structure|axiom|axioms|like|def|mul|inv|one|op|hom|is|theorem|lemma|theory)*"
)
"""Words glued to others without a hump. Where the table has no such word nothing follows."""
_NOT_GLUED = {"afield", "anormal", "hasring", "asring"}
_SHORTEST_GLUED = 4
_FONT = r"\\(?:math[a-z]+|operatorname\*?|text[a-z]*)"
_LONGEST_JOIN = 28
_SHORTEST_JOIN = 5

MOST_LEAKS = 10_000
"""No more are looked for: a text with so many is refused, and nobody reads on."""


@dataclass(frozen=True)
class Leak:
    """One finding: the place (from 1), the text as it stands there, the concept, and the rule."""

    line: int
    column: int
    text: str
    concept: Hidden
    rule: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.text!r} is {self.rule} of {self.concept}"


class _Parts(NamedTuple):
    """Stretches of letters of one case pattern, e.g. the two of ``subGroup``: column by column,
    because a text has as many of them as half its letters."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def scan(text: str, mask: Mask) -> list[Leak]:
    """The leaks of a text, `MOST_LEAKS` at most, in the order of their places, one at any place.

    An empty list means that nothing was found, not that nothing is there.
    """
    index = _index(mask)
    hits: dict[tuple[int, int], tuple[str, str]] = {}
    for start, end, concept in index.symbols_in(text):
        hits[start, end] = (concept, "a symbol")
    for folded in readings(text):
        for start, end, concept, rule in index.words_in(folded):
            hits.setdefault(folded.source_span(start, end), (concept, rule))
            if len(hits) >= MOST_LEAKS:
                break
    newlines = line_ends(text)
    leaks: list[Leak] = []
    last = -1
    for (start, end), (concept, rule) in sorted(hits.items(), key=lambda i: (i[0][0], -i[0][1])):
        if start < last:
            continue
        last = end
        line = bisect_right(newlines, start - 1)
        column = start - (newlines[line - 1] if line else -1)
        leaks.append(Leak(line + 1, column, text[start:end], mask.concepts[concept], rule))
    return leaks


def line_ends(text: str) -> list[int]:
    """The places of all line breaks."""
    return [newline.start() for newline in _NEWLINE.finditer(text)]


class _ByHash:
    """A mask as a cache key: its hash stands for it."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask

    def __hash__(self) -> int:
        return hash(self.mask.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and other.mask.hash == self.mask.hash


@lru_cache(maxsize=8)
def _cached(key: _ByHash) -> _Index:
    return _Index(key.mask)


def _index(mask: Mask) -> _Index:
    return _cached(_ByHash(mask))


class _Index:
    """The lexicon of a mask in the form the scan needs."""

    def __init__(self, mask: Mask) -> None:
        lexicon: Lexicon = mask.lexicon
        self.mask = mask
        self.single: dict[str, str] = {}
        self.phrases: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        self.joined: dict[str, str] = {}
        self.joins: set[str] = set()  # what a word of `joined` begins with
        self.starts: set[str] = set()  # and a single word of some length
        for word, concept in lexicon.words.items():
            for form in _forms(word):
                parts = tuple(_parts(form).words)
                if not parts:
                    continue
                if len(parts) == 1:
                    self.single.setdefault(parts[0], concept)
                else:
                    self.phrases.setdefault(parts[:2], []).append((parts, concept))
                compact = "".join(parts)
                if len(parts) == 1 and len(compact) >= _SHORTEST_JOIN:
                    self.starts.update(compact[:end] for end in range(1, len(compact)))
                if len(compact) >= _SHORTEST_JOIN:
                    self.joined.setdefault(compact, concept)
                    self.joins.update(compact[:end] for end in range(1, len(compact)))
        self.everyday: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for phrase in lexicon.everyday:
            for form in _forms(phrase):
                parts = tuple(_parts(form).words)
                self.everyday.setdefault(parts[:2], []).append(parts)
        self.first_words = {first for first, *_ in self.phrases}
        self.everyday_words = {first for first, *_ in self.everyday}
        self.fragment_concept = dict(lexicon.fragments)
        self.fragments = _alternatives(lexicon.fragments)
        self.symbol_concept = {_squeeze(s): c for s, c in lexicon.symbols.items()}
        self.symbols = _symbol_pattern(lexicon.symbols)
        self.names = {
            name: why.concept.id
            for name, why in mask.forbidden.items()
            if "." in name and not name.startswith("_private")
        }
        self.prefixes = {name: hidden.id for name, hidden in mask.prefixes.items()}
        self.shortest = min(map(len, (*self.single, *self.joined, *lexicon.fragments)), default=0)
        self.longest_name = max(map(len, (*self.names, *self.prefixes)), default=0)

    def symbols_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Hidden symbols and LaTeX commands, searched in the text as it stands."""
        if self.symbols is None:
            return
        for found in self.symbols.finditer(text):
            yield found.start(), found.end(), self.symbol_concept[_squeeze(found.group())]

    def words_in(self, folded: Folded) -> Iterator[tuple[int, int, str, str]]:
        """Hidden words, phrases, fragments and names of a folded text: span, concept, rule."""
        parts = _parts(folded.text)
        lows, highs = self._excused(parts, folded.text)
        for start, end, concept, rule in self._found(parts, folded.text):
            before = bisect_right(lows, start)
            if not before or end > highs[before - 1]:
                yield start, end, concept, rule

    def _found(self, parts: _Parts, text: str) -> Iterator[tuple[int, int, str, str]]:
        for at, (word, start, end) in enumerate(zip(*parts, strict=True)):
            if word in self.single:
                yield start, end, self.single[word], "a word"
            elif len(word) > _SHORTEST_GLUED and (glued := _glued(word)) in self.single:
                yield start, end, self.single[glued], "a word inside another"
            if word in self.starts:
                yield from self._broken(parts, at, text)
            if word in self.first_words:
                for phrase, concept in self.phrases.get(_pair(parts, at), ()):
                    if _matches_at(parts, at, phrase, text):
                        yield start, parts.ends[at + len(phrase) - 1], concept, "a phrase"
        for run in _RUN.finditer(text):
            if run.end() - run.start() >= self.shortest or "." in run.group():
                yield from self._run(run.group(), run.start())
        yield from self._spelled_out(parts)

    def _broken(self, parts: _Parts, at: int, text: str) -> Iterator[tuple[int, int, str, str]]:
        """A word in pieces, with signs or one space between them: ``gr|oup``, ``mono id``."""
        words, starts, ends = parts
        compact = words[at]
        plain = 0
        for last in range(at + 1, min(at + 9, len(words))):
            compact += words[last]
            whole = compact in self.single
            more = compact in self.starts
            if not (whole or more):
                return
            gap = text[ends[last - 1] : starts[last]]
            if not 0 < len(gap) <= 3 or "\n" in gap or any(map(str.isalnum, gap)):
                return
            plain += _PLAIN_GAP.issuperset(gap)
            if whole and (
                not plain or (plain == 1 == last - at and min(len(words[at]), len(words[last])) > 1)
            ):
                yield starts[at], ends[last], self.single[compact], "a word in pieces"
            if not more:
                return

    def _run(self, run: str, offset: int) -> Iterator[tuple[int, int, str, str]]:
        """One stretch without spaces: names, words hidden across its parts, fragments."""
        stripped = run.strip("_.'’-")
        start = offset + run.index(stripped)
        if "." in stripped and (concept := self._name(stripped)) is not None:
            yield start, start + len(stripped), concept, "a name"
        parts = words, starts, ends = _parts(run)
        for first, compact in enumerate(words):
            last = first
            while compact in self.joins and last + 1 < len(words):
                last += 1
                compact += words[last]
                if compact in self.joined and len(compact) <= _LONGEST_JOIN:
                    span = offset + starts[first], offset + ends[last]
                    yield *span, self.joined[compact], "a word in parts"
        if self.fragments is not None:
            until = list(accumulate(map(len, words)))
            for fragment in self.fragments.finditer("".join(words)):
                span = _span_of(parts, until, fragment.start(), fragment.end())
                concept = self.fragment_concept[fragment.group()]
                yield offset + span[0], offset + span[1], concept, "a word inside a name"
        spelled = _DIGITS if any(map(str.isdigit, run)) else []
        for plain in map(run.lower().translate, spelled):
            for piece in re.finditer(r"[a-z]+", plain):
                word = piece.group()
                digits = run[piece.start() : piece.end()]
                if word in self.single and not digits.isalpha():
                    span = offset + piece.start(), offset + piece.end()
                    yield *span, self.single[word], "a word spelled with digits"

    def _name(self, name: str) -> str | None:
        """The concept a dotted Lean name belongs to, if the mask hides it."""
        if name in self.names:
            return self.names[name]
        prefix = name
        if len(name) > self.longest_name:  # only so much of it can be one that is known
            prefix = name[: self.longest_name + 1].rpartition(".")[0]
        while prefix:
            if prefix in self.prefixes and (prefix != name or "." in prefix):
                return self.prefixes[prefix]
            prefix = prefix.rpartition(".")[0]
        return None

    def _spelled_out(self, parts: _Parts) -> Iterator[tuple[int, int, str, str]]:
        """Words given letter by letter: ``g r o u p``, ``'g', 'r', 'o', 'u', 'p'``."""
        words, starts, ends = parts
        at = 0
        while at < len(words):
            stop = at
            while (
                stop < len(words)
                and len(words[stop]) == 1
                and (stop == at or 0 < starts[stop] - ends[stop - 1] <= 6)
            ):
                stop += 1
            letters = "".join(words[at:stop])
            if len(letters) == 4 and letters in self.single:
                yield starts[at], ends[stop - 1], self.single[letters], "a word letter by letter"
            for low in range(len(letters) - 4):
                high = low + 1
                while letters[low:high] in self.starts and high < len(letters):
                    high += 1
                    concept = self.single.get(letters[low:high])
                    if concept and high - low > 4:
                        span = starts[at + low], ends[at + high - 1]
                        yield *span, concept, "a word letter by letter"
            at = max(stop, at + 1)

    def _excused(self, parts: _Parts, text: str) -> tuple[list[int], list[int]]:
        """Phrases in which a hidden word has another sense: where they start, in order, and the
        furthest end of all that have started by then."""
        lows: list[int] = []
        highs: list[int] = []
        for at, word in enumerate(parts.words):
            if word not in self.everyday_words:
                continue
            alone = self.everyday.get((word,), ())
            for phrase in (*alone, *self.everyday.get(_pair(parts, at), ())):
                if _matches_at(parts, at, phrase, text):
                    end = parts.ends[at + len(phrase) - 1]
                    lows.append(parts.starts[at])
                    highs.append(max(end, highs[-1] if highs else 0))
        return lows, highs


def _parts(text: str) -> _Parts:
    """Split on everything that is not a letter, and on humps."""
    humps = list(_HUMP.finditer(text))
    return _Parts(
        [hump.group().lower() for hump in humps],
        [hump.start() for hump in humps],
        [hump.end() for hump in humps],
    )


@lru_cache(maxsize=1 << 12)
def _glued(word: str) -> str:
    """The word that is glued to others in `word`; empty if there is none."""
    found = _GLUED.fullmatch(word) if word not in _NOT_GLUED else None
    return found.group("word") if found else ""


def _pair(parts: _Parts, at: int) -> tuple[str, ...]:
    """The word at a place with the next: what phrases are looked up by."""
    return tuple(parts.words[at : at + 2])


def _matches_at(parts: _Parts, at: int, phrase: tuple[str, ...], text: str) -> bool:
    """Whether the parts from `at` on spell the phrase, with only joining characters between."""
    if tuple(parts.words[at : at + len(phrase)]) != phrase:
        return False
    inside = range(at + 1, at + len(phrase))
    return all(_JOINING.fullmatch(text, parts.ends[i - 1], parts.starts[i]) for i in inside)


def _span_of(parts: _Parts, until: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The span in the run that letters `start` to `end` of the parts' concatenation cover; `until`
    says where in it each part ends."""
    first, last = bisect_right(until, start), bisect_left(until, end)
    return parts.ends[first] - (until[first] - start), parts.ends[last] - (until[last] - end)


def _forms(word: str) -> Iterable[str]:
    """A word or phrase and its plural. The folding of the scan is applied first."""
    plain = next(iter(readings(word.casefold()))).text
    yield plain
    if plain.endswith(("s", "x", "ch", "sh")):
        yield plain + "es"
    elif plain.endswith("y") and plain[-2:-1] not in "aeiou":
        yield plain[:-1] + "ies"
    else:
        yield plain + "s"
    if plain.endswith("isation") or "isation" in plain:
        yield plain.replace("isation", "ization")


def _alternatives(words: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def _squeeze(symbol: str) -> str:
    """The symbol without spaces, and as a plain command when it stands in a font command."""
    tight = re.sub(r"\s+", "", symbol.replace("\\rm ", "\\rm"))
    if tight.isalpha() and tight.isascii():
        return f"\\{tight}"
    inner = re.fullmatch(rf"(?:{_FONT}\{{|\{{\\rm)([A-Za-z]+)\}}", tight)
    return f"\\{inner.group(1)}" if inner and len(inner.group(1)) > 1 else tight


def _symbol_pattern(symbols: Iterable[str]) -> re.Pattern[str] | None:
    """LaTeX commands end where their letters end, and may be inside ``\\operatorname{…}``."""
    patterns = []
    for symbol in sorted(symbols, key=lambda s: (-len(s), s)):
        pattern = r"\s*".join(re.escape(character) for character in symbol)
        if symbol.startswith("\\") and symbol[-1].isalpha():
            name = re.escape(symbol[1:])
            pattern = (
                rf"\\{name}(?![A-Za-z])|{_FONT}\s*\{{\s*{name}\s*\}}|\{{\s*\\rm\s+{name}\s*\}}"
            )
            if name[0].isupper() and name != "End":
                # as in GL(2, p), SL_2 and Aut(G). No letter before: asked behind the first letter,
                # since a search is quick where every alternative begins with a known character.
                pattern += rf"|{name[0]}(?<![^\W\d_]{name[0]}){name[1:]}(?=[(_\[])"
        patterns.append(pattern)
    return re.compile("|".join(patterns)) if patterns else None
