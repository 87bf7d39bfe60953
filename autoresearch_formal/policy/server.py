"""The in-process engine behind HTTP: the part of the OpenAI completions API that a policy needs.

For machines without vLLM. ``/health``, ``/v1/models``, ``/v1/completions`` (``n``, ``seed``,
``temperature``, ``top_p``, ``max_tokens``, ``logprobs``, ``echo`` for scoring), and vLLM's
``/collective_rpc`` for new weights. Requests that arrive together and sample alike are one batch.
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
from autoresearch_formal.policy.engine import Completion, Sampling
from autoresearch_formal.policy.local import BATCH, LocalEngine

MAX_BODY = 4 * 2**20
GATHER = 0.005
"""Seconds to wait for more requests before a batch begins."""


@dataclass
class _Job:
    prompt: str
    how: Sampling
    done: threading.Event = field(default_factory=threading.Event)
    made: list[Completion] | None = None
    fault: str = ""


class Batcher:
    """Turns concurrent requests into batches for one engine."""

    def __init__(self, engine: LocalEngine) -> None:
        self.engine = engine
        self._jobs: queue.Queue[_Job] = queue.Queue(maxsize=1024)
        threading.Thread(target=self._work, daemon=True, name="batches").start()

    def sample(self, prompt: str, how: Sampling) -> list[Completion]:
        """Samples of one prompt. Raises `RuntimeError` if the model failed."""
        job = _Job(prompt, how)
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
            for how in dict.fromkeys(job.how for job in jobs):
                part = [job for job in jobs if job.how == how]
                try:
                    made = self.engine.generate([job.prompt for job in part], how)
                    for job, samples in zip(part, made, strict=True):
                        job.made = samples
                except Exception as fault:  # the requests fail, the server lives
                    for job in part:
                        job.fault = f"{type(fault).__name__}: {fault}"
                for job in part:
                    job.done.set()


def serve(engine: LocalEngine, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is ready; call ``serve_forever``. Raises `UsageFault` if the port is taken."""
    batcher = Batcher(engine)

    class Handler(_Handler):
        pass

    Handler.engine, Handler.batcher = engine, batcher
    try:
        return ThreadingHTTPServer((host, port), Handler)
    except OSError as fault:
        raise UsageFault(f"--port {port}: {fault.strerror}") from None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    engine: LocalEngine
    batcher: Batcher

    def log_message(self, *_: Any) -> None:
        """Quiet: a search makes many requests."""

    def do_GET(self) -> None:
        """Health and models."""
        if self.path == "/health":
            self._send(200, {})
        elif self.path == "/v1/models":
            self._send(200, {"object": "list", "data": [{"id": self.engine.name}]})
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
            match self.path:
                case "/v1/completions":
                    self._send(200, self._complete(body))
                case "/collective_rpc":
                    self.engine.reload(Path(body["kwargs"]["weights_path"]))
                    self._send(200, {})
                case "/reset_prefix_cache":
                    self._send(200, {})
                case _:
                    self._send(404, {"error": f"no {self.path}"})
        except (ValueError, KeyError, TypeError, UsageFault, OSError) as fault:
            self._send(400, {"error": f"{type(fault).__name__}: {fault}"})
        except RuntimeError as fault:
            self._send(500, {"error": str(fault)})

    def _complete(self, body: dict[str, Any]) -> dict[str, Any]:
        prompt = body["prompt"]
        if body.get("echo"):
            choices = self._echo(prompt if isinstance(prompt, list) else [prompt])
        elif not isinstance(prompt, str):
            raise ValueError("prompt has to be one string")
        else:
            how = Sampling(
                n=_within(body, "n", 1, 1, 256),
                max_tokens=_within(body, "max_tokens", 16, 1, self.engine.context - 1),
                temperature=float(body.get("temperature", 1.0)),
                top_p=float(body.get("top_p", 1.0)),
                seed=int(body.get("seed") or 0),
            )
            made = self.batcher.sample(prompt, how)
            choices = [_choice(i, sample) for i, sample in enumerate(made)]
        return {"object": "text_completion", "model": self.engine.name, "choices": choices}

    def _echo(self, texts: list[Any]) -> list[dict[str, Any]]:
        """Texts themselves with the log-probabilities of their tokens, and one empty token each.

        The empty token stands where others put the token they sample after the text.
        """
        if not texts or not all(isinstance(t, str) and t for t in texts):
            raise ValueError("prompt has to be a text or a list of texts")
        tokenizer, context = self.engine.tokenizer, self.engine.context
        rows = tokenizer(texts)["input_ids"]
        if max(map(len, rows)) > context:
            raise ValueError(f"a text is longer than the model's context of {context} tokens")
        found = []
        for index, values in enumerate(self.engine.token_logprobs(rows)):
            words = [tokenizer.decode([i]) for i in rows[index]]
            offsets = [0, *itertools.accumulate(map(len, words[:-1])), len(texts[index])]
            logprobs = {
                "tokens": [*words, ""],
                "token_logprobs": [None, *values, 0.0],
                "text_offset": offsets,
            }
            choice = {"index": index, "text": texts[index], "finish_reason": "length"}
            found.append({**choice, "logprobs": logprobs})
        return found

    def _send(self, status: int, document: dict[str, Any]) -> None:
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


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
