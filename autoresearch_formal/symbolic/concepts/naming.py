"""Names for definitions, put together from the shapes of their parts.

The words describe how an expression is built (what changes places, what stays inside, what is
undone), never what it is called in a book; a name has no influence on what is chosen.
"""

from __future__ import annotations

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
    uses_bound,
)

MAX_WORDS = 3


def name_of(shape: Abstraction, known: Mapping[str, str]) -> str:
    """A name in upper camel case for a proposition, in lower camel case for a term."""
    if shape.result is not None:
        heads = functions(shape.parts[0], shape.hints)
        return "of" + "".join(h[:1].upper() + h[1:] for h in heads[:4])
    words: dict[str, None] = {}
    for part in shape.parts:
        words[word(part, known)] = None
    return "".join(list(words)[:MAX_WORDS])


def functions(expr: Expr, hints: tuple[str, ...]) -> list[str]:
    """Names of the operations of a term, outermost first."""
    if not isinstance(expr, App):
        return []
    fn = head(expr)
    own = hints[fn.number] if isinstance(fn, Hole) else getattr(fn, "name", "").rpartition(".")[2]
    return [own] + [name for a in explicit_args(expr) for name in functions(a, hints)]


def word(part: Expr, known: Mapping[str, str]) -> str:
    """One word for a proposition."""
    premises = []
    while isinstance(part, Pi):
        if not uses_bound(part.body):
            premises.append(part.type)
        part = part.body
    name = head_name(part)
    if name in known:
        return known[name]
    if name == "Eq":
        left, right = explicit_args(part)
        return equation_word(left, right)
    if is_predicate_use(part):
        return "Kept" if any(map(is_predicate_use, premises)) else "Held"
    if name == "Membership.mem":
        return "Kept" if any(head_name(p) == name for p in premises) else "Listed"
    words = {
        "Exists": "Reached",
        "Iff": "Exactly",
        "LE.le": "Least" if premises else "Bounded",
        "LT.lt": "Bounded",
        "Dvd.dvd": "Divided",
        "And": "Both",
        "Or": "Either",
        "Not": "Excluded",
        "Ne": "Different",
    }
    return words.get(name, "Notion")


def is_predicate_use(part: Expr) -> bool:
    """Whether a hole or a bound variable is applied."""
    return isinstance(part, App) and isinstance(part.function, (Hole, Bound))


def equation_word(left: Expr, right: Expr) -> str:
    """One word for an equation, from the arrangement of its two sides."""
    if not isinstance(left, App):
        return "Composed"
    if isinstance(right, App):
        return function_word(left, right)
    first = explicit_args(left)
    inner = [a for a in first if isinstance(a, App)]
    if right in first:
        return "Neutral"
    return "Undone" if inner and len(first) == 2 else "SentTo"


def function_word(left: App, right: App) -> str:
    """One word for an equation of two applications."""
    first, second = explicit_args(left), explicit_args(right)
    inner = [a for a in first if isinstance(a, App)]
    if left.function == right.function:
        if first == second[::-1]:
            return "Interchanged"
        if inner and inner[0].function == left.function:
            return "Rebracketed"
        if inner and second and isinstance(second[-1], App):
            return "Successive"
        return "Unchanged"
    if right in first:
        return "Neutral"
    if any(a.function == right.function for a in inner):
        return "Carried"
    if any(isinstance(a, App) and a.function == left.function for a in second):
        return "Carried"
    return "Composed"
