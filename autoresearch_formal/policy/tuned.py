"""The symbolic policy with learned preferences: a table instead of a network, no torch needed.

The table gives every feature of an action (its ingredients, alone and with the shape of the
target, and the head of the tactic) a log-odds: how much more often than the average action it was
part of a judged proof, weighted as training rows are. An action's logarithm of probability is
shifted by the mean of its features; those that fall far behind the best wait for a later
expansion of the goal, so that nothing is lost, only postponed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.policy.symbolic import SymbolicPolicy

FILE = "tuned.json"
FORMAT = 1
BOUND = 3.0
"""No feature counts more than this, in nats."""
PATIENCE = 2.0
"""How far behind the best an action may be, in nats an expansion of the goal, to be tried now."""

SHAPES = ("↔", "→", "∧", "∨", "≠", "=", "≤", "≥", "<", ">", "∣", "∈")
"""Connectives and relations that give a target its shape; the loosest binding first."""


class PreferenceTable(msgspec.Struct, frozen=True):
    """Learned preferences.

    scores: feature to log-odds in nats. strength: factor of all scores, chosen so that the KL
    divergence from the policy before stays within its bound. rounds: how often it was trained.
    """

    scores: dict[str, float]
    strength: float = 1.0
    patience: float = PATIENCE
    rounds: int = 0
    format: int = FORMAT

    def shift(self, features: Iterable[str]) -> float:
        """What is added to the logarithm of an action's probability."""
        found = [self.scores.get(f, 0.0) for f in features]
        if not found:
            return 0.0
        mean = sum(found) / len(found)
        return max(-BOUND, min(BOUND, self.strength * mean))


def shape_of(situation: str) -> str:
    """The shape of a printed goal's target: its quantifier, or its loosest connective."""
    target = situation.rpartition("⊢")[2].strip()
    if target[:1] in ("∀", "∃", "¬"):
        return target[0]
    depth = 0
    outer = []
    for character in target:
        depth += (character in "([{⟨") - (character in ")]}⟩")
        outer.append(character if depth == 0 else " ")
    words = set("".join(outer).split())
    return next((s for s in SHAPES if s in words), "other")


def features_of(kind: str, text: str, ingredients: Iterable[str], situation: str) -> list[str]:
    """Features of an action at a goal; all of them are known before it is tried."""
    shape = shape_of(situation)
    words = text.split()
    head = words[0].rstrip(";") if words and kind == "tactic" else kind
    found = [f"head:{head}"]
    for name in dict.fromkeys(ingredients):
        found += [f"has:{name}", f"has:{name} at {shape}"]
    return found


def probabilities(logs: Sequence[float]) -> list[float]:
    """Softmax, safe for any finite numbers; [] for none."""
    if not logs:
        return []
    top = max(logs)
    raw = [math.exp(x - top) for x in logs]
    total = sum(raw)
    return [x / total for x in raw]


class TunedPolicy(SymbolicPolicy):
    """The symbolic policy's actions in a learned order. Stateless like it, and picklable."""

    name = "tuned"

    def __init__(self, table: PreferenceTable) -> None:
        self.table = table

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """One list of actions a situation, most promising first."""
        return [
            self.arrange(situation, actions)
            for situation, actions in zip(batch, super().propose(batch), strict=True)
        ]

    @property
    def digest(self) -> str:
        """See `Policy`."""
        return hashlib.sha256(msgspec.json.encode(self.table, order="deterministic")).hexdigest()

    def arrange(self, situation: Situation, actions: Sequence[Action]) -> list[Action]:
        """Shift, sort, and leave what is far behind for a later expansion."""
        text = situation.goals[0].pp
        moved = []
        for action in actions:
            features = features_of(action.kind, action.text, action.ingredients, text)
            logprob = min(-1e-3, action.logprob + self.table.shift(features))
            moved.append(msgspec.structs.replace(action, logprob=logprob))
        moved.sort(key=lambda a: -a.logprob)
        if not moved:
            return moved
        least = moved[0].logprob - self.table.patience * max(1, situation.expansion)
        return [a for a in moved if a.logprob >= least or a.kind != "tactic"]


def save(table: PreferenceTable, folder: Path) -> None:
    """Write ``tuned.json``, keys in order, so that equal tables give equal bytes."""
    data = msgspec.to_builtins(table)
    data["scores"] = dict(sorted(table.scores.items()))
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def load(folder: Path) -> PreferenceTable:
    """Read ``tuned.json``. Raises `UsageFault` if there is none or it can't be used."""
    path = folder / FILE
    try:
        table = msgspec.json.decode(path.read_bytes(), type=PreferenceTable)
    except (OSError, msgspec.DecodeError) as fault:
        raise UsageFault(f"{path}: no table of learned preferences ({fault})") from None
    if table.format != FORMAT:
        raise UsageFault(f"{path}: format {table.format}, not {FORMAT}; train it again")
    return table
