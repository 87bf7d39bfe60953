"""``autoresearch serve``: a policy model behind HTTP."""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from autoresearch_formal.console import emit_json, err
from autoresearch_formal.data.tokenizer import missing
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference import vllm, weights
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Unavailable

WATCH_SECONDS = 0.5
"""Between two looks at the folder that vLLM serves."""


@click.command(
    name="serve", epilog="Example: autoresearch serve models/nano --engine vllm --port 8000"
)
@click.argument("model", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--engine",
    type=click.Choice(["auto", "vllm", "transformers"]),
    default="auto",
    show_default=True,
    help="auto: vLLM where it is installed, else Transformers in this process.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--name", default="", help="What clients call MODEL; its folder's name by default.")
@click.option(
    "--lora-rank",
    type=click.Choice(["0", "8", "16", "32", "64", "128", "256"]),
    default="0",
    show_default=True,
    help="vLLM: room for LoRA adapters up to this rank.",
)
@click.option(
    "--update",
    metavar="URL",
    help="Put MODEL's weights into the server at URL, or load it there if it is an adapter; end.",
)
@click.option("--json", "as_json", is_flag=True, help="Say where it is as JSON, once it is ready.")
def command(
    model: Path,
    engine: str,
    host: str,
    port: int,
    name: str,
    lora_rank: str,
    update: str | None,
    as_json: bool,
) -> None:
    """Serve MODEL, a folder made by `autoresearch train`, until Ctrl-C.

    `autoresearch run --policy URL` uses it. --port 0 takes a free port. When MODEL's folder is
    replaced by another whole model, that one is served from then on; searches go on meanwhile.
    """
    weights.check(model)
    if update is not None:
        _update(model, update, name, as_json)
        return
    port = port or vllm.free_port(host)
    chosen = engine
    if engine == "auto":
        try:
            vllm.interpreter()
            chosen = "vllm"
        except MissingTool:
            chosen = "transformers"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt):
        if chosen == "vllm":
            _vllm(model, host, port, name, int(lora_rank), as_json)
        else:
            _transformers(model, host, port, name, as_json)


def _ready(engine: str, url: str, as_json: bool, **more: Any) -> None:
    document = {"engine": engine, "url": url, **more}
    if as_json:
        emit_json(document)
    else:
        err.print(f"{engine} serves {url}  (Ctrl-C ends it)")


def _vllm(model: Path, host: str, port: int, name: str, lora_rank: int, as_json: bool) -> None:
    if weights.is_adapter(model):
        raise UsageFault(
            f"{model}: an adapter; serve its base model with --lora-rank, then --update"
        )
    config = weights.read_json(model / weights.CONFIG)
    context = int(config.get("max_position_embeddings", 2048))
    gpu = vllm.has_gpu()
    argv = vllm.command(model, host, port, gpu, context, name=name, lora_rank=lora_rank)
    watch, shape = weights.Watch(model), weights.shape(model)
    url = f"http://{host}:{port}"
    with tempfile.NamedTemporaryFile(prefix="vllm-", suffix=".log", delete=False) as handle:
        log = Path(handle.name)
    with (
        err.status(f"starting vLLM on the {'GPU' if gpu else 'CPU'}; its log is {log}"),
        contextlib.ExitStack() as stack,
    ):
        server = stack.enter_context(vllm.Server.start(argv, vllm.environment(), url, log))
        stack.pop_all()
    with server:
        _ready("vllm", url, as_json, device="gpu" if gpu else "cpu", log=str(log))
        while server.process.poll() is None:
            time.sleep(WATCH_SECONDS)
            if watch.changed():
                _renew(model, url, shape)
        raise MissingTool(f"vLLM ended by itself; its log is {log}")


def _renew(model: Path, url: str, shape: str) -> None:
    """Put the model that is in the served folder now into vLLM; say so, or why not."""
    try:
        weights.check(model)
        if weights.shape(model) != shape:
            raise UsageFault(f"{model}: another size or tokenizer; restart the server for it")
        _send(model, url)
    except UsageFault as fault:
        err.print(f"{fault}; the old weights stay", markup=False, soft_wrap=True)
    else:
        err.print(
            f"{model}: new weights taken ({weights.digest(model)[:12]})",
            markup=False,
            soft_wrap=True,
        )


def _transformers(model: Path, host: str, port: int, name: str, as_json: bool) -> None:
    from autoresearch_formal.inference.local import LocalEngine

    engine = LocalEngine(model)
    try:
        from autoresearch_formal.inference.server import serve
    except ImportError:
        raise missing("fastapi") from None
    server = serve(engine, host, port, name)
    _ready("transformers", f"http://{host}:{port}", as_json, device=engine.device)
    server.run()


def _send(model: Path, url: str, name: str = "") -> None:
    engine = HttpEngine(url)
    try:
        engine.reload(model, name)
    except Unavailable as fault:
        raise UsageFault(str(fault)) from None
    finally:
        engine.close()


def _update(model: Path, url: str, name: str, as_json: bool) -> None:
    if name and not weights.is_adapter(model):
        raise UsageFault(f"--name {name}: with --update only an adapter gets a name")
    _send(model, url, name)
    called = (name or model.resolve().name) if weights.is_adapter(model) else None
    if as_json:
        emit_json({"url": url, "weights": str(model), "adapter": called})
    elif called:
        err.print(
            f"{url} has the adapter {model}: --policy '{url}?model={called}'",
            markup=False,
            soft_wrap=True,
        )
    else:
        err.print(f"{url} has the weights of {model}", markup=False, soft_wrap=True)
