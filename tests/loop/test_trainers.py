"""Gradient trainers on a tiny model: they learn, stay within the KL bound, and obey the kernel.

Most need the extra `train`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.actions.base import Action
from autoresearch_formal.data.dataset import examples, read_rows
from autoresearch_formal.data.weights import Resetting
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.train.request import TrainRequest
from autoresearch_formal.train.settings import LoopSettings


def test_a_policy_without_a_model_is_refused_in_one_line(tmp_path: Path) -> None:
    from autoresearch_formal.train.neural import model_of

    with pytest.raises(UsageFault, match="has no model to train further"):
        model_of("symbolic")
    (tmp_path / "config.json").write_text("{}")
    assert model_of(f"mixed:{tmp_path}?n=4") == ("mixed:", tmp_path, "?n=4")
    assert model_of(str(tmp_path)) == ("", tmp_path, "")


def test_the_kernel_is_the_reward() -> None:
    from autoresearch_formal.actions import prompt
    from autoresearch_formal.train.grpo import MALFORMED, PROGRESS, PROVED, REFUSED, reward

    verdicts = {"rfl": "proved", "intro n": "progress", "omega": "refused"}
    asked: list[str] = []

    def attempt(row: str, tactic: str) -> str:
        asked.append(tactic)
        return verdicts[tactic]

    def score(text: str) -> float:
        return reward(prompt.answer(Action("tactic", text)) + prompt.END, "r", attempt)

    assert [score(t) for t in verdicts] == [PROVED, PROGRESS, REFUSED]
    assert reward("nonsense", "r", attempt) == MALFORMED
    assert reward("tactic\nsorry", "r", attempt) == MALFORMED
    assert reward("lemma\nname\nTrue", "r", attempt) == REFUSED
    assert asked == list(verdicts)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer model with random weights and a tokenizer of the visible library."""
    import torch
    import transformers

    from autoresearch_formal.data.tokenizer import (
        load_tokenizer,
        save_tokenizer,
        train_tokenizer,
    )
    from autoresearch_formal.mask import Mask
    from autoresearch_formal.train.sft import foundation

    place = tmp_path_factory.mktemp("model")
    save_tokenizer(train_tokenizer(foundation(Mask.compute(1823)), 1024), place, 256)
    tokenizer = load_tokenizer(place)
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=1,
        max_position_embeddings=256,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    transformers.LlamaForCausalLM(config).save_pretrained(place)
    return place


def request_for(toy_run: Path, model: Path, **settings: Any) -> TrainRequest:
    rows = read_rows([toy_run])
    return TrainRequest(
        examples(rows, Resetting()),
        rows,
        f"neural:{model}",
        LoopSettings(**{"training_steps": 12, "kl_bound": 5.0} | settings).training,
        0,
    )


@pytest.mark.lean
@pytest.mark.torch
@pytest.mark.slow
def test_sft_and_dpo_raise_what_worked_above_what_failed(
    toy_run: Path, model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from autoresearch_formal.mask import Mask
    from autoresearch_formal.train import neural
    from autoresearch_formal.train.prompts import preference_rows

    request = request_for(toy_run, model, trainer="sft+dpo")
    made = neural.train(request, tmp_path)
    assert made.accepted
    assert made.metrics["stages"] == ["sft", "dpo"]
    assert capfd.readouterr().out == "", "stdout is for the command's document"
    assert 0 < made.metrics["kl"] <= 5.0
    rows = preference_rows(request.examples, request.rows, Mask.compute(1823))
    assert rows
    assert made.metrics["pairs"] == len(rows)

    def margin(place: Path) -> float:
        net, tokenizer = neural.load(place)
        return sum(
            loglik(net, tokenizer, r["prompt"], r["answer"])
            - loglik(net, tokenizer, r["prompt"], r["rejected"])
            for r in rows
        )

    assert margin(Path(made.policy.replace("neural:{}", str(tmp_path)))) > margin(model)


def test_few_pairs_are_few_steps() -> None:
    from autoresearch_formal.train.dpo import BATCH, EPOCHS, steps_for

    assert steps_for(1, 100) == 1
    assert steps_for(10 * BATCH, 100) == 10 * EPOCHS
    assert steps_for(1000 * BATCH, 100) == 100


def loglik(net: Any, tokenizer: Any, prompt: str, answer: str) -> float:
    import torch

    head = len(tokenizer(prompt)["input_ids"])
    ids = torch.tensor([tokenizer(prompt + answer)["input_ids"]])
    with torch.no_grad():
        logs = torch.log_softmax(net(input_ids=ids).logits[0, head - 1 : -1], -1)
    return float(logs.gather(1, ids[0, head:, None]).sum())


@pytest.mark.lean
@pytest.mark.torch
@pytest.mark.slow
def test_a_candidate_that_went_too_far_is_pulled_back_or_refused(
    toy_run: Path, model: Path, tmp_path: Path
) -> None:
    from autoresearch_formal.train import neural

    for name in ("free", "tight", "hopeless", "half"):
        (tmp_path / name).mkdir()
    free = neural.train(request_for(toy_run, model, trainer="sft"), tmp_path / "free")
    bound = free.metrics["kl"] / 3
    tight = neural.train(
        request_for(toy_run, model, trainer="sft", kl_bound=bound), tmp_path / "tight"
    )
    assert tight.metrics["limited"]
    assert tight.metrics["kl"] <= bound
    assert 0 < tight.metrics["share"] < 1
    hopeless = neural.train(
        request_for(toy_run, model, trainer="sft", kl_bound=1e-9), tmp_path / "hopeless"
    )
    assert not hopeless.accepted
    half = neural.train(request_for(toy_run, model, trainer="sft", average=0.5), tmp_path / "half")
    assert half.metrics["share"] == 0.5
    assert half.metrics["kl"] < free.metrics["kl"]


@pytest.mark.lean
@pytest.mark.torch
@pytest.mark.slow
def test_grpo_runs_with_the_kernel_as_reward(
    model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from autoresearch_formal.train.grpo import optimise

    asked: list[tuple[str, str]] = []

    def attempt(row: str, tactic: str) -> str:
        asked.append((row, tactic))
        return "progress"

    lines = [{"prompt": f"<|goal|>\n⊢ {n} = {n}\n<|act|>\n", "row": str(n)} for n in range(4)]
    optimise(lines, model, tmp_path / "grpo", 2, 0, attempt)
    assert (tmp_path / "grpo" / "model.safetensors").is_file()
    assert capfd.readouterr().out == "", "stdout is for the command's document"
    assert all(row in {"0", "1", "2", "3"} for row, _ in asked)


@pytest.mark.lean
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_goals_of_a_search_are_opened_again_for_grpo(tmp_path: Path) -> None:
    """Real Lean says of the tries of a run once more what it said then."""
    from autoresearch_formal.lean.sync import Gym
    from autoresearch_formal.train.grpo import HEARTBEATS, RowGoals
    from tests.inference.test_run import search

    run = tmp_path / "run"
    search("symbolic", out=run, targets=("carried-part-closed", "power-of-power"), steps=24)
    rows = [r for r in read_rows([run]) if r["kind"] == "tactic" and not r["invented"]]
    with Gym(modules=sorted({m for r in rows for m in r["modules"]})) as gym:
        kernel = RowGoals(rows, gym)
        went = ("progress", "proved", "duplicate")
        tried = [
            r
            for r in rows
            if r["heartbeats"] < HEARTBEATS / 2
            and r["outcome"] not in ("too many goals", "heartbeats")
        ]
        assert any(len(r["path"]) > 1 for r in tried)
        assert {r["outcome"] in went for r in tried} == {True, False}
        for row in tried:
            said = kernel.attempt(row["row"], row["action"])
            assert (said != "refused") == (row["outcome"] in went), row
