"""New weights under a running policy: taken once they are whole, never in halves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Situation
from autoresearch_formal.cli.main import cli
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import weights
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Completion, Engine, Sampling
from autoresearch_formal.inference.local import LocalEngine
from autoresearch_formal.inference.vllm import free_port
from autoresearch_formal.search.start import RunOptions, execute
from tests.inference.conftest import STRONG, WEIGHTS, adapter, copy, goal, merged, watch_proposals

pytestmark = pytest.mark.torch

HOW = Sampling(n=2, max_tokens=8, seed=7)
TEXTS = [prompts.prompt(goal(i)) for i in range(2)]


def said(engine: Engine) -> list[list[str]]:
    made: list[list[Completion]] = engine.generate(TEXTS, HOW)
    return [[sample.text for sample in samples] for samples in made]


@pytest.fixture
def url(model: Path, tmp_path: Path) -> Iterator[str]:
    """The in-process engine behind HTTP, on a folder of its own."""
    from autoresearch_formal.inference.server import serve  # the base install has no uvicorn

    server = serve(LocalEngine(copy(model, tmp_path / "served"), "cpu"), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.url
    server.should_exit = True
    thread.join()


def settle() -> None:
    time.sleep(weights.SETTLE + 0.1)


@settings(max_examples=40)
@given(part=st.one_of(st.integers(0, 9_000), st.sampled_from([-4, -1])))
def test_no_beginning_of_a_file_of_weights_is_whole(
    tmp_path_factory: pytest.TempPathFactory, model: Path, part: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "part.safetensors"
    path.write_bytes((model / WEIGHTS).read_bytes()[:part])
    with pytest.raises(UsageFault):
        weights.check_safetensors(path)


def test_a_replaced_folder_is_taken_between_batches(model: Path, tmp_path: Path) -> None:
    """By renaming, in which case nothing in it is newer than before, and by writing into it."""
    one, two = copy(model, tmp_path / "one"), copy(model, tmp_path / "two", 1.5)
    expected = [said(LocalEngine(place, "cpu")) for place in (one, two)]
    assert expected[0] != expected[1]
    engine = LocalEngine(one, "cpu")
    assert said(engine) == expected[0]
    one.rename(tmp_path / "old")
    assert said(engine) == expected[0]  # gone for a moment
    two.rename(one)
    settle()
    assert said(engine) == expected[1]
    shutil.copyfile(tmp_path / "old" / WEIGHTS, one / WEIGHTS)
    assert said(engine) == expected[1]  # it may still be written to
    settle()
    assert said(engine) == expected[0]
    assert engine.history == [weights.digest(tmp_path / "old"), *engine.history[1:]]
    assert len(set(engine.history)) == 2
    assert len(engine.history) == 3


def test_half_a_folder_leaves_the_old_weights(
    model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place, other = copy(model, tmp_path / "one"), copy(model, tmp_path / "two", 1.5)
    engine = LocalEngine(place, "cpu")
    before, after = said(engine), said(LocalEngine(other, "cpu"))
    new = (other / WEIGHTS).read_bytes()

    def cut_off() -> None:
        (place / WEIGHTS).write_bytes(new[: len(new) // 2])

    def no_config() -> None:
        (place / "config.json").unlink()

    def wrong_shape() -> None:
        config = json.loads((other / "config.json").read_text(encoding="utf-8"))
        config["num_hidden_layers"] += 1
        (place / "config.json").write_text(json.dumps(config), encoding="utf-8")

    for spoil in (cut_off, no_config, wrong_shape):
        spoil()
        for _ in range(2):
            settle()
            assert said(engine) == before
    assert capfd.readouterr().err.count("the old weights stay") == 3  # once each
    shutil.copyfile(other / "config.json", place / "config.json")
    shutil.copyfile(other / WEIGHTS, place / WEIGHTS)
    settle()
    assert said(engine) == after
    assert "new weights taken" in capfd.readouterr().err
    shutil.rmtree(place)
    settle()
    assert said(engine) == after


def test_a_model_of_another_shape_is_taken(model: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    place = copy(model, tmp_path / "one")
    engine = LocalEngine(place, "cpu")
    load: Any = AutoModelForCausalLM.from_pretrained
    small = load(model, dtype=torch.float32, num_hidden_layers=1)
    small.save_pretrained(place)
    settle()
    said(engine)
    assert engine.model.config.num_hidden_layers == 1


def test_an_adapter_is_its_merged_model(model: Path, tmp_path: Path) -> None:
    lora = adapter(model, tmp_path / "lora", seed=1, alpha=STRONG)
    engine = LocalEngine(lora, "cpu")
    whole = LocalEngine(merged(model, lora, tmp_path / "merged"), "cpu")
    assert said(engine) == said(whole) != said(LocalEngine(model, "cpu"))
    pairs = [(TEXTS[0], "tactic\ngrind" + prompts.END)]
    assert engine.score(pairs)[0][0] == pytest.approx(whole.score(pairs)[0][0], abs=1e-3)
    shutil.rmtree(lora)
    adapter(model, lora, seed=2, alpha=STRONG)
    settle()
    assert said(engine) != said(whole)
    config = json.loads((lora / "adapter_config.json").read_text(encoding="utf-8"))
    for change, message in (
        ({"use_dora": True}, "lora_magnitude_vector.* is not among the adapter's weights"),
        ({"r": 4}, "size mismatch"),
        ({"target_modules": ["v_proj"]}, "q_proj.* is not in the model"),
        ({"base_model_name_or_path": "/no/such"}, "is no model folder here"),
        ({"peft_type": "IA3"}, "not a LoRA adapter"),
    ):
        (lora / "adapter_config.json").write_text(json.dumps(config | change), encoding="utf-8")
        with pytest.raises(UsageFault, match=message):
            LocalEngine(lora, "cpu")


def test_a_server_takes_weights_and_adapters(model: Path, url: str, tmp_path: Path) -> None:
    def post(path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        answer = httpx.post(url + path, json=body, timeout=60.0)
        return answer.status_code, answer.json()

    client = HttpEngine(url)
    before = said(client)
    other = copy(model, tmp_path / "other", 1.5)
    assert post("/reload", model=str(other)) == (
        200,
        {"model": str(other), "sha256": weights.digest(other)},
    )
    assert said(client) == said(LocalEngine(other, "cpu")) != before
    status, answer = post("/reload", model=str(tmp_path))
    assert (status, answer["error"]) == (400, f"{tmp_path}: no model there (no config.json)")
    os.truncate(other / WEIGHTS, 5_000)
    status, answer = post("/reload")
    assert status == 400
    assert "cut off" in answer["error"]
    assert said(client) != before  # still the last that was whole
    assert post("/reload", model=str(model))[0] == 200
    assert said(client) == before

    lora = adapter(model, tmp_path / "lora", seed=1, alpha=STRONG)
    load = {"lora_name": "mine", "lora_path": str(lora)}
    assert HttpEngine(url, "mine").healthy()
    with pytest.raises(UsageFault, match="does not exist"):
        said(HttpEngine(url, "mine"))
    assert post("/v1/load_lora_adapter", **load)[0] == 200
    assert post("/v1/load_lora_adapter", **load)[0] == 400
    assert post("/v1/load_lora_adapter", **load | {"lora_name": "x", "lora_path": "/"})[0] == 400
    named = HttpEngine(url, "mine")
    assert said(named) == said(LocalEngine(lora, "cpu")) != before
    assert said(client) == before
    newer = adapter(model, tmp_path / "newer", seed=2)
    named.reload(newer, "mine")
    assert said(named) == said(LocalEngine(newer, "cpu"))
    assert post("/v1/unload_lora_adapter", lora_name="mine")[0] == 200
    assert post("/v1/unload_lora_adapter", lora_name="mine")[0] == 404
    assert post("/nothing")[0] == 404


def test_update_says_what_is_wrong(model: Path, url: str, tmp_path: Path) -> None:
    def update(folder: Path, *more: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["serve", str(folder), "--update", url, *more])
        return done.exit_code, done.output

    assert update(copy(model, tmp_path / "other", 1.5), "--json")[0] == 0
    cut = copy(model, tmp_path / "cut")
    os.truncate(cut / WEIGHTS, 5_000)
    for folder, message in ((cut, "cut off"), (tmp_path / "none", "no model there")):
        code, output = update(folder)
        assert code == 2
        assert message in output
    lora = adapter(model, tmp_path / "lora", seed=1, alpha=STRONG)
    code, output = update(lora, "--name", "mine")
    assert code == 0
    assert "?model=mine" in output
    code, output = update(model, "--name", "mine")
    assert code == 2
    assert "only an adapter" in output


# -- under a running search ----------------------------------------------------------------------


def search_with(
    policy: str, out: Path, monkeypatch: pytest.MonkeyPatch, *doing: Callable[[], None]
) -> tuple[dict[str, Any], int]:
    """A search in real Lean; before its second, third, … expansion one thing is done each."""
    calls: list[int] = []

    def before(batch: Sequence[Situation]) -> None:
        if 0 < len(calls) <= len(doing):
            doing[len(calls) - 1]()
        calls.append(len(batch))

    watch_proposals(monkeypatch, before)
    options = RunOptions(
        policy=policy,
        workers=1,
        no_verify=True,
        without=("invention",),
        targets=("inverse-of-product",),
        out=out,
    )
    return execute(options), len(calls)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_search_goes_on_with_new_weights_in_its_process(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, other = copy(model, tmp_path / "one"), copy(model, tmp_path / "two", 1.5)
    both = [weights.digest(place), weights.digest(other)]

    def replace() -> None:
        place.rename(tmp_path / "old")
        other.rename(place)
        settle()

    done, calls = search_with(
        f"neural:{place}?n=2&max_tokens=8", tmp_path / "run", monkeypatch, replace
    )
    assert done["results"][0]["status"] == "exhausted"  # its six expansions were all done
    assert calls >= 6
    assert done["weights"] == both


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_search_goes_on_with_new_weights_in_its_server(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder replaced, an update by the command, then a restart with a model of another name."""
    place, other = copy(model, tmp_path / "one"), copy(model, tmp_path / "two", 1.5)
    third = copy(model, tmp_path / "three", 0.7)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "autoresearch_formal.cli.main", "serve"]
    servers: list[subprocess.Popen[str]] = []
    heard: list[list[list[str]]] = []

    def start(folder: Path) -> None:
        argv = [*command, str(folder), "--engine", "transformers", "--port", str(port), "--json"]
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        servers.append(process)
        assert process.stdout is not None
        assert process.stdout.readline()  # printed once it is ready

    def listen() -> None:
        client = HttpEngine(url)
        heard.append(said(client))
        client.close()

    def replace() -> None:
        listen()
        place.rename(tmp_path / "old")
        other.rename(place)
        settle()
        listen()

    def update() -> None:
        subprocess.run([*command, str(third), "--update", url], check=True)
        listen()

    def restart() -> None:
        servers[0].kill()
        servers[0].wait()
        start(tmp_path / "old")
        listen()

    start(place)
    try:
        done, calls = search_with(
            f"{url}?n=2&max_tokens=8", tmp_path / "run", monkeypatch, replace, update, restart
        )
    finally:
        for server in servers:
            server.kill()
            server.wait()
    assert done["results"][0]["status"] == "exhausted"
    assert calls >= 6
    folders = (tmp_path / "old", place, third, tmp_path / "old")
    assert heard == [said(LocalEngine(folder, "cpu")) for folder in folders]
