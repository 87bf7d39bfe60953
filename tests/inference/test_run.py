"""Searches with a model, end to end: in real Lean, in this process and behind HTTP."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.actions.base import Situation
from autoresearch_formal.inference.vllm import free_port
from autoresearch_formal.search.start import RunOptions, execute
from tests.inference.conftest import watch_proposals

pytestmark = [pytest.mark.lean, pytest.mark.torch, pytest.mark.slow, pytest.mark.timeout(600)]

TARGET = "inverse-of-product"


def search(policy: str, **rest: Any) -> dict[str, Any]:
    options = RunOptions(
        policy=policy,
        workers=1,
        no_verify=True,
        without=("invention",),
        **({"targets": (TARGET,)} | rest),
    )
    return execute(options)


def test_a_model_alone_ends_cleanly_with_its_tries_counted(model: Path, tmp_path: Path) -> None:
    """What a model of twelve steps says is hardly ever an answer; all of it is accounted for."""
    name = f"neural:{model}?n=4&max_tokens=16"
    done = search(name, out=tmp_path / "run")
    (result,) = done["results"]
    assert result["status"] == "exhausted"
    assert done["stopped"] == ""
    fates = done["samples"]
    # the six expansions of a goal sample 4, 8, 12, 16, 16, 16; well-formed lemmas have no fate
    # here, because nothing was to be invented
    assert 0 < sum(fates.values()) <= 4 * (1 + 2 + 3 + 4 + 4 + 4) * result["goals"]
    assert result["steps"] <= fates.get("kept", 0)
    again = search("symbolic", out=None, resume=tmp_path / "run", targets=(), steps=10_000)
    assert again["results"][0]["status"] == "exhausted"  # with the policy that it was begun with
    assert again["results"][0]["steps"] == result["steps"]


def test_a_bad_model_does_not_keep_the_mixture_from_the_target(model: Path, tmp_path: Path) -> None:
    # a target without a proof in hand, and samples from the first expansion on
    done = search(
        f"mixed:{model}?n=2&max_tokens=16&sample_from=1",
        out=tmp_path / "run",
        targets=("casting-out-nines",),
    )
    (result,) = done["results"]
    assert result["status"] == "found"
    assert result["steps"] > 0
    assert sum(done["samples"].values()) > 0
    written = (tmp_path / "run" / result["file"]).read_text(encoding="utf-8")
    assert "sorry" not in written


def test_a_server_that_dies_during_a_run_pauses_it(
    model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The server is killed before the second expansion, and started again while the run waits."""
    port = free_port()
    argv = [sys.executable, "-m", "autoresearch_formal.cli.main", "serve", str(model)]
    argv += ["--engine", "transformers", "--port", str(port), "--json"]
    servers: list[subprocess.Popen[str]] = []

    def start() -> None:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        servers.append(process)
        assert process.stdout is not None
        assert process.stdout.readline()  # printed once it is ready

    calls: list[int] = []

    def before(batch: Sequence[Situation]) -> None:
        calls.append(len(batch))
        if len(calls) == 2:
            servers[0].kill()
            servers[0].wait()
            threading.Timer(4.0, start).start()

    watch_proposals(monkeypatch, before)
    start()
    try:
        done = search(f"http://127.0.0.1:{port}?n=2&max_tokens=8&format=own", out=tmp_path / "run")
    finally:
        for server in servers:
            server.kill()
            server.wait()
    assert len(servers) == 2
    assert len(calls) >= 6  # all expansions that the settings allow, those after the pause too
    assert done["results"][0]["status"] == "exhausted"
    said = capfd.readouterr().err
    assert said.count("paused until it does") == 1
    assert said.count("is back") == 1
