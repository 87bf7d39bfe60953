"""What a round works on: targets by level, and auxiliary ones that the system sets itself.

Pure, except that `chosen_targets` loads the library's targets.

Auxiliary statements come from what the last round left: sub-goals that were nearly closed,
generalisations of them (without the hypotheses that no step of a neighbouring proof used) and
specialisations (one variable put for another). They are ranked as *barely provable*, after STP
(Dong, Ma, arXiv 2502.00212): worth most are those whose chance of being proved is small but not
nothing, judged here by how far their tries got.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from autoresearch_formal.data.dataset import Row
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.targets import Target, find, load
from autoresearch_formal.train.settings import LoopSettings

Kind = Literal["subgoal", "generalisation", "specialisation"]
HELD_OUT = 3
"""One target in so many is held out, by the hash of its id."""
BEST_RATE = 0.15
"""Success rate at which a statement teaches most: rarely provable, and provable."""
MAX_LENGTH = 600
"""Characters of an auxiliary statement; longer ones are mostly accidents of a search."""
TRUST: dict[Kind, float] = {"subgoal": 1.0, "generalisation": 0.8, "specialisation": 0.6}
"""A sub-goal arose in a search; the others are guesses about it."""


@dataclass(frozen=True, slots=True)
class Auxiliary:
    """A statement that the system sets itself; `lean` is a `theorem` with `sorry`."""

    name: str
    kind: Kind
    source: str
    """The target in whose search it arose."""
    statement: str
    modules: tuple[str, ...]
    score: float

    @property
    def lean(self) -> str:
        """A file that a run accepts as input."""
        imports = "".join(f"import {m}\n" for m in self.modules)
        return f"{imports}\ntheorem {self.name} : {self.statement} := by\n  sorry\n"


def held_out(target: str) -> bool:
    """Whether a target is for measuring only; a function of its id, the same in every loop."""
    return hashlib.sha256(target.encode()).digest()[1] % HELD_OUT == 0


def split(targets: Sequence[Target], levels: Iterable[int]) -> tuple[list[str], list[str]]:
    """Ids to train on and ids held out, of the given levels, easiest first."""
    wanted = set(levels)
    chosen = sorted((t for t in targets if t.level in wanted), key=lambda t: (t.level, t.id))
    learn = [t.id for t in chosen if not held_out(t.id)]
    return learn, [t.id for t in chosen if held_out(t.id)]


def chosen_targets(settings: LoopSettings) -> tuple[list[str], list[str]]:
    """Ids to train on and held out. Raises `UsageFault` if they overlap or one is unknown."""
    targets = load()
    learn, held = split(targets, settings.levels)
    if settings.held_out:
        held = [find(name, targets).id for name in settings.held_out]
        learn = [name for name in learn if name not in held]
    if settings.targets:
        learn = [find(name, targets).id for name in settings.targets]
    both = sorted(set(learn) & set(held))
    if settings.targets and not settings.held_out:
        held = [name for name in held if name not in learn]
    elif both:
        raise UsageFault(f"trained on and held out at once: {', '.join(both)}")
    if not learn or not held:
        raise UsageFault("a loop needs at least one target to train on and one held out")
    return learn, held


def by_success(
    targets: Sequence[str], solved: Mapping[str, float], count: int | None = None
) -> list[str]:
    """Targets in the order in which they teach most: barely provable first, ties as given.

    ``solved`` gives the share of earlier rounds in which a target was verified.
    """
    ranked = sorted(targets, key=lambda t: -barely(solved.get(t, 0.0), 1.0 if t in solved else 0.0))
    return ranked[:count] if count is not None else ranked


def barely(rate: float, confidence: float = 1.0) -> float:
    """How much a statement teaches, in [0, 1]: 1 at a success rate of `BEST_RATE`, 0 at certainty.

    Without confidence in the rate everything counts one half.
    """
    if rate <= BEST_RATE:
        known = 0.5 + 0.5 * rate / BEST_RATE
    else:
        known = max(0.0, (1.0 - rate) / (1.0 - BEST_RATE))
    return confidence * known + (1 - confidence) * 0.5


def closeness(rows: Sequence[Row]) -> float:
    """How near a goal was to being closed, in [0, 1): the share of its tries that made progress,
    and how few sub-goals the best of them left."""
    tries = [r for r in rows if r["kind"] == "tactic"]
    if not tries:
        return 0.0
    moved = sum(r["outcome"] in ("progress", "proved") for r in tries) / len(tries)
    left = [r["subgoals"] or 0 for r in tries if r["edge"] is not None]
    nearest = 1.0 / (1 + min(left)) if left else 0.0
    return min(0.99, 0.5 * moved + 0.5 * nearest)


def auxiliaries(rows: Sequence[Row], count: int) -> list[Auxiliary]:
    """The best ``count`` auxiliary statements from what a round tried and did not prove."""
    goals: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        goals[row["target"], row["fingerprint"]].append(row)
    best: dict[str, Auxiliary] = {}
    for (target, _), here in goals.items():
        row = here[0]
        done = any(r["positive"] or r["outcome"] == "proved" for r in here)
        if done or row["invented"] or row["root"]:
            continue
        parsed = parse_goal(row["situation"] or "")
        if parsed is None:
            continue
        near = closeness(here)
        for kind, statement in variants(*parsed):
            if len(statement) > MAX_LENGTH:
                continue
            name = "aux_" + hashlib.sha256(statement.encode()).hexdigest()[:10]
            rank = barely(near) * TRUST[kind]
            candidate = Auxiliary(name, kind, target, statement, tuple(row["modules"] or ()), rank)
            if statement not in best or best[statement].score < rank:
                best[statement] = candidate
    ranked = sorted(best.values(), key=lambda a: (-a.score, len(a.statement), a.statement))
    return ranked[:count]


Hypothesis = tuple[str, str]


def parse_goal(text: str) -> tuple[list[Hypothesis], str] | None:
    """Hypotheses and target of a printed goal; None for one that can't be stated again as text.

    Inaccessible names (``x✝``), values (``x : T := v``) and metavariables stay unparsed.
    """
    context, mark, target = text.rpartition("⊢")
    if not mark or "✝" in text or "?" in text or "⋯" in text or "…" in text:
        return None
    hypotheses: list[Hypothesis] = []
    for line in context.strip().split("\n"):
        if not line.strip() or line.startswith("case "):
            continue
        if line.startswith((" ", "\t")):
            if not hypotheses:
                return None
            hypotheses[-1] = (hypotheses[-1][0], f"{hypotheses[-1][1]} {line.strip()}")
            continue
        names, colon, type_ = line.partition(" : ")
        if not colon or ":=" in type_ or not re.fullmatch(r"[^\s:()]+( [^\s:()]+)*", names):
            return None
        hypotheses += [(name, type_.strip()) for name in names.split()]
    return hypotheses, " ".join(target.split())


def closed(hypotheses: Sequence[Hypothesis], target: str) -> str:
    """A goal as a statement."""
    return "".join(f"∀ ({name} : {type_}), " for name, type_ in hypotheses) + target


def mentions(text: str, name: str) -> bool:
    """Whether a name occurs as a word."""
    return re.search(rf"(?<![\w.']){re.escape(name)}(?![\w'])", text) is not None


def variants(hypotheses: list[Hypothesis], target: str) -> list[tuple[Kind, str]]:
    """The goal itself, it without one hypothesis, and it with two variables made one."""
    statements: list[tuple[Kind, str]] = [("subgoal", closed(hypotheses, target))]
    for k in range(len(hypotheses) - 1, -1, -1):
        name = hypotheses[k][0]
        rest = hypotheses[:k] + hypotheses[k + 1 :]
        texts = [target, *(t for _, t in hypotheses[k + 1 :])]
        if not any(mentions(text, name) for text in texts):
            statements.append(("generalisation", closed(rest, target)))
            break
    for k, (name, type_) in enumerate(hypotheses):
        twin = next((n for n, t in hypotheses[:k] if t == type_ and mentions(target, n)), None)
        if twin is None or not mentions(target, name):
            continue
        pattern = rf"(?<![\w.']){re.escape(name)}(?![\w'])"

        def put(text: str, pattern: str = pattern, twin: str = twin) -> str:
            return re.sub(pattern, twin, text)

        rest = [(n, put(t)) for n, t in hypotheses if n != name]
        statements.append(("specialisation", closed(rest, put(target))))
        break
    return statements
