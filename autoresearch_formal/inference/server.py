"""The in-process engine behind HTTP: the part of the OpenAI completions API that a policy needs.

For machines without vLLM. ``/health``, ``/v1/models``, ``/v1/completions`` (``n``, ``seed``,
``temperature``, ``top_p``, ``max_tokens``, ``logprobs``, ``echo`` for scoring). New weights:
``/reload`` (``{"model": FOLDER}``, or nothing for the same folder again), and vLLM's own
``/collective_rpc``, ``/v1/load_lora_adapter`` and ``/v1/unload_lora_adapter``. Requests that
arrive together and sample alike are one batch.
"""

from __future__ import annotations

import itertools
import json
import queue
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.engine import Completion, Sampling
from autoresearch_formal.inference.local import BATCH, LocalEngine
from autoresearch_formal.inference.provenance import TRAINING
from autoresearch_formal.inference.weights import is_adapter, read_json

MAX_BODY = 4 * 2**20
GATHER = 0.005
"""Seconds to wait for more requests before a batch begins."""


@dataclass
class _Job:
    engine: LocalEngine
    prompt: str
    seed: int
    how: Sampling
    done: threading.Event = field(default_factory=threading.Event)
    made: list[Completion] | None = None
    fault: str = ""


class Batcher:
    """Turns concurrent requests into batches, each for one engine."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[_Job] = queue.Queue(maxsize=1024)
        threading.Thread(target=self._work, daemon=True, name="batches").start()

    def sample(
        self, engine: LocalEngine, prompt: str, seed: int, how: Sampling
    ) -> list[Completion]:
        """Samples of one prompt. Raises `RuntimeError` if the model failed."""
        job = _Job(engine, prompt, seed, how)
        self._jobs.put(job)
        job.done.wait()
        if job.made is None:
            raise RuntimeError(job.fault)
        return job.made

    def _work(self) -> None:
        while True:
            jobs = [self._jobs.get()]
            time.sleep(GATHER)
            while len(jobs) < BATCH:
                try:
                    jobs.append(self._jobs.get_nowait())
                except queue.Empty:
                    break
            for engine, how in dict.fromkeys((job.engine, job.how) for job in jobs):
                part = [job for job in jobs if job.engine is engine and job.how == how]
                try:
                    made = engine.sample([(job.prompt, job.seed) for job in part], how)
                    for job, samples in zip(part, made, strict=True):
                        job.made = samples
                except Exception as fault:  # the requests fail, the server lives
                    for job in part:
                        job.fault = f"{type(fault).__name__}: {fault}"
                for job in part:
                    job.done.set()


class UnknownModel(ValueError):
    """A model that is not served."""


class ServedModels:
    """A model and the adapters for it that were loaded, by name."""

    def __init__(self, base: LocalEngine, name: str = "") -> None:
        self.base = base
        self.name = name or base.name
        self._adapters: dict[str, LocalEngine] = {}
        self._lock = threading.Lock()

    def names(self) -> list[str]:
        """The model's own name first."""
        return [self.name, *self._adapters]

    def card(self) -> dict[str, Any]:
        """What is said of the model: its context, and what it was trained on, if that is known.

        Adapters come from elsewhere: with one loaded the training says nothing any more.
        """
        record = self.base.folder / TRAINING
        known = record.is_file() and not self._adapters
        training = read_json(record) if known else {}
        said = {k: training[k] for k in ("mask", "cutoff", "data", "size") if k in training}
        return {"max_model_len": self.base.context, **({"training": said} if said else {})}

    def named(self, name: Any) -> LocalEngine:
        """Raises `UnknownModel`. No name means the model itself."""
        found = self.base if name in (None, "", self.name) else self._adapters.get(str(name))
        if found is None:
            raise UnknownModel(f"the model {name!r} does not exist")
        return found

    def load(self, name: str, folder: Path, again: bool) -> None:
        """Load an adapter, in the place of one of this name only if ``again``.

        Raises `ValueError` if the name is taken, `UsageFault` for a bad folder.
        """
        with self._lock:
            if not name or name == self.name or (name in self._adapters and not again):
                raise ValueError(f"the name {name!r} is taken; load_inplace replaces an adapter")
            if not is_adapter(folder):
                raise UsageFault(f"{folder}: no adapter there (no adapter_config.json)")
            base = self.base
            self._adapters[name] = LocalEngine(folder, base.device, base=base.folder)

    def unload(self, name: str) -> None:
        """Raises `UnknownModel`."""
        with self._lock:
            if self._adapters.pop(name, None) is None:
                raise UnknownModel(f"the adapter {name!r} does not exist")


def serve(engine: LocalEngine, host: str, port: int, name: str = "") -> ThreadingHTTPServer:
    """A server that is ready; call ``serve_forever``. Raises `UsageFault` if the port is taken."""

    class Handler(_Handler):
        models = ServedModels(engine, name)
        batcher = Batcher()

    try:
        return ThreadingHTTPServer((host, port), Handler)
    except OSError as fault:
        raise UsageFault(f"--port {port}: {fault.strerror}") from None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    models: ServedModels
    batcher: Batcher

    def log_message(self, *_: Any) -> None:
        """Quiet: a search makes many requests."""

    def do_GET(self) -> None:
        """Health and models."""
        if self.path == "/health":
            self._send(200, {})
        elif self.path == "/v1/models":
            card = self.models.card()
            data = [{"id": name, **card} for name in self.models.names()]
            self._send(200, {"object": "list", "data": data})
        else:
            self._send(404, {"error": f"no {self.path}"})

    def do_POST(self) -> None:
        """Completions and new weights."""
        try:
            size = int(self.headers.get("Content-Length") or 0)
            if not 0 <= size <= MAX_BODY:
                raise ValueError(f"a request may have {MAX_BODY} bytes")
            body = json.loads(self.rfile.read(size) or b"{}")
            if not isinstance(body, dict):
                raise ValueError("the body is not a JSON object")
            self._send(200, self._answer(body))
        except UnknownModel as fault:
            self._send(404, {"error": str(fault)})
        except (ValueError, KeyError, TypeError, UsageFault, OSError) as fault:
            self._send(400, {"error": _said(fault)})
        except RuntimeError as fault:
            self._send(500, {"error": str(fault)})

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        models = self.models
        match self.path:
            case "/v1/completions":
                return self._complete(body)
            case "/reload":
                folder = Path(str(body.get("model") or models.base.folder))
                models.base.reload(folder)
                return {"model": str(folder), "sha256": models.base.history[-1]}
            case "/collective_rpc":
                if body.get("method") != "reload_weights":
                    raise ValueError("only reload_weights can be called")
                models.base.reload(Path(body["kwargs"]["weights_path"]))
            case "/v1/load_lora_adapter":
                place = Path(str(body["lora_path"]))
                models.load(str(body["lora_name"]), place, bool(body.get("load_inplace")))
            case "/v1/unload_lora_adapter":
                models.unload(str(body["lora_name"]))
            case "/reset_prefix_cache":
                pass  # there is none
            case _:
                raise UnknownModel(f"no {self.path}")
        return {}

    def _complete(self, body: dict[str, Any]) -> dict[str, Any]:
        engine = self.models.named(body.get("model"))
        prompt = body["prompt"]
        if body.get("echo"):
            choices = _echo(engine, prompt if isinstance(prompt, list) else [prompt])
        elif not isinstance(prompt, str):
            raise ValueError("prompt has to be one string")
        else:
            how = Sampling(
                n=_within(body, "n", 1, 1, 256),
                max_tokens=_within(body, "max_tokens", 16, 1, engine.context - 1),
                temperature=float(body.get("temperature", 1.0)),
                top_p=float(body.get("top_p", 1.0)),
            )
            made = self.batcher.sample(engine, prompt, int(body.get("seed") or 0), how)
            choices = [_choice(i, sample) for i, sample in enumerate(made)]
        return {"object": "text_completion", "model": engine.name, "choices": choices}

    def _send(self, status: int, document: dict[str, Any]) -> None:
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _said(fault: Exception) -> str:
    said = str(fault)
    return said if isinstance(fault, UsageFault) else f"{type(fault).__name__}: {said}"


def _echo(engine: LocalEngine, texts: list[Any]) -> list[dict[str, Any]]:
    """Texts themselves with the log-probabilities of their tokens, and one empty token each.

    The empty token stands where others put the token they sample after the text.
    """
    if not texts or not all(isinstance(t, str) for t in texts):
        raise ValueError("prompt has to be a text or a list of texts")
    found = []
    for index, (words, values) in enumerate(engine.echo(texts)):
        offsets = [0, *itertools.accumulate(map(len, words[:-1])), len(texts[index])]
        logprobs = {
            "tokens": [*words, ""],
            "token_logprobs": [None, *values, 0.0],
            "text_offset": offsets,
        }
        choice = {"index": index, "text": texts[index], "finish_reason": "length"}
        found.append({**choice, "logprobs": logprobs})
    return found


def _choice(index: int, sample: Completion) -> dict[str, Any]:
    each = [sample.logprob] * sample.tokens
    return {
        "index": index,
        "text": sample.text,
        "finish_reason": "stop" if sample.finished else "length",
        # the mean at every place: what callers need is the sum
        "logprobs": {"token_logprobs": each, "tokens": [""] * sample.tokens},
    }


def _within(body: dict[str, Any], name: str, default: int, low: int, high: int) -> int:
    value = int(body.get(name, default))
    if not low <= value <= high:
        raise ValueError(f"{name} has to be from {low} to {high}")
    return value
