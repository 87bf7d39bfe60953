"""Real vLLM on the CPU, skipped where it is missing; `make test-serve` installs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.policy import prompt as prompts
from autoresearch_formal.policy import vllm
from autoresearch_formal.policy.client import HttpEngine
from autoresearch_formal.policy.engine import Sampling
from autoresearch_formal.policy.local import LocalEngine
from autoresearch_formal.policy.neural import NeuralPolicy
from tests.policy_neural.conftest import goal


def _missing() -> str:
    try:
        vllm.interpreter()
    except MissingTool as fault:
        return str(fault)
    return ""


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(_missing()), reason=_missing() or "vLLM is installed"),
]

TEXTS = [prompts.prompt(goal(i)) for i in range(4)]


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[vllm.Server]:
    port = vllm.free_port()
    argv = vllm.command(model, "127.0.0.1", port, gpu=False, context=768)
    log = tmp_path_factory.mktemp("vllm") / "log"
    url = f"http://127.0.0.1:{port}"
    with vllm.Server.start(argv, vllm.environment(), url, log) as running:
        yield running
    assert not psutil.pid_exists(running.process.pid)


def test_both_engines_are_the_same_model(server: vllm.Server, model: Path) -> None:
    """Same greedy texts, same log-probabilities; the same samples for the same seed each."""
    here, there = LocalEngine(model, device="cpu"), HttpEngine(server.url)
    there.warm_up()
    greedy = Sampling(n=1, max_tokens=24, temperature=0)
    for ours, theirs in zip(
        here.generate(TEXTS, greedy), there.generate(TEXTS, greedy), strict=True
    ):
        assert ours[0].text == theirs[0].text
        assert ours[0].finished == theirs[0].finished
        assert ours[0].logprob == pytest.approx(theirs[0].logprob, abs=1e-3)
    pairs = [(t, f"tactic\n{a}{prompts.END}") for t in TEXTS for a in ("grind", "rw [h a b]")]
    for (a, n), (b, m) in zip(here.score(pairs), there.score(pairs), strict=True):
        assert n == m
        assert a == pytest.approx(b, abs=1e-2)
    how = Sampling(n=8, max_tokens=32, seed=3)
    once, again = there.generate(TEXTS, how), there.generate(TEXTS, how)
    texts = [[sorted(c.text for c in cs) for cs in made] for made in (once, again)]
    assert texts[0] == texts[1]
    policy = NeuralPolicy(there, how)
    policy.propose([goal(i) for i in range(4)])
    assert sum(policy.counts.values()) == 4 * how.n
    there.reload(model)
    assert there.generate(TEXTS, greedy) == there.generate(TEXTS, greedy)
    there.close()


def test_it_has_a_process_group_of_its_own(server: vllm.Server) -> None:
    assert os.getpgid(server.process.pid) == server.process.pid != os.getpgid(0)
