"""What a policy needs of a language model: samples with log-probabilities, and scores.

Three things do it: Transformers in this process (`local`), vLLM behind HTTP, and any other server
of the OpenAI completions API (`client`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec


class Sampling(msgspec.Struct, frozen=True):
    """How to sample."""

    n: int = 8
    """Samples a prompt."""
    max_tokens: int = 96
    temperature: float = 1.0
    """0: the likeliest token every time."""
    top_p: float = 1.0
    seed: int = 0
    """The same seed gives the same samples of a prompt, whatever else is asked, from every engine
    on a CPU (up to their order, and where two tokens are not as good as equally likely)."""


def seed_of(seed: int, prompt: str) -> int:
    """The seed of a prompt's request: sample j of it uses this number plus j.

    A hash, because with neighbouring numbers a second request would repeat most of the samples of
    the first, and with one number for all prompts they would all favour the same tokens.
    """
    return int.from_bytes(hashlib.sha256(f"{seed}:{prompt}".encode()).digest()[:4], "big") >> 1


class SampleRequest(msgspec.Struct, frozen=True):
    """What a model is asked, as a conversation and as one text; the server's API decides."""

    prompt: str
    """The text that a model continues."""
    messages: tuple[tuple[str, str], ...] = ()
    """Pairs of role and text, for chat models; without any the prompt is the user's message."""
    stop: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    """JSON schema of the answer, for servers that can hold a model to one."""

    @property
    def conversation(self) -> tuple[tuple[str, str], ...]:
        """The request for a server that only chats."""
        return self.messages or (("user", self.prompt),)


class Completion(msgspec.Struct, frozen=True):
    """One sample."""

    text: str
    logprob: float
    """Mean log-probability of its tokens, the end included: length-normalised."""
    tokens: int
    finished: bool
    """Whether the model ended it itself, rather than the limit of tokens."""


class Engine(Protocol):
    """A language model. Errors are those of `Unavailable`, after retries."""

    name: str

    def generate(self, prompts: Sequence[str], how: Sampling) -> list[list[Completion]]:
        """``how.n`` samples of each prompt, in the order of the prompts."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """Log-probability of each continuation after its prompt, and its number of tokens."""
        ...

    def close(self) -> None:
        """Free what the engine holds."""
        ...


class Unavailable(RuntimeError):
    """The model can't be asked now; the message says why. Waiting may help."""


class Unanswered(Unavailable):
    """One request got no answer although the model is there; others may."""
