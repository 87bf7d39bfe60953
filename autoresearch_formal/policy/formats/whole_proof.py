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
    system = ""
    """What the conversation begins with."""
    ending = "\n"
    """What the prompt ends with, where there is no conversation."""

    def question(self, head: str, about: str) -> list[str]:
        """The parts of the request: the theorem as far as `:=`, and what is known besides."""
        return [
            f"Complete the following Lean 4 code:\n\n```lean4\n{head}\n  sorry\n```",
            view.RULES,
            about,
            PLAN,
        ]

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`."""
        head = view.theorem(situation.goals[0], detail)
        parts = self.question(head, view.background(situation, detail))
        messages = (
            *([("system", self.system)] if self.system else []),
            ("user", "\n\n".join(part for part in parts if part)),
            *correction(situation, detail, head),
        )
        return SampleRequest("\n\n".join(text for _, text in messages) + self.ending, messages)

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`."""
        return answers.whole_proof(text, situation, finished, self.name)


class Reasoning(WholeProof):
    """A long thought between marks, then a file (Kimina-Prover and its kind)."""

    name = "reasoning"
    max_tokens = 16_384
    system = "You are an expert in mathematics and proving theorems in Lean 4."
    ending = "\n<think>\n"

    def question(self, head: str, about: str) -> list[str]:
        """See `WholeProof.question`."""
        return [
            "Think about and solve the following problem step by step in Lean 4.",
            f"# Problem: {view.RULES}",
            about,
            f"# Formal statement:\n```lean4\n{head}\n```",
        ]


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
