"""A situation as Lean text, for models that have read Lean: goals as theorems, premises in full."""

from __future__ import annotations

import re

from autoresearch_formal.actions.base import GoalView, NameView, Situation
from autoresearch_formal.actions.prompt import flat, shorten
from autoresearch_formal.policy.formats.base import Detail

GOAL = "target"
"""What a goal is called when it is stated as a theorem."""

RULES = (
    "This is Lean 4 without Mathlib. Only core Lean and the declarations listed here exist; "
    "any other name is refused."
)

_TAKEN = re.compile(r"[^\W\d][\w'!?₀-₉]*")


def state(goal: GoalView, detail: Detail) -> str:
    """A goal as Lean prints it."""
    return shorten(goal.pp, detail.characters) if detail.characters else goal.pp.strip()


def theorem(goal: GoalView, detail: Detail, name: str = GOAL) -> str:
    """A goal as the head of a theorem: its hypotheses as binders, up to ``:= by``.

    A definition in the context becomes a `let` in front of what is to be proved.
    """
    if not goal.hyps and "⊢" in goal.pp:
        return f"/- {state(goal, detail)} -/\ntheorem {name} : {flat(goal.target)} := by"
    binders, lets = [], []
    for hyp in goal.hyps:
        if hyp.value is None:
            binders.append(f"({hyp.name} : {flat(hyp.type)})")
        else:
            lets.append(f"let {hyp.name} : {flat(hyp.type)} := {flat(hyp.value)}; ")
    head = f"theorem {name}"
    lines = [head]
    for binder in binders:
        if len(lines[-1]) + len(binder) > 96:
            lines.append("   ")
        lines[-1] += f" {binder}"
    target = "".join(lets) + flat(goal.target)
    text = "\n".join(lines) + f" :\n    {target} := by"
    if detail.characters and len(text) > detail.characters:
        return f"/- {state(goal, detail)} -/\ntheorem {name} : _ := by"
    return text


def declaration(name: NameView) -> str:
    """A declaration on one line, in full."""
    return f"{name.name} : {flat(name.type)}"


def premises(situation: Situation, detail: Detail) -> list[str]:
    """Inventions of this line of the search, then visible names, best first."""
    invented = situation.theory.invented[-detail.invented :] if detail.invented else ()
    return [declaration(n) for n in (*invented, *situation.names[: detail.names])]


def background(situation: Situation, detail: Detail) -> str:
    """Premises, the statement that is worked on and the path so far, as text for people."""
    parts = []
    lines = premises(situation, detail)
    if lines:
        parts.append("Declarations you may use:\n```lean4\n" + "\n".join(lines) + "\n```")
    if situation.statement and detail.path:
        parts.append(f"The proof began at:\n```\n{situation.statement.strip()}\n```")
    if situation.path and detail.path:
        steps = "\n".join(situation.path[-detail.path :])
        parts.append(f"Steps that led from there to the goal below:\n```lean4\n{steps}\n```")
    return "\n\n".join(parts)


def others(situation: Situation, detail: Detail) -> str:
    """The goals that come after the first, if there are any."""
    rest = situation.goals[1 : detail.goals]
    return "\n\n".join(state(goal, detail) for goal in rest)


def refused(situation: Situation, detail: Detail) -> list[tuple[str, str]]:
    """What was tried here and what Lean said, oldest first."""
    return [(t.text, t.error) for t in reversed(situation.tries[: detail.tries])]


def indented(text: str, by: str = "  ") -> str:
    """Every line of a text that is not empty moved to the right."""
    return "\n".join(by + line if line.strip() else line for line in text.split("\n"))


def hypothesis_names(goal: GoalView) -> tuple[str, ...]:
    """Names of a goal's context, from its views or from what is printed."""
    if goal.hyps:
        return tuple(h.name for h in goal.hyps)
    names: list[str] = []
    for line in goal.pp.rpartition("⊢")[0].split("\n"):
        before, colon, _ = line.partition(" : ")
        if colon and not line.startswith(" "):
            names += _TAKEN.findall(before)
    return tuple(names)
