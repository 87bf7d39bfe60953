"""The in-process engine, the server around it, and the client, against each other."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Completion, Sampling, Unavailable
from autoresearch_formal.inference.local import ROOM, LocalEngine
from autoresearch_formal.inference.vllm import free_port
from autoresearch_formal.policy.choose import choose
from autoresearch_formal.policy.mixed import MixedPolicy, Shares
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.policy.symbolic import SymbolicPolicy
from tests.inference.conftest import goal

pytestmark = pytest.mark.torch

HOW = Sampling(n=4, max_tokens=12, seed=7)
TEXTS = [prompts.prompt(goal(i)) for i in range(3)]


def texts(made: list[list[Completion]]) -> list[list[str]]:
    """Texts alone: which requests share a batch changes the last bits of log-probabilities."""
    return [[sample.text for sample in samples] for samples in made]


@pytest.fixture
def url(engine: LocalEngine) -> Iterator[str]:
    from autoresearch_formal.inference.server import serve  # the base install has no uvicorn

    server = serve(engine, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.should_exit = True
    thread.join()


def test_a_seed_fixes_samples_whatever_else_is_in_the_batch(engine: LocalEngine) -> None:
    together = engine.generate(TEXTS, HOW)
    alone = [engine.generate([t], HOW)[0] for t in TEXTS]
    assert [[c.text for c in cs] for cs in together] == [[c.text for c in cs] for cs in alone]
    other = engine.generate(TEXTS, Sampling(n=4, max_tokens=12, seed=8))
    assert [[c.text for c in cs] for cs in other] != [[c.text for c in cs] for cs in together]


def test_log_probabilities_are_the_models_own(engine: LocalEngine) -> None:
    import torch

    (samples,) = engine.generate([TEXTS[0]], Sampling(n=3, max_tokens=40, seed=1))
    head = engine.tokenizer(TEXTS[0])["input_ids"]
    checked = 0
    for sample in samples:
        tail = engine.tokenizer(sample.text + prompts.END * sample.finished)["input_ids"]
        if len(tail) != sample.tokens:
            continue  # text that has another, shorter spelling in tokens
        with torch.no_grad():
            logits = engine.model(input_ids=torch.tensor([head + tail])).logits[0].log_softmax(-1)
        at = range(len(head) - 1, len(head) + len(tail) - 1)
        mean = sum(float(logits[i, t]) for i, t in zip(at, tail, strict=True)) / len(tail)
        assert mean == pytest.approx(sample.logprob, abs=1e-4)
        ((total, count),) = engine.score([(TEXTS[0], sample.text + prompts.END * sample.finished)])
        assert (total / count, count) == (pytest.approx(mean, abs=1e-4), len(tail))
        checked += 1
    greedy = engine.generate([TEXTS[0]], Sampling(n=1, max_tokens=8, temperature=0))
    assert greedy == engine.generate([TEXTS[0]], Sampling(n=1, max_tokens=8, temperature=0, seed=9))
    assert checked or greedy[0][0].tokens


def plain(engine: LocalEngine, head: list[int], tail: list[int]) -> float:
    """Log-probability of a tail by one pass over one text, nothing shared."""
    import torch

    with torch.no_grad():
        logits = engine.model(input_ids=torch.tensor([head + tail])).logits[0].log_softmax(-1)
    return sum(float(logits[len(head) + i - 1, t]) for i, t in enumerate(tail))


def test_scores_are_those_of_one_text_after_the_other(engine: LocalEngine) -> None:
    """Answers that share tokens, that begin others, that come twice, that are too long."""
    names = ("", "a", "a1", "h a b", "h b a", "← h a b", "h a b]; simp [h b a")
    texts = [f"tactic\nrw [{name}]{prompts.END}" for name in names]
    texts += ["", "tactic\nrw [", texts[3], "lemma\nx\nTrue"]
    long = "m a " * 2_000
    pairs = [(t, x) for t in TEXTS for x in texts]
    pairs += [(TEXTS[2], f"calc {i} + m {i} a = a {i}") for i in range(50)]  # several passes
    pairs += [(TEXTS[0], "tactic\n" + long), (long, "simp"), (TEXTS[0], "simp")]
    room = engine.context // ROOM
    for (prompt, text), (total, count) in zip(pairs, engine.score(pairs), strict=True):
        head = engine.tokenizer(prompt)["input_ids"][-(engine.context - room) :]
        tail = engine.tokenizer(text)["input_ids"][:room] or [engine.tokenizer.pad_token_id]
        assert count == len(tail)
        assert total / count == pytest.approx(plain(engine, head, tail) / count, abs=1e-4)
        assert total == pytest.approx(plain(engine, head, tail), abs=1e-4 * max(1, count / 10))
    assert engine.score(pairs[-1:])[0][0] == pytest.approx(engine.score(pairs)[-1][0], abs=1e-4)
    assert engine.score([]) == []


def test_a_shared_token_is_computed_once(engine: LocalEngine) -> None:
    """Tokens that go through the model, counted at its embedding."""
    seen: list[int] = []
    embedding = engine.model.get_input_embeddings()
    hook = embedding.register_forward_hook(lambda _, given, __: seen.append(given[0].numel()))
    try:
        engine.score([(TEXTS[0], f"tactic\nrw [h]{'; simp' * 3}{x}") for x in "abcdefgh" * 5])
    finally:
        hook.remove()
    head = len(engine.tokenizer(TEXTS[0])["input_ids"])
    tail = len(engine.tokenizer(f"tactic\nrw [h]{'; simp' * 3}a")["input_ids"])
    assert sum(seen) <= head + tail + 8


def test_the_server_says_what_the_engine_says(engine: LocalEngine, url: str) -> None:
    client = HttpEngine(url)
    client.warm_up()
    here, there = engine.generate(TEXTS, HOW), client.generate(TEXTS, HOW)
    for a, b in zip(chain(*here), chain(*there), strict=True):
        assert (a.text, a.tokens, a.finished) == (b.text, b.tokens, b.finished)
        assert a.logprob == pytest.approx(b.logprob, abs=1e-5)
    pairs = [(TEXTS[0], "tactic\ngrind" + prompts.END), (TEXTS[1], "tactic\nsimp" + prompts.END)]
    for (a, n), (b, m) in zip(engine.score(pairs), client.score(pairs), strict=True):
        assert (a, n) == (pytest.approx(b, abs=1e-3), m)
    client.close()


def test_bad_requests_are_refused_and_the_server_lives(url: str) -> None:
    import httpx

    for body in (b"[]", b"{", b'{"prompt": 3}', b'{"prompt": "x", "n": 100000}'):
        assert httpx.post(f"{url}/v1/completions", content=body).status_code == 400
    assert httpx.get(f"{url}/health").status_code == 200


def test_a_dead_server_pauses_and_the_client_goes_on_when_it_is_back(
    model: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A real server process is ended between two requests and started again."""
    port = free_port()
    argv = [sys.executable, "-m", "autoresearch_formal.cli.main", "serve", str(model)]
    argv += ["--engine", "transformers", "--port", str(port), "--json"]

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline()  # printed once it is ready
        return process

    first = start()
    client = HttpEngine(f"http://127.0.0.1:{port}")
    client.warm_up()
    before = client.generate(TEXTS, HOW)
    first.terminate()
    first.wait()
    made: list[list[list[Completion]]] = []
    asking = threading.Thread(target=lambda: made.append(client.generate(TEXTS, HOW)))
    asking.start()
    asking.join(timeout=6)
    assert asking.is_alive()  # it waits rather than fails
    second = start()
    asking.join()
    second.terminate()
    second.wait()
    assert [texts(m) for m in made] == [texts(before)]
    said = capfd.readouterr().err
    assert said.count("paused until it does") == 1
    assert said.count("is back") == 1
    client.stop = lambda: True
    with pytest.raises(Unavailable, match="time was up"):
        client.generate(TEXTS, HOW)
    client.close()


def test_new_weights_without_a_restart(
    model: Path, url: str, engine: LocalEngine, tmp_path: Path
) -> None:
    import shutil

    from safetensors.torch import load_file, save_file

    other = tmp_path / "other"
    shutil.copytree(model, other)
    weights = {k: v.clone().mul_(1.3) for k, v in load_file(model / "model.safetensors").items()}
    save_file(weights, other / "model.safetensors", metadata={"format": "pt"})
    client = HttpEngine(url)
    before = texts(client.generate(TEXTS, HOW))
    client.reload(other)
    try:
        assert texts(client.generate(TEXTS, HOW)) != before
    finally:
        client.reload(model)
    assert texts(client.generate(TEXTS, HOW)) == before
    client.close()


def test_what_is_no_answer_is_counted_and_not_proposed(engine: LocalEngine) -> None:
    policy = NeuralPolicy(engine, HOW)
    (actions,) = policy.propose([goal(0)])
    counts = policy.counts
    assert sum(counts.values()) == HOW.n
    assert len(actions) == counts["kept"]
    assert policy.read(goal(0), "tactic\nsorry", -1.0, True) == []
    assert policy.read(goal(0), "tactic\nsimp", -1.0, False) == []
    assert counts["malformed: gives up"] == 1
    assert counts["unfinished"] >= 1


def test_budgets_and_switches_of_the_mixture(engine: LocalEngine) -> None:
    neural = NeuralPolicy(engine, Sampling(n=4, max_tokens=40))
    situation = goal(1)
    (alone,) = SymbolicPolicy().propose([situation])
    (few,) = MixedPolicy(neural, SymbolicPolicy(), Shares(neural=0, symbolic=3)).propose(
        [situation]
    )
    assert 0 < len(few) <= 3
    assert {a.text for a in few} <= {a.text for a in alone}
    (none,) = MixedPolicy(neural, SymbolicPolicy(), Shares(symbolic=0)).propose([situation])
    assert {a.text for a in none} == {a.text for a in neural.propose([situation])[0]}


def test_the_model_is_not_asked_where_a_proof_is_in_hand(engine: LocalEngine) -> None:
    neural = NeuralPolicy(engine, Sampling(n=4, max_tokens=40))
    mixed = MixedPolicy(neural, SymbolicPolicy())
    guess = Action("tactic", "simp", -1.0, ("close.simp",))
    proof = Action("tactic", "exact h", -2.0, ("hammer.chain",))
    first, later = goal(1), msgspec.structs.replace(goal(1), expansion=2)
    ((kept,), (rated,)) = mixed.combine([first, first], [[proof], [guess]])
    assert kept == proof
    assert rated.text == "simp"
    assert not neural.counts  # and was not asked for samples
    mixed.combine([first, later], [[guess], [proof]])
    assert sum(neural.counts.values()) == 8
    mixed.combine([first], [[]])
    assert sum(neural.counts.values()) == 12


class Oracle:
    """An engine that knows the answers to questions, or only how to write."""

    name = "oracle"

    def __init__(self, knows: bool) -> None:
        self.knows = knows

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """-2 for a question; "simp" is accepted nine times in ten, the rest once in a hundred."""
        found = []
        for _, text in pairs:
            chance = 0.9 if "simp" in text else 0.01
            mass = 1.0 if self.knows else 0.1
            share = {prompts.YES: chance, prompts.NO: 1 - chance}.get(text.rpartition("\n")[2], 1)
            found.append((-2.0 + math.log(share * mass if share < 1 else 1.0), 3))
        return found

    def generate(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """Nothing."""
        return [[] for _ in prompts]

    def close(self) -> None:
        """Nothing."""


def test_what_lean_will_refuse_waits() -> None:
    texts = ("simp", "omega", "rfl", "decide", "linarith")
    good, *bad = (Action("tactic", t, -1.0, ("guess",)) for t in texts)
    first, later = goal(1), msgspec.structs.replace(goal(1), expansion=4)
    knowing = NeuralPolicy(Oracle(knows=True))
    assert knowing.rate(first, [good, bad[0]]) == pytest.approx([math.log(0.9), math.log(0.01)])
    mixed = MixedPolicy(knowing, SymbolicPolicy(), Shares(min_kept=2))
    now, then = mixed.combine([first, later], [[*bad, good], [*bad, good]])
    assert now == [good, bad[0]]  # as they were proposed, in the model's order
    assert then == [good, *bad]  # nothing is lost
    writing = NeuralPolicy(Oracle(knows=False))
    assert writing.rate(first, [good, bad[0]]) == [0.0, 0.0]
    (both,) = MixedPolicy(writing, SymbolicPolicy()).combine([first], [[*bad, good]])
    assert both == [*bad, good]


def test_policies_by_name(model: Path) -> None:
    assert isinstance(choose("symbolic"), SymbolicPolicy)
    neural = choose(f"neural:{model}?n=3&temperature=0.5", seed=5)
    assert isinstance(neural, NeuralPolicy)
    assert (neural.sampling.n, neural.sampling.temperature, neural.sampling.seed) == (3, 0.5, 5)
    mixed = choose(f"mixed:{model}?neural=2&symbolic=0")
    assert isinstance(mixed, MixedPolicy)
    assert (mixed.shares.neural, mixed.shares.symbolic) == (2, 0)
    for bad in ("magic", "neural:/no/such/folder", f"neural:{model}?n=x", f"neural:{model}?m=1"):
        with pytest.raises(UsageFault):
            choose(bad)
