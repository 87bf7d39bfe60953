"""Statements made from known ones: special cases, more general forms, other symbols, converses."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from autoresearch_formal.data.synth.algebra import Conjecture

_GROUP = re.compile(r"^([({])([^:(){}]+) : ([^(){}]*(?:\([^()]*\)[^(){}]*)*)[)}]")
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_SWAPS = (("+", "*"), ("<", "≤"), ("∣", "≤"), ("+ 1", "+ 2"), ("*", "+"))


def split_binders(statement: str) -> tuple[list[tuple[str, list[str], str]], str] | None:
    """``∀ (a b : T) {c : U}, rest`` as [(bracket, names, type)] and rest; None for other shapes."""
    text = " ".join(statement.split())
    if not text.startswith("∀ "):
        return None
    text = text[2:]
    binders = []
    while (found := _GROUP.match(text)) is not None:
        binders.append((found[1], found[2].split(), found[3]))
        text = text[found.end() :].lstrip()
    if not binders or not text.startswith(", "):
        return None
    return binders, text[2:]


def join(binders: Sequence[tuple[str, list[str], str]], rest: str) -> str:
    """Inverse of `split_binders`."""
    shown = [
        f"{open_}{' '.join(names)} : {type_}{')' if open_ == '(' else '}'}"
        for open_, names, type_ in binders
        if names
    ]
    return f"∀ {' '.join(shown)}, {rest}" if shown else rest


def word(name: str, value: str, text: str) -> str:
    """Replace an identifier."""
    return re.sub(rf"(?<![\w.']){re.escape(name)}(?![\w'])", lambda _: value, text)


def mutate(name: str, statement: str, chance: random.Random) -> Conjecture | None:
    """One or two random changes of a statement; None where its shape allows none."""
    text = " ".join(statement.split())
    for _ in range(chance.choice((1, 1, 2))):
        changed = _change(text, chance)
        if changed is None:
            return None
        text = changed
    if text == " ".join(statement.split()):
        return None
    return Conjecture(text, "synth.mutation", ((f"simp [{name}]",), (f"grind [{name}]",)))


def _change(text: str, chance: random.Random) -> str | None:
    parts = split_binders(text)
    kind = chance.choice(("same", "number", "swap", "turn", "drop", "general", "value"))
    if kind == "swap":
        old, new = chance.choice(_SWAPS)
        return text.replace(f" {old} ", f" {new} ", 1) if f" {old} " in text else None
    if kind == "turn":
        head, _, last = text.rpartition(", ")
        hypotheses, arrow, claim = last.rpartition(" → ")
        if claim.count(" = ") != 1 or "↔" in claim or "∧" in claim or "∃" in text:
            return None
        left, right = claim.split(" = ")
        return f"{head}{', ' if head else ''}{hypotheses}{arrow}{right} = {left}"
    if parts is None:
        return None
    binders, rest = parts
    numbers = [
        (i, n) for i, (_, names, t) in enumerate(binders) if t in ("Nat", "Int") for n in names
    ]
    if kind == "same" and len(numbers) >= 2:
        (_, keep), (at, gone) = chance.sample(numbers, 2)
        return _without(binders, rest, at, gone, keep)
    if kind in ("number", "value") and numbers:
        at, gone = chance.choice(numbers)
        value = chance.choice(("0", "1", "2", "3", "10"))
        return _without(binders, rest, at, gone, value)
    if kind == "general":
        numerals = list(_NUMBER.finditer(rest))
        if not numerals or any(n == "q" for _, names, _ in binders for n in names):
            return None
        pick = chance.choice(numerals)
        new = f"{rest[: pick.start()]}q{rest[pick.end() :]}"
        return join([*binders, ("(", ["q"], "Nat")], new)
    if kind == "drop" and " → " in rest and "(" not in rest.split(" → ")[0]:
        return join(binders, rest.split(" → ", 1)[1])
    return None


def _without(
    binders: Sequence[tuple[str, list[str], str]], rest: str, at: int, gone: str, value: str
) -> str:
    kept = []
    for index, (open_, names, type_) in enumerate(binders):
        left = [n for n in names if not (index == at and n == gone)]
        kept.append((open_, left, word(gone, value, type_)))
    return join(kept, word(gone, value, rest))
