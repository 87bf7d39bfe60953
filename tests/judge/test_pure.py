"""Names, the text precheck, the pinned list, and reading of the attack collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import attacks, pins
from autoresearch_formal.judge.export import Segment
from autoresearch_formal.judge.names import Name, parse, show
from autoresearch_formal.judge.pretty import pretty
from autoresearch_formal.judge.source import precheck

COMMIT = "38f3c0c45b8df6da2652faff6dcaa15afb5a6981"


@given(st.lists(st.from_regex(r"[a-z]\w{0,5}|[0-9]|[a-z] [a-z.]", fullmatch=True), min_size=1))
def test_names_can_be_read_back(parts: list[str]) -> None:
    name: Name = tuple(int(p) if p.isdigit() else p for p in parts)
    assert parse(show(name)) == name


def test_one_component_with_dots_is_not_three() -> None:
    assert show(("a.b.c",)) != show(("a", "b", "c"))
    assert "\n" not in show(("a\nb",))


@pytest.mark.parametrize(
    ("data", "line", "text"),
    [
        ("a\u202eb".encode(), 1, "U+202E"),
        ("ok\na\u200bb".encode(), 2, "U+200B"),
        ("theorem «Lagrange\ufe0f»".encode(), 1, "U+FE0F"),
        ("theorem La\u3164grange".encode(), 1, "U+3164"),
        (b"ok\n\x00", 2, "U+0000"),
        (b"ok\n\xff", 2, "UTF-8"),
        (b"x" * (2 << 20), 0, "more than"),
    ],
)
def test_texts_that_are_refused_unread(data: bytes, line: int, text: str) -> None:
    finding = precheck(data)
    assert finding is not None
    assert finding.line == line
    assert text in finding.text


def test_lean_text_passes() -> None:
    assert (
        precheck("theorem x₁ (α : Type) : ∀ a b : α, a = b → b = a := ⟨⟩ -- ↦ ⊢ ·\r\n".encode())
        is None
    )


def test_the_pinned_list() -> None:
    known = pins.load(COMMIT)
    assert known is not None
    assert known.axioms >= pins.STANDARD_AXIOMS
    assert ("sorryAx",) in known.axioms
    assert known.contents(("Nat", "add"))
    assert not known.contents(("Nat", "no such thing"))
    assert pins.load("0" * 40) is None


def test_the_small_library_is_pinned(library: Segment) -> None:
    known = pins.load(COMMIT)
    assert known is not None
    rows = list(pins.records(library))
    assert len(rows) > 100
    assert [name for name, content in rows if content not in known.contents(name)] == []


def test_a_damaged_pinned_list() -> None:
    data = pins.write("c", [("propext",)], [(("a",), b"x" * 16), (("b",), b"y" * 16)])
    known = pins.Pins(data)
    assert known.contents(("a",)) == {b"x" * 16}
    with pytest.raises(ValueError, match="damaged"):
        pins.Pins(data[:-1])


def test_types_as_text(candidate_text: bytes) -> None:
    segment = Segment.parse(candidate_text)
    texts = {
        segment.show(d.name): pretty(segment, d.type)
        for d in segment.declarations
        if hasattr(d, "name")
    }
    assert texts["Side.flip"] == "Side → Side"
    assert texts["Side.flip_flip"] == "∀ (s : Side), Eq Side (Side.flip (Side.flip s)) s"


def test_a_shared_term_is_not_written_out_in_full(candidate_text: bytes) -> None:
    lines = candidate_text.splitlines()
    first = Segment.parse(candidate_text)
    last = len(first.exprs)
    # Each expression applies the one before to itself: 2^200 nodes if written out.
    for i in range(last, last + 200):
        lines.append(b'{"app":{"fn":%d,"arg":%d},"ie":%d}' % (i - 1, i - 1, i))
    segment = Segment.parse(b"\n".join(lines))
    assert len(pretty(segment, last + 199)) <= 400


def test_every_class_has_attacks_and_an_honest_twin() -> None:
    found = attacks.collect(Path(__file__).parents[1] / "attacks")
    for kind in {a.kind for a in found}:
        verdicts = [a.expect.verdict for a in found if a.kind == kind]
        assert verdicts.count("yes") >= 1, kind
        assert verdicts.count("no") >= 2, kind
    told = [a.expect for a in found if a.expect.verdict == "no"]
    assert all(expect.step or expect.declarations for expect in told)


def test_an_expectation_with_a_slip(tmp_path: Path) -> None:
    folder = tmp_path / "01" / "x"
    folder.mkdir(parents=True)
    (folder / "Candidate.lean").write_text("")
    with pytest.raises(UsageFault, match=r"expect.toml: missing"):
        attacks.collect(tmp_path)
    (folder / "expect.toml").write_text('about = "x"\nverdict = "maybe"\n')
    with pytest.raises(UsageFault, match="verdict"):
        attacks.collect(tmp_path)
