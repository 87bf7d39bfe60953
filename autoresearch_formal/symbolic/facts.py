"""Library facts for the first-order prover: chosen by symbols, made monomorphic.

A library theorem quantifies over types and over numbers that types depend on
(``∀ {n : Nat} (s : Substitution n), …``). First-order logic has no such quantifiers, so these
leading binders are filled with what the goal offers; the rest stays quantified.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources

from autoresearch_formal.actions.base import NameView
from autoresearch_formal.symbolic.induction import alpha
from autoresearch_formal.terms.expr import (
    BadTree,
    Expr,
    GoalTree,
    Hypothesis,
    beta,
    bind,
    constants,
    head_name,
    instantiate,
    locals_of,
    parse_goal,
    show,
    subterms,
    uses_bound,
)

MAX_COPIES = 4
"""Instances of one fact for different types."""

MAX_FUNCTIONS = 4
"""Functions that are put in for a function variable of a fact."""


@functools.cache
def background() -> dict[str, int]:
    """Names of the core facts, with the expansion of a goal from which on each is used."""
    file = resources.files("autoresearch_formal.symbolic") / "background.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {**dict.fromkeys(table["facts"], 1), **dict.fromkeys(table["late"], 3)}


def fact_expr(view: NameView) -> Expr | None:
    """The statement of a declaration, if it came with a good tree."""
    if view.tree is None or view.kind not in ("theorem", "lemma", "axiom"):
        return None
    try:
        return parse_goal(view.tree, {}).target
    except (BadTree, KeyError):
        return None


STRUCTURE = {"Eq", "Ne", "And", "Or", "Not", "Iff", "Exists", "True", "False", "OfNat.ofNat", "ite"}


def matters(fact: Expr, symbols: set[str], strangers: int = 0) -> bool:
    """Whether the fact's symbols are in the goal already, all but ``strangers`` of them."""
    spoken = {c for c in constants(fact) if not _is_instance(c)} - STRUCTURE
    missing = spoken - symbols
    if not spoken or len(missing) > strangers:
        return False
    return not missing or any(c in symbols and "." in c for c in spoken)


def _is_instance(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last.startswith("inst") or ".inst" in name


def goal_symbols(goal: GoalTree) -> set[str]:
    """Constants of the target and of the facts in the context."""
    found = constants(goal.target)
    for h in goal.hyps:
        found |= constants(h.type)
    return found


def usable(goal: GoalTree, views: Sequence[NameView]) -> Iterator[tuple[str, Expr]]:
    """Instances of facts as (Lean text, statement) for the prover."""
    for view in views:
        fact = fact_expr(view)
        if fact is not None:
            yield from itertools.islice(monomorphic(f"@{view.name}", fact, goal), MAX_COPIES)


def monomorphic(
    text: str, fact: Expr, goal: GoalTree, depth: int = 0
) -> Iterator[tuple[str, Expr]]:
    """Fill binders that later types depend on, and those for functions; drop instances.

    Ordinary binders before such a one, ``depth`` of them so far, are passed through by a ``fun``.
    """
    if fact[0] != "p":
        yield text, fact
        return
    _, name, type_, body = fact
    if name.startswith("inst") or _is_instance(head_name(type_)):
        yield from monomorphic(f"{text} _", instantiate(body, ("c", "_")), goal, depth)
    elif type_[0] == "S":
        for candidate in type_candidates(goal):
            filled = f"{text} {show(candidate, (), 1024)}"
            yield from monomorphic(filled, instantiate(body, candidate), goal, depth)
    elif binder_in_types(body):
        for candidate in value_candidates(goal, type_):
            filled = f"{text} {show(candidate, (), 1024)}"
            yield from monomorphic(filled, instantiate(body, candidate), goal, depth)
    elif type_[0] != "p" and in_law(body):
        for h in goal.hyps:
            if not h.is_prop and h.type == type_:
                inner = instantiate(body, ("f", h.name))
                yield from monomorphic(f"{text} {h.name}", inner, goal, depth)
    elif type_[0] == "p" and uses_bound(body):
        for function in function_candidates(goal, type_):
            filled = f"{text} {show(function, (), 1024)}"
            yield from monomorphic(filled, beta(instantiate(body, function)), goal, depth)
    elif (laws := matching(goal, type_)) or is_law(type_):
        for h in laws:
            inner = instantiate(body, ("f", h.name))
            yield from monomorphic(f"{text} {h.name}", inner, goal, depth)
    elif speaks_of_functions(body):
        held = f"p{depth}"
        inner = instantiate(body, ("f", held))
        for said, statement in monomorphic(f"{text} {held}", inner, goal, depth + 1):
            lemma = ("p", name, type_, bind(statement, held))
            yield f"(fun {held} {explicit(said, statement)})", lemma
    else:
        yield text, fact


def explicit(text: str, statement: Expr) -> str:
    """``x0 … => fact x0 …``: none of the arguments of a fact is implicit any more."""
    count = 0
    while statement[0] == "p":
        count, statement = count + 1, statement[3]
    if not count or not text.startswith("@"):
        return f"=> {text}"
    names = " ".join(f"x{k}" for k in range(count))
    return f"{names} => {text} {names}"


def binder_in_types(body: Expr, depth: int = 0) -> bool:
    """Whether the binder occurs in the type of a later binder or in an implicit argument."""
    match body[0]:
        case "p" | "l":
            data = body[2][0] == "a" and uses_bound(body[3]) and not _prop_like(body[2])
            return (
                (data and uses_bound(body[2], depth))
                or binder_in_types(body[2], depth)
                or binder_in_types(body[3], depth + 1)
            )
        case "a":
            return any(
                (not shown and uses_bound(arg, depth)) or binder_in_types(arg, depth)
                for arg, shown in zip(body[2], body[3], strict=True)
            )
    return False


def matching(goal: GoalTree, type_: Expr) -> list[Hypothesis]:
    """Hypotheses that say just what a general premise asks for."""
    wanted = alpha(type_)
    return [h for h in goal.hyps if type_[0] == "p" and alpha(h.type) == wanted]


def is_law(type_: Expr) -> bool:
    """Whether a premise is a general equation: known or not, but nothing to prove on the way."""
    if type_[0] != "p":
        return False
    while type_[0] == "p" and uses_bound(type_[3]):
        type_ = type_[3]
    return head_name(type_) == "Eq"


def speaks_of_functions(body: Expr) -> bool:
    """Whether a later binder ranges over functions."""
    while body[0] == "p":
        if body[2][0] == "p" and uses_bound(body[3]):
            return True
        body = body[3]
    return False


def in_law(body: Expr, depth: int = 0) -> bool:
    """Whether the binder occurs in a premise that is itself a general statement."""
    while body[0] == "p":
        if body[2][0] == "p" and uses_bound(body[2], depth):
            return True
        body, depth = body[3], depth + 1
    return False


def _prop_like(expr: Expr) -> bool:
    return head_name(expr) in STRUCTURE | {
        "LE.le",
        "LT.lt",
        "Membership.mem",
        "Dvd.dvd",
        "GE.ge",
        "GT.gt",
    }


def type_candidates(goal: GoalTree) -> list[Expr]:
    """Types of the data in the context, elements of lists included."""
    found: dict[Expr, None] = {}
    for h in goal.hyps:
        if not h.is_prop and h.type[0] in ("c", "f", "a"):
            for part in subterms(h.type):
                if part[0] == "f" or (part[0] == "c" and part[1] in ("Nat", "Int")):
                    found[part] = None
            found[h.type] = None
    return list(found)[:3]


def function_candidates(goal: GoalTree, type_: Expr) -> list[Expr]:
    """Functions of a type: those of the context, and its operations with one place filled."""
    wanted = alpha(type_)
    found: list[Expr] = [("f", h.name) for h in goal.hyps if alpha(h.type) == wanted]
    mentioned = locals_of(goal.target)
    for h in goal.hyps:
        if h.is_prop or h.type[0] != "p" or h.type[3][0] != "p" or uses_bound(h.type[3]):
            continue
        first, second, rest = h.type[2], h.type[3][2], h.type[3][3]
        for v in goal.hyps:
            if v.is_prop or v.name not in mentioned:
                continue
            if v.type == first and alpha(("p", "x", second, rest)) == wanted:
                found.append(("a", ("f", h.name), (("f", v.name),), (True,)))
            if v.type == second and alpha(("p", "x", first, rest)) == wanted:
                body = ("a", ("f", h.name), (("b", 0), ("f", v.name)), (True, True))
                found.append(("l", "x", first, body))
    return found[:MAX_FUNCTIONS]


def value_candidates(goal: GoalTree, type_: Expr) -> list[Expr]:
    """Terms of a type that occur as arguments of types in the goal."""
    found: dict[Expr, None] = {}
    names = {h.name for h in goal.hyps if h.type == type_}
    for h in goal.hyps:
        if not h.is_prop:
            for part in subterms(h.type):
                if part[0] == "f" and part[1] in names:
                    found[part] = None
    for name in names:
        found.setdefault(("f", name), None)
    return list(found)[:2]
