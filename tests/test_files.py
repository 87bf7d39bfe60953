"""File names for hostile names: one place each, on every file system."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.files import file_stems, short_paths

HOSTILE = st.one_of(
    st.text(max_size=20),
    st.text("Aa._/#-\n", max_size=6),
    st.text("é\u0301eﬁK«»", max_size=5),
    st.sampled_from(["con", "NUL", "com1", ".", "..", "", "-x", "x" * 300, "x" * 299 + "y"]),
    st.text("xß", min_size=100, max_size=400),
)


@given(st.lists(HOSTILE, max_size=12), st.lists(HOSTILE, max_size=3))
def test_every_name_has_a_place_of_its_own(names: list[str], reserved: list[str]) -> None:
    found = file_stems(names, reserved)
    assert set(found) == set(names)
    folded = [stem.casefold() for stem in found.values()]
    assert len(set(folded)) == len(folded)
    assert not {stem.casefold() for stem in reserved} & set(folded)
    for stem in found.values():
        assert 0 < len(stem.encode()) <= 120
        assert not set(stem) & set('/\\\0\n:*?"<>|. ')
        assert stem.isprintable()
        assert not stem.startswith("-")
        assert stem.lower() not in ("con", "nul", "com1")
    assert file_stems(names, reserved) == found


@given(st.lists(HOSTILE, min_size=1, max_size=8, unique=True))
def test_the_places_are_really_distinct_on_disk(names: list[str]) -> None:
    assert len(set(file_stems(names).values())) == len(names)


@pytest.mark.parametrize("name", ["InverseOfProduct", "twice_eq", "x" * 100, "größe"])
def test_a_name_that_is_a_file_name_stays(name: str) -> None:
    assert file_stems([name, "other"])[name] == name


def test_names_that_need_no_change_come_first() -> None:
    found = file_stems(["Foo.bar", "Foo_bar", "foo_bar"])
    assert found["Foo_bar"] == "Foo_bar"
    assert found["Foo.bar"].startswith("Foo_bar-")
    assert found["foo_bar"].startswith("foo_bar-")
    assert file_stems(["Foo.bar"]) == {"Foo.bar": "Foo_bar"}
    assert file_stems(["Foo.bar"], ["foo_BAR"])["Foo.bar"].startswith("Foo_bar-")


def test_paths_are_shown_by_what_tells_them_apart() -> None:
    paths = [Path("/a/b/x.lean"), Path("/a/c/x.lean"), Path("/a/c/y.lean"), Path("/x.lean")]
    assert list(short_paths(paths).values()) == ["b/x.lean", "c/x.lean", "y.lean", "/x.lean"]
