"""The pool without `await`, for notebooks and scripts.

with Gym() as gym:
    nat = gym.theory(["Init"])
    state, _ = gym.goal(nat, statement="∀ a b : Nat, a + b = b + a")
    print(gym.try_(state, ["omega"])[0].proved)
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, Literal, TypeVar

from autoresearch_formal.lean.handles import Handle, State, TacticOutcome, Theory
from autoresearch_formal.lean.messages import (
    AddAnswer,
    AuditAnswer,
    DescribeAnswer,
    ElabAnswer,
    GoalAnswer,
    NamesAnswer,
    SearchAnswer,
    StatsAnswer,
)
from autoresearch_formal.lean.pool import GymPool

T = TypeVar("T")


class Gym:
    """A `GymPool` on an event loop in a thread of its own; takes the same arguments.

    The methods are those of `GymPool` and raise what they raise. End it with `close` or use it in
    a ``with`` statement.
    """

    def __init__(self, **settings: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="gym-sync")
        self._thread.start()
        try:
            self.pool: GymPool = self._do(self._make(settings))
        except BaseException:
            self._stop()
            raise

    @staticmethod
    async def _make(settings: dict[str, Any]) -> GymPool:
        pool = GymPool(**settings)
        await pool.start()
        return pool

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def close(self) -> None:
        """End all servers."""
        if not self._loop.is_closed():
            self._do(self.pool.close())
            self._stop()

    def __enter__(self) -> Gym:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def theory(
        self, modules: Sequence[str] = ("Init",), options: dict[str, bool] | None = None
    ) -> Theory:
        """See `GymPool.theory`."""
        return self._do(self.pool.theory(modules, options))

    def elab(self, theory: Theory, text: str, **limits: Any) -> tuple[Theory, ElabAnswer]:
        """See `GymPool.elab`."""
        return self._do(self.pool.elab(theory, text, **limits))

    def goal(self, theory: Theory, **what: Any) -> tuple[State, GoalAnswer]:
        """See `GymPool.goal`."""
        return self._do(self.pool.goal(theory, **what))

    def try_(self, state: State, tactics: Sequence[str], **limits: Any) -> list[TacticOutcome]:
        """See `GymPool.try_`."""
        return self._do(self.pool.try_(state, tactics, **limits))

    def add(self, state: State, name: str, **limits: Any) -> tuple[Theory, AddAnswer]:
        """See `GymPool.add`."""
        return self._do(self.pool.add(state, name, **limits))

    def search(
        self, state: State, kind: Literal["exact?", "apply?", "rw?"] = "exact?", **limits: Any
    ) -> SearchAnswer:
        """See `GymPool.search`."""
        return self._do(self.pool.search(state, kind, **limits))

    def describe(
        self, what: State | Theory, names: Sequence[str] = (), *, tree: bool = False
    ) -> DescribeAnswer:
        """See `GymPool.describe`."""
        return self._do(self.pool.describe(what, names, tree=tree))

    def names(self, theory: Theory, **which: Any) -> NamesAnswer:
        """See `GymPool.names`."""
        return self._do(self.pool.names(theory, **which))

    def audit(self, theory: Theory, names: Sequence[str]) -> AuditAnswer:
        """See `GymPool.audit`."""
        return self._do(self.pool.audit(theory, names))

    def drop(self, handles: Iterable[Handle]) -> None:
        """See `GymPool.drop`."""

        async def drop() -> None:
            self.pool.drop(handles)

        self._do(drop())

    def stats(self) -> list[StatsAnswer | None]:
        """See `GymPool.stats`."""
        return self._do(self.pool.stats())
