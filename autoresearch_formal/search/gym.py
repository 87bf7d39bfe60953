"""What the search needs of a Lean gym: one worker that answers requests one by one.

`SearchWorker` is the whole interface. The search keeps its own record of how every state came
about, so a worker may die at any moment: the next request finds a new ``generation``, and states
are rebuilt as they are needed.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol


class WorkerLost(RuntimeError):
    """The worker died during a request; a new one with a higher generation has taken over."""


class SharedWorker:
    """A worker that several searches use in turns, a request each."""

    def __init__(self, worker: SearchWorker) -> None:
        self._worker = worker
        self._turn = asyncio.Lock()

    @property
    def generation(self) -> int:
        """See `SearchWorker`."""
        return self._worker.generation

    async def request(self, op: str, **fields: Any) -> dict[str, Any]:
        """See `SearchWorker.request`."""
        async with self._turn:
            return await self._worker.request(op, **fields)

    async def close(self) -> None:
        """See `SearchWorker.close`."""
        await self._worker.close()


class SearchWorker(Protocol):
    """A gym process, restarted behind the scenes when it dies."""

    @property
    def generation(self) -> int:
        """Grows with every restart; theories and states of older generations are gone."""
        ...

    async def request(self, op: str, **fields: Any) -> dict[str, Any]:
        """One request, its answer as sent (``ok`` may be false). Raises `WorkerLost`."""
        ...

    async def close(self) -> None:
        """End the process."""
        ...
