"""Two policies as one: a budget of proposals each, shared removal of duplicates, one order.

The model also reads what the symbolic policy proposes. It cannot make a proposal it has not
thought of itself, but it can say which of forty is worth a kernel step. Proposals are ordered by
the mean of the model's and the proposer's own log-probability, and an expansion passes on only so
many; the next expansion of the same goal passes on more, so that nothing is ever lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from autoresearch_formal.policy.base import Action, Policy, Situation
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.policy.normal import merge


@dataclass(frozen=True, slots=True)
class Shares:
    """Proposals an expansion passes on, and how fast that grows with the expansions of a goal."""

    neural: int = 6
    symbolic: int = 10
    growth: float = 2.5
    trust: float = 0.5
    """Weight of the model's opinion of symbolic proposals, against their own log-probability."""

    def at(self, share: int, effort: int) -> int:
        """A budget at an expansion."""
        return round(share * self.growth ** (effort - 1))


class MixedPolicy:
    """A model and another policy. A budget of 0 switches one off (ablations)."""

    def __init__(self, neural: NeuralPolicy, other: Policy, shares: Shares = Shares()) -> None:
        self.neural = neural
        self.other = other
        self.shares = shares
        self.name = f"mixed:{neural.engine.name}+{other.name}"

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy.propose`."""
        empty: list[list[Action]] = [[] for _ in batch]
        sampled = self.neural.propose(batch) if self.shares.neural else empty
        made = self.other.propose(batch) if self.shares.symbolic else empty
        return [self._mix(s, a, b) for s, a, b in zip(batch, sampled, made, strict=True)]

    def _mix(self, situation: Situation, sampled: list[Action], made: list[Action]) -> list[Action]:
        tactics = [a for a in made if a.kind == "tactic"]
        inventions = [a for a in made if a.kind != "tactic"]
        ratings = self.neural.rate(situation, tactics)
        trust = self.shares.trust
        rated = [
            msgspec.structs.replace(a, logprob=trust * r + (1 - trust) * a.logprob)
            for a, r in zip(tactics, ratings, strict=True)
        ]
        rated.sort(key=lambda a: -a.logprob)
        chosen = rated[: self.shares.at(self.shares.symbolic, situation.effort)]
        mine = sampled[: self.shares.at(self.shares.neural, situation.effort)]
        known = [h.name for h in situation.goals[0].hyps]
        return [*merge([*chosen, *mine], known), *inventions]
