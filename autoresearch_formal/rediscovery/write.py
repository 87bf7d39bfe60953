"""``X.Rediscovery.lean``: the inventions, and the theorems that say what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from autoresearch_formal.lean.handles import Theory
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.rediscovery.statement import ClosedStatement
from autoresearch_formal.targets.worlds import World

NAMESPACE = "Reconstruct.Rediscovery"
WIDTH = 100

WORDS = {
    "equivalent": "is equivalent to",
    "stronger": "implies",
    "weaker": "is implied by",
}


class Told(Protocol):
    """What a theorem's text is made from: a finding."""

    invention: str
    relation: str
    statement: ClosedStatement
    proof: list[str]

    @property
    def concept(self) -> str:
        """The concept's name."""
        ...

    @property
    def constant(self) -> str:
        """The reference constant."""
        ...


@dataclass(frozen=True, slots=True)
class WrittenTheorem:
    """A theorem as it stands in the file."""

    name: str
    text: str


def theorem_name(finding: Told, taken: set[str]) -> str:
    """``Invention_iff_Concept`` or the like, not taken."""
    link = {"equivalent": "iff", "stronger": "implies", "weaker": "of"}[finding.relation]
    mine = finding.invention.rpartition(".")[2]
    theirs = finding.concept.replace(".", "_")
    base = f"{mine}_{link}_{theirs}"
    chosen, number = base, 2
    while chosen in taken:
        chosen, number = f"{base}_{number}", number + 1
    taken.add(chosen)
    return chosen


def readable(gym: Gym, theory: Theory, statement: ClosedStatement) -> str | None:
    """The statement as Lean prints it, binders first, if it reads back as the same goal."""
    try:
        _, answer = gym.goal(theory, statement=statement.text)
    except GymError:
        return None
    goal = answer.goals[0]
    heads = []
    for hyp in goal.hyps:
        type_ = re.sub(r"\b(Type|Sort) u(_\d+)?\b", r"\1 _", hyp.type)
        heads.append(f"({hyp.name} : {type_})")
    text = " ".join(heads)
    target = goal.target
    try:
        _, again = gym.goal(theory, statement=f"∀ {text}, {target}" if heads else target)
    except GymError:
        return None
    if [g.fingerprint for g in again.goals] != [goal.fingerprint]:
        return None
    return f"{text} :\n    {target}" if heads else f":\n    {target}"


def theorem(gym: Gym, theory: Theory, finding: Told, taken: set[str]) -> WrittenTheorem:
    """The theorem of a finding."""
    name = theorem_name(finding, taken)
    said = readable(gym, theory, finding.statement)
    proof = list(finding.proof)
    if said is None:
        said = f": {finding.statement.text}"
    elif proof and proof[0].startswith("intro "):
        proof = proof[1:]
    doc = f"`{finding.invention}` {WORDS[finding.relation]} `{finding.constant}`."
    lines = "\n".join("  " + part for line in proof for part in line.split("\n"))
    return WrittenTheorem(
        f"{NAMESPACE}.{name}",
        f"/-- {doc} -/\ntheorem {name} {said} := by\n{lines}",
    )


def file_text(source: str, title: str, theorems: Sequence[WrittenTheorem]) -> str:
    """The whole file: the source with one more import, then the theorems."""
    imports = re.findall(r"(?m)^import .*$", source)
    rest = re.sub(r"(?m)^import .*\n?", "", source).strip("\n")
    world = World()
    if f"import {world.foundation}" not in imports:
        imports.insert(0, f"import {world.foundation}")
    imports.append(f"import {world.reference}")
    body = "\n\n".join(t.text for t in theorems)
    return (
        "\n".join(dict.fromkeys(imports))
        + f"\n\n{rest}\n\n/-!\n# {title}: what the definitions are\n\nEach theorem compares a "
        "definition above with a concept of the reference library, which no search sees.\n-/\n\n"
        f"namespace {NAMESPACE}\n\n{body}\n\nend {NAMESPACE}\n"
    )
