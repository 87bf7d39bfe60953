"""Models trained here: prompts and answers of `policy.prompt`."""

from __future__ import annotations

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import Situation
from autoresearch_formal.inference.engine import SampleRequest, Sampling
from autoresearch_formal.policy.formats.base import ALL, Detail, Reading


class Own:
    """Markers, one action an answer."""

    name = "own"
    chat = False
    samples = Sampling().n
    max_tokens = Sampling().max_tokens

    def __init__(self, limits: prompts.PromptLimits | None = None) -> None:
        self.limits = limits or prompts.PromptLimits()

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`. The limits are those that the models were trained with."""
        return SampleRequest(prompts.prompt(situation, self.limits), stop=(prompts.END,))

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`."""
        if not finished:
            return Reading(fault="unfinished")
        try:
            return Reading((prompts.parse(text),))
        except prompts.Malformed as fault:
            return Reading(fault=str(fault))
