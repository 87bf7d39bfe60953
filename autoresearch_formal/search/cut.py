"""A whole proof that Lean refuses is cut back to its longest accepted beginning.

A `have` whose own proof fails is left open as a goal of its own, and the script goes on after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from autoresearch_formal.lean.messages import Try, TryAnswer
from autoresearch_formal.policy.formats.lean_text import open_claim, steps
from autoresearch_formal.search.states import Refused, States

MAX_CHECKS = 24
"""Beginnings of one script that are tried."""
MAX_OPEN = 4
"""Claims of one script that are left open."""


class Cutter:
    """Cuts one script at one state."""

    def __init__(self, states: States, state: int, heartbeats: int, ms: int) -> None:
        self._states = states
        self._state = state
        self._heartbeats = heartbeats
        self._ms = ms
        self._checks = 0

    async def longest(self, script: str) -> str:
        """The longest beginning that Lean accepts, "" if there is none."""
        kept: list[str] = []
        rest = steps(script)
        opened = 0
        while rest:
            count = await self._accepted(kept, rest)
            kept, rest = kept + rest[:count], rest[count:]
            claim = open_claim(rest[0]) if rest and opened < MAX_OPEN else None
            if claim is None or not await self._works([*kept, claim]):
                break
            kept.append(claim)
            rest = rest[1:]
            opened += 1
        return "\n".join(kept)

    async def _accepted(self, kept: Sequence[str], rest: Sequence[str]) -> int:
        """How many further steps Lean accepts: all, or found by halving."""
        if await self._works([*kept, *rest]):
            return len(rest)
        low, high = 0, len(rest)  # ``low`` steps work, ``high`` do not
        while high - low > 1:
            middle = (low + high) // 2
            if await self._works([*kept, *rest[:middle]]):
                low = middle
            else:
                high = middle
        return low

    async def _works(self, lines: Sequence[str]) -> bool:
        if self._checks >= MAX_CHECKS:
            return False
        self._checks += 1
        request = Try(
            state=self._state,
            tactics=["\n".join(lines)],
            heartbeats=self._heartbeats,
            ms=self._ms,
        )
        try:
            result = (await self._states.ask(request, TryAnswer)).results[0]
        except Refused:
            return False
        if result.children:
            await self._states.drop(child.state for child in result.children)
        return result.ok
