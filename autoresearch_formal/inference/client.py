"""An engine behind HTTP: any server of OpenAI's completions or chat API, vLLM foremost.

What a server does not know (log-probabilities, schemas, seeds, several samples a request) is left
out from the first refusal on. Servers that only chat are asked by conversations, those that only
complete by texts.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from autoresearch_formal.actions.prompt import ASK, END
from autoresearch_formal.console import err
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import weights
from autoresearch_formal.inference.connection import (
    IN_FLIGHT,
    PATIENCE,
    TIMEOUT,
    Absent,
    Connection,
    Failed,
    Gone,
    RequestRejected,
)
from autoresearch_formal.inference.engine import (
    Completion,
    SampleRequest,
    Sampling,
    Unavailable,
)
from autoresearch_formal.inference.wire import (
    CHAT,
    COMPLETE,
    OPTIONAL,
    completion,
    cut,
    messages,
    sampling_body,
    scored,
)

T = TypeVar("T")

SCORED = 64
"""Texts to be scored in one request."""


class HttpEngine:
    """See the module docstring. ``url`` ends in ``/v1`` or is the root of a server.

    ``model`` is the name of a model or adapter of the server; without one its first is asked, also
    when it comes back with another. `stop` and `left` say when waiting has become pointless.
    """

    def __init__(
        self,
        url: str,
        model: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        in_flight: int = IN_FLIGHT,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
    ) -> None:
        base = url.rstrip("/")
        self.root = base.removesuffix("/v1")
        self.name = model or self.root
        self.places = in_flight
        """Requests that are in flight together, at most."""
        self._asked = model
        self._model = model
        self._context = 0
        self._card: Mapping[str, Any] = {}
        self.tokens = 0
        """Tokens sampled so far."""
        self._scores = True
        self._without: set[str] = set()
        """Optional fields that the server has refused."""
        self._paths = [CHAT, COMPLETE]
        """The APIs that the server has, as far as is known."""
        self._counts = True
        self._ratio = 2.0
        """Characters a token, at least, as measured; used where the server does not count."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="model")
        self._thread.start()
        self._link = Connection(self.root, headers or {}, in_flight, timeout, patience)

    @property
    def stop(self) -> Callable[[], bool]:
        """A function that says whether waiting has become pointless."""
        return self._link.stop

    @stop.setter
    def stop(self, stop: Callable[[], bool]) -> None:
        self._link.stop = stop

    def until(self, left: Callable[[], float | None]) -> None:
        """Every request ends when ``left`` seconds are over."""
        self._link.left = left

    @property
    def most_in_flight(self) -> int:
        """Requests that were in flight together, at most."""
        return self._link.most

    @property
    def model(self) -> str:
        """Name of the model that is asked, "" until the server has said it."""
        return self._model

    @property
    def context(self) -> int:
        """Tokens that the model reads and writes together; 0 or less if the server has not said."""
        return self._context

    @property
    def chats(self) -> bool:
        """Whether the server holds conversations, as far as is known."""
        return CHAT in self._paths

    @property
    def card(self) -> Mapping[str, Any]:
        """What the server's list says of the model."""
        return self._card

    def submit(self, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        """Work on the engine's own event loop, awaited from another; cancelling reaches it."""
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Work on the engine's own event loop, waited for."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Drop the requests in flight and end all connections."""
        if self._loop.is_closed():
            return
        self.run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._link.close()

    # -- the server ----------------------------------------------------------------------------

    def healthy(self) -> bool:
        """Whether the server answers now."""
        return self.run(self._link.healthy())

    def warm_up(self, patience: float = 0.0) -> None:
        """Find the server's model, and have it sample one token.

        Raises `Unavailable` if the server does not answer within `patience` seconds, `UsageFault`
        if it serves no model.
        """
        self.run(self._warm_up(patience))

    async def _warm_up(self, patience: float) -> None:
        await self.discover(patience)
        await self.converse(SampleRequest(ASK), Sampling(n=1, max_tokens=1))

    async def discover(self, patience: float = 0.0) -> str:
        """Find the server and its model's name. Raises as `warm_up` does."""
        began = time.monotonic()
        while not await self._link.healthy():
            if time.monotonic() - began >= patience:
                raise Unavailable(f"no model server answers at {self.root}")
            await asyncio.sleep(0.5)
        return await self.known()

    async def known(self) -> str:
        """The model's name, asked for once."""
        if not self._model or not self._context:
            try:
                self._discover(await self._link.ask("GET", "/v1/models"))
            except (Absent, Failed) as fault:
                if not self._asked:
                    raise UsageFault(
                        f"{self.root}/v1/models lists no model ({fault}); name one: ?model=NAME"
                    ) from None
                self._context = -1
        return self._model

    def _discover(self, answer: Any) -> None:
        """Take the name and the context of the server's model from its list of models."""
        try:
            cards = answer["data"]
            self._model = self._asked or str(cards[0]["id"])
            lengths = [int(card.get("max_model_len") or 0) for card in cards]
            self._card = next((c for c in cards if c.get("id") == self._model), cards[0])
        except (KeyError, IndexError, TypeError, AttributeError, ValueError):
            raise UsageFault(f"{self.root}/v1/models lists no model") from None
        self._context = max(lengths) or -1

    async def _ask(self, path: str, body: dict[str, Any]) -> Any:
        """A request to a model, for the one that the server has now: it may have changed."""
        try:
            return await self._link.ask("POST", path, body)
        except Absent as fault:
            if self._asked:
                raise
            with contextlib.suppress(Gone, Failed):
                self._discover(await self._link.once("GET", "/v1/models", None))
            if body["model"] == self._model:
                raise fault from None
            return await self._link.ask("POST", path, body | {"model": self._model})

    # -- sampling ------------------------------------------------------------------------------

    def generate(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """See `Engine.generate`."""
        return self.run(self.generate_async(prompts, how))

    async def generate_async(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """The same as a coroutine of the engine's own event loop."""
        requests = [SampleRequest(p, stop=(END,)) for p in prompts]
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self.converse(r, how)) for r in requests]
        except BaseExceptionGroup as faults:
            raise faults.exceptions[0] from None
        return [task.result() for task in tasks]

    async def converse(self, request: SampleRequest, how: Sampling) -> list[Completion]:
        """Samples of one request, on the engine's own event loop.

        Raises `Failed` if none came, `Unavailable`, `UsageFault`.
        """
        await self.known()
        found = await self._sample(request, how, 0)
        if len(found) < how.n and found:  # a server that ignores n: the rest at once
            rest = [self._sample(request, how, at) for at in range(len(found), how.n)]
            for more in await asyncio.gather(*rest, return_exceptions=True):
                if isinstance(more, list):
                    found += more[:1]
                elif not isinstance(more, Failed):
                    raise more
        self.tokens += sum(c.tokens for c in found)
        return found[: how.n]

    async def _sample(self, request: SampleRequest, how: Sampling, at: int) -> list[Completion]:
        while True:
            path = self._path(request)
            body = self._kept(self._body(request, how, path, at))
            try:
                answer = await self._ask(path, body)
            except Absent as fault:
                if fault.model:
                    raise
                self._without_path(path, fault)
            except RequestRejected as fault:
                if path == CHAT and "chat template" in fault.said.lower():
                    self._without_path(path, fault)
                else:
                    self._give_up(body, fault)
            else:
                return self._read(answer, path, request)

    def _path(self, request: SampleRequest) -> str:
        wanted = CHAT if request.messages else COMPLETE
        return wanted if wanted in self._paths else self._paths[0]

    def _without_path(self, path: str, fault: UsageFault) -> None:
        """The server has no such API; raises the fault if it has none at all."""
        if path in self._paths:
            if len(self._paths) == 1:
                raise fault
            self._paths.remove(path)

    def _give_up(self, body: Mapping[str, Any], fault: RequestRejected) -> None:
        """Leave out what the server may have refused; raises the fault if nothing is left."""
        if "max_completion_tokens" in fault.said and "max_tokens" not in self._without:
            self._without.add("max_tokens")
            return
        kept = [name for name in OPTIONAL if name in body]
        if not kept:
            raise fault
        self._without.add(next((name for name in kept if name in fault.said), kept[0]))

    def _kept(self, body: dict[str, Any]) -> dict[str, Any]:
        """A request without what the server has refused before."""
        found = {key: value for key, value in body.items() if key not in self._without}
        if "max_tokens" in self._without:
            found["max_completion_tokens"] = body["max_tokens"]
        if "truncate_prompt_tokens" in self._without:
            found.pop("truncation_side", None)
        return found

    def body(self, prompt: str, how: Sampling) -> dict[str, Any]:
        """The request for samples of one prompt."""
        return self._body(SampleRequest(prompt, stop=(END,)), how, COMPLETE, 0)

    def _body(self, request: SampleRequest, how: Sampling, path: str, at: int) -> dict[str, Any]:
        return sampling_body(self._model, self._context, request, how, path, at)

    def _read(self, answer: Any, path: str, request: SampleRequest) -> list[Completion]:
        try:
            made = [completion(choice) for choice in answer["choices"]]
            used = int((answer.get("usage") or {}).get("prompt_tokens") or 0)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise UsageFault(f"{self.root}{path}: not a list of choices") from None
        if used > 100:
            self._ratio = min(4.0, max(1.0, 0.9 * len(request.prompt) / used))
        return made

    # -- lengths -------------------------------------------------------------------------------

    async def length(self, request: SampleRequest) -> int:
        """Tokens of a request: counted by the server, else estimated from earlier answers."""
        await self.known()
        size = len(request.prompt)
        if not self._counts:
            return round(size / self._ratio) + 32
        body: dict[str, Any] = {"model": self._model}
        if self._path(request) == CHAT:
            body["messages"] = messages(request)
        else:
            body["prompt"] = request.prompt
        try:
            async with asyncio.timeout(10.0):
                answer = await self._link.once("POST", "/tokenize", body)
            if self._context <= 0:
                self._context = int(answer["max_model_len"] or 0) or -1
            return int(answer["count"])
        except (UsageFault, Failed, Gone, TimeoutError, KeyError, TypeError, ValueError):
            self._counts = False
            return round(size / self._ratio) + 32

    # -- scoring -------------------------------------------------------------------------------

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """See `Engine.score`. Needs ``echo`` with log-probabilities.

        A server without it gets no say: all continuations score the same, and it is said once.
        """
        return self.run(self._score_all(pairs)) if self._scores else [(-1.0, 1)] * len(pairs)

    async def _score_all(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        await self.known()
        groups: dict[str, list[int]] = {}
        for number, (prompt, _) in enumerate(pairs):
            groups.setdefault(prompt, []).append(number)
        parts = [
            (prompt, members[at : at + SCORED])
            for prompt, members in groups.items()
            for at in range(0, len(members), SCORED)
        ]
        tasks = [self._score(prompt, [pairs[i][1] for i in part]) for prompt, part in parts]
        scores = [(-1.0, 1)] * len(pairs)
        try:
            for (_, part), values in zip(parts, await asyncio.gather(*tasks), strict=True):
                for i, value in zip(part, values, strict=True):
                    scores[i] = value
        except Failed:
            return [(-1.0, 1)] * len(pairs)  # no say this time
        except (UsageFault, KeyError, TypeError, IndexError, ValueError) as fault:
            self._scores = False
            err.print(
                f"{self.root} can't score texts ({fault}): its samples count, not its opinion",
                markup=False,
            )
            return [(-1.0, 1)] * len(pairs)
        return scores

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
            **cut(self._context, 1),
        }
        answer = await self._ask(COMPLETE, body)
        choices = sorted(answer["choices"], key=lambda choice: int(choice["index"]))
        return [scored(choice["logprobs"], len(prompt)) for choice in choices]

    # -- weights -------------------------------------------------------------------------------

    def reload(self, folder: Path, name: str = "") -> None:
        """Put other weights into the running server, or load an adapter under a name.

        vLLM has to be started with its development endpoints (`autoresearch serve` does). Raises
        `UsageFault` for a folder without a whole model or one that does not fit, `Unavailable`.
        """
        weights.check(folder)
        self.run(self._reload(folder.resolve(), name))

    async def _reload(self, folder: Path, name: str) -> None:
        try:
            if weights.is_adapter(folder):
                body: dict[str, Any] = {
                    "lora_name": name or folder.name,
                    "lora_path": str(folder),
                    "load_inplace": True,
                }
                await self._link.answer("POST", "/v1/load_lora_adapter", body)
            else:
                cards = await self._link.once("GET", "/v1/models", None)
                root = Path(str(cards["data"][0].get("root") or ""))
                known = (root / weights.CONFIG).is_file()
                if known and weights.shape(root) != weights.shape(folder):
                    raise UsageFault(
                        f"{folder}: another size or tokenizer than {root}, which is served;"
                        " restart the server with it, searches wait for it"
                    )
                body = {"method": "reload_weights", "kwargs": {"weights_path": str(folder)}}
                await self._link.answer("POST", "/collective_rpc", body)
            await self._link.answer("POST", "/reset_prefix_cache", None)
        except Absent as fault:
            raise UsageFault(
                f"{fault}; the server takes no new weights: start it with autoresearch serve"
                " (for adapters on vLLM with --lora-rank)"
            ) from None
        except (KeyError, IndexError, TypeError, AttributeError):
            raise UsageFault(f"{self.root}/v1/models lists no model") from None
        except (Gone, Failed) as fault:
            raise Unavailable(f"{self.root} could not take new weights: {fault}") from None
