"""An engine behind HTTP: any server of the OpenAI completions API, vLLM foremost.

Requests are asynchronous, as many at a time as the server is meant to hold (back-pressure);
each is tried a few times. If the server is gone the caller waits here, which pauses the search:
it is said once, and once more when the server is back.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import httpx

from autoresearch_formal.actions.prompt import ASK, END
from autoresearch_formal.console import err
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import weights
from autoresearch_formal.inference.engine import Completion, Sampling, Unavailable, seed_of

T = TypeVar("T")

RETRIES = 3
IN_FLIGHT = 64
TIMEOUT = 120.0
PATIENCE = 1800.0
"""Seconds to wait for a server that is gone."""


SCORED = 64
"""Texts to be scored in one request."""


class _Gone(Exception):
    """The server does not answer, or answers that it can't now."""


class _Absent(UsageFault):
    """The server has no such model, or no such path."""


class HttpEngine:
    """See the module docstring. ``url`` ends in ``/v1`` or is the root of a server.

    ``model`` is the name of a model or adapter of the server; without one its first is asked, also
    when it comes back with another. `stop` may be set to a function that says that waiting has
    become pointless.
    """

    def __init__(
        self,
        url: str,
        model: str = "",
        *,
        in_flight: int = IN_FLIGHT,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
    ) -> None:
        base = url.rstrip("/")
        self.root = base.removesuffix("/v1")
        self.name = model or self.root
        self._asked = model
        self._model = model
        self._context = 0
        self._patience = patience
        self.stop: Callable[[], bool] = lambda: False
        self.tokens = 0
        """Tokens sampled so far."""
        self._scores = True
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="model")
        self._thread.start()
        self._places = asyncio.Semaphore(in_flight)
        limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
        self._http = httpx.AsyncClient(timeout=timeout, limits=limits)
        self._back = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """End all connections."""
        if self._loop.is_closed():
            return
        self._do(self._http.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # -- requests ------------------------------------------------------------------------------

    async def _answer(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response:
        try:
            answer = await self._http.request(method, f"{self.root}{path}", json=body)
        except (httpx.TransportError, httpx.InvalidURL) as fault:
            raise _Gone(f"{type(fault).__name__}: {fault}") from None
        if answer.status_code < 400:
            return answer
        said = f"status {answer.status_code}: {' '.join(answer.text.split())[:300]}"
        if answer.status_code in (408, 429) or answer.status_code >= 500:
            raise _Gone(said)
        kind = _Absent if answer.status_code == 404 else UsageFault
        raise kind(f"{self.root}{path}: {said}")

    async def _once(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        answer = await self._answer(method, path, body)
        try:
            return answer.json()
        except ValueError:
            raise UsageFault(f"{self.root}{path}: the answer is not JSON") from None

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """A request with retries, then with waiting. Raises `Unavailable`."""
        began = time.monotonic()
        async with self._places:
            while True:
                for attempt in range(RETRIES):
                    try:
                        return await self._once(method, path, body)
                    except _Absent as fault:
                        body = await self._renamed(body, fault)
                    except _Gone as fault:
                        reason = str(fault)
                        await asyncio.sleep(0.2 * 4**attempt)
                if self.stop() or time.monotonic() - began > self._patience:
                    raise Unavailable(f"{self.root} does not do its work ({reason})")
                await self._wait(reason)

    async def _renamed(self, body: dict[str, Any] | None, fault: _Absent) -> dict[str, Any]:
        """The request for the model that the server has now; it may be another after a restart.

        Raises the fault again if the name was asked for, or is still the same.
        """
        if body is None or "model" not in body or self._asked:
            raise fault
        if body["model"] == self._model:
            await self._discover(await self._once("GET", "/v1/models", None))
        if body["model"] == self._model:
            raise fault
        return body | {"model": self._model}

    async def _wait(self, reason: str) -> None:
        """Until the server is back; all waiting requests share one watch."""
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._revive(reason))
        await asyncio.shield(self._watch)

    async def _revive(self, reason: str) -> None:
        err.print(f"{self.root} does not answer ({reason}): paused until it does", markup=False)
        began = time.monotonic()
        while not await self._healthy():
            if self.stop():
                raise Unavailable(f"time was up while waiting for {self.root}")
            if time.monotonic() - began > self._patience:
                raise Unavailable(f"{self.root} was gone for {self._patience:.0f} s ({reason})")
            await asyncio.sleep(0.5)
        err.print(f"{self.root} is back: going on", markup=False)

    async def _healthy(self) -> bool:
        """Whether the server answers; where there is no ``/health``, its list of models counts."""
        for path in ("/health", "/v1/models"):
            try:
                answer = await self._http.get(f"{self.root}{path}", timeout=5.0)
            except (httpx.HTTPError, httpx.InvalidURL):
                return False
            if answer.status_code == 200:
                return True
        return False

    def healthy(self) -> bool:
        """Whether the server answers now."""
        return self._do(self._healthy())

    def warm_up(self, patience: float = 0.0) -> None:
        """Find the server's model, and have it sample one token.

        Raises `Unavailable` if the server does not answer within `patience` seconds, `UsageFault`
        if it serves no model.
        """
        self._do(self._warm_up(patience))

    async def _warm_up(self, patience: float) -> None:
        began = time.monotonic()
        while not await self._healthy():
            if time.monotonic() - began >= patience:
                raise Unavailable(f"no model server answers at {self.root}")
            await asyncio.sleep(0.5)
        body = {"model": await self._name(), "prompt": ASK, "max_tokens": 1}
        await self._ask("POST", "/v1/completions", body)

    async def _name(self) -> str:
        if not self._model or not self._context:
            await self._discover(await self._ask("GET", "/v1/models"))
        return self._model

    async def _discover(self, answer: Any) -> None:
        """Take the name and the context of the server's model from its list of models."""
        try:
            cards = answer["data"]
            self._model = self._asked or str(cards[0]["id"])
            lengths = [int(card.get("max_model_len") or 0) for card in cards]
        except (KeyError, IndexError, TypeError, AttributeError):
            raise UsageFault(f"{self.root}/v1/models lists no model") from None
        self._context = max(lengths) or -1

    # -- sampling ------------------------------------------------------------------------------

    def generate(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """See `Engine.generate`."""
        return self._do(self.generate_async(prompts, how))

    async def generate_async(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """The same as a coroutine of the engine's own event loop."""
        await self._name()
        return list(await asyncio.gather(*(self._sample(p, how) for p in prompts)))

    def body(self, prompt: str, how: Sampling) -> dict[str, Any]:
        """The request for samples of one prompt."""
        return {
            "model": self._model,
            "prompt": prompt,
            "n": how.n,
            "max_tokens": how.max_tokens,
            "temperature": how.temperature,
            "top_p": how.top_p,
            "seed": seed_of(how.seed, prompt),
            "logprobs": 0,
            "stop": [END],
            **self._cut(how.max_tokens),
        }

    def _cut(self, room: int) -> dict[str, Any]:
        """What makes vLLM cut the beginning of a prompt rather than refuse it for its length."""
        if self._context <= room:
            return {}
        return {"truncate_prompt_tokens": self._context - room, "truncation_side": "left"}

    async def _sample(self, prompt: str, how: Sampling) -> list[Completion]:
        body = self.body(prompt, how)
        found: list[Completion] = []
        while len(found) < how.n:
            answer = await self._ask("POST", "/v1/completions", body)
            try:
                made = [completion(choice) for choice in answer["choices"]]
            except (KeyError, TypeError, ValueError):
                raise UsageFault(f"{self.root}/v1/completions: not a list of choices") from None
            if not made:
                break
            found += made
            # a server that ignores n is asked again, with another seed
            body = {**body, "n": how.n - len(found), "seed": body["seed"] + len(made)}
        self.tokens += sum(c.tokens for c in found)
        return found[: how.n]

    # -- scoring -------------------------------------------------------------------------------

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """See `Engine.score`. Needs ``echo`` with log-probabilities.

        A server without it gets no say: all continuations score the same, and it is said once.
        """
        return self._do(self._score_all(pairs)) if self._scores else [(-1.0, 1)] * len(pairs)

    async def _score_all(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        await self._name()
        groups: dict[str, list[int]] = {}
        for number, (prompt, _) in enumerate(pairs):
            groups.setdefault(prompt, []).append(number)
        parts = [
            (prompt, members[at : at + SCORED])
            for prompt, members in groups.items()
            for at in range(0, len(members), SCORED)
        ]
        tasks = [self._score(prompt, [pairs[i][1] for i in part]) for prompt, part in parts]
        found = [(-1.0, 1)] * len(pairs)
        try:
            for (_, part), values in zip(parts, await asyncio.gather(*tasks), strict=True):
                for i, value in zip(part, values, strict=True):
                    found[i] = value
        except (UsageFault, KeyError, TypeError, IndexError, ValueError) as fault:
            self._scores = False
            err.print(
                f"{self.root} can't score texts ({fault}): its samples count, not its opinion",
                markup=False,
            )
            return [(-1.0, 1)] * len(pairs)
        return found

    async def _score(self, prompt: str, tails: Sequence[str]) -> list[tuple[float, int]]:
        """Texts with the same beginning, in one request, so that a server can share the work."""
        half = self._context // 2 if self._context > 1 else None
        body = {
            "model": self._model,
            "prompt": [prompt + tail[:half] for tail in tails],
            "max_tokens": 1,
            "temperature": 0,
            "echo": True,
            "logprobs": 0,
            **self._cut(1),
        }
        answer = await self._ask("POST", "/v1/completions", body)
        choices = sorted(answer["choices"], key=lambda choice: int(choice["index"]))
        return [scored(choice["logprobs"], len(prompt)) for choice in choices]

    # -- weights -------------------------------------------------------------------------------

    def reload(self, folder: Path, name: str = "") -> None:
        """Put other weights into the running server, or load an adapter under a name.

        vLLM has to be started with its development endpoints (`autoresearch serve` does). Raises
        `UsageFault` for a folder without a whole model or one that does not fit, `Unavailable`.
        """
        weights.check(folder)
        self._do(self._reload(folder.resolve(), name))

    async def _reload(self, folder: Path, name: str) -> None:
        try:
            if weights.is_adapter(folder):
                body: dict[str, Any] = {
                    "lora_name": name or folder.name,
                    "lora_path": str(folder),
                    "load_inplace": True,
                }
                await self._answer("POST", "/v1/load_lora_adapter", body)
            else:
                cards = await self._once("GET", "/v1/models", None)
                root = Path(str(cards["data"][0].get("root") or ""))
                known = (root / weights.CONFIG).is_file()
                if known and weights.shape(root) != weights.shape(folder):
                    raise UsageFault(
                        f"{folder}: another size or tokenizer than {root}, which is served;"
                        " restart the server with it, searches wait for it"
                    )
                body = {"method": "reload_weights", "kwargs": {"weights_path": str(folder)}}
                await self._answer("POST", "/collective_rpc", body)
            await self._answer("POST", "/reset_prefix_cache", None)
        except _Absent as fault:
            raise UsageFault(
                f"{fault}; the server takes no new weights: start it with autoresearch serve"
                " (for adapters on vLLM with --lora-rank)"
            ) from None
        except (KeyError, IndexError, TypeError, AttributeError):
            raise UsageFault(f"{self.root}/v1/models lists no model") from None
        except _Gone as fault:
            raise Unavailable(f"{self.root} could not take new weights: {fault}") from None


def completion(choice: dict[str, Any]) -> Completion:
    """One choice of an answer; without log-probabilities a sample counts as one of e to the -1."""
    logprobs = choice.get("logprobs") or {}
    values = [float(v) for v in logprobs.get("token_logprobs") or [] if v is not None]
    mean = sum(values) / len(values) if values else -1.0
    finished = choice.get("finish_reason") == "stop"
    return Completion(str(choice["text"]), mean, len(values), finished)


def scored(logprobs: dict[str, Any], length: int) -> tuple[float, int]:
    """Log-probability of what follows a prompt of ``length`` characters, and its tokens.

    Raises `KeyError` if the server gave none.
    """
    tokens, values = logprobs["tokens"], logprobs["token_logprobs"]
    tail = continuation_start(tokens, logprobs["text_offset"], length)
    found = [float(v) for v in values[tail : len(tokens) - 1] if v is not None]
    if not found:
        raise KeyError("no log-probabilities of the prompt")
    return sum(found), len(found)


def continuation_start(tokens: Sequence[str], offsets: Sequence[int], length: int) -> int:
    """Number of the first token after the prompt.

    Servers count offsets with or without special tokens, so the marker before answers decides
    where it is a token; elsewhere the offset does.
    """
    for index in range(len(tokens) - 2, -1, -1):
        if tokens[index] == ASK:
            return index + 2  # the line break after the marker belongs to the prompt
    return next((i for i, o in enumerate(offsets) if o >= length), len(tokens))
