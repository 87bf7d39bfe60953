"""Named selections of targets, each by a rule that is blind to how hard its targets turn out."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Sequence

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.targets.metadata import LEVELS, Target

_SMOKE_PER_LEVEL = 5


def _smoke(targets: Sequence[Target]) -> list[Target]:
    """Of levels 0 and 1 each, the five targets whose ids have the least SHA-256 hashes."""
    chosen: list[Target] = []
    for level in (0, 1):
        ranked = sorted(
            (target for target in targets if target.level == level),
            key=lambda target: hashlib.sha256(target.id.encode()).hexdigest(),
        )
        chosen += ranked[:_SMOKE_PER_LEVEL]
    return chosen


def _level(level: int) -> Callable[[Sequence[Target]], list[Target]]:
    return lambda targets: [target for target in targets if target.level == level]


def _demo(targets: Sequence[Target]) -> list[Target]:
    """The subject with the first warm-ups: enough to see every part of the project work."""
    return [target for target in targets if target.subject == "operation"]


def _concrete(targets: Sequence[Target]) -> list[Target]:
    """The subjects about given systems: no statement has a variable for a type or an operation."""
    return [target for target in targets if target.concrete]


SUITES: dict[str, Callable[[Sequence[Target]], list[Target]]] = {
    "demo": _demo,
    "smoke": _smoke,
    "concrete": _concrete,
    **{f"level{level}": _level(level) for level in LEVELS},
    "all": lambda targets: list(targets),
}
"""Suite name → the rule that selects its targets from all of them."""

SECONDS: dict[str, float] = {"smoke": 100.0}
"""Suite name → wall seconds of a search that was given no limit; smoke has to end in two minutes,
with the start of Lean and the last verdict."""


def suite(name: str, targets: Sequence[Target]) -> list[Target]:
    """The targets of a suite, from all `targets`. Raises `UsageFault` for an unknown name."""
    rule = SUITES.get(name)
    if rule is None:
        raise UsageFault(f"no suite {name!r}; there are {', '.join(SUITES)}")
    return rule(targets)


def find(name: str, targets: Sequence[Target]) -> Target:
    """The target called `name`: its id, its short Lean name, or its statement constant.

    Raises `UsageFault`, with the nearest ids, if there is none.
    """
    for target in targets:
        if name in (target.id, target.name, target.statement):
            return target
    near = difflib.get_close_matches(name, [target.id for target in targets], n=3)
    hint = f"; did you mean {' or '.join(near)}" if near else "; see `autoresearch targets`"
    raise UsageFault(f"no target {name!r}{hint}")
