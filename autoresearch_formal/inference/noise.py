"""Random choices that vLLM on a CPU makes the same way, so that equal seeds give equal samples.

A token is chosen by the Gumbel-max trick (E. J. Gumbel, 1954): the likeliest after independent
Gumbel noise was added to the logits. Sample j of a request with seed s has a generator with seed
s + j, which gives a number a token; noise of vocabulary entry i is SplitMix64 (G. Steele, D. Lea,
C. Flood, OOPSLA 2014) at place i of the stream that begins at that number. This is what vLLM 0.32
does on a CPU; its GPU kernels draw otherwise, from the same distribution.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

GAMMA = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser of each number."""
    with np.errstate(over="ignore"):
        numbers = (numbers ^ (numbers >> np.uint64(30))) * FIRST
        numbers = (numbers ^ (numbers >> np.uint64(27))) * SECOND
    return numbers ^ (numbers >> np.uint64(31))


def gumbel(seeds: NDArray[np.uint64], vocabulary: int) -> NDArray[np.float64]:
    """Gumbel noise, ``len(seeds)`` by ``vocabulary``; a row depends on its seed alone."""
    with np.errstate(over="ignore"):
        places = np.arange(1, vocabulary + 1, dtype=np.uint64) * GAMMA
        bits = mixed(mixed(seeds)[:, None] + places) >> np.uint64(11)
    uniform = (bits.astype(np.float64) + 0.5) * 2.0**-53
    noise: NDArray[np.float64] = -np.log(-np.log(uniform))
    return noise


def streams(torch: Any, seeds: list[int], tokens: int) -> NDArray[np.uint64]:
    """Seeds of the noise, ``len(seeds)`` by ``tokens``: those of one sample are one generator's."""
    found = np.empty((len(seeds), tokens), dtype=np.uint64)
    for row, seed in enumerate(seeds):
        generator = torch.Generator().manual_seed(seed)
        found[row] = torch.randint(0, 2**31, (tokens,), generator=generator).numpy()
    return found
