"""Text as a reader sees it, whatever it is spelled with: the first half of the leak scan.

Look-alike letters, accents, mathematical alphabets, zero-width characters, LaTeX commands,
escapes and line-break hyphens are folded away, and every letter that is left remembers where it
came from, so that a finding can be shown at its line and column.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_PASSING_FOR = (
    # Cyrillic
    "аa АA вb ВB сc СC еe ЕE һh НH нh іi ІI јj ЈJ кk КK ӏl мm МM оo ОO рp РP ԛq гr ѕs ЅS тt ТT "
    "уy УY хx ХX ѵv ԝw ԁd "
    # Greek
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw "
    # Latin beyond ASCII, small capitals
    "ɡg ɑa ıi ɩi ʟl ɢg ʀr ᴏo ᴜu ᴘp ɴn ɪi ꜱs ᴛt ᴀa ᴇe ᴅd ᴋk ᴍm ʏy ᴢz ꜰf ʜh ᴄc ᴠv ᴡw ʙb ᴊj "
    "пn иu лn гr бb зz чu цu шw Яr Ԍg ԍg Ԛq Ԝw "
    "σo ςc ηn θo ϲc ϳj Ϲc "
    # Latin letters whose names do not say what they look like
    "ʊu ɾr ɼr ſs ƅb ᴑo ꭎu ꭒu ᶃg "
    # Armenian
    "օo սu ոn հh ցg ɼr օo քp ոn զq վu ձd յj սu տs "
    # Cherokee
    "ᎪA ᎠD ᎡR ᎢT ᎥI ᎫJ ᎬE ᎳW ᎷM ᎻH ᎽY ᏀG ᏂH ᏃZ ᏊC ᏎE ᏏB ᏔW ᏕS ᏚS ᏞL ᏟC ᏢP ᏦK ᏧD ᏒR ᏙV ᏭO ᎾO "
    # Lisu
    "ꓐB ꓑP ꓓD ꓔT ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓨG ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU "
    # round marks and letters
    "൦o ๐o ໐o ဝo ଠo ഠo ౦o ಂo օo ⵔo ⵙo ꬽo ㅇo 〇o ○o ◯o ⊙o °o ∘o ∪u ⋃u ⨆u ∩n ∈e ∊e"
)
_LOOKALIKES = {pair[0]: pair[1] for pair in _PASSING_FOR.split()}
"""Single characters of other scripts that pass for a Latin letter."""

_SIGNS = set("°∘○◯⊙∪⋃⨆∩∈∊")
"""Those of them that are signs with a meaning of their own: read as letters inside words only."""

_SIGN = re.compile(rf"(?<=[^\W\d_])[{''.join(_SIGNS)}](?=[^\W\d_])")

_CODE = re.compile(
    r"[%=](?:[46][1-9A-Fa-f]|[57][0-9Aa])|\\1(?:0[1-7]|[1256][0-7]|[37][0-2]|4[1-7])"
)
"""Letters as in URLs, in mail, and in octal."""

_NAMED = re.compile(
    r"(?:(?:NEGATIVE )?(?:SQUARED|CIRCLED) |REGIONAL INDICATOR SYMBOL |MODIFIER |TAG )?"
    r"(?:LATIN )?(?:(?:SMALL|CAPITAL) )?LETTER "
    r"(?:(?:SMALL|CAPITAL|SCRIPT|OPEN|TURNED|REVERSED|SIDEWAYS|BLACKLETTER|INSULAR|DOTLESS|LONG) )*"
    r"([A-Z])(?: .*)?"
)
"""Names of characters that are a Latin letter with something added."""

_PAIRS = {"æ": "ae", "œ": "oe", "ß": "ss"}

_DROP = ("Mn", "Me", "Cf", "Cc")

_SOFT = re.compile(
    r"""
      (?P<escape>\\u\{[0-9A-Fa-f]{1,6}\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});)
    | (?P<soft>
          \\\r?\n[ \t]*                                   # a Lean string gap
        | \\(?:math[a-z]+|operatorname\*?|text[a-z]*|emph|mbox|hbox|bf|it|rm|sf|tt)(?![A-Za-z])\s*
        | \\["'`^~=.\-](?=[A-Za-z{])                      # LaTeX accents, discretionary hyphen
        | (?<=[^\W\d_])[-\u2010\u2011\u00ad][ \t]*\r?\n[ \t]*  # hyphenation at a line break
        | </?[A-Za-z]{1,10}>                              # HTML tags
        | "\s*\+\+\s*"                                    # strings put together in Lean
        | (?<=[^\W\d_])[*`{}$]+(?=[^\W\d_])               # markup inside a word
        | [{}]
        | [\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]
      )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Folded:
    """Plain Latin text and, for each of its characters, the index it came from."""

    text: str
    origin: tuple[int, ...] | range

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text covers."""
        return self.origin[start], self.origin[end - 1] + 1


def readings(text: str) -> Iterator[Folded]:
    """The readings of a text: marks that may be invisible joined over, then as spaces; then with
    signs inside words as letters, and with codes for letters decoded.

    ``gr{ou}p`` must be read as one word and ``the{group}`` as two; only a text without such
    marks has a single reading.
    """
    if text.isascii() and not _SOFT.search(text) and not _CODE.search(text):
        yield Folded(text, range(len(text)))
        return
    joined = _fold(text, "")
    yield joined
    parted = _fold(text, " ")
    if parted.text != joined.text:
        yield parted
    for pattern, letter in ((_SIGN, _LOOKALIKES.__getitem__), (_CODE, _decoded)):
        if pattern.search(text):
            yield _replaced(joined, pattern, letter)


def _replaced(folded: Folded, pattern: re.Pattern[str], letter: Callable[[str], str]) -> Folded:
    """A reading in which each match of a pattern stands for one letter."""
    letters: list[str] = []
    origin: list[int] = []
    last = 0
    for found in pattern.finditer(folded.text):
        letters.append(folded.text[last : found.start()] + letter(found.group()))
        origin += [*folded.origin[last : found.start()], folded.origin[found.start()]]
        last = found.end()
    letters.append(folded.text[last:])
    origin += folded.origin[last:]
    return Folded("".join(letters), tuple(origin))


def _decoded(code: str) -> str:
    """The letter that ``%6f``, ``=6F`` or ``\\157`` stands for."""
    return chr(int(code[1:], 8 if code[0] == "\\" else 16))


def _fold(text: str, mark: str) -> Folded:
    """Fold every character; `mark` stands for each mark that may be invisible."""
    letters: list[str] = []
    origin: list[int] = []

    def put(replacement: str, at: int) -> None:
        letters.append(replacement)
        origin.extend([at] * len(replacement))

    position = 0
    while position < len(text):
        soft = _SOFT.search(text, position)
        stop = soft.start() if soft else len(text)
        for at in range(position, stop):
            put(_fold_character(text[at]), at)
        if soft is None:
            break
        match soft.lastgroup:
            case "escape":
                put(_fold_character(_escaped(soft.group())), soft.start())
            case "entity":
                plain = html.unescape(soft.group())
                put("".join(map(_fold_character, plain)), soft.start())
            case _:
                put(mark, soft.start())
        position = soft.end()
    return Folded("".join(letters), tuple(origin))


def _escaped(text: str) -> str:
    code = int(text.lstrip("\\ux{").rstrip("}"), 16)
    return chr(code) if code <= 0x10FFFF else " "


@lru_cache(maxsize=1 << 14)
def _fold_character(character: str) -> str:
    """The Latin letters a character passes for; nothing for marks; others unchanged."""
    if character.isascii() or character in _SIGNS:
        return character
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    if character in _PAIRS:
        return _PAIRS[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKD", character)
    kept = [_passing_for(part) for part in plain if unicodedata.category(part) not in _DROP]
    return "".join(kept)


def _passing_for(character: str) -> str:
    """The Latin letter that one character passes for, or the character."""
    if character.isascii():
        return character
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    upper = _LOOKALIKES.get(character.upper()) or _LOOKALIKES.get(character.casefold())
    if upper:
        return upper
    named = _NAMED.fullmatch(unicodedata.name(character, ""))
    return named.group(1).lower() if named else character
