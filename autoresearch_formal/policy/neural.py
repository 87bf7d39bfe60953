"""A language model as a policy: prompts out, answers in, best length-normalised first."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Sequence

import msgspec

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.actions.normal import merge
from autoresearch_formal.inference.engine import Engine, Sampling

HEARTBEATS = 600
"""Lean heartbeats of a model's tactic at the first expansion."""


KNOWS = 0.5
"""Mass on the two answers to a question from which on a model is taken to know what is asked."""


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
        for effort, seed in sorted({(s.effort, s.seed) for s in batch}):
            members = [i for i, s in enumerate(batch) if (s.effort, s.seed) == (effort, seed)]
            how = msgspec.structs.replace(
                self.sampling,
                n=self.sampling.n * min(4, effort),
                temperature=self.sampling.temperature * (1 + 0.15 * (effort - 1)),
                seed=self.sampling.seed + 1009 * seed + effort,
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
        """Log-probability, by the model, that Lean accepts each action as progress.

        0 for all of them if the model has not learned to say (most of its mass is then on neither
        `prompt.YES` nor `prompt.NO`), or if the engine can't score.
        """
        if not actions:
            return []
        about = prompts.prompt(situation, self.limits)
        asked = [prompts.question("", a) for a in actions]
        pairs = [(about, q + end) for q in asked for end in ("", prompts.YES, prompts.NO)]
        scores = [total for total, _ in self.engine.score(pairs)]
        found = []
        for plain, yes, no in zip(scores[::3], scores[1::3], scores[2::3], strict=True):
            p, q = math.exp(yes - plain), math.exp(no - plain)
            found.append(math.log(max(p, 1e-9) / (p + q)) if p + q >= KNOWS else 0.0)
        return found


__all__ = ["NeuralPolicy"]
