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
import socket
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError

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
    samples: Future[list[Completion]] = field(default_factory=Future)


class Batcher:
    """Turns concurrent requests into batches, each for one engine."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[_Job] = queue.Queue(maxsize=1024)
        threading.Thread(target=self._work, daemon=True, name="batches").start()

    def sample(
        self, engine: LocalEngine, prompt: str, seed: int, how: Sampling
    ) -> list[Completion]:
        """Samples of one prompt. Raises whatever the model raised."""
        job = _Job(engine, prompt, seed, how)
        self._jobs.put(job)
        return job.samples.result()

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
                    answers = engine.sample([(job.prompt, job.seed) for job in part], how)
                    for job, samples in zip(part, answers, strict=True):
                        job.samples.set_result(samples)
                except Exception as fault:  # the requests fail, the server lives
                    for job in part:
                        job.samples.set_exception(RuntimeError(f"{type(fault).__name__}: {fault}"))


class UnknownModel(ValueError):
    """A model that is not served."""


async def sent(request: Request) -> dict[str, Any]:
    """A request's body, whatever type it says it is of. Raises `ValueError` if it is no object."""
    text = bytearray()
    async for part in request.stream():
        text += part
        if len(text) > MAX_BODY:
            raise ValueError(f"a request may have {MAX_BODY} bytes")
    body = json.loads(text or b"{}")
    if not isinstance(body, dict):
        raise ValueError("the body is not a JSON object")
    return body


Body = Annotated[dict[str, Any], Depends(sent)]


class CompletionBody(BaseModel):
    """A request for samples, or with ``echo`` for scores."""

    prompt: str | Annotated[list[str], Field(min_length=1)]
    model: str | None = None
    n: Annotated[int, Field(ge=1, le=256)] = 1
    max_tokens: Annotated[int, Field(ge=1)] = 16
    temperature: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    top_p: float = 1.0
    seed: int | None = None
    echo: bool = False


class ServedModels:
    """A model and the adapters for it that were loaded, by name, and what answers requests.

    Methods without ``async`` run in threads.
    """

    def __init__(self, base: LocalEngine, name: str = "") -> None:
        self.base = base
        self.name = name or base.name
        self.batcher = Batcher()
        self._adapters: dict[str, LocalEngine] = {}
        self._lock = threading.Lock()

    def application(self) -> FastAPI:
        """The methods under their paths, and errors as JSON."""
        app = FastAPI(openapi_url=None)
        app.add_api_route("/health", self.nothing)
        app.add_api_route("/v1/models", self.cards)
        for path, answer in (
            ("/v1/completions", self.complete),
            ("/reload", self.reload),
            ("/collective_rpc", self.call),
            ("/v1/load_lora_adapter", self.load),
            ("/v1/unload_lora_adapter", self.unload),
            ("/reset_prefix_cache", self.nothing),  # there is none
        ):
            app.add_api_route(path, answer, methods=["POST"])
        for fault in (ValueError, KeyError, TypeError, UsageFault, OSError):
            app.add_exception_handler(fault, _refusal(400))
        app.add_exception_handler(UnknownModel, _refusal(404))
        app.add_exception_handler(404, _refusal(404))
        app.add_exception_handler(RuntimeError, _refusal(500))
        return app

    async def nothing(self) -> dict[str, Any]:
        """Done."""
        return {}

    async def cards(self) -> dict[str, Any]:
        """Names, the model's own first; its context, and what it was trained on, if that is known.

        Adapters come from elsewhere: with one loaded the training says nothing any more.
        """
        record = self.base.folder / TRAINING
        known = record.is_file() and not self._adapters
        training = read_json(record) if known else {}
        facts = {k: training[k] for k in ("mask", "cutoff", "data", "size") if k in training}
        card = {"max_model_len": self.base.context, **({"training": facts} if facts else {})}
        return {"object": "list", "data": [{"id": n, **card} for n in (self.name, *self._adapters)]}

    def complete(self, body: Body) -> dict[str, Any]:
        """Samples or scores."""
        asked = CompletionBody.model_validate(body)
        own = asked.model in (None, "", self.name)
        engine = self.base if own else self._adapters.get(str(asked.model))
        if engine is None:
            raise UnknownModel(f"the model {asked.model!r} does not exist")
        if asked.echo:
            choices = _echo(engine, asked.prompt)
        elif not isinstance(asked.prompt, str):
            raise ValueError("prompt has to be one string")
        elif asked.max_tokens >= engine.context:
            raise ValueError(f"max_tokens has to be from 1 to {engine.context - 1}")
        else:
            how = Sampling(asked.n, asked.max_tokens, asked.temperature, asked.top_p)
            samples = self.batcher.sample(engine, asked.prompt, asked.seed or 0, how)
            choices = [_choice(i, sample) for i, sample in enumerate(samples)]
        return {"object": "text_completion", "model": engine.name, "choices": choices}

    def reload(self, body: Body) -> dict[str, Any]:
        """New weights for the model itself."""
        folder = Path(str(body.get("model") or self.base.folder))
        self.base.reload(folder)
        return {"model": str(folder), "sha256": self.base.history[-1]}

    def call(self, body: Body) -> dict[str, Any]:
        """The same in vLLM's words."""
        if body.get("method") != "reload_weights":
            raise ValueError("only reload_weights can be called")
        self.base.reload(Path(body["kwargs"]["weights_path"]))
        return {}

    def load(self, body: Body) -> dict[str, Any]:
        """An adapter, in the place of one of this name only with ``load_inplace``."""
        name, folder = str(body["lora_name"]), Path(str(body["lora_path"]))
        with self._lock:
            taken = name in self._adapters and not body.get("load_inplace")
            if not name or name == self.name or taken:
                raise ValueError(f"the name {name!r} is taken; load_inplace replaces an adapter")
            if not is_adapter(folder):
                raise UsageFault(f"{folder}: no adapter there (no adapter_config.json)")
            self._adapters[name] = LocalEngine(folder, self.base.device, base=self.base.folder)
        return {}

    def unload(self, body: Body) -> dict[str, Any]:
        """Drop an adapter."""
        name = str(body["lora_name"])
        with self._lock:
            if self._adapters.pop(name, None) is None:
                raise UnknownModel(f"the adapter {name!r} does not exist")
        return {}


def _refusal(status: int) -> Any:
    async def refuse(request: Request, fault: Exception) -> JSONResponse:
        text = str(fault)
        if isinstance(fault, ValidationError):
            first = fault.errors()[0]
            text = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        elif isinstance(fault, KeyError):
            text = f"{text} is missing"
        elif isinstance(fault, HTTPException):
            text = f"no {request.url.path}"
        return JSONResponse({"error": text}, status)

    return refuse


class CompletionServer(uvicorn.Server):  # type: ignore[misc]
    """Listens from the beginning; answers while it `run`s, until ``should_exit``."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        quiet = {"log_config": None, "access_log": False, "lifespan": "off"}
        patient = {"timeout_keep_alive": 3600, "timeout_graceful_shutdown": 5}
        super().__init__(uvicorn.Config(app, **quiet, **patient))
        try:
            self.listening = socket.create_server((host, port))
        except OSError as fault:
            raise UsageFault(f"--port {port}: {fault.strerror}") from None
        self.url = "http://{}:{}".format(*self.listening.getsockname())

    def run(self, *_: Any) -> None:
        """Answer requests until Ctrl-C, SIGTERM or ``should_exit``."""
        super().run([self.listening])


def serve(engine: LocalEngine, host: str, port: int, name: str = "") -> CompletionServer:
    """A server that listens. Raises `UsageFault` if the port is taken."""
    return CompletionServer(ServedModels(engine, name).application(), host, port)


def _echo(engine: LocalEngine, prompt: str | list[str]) -> list[dict[str, Any]]:
    """Texts themselves with the log-probabilities of their tokens, and one empty token each.

    The empty token stands where others put the token they sample after the text.
    """
    texts = [prompt] if isinstance(prompt, str) else prompt
    choices = []
    for index, (words, values) in enumerate(engine.echo(texts)):
        logprobs = {
            "tokens": [*words, ""],
            "token_logprobs": [None, *values, 0.0],
            "text_offset": [0, *itertools.accumulate(map(len, words[:-1])), len(texts[index])],
        }
        choice = {"index": index, "text": texts[index], "finish_reason": "length"}
        choices.append({**choice, "logprobs": logprobs})
    return choices


def _choice(index: int, sample: Completion) -> dict[str, Any]:
    each = [sample.logprob] * sample.tokens
    return {
        "index": index,
        "text": sample.text,
        "finish_reason": "stop" if sample.finished else "length",
        # the mean at every place: what callers need is the sum
        "logprobs": {"token_logprobs": each, "tokens": [""] * sample.tokens},
    }
