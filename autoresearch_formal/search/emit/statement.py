"""Statements of lemmas as text, taken apart and put together again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatedGoal:
    """A lemma's statement, taken apart."""

    binders: tuple[tuple[str, str], ...]
    conclusion: str

    @property
    def names(self) -> list[str]:
        """What it is applied to, in order."""
        return [name for name, _ in self.binders]

    @property
    def text(self) -> str:
        """The statement again."""
        return f"∀ {' '.join(f'({n} : {t})' for n, t in self.binders)}, {self.conclusion}"


def take_apart(statement: str) -> StatedGoal | None:
    """A statement of the form ``∀ (x : A) (h : B x) …, C``; None for anything else."""
    if not statement.startswith("∀ ("):
        return None
    binders, at = [], 2
    while statement[at : at + 1] == "(":
        end = closing(statement, at)
        if end is None or " : " not in statement[at:end]:
            return None
        names, _, type_ = statement[at + 1 : end].partition(" : ")
        binders += [(name, type_) for name in names.split()]
        at = end + 1
        while statement[at : at + 1] == " ":
            at += 1
    if statement[at : at + 1] != ",":
        return None
    return StatedGoal(tuple(binders), statement[at + 1 :].strip())


def closing(text: str, at: int) -> int | None:
    """Where the bracket that opens at a place is closed."""
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] in "([{⟨") - (text[place] in ")]}⟩")
        if depth == 0:
            return place
    return None
