"""Real vLLM on the CPU, skipped where it is missing; `make test-serve` installs it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import vllm
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Engine, Sampling, Unavailable
from autoresearch_formal.inference.local import LocalEngine
from autoresearch_formal.policy.neural import NeuralPolicy
from tests.inference.conftest import STRONG, WEIGHTS, adapter, copy, goal
from tests.inference.test_nano import NANO
from tests.inference.test_run import search

pytestmark = [
    pytest.mark.lean,
    pytest.mark.torch,
    pytest.mark.vllm,
    pytest.mark.slow,
    pytest.mark.timeout(600),
]

TEXTS = [prompts.prompt(goal(i)) for i in range(4)]


@contextlib.contextmanager
def serving(model: Path, log: Path, lora_rank: int = 0) -> Iterator[vllm.Server]:
    port = vllm.free_port()
    argv = vllm.command(model, "127.0.0.1", port, gpu=False, context=768, lora_rank=lora_rank)
    url = f"http://127.0.0.1:{port}"
    with vllm.Server.start(argv, vllm.environment(), url, log) as running:
        yield running
    assert not psutil.pid_exists(running.process.pid)


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[vllm.Server]:
    with serving(model, tmp_path_factory.mktemp("vllm") / "log", lora_rank=8) as running:
        yield running


def test_both_engines_are_the_same_model(server: vllm.Server, model: Path) -> None:
    """Same greedy texts, same log-probabilities; the same samples for the same seed each."""
    here, there = LocalEngine(model, device="cpu"), HttpEngine(server.url, patience=20)
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


def test_new_weights_and_adapters_in_the_running_server(
    server: vllm.Server, model: Path, tmp_path: Path
) -> None:
    """What is reloaded speaks as it does in this process; what does not fit changes nothing."""

    def said(engine: Engine) -> list[str]:
        greedy = Sampling(n=1, max_tokens=24, temperature=0)
        # a character cut off by max_tokens: vLLM holds it back, transformers marks it
        return [samples[0].text.rstrip("\ufffd") for samples in engine.generate(TEXTS, greedy)]

    there = HttpEngine(server.url, patience=20)
    before = said(there)
    other = copy(model, tmp_path / "other", 3.0)
    there.reload(other)
    assert said(there) == said(LocalEngine(other, "cpu")) != before
    there.reload(model)
    assert said(there) == before

    cut, small = copy(model, tmp_path / "cut"), copy(model, tmp_path / "small")
    os.truncate(cut / WEIGHTS, 5_000)
    config = json.loads((small / "config.json").read_text(encoding="utf-8"))
    changed = config | {"num_hidden_layers": 1}
    (small / "config.json").write_text(json.dumps(changed), encoding="utf-8")
    for folder, message in ((cut, "cut off"), (small, "another size"), (tmp_path, "no model")):
        with pytest.raises(UsageFault, match=message):
            there.reload(folder)
    assert said(there) == before

    mine = HttpEngine(server.url, "mine", patience=20)
    for seed in (1, 2):
        lora = adapter(model, tmp_path / f"lora{seed}", seed, alpha=STRONG)
        mine.reload(lora, "mine")
        assert said(mine) == said(LocalEngine(lora, "cpu")) != before
    assert said(there) == before
    wide = adapter(model, tmp_path / "wide", seed=3, rank=16)
    with pytest.raises((UsageFault, Unavailable), match="rank"):
        mine.reload(wide, "mine")
    assert said(mine) == said(LocalEngine(lora, "cpu"))
    there.close()
    mine.close()


def test_a_prompt_that_is_too_long_loses_its_beginning(server: vllm.Server, model: Path) -> None:
    here, there = LocalEngine(model, device="cpu"), HttpEngine(server.url, patience=20)
    long = prompts.prompt(goal(1)).replace("a : G\n", "a : G\n" * 500)
    greedy = Sampling(n=1, max_tokens=16, temperature=0)
    assert here.generate([long], greedy)[0][0].text == there.generate([long], greedy)[0][0].text
    ((total, count),) = there.score([(long, "tactic\nsimp" + prompts.END)])
    assert count == here.score([(long, "tactic\nsimp" + prompts.END)])[0][1]
    assert total < 0
    there.close()


def test_it_has_a_process_group_of_its_own(server: vllm.Server) -> None:
    assert os.getpgid(server.process.pid) == server.process.pid != os.getpgid(0)


def test_the_model_of_the_tree_says_the_same_from_both_engines(tmp_path: Path) -> None:
    """Seed by seed: the same samples, the same proposals, and so the same search."""
    with serving(NANO, tmp_path / "log") as running:
        here, there = LocalEngine(NANO, device="cpu"), HttpEngine(running.url, patience=20)
        for how in (
            Sampling(n=8, max_tokens=96, seed=3),
            Sampling(n=8, max_tokens=96, seed=4, temperature=1.3, top_p=0.9),
        ):
            ours, theirs = here.generate(TEXTS, how), there.generate(TEXTS, how)
            assert any(c.finished for samples in ours for c in samples)
            texts = [[sorted(c.text for c in cs) for cs in made] for made in (ours, theirs)]
            assert texts[0] == texts[1]
            batch = [goal(i) for i in range(4)]
            proposed = [NeuralPolicy(engine, how).propose(batch) for engine in (here, there)]
            names = [[sorted(a.text for a in acts) for acts in one] for one in proposed]
            assert names[0] == names[1]
        there.close()
        targets = ("own-square-is-identity",)
        alone = search(f"neural:{NANO}", out=tmp_path / "alone", targets=targets)
        served = search(running.url, out=tmp_path / "served", targets=targets)
    (one,), (other,) = alone["results"], served["results"]
    assert one["status"] == other["status"] == "found"
    assert one["steps"] == other["steps"]
    assert alone["samples"] == served["samples"]
