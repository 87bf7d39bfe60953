"""Training: it learns, resumes to the same result, respects weights, and refuses bad rows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from autoresearch_formal.data.rows import Row, check, load, split, write_rows
from autoresearch_formal.data.tokenizer import SYMBOLS, load_tokenizer
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Mask
from autoresearch_formal.train import sft
from tests.inference.conftest import rows

pytestmark = pytest.mark.torch


def options(data: Path, out: Path, **rest: object) -> sft.TrainOptions:
    settings: dict[str, object] = {"steps": 12, "batch": 8, "micro": 4, "device": "cpu"}
    return sft.TrainOptions((data,), out, **(settings | rest))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    write_rows(rows(60), path)
    return path


def test_a_run_that_is_killed_and_resumed_ends_as_one_that_is_not(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safetensors.torch import load_file

    from autoresearch_formal.train.trainer import WeightedTrainer

    whole = sft.train(options(data, tmp_path / "whole", evaluate_every=4))
    losses = [h["train"] for h in whole["history"]]
    assert losses[-1] < losses[0]
    assert all(h["eval"] > 0 for h in whole["history"])
    rates = [h["rate"] for h in whole["history"]]
    assert rates[-1] < rates[0]
    assert (tmp_path / "whole" / "loss.png").stat().st_size > 1000
    assert not (tmp_path / "whole" / "checkpoints").exists()
    assert json.loads((tmp_path / "whole" / "training.json").read_text())["rows"] == whole["rows"]

    take = WeightedTrainer.get_batch_samples
    taken = []

    def dies(*args: object) -> object:
        taken.append(1)
        if len(taken) == 11:
            raise KeyboardInterrupt
        return take(*args)

    monkeypatch.setattr(WeightedTrainer, "get_batch_samples", dies)
    with pytest.raises(KeyboardInterrupt):
        sft.train(options(data, tmp_path / "cut", checkpoint_every=4, evaluate_every=4))
    monkeypatch.setattr(WeightedTrainer, "get_batch_samples", take)
    torn = tmp_path / "cut" / "checkpoints" / "checkpoint-9"
    shutil.copytree(torn.with_name("checkpoint-8"), torn)  # as a kill leaves one
    (torn / "trainer_state.json").unlink()
    with pytest.raises(UsageFault, match="not empty"):
        sft.train(options(data, tmp_path / "cut"))
    with pytest.raises(UsageFault, match="seed was 0"):
        sft.train(options(data, tmp_path / "cut", resume=True, seed=1))
    again = sft.train(options(data, tmp_path / "cut", resume=True, evaluate_every=4))
    assert again["steps_done"] == 4  # in the second epoch
    assert [h["eval"] for h in again["history"]] == [h["eval"] for h in whole["history"]]
    first, second = (load_file(tmp_path / n / "model.safetensors") for n in ("whole", "cut"))
    assert all((first[k] == second[k]).all() for k in first)


def test_leaks_and_foreign_texts_are_refused_with_their_place(tmp_path: Path) -> None:
    mask = Mask.compute(1823)
    good = rows(3)
    leak = msgspec.structs.replace(good[1], answer="tactic\nexact normal_subgroup_index")
    for row, said in (
        (leak, "answer 2:"),
        (msgspec.structs.replace(good[1], prompt="prove it"), "the prompt is not one of"),
        (
            msgspec.structs.replace(good[1], answer="tactic\nsorry"),
            "the answer is malformed: gives up",
        ),
        (msgspec.structs.replace(good[1], kind="lemma"), "kind is 'lemma', but"),
        (msgspec.structs.replace(good[1], weight=-1.0), "weight -1.0"),
    ):
        path = tmp_path / "bad.parquet"
        write_rows([good[0], row, good[2]], path)
        with pytest.raises(UsageFault) as fault:
            load([path], mask)
        assert f"{path}, row 2: {said}" in fault.value.message
    assert all(check(row, mask) is None for row in good)
    broken = tmp_path / "broken.parquet"
    broken.write_text("no parquet")
    with pytest.raises(UsageFault, match="not a Parquet file"):
        load([broken], mask)


def test_weights_count_in_the_loss_and_zero_leaves_a_row_out(tmp_path: Path) -> None:
    from autoresearch_formal.train import trainer

    made = rows(4)
    path = tmp_path / "rows.parquet"
    write_rows([msgspec.structs.replace(made[0], weight=0.0), *made[1:]], path)
    assert len(load([path], Mask.compute(1823))) == 3
    one, heavy = (trainer.TokenizedRow((5, 6, 7, 8), 2, w) for w in (1.0, 3.0))
    batch = trainer.tensors([one, heavy], 0)
    real, weight, answer = batch["attention_mask"], batch["weight"], batch["answer"]
    assert real[:, :4].all()
    assert not real[:, 4:].any()
    assert weight[0, :3].tolist() == pytest.approx([trainer.PROMPT_WEIGHT, 1.0, 1.0])
    assert weight[1].tolist() == pytest.approx((3 * weight[0]).tolist())
    assert answer[0, :3].tolist() == [0.0, 1.0, 1.0]


def test_a_batch_is_one_step_whatever_its_parts(data: Path, tmp_path: Path) -> None:
    """Sixteen rows at a time, and four (the most that five allows): the same losses."""
    whole, parts = (
        sft.train(
            options(data, tmp_path / f"{micro}", steps=5, batch=16, micro=micro, evaluate_every=1)
        )["history"]
        for micro in (16, 5)
    )
    for name in ("train", "eval", "rate"):
        assert [h[name] for h in parts] == pytest.approx([h[name] for h in whole], abs=1e-3)


def test_a_goal_is_on_one_side_of_the_split() -> None:
    many = [Row(f"p{i}", "a", fingerprint=str(i % 50)) for i in range(200)]
    learn, held = split(many)
    assert held
    assert not {r.fingerprint for r in learn} & {r.fingerprint for r in held}
    assert len(learn) + len(held) == 200


def test_leans_symbols_are_tokens_and_text_comes_back(data: Path, tmp_path: Path) -> None:
    sft.train(options(data, tmp_path / "m", steps=1))
    tokenizer = load_tokenizer(tmp_path / "m")
    assert all(len(tokenizer(s)["input_ids"]) == 1 for s in SYMBOLS)
    text = "<|goal|>\nG : Type\n⊢ ∀ (a b : G), a⁻¹ ≠ b × ℤ → ¬ ⟨x, hx⟩ · 12 ∣ é\n<|act|>\ntactic\n"
    assert tokenizer.decode(tokenizer(text)["input_ids"]) == text
    assert len(tokenizer("<|goal|>")["input_ids"]) == 1
