"""Requests to a model server: retries, back-pressure, keys, and deadlines that end with the run.

A request that meets a fault of the moment is tried again; if the server is gone the caller waits,
which pauses the search, and that is said once. No request outlives its own time or the run's.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from autoresearch_formal.console import err
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.engine import Unavailable

RETRIES = 3
IN_FLIGHT = 64
TIMEOUT = 600.0
"""Seconds that a request may take, from its first byte to the last of its answer."""
PATIENCE = 1800.0
"""Seconds to wait for a server that is gone."""
FAILURES = 10
"""Requests that fail one after the other before a server that is there counts as useless."""
PAUSE = 30.0
"""Seconds that a server may ask to wait before the next try."""
MAX_ANSWER = 32 * 2**20
"""Bytes of an answer."""

_LONG = ("context length", "maximum context", "too long", "max_model_len", "reduce the length")


class Gone(Exception):
    """The server does not answer, or answers that it can't now."""

    def __init__(self, said: str, pause: float = 0.0) -> None:
        super().__init__(said)
        self.pause = pause


class Failed(Exception):
    """A request got no answer although the server is there; the message says why."""


class TooLong(Failed):
    """The request has more tokens than the model reads."""


class Absent(UsageFault):
    """The server has no such path, or (``model``) no such model."""

    def __init__(self, message: str, said: str = "") -> None:
        super().__init__(message)
        self.model = "model" in said.lower()


class RequestRejected(UsageFault):
    """The server does not take the request as it is; ``said`` are its words."""

    def __init__(self, message: str, said: str) -> None:
        super().__init__(message)
        self.said = said


class Connection:
    """One server. All methods but the constructor belong to one event loop.

    Raises `UsageFault` for an address that is none.
    """

    def __init__(
        self,
        root: str,
        headers: Mapping[str, str],
        in_flight: int = IN_FLIGHT,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
    ) -> None:
        try:
            httpx.URL(root)
        except httpx.InvalidURL as fault:
            raise UsageFault(f"{root!r} is no address of a server ({fault})") from None
        self.root = root
        self.stop: Callable[[], bool] = lambda: False
        """Whether waiting has become pointless."""
        self.left: Callable[[], float | None] = lambda: None
        """Seconds until every request has to be over, None without a limit."""
        self.in_flight = 0
        self.most = 0
        """Requests that were in flight together, at most."""
        self._failures = 0
        self._timeout = timeout
        self._patience = patience
        self._places = asyncio.Semaphore(in_flight)
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=in_flight)
        self._http = httpx.AsyncClient(timeout=timeout, limits=limits, headers=dict(headers))
        self._watch: asyncio.Task[None] | None = None

    async def close(self) -> None:
        """End all connections."""
        await self._http.aclose()

    async def answer(
        self, method: str, path: str, body: Mapping[str, Any] | None
    ) -> httpx.Response:
        """One try. Raises `Gone`, `Failed`, `Absent`, `RequestRejected` or `UsageFault`."""
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._http.request(method, f"{self.root}{path}", json=body)
        except TimeoutError:
            raise Failed(f"no answer within {self._timeout:.0f} s") from None
        except (httpx.TransportError, httpx.DecodingError) as fault:
            raise Gone(f"{type(fault).__name__}: {fault}") from None
        except UnicodeError:
            raise Failed("the request is no text") from None
        if answer.status_code < 300:
            return answer
        words = " ".join(answer.text.split())[:300]
        reason = f"status {answer.status_code}: {words}"
        if answer.status_code in (408, 425, 429) or answer.status_code >= 500:
            raise Gone(reason, _pause(answer))
        if answer.status_code in (401, 403):
            raise UsageFault(
                f"{self.root}{path}: {reason}; the server wants a key: set AUTORESEARCH_API_KEY, or"
                " the headers of a profile (docs/policy.md)"
            )
        if answer.status_code in (404, 405, 501):
            raise Absent(f"{self.root}{path}: {reason}", words)
        if any(part in words.lower() for part in _LONG):
            raise TooLong(reason)
        raise RequestRejected(f"{self.root}{path}: {reason}", words)

    async def once(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        """One try, read as JSON."""
        answer = await self.answer(method, path, body)
        try:
            return answer.json()
        except (ValueError, RecursionError):
            raise UsageFault(f"{self.root}{path}: the answer is not JSON") from None

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """A request with retries, then with waiting.

        Raises `Failed` if the server is there and does not manage, `Unavailable` if it is gone
        for good or the run's time is up, `UsageFault` for what no retry can help.
        """
        try:
            async with asyncio.timeout(self.left()), self._places:
                self.in_flight += 1
                self.most = max(self.most, self.in_flight)
                try:
                    document = await self._insist(method, path, body)
                finally:
                    self.in_flight -= 1
        except TimeoutError:
            raise Unavailable(f"time was up while waiting for {self.root}") from None
        except Failed as fault:
            self._strike(fault)
            raise
        self._failures = 0
        return document

    def _strike(self, fault: Failed) -> None:
        if isinstance(fault, TooLong):
            return
        self._failures += 1
        if self._failures >= FAILURES:
            raise Unavailable(
                f"{self.root} failed {self._failures} requests one after the other ({fault})"
            ) from None

    async def _insist(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        while True:
            for attempt in range(RETRIES):
                try:
                    return await self.once(method, path, body)
                except Gone as fault:
                    reason = str(fault)
                    await asyncio.sleep(max(fault.pause, 0.2 * 4**attempt))
            if self.stop():
                raise Unavailable(f"time was up while waiting for {self.root}")
            if await self.healthy():
                raise Failed(reason)
            await self.wait(reason)

    # -- a server that is gone -----------------------------------------------------------------

    async def wait(self, reason: str) -> None:
        """Until the server is back; all waiting requests share one watch."""
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._revive(reason))
        await asyncio.shield(self._watch)

    async def _revive(self, reason: str) -> None:
        err.print(f"{self.root} does not answer ({reason}): paused until it does", markup=False)
        began = time.monotonic()
        while not await self.healthy():
            left = self.left()
            if self.stop() or (left is not None and left <= 0):
                raise Unavailable(f"time was up while waiting for {self.root}")
            if time.monotonic() - began > self._patience:
                raise Unavailable(f"{self.root} was gone for {self._patience:.0f} s ({reason})")
            await asyncio.sleep(0.5)
        err.print(f"{self.root} is back: going on", markup=False)

    async def healthy(self) -> bool:
        """Whether the server answers; where there is no ``/health``, its list of models counts."""
        for path in ("/health", "/v1/models"):
            try:
                async with asyncio.timeout(5.0):
                    answer = await self._http.get(f"{self.root}{path}")
            except (httpx.HTTPError, TimeoutError):
                return False
            if answer.status_code < 400 or answer.status_code in (401, 403):
                return True
        return answer.status_code < 500


def _pause(answer: httpx.Response) -> float:
    """Seconds that a server asks to wait, within reason."""
    with contextlib.suppress(ValueError):
        return min(PAUSE, max(0.0, float(answer.headers.get("retry-after", 0))))
    return 0.0
