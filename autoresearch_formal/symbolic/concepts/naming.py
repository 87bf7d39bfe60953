"""Names for definitions, from the grammar of what they say.

A name tells an equation from an existence and counts what it joins; it says nothing of what the
operations do, and it has no influence on what is chosen. Names by content would be a table of
notions by someone who knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from autoresearch_formal.symbolic.concepts.patterns import Abstraction
from autoresearch_formal.terms import (
    App,
    Bound,
    Expr,
    Hole,
    Pi,
    explicit_args,
    head,
    head_name,
)

GRAMMAR = {
    "Eq": "Equation",
    "Exists": "Existence",
    "Iff": "Equivalence",
    "LE.le": "Bound",
    "LT.lt": "Bound",
    "Dvd.dvd": "Divisibility",
    "And": "Conjunction",
    "Or": "Alternative",
    "Not": "Negation",
    "Ne": "Difference",
    "Membership.mem": "Membership",
}
"""The head of a proposition → what grammar calls it."""

MAX_WORDS = 3


def name_of(shape: Abstraction, known: Mapping[str, str]) -> str:
    """A name in upper camel case for a proposition, in lower camel case for a term.

    Args:
        shape: what is to be named.
        known: names of earlier definitions, which a name is made of where they occur.
    """
    if shape.result is not None:
        heads = functions(shape.parts[0], shape.hints)
        return "of" + "".join(h[:1].upper() + h[1:] for h in heads[:4])
    counts = Counter(word(part, known) for part in shape.parts)
    words = [w if n == 1 or w in known.values() else f"{w}s" for w, n in counts.items()]
    return "".join(words[:MAX_WORDS])


def functions(expr: Expr, hints: tuple[str, ...]) -> list[str]:
    """Names of the operations of a term, outermost first."""
    if not isinstance(expr, App):
        return []
    fn = head(expr)
    own = hints[fn.number] if isinstance(fn, Hole) else getattr(fn, "name", "").rpartition(".")[2]
    return [own] + [name for a in explicit_args(expr) for name in functions(a, hints)]


def word(part: Expr, known: Mapping[str, str]) -> str:
    """One word for a proposition, from what is left of it behind its variables and premises."""
    while isinstance(part, Pi):
        part = part.body
    if isinstance(part, App) and isinstance(part.function, Hole | Bound):
        return "Condition"
    name = head_name(part)
    return known.get(name) or GRAMMAR.get(name, "Property")
