"""What a comparison costs: CPU time of this process and of the Lean servers, and budgets of it.

Wall time means nothing on a busy machine. Where the system does not tell the CPU time of another
process, Lean's heartbeats stand in for it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from autoresearch_formal.lean.sync import Gym

HEARTBEATS_PER_SECOND = 10_000
"""Lean's heartbeats that count as a second."""


class Meter:
    """Work done so far for one gym."""

    def __init__(self, gym: Gym) -> None:
        self._gym = gym
        self._heartbeats = 0
        self._measured = all(_process_seconds(pid) is not None for pid in self._pids())

    def _pids(self) -> list[int]:
        return [pid for w in self._gym.pool.workers if isinstance(pid := w.get("pid"), int)]

    def add(self, heartbeats: int) -> None:
        """Count heartbeats that an answer reports."""
        self._heartbeats += heartbeats

    @property
    def seconds(self) -> float:
        """CPU seconds of this process, of processes that ended, and of the servers."""
        mine = os.times()
        total = mine.user + mine.system + mine.children_user + mine.children_system
        if not self._measured:
            return total + self._heartbeats / HEARTBEATS_PER_SECOND
        return total + sum(_process_seconds(pid) or 0.0 for pid in self._pids())


@dataclass(slots=True)
class Clock:
    """A budget, in seconds of a meter."""

    meter: Meter
    seconds: float
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.meter.seconds

    @property
    def spent(self) -> float:
        """What is used up of it."""
        return self.meter.seconds - self.started

    @property
    def left(self) -> float:
        """What is left of it; negative once it is overdrawn."""
        return self.seconds - self.spent

    def part(self, share: float) -> Clock:
        """A budget inside this one: a share of the whole, but no more than is left."""
        return Clock(self.meter, min(self.left, share * self.seconds))


def _process_seconds(pid: int) -> float | None:
    """CPU seconds of a process and its children; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_process_seconds(int(child)) or 0.0 for child in children)
