"""Provers that write a whole file (DeepSeek-Prover-V2, Goedel-Prover-V2).

They are given a theorem that ends in `sorry`, plan aloud, and answer with the completed file in
a block of code. A proof that Lean refused is shown again with what Lean said, as a conversation.
"""

from __future__ import annotations

from autoresearch_formal.actions.base import Situation
from autoresearch_formal.inference.engine import SampleRequest
from autoresearch_formal.policy.formats import answers, view
from autoresearch_formal.policy.formats.base import ALL, Detail, Reading

PLAN = (
    "First give a short plan of the proof: the main steps and the intermediate lemmas. Then give "
    f"the whole completed code in one lean4 block, with the theorem `{view.GOAL}` last. Helper "
    "lemmas and definitions may stand before it."
)


class WholeProof:
    """A file an answer."""

    name = "whole-proof"
    chat = True
    samples = 4
    max_tokens = 8192

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`."""
        head = view.theorem(situation.goals[0], detail)
        about = view.background(situation, detail)
        parts = [
            f"Complete the following Lean 4 code:\n\n```lean4\n{head}\n  sorry\n```",
            view.RULES,
            *([about] if about else []),
            PLAN,
        ]
        messages = (("user", "\n\n".join(parts)), *correction(situation, detail, head))
        return SampleRequest("\n\n".join(text for _, text in messages) + "\n", messages)

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`."""
        return answers.whole_proof(text, situation, finished, self.name)


def correction(situation: Situation, detail: Detail, head: str) -> list[tuple[str, str]]:
    """The last refused proof as the model's own words, and Lean's answer to it."""
    tried = view.refused(situation, detail)
    if not tried:
        return []
    script, error = tried[-1]
    others = "".join(f"\n\nThis was refused as well:\n{t}\n({e})" for t, e in tried[:-1])
    return [
        ("assistant", f"```lean4\n{head}\n{view.indented(script)}\n```"),
        (
            "user",
            f"Lean refuses this proof:\n{error}{others}\n\n"
            "Find the mistake and give the whole corrected code in one lean4 block.",
        ),
    ]
