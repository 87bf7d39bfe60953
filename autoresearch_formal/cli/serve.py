"""``autoresearch serve``: a policy model behind HTTP."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from autoresearch_formal.console import emit_json, err
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.policy import vllm
from autoresearch_formal.policy.client import HttpEngine
from autoresearch_formal.policy.engine import Unavailable


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
@click.option("--update", help="Put MODEL's weights into the server at this URL, and end.")
@click.option("--json", "as_json", is_flag=True, help="Say where it is as JSON, once it is ready.")
def command(
    model: Path, engine: str, host: str, port: int, update: str | None, as_json: bool
) -> None:
    """Serve MODEL, a folder made by `autoresearch train`, until Ctrl-C.

    `autoresearch run --policy URL` uses it. --port 0 takes a free port.
    """
    if not (model / "config.json").is_file():
        raise UsageFault(f"{model}: no model there (no config.json)")
    if update is not None:
        _update(model, update, as_json)
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
        (_vllm if chosen == "vllm" else _transformers)(model, host, port, as_json)


def _ready(engine: str, url: str, as_json: bool, **more: Any) -> None:
    document = {"engine": engine, "url": url, **more}
    if as_json:
        emit_json(document)
    else:
        err.print(f"{engine} serves {url}  (Ctrl-C ends it)")


def _vllm(model: Path, host: str, port: int, as_json: bool) -> None:
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    context = int(config.get("max_position_embeddings", 2048))
    gpu = vllm.has_gpu()
    argv = vllm.command(model, host, port, gpu, context)
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
        server.process.wait()
        raise MissingTool(f"vLLM ended by itself; its log is {log}")


def _transformers(model: Path, host: str, port: int, as_json: bool) -> None:
    from autoresearch_formal.policy.local import LocalEngine
    from autoresearch_formal.policy.server import serve

    engine = LocalEngine(model)
    server = serve(engine, host, port)
    _ready("transformers", f"http://{host}:{port}", as_json, device=engine.device)
    try:
        server.serve_forever()
    finally:
        server.server_close()


def _update(model: Path, url: str, as_json: bool) -> None:
    engine = HttpEngine(url)
    try:
        engine.reload(model)
    except Unavailable as fault:
        raise UsageFault(str(fault)) from None
    finally:
        engine.close()
    if as_json:
        emit_json({"url": url, "weights": str(model)})
    else:
        err.print(f"{url} has the weights of {model}")
