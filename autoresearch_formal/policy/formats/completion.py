"""Base models, which only continue text: a few worked steps, then the goal."""

from __future__ import annotations

from autoresearch_formal.actions.base import Situation
from autoresearch_formal.actions.prompt import Malformed
from autoresearch_formal.inference.engine import SampleRequest
from autoresearch_formal.policy.formats import view
from autoresearch_formal.policy.formats.base import ALL, Detail, Reading
from autoresearch_formal.policy.formats.tactic_state import tactic

STATE, TACTIC, END = "Goal:\n", "Tactic:\n", "\n---\n"

EXAMPLES = (
    ("p q : Prop\nhp : p\nhq : q\n⊢ q ∧ p", "exact ⟨hq, hp⟩"),
    ("a b : Nat\nh : a = b\n⊢ b + 0 = a", "rw [Nat.add_zero, h]"),
    (
        "n : Nat\n⊢ 0 + n = n",
        "induction n with\n| zero => rfl\n| succ k ih => rw [← Nat.add_assoc, ih]",
    ),
    ("x y : Nat\nh : x < y\n⊢ x + 1 ≤ y", "omega"),
)
"""Goals of core Lean with a step for each."""


class Continuation:
    """The text after a few worked examples."""

    name = "completion"
    chat = False
    samples = 16
    max_tokens = 256

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`."""
        shown = [f"{STATE}{goal}\n{TACTIC}{step}{END}" for goal, step in EXAMPLES]
        lines = view.premises(situation, detail)
        known = "Known:\n" + "\n".join(lines) + "\n" if lines else ""
        errors = "".join(
            f"{STATE}{view.state(situation.goals[0], detail)}\nRefused:\n{t}\n({e}){END}"
            for t, e in view.refused(situation, detail)
        )
        goal = f"{known}{STATE}{view.state(situation.goals[0], detail)}\n{TACTIC}"
        stop = (END.rstrip("\n"), "\n" + STATE.rstrip("\n"))
        return SampleRequest("".join(shown) + errors + goal, stop=stop)

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`. Servers that know no stop words go on; what follows is left out."""
        for mark in (END.rstrip("\n"), "\n" + STATE.rstrip("\n")):
            before, found, _ = text.partition(mark)
            if found:
                text, finished = before, True
        try:
            return Reading((tactic(text, finished, self.name),))
        except Malformed as fault:
            return Reading(fault=str(fault))
