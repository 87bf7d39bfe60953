"""The client against servers that know little, want keys, are slow, or break."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autoresearch_formal.actions.base import GoalView, Situation, TheoryView
from autoresearch_formal.bench.fake import FakeServer, Script
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import provenance
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Sampling, Unanswered, Unavailable
from autoresearch_formal.policy.choose import choose, policy_metadata, reach, reading, warning
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.policy.profile import KEY, Profile

RW = ("rw [h]", True)
JSON = ('{"actions": [{"kind": "tactic", "text": "rw [h]", "name": "", "proof": ""}]}', True)
FILE = ("```lean4\ntheorem target : p := by\n  rw [h]\n```", True)
SITUATION = Situation(TheoryView(), (GoalView("h : p = q\n⊢ p", "p"),), root=True)


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)


Policies = Callable[[str], NeuralPolicy]


@pytest.fixture
def policies() -> Iterator[Policies]:
    made: list[NeuralPolicy] = []

    def make(text: str) -> NeuralPolicy:
        policy = choose(text)
        assert isinstance(policy, NeuralPolicy)
        made.append(policy)
        return policy

    yield make
    for policy in made:
        policy.engine.close()


def texts(policy: NeuralPolicy) -> list[str]:
    return [a.text for a in policy.propose([SITUATION])[0]]


@pytest.mark.parametrize(
    ("script", "format"),
    [
        (Script([JSON], completions=False), "instruct"),
        (Script([JSON], chat=False), "instruct"),
        (Script([RW], completions=False), "tactic-state"),
        (Script([FILE], refuses=("logprobs", "seed", "top_p"), one=True), "whole-proof"),
        (Script([JSON], refuses=("response_format",)), "instruct"),
        (Script([RW], refuses=("truncate_prompt_tokens", "n"), context=4_096), "completion"),
        (Script([("<think>hm</think>" + FILE[0], True)], thoughts=True, context=None), "reasoning"),
    ],
)
def test_servers_that_know_little(script: Script, format: str, policies: Policies) -> None:
    with FakeServer(script) as server:
        policy = policies(f"{server.url}?format={format}&n=3")
        reach(policy)
        assert texts(policy) == ["rw [h]"]
        assert policy.sampled == 3
        assert policy.readable == 1.0
        assert len(server.bodies) <= 8  # what a server refuses is asked of it once


def test_the_format_is_found_out(policies: Policies) -> None:
    for model, answer, format in (
        ("DeepSeek-Prover-V2-7B", FILE, "whole-proof"),
        ("BFS-Prover-V2-7B", RW, "tactic-state"),
        ("mine", ("tactic\nsimp", True), "own"),
        ("anything", JSON, "instruct"),
    ):
        with FakeServer(Script([answer], model=model)) as server:
            policy = policies(server.url)
            reach(policy)
            assert policy.format.name == format
    with FakeServer(Script([RW], model="plain", chat=False)) as server:
        policy = policies(f"{server.url}?max_tokens=17")
        reach(policy)
        assert (policy.format.name, policy.sampling.max_tokens) == ("completion", 17)


def test_what_nobody_can_read_is_refused_with_the_text(policies: Policies) -> None:
    with FakeServer(Script([("I am sorry, Dave.", True)], model="Qwen3-8B")) as server:
        with pytest.raises(UsageFault, match=r"neither JSON nor Lean.*I am sorry, Dave"):
            reach(policies(server.url))
        named = policies(f"{server.url}?format=instruct")  # who names it is believed
        reach(named)
        assert texts(named) == []
        assert named.counts["malformed: neither JSON nor Lean"] == named.sampling.n
        assert warning(reading(named)["readable"]).startswith("100% of the model's answers")
    assert warning(0.5) == warning(None) == ""


def test_keys_headers_and_profiles(
    policies: Policies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeServer(Script([RW], key="s3cret")) as server:
        with pytest.raises(UsageFault, match=f"set {KEY}"):
            reach(policies(f"{server.url}?format=tactic-state"))
        monkeypatch.setenv(KEY, "s3cret\n")
        policy = policies(f"{server.url}?format=tactic-state")
        reach(policy)
        assert texts(policy) == ["rw [h]"]
        monkeypatch.delenv(KEY)
        monkeypatch.setenv("MY_KEY", "s3cret")
        file = tmp_path / "p.toml"
        file.write_text(
            'format = "tactic-state"\nkey = "MY_KEY"\nprovenance = "dated:1899"\n'
            '[headers]\nX-Team = "$MY_KEY"\n[sampling]\nn = 2\n'
        )
        policy = policies(f"{server.url}?profile={file}&temperature=0.5")
        reach(policy)
        assert texts(policy) == ["rw [h]"]
        assert (policy.sampling.n, policy.sampling.temperature) == (2, 0.5)
        assert "s3cret" not in str(policy_metadata(policy, 1823))
        assert policy_metadata(policy, 1823)["provenance"]["clean"] is False
        assert policy_metadata(policy, 1900)["provenance"]["clean"] is True
    for text, said in (
        ('key = "NOT_SET"', "NOT_SET"),
        ('format = "latin"', "no such format"),
        ("n = 3", "unknown field"),
        ("[sampling]\nn = -1", "sampling.n"),
        ('provenance = "dated"', "dated:YEAR"),
        ("= 3", "p.toml"),
    ):
        file.write_text(text)
        with pytest.raises(UsageFault, match=said):
            choose(f"http://127.0.0.1:9?profile={file}")
    with pytest.raises(UsageFault, match="no such format"):
        choose("http://127.0.0.1:9?format=x")


@pytest.mark.parametrize("fault", ["429", "500", "drop"])
def test_a_fault_of_the_moment_is_tried_again(fault: str, policies: Policies) -> None:
    script = Script([RW], fault=lambda n: fault if n % 2 else "")
    with FakeServer(script) as server:
        policy = policies(f"{server.url}?format=tactic-state&n=1")
        reach(policy)  # number 0
        assert texts(policy) == ["rw [h]"]  # 1 fails, 2 is well


@pytest.mark.parametrize("fault", ["404", "500", "stall", "drop", "garbage", "401"])
def test_no_fault_outlives_the_run(fault: str, policies: Policies) -> None:
    """Whatever breaks after the first sample, a request ends with the run."""
    script = Script([RW], fault=lambda n: fault if n else "")
    with FakeServer(script) as server:
        policy = policies(f"{server.url}?format=tactic-state&n=1")
        assert isinstance(policy.engine, HttpEngine)
        reach(policy)
        began = time.monotonic()
        policy.engine.until(lambda: max(0.0, began + 4.0 - time.monotonic()))
        while time.monotonic() < began + 4.0:
            try:
                assert texts(policy) == []
            except Unanswered:
                continue
            except Unavailable:
                break
        assert time.monotonic() - began < 4.0 + 5.0


def test_a_request_has_an_end_of_its_own_and_delays_nobody(policies: Policies) -> None:
    script = Script([RW], latency=0.01, fault=lambda n: "stall" if n == 1 else "")
    with FakeServer(script) as server:
        policy = policies(f"{server.url}?format=tactic-state&n=1&timeout=2")
        engine = policy.engine
        assert isinstance(engine, HttpEngine)
        reach(policy)

        async def both() -> tuple[float, float]:
            began = time.monotonic()
            slow = asyncio.create_task(policy.propose_async([SITUATION]))
            await asyncio.sleep(0.3)
            for _ in range(5):
                await policy.propose_async([SITUATION])
            middle = time.monotonic() - began
            with pytest.raises(Unanswered, match="no answer within 2 s"):
                await slow
            return middle, time.monotonic() - began

        middle, end = engine.run(both())
        assert middle < 1.9 < end < 7


def test_a_server_that_only_fails_ends_the_run_with_a_reason(policies: Policies) -> None:
    with FakeServer(Script([RW], fault=lambda n: "garbage" if n > 1 else "")) as server:
        policy = policies(f"{server.url}?format=tactic-state&n=1")
        reach(policy)
        texts(policy)
        with pytest.raises(Unavailable, match="not a list of choices"):
            texts(policy)


def test_a_model_that_is_missing_is_no_missing_path(policies: Policies) -> None:
    with FakeServer(Script([RW])) as server:
        policy = policies(f"{server.url}?format=tactic-state&n=1&model=other")
        with pytest.raises(UsageFault, match="the model 'other' does not exist"):
            reach(policy)
        assert server.bodies == []
        engine = policies(f"{server.url}?format=tactic-state&n=1&model=fake")
        reach(engine)
        assert texts(engine) == ["rw [h]"]


def test_closing_drops_what_is_in_flight(policies: Policies) -> None:
    with FakeServer(Script([RW], fault=lambda n: "stall" if n else "")) as server:
        policy = policies(f"{server.url}?format=tactic-state&n=1")
        engine = policy.engine
        assert isinstance(engine, HttpEngine)
        reach(policy)
        waiting = asyncio.run_coroutine_threadsafe(policy.propose_async([SITUATION]), engine._loop)
        time.sleep(0.3)
        began = time.monotonic()
        engine.close()
        assert time.monotonic() - began < 3
        assert waiting.cancelled() or waiting.exception() is not None


def test_a_request_is_cut_to_the_served_model_s_tokens(policies: Policies) -> None:
    hyps = "\n".join(f"h{i} : a{i} = b{i}" for i in range(400))
    long = Situation(TheoryView(), (GoalView(f"{hyps}\n⊢ p", "p"),), path=("intro",) * 300)
    with FakeServer(Script([FILE], context=1_500)) as server:
        policy = policies(f"{server.url}?format=whole-proof&n=1")
        reach(policy)
        policy.propose([long])
        body = server.bodies[-1]
        sent = sum(len(m["content"]) for m in body["messages"])
        assert sent / 3 + body["max_tokens"] <= 1_500  # the fake counts three characters a token
        assert "⊢ p" in body["messages"][-1]["content"]


def test_where_a_policy_comes_from(tmp_path: Path) -> None:
    known = {"mask": "sha256:1", "cutoff": 1823, "data": {"a.parquet": "2"}, "size": "nano"}
    clean = provenance.of_training(known)
    assert (clean.kind, clean.data, clean.clean(1823)) == ("masked", ("2",), True)
    assert not clean.clean(1800)  # trained behind a later mask
    assert provenance.of_training({**known, "data": {}}).kind == "unknown"
    assert provenance.of_training({**known, "size": str(tmp_path)}).kind == "unknown"
    assert provenance.of_name("deepseek-ai/DeepSeek-Prover-V2-7B").kind == "contaminated"
    assert provenance.of_name("fake").kind == "unknown"
    assert provenance.declared("dated:1899").clean(1900)
    assert not provenance.declared("dated:1901").clean(1900)
    assert provenance.declared("masked").clean(1823)
    assert provenance.NO_MODEL.clean(1500)
    assert provenance.of_folder(Path("models/nano")).clean(1823)


def test_sampling_is_what_the_format_wants_unless_said() -> None:
    policy = NeuralPolicy.served(HttpEngine("http://127.0.0.1:9"), Profile(format="reasoning"), {})
    assert policy.sampling == Sampling(n=4, max_tokens=16_384)
    policy.engine.close()
