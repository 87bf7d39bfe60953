"""Preference resetting: what must hold for any rows and any knobs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.data.weights import (
    Counts,
    Resetting,
    Weighed,
    rarity,
    raw_weight,
    weights,
)
from autoresearch_formal.errors import UsageFault

amounts = st.floats(0, 50, allow_nan=False)
shares = st.floats(0.001, 1)
weighed = st.builds(Weighed, st.booleans(), amounts, shares)
knobs = st.builds(
    Resetting,
    alpha=st.floats(0, 4),
    beta=st.floats(0, 4),
    smoothing=st.floats(0.1, 10),
    floor=st.floats(0, 0.5),
    ceiling=st.floats(0.5, 20),
)
names = st.lists(st.sampled_from("abcdefgh"), max_size=6)


@given(st.lists(weighed, max_size=20), knobs)
def test_unverified_rows_never_weigh_anything(rows: list[Weighed], k: Resetting) -> None:
    for row, weight in zip(rows, weights(rows, k), strict=True):
        assert weight >= 0
        if not row.verified:
            assert weight == 0


@given(st.lists(weighed, min_size=1, max_size=12), st.integers(0, 11), amounts, knobs)
def test_monotone_in_value_at_fixed_rarity(
    rows: list[Weighed], at: int, more: float, k: Resetting
) -> None:
    at %= len(rows)
    raised = [replace(r, value=r.value + more) if i == at else r for i, r in enumerate(rows)]
    before, after = weights(rows, k)[at], weights(raised, k)[at]
    assert after >= before - 1e-9


@given(st.lists(st.builds(Weighed, st.booleans(), st.just(0.0), shares), max_size=10), knobs)
def test_rarity_without_value_never_raises_a_weight(rows: list[Weighed], k: Resetting) -> None:
    assert not any(weights(rows, k))


@given(amounts, shares, knobs)
def test_rarity_only_takes_away_from_what_value_gives(v: float, r: float, k: Resetting) -> None:
    assert raw_weight(Weighed(True, v, r), k) <= raw_weight(Weighed(True, v, 1.0), k) + 1e-12


@given(st.lists(weighed, max_size=20), knobs)
def test_positive_rows_average_one(rows: list[Weighed], k: Resetting) -> None:
    positive = [w for w in weights(rows, k) if w > 0]
    if positive:
        assert sum(positive) / len(positive) == pytest.approx(1.0)


@given(st.lists(names, max_size=30), names, names)
def test_rarity_is_a_share_and_falls_when_a_combination_is_seen_again(
    corpus: list[list[str]], one: list[str], other: list[str]
) -> None:
    counts = Counts().update(corpus)
    before = rarity(one, counts)
    assert 0 < before <= 1
    counts.add(one)
    if len(set(one)) > 0 and counts.rows > 1:
        assert rarity(one, counts) <= before + 1e-12
    assert 0 < rarity(other, counts) <= 1


def test_a_combination_is_rare_though_its_parts_are_common() -> None:
    counts = Counts().update([["a", "b"]] * 20 + [["c", "d"]] * 20)
    assert rarity(["a", "c"], counts) > rarity(["a", "b"], counts)


def test_counts_survive_a_file() -> None:
    counts = Counts().update([["a", "b", "c"], ["a"], []])
    again = Counts.from_json(counts.to_json())
    assert again == counts


@pytest.mark.parametrize(
    "bad",
    [{"alpha": -1.0}, {"smoothing": 0.0}, {"floor": 2.0, "ceiling": 1.0}, {"enabled": -1.0}],
)
def test_knobs_are_checked(bad: dict[str, float]) -> None:
    with pytest.raises(UsageFault):
        Resetting(**bad)
