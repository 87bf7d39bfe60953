"""Goals as expression trees: reading what the gym sends, and writing Lean text again.

The gym sends a goal as a table of nodes that point at each other by number (see ``docs/gym.md``).
Here an expression is a nested tuple; equal sub-terms of one goal are the same object, so that
comparing them is cheap:

``("c", name)`` constant · ``("f", name)`` local hypothesis or variable · ``("b", k)`` bound
variable, counted from the inside · ``("a", fn, args, explicit)`` application · ``("l" | "p",
name, type, body)`` function, ∀/→ · ``("n", k)``, ``("s", text)`` literals · ``("S", level)`` a
sort · ``("e", type, value, body)`` let · ``("j", struct, k, e)`` projection · ``("m", k)`` hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Expr = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A line of the context."""

    name: str
    type: Expr
    is_prop: bool


@dataclass(slots=True)
class GoalTree:
    """A goal: its context and what is to be shown."""

    hyps: list[Hypothesis]
    target: Expr
    types: dict[str, Expr] = field(default_factory=dict)
    """Type of each hypothesis by name (the last one, if a name is shadowed)."""

    def __post_init__(self) -> None:
        self.types = {h.name: h.type for h in self.hyps}


class BadTree(ValueError):
    """A tree that does not follow the protocol."""


def build_nodes(nodes: Sequence[Sequence[Any]], hyp_names: Sequence[str]) -> list[Expr]:
    """All nodes of a table as expressions; a node may only point at earlier ones."""
    built: list[Expr] = []
    for number, node in enumerate(nodes):
        try:
            built.append(_node(node, built, hyp_names))
        except (IndexError, TypeError, ValueError) as fault:
            raise BadTree(f"node {number}: {node!r}") from fault
    return built


def _node(node: Sequence[Any], built: Sequence[Expr], hyp_names: Sequence[str]) -> Expr:
    match node[0]:
        case "f":
            return ("f", hyp_names[node[1]])
        case "a":
            args = tuple(built[a] for a in node[2])
            return ("a", built[node[1]], args, tuple(bool(x) for x in node[3]))
        case "l" | "p":
            return (node[0], node[1], built[node[2]], built[node[3]])
        case "e":
            return ("e", built[node[1]], built[node[2]], built[node[3]])
        case "j":
            return ("j", node[1], node[2], built[node[3]])
        case "c" | "b" | "n" | "s" | "S" | "m":
            return tuple(node)
    raise ValueError(node[0])


def parse_goal(tree: Mapping[str, Any], is_prop: Mapping[str, bool]) -> GoalTree:
    """A goal from the gym's ``tree``. Raises `BadTree`."""
    names = [name for name, _ in tree["hyps"]]
    nodes = build_nodes(tree["nodes"], names)
    hyps = [Hypothesis(n, nodes[i], is_prop.get(n, False)) for n, i in tree["hyps"]]
    return GoalTree(hyps, nodes[tree["target"]])


def head(expr: Expr) -> Expr:
    """The function of an application, else the expression itself."""
    while expr[0] == "a":
        expr = expr[1]
    return expr


def head_name(expr: Expr) -> str:
    """Name of the head constant, "" if the head is none."""
    h = head(expr)
    return str(h[1]) if h[0] == "c" else ""


def explicit_args(expr: Expr) -> list[Expr]:
    """The arguments a reader sees."""
    if expr[0] != "a":
        return []
    return [a for a, shown in zip(expr[2], expr[3], strict=True) if shown]


def children(expr: Expr) -> tuple[Expr, ...]:
    """Direct sub-expressions."""
    match expr[0]:
        case "a":
            return (expr[1], *expr[2])
        case "l" | "p":
            return (expr[2], expr[3])
        case "e":
            return (expr[1], expr[2], expr[3])
        case "j":
            return (expr[3],)
    return ()


def subterms(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, outside first."""
    yield expr
    for child in children(expr):
        yield from subterms(child)


def constants(expr: Expr) -> set[str]:
    """Names of all constants in it."""
    return {e[1] for e in subterms(expr) if e[0] == "c"}


def locals_of(expr: Expr) -> set[str]:
    """Names of all hypotheses and variables of the context in it."""
    return {e[1] for e in subterms(expr) if e[0] == "f"}


def uses_bound(expr: Expr, k: int = 0) -> bool:
    """Whether bound variable ``k`` occurs."""
    match expr[0]:
        case "b":
            return bool(expr[1] == k)
        case "l" | "p":
            return uses_bound(expr[2], k) or uses_bound(expr[3], k + 1)
        case "e":
            return uses_bound(expr[1], k) or uses_bound(expr[2], k) or uses_bound(expr[3], k + 1)
    return any(uses_bound(c, k) for c in children(expr))


def loose(expr: Expr, depth: int = 0) -> bool:
    """Whether a variable is bound outside the expression."""
    match expr[0]:
        case "b":
            return bool(expr[1] >= depth)
        case "l" | "p":
            return loose(expr[2], depth) or loose(expr[3], depth + 1)
        case "e":
            return loose(expr[1], depth) or loose(expr[2], depth) or loose(expr[3], depth + 1)
    return any(loose(c, depth) for c in children(expr))


def instantiate(expr: Expr, value: Expr, k: int = 0) -> Expr:
    """Replace bound variable ``k`` by a closed value and lower the outer ones."""
    match expr[0]:
        case "b":
            return value if expr[1] == k else (("b", expr[1] - 1) if expr[1] > k else expr)
        case "a":
            args = tuple(instantiate(a, value, k) for a in expr[2])
            return ("a", instantiate(expr[1], value, k), args, expr[3])
        case "l" | "p":
            return (
                expr[0],
                expr[1],
                instantiate(expr[2], value, k),
                instantiate(expr[3], value, k + 1),
            )
        case "e":
            return (
                "e",
                instantiate(expr[1], value, k),
                instantiate(expr[2], value, k),
                instantiate(expr[3], value, k + 1),
            )
        case "j":
            return ("j", expr[1], expr[2], instantiate(expr[3], value, k))
    return expr


def bind(expr: Expr, name: str, depth: int = 0) -> Expr:
    """Turn a variable of the context into the bound variable of a binder around ``expr``."""
    match expr[0]:
        case "f":
            return ("b", depth) if expr[1] == name else expr
        case "b":
            return ("b", expr[1] + 1) if expr[1] >= depth else expr
        case "a":
            args = tuple(bind(a, name, depth) for a in expr[2])
            return ("a", bind(expr[1], name, depth), args, expr[3])
        case "l" | "p":
            return (expr[0], expr[1], bind(expr[2], name, depth), bind(expr[3], name, depth + 1))
        case "e":
            head_, value, body = expr[1:]
            return (
                "e",
                bind(head_, name, depth),
                bind(value, name, depth),
                bind(body, name, depth + 1),
            )
        case "j":
            return (*expr[:3], bind(expr[3], name, depth))
    return expr


def beta(expr: Expr) -> Expr:
    """Apply functions that are written out, and join nested applications."""
    match expr[0]:
        case "a":
            function, args = beta(expr[1]), tuple(beta(a) for a in expr[2])
            shown = expr[3]
            while function[0] == "l" and args:
                function, args, shown = beta(instantiate(function[3], args[0])), args[1:], shown[1:]
            if not args:
                return function
            if function[0] == "a":
                return ("a", function[1], function[2] + args, function[3] + shown)
            return ("a", function, args, shown)
        case "l" | "p":
            return (expr[0], expr[1], beta(expr[2]), beta(expr[3]))
        case "e":
            return ("e", beta(expr[1]), beta(expr[2]), beta(expr[3]))
        case "j":
            return (*expr[:3], beta(expr[3]))
    return expr


INFIX = {
    "HAdd.hAdd": ("+", 65),
    "HSub.hSub": ("-", 65),
    "HMul.hMul": ("*", 70),
    "HDiv.hDiv": ("/", 70),
    "HMod.hMod": ("%", 70),
    "HPow.hPow": ("^", 75),
    "HAppend.hAppend": ("++", 65),
    "List.cons": ("::", 67),
    "Dvd.dvd": ("∣", 50),
    "LE.le": ("≤", 50),
    "LT.lt": ("<", 50),
    "GE.ge": ("≥", 50),
    "GT.gt": (">", 50),
    "Membership.mem": ("∈", 50),
    "Eq": ("=", 50),
    "Ne": ("≠", 50),
    "And": ("∧", 35),
    "Or": ("∨", 30),
    "Iff": ("↔", 20),
}

RIGHT = {"List.cons", "And", "Or", "HPow.hPow"}


def show(expr: Expr, bound: Sequence[str] = (), level: int = 0) -> str:
    """Lean text of an expression. ``level`` is the binding strength around it (1024: atom)."""

    def wrap(text: str, own: int) -> str:
        return f"({text})" if own < level else text

    kind = expr[0]
    if kind in ("c", "f"):
        return str(expr[1])
    if kind == "b":
        return bound[-1 - expr[1]] if expr[1] < len(bound) else f"#{expr[1]}"
    if kind == "n":
        return str(expr[1])
    if kind == "s":
        return '"' + str(expr[1]).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if kind == "S":
        return "Prop" if str(expr[1]) == "0" else "Type _"
    if kind == "m":
        return "_"
    if kind == "j":
        return f"{show(expr[3], bound, 1024)}.{int(expr[2]) + 1}"
    if kind == "l":
        name = fresh(expr[1], bound)
        return wrap(f"fun {name} => {show(expr[3], [*bound, name])}", 1)
    if kind == "p":
        if not uses_bound(expr[3]):
            left = show(expr[2], bound, 26)
            return wrap(f"{left} → {show(expr[3], [*bound, '_'], 25)}", 25)
        name = fresh(expr[1], bound)
        text = f"∀ {name} : {show(expr[2], bound)}, {show(expr[3], [*bound, name])}"
        return wrap(text, 1)
    if kind == "e":
        return show(instantiate(expr[3], expr[2]), bound, level)
    return _show_application(expr, bound, wrap)


def _show_application(expr: Expr, bound: Sequence[str], wrap: Callable[[str, int], str]) -> str:
    name, args = head_name(expr), explicit_args(expr)
    if name == "OfNat.ofNat" and args:
        return show(args[0], bound, 1024)
    if name == "Not" and args:
        return wrap("¬" + show(args[0], bound, 1024), 1000)
    if name == "Neg.neg" and args:
        return wrap("-" + show(args[0], bound, 76), 75)
    if name == "Inv.inv" and args:
        return wrap(show(args[0], bound, 1024) + "⁻¹", 1023)
    if name == "Exists" and args and args[0][0] == "l":
        variable = fresh(args[0][1], bound)
        text = f"∃ {variable} : {show(args[0][2], bound)}, {show(args[0][3], [*bound, variable])}"
        return wrap(text, 1)
    if name == "Membership.mem" and len(args) == 2:
        args = args[::-1]  # the collection comes first in the constant
    if name in INFIX and len(args) == 2:
        symbol, own = INFIX[name]
        first, second = (own + 1, own) if name in RIGHT else (own, own + 1)
        if own == 50:
            first = second = 51
        text = f"{show(args[0], bound, first)} {symbol} {show(args[1], bound, second)}"
        return wrap(text, own)
    function = show(expr[1], bound, 1024)
    if not args:
        hidden = [hidden_argument(a, bound) for a in expr[2]]
        return wrap(f"@{function} {' '.join(hidden)}", 1023) if hidden else function
    return wrap(" ".join([function, *[show(a, bound, 1024) for a in args]]), 1023)


def hidden_argument(expr: Expr, bound: Sequence[str] = ()) -> str:
    """An implicit argument written out; instances are left to Lean."""
    return "_" if "inst" in head_name(expr) else show(expr, bound, 1024)


def fresh(name: str, taken: Sequence[str] | set[str]) -> str:
    """A readable name like ``name`` that is not taken."""
    base = name.replace("✝", "").split(".")[-1] or "x"
    if not (base[0].isalpha() or base[0] == "_") or base == "_":
        base = "x"
    if base not in taken:
        return base
    number = 1
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"
