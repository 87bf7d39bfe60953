"""Tactics tried in one theory, within a budget that no batch of them can exceed."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from autoresearch_formal.lean.handles import State, TacticOutcome
from autoresearch_formal.lean.messages import GymError, ShownGoal
from autoresearch_formal.rediscovery.meter import HEARTBEATS_PER_SECOND, Clock, Meter
from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.terms import BadTree, GoalTree, parse_goal

AT_ONCE = 8
"""Tactics sent together."""

WALL = 10
"""Wall time that a tactic may take for each second of its work: the machine may be busy."""


class Workbench:
    """Where tactics are tried, within the budget at hand if there is one (`budget`)."""

    def __init__(self, constants: Constants, meter: Meter) -> None:
        self.constants = constants
        self.gym = constants.gym
        self.meter = meter
        self.clock = Clock(meter, math.inf)

    @contextmanager
    def budget(self, seconds: float) -> Iterator[None]:
        """Work within so many CPU seconds, or what is left of a budget around this one."""
        outer = self.clock
        self.clock = Clock(self.meter, min(seconds, outer.left))
        try:
            yield
        finally:
            self.clock = outer

    @property
    def out_of_time(self) -> bool:
        """Whether nothing is left of the budget."""
        return self.clock.left <= 0

    @property
    def ends(self) -> float:
        """When the budget is used up, on the clock of this process's CPU time."""
        return time.process_time() + self.clock.left

    def try_(
        self,
        state: State,
        lines: Sequence[str],
        ms: int,
        *,
        tree: bool = False,
        first: bool = False,
    ) -> list[TacticOutcome]:
        """What becomes of each tactic within `ms` of CPU time, fewer answers if time is up. With
        `first`, no answers after the first that ends the proof."""
        found: list[TacticOutcome] = []
        rest = iter(lines)
        while (left := self.clock.left) > 0:
            limit = max(1, int(min(ms, 1000 * left)))
            part = list(itertools.islice(rest, max(1, int(min(AT_ONCE, 1000 * left / limit)))))
            if not part:
                break
            heartbeats = limit * HEARTBEATS_PER_SECOND // 1000
            try:
                steps = self.gym.try_(
                    state,
                    part,
                    ms=WALL * limit,
                    heartbeats=heartbeats,
                    tree=tree,
                    first_success=first,
                    split=False,
                )
            except GymError:
                self.meter.add(heartbeats)
                break
            self.meter.add(sum(step.heartbeats for step in steps))
            found += steps
            if first and any(step.ok and step.proved for step in steps):
                break
        return found

    def first(self, state: State, lines: Sequence[str], ms: int) -> list[str] | None:
        """The first tactic that ends the proof."""
        for line, step in zip(lines, self.try_(state, lines, ms, first=True), strict=False):
            if step.ok and step.proved:
                return [line]
        return None


def read(goal: ShownGoal) -> GoalTree | None:
    """The goal as a tree."""
    if goal.tree is None:
        return None
    try:
        return parse_goal(goal.tree, {h.name: h.prop for h in goal.hyps})
    except BadTree:
        return None
