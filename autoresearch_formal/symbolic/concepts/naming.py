"""Names for definitions, put together from the shapes of their parts.

The words describe how an expression is built (what changes places, what stays inside, what is
undone), never what it is called in a book; a name has no influence on what is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping

from autoresearch_formal.symbolic.concepts.patterns import Abstraction
from autoresearch_formal.terms.expr import Expr, explicit_args, head, head_name

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
    if expr[0] != "a":
        return []
    fn = expr[1]
    own = [hints[fn[1]]] if fn[0] == "h" else [str(head(fn)[1]).rpartition(".")[2]]
    return own + [name for a in explicit_args(expr) for name in functions(a, hints)]


def word(part: Expr, known: Mapping[str, str]) -> str:
    """One word for a proposition."""
    premises, depth = [], 0
    while part[0] == "p":
        if not dependent(part[3]):
            premises.append(part[2])
        part, depth = part[3], depth + 1
    name = head_name(part)
    if name in known:
        return known[name]
    if name == "Eq":
        left, right = explicit_args(part)
        return equation_word(left, right)
    if part[0] == "a" and part[1][0] in ("h", "b"):
        kept = any(p[0] == "a" and p[1][0] in ("h", "b") for p in premises)
        return "Kept" if kept else "Held"
    if name == "Membership.mem":
        kept = any(head_name(p) == name for p in premises)
        return "Kept" if kept else "Listed"
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


def dependent(body: Expr, k: int = 0) -> bool:
    """Whether the bound variable occurs."""
    match body[0]:
        case "b":
            return bool(body[1] == k)
        case "l" | "p":
            return dependent(body[2], k) or dependent(body[3], k + 1)
        case "a":
            return dependent(body[1], k) or any(dependent(a, k) for a in body[2])
    return False


def equation_word(left: Expr, right: Expr) -> str:
    """One word for an equation, from the arrangement of its two sides."""
    both = left[0] == right[0] == "a"
    if both and left[1] == right[1]:
        first, second = explicit_args(left), explicit_args(right)
        if first == second[::-1]:
            return "Interchanged"
        inner = [a for a in first if a[0] == "a"]
        if inner and inner[0][1] == left[1]:
            return "Rebracketed"
        if inner and second and second[-1][0] == "a":
            return "Successive"
        return "Unchanged"
    if left[0] == "a" and right in explicit_args(left):
        return "Neutral"
    if left[0] == "a" and right[0] != "a":
        inner = [a for a in explicit_args(left) if a[0] == "a"]
        if inner and len(explicit_args(left)) == 2:
            return "Undone"
        return "SentTo"
    if both and any(a[0] == "a" and a[1] == right[1] for a in explicit_args(left)):
        return "Carried"
    if both and any(a[0] == "a" and a[1] == left[1] for a in explicit_args(right)):
        return "Carried"
    return "Composed"
