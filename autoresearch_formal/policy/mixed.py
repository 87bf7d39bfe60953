"""Two policies as one: a budget of proposals each, shared removal of duplicates, one order.

The model also reads what the symbolic policy proposes, and says how likely Lean is to accept it:
most of what a search spends goes to steps that Lean refuses. Proposals are tried in the order of
that and of the proposer's own log-probability, those that the model gives no chance wait, and an
expansion passes on only so many; the next expansion of the same goal doubts less and passes on
more, so that nothing is ever lost. Once Lean has accepted a step the doubt is over: paths are
ranked by what the proposer said. Where the other policy has a proof in hand, the model is not
asked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from autoresearch_formal.actions.base import Action, Policy, Pools, Situation
from autoresearch_formal.actions.normal import merge
from autoresearch_formal.inference.engine import Unanswered
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.symbolic.ingredients import is_proof


@dataclass(frozen=True, slots=True)
class Shares:
    """Proposals an expansion passes on, and how fast that grows with the expansions of a goal."""

    neural: int = 6
    symbolic: int = 10
    growth: float = 2.5
    rating_weight: float = 1.0
    """Weight of the log-probability, by the model, that Lean accepts a proposal."""
    min_chance: float = 0.15
    """Proposals with a smaller chance than this wait for a later expansion, at which it is smaller
    by `growth`."""
    min_kept: int = 3
    """The best so many never wait: where there are few, each is there for a reason."""
    sample_from: int = 2
    """Expansion of a goal at which the model's own samples are first asked for. Before that it
    only reads: what is obvious needs no samples, and most goals are expanded once."""

    def samples(self, expansion: int) -> int:
        """Samples that an expansion passes on."""
        return round(self.neural * self.growth ** (expansion - self.sample_from)) * (
            expansion >= self.sample_from
        )

    def least(self, expansion: int) -> float:
        """Log-probability of acceptance below which a proposal waits."""
        chance = self.min_chance * self.growth ** (1 - expansion)
        return math.log(chance) if chance > 0 else -math.inf

    def proposals(self, expansion: int) -> int:
        """Symbolic proposals that an expansion passes on."""
        return round(self.symbolic * self.growth ** (expansion - 1))


class MixedPolicy(Policy):
    """A model and another policy. A budget of 0 switches one off (ablations).

    The other policy works where it works best, and `combine` adds the model; `propose` does both.
    """

    def __init__(self, neural: NeuralPolicy, other: Policy, shares: Shares = Shares()) -> None:
        self.neural = neural
        self.other = other
        self.shares = shares
        self.name = f"mixed:{neural.engine.name}+{other.name}"

    @property
    def reads_errors(self) -> bool:
        """See `Policy`."""
        return self.neural.reads_errors

    @property
    def weights(self) -> list[str]:
        """See `Policy`."""
        return self.neural.weights

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy`."""
        empty: list[list[Action]] = [[] for _ in batch]
        return self.combine(batch, self.other.propose(batch) if self.shares.symbolic else empty)

    async def propose_on(self, pools: Pools, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy`."""
        proposed: list[list[Action]] = [[] for _ in batch]
        if self.shares.symbolic:
            proposed = await self.other.propose_on(pools, batch)
        return await pools.in_thread(self.combine, batch, proposed)

    def close(self) -> None:
        """See `Policy`."""
        self.neural.close()
        self.other.close()

    def combine(
        self, batch: Sequence[Situation], proposed: Sequence[Sequence[Action]]
    ) -> list[list[Action]]:
        """Proposals of the mixture, given those of the other policy."""
        wanted = [i for i, s in enumerate(batch) if self._wants_samples(s, proposed[i])]
        samples = self._sampled([batch[i] for i in wanted])
        sampled = dict(zip(wanted, samples, strict=True))
        return [
            list(actions)
            if situation.expansion == 1 and any(is_proof(a.ingredients) for a in actions)
            else self._mix(situation, sampled.get(i, []), actions)
            for i, (situation, actions) in enumerate(zip(batch, proposed, strict=True))
        ]

    def _sampled(self, wanted: Sequence[Situation]) -> list[list[Action]]:
        try:
            return self.neural.propose(wanted) if wanted else []
        except Unanswered:  # counted; the other half goes on
            return [[] for _ in wanted]

    def _wants_samples(self, situation: Situation, proposed: Sequence[Action]) -> bool:
        """Whether the model is asked for samples: in time, and where there is nothing else."""
        if not any(a.kind == "tactic" for a in proposed):
            return self.shares.neural > 0
        return self.shares.samples(situation.expansion) > 0

    def _mix(
        self, situation: Situation, sampled: Sequence[Action], proposed: Sequence[Action]
    ) -> list[Action]:
        shares, expansion = self.shares, situation.expansion
        tactics = self._rated(situation, [a for a in proposed if a.kind == "tactic"])
        own = self._rated(situation, sampled)
        budget = max(shares.neural, shares.samples(expansion))
        ranked = [*tactics[: shares.proposals(expansion)], *own[:budget]]
        ordered = [action for _, action in sorted(ranked, key=itemgetter(0))]
        names = [h.name for h in situation.goals[0].hyps]
        distinct = {action.text for action in merge(ordered, names)}
        inventions = [a for a in proposed if a.kind != "tactic"]
        return [*(action for action in ordered if action.text in distinct), *inventions]

    def _rated(self, situation: Situation, tactics: Sequence[Action]) -> list[tuple[float, Action]]:
        """Tactics that have a chance, each with what it is sorted by, the best first."""
        weight = self.shares.rating_weight
        ratings = self.neural.rate(situation, tactics) if weight else [0.0] * len(tactics)
        least = self.shares.least(situation.expansion)
        ranked = sorted(
            ((-a.logprob - weight * r, r, a) for a, r in zip(tactics, ratings, strict=True)),
            key=itemgetter(0),
        )
        return [
            (rank, action)
            for place, (rank, rating, action) in enumerate(ranked)
            if place < self.shares.min_kept or rating >= least or is_proof(action.ingredients)
        ]
