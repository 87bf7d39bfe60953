"""A language model as a policy: prompts out, answers in, best length-normalised first."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence

import msgspec

from autoresearch_formal.policy import prompt as prompts
from autoresearch_formal.policy.base import Action, Situation
from autoresearch_formal.policy.engine import Engine, Sampling
from autoresearch_formal.policy.normal import merge

HEARTBEATS = 600
"""Lean heartbeats of a model's tactic at the first expansion."""


class NeuralPolicy:
    """Proposals of an engine. `counts` says what became of samples."""

    def __init__(
        self, engine: Engine, sampling: Sampling | None = None, limits: prompts.Limits | None = None
    ) -> None:
        self.engine = engine
        self.sampling = sampling or Sampling()
        self.limits = limits or prompts.Limits()
        self.name = f"neural:{engine.name}"
        self.counts: Counter[str] = Counter()
        """Samples by fate: kept, duplicate, unfinished, malformed: REASON."""
        self._lock = threading.Lock()

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy.propose`. Later expansions of a goal sample more, and hotter."""
        found: list[list[Action]] = [[] for _ in batch]
        for effort in sorted({s.effort for s in batch}):
            members = [i for i, s in enumerate(batch) if s.effort == effort]
            how = msgspec.structs.replace(
                self.sampling,
                n=self.sampling.n * min(4, effort),
                temperature=self.sampling.temperature * (1 + 0.15 * (effort - 1)),
                seed=self.sampling.seed + 1009 * batch[members[0]].seed + effort,
            )
            texts = [prompts.prompt(batch[i], self.limits) for i in members]
            for i, samples in zip(members, self.engine.generate(texts, how), strict=True):
                read = []
                for sample in samples:
                    action = self.read(sample.text, sample.logprob, sample.finished)
                    if action is not None and (batch[i].invent or action.kind == "tactic"):
                        read.append(action)
                kept = merge(read, (h.name for h in batch[i].goals[0].hyps))
                self._count("duplicate", len(read) - len(kept))
                self._count("kept", len(kept))
                found[i] = kept
        return found

    def read(self, text: str, logprob: float, finished: bool) -> Action | None:
        """An answer as an action; None, and counted, if it is none."""
        if not finished:
            self._count("unfinished", 1)
            return None
        try:
            action = prompts.parse(text, logprob)
        except prompts.Malformed as fault:
            self._count(f"malformed: {fault}", 1)
            return None
        return msgspec.structs.replace(
            action, heartbeats=HEARTBEATS if action.kind == "tactic" else 0
        )

    def _count(self, fate: str, number: int) -> None:
        with self._lock:
            self.counts[fate] += number

    def rate(self, situation: Situation, actions: Sequence[Action]) -> list[float]:
        """Length-normalised log-probability that the model gives to actions of another policy."""
        if not actions:
            return []
        text = prompts.prompt(situation, self.limits)
        scored = self.engine.score([(text, prompts.answer(a) + prompts.END) for a in actions])
        return [total / max(1, count) for total, count in scored]


__all__ = ["NeuralPolicy"]
