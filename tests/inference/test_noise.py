"""Noise that decides samples: the published generator, and the distribution that was asked for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.inference.engine import seed_of
from autoresearch_formal.inference.noise import GAMMA, gumbel, mixed, streams

SEEDS = st.integers(0, 2**63 - 1)


def test_the_generator_is_splitmix64() -> None:
    """The first numbers from seed 1234567, as in Rosetta Code's task on it."""
    with np.errstate(over="ignore"):
        places = np.uint64(1234567) + np.arange(1, 4, dtype=np.uint64) * GAMMA
    assert mixed(places).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


@given(st.lists(SEEDS, min_size=1, max_size=4))
def test_a_row_depends_on_its_seed_alone(seeds: list[int]) -> None:
    together = gumbel(np.array(seeds, dtype=np.uint64), 50)
    assert np.isfinite(together).all()
    for seed, row in zip(seeds, together, strict=True):
        assert (gumbel(np.array([seed], dtype=np.uint64), 50)[0] == row).all()


def test_choices_follow_the_distribution() -> None:
    logits = np.array([0.0, 1.0, 2.0, -np.inf])
    shares = np.exp(logits) / np.exp(logits).sum()
    drawn = (logits + gumbel(np.arange(40_000, dtype=np.uint64), 4)).argmax(-1)
    counts = np.bincount(drawn, minlength=4)
    assert counts[3] == 0
    for count, share in zip(counts, shares, strict=True):
        # five standard deviations
        assert abs(count - 40_000 * share) <= 5 * math.sqrt(40_000 * share * (1 - share))


@pytest.mark.torch
def test_a_longer_stream_begins_like_a_shorter_one() -> None:
    import torch

    assert (streams(torch, [3, 4], 9)[:, :5] == streams(torch, [3, 4], 5)).all()
    assert (streams(torch, [3], 5) != streams(torch, [4], 5)).all()


@given(st.integers(-5, 10**9), st.text(max_size=20))
def test_requests_for_neighbouring_seeds_are_far_apart(seed: int, prompt: str) -> None:
    """Else the second expansion of a goal would repeat the samples of the first."""
    here, there = seed_of(seed, prompt), seed_of(seed + 1, prompt)
    assert 0 <= here < 2**31
    assert abs(here - there) > 256
