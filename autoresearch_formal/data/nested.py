"""Which records of a traced proof are its steps, and which step led to which goal.

A trace has a record for every piece of syntax that ran as a tactic, pieces of pieces included:
``constructor <;> simp`` is there whole, and ``constructor`` and each ``simp`` are there again. Of
such a record and what is in it one is kept: the pieces, where they start from the same goal and
so do the same work step by step; the whole, where they prove something that only it states, as
in ``have h : p := by simp``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

_CASE = re.compile(r"\A\s*case [^\n]*\n")
_NO_GOALS = "no goals"


def goals_of(state: str) -> list[str]:
    """The goals of a printed state, without the names of their cases."""
    if state.strip() in ("", _NO_GOALS):
        return []
    return [_CASE.sub("", goal).strip() for goal in re.split(r"\n\s*\n", state) if goal.strip()]


def proof_steps(records: Sequence[Record]) -> list[tuple[int, Record, list[str]]]:
    """The steps of a proof in order: each record's number, itself, and the steps to its goal.

    On the way to a goal are only steps that left it: never one that left no goals, or one that
    worked on another goal.
    """
    distinct = _once([(k, r) for k, r in enumerate(records) if goals_of(r["state_before"])])
    origin: dict[str, int] = {}
    """Goal to the step that made it, the latest one."""
    before: dict[int, int | None] = {}
    steps = []
    for number, record in distinct:
        goals = goals_of(record["state_before"])
        before[number] = origin.get(goals[0])
        path: list[str] = []
        at = before[number]
        while at is not None:
            path.append(records[at]["tactic"])
            at = before[at]
        steps.append((number, record, path[::-1]))
        for goal in goals_of(record["state_after"]):
            if goal not in goals[1:]:
                origin[goal] = number
    return steps


def _once(records: list[tuple[int, Record]]) -> list[tuple[int, Record]]:
    """Records of which none is part of another."""
    dropped: set[int] = set()
    for place, (number, whole) in enumerate(records):
        if number in dropped:
            continue
        inner = _inside(records, place)
        if not inner:
            continue
        start = goals_of(whole["state_before"])
        first = goals_of(inner[0][1]["state_before"])[0]
        again = inner[0][1]["tactic"].strip() == whole["tactic"].strip()
        if first in start and not again:
            dropped.add(number)
        else:
            dropped |= {k for k, _ in inner}
    return [(k, r) for k, r in records if k not in dropped]


def _inside(records: list[tuple[int, Record]], place: int) -> list[tuple[int, Record]]:
    """The records after this one that are part of it; they follow it without a gap."""
    whole = records[place][1]
    left = set(goals_of(whole["state_after"])) - set(goals_of(whole["state_before"])[:1])
    open_goals = set(goals_of(whole["state_before"])[:1])
    waiting = {g for _, r in records[:place] for g in goals_of(r["state_after"])} - open_goals
    inner: list[tuple[int, Record]] = []
    for number, record in records[place + 1 :]:
        goal = goals_of(record["state_before"])[0]
        if not _part(record["tactic"], whole["tactic"]):
            break
        if goal not in open_goals and (goal in left or goal in waiting):
            break  # a step after this one, or on another goal, that happens to say the same
        inner.append((number, record))
        open_goals |= set(goals_of(record["state_after"]))
    return inner


def _part(piece: str, whole: str) -> bool:
    """Whether a text occurs in another as a whole number of words, whatever the indentation."""
    piece, whole = " ".join(piece.split()), " ".join(whole.split())
    return bool(piece) and re.search(rf"(?<![\w.']){re.escape(piece)}(?![\w'])", whole) is not None
