"""What a format is: how a family of models is asked, and how its answers are read. Pure."""

from __future__ import annotations

from typing import Protocol

import msgspec

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.inference.engine import SampleRequest


class Detail(msgspec.Struct, frozen=True):
    """How much of a situation a request shows. It is cut until the request fits the model."""

    names: int = 12
    """Visible declarations, in full."""
    invented: int = 24
    tries: int = 3
    path: int = 24
    goals: int = 3
    characters: int = 0
    """Of a goal, at most; 0 means all of it."""

    def less(self) -> Detail | None:
        """The next smaller detail; None if there is nothing left to leave out.

        Premises go first, then the path, refused tries, inventions, and at last parts of goals.
        """
        if self.names:
            return msgspec.structs.replace(self, names=self.names // 2)
        if self.path:
            return msgspec.structs.replace(self, path=self.path // 4)
        if self.tries:
            return msgspec.structs.replace(self, tries=self.tries - 1)
        if self.invented:
            return msgspec.structs.replace(self, invented=self.invented // 3)
        if self.goals > 1:
            return msgspec.structs.replace(self, goals=1)
        size = self.characters or 16_000
        return msgspec.structs.replace(self, characters=size // 2) if size > 400 else None


ALL = Detail()
"""What a request shows where nothing has to be left out."""


class Reading(msgspec.Struct, frozen=True):
    """An answer as actions, or why it is none."""

    actions: tuple[Action, ...] = ()
    fault: str = ""
    """A short reason that can be counted; "" if the answer could be read."""


class Format(Protocol):
    """A family's way of being asked and of answering."""

    name: str
    chat: bool
    """Whether the family is asked by a conversation where the server can hold one."""
    samples: int
    """Samples of a request, where the user names no number."""
    max_tokens: int
    """Tokens of an answer, where the user names no number."""

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """What the model is asked in a situation."""
        ...

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """An answer as actions; ``finished`` is False if the limit of tokens ended it."""
        ...
