"""Lean itself speaks of rings and modules: every such name is hidden, or excused by name."""

from __future__ import annotations

import pytest

from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.mask import Chronology, Mask
from autoresearch_formal.mask import listing as listings
from autoresearch_formal.mask.leaks import core_leaks, excuses

pytestmark = [pytest.mark.lean, pytest.mark.slow]


@pytest.fixture(scope="module")
def listing() -> listings.Listing:
    return listings.make(("Init", "Std"), select())


@pytest.mark.parametrize("cutoff", [1823, 1900])
def test_no_leak_is_open(listing: listings.Listing, cutoff: int) -> None:
    rows = core_leaks(listing, Mask.compute(cutoff))
    assert [str(row) for row in rows if row.status == "open"] == []
    if cutoff == 1823:
        assert sum(row.status == "hidden" for row in rows) > 1000
        assert {"ring", "module", "semiring", "field", "abelian"} & {
            row.text.lower() for row in rows
        }


def test_every_excuse_is_needed(listing: listings.Listing) -> None:
    rows = core_leaks(listing, Mask.compute(1823))
    used = {row.reason for row in rows if row.status == "excused"}
    assert used == {excuse.reason for excuse in excuses()}


def test_the_pinned_listing_is_what_lean_says(listing: listings.Listing) -> None:
    """`autoresearch mask listing -o autoresearch_formal/mask/data/core.json.gz` renews it."""
    if listing.lean != listings.load().lean:
        pytest.skip(f"pinned for {listings.load().lean}, this is {listing.lean}")
    fresh = listings.relevant(listing, Chronology.load(), "core")
    assert fresh.declarations == listings.load().declarations
    assert fresh.modules == listings.load().modules


def test_every_name_of_the_chronology_exists(listing: listings.Listing) -> None:
    """A misspelt declaration or namespace would hide nothing."""
    names = set(listing.declarations)
    prefixes = {
        ".".join(parts[: k + 1])
        for name in names
        for parts in [listings.public_name(name).split(".")]
        for k in range(len(parts))
    }
    for concept in Chronology.load():
        for declaration in concept.core.declarations:
            assert declaration in prefixes, (concept.id, declaration)
        for namespace in concept.core.namespaces:
            assert namespace in prefixes, (concept.id, namespace)
        for module in concept.core.modules:
            stem = module.removesuffix(".*")
            assert any(m == stem or m.startswith(stem + ".") for m in listing.modules), module
