"""Refutations, whoever finds them: the prover outside where there is one, then our own.

E goes first: in the same time it solves all that ours does and a fifth more (docs/search.md has the
figures of ``autoresearch bench prover``). What it derives is replayed, so either way the answer
is a list of our clauses. Where the replay fails, our prover is asked again with no more than the
clauses that E's proof rests on.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autoresearch_formal.symbolic.first_order import eprover, tptp
from autoresearch_formal.symbolic.first_order.clauses import Clause, Literal, ProverLimits
from autoresearch_formal.symbolic.first_order.replay import given_position, replay
from autoresearch_formal.symbolic.first_order.saturate import Saturation

Inputs = tuple[tuple[tuple[Literal, ...], bool], ...]
"""Clauses, and for each whether it is part of the negated goal."""

CACHED = 512
"""Problems whose answers are kept."""


@dataclass(frozen=True, slots=True)
class RefutationSearch:
    """What came of a search for a contradiction."""

    clauses: tuple[Clause, ...] = ()
    """A derivation that ends with the empty clause; () if none was found."""
    saturated: bool = False
    generated: int = 0
    """Clauses that our own prover made."""


def refute(
    clauses: Sequence[tuple[Sequence[Literal], bool]], limits: ProverLimits
) -> RefutationSearch:
    """Look for a contradiction. The same question is answered once, unless it ends with time."""
    inputs = tuple((tuple(literals), goal) for literals, goal in clauses)
    if limits.engine and eprover.binary() is not None:
        outside = eprover.EngineLimits(
            limits.engine * limits.given, limits.engine * limits.generated
        )
        found = _kept_engine(inputs, limits, outside)
        if found:
            return RefutationSearch(found)
    if limits.ends is not None:
        return by_saturation(inputs, limits)
    return _kept_saturation(inputs, replace(limits, engine=0))


def by_saturation(inputs: Inputs, limits: ProverLimits) -> RefutationSearch:
    """Our own prover's answer."""
    run = Saturation(inputs, limits)
    empty = run.run()
    if empty is None:
        return RefutationSearch((), run.saturated, run.generated)
    return RefutationSearch(ancestors(run.clauses, empty), False, run.generated)


def by_engine(
    inputs: Inputs,
    limits: ProverLimits,
    outside: eprover.EngineLimits,
    strategies: Sequence[tuple[str, ...]] = eprover.STRATEGIES,
) -> tuple[Clause, ...]:
    """E's answer in our clauses; () where it has none, or none that can be followed."""
    for steps in derivations(inputs, outside, strategies):
        try:
            return tuple(replay(steps, inputs))
        except tptp.BadDerivation:
            named = {given_position(step, inputs) for step in steps if not step.parents}
            used = sorted(position for position in named if position is not None)
            again = by_saturation(tuple(inputs[p] for p in used), limits)
            if again.clauses:
                return tuple(
                    replace(c, origin=(used[c.origin[0]], c.origin[1])) if c.origin else c
                    for c in again.clauses
                )
    return ()


_kept_saturation = functools.lru_cache(maxsize=CACHED)(by_saturation)
_kept_engine = functools.lru_cache(maxsize=CACHED)(by_engine)


def derivations(
    inputs: Inputs,
    limits: eprover.EngineLimits,
    strategies: Sequence[tuple[str, ...]] = eprover.STRATEGIES,
) -> Iterator[list[tptp.Step]]:
    """E's derivations of a contradiction, one a strategy at most."""
    try:
        signature = tptp.SymbolSorts.of([literals for literals, _ in inputs])
    except tptp.Untyped:
        return
    problem = tptp.write(inputs, signature)
    for strategy in strategies:
        text = eprover.refutation(problem, strategy, limits)
        if text is None:
            continue
        try:
            yield tptp.read(text, signature)
        except tptp.BadDerivation:
            continue


def ancestors(clauses: Sequence[Clause], last: Clause) -> tuple[Clause, ...]:
    """A clause and all that it follows from, numbered anew."""
    needed: set[int] = set()
    todo = [last.number]
    while todo:
        number = todo.pop()
        if number not in needed:
            needed.add(number)
            todo += [parent for parent, _ in clauses[number].parents]
    place = {number: k for k, number in enumerate(sorted(needed))}
    return tuple(
        replace(
            clauses[number],
            number=k,
            parents=[(place[parent], sub) for parent, sub in clauses[number].parents],
        )
        for number, k in place.items()
    )
