"""Renamings as permutations of names: nothing is captured, and contexts are restored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.search.graph.exchange import Context, composed, permutation, rename

NAMES = ("a", "b", "c", "h", "h'", "h₁", "«odd name»", "x_1")


@st.composite
def renamings(draw: st.DrawFn) -> dict[str, str]:
    """Injective renamings of some names."""
    old = draw(st.lists(st.sampled_from(NAMES), unique=True))
    new = draw(st.permutations(NAMES))
    return dict(zip(old, new, strict=False))


@given(renamings())
def test_a_renaming_is_completed_to_a_permutation(renaming: dict[str, str]) -> None:
    whole = permutation(renaming)
    assert set(whole) == set(whole.values())
    assert all(whole.get(old, old) == new for old, new in renaming.items())


@given(renamings(), renamings(), st.lists(st.sampled_from(NAMES), max_size=8))
def test_renamings_compose_and_can_be_undone(
    first: dict[str, str], then: dict[str, str], words: list[str]
) -> None:
    text = "exact " + " ".join(words)
    one, two = permutation(first), permutation(then)
    assert rename(rename(text, one), two) == rename(text, composed(one, two))
    assert rename(rename(text, one), {b: a for a, b in one.items()}) == text


def test_what_is_no_name_of_a_hypothesis_stays() -> None:
    names = {"a": "b", "n": "m", "symm": "h"}
    assert rename("exact (f a).symm.trans (g (n := n) a.1)", names) == (
        "exact (f b).symm.trans (g (n := m) b.1)"
    )
    assert rename("exact fun b => h a b", {"a": "b"}) == "exact fun a => h b a"
    assert rename("obtain ⟨b, hb⟩ := h a", {"a": "b"}) == "obtain ⟨a, hb⟩ := h b"


def test_a_context_is_restored_in_its_order() -> None:
    own = Context(("a", "b", "h"), (1, 0, 2))
    assert own.restored_from(own) == []
    assert own.restored_from(Context(("x", "y", "k"), (1, 0, 2))) == ["revert x y k", "intro a b h"]
    assert own.restored_from(Context(("x", "y", "k"), (0, 1, 2))) == [
        "revert k",
        "revert x",
        "revert y",
        "intro a b h",
    ]
    assert own.renaming_to(Context(("b", "a", "h"), (1, 0, 2))) == {"a": "b", "b": "a"}
