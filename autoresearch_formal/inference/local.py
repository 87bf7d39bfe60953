"""The in-process engine: a Transformers model with batches, key/value cache, log-probabilities.

Samples of one prompt share the work on the prompt; prompts of one batch are padded on the left.
The same seed gives the same samples, whatever else is in the batch, and the same as vLLM's on a
CPU: every sample has a random stream of its own (`noise`).
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal.actions.prompt import END
from autoresearch_formal.console import err
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference import noise, weights
from autoresearch_formal.inference.adapter import base_of, merged
from autoresearch_formal.inference.engine import Completion, Sampling, seed_of
from autoresearch_formal.inference.rate import rate

BATCH = 32
"""Prompts at a time."""

ROOM = 4
"""One part in so many of the context is an answer's when answers are scored."""

LARGE = 50_000_000
"""Weights from which a model on a CPU is worth more than one thread.

Below, threads wait for each other longer than they work, and they wait spinning: on a machine
whose cores are busy with Lean, two threads cost five times the CPU time of one.
"""


@dataclass(frozen=True)
class Loaded:
    """A model as it was read from its folder."""

    model: Any
    tokenizer: Any
    digest: str
    """SHA-256 over configuration, tokenizer and weights."""

    @functools.cached_property
    def ends(self) -> set[int]:
        """Tokens that end an answer."""
        end = self.tokenizer.convert_tokens_to_ids(END)
        ends = [end, self.tokenizer.eos_token_id]
        return {int(e) for e in ends if e is not None and e >= 0}

    @functools.cached_property
    def large(self) -> bool:
        """Whether it is worth more than one thread of a CPU."""
        return bool(sum(p.numel() for p in self.model.parameters()) >= LARGE)


class LocalEngine:
    """A model folder in this process. Raises `UsageFault` or `MissingTool` on opening.

    ``folder`` may hold a LoRA adapter instead of a model; ``base`` is the model then, by default
    the one that the adapter names. The folder is looked at between batches: once it holds another
    whole model, that one answers from then on, and until then the old one does.
    """

    def __init__(self, folder: Path, device: str = "auto", base: Path | None = None) -> None:
        try:
            import torch
            import transformers  # noqa: F401  (said here rather than in the middle of a search)
        except ImportError:
            raise MissingTool(
                "a model in this process needs torch and transformers; "
                "pip install 'autoresearch-formal[train]'"
            ) from None
        self._torch = torch
        self.folder = folder
        self.name = folder.resolve().name
        cuda = device != "cpu" and torch.cuda.is_available()
        self.device = "cuda" if cuda else "cpu"
        self._dtype = torch.bfloat16 if cuda else torch.float32
        self._lock = threading.Lock()
        self._base = base
        self._watch = self._watching(folder)
        self._loaded = self._load(folder)
        self.history = [self._loaded.digest]
        """Digests of the weights that have answered so far, the first ones first."""

    @property
    def model(self) -> Any:
        """The model that answers now."""
        return self._loaded.model

    @property
    def tokenizer(self) -> Any:
        """Its tokenizer."""
        return self._loaded.tokenizer

    @property
    def context(self) -> int:
        """Tokens of a prompt and its answer, together at most."""
        return int(self.model.config.max_position_embeddings)

    @property
    def _pad(self) -> int:
        return int(self.tokenizer.pad_token_id or 0)

    # -- weights -----------------------------------------------------------------------------

    def _watching(self, folder: Path) -> weights.Watch:
        return weights.Watch(folder, *([self._base] if self._base else []))

    def _load(self, folder: Path) -> Loaded:
        """Read a folder. Raises `UsageFault` if there is no whole model in it."""
        from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
        from transformers.utils import logging

        quiet: Any = logging.disable_progress_bar  # its bar would break into the search's display
        quiet()
        weights.check(folder)
        adapter = weights.is_adapter(folder)
        place = (self._base or base_of(folder)) if adapter else folder
        weights.check(place)
        digest = weights.digest(place) + (f"+{weights.digest(folder)}" if adapter else "")
        load: Any = AutoModelForCausalLM.from_pretrained
        try:
            tokenizer = PreTrainedTokenizerFast.from_pretrained(place, local_files_only=True)
            model, info = load(
                place,
                dtype=self._dtype,
                use_safetensors=True,
                local_files_only=True,
                output_loading_info=True,
            )
        except Exception as fault:  # of many kinds, all of which mean a bad folder
            said = (str(fault) or type(fault).__name__).splitlines()[0]
            raise UsageFault(f"{place}: the model can't be read: {said}") from None
        lacking = sorted(info["missing_keys"])
        if lacking:
            raise UsageFault(f"{place}: {lacking[0]} is not among the weights")
        if len(tokenizer) > model.get_input_embeddings().num_embeddings:
            raise UsageFault(f"{place}: the tokenizer has more tokens than the model")
        if adapter:
            model = merged(model, folder)
        return Loaded(model.to(self.device).eval(), tokenizer, digest)

    def reload(self, folder: Path) -> None:
        """Take another folder's model; the batch under way finishes with the old one.

        Raises `UsageFault`, and keeps the old one, if there is no whole model in it.
        """
        watch = self._watching(folder)
        fresh = self._load(folder)
        with self._lock:
            self._take(fresh)
            self.folder, self._watch = folder, watch

    def _take(self, fresh: Loaded) -> None:
        if fresh.digest != self._loaded.digest:
            self.history.append(fresh.digest)
        self._loaded = fresh

    def _refresh(self) -> None:
        """Take the model that is in the folder now, if it is another and whole."""
        if not self._watch.changed():
            return
        try:
            fresh = self._load(self.folder)
        except UsageFault as fault:
            if self._watch.still():
                err.print(f"{fault}; the old weights stay", markup=False, soft_wrap=True)
            return
        if self._watch.still() and fresh.digest != self._loaded.digest:
            self._take(fresh)
            err.print(
                f"{self.folder}: new weights taken ({fresh.digest[:12]})",
                markup=False,
                soft_wrap=True,
            )

    def close(self) -> None:
        """Nothing is held that the garbage collector doesn't free."""

    @contextlib.contextmanager
    def _batch(self) -> Iterator[None]:
        """One batch at a time, no gradients, as many threads as the model is worth."""
        torch = self._torch
        with self._lock:
            self._refresh()
            threads = torch.get_num_threads()
            torch.set_num_threads(threads if self._loaded.large else 1)
            try:
                with torch.inference_mode():
                    yield
            finally:
                torch.set_num_threads(threads)

    def encode(self, text: str, room: int) -> list[int]:
        """Tokens of a prompt, its beginning cut off if there would be no room for an answer."""
        tokens: list[int] = self.tokenizer(text, verbose=False)["input_ids"]
        return tokens[-max(1, self.context - room) :]

    # -- sampling ----------------------------------------------------------------------------

    def generate(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """See `Engine.generate`."""
        return self.sample([(p, seed_of(how.seed, p)) for p in prompts], how)

    def sample(self, asked: Sequence[tuple[str, int]], how: Sampling) -> list[list[Completion]]:
        """Samples of prompts, each with a seed of its own in place of ``how.seed``."""
        found: list[list[Completion]] = []
        for at in range(0, len(asked), BATCH):
            with self._batch():
                prompts, seeds = zip(*asked[at : at + BATCH], strict=True)
                found += self._generate(prompts, seeds, how)
        return found

    def _generate(
        self, prompts: Sequence[str], seeds: Sequence[int], how: Sampling
    ) -> list[list[Completion]]:
        torch = self._torch
        rows = [self.encode(p, how.max_tokens) for p in prompts]
        width = max(map(len, rows))
        tokens = torch.full((len(rows), width), self._pad, dtype=torch.long)
        real = torch.zeros((len(rows), width), dtype=torch.long)
        for i, row in enumerate(rows):
            tokens[i, width - len(row) :] = torch.tensor(row)
            real[i, width - len(row) :] = 1
        streams = noise.streams(torch, [s + j for s in seeds for j in range(how.n)], how.max_tokens)
        place = (real.cumsum(-1) - 1).clamp(min=0)
        done = self.model(
            input_ids=tokens.to(self.device),
            attention_mask=real.to(self.device),
            position_ids=place.to(self.device),
            use_cache=True,
            logits_to_keep=1,
        )
        cache = done.past_key_values
        cache.batch_repeat_interleave(how.n)
        logits = done.logits[:, -1].float().repeat_interleave(how.n, 0)
        mask = real.repeat_interleave(how.n, 0).to(self.device)
        position = (place[:, -1:] + 1).repeat_interleave(how.n, 0).to(self.device)
        return self._decode(cache, logits, mask, position, streams, how)

    def _decode(
        self, cache: Any, logits: Any, mask: Any, position: Any, streams: Any, how: Sampling
    ) -> list[list[Completion]]:
        torch = self._torch
        total = logits.shape[0]
        out: list[list[int]] = [[] for _ in range(total)]
        sums = torch.zeros(total, device=self.device)
        alive = list(range(total))
        ended = [False] * total
        for step in range(how.max_tokens):
            plain = logits.log_softmax(-1)
            chosen = self._choose(logits, streams[alive, step], how)
            gained = plain.gather(1, chosen[:, None])[:, 0]
            sums[alive] += gained
            going = []
            for row, (number, token) in enumerate(zip(alive, chosen.tolist(), strict=True)):
                out[number].append(token)
                if token in self._loaded.ends:
                    ended[number] = True
                else:
                    going.append(row)
            if not going or step + 1 == how.max_tokens:
                break
            if len(going) < len(alive):
                index = torch.tensor(going, device=self.device)
                cache.batch_select_indices(index)
                mask, position, chosen = mask[index], position[index], chosen[index]
                alive = [alive[row] for row in going]
            mask = torch.cat([mask, torch.ones_like(mask[:, :1])], 1)
            done = self.model(
                input_ids=chosen[:, None],
                attention_mask=mask,
                position_ids=position,
                past_key_values=cache,
                use_cache=True,
            )
            logits = done.logits[:, -1].float()
            position = position + 1
        means = (sums / torch.tensor([len(o) for o in out], device=self.device)).tolist()
        made = [
            Completion(
                self.tokenizer.decode(o[:-1] if e else o, skip_special_tokens=True), m, len(o), e
            )
            for o, e, m in zip(out, ended, means, strict=True)
        ]
        return [made[i : i + how.n] for i in range(0, total, how.n)]

    def _choose(self, logits: Any, seeds: Any, how: Sampling) -> Any:
        """A token each: the likeliest once noise is added."""
        torch = self._torch
        if how.temperature == 0:
            return logits.argmax(-1)
        logits = logits / how.temperature
        if how.top_p < 1:
            ordered, index = logits.softmax(-1).sort(-1, descending=True)
            beyond = ordered.cumsum(-1) - ordered >= how.top_p
            beyond[:, 0] = False
            logits = logits.masked_fill(beyond.scatter(-1, index, beyond), -torch.inf)
        drawn = torch.from_numpy(noise.gumbel(seeds, logits.shape[-1]))
        return (logits.double() + drawn.to(self.device)).argmax(-1)

    # -- scoring -----------------------------------------------------------------------------

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """See `Engine.score`. Continuations of the same prompt share the work on it.

        A continuation counts up to `ROOM` of the context; a prompt loses its beginning where it
        would leave less than that. So a score depends on nothing else in the batch.
        """
        if not pairs:
            return []
        groups: dict[str, list[int]] = {}
        for number, (prompt, _) in enumerate(pairs):
            groups.setdefault(prompt, []).append(number)
        found: list[tuple[float, int]] = [(0.0, 0)] * len(pairs)
        with self._batch():
            room = self.context // ROOM
            tails = self.tokenizer([text for _, text in pairs])["input_ids"]
            for prompt, members in groups.items():
                head = self.encode(prompt, room)
                rows = [head + (tails[i] or [self._pad])[:room] for i in members]
                for i, values in zip(members, rate(self.model, rows, len(head)), strict=True):
                    found[i] = (sum(values), len(values))
        return found

    def echo(self, texts: Sequence[str]) -> list[tuple[list[str], list[float]]]:
        """Tokens of texts, and the log-probability of every one but the first.

        Texts of one call that begin alike share the work on their beginning. Raises `ValueError`
        if one is empty or longer than the context.
        """
        with self._batch():
            rows = self.tokenizer(list(texts))["input_ids"]
            if not all(0 < len(row) <= self.context for row in rows):
                raise ValueError(f"a text has to have from 1 to {self.context} tokens")
            groups: dict[int, list[int]] = {}
            for number, row in enumerate(rows):
                groups.setdefault(row[0], []).append(number)
            found: list[tuple[list[str], list[float]]] = [([], [])] * len(rows)
            for members in groups.values():
                rated = rate(self.model, [rows[i] for i in members], 1)
                for i, values in zip(members, rated, strict=True):
                    found[i] = ([self.tokenizer.decode([t]) for t in rows[i]], values)
        return found
