"""Several gym servers behind one interface that survives the death of any of them.

A state lives where it was made. If that server is busy while another is idle, or is gone, the
state is rebuilt elsewhere from its lineage, and the caller sees only a delay. A request that ends
one server after the other is answered with an error; when it carried several tactics, they are
tried one by one, so that only the guilty one fails. No request takes longer than its own limits and
`EXTRA_SECONDS`, waiting for a free place in the queue aside.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

from autoresearch_formal.lean.dispatch import EXTRA_SECONDS, Deadly, Dispatcher
from autoresearch_formal.lean.handles import Handle, State, TacticOutcome, Theory, step_of
from autoresearch_formal.lean.messages import (
    Add,
    AddAnswer,
    Audit,
    AuditAnswer,
    Describe,
    DescribeAnswer,
    Elab,
    ElabAnswer,
    Fault,
    Goal,
    GoalAnswer,
    Import,
    ImportAnswer,
    Names,
    NamesAnswer,
    Request,
    Search,
    SearchAnswer,
    Try,
    TryAnswer,
)

__all__ = ["EXTRA_SECONDS", "GymPool"]


class GymPool(Dispatcher):
    """Use as ``async with GymPool(workers=2) as pool``.

    What it takes is described at `Dispatcher`. Methods raise `GymError` for errors of the request.
    """

    async def theory(
        self, modules: Sequence[str] = ("Init",), options: dict[str, bool] | None = None
    ) -> Theory:
        """The theory of some modules."""
        origin = Import(modules=list(modules), options=options or {})
        made = Theory(origin=origin)
        answer, server = await self._ask(None, lambda _: origin, ImportAnswer)
        made.places[server] = answer.theory
        return made

    async def elab(
        self,
        theory: Theory,
        text: str,
        *,
        heartbeats: int | None = None,
        ms: int | None = None,
        allow_sorry: bool = False,
    ) -> tuple[Theory, ElabAnswer]:
        """Add declarations to a theory; the extended theory, and what Lean said."""
        origin = Elab(theory=0, text=text, heartbeats=heartbeats, ms=ms, allow_sorry=allow_sorry)
        made = Theory(origin=origin, source=theory)
        answer, server = await self._ask(theory, _maker(made), ElabAnswer)
        made.places[server] = answer.theory
        return made, answer

    async def goal(
        self,
        theory: Theory,
        *,
        statement: str | None = None,
        prop: str | None = None,
        sorry: dict[str, Any] | None = None,
        name: str | None = None,
        intro: bool = True,
        tree: bool = False,
        heartbeats: int | None = None,
        ms: int | None = None,
    ) -> tuple[State, GoalAnswer]:
        """Open a proof of a statement, a named proposition, or a `sorry`."""
        origin = Goal(
            theory=0,
            statement=statement,
            prop=prop,
            sorry=sorry,
            name=name,
            intro=intro,
            tree=tree,
            heartbeats=heartbeats,
            ms=ms,
        )
        # asked for with a theory, never with this placeholder
        asked = State(goals=(), origin=origin, source=theory)
        answer, server = await self._ask(theory, _maker(asked), GoalAnswer)
        made = State(goals=answer.goals, origin=origin, source=theory)
        made.places[server] = answer.state
        return made, answer

    async def try_(
        self,
        state: State,
        tactics: Sequence[str],
        *,
        heartbeats: int | None = None,
        ms: int | None = None,
        total_ms: int | None = None,
        first_success: bool = False,
        split: bool = True,
        tree: bool = False,
        pp: bool = True,
    ) -> list[TacticOutcome]:
        """Try tactics on a state, each from the same start; one step a tactic, in order.

        Fewer steps after a first success. A tactic that ends its server is an error of its own;
        the others are unaffected.
        """
        request = Try(
            state=0,
            tactics=list(tactics),
            heartbeats=heartbeats,
            ms=ms,
            total_ms=total_ms,
            first_success=first_success,
            split=split,
            tree=tree,
            pp=pp,
        )
        begin = time.monotonic()

        def make(local: int | None, tactics: list[str] = request.tactics) -> Try:
            copy = _copy(request)
            copy.state = local or 0
            copy.tactics = tactics
            return copy

        try:
            answer, server = await self._ask(state, make, TryAnswer)
        except Deadly as deadly:
            if len(tactics) == 1 or deadly.reason == "timeout":
                return [TacticOutcome(False, error=deadly.fault)] * len(tactics)
        else:
            return [
                step_of(result, request, tactic, state, server)
                for result, tactic in zip(answer.results, request.tactics, strict=False)
            ]
        steps = []
        for tactic in request.tactics:
            left = begin + request.seconds + EXTRA_SECONDS - time.monotonic()
            if left <= 0:
                steps.append(
                    TacticOutcome(
                        False, error=Fault("timeout", "time limit of the request reached")
                    )
                )
                continue
            try:
                only = functools.partial(make, tactics=[tactic])
                alone, server = await self._ask(state, only, TryAnswer, retries=0)
            except Deadly as deadly:
                steps.append(TacticOutcome(False, error=deadly.fault))
                continue
            steps.append(step_of(alone.results[0], request, tactic, state, server))
            if first_success and steps[-1].proved:
                break
        return steps

    async def add(
        self,
        state: State,
        name: str,
        *,
        heartbeats: int | None = None,
        ms: int | None = None,
    ) -> tuple[Theory, AddAnswer]:
        """Turn a finished proof into a theorem of a new theory; the kernel checks it."""
        origin = Add(state=0, name=name, heartbeats=heartbeats, ms=ms)
        made = Theory(origin=origin, source=state)
        answer, server = await self._ask(state, _maker(made), AddAnswer)
        made.places[server] = answer.theory
        return made, answer

    async def search(
        self,
        state: State,
        kind: Literal["exact?", "apply?", "rw?"] = "exact?",
        *,
        limit: int = 20,
        heartbeats: int | None = None,
        ms: int | None = None,
    ) -> SearchAnswer:
        """Ask Lean's library search for tactics."""

        def make(local: int | None) -> Search:
            return Search(state=local or 0, kind=kind, limit=limit, heartbeats=heartbeats, ms=ms)

        return (await self._ask(state, make, SearchAnswer))[0]

    async def describe(
        self, what: State | Theory, names: Sequence[str] = (), *, tree: bool = False
    ) -> DescribeAnswer:
        """The goals of a state, or the declarations of a theory called `names`."""

        def make(local: int | None) -> Describe:
            if isinstance(what, State):
                return Describe(state=local, tree=tree)
            return Describe(theory=local, names=list(names), tree=tree)

        return (await self._ask(what, make, DescribeAnswer))[0]

    async def names(
        self,
        theory: Theory,
        *,
        modules: Sequence[str] = (),
        prefix: str | None = None,
        ms: int | None = 60_000,
    ) -> NamesAnswer:
        """Visible declarations of a theory."""

        def make(local: int | None) -> Names:
            return Names(theory=local or 0, modules=list(modules), prefix=prefix, ms=ms)

        return (await self._ask(theory, make, NamesAnswer))[0]

    async def audit(self, theory: Theory, names: Sequence[str]) -> AuditAnswer:
        """The axioms behind declarations."""

        def make(local: int | None) -> Audit:
            return Audit(theory=local or 0, names=list(names))

        return (await self._ask(theory, make, AuditAnswer))[0]


def _maker(handle: Handle) -> Callable[[int | None], Request]:
    return lambda local: handle.recipe(local)[0]


def _copy(request: Try) -> Try:
    return Try(**{name: getattr(request, name) for name in request.__struct_fields__})
