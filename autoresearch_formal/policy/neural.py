"""A language model as a policy: prompts out, answers in, best length-normalised first."""

from __future__ import annotations

import asyncio
import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action, Policy, Pools, Situation
from autoresearch_formal.actions.normal import merge
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.connection import Failed, TooLong
from autoresearch_formal.inference.engine import (
    Completion,
    Engine,
    SampleRequest,
    Sampling,
    Unanswered,
    Unavailable,
)
from autoresearch_formal.inference.provenance import (
    TRAINING,
    Provenance,
    declared,
    of_folder,
    of_name,
    of_training,
)
from autoresearch_formal.policy.formats import format_named
from autoresearch_formal.policy.formats.base import ALL, Detail, Format
from autoresearch_formal.policy.formats.own import Own
from autoresearch_formal.policy.formats.view import hypothesis_names
from autoresearch_formal.policy.profile import AUTO, Profile
from autoresearch_formal.policy.recognise import recognise

HEARTBEATS = 600
"""Lean heartbeats of a model's tactic at the first expansion."""
WHOLE = 20_000
"""Lean heartbeats of a script that claims to be the whole proof."""
RANK = 0.01
"""What an action of an answer with several counts less than the one before it."""


KNOWS = 0.5
"""Mass on the two answers to a question from which on a model is taken to know what is asked."""


class NeuralPolicy(Policy):
    """Proposals of an engine. `counts` says what became of samples."""

    def __init__(
        self,
        engine: Engine,
        sampling: Sampling | None = None,
        limits: prompts.PromptLimits | None = None,
        format: Format | None = None,
    ) -> None:
        self.engine = engine
        self.limits = limits or prompts.PromptLimits()
        self.format: Format = format or Own(self.limits)
        self.sampling = sampling or sampling_of(self.format)
        self.name = f"neural:{engine.name}"
        self.counts: Counter[str] = Counter()
        """Samples and actions by fate: kept, duplicate, malformed: REASON, failed: REASON."""
        self.sampled = 0
        """Answers that came."""
        self.unreadable = 0
        """Those of them in which nothing could be read."""
        self.provenance = Provenance()
        self._lock = threading.Lock()
        self._profile: Profile | None = None
        self._given: Mapping[str, Any] = {}

    @classmethod
    def served(cls, engine: HttpEngine, profile: Profile, given: Mapping[str, Any]) -> NeuralPolicy:
        """A server's model; `prepare` finds out what is not said about it."""
        format = None if profile.format == AUTO else format_named(profile.format)
        made = cls(engine, None, None, format)
        made._profile, made._given = profile, given
        made.sampling = sampling_of(made.format, **given)
        if profile.provenance:
            made.provenance = declared(profile.provenance)
        return made

    def prepare(self, patience: float = 0.0) -> None:
        """Wait a while for the server; find out its model's format and origin if nobody said them.

        Raises `Unavailable` if it does not come, `UsageFault` if what it writes can't be read.
        """
        engine, profile = self.engine, self._profile
        if not isinstance(engine, HttpEngine):
            return
        if profile is not None and profile.format == AUTO:
            self.format = engine.run(recognise(engine, patience))
            self.sampling = sampling_of(self.format, **self._given)
        else:
            engine.warm_up(patience)
        if profile is None or not profile.provenance:
            self.provenance = origin(engine)

    @property
    def readable(self) -> float | None:
        """Share of the answers that could be read; None before the first."""
        return round(1 - self.unreadable / self.sampled, 4) if self.sampled else None

    @property
    def places(self) -> int:
        """See `Policy`."""
        return self.engine.places if isinstance(self.engine, HttpEngine) else 1

    @property
    def reads_errors(self) -> bool:
        """See `Policy`."""
        return self.format.name != Own.name

    @property
    def weights(self) -> list[str]:
        """See `Policy`."""
        return list(getattr(self.engine, "history", ()))

    async def propose_on(self, pools: Pools, batch: Sequence[Situation]) -> list[list[Action]]:
        """A server is asked on its own event loop; a model here computes in a thread."""
        if isinstance(self.engine, HttpEngine):
            return await self.engine.submit(self.propose_async(batch))
        return await pools.in_thread(self.propose, batch)

    def close(self) -> None:
        """Requests in flight end, and with them the threads that wait."""
        if isinstance(self.engine, HttpEngine):
            self.engine.close()

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy.propose`. Later expansions of a goal sample more, and hotter."""
        if isinstance(self.engine, HttpEngine):
            return self.engine.run(self.propose_async(batch))
        found: list[list[Action]] = [[] for _ in batch]
        for expansion, seed in sorted({(s.expansion, s.seed) for s in batch}):
            members = [i for i, s in enumerate(batch) if (s.expansion, s.seed) == (expansion, seed)]
            how = self._how(batch[members[0]])
            texts = [self.format.request(batch[i]).prompt for i in members]
            for i, samples in zip(members, self.engine.generate(texts, how), strict=True):
                found[i] = self._readings(batch[i], samples)
        return found

    async def propose_async(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """The same for an engine behind HTTP, on its own event loop: all situations at once.

        Raises `Unanswered` if no situation got an answer, `Unavailable`.
        """
        made = await asyncio.gather(*(self._ask(s) for s in batch), return_exceptions=True)
        for found in made:
            if isinstance(found, BaseException) and not isinstance(found, Unanswered):
                raise found
        if batch and all(isinstance(found, Unanswered) for found in made):
            raise Unanswered(str(made[0]))
        return [found if isinstance(found, list) else [] for found in made]

    async def _ask(self, situation: Situation) -> list[Action]:
        assert isinstance(self.engine, HttpEngine)
        how = self._how(situation)
        detail: Detail | None = ALL
        try:
            await self.engine.known()
            while True:
                request, detail = await self._fitting(situation, detail or ALL, how)
                try:
                    samples = await self.engine.converse(request, self._within(how))
                except TooLong as fault:
                    detail = detail.less()
                    if detail is None:
                        raise Failed(str(fault)) from None
                else:
                    return self._readings(situation, samples)
        except Failed as fault:
            self._count(f"failed: {' '.join(str(fault).split()[:6])}", how.n)
            raise Unanswered(f"no answer: {fault}") from None
        except UsageFault as fault:
            raise Unavailable(fault.message) from None

    async def _fitting(
        self, situation: Situation, detail: Detail, how: Sampling
    ) -> tuple[SampleRequest, Detail]:
        """A request that leaves room for the answer, as the served model counts tokens."""
        assert isinstance(self.engine, HttpEngine)
        while True:
            request = self.format.request(situation, detail)
            room = self.engine.context - self._within(how).max_tokens
            # a token has at least one byte, and chat templates add a few dozen
            fits = len(request.prompt.encode("utf-8", "replace")) + 128 <= room
            if self.engine.context <= 0 or fits or self.format.name == Own.name:
                return request, detail
            smaller = detail.less()
            if smaller is None or await self.engine.length(request) <= room:
                return request, detail
            detail = smaller

    def _within(self, how: Sampling) -> Sampling:
        """Sampling that leaves half of the model's context to the request."""
        context = self.engine.context if isinstance(self.engine, HttpEngine) else 0
        most = min(how.max_tokens, context // 2) if context > 0 else how.max_tokens
        return how if most == how.max_tokens else msgspec.structs.replace(how, max_tokens=most)

    def _how(self, situation: Situation) -> Sampling:
        expansion = situation.expansion
        return msgspec.structs.replace(
            self.sampling,
            n=self.sampling.n * min(4, expansion),
            temperature=self.sampling.temperature * (1 + 0.15 * (expansion - 1)),
            seed=self.sampling.seed + 1009 * situation.seed + expansion,
        )

    def _readings(self, situation: Situation, samples: Sequence[Completion]) -> list[Action]:
        read: list[Action] = []
        for sample in samples:
            for action in self.read(situation, sample.text, sample.logprob, sample.finished):
                if action.kind == "tactic" or action.kind in situation.invents:
                    read.append(action)
        kept = merge(read, hypothesis_names(situation.goals[0]))
        self._count("duplicate", len(read) - len(kept))
        self._count("kept", len(kept))
        return kept

    def read(self, situation: Situation, text: str, logprob: float, finished: bool) -> list[Action]:
        """An answer's actions; none, and counted, if it can't be read."""
        reading = self.format.read(text, situation, finished)
        with self._lock:
            self.sampled += 1
            self.unreadable += bool(reading.fault)
        if reading.fault:
            plain = reading.fault == "unfinished"
            self._count(reading.fault if plain else f"malformed: {reading.fault}", 1)
        return [
            msgspec.structs.replace(
                action, logprob=logprob - RANK * place, heartbeats=_heartbeats(action)
            )
            for place, action in enumerate(reading.actions)
        ]

    def _count(self, fate: str, number: int) -> None:
        with self._lock:
            self.counts[fate] += number

    def rate(self, situation: Situation, actions: Sequence[Action]) -> list[float]:
        """Log-probability, by the model, that Lean accepts each action as progress.

        0 for all of them if the model has not learned to say (most of its mass is then on neither
        `prompt.YES` nor `prompt.NO`), or if the engine can't score.
        """
        if not actions or self.format.name != Own.name:
            return [0.0] * len(actions)
        about = prompts.prompt(situation, self.limits)
        asked = [prompts.question("", a) for a in actions]
        pairs = [(about, q + end) for q in asked for end in ("", prompts.YES, prompts.NO)]
        scores = [total for total, _ in self.engine.score(pairs)]
        found = []
        for plain, yes, no in zip(scores[::3], scores[1::3], scores[2::3], strict=True):
            p, q = math.exp(yes - plain), math.exp(no - plain)
            found.append(math.log(max(p, 1e-9) / (p + q)) if p + q >= KNOWS else 0.0)
        return found


def origin(engine: HttpEngine) -> Provenance:
    """Where a served model comes from: by its folder here, by what the server says, by its name."""
    root = Path(str(engine.card.get("root") or ""))
    if root.is_absolute() and (root / TRAINING).is_file():
        return of_folder(root)
    training = engine.card.get("training")
    return of_training(training) if isinstance(training, Mapping) else of_name(engine.model)


def sampling_of(format: Format, **given: Any) -> Sampling:
    """How a format is sampled where the user does not say."""
    return Sampling(**{"n": format.samples, "max_tokens": format.max_tokens, **given})


def _heartbeats(action: Action) -> int:
    if action.kind != "tactic":
        return 0
    return WHOLE if action.cut else HEARTBEATS


__all__ = ["NeuralPolicy"]
