"""A model server without a model: it replays answers, slowly or wrongly, and counts its work.

For tests of the client and for ``bench policy --fake``. It speaks OpenAI's two APIs as far as it
is told to, with a number of slots that each serve one request for a while.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULTS = ("401", "404", "429", "500", "stall", "drop", "garbage", "slow")
"""What can go wrong with a request, besides its answer."""


@dataclass(frozen=True)
class Script:
    """What a server says and knows."""

    answers: Sequence[tuple[str, bool]]
    """Texts, and whether the model ended them itself; replayed in order, again and again."""
    latency: float = 0.0
    slots: int = 64
    model: str = "fake"
    context: int | None = 32_768
    """What the list of models says; None: nothing."""
    key: str = ""
    chat: bool = True
    completions: bool = True
    refuses: tuple[str, ...] = ()
    """Fields that are answered with status 400."""
    one: bool = False
    """Whether ``n`` is ignored."""
    thoughts: bool = False
    """Whether thoughts are given apart."""
    fault: Callable[[int], str] = lambda number: ""
    """The fault of a request, by its number."""


@dataclass
class SlotMeter:
    """How busy the slots have been."""

    began: float = field(default_factory=time.monotonic)
    open: int = 0
    """Requests that have come and are not answered."""
    busy: int = 0
    seconds_open: float = 0.0
    seconds_busy: float = 0.0
    most: int = 0
    requests: int = 0
    _last: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def change(self, open: int = 0, busy: int = 0) -> None:
        """Requests that came or went, slots that were taken or freed."""
        with self._lock:
            now = time.monotonic()
            self.seconds_open += self.open * (now - self._last)
            self.seconds_busy += self.busy * (now - self._last)
            self._last = now
            self.open += open
            self.busy += busy
            self.requests += max(0, open)
            self.most = max(self.most, self.open)

    def restart(self) -> None:
        """Count from now on."""
        self.change()
        with self._lock:
            self.began = self._last
            self.seconds_open = self.seconds_busy = 0.0
            self.most = self.open
            self.requests = 0

    def figures(self, slots: int) -> dict[str, float]:
        """Means over the time since the start."""
        self.change()
        seconds = max(1e-9, self._last - self.began)
        return {
            "seconds": round(seconds, 2),
            "requests": self.requests,
            "in_flight": round(self.seconds_open / seconds, 2),
            "most_in_flight": self.most,
            "busy": round(self.seconds_busy / seconds / slots, 4),
        }


class FakeServer:
    """A server on a free port of this machine; use as a context manager."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.meter = SlotMeter()
        self.bodies: list[dict[str, Any]] = []
        """The requests for samples, as they came."""
        self._answers = itertools.cycle(script.answers)
        self._numbers = itertools.count()
        self._slots = threading.Semaphore(script.slots)
        self._ended = threading.Event()
        self._lock = threading.Lock()

        class Handler(_Handler):
            fake = self

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeServer:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, or until the server ends."""
        self._ended.wait(seconds)

    def next(self) -> tuple[str, bool]:
        """The next answer."""
        with self._lock:
            return next(self._answers)

    def number(self) -> int:
        """The number of a request for samples."""
        with self._lock:
            return next(self._numbers)

    @contextlib.contextmanager
    def slot(self) -> Any:
        """A slot of the server, waited for."""
        with self._slots:
            self.meter.change(busy=1)
            try:
                yield
            finally:
                self.meter.change(busy=-1)


class _Server(ThreadingHTTPServer):
    request_queue_size = 512

    def handle_error(self, *_: Any) -> None:
        """Clients go away in the middle of answers; that is what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeServer

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        script = self.fake.script
        if self.path == "/health":
            self._send(200, {})
        elif not self._known():
            self._send(401, {"error": "no key"})
        elif self.path == "/v1/models":
            card: dict[str, Any] = {"id": script.model}
            if script.context is not None:
                card["max_model_len"] = script.context
            self._send(200, {"object": "list", "data": [card]})
        else:
            self._send(404, {"error": f"no {self.path}"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        script = self.fake.script
        chat = self.path == "/v1/chat/completions" and script.chat
        if self.path == "/tokenize" and script.context is not None:
            text = body.get("prompt") or "".join(m["content"] for m in body["messages"])
            self._send(200, {"count": -(-len(text) // 3), "max_model_len": script.context})
        elif not chat and not (self.path == "/v1/completions" and script.completions):
            self._send(404, {"error": f"no {self.path}"})
        elif not self._known():
            self._send(401, {"error": "no key"})
        elif body.get("model") != script.model:
            self._send(404, {"error": f"the model {body.get('model')!r} does not exist"})
        else:
            self.fake.meter.change(open=1)
            try:
                self._sample(body, chat)
            finally:
                self.fake.meter.change(open=-1)

    def _known(self) -> bool:
        key = self.fake.script.key
        return not key or self.headers.get("Authorization") == f"Bearer {key}"

    def _sample(self, body: dict[str, Any], chat: bool) -> None:
        script = self.fake.script
        refused = next((name for name in script.refuses if name in body), None)
        if refused is not None:
            self._send(400, {"error": f"extra field not permitted: {refused}"})
            return
        self.fake.bodies.append(body)
        fault = script.fault(self.fake.number())
        with self.fake.slot():
            self.fake.wait(script.latency * (10 if fault == "slow" else 1))
            if fault not in ("", "slow"):
                self._fail(fault)
                return
            count = 1 if script.one else int(body.get("n", 1))
            choices = [self._choice(index, body, chat) for index in range(count)]
            self._send(200, {"choices": choices, "usage": {"prompt_tokens": 0}})

    def _fail(self, fault: str) -> None:
        if fault == "stall":
            self.fake.wait(3600)
        elif fault == "drop":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"choices": [{"te')
            self.close_connection = True
        elif fault == "garbage":
            self._send(200, {"choices": "none"})
        else:
            self._send(int(fault), {"error": f"as asked: {fault}"})

    def _choice(self, index: int, body: Mapping[str, Any], chat: bool) -> dict[str, Any]:
        text, finished = self.fake.next()
        choice: dict[str, Any] = {
            "index": index,
            "finish_reason": "stop" if finished else "length",
        }
        if not chat:
            for stop in body.get("stop") or []:
                text = text.partition(stop)[0]
            return {**choice, "text": text}
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if self.fake.script.thoughts and "</think>" in text:
            thought, _, rest = text.partition("</think>")
            message = {
                "role": "assistant",
                "content": rest,
                "reasoning_content": thought.replace("<think>", ""),
            }
        return {**choice, "message": message}

    def _send(self, status: int, document: Mapping[str, Any]) -> None:
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
