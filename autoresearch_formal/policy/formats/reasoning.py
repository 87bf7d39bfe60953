"""Provers that think at length before the code (Kimina-Prover and its kind)."""

from __future__ import annotations

from autoresearch_formal.actions.base import Situation
from autoresearch_formal.inference.engine import SampleRequest
from autoresearch_formal.policy.formats import answers, view
from autoresearch_formal.policy.formats.base import ALL, Detail, Reading
from autoresearch_formal.policy.formats.whole_proof import correction

SYSTEM = "You are an expert in mathematics and proving theorems in Lean 4."


class Reasoning:
    """A thought between marks, then a file."""

    name = "reasoning"
    chat = True
    samples = 4
    max_tokens = 16_384

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`."""
        head = view.theorem(situation.goals[0], detail)
        about = view.background(situation, detail)
        parts = [
            "Think about and solve the following problem step by step in Lean 4.",
            f"# Problem: {view.RULES}",
            *([about] if about else []),
            f"# Formal statement:\n```lean4\n{head}\n```",
        ]
        messages = (
            ("system", SYSTEM),
            ("user", "\n\n".join(parts)),
            *correction(situation, detail, head),
        )
        return SampleRequest("\n\n".join(text for _, text in messages) + "\n<think>\n", messages)

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`."""
        return answers.whole_proof(text, situation, finished, self.name)
