"""The leak scan: every spelling of a hidden word is found, and honest text is left alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autoresearch_formal.lean.project import project_root
from autoresearch_formal.mask import Mask
from autoresearch_formal.mask.scan import scan

MASK = Mask.compute(1823)

SPELLINGS = [
    ("the group of substitutions", "group", 1831),
    ("Groups", "group", 1831),
    ("GROUP", "group", 1831),
    ("group's", "group", 1831),
    ("subGroup", "group", 1831),
    ("sub_group", "group", 1831),
    ("gr_oup", "group", 1831),
    ("myGroupLemma", "group", 1831),
    ("is_group_3", "group", 1831),
    ("x.Group.mul", "group", 1831),
    ("sub-\n  groups", "group", 1831),
    ("gr\u200boup", "group", 1831),
    ("gr\u00adoup", "group", 1831),
    ("the\u200bgroup", "group", 1831),
    ("gr\u043eup", "group", 1831),
    ("grοup", "group", 1831),
    ("ｇｒｏｕｐ", "group", 1831),
    ("𝔤𝔯𝔬𝔲𝔭", "group", 1831),
    ("g\u0301roup", "group", 1831),
    ("ɢʀᴏᴜᴘ", "group", 1831),
    ("g r o u p", "group", 1831),
    ("'g', 'r', 'o', 'u', 'p'", "group", 1831),
    ('"gr" ++ "oup"', "group", 1831),
    ('"gr\\\n   oup"', "group", 1831),
    ('"gr\\u006fup"', "group", 1831),
    ("gr&#111;up", "group", 1831),
    ("gr{ou}p", "group", 1831),
    ("the{group}", "group", 1831),
    ("gr**ou**p", "group", 1831),
    ("<b>gr</b>oup", "group", 1831),
    ("gr0up", "group", 1831),
    ("Gruppe", "group", 1831),
    ("isabeliangroup", "abelian-group", 1870),
    ("normal subgroups", "normal-subgroup", 1831),
    ("NormalSubgroup", "normal-subgroup", 1831),
    ("quotient\n group", "quotient-group", 1889),
    ("factor-groups", "quotient-group", 1889),
    (r"$N \trianglelefteq G$", "normal-subgroup", 1831),
    ("N ⊲ G", "normal-subgroup", 1831),
    (r"\mathrm{Gal}(L/K)", "galois-resolvent", 1830),
    (r"\operatorname{Aut}(X)", "automorphism", 1893),
    (r"\mathbb{F}_p", "galois-imaginaries", 1830),
    ("Galoisian", "galois-resolvent", 1830),
    ("homomorphisms", "group-isomorphism", 1870),
    ("isomorphic", "group-isomorphism", 1870),
    ("matrices", "matrix", 1858),
    ("Gr\u00f6bner bases", "groebner-basis", 1965),
    ("Groebner", "groebner-basis", 1965),
    ("Lean.Grind.IntModule.zsmul", "module", 1871),
    ("Lean.Order.CCPO", "lattice", 1897),
    ("minpoly", "field-extension", 1887),
    ("Subgroup.index", "coset", 1831),
    ("category theory", "category", 1945),
    # glued to other words
    ("mygroup", "group", 1831),
    ("thegroupof", "group", 1831),
    ("groupstructure", "group", 1831),
    ("isring", "ring", 1897),
    # in pieces
    ("g|r|o|u|p", "group", 1831),
    ("gr·oup", "group", 1831),
    ("gr(oup)", "group", 1831),
    ("gr\u00a0oup", "group", 1831),
    ("gr\u2009oup", "group", 1831),
    ("gr\u2013oup", "group", 1831),
    ("mono id", "semigroup", 1904),
    ("iso morphic", "group-isomorphism", 1870),
    # more look-alikes: Cherokee, Lisu, insular, negative squares, flags, signs, digits
    ("\u13c0\u13a1OU\u13e2", "group", 1831),
    ("\ua4d6\ua4e3\ua4f3\ua4f4\ua4d1", "group", 1831),
    ("\u01e5roup", "group", 1831),
    ("gro\uab4ep", "group", 1831),
    ("\U0001f176\U0001f181\U0001f17e\U0001f184\U0001f17f", "group", 1831),
    ("\U0001f1ec\U0001f1f7\U0001f1f4\U0001f1fa\U0001f1f5", "group", 1831),
    ("gr\u2299up", "group", 1831),
    ("gro\u222ap", "group", 1831),
    ("gr\u0966up", "group", 1831),
    ("r1ng", "ring", 1897),
    ("9roup", "group", 1831),
    # codes for single letters
    ("gr%6fup", "group", 1831),
    ("gr=6Fup", "group", 1831),
    ("gr\\157up", "group", 1831),
    # short forms
    ("Gal(L/K)", "galois-resolvent", 1830),
    (r"{\rm Gal}(L/K)", "galois-resolvent", 1830),
    ("Aut(G)", "automorphism", 1893),
    ("SL_2(Z)", "linear-group", 1832),
    ("GF(p)", "galois-imaginaries", 1830),
    ("\U0001d53d_p", "galois-imaginaries", 1830),
    ("subgrp", "group", 1831),
    ("Untergruppen", "group", 1831),
    ("Normalteiler", "normal-subgroup", 1831),
    ("nilpotency", "nilpotent-group", 1933),
    ("Zahlk\u00f6rper", "field", 1871),
]


@pytest.mark.parametrize(("text", "concept", "year"), SPELLINGS)
def test_every_spelling_is_found(text: str, concept: str, year: int) -> None:
    leaks = scan(f"Let x be given; then {text} follows.", MASK)
    assert (concept, year) in {(leak.concept.id, leak.concept.year) for leak in leaks}


HONEST = [
    "the substitution s is the product of three transpositions",
    "a root of the polynomial of degree n; the order of the residue a",
    "a permutation of the letters; a symmetric function of the roots",
    "the two are in normal form; simp normalises both sides",
    "invalid field 'foo', the environment does not contain 'Nat.foo'",
    "fields missing: 'inv'",
    "structure field notation h.1",
    "theorem mul_assoc' (a b c : Nat) : a * b * c = a * (b * c)",
    "h.to_pos and Nat.succ_to_pos",
    "during a string of transactions, a fraction was reactionary",
    "the ungrouped totals, a regrouping; the spring is bringing wood",
    "List.range, Array.toList, String.join, Fin.castSucc",
    "identity, inverse, closed collection, kernel of truth, image, index",
    "Function.Injective f ∧ Function.Surjective f",
    "commutative, associative and distributive",
    "equivalence relation, equivalence class",
    "let σ be a substitution, ρ its inverse and τ = σ ρ",
    "(fun (a b c d e : Nat) => a * b + c * d * e)",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "grouped, ungrouped, regrouping, grouping; abnormally normalised; idealised, ideally",
    "far afield, a fielded question; offering, gathering, restring, wiring, ringside",
    "I deal with a bit or bit string; in separable form; (a) (b) (c)",
    "f∘g, A∪B, x∈s, σ∘τ, n°3; 100%; x=61; a=4b+5a; 57%da",
    "cos(e * t), to pos",
    "let G := gl (x) and sl_2 be lower-case; End (of proof)",
    "",
]


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_left_alone(text: str) -> None:
    assert [str(leak) for leak in scan(text, MASK)] == []


def test_places_are_those_of_the_original() -> None:
    text = "one\ntwo gr\u200boup\n\tsub-\ngroup"
    places = [(leak.line, leak.column, leak.text) for leak in scan(text, MASK)]
    assert places == [(2, 5, "gr\u200boup"), (3, 2, "sub-\ngroup")]


def test_a_later_cutoff_sees_more() -> None:
    text = "a group, a quotient group, a category theory"
    found = [len(scan(text, Mask.compute(year))) for year in (1823, 1860, 1900, 1950)]
    assert found == [3, 2, 1, 0]


def test_nothing_is_found_in_the_honest_library() -> None:
    """Zero false refusals on foundation, targets and solutions."""
    root = project_root()
    world = "Reconstruct/Substitutions"
    folders = [f"{world}/Foundation", f"{world}/Target", "tests/lean_sources/Solutions"]
    files = [path for folder in folders for path in Path(root, folder).rglob("*.lean")]
    assert len(files) > 50
    refused = {
        str(path): str(leaks[0])
        for path in files
        if (leaks := scan(path.read_text(encoding="utf-8"), MASK))
    }
    assert refused == {}


def test_everything_is_found_in_the_references() -> None:
    """The masked originals speak of nothing else: every file of them is refused."""
    files = sorted(Path(project_root(), "Reconstruct/Substitutions/Reference").rglob("*.lean"))
    assert files
    for path in files:
        assert scan(path.read_text(encoding="utf-8"), MASK), path


WORDS = sorted(word for word in MASK.lexicon.words if word.isascii() and word.isalpha())
INVISIBLE = st.sampled_from(["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u0301", "\ufe0f"])


@given(st.sampled_from(WORDS), st.data())
def test_invisible_characters_hide_nothing(word: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(word)))
        word = word[:at] + data.draw(INVISIBLE) + word[at:]
    assert scan(f"so the {word} is", MASK)


@given(st.sampled_from(WORDS), st.data())
def test_other_alphabets_hide_nothing(word: str, data: st.DataObject) -> None:
    """Mathematical, full-width and look-alike letters, chosen letter by letter."""
    table = {"a": "аα", "c": "с", "e": "е", "i": "іı", "o": "оο", "p": "р", "x": "х", "y": "у"}

    def letter(character: str) -> str:
        styled = [chr(base + ord(character) - 97) for base in (0x1D41A, 0x1D5BA, 0xFF41, 0x24D0)]
        return data.draw(st.sampled_from([character, *styled, *table.get(character, "")]))

    assert scan(f"so the {''.join(map(letter, word))} is", MASK)


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_places_lie_inside(text: str) -> None:
    lines = text.split("\n")
    for leak in scan(text, MASK):
        assert text.count(leak.text)
        assert lines[leak.line - 1][leak.column - 1 :].startswith(leak.text.split("\n")[0])


@given(st.text(st.characters(categories=["Lo"]), min_size=1, max_size=20))
def test_letters_without_a_latin_look_are_left_alone(text: str) -> None:
    assume(not any(c.isascii() for c in unicodedata.normalize("NFKD", text)))
    assume(not any("ARMENIAN" in unicodedata.name(c, "") for c in text))
    assert scan(text, MASK) == []
