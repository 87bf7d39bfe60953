"""Library facts for the first-order prover: chosen by symbols, made monomorphic.

A library theorem quantifies over types and over numbers that types depend on
(``∀ {n : Nat} (s : Substitution n), …``). First-order logic has no such quantifiers, so these
leading binders are filled with what the goal offers; the rest stays quantified.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from autoresearch_formal.actions.base import NameView
from autoresearch_formal.terms import (
    ATOM,
    App,
    BadTree,
    Bound,
    Const,
    Expr,
    GoalTree,
    Hypothesis,
    Lambda,
    Local,
    Pi,
    Sort,
    alpha_key,
    apply,
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
    walk,
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
    filled = fillings(fact, goal) if isinstance(fact, Pi) else None
    if filled is not None:
        for argument, rest in filled:
            yield from monomorphic(f"{text} {argument}", rest, goal, depth)
    elif isinstance(fact, Pi) and speaks_of_functions(fact.body):
        held = f"p{depth}"
        inner = instantiate(fact.body, Local(held))
        for term, statement in monomorphic(f"{text} {held}", inner, goal, depth + 1):
            lemma = Pi(fact.name, fact.type, bind(statement, held))
            yield f"(fun {held} {explicit(term, statement)})", lemma
    else:
        yield text, fact


def fillings(fact: Pi, goal: GoalTree) -> Iterator[tuple[str, Expr]] | None:
    """What the first binder can stand for, each as text with the rest of the fact; None if the
    binder stays."""
    type_, body = fact.type, fact.body
    if fact.name.startswith("inst") or _is_instance(head_name(type_)):
        return iter([("_", instantiate(body, Const("_")))])
    terms: Iterable[Expr] | None = None
    names: list[str] | None = None
    if isinstance(type_, Sort):
        terms = type_candidates(goal)
    elif binder_in_types(body):
        terms = value_candidates(goal, type_)
    elif isinstance(type_, Pi) and uses_bound(body):
        functions = function_candidates(goal, type_)
        return ((show(f, (), ATOM), beta(instantiate(body, f))) for f in functions)
    elif not isinstance(type_, Pi) and in_law(body):
        names = [h.name for h in goal.hyps if not h.is_prop and h.type == type_]
    elif (laws := matching(goal, type_)) or is_law(type_):
        names = [h.name for h in laws]
    if terms is not None:
        return ((show(t, (), ATOM), instantiate(body, t)) for t in terms)
    if names is not None:
        return ((name, instantiate(body, Local(name))) for name in names)
    return None


def explicit(text: str, statement: Expr) -> str:
    """``x0 … => fact x0 …``: none of the arguments of a fact is implicit any more."""
    count = 0
    while isinstance(statement, Pi):
        count, statement = count + 1, statement.body
    if not count or not text.startswith("@"):
        return f"=> {text}"
    names = " ".join(f"x{k}" for k in range(count))
    return f"{names} => {text} {names}"


def binder_in_types(body: Expr) -> bool:
    """Whether the binder occurs in the type of a later binder or in an implicit argument."""
    for part, depth in walk(body):
        if isinstance(part, (Pi, Lambda)) and isinstance(part.type, App):
            if uses_bound(part.body) and not _prop_like(part.type) and uses_bound(part.type, depth):
                return True
        elif isinstance(part, App):
            hidden = (a for a, seen in zip(part.args, part.explicit, strict=True) if not seen)
            if any(uses_bound(a, depth) for a in hidden):
                return True
    return False


def matching(goal: GoalTree, type_: Expr) -> list[Hypothesis]:
    """Hypotheses that say just what a general premise asks for."""
    wanted = alpha_key(type_)
    return [h for h in goal.hyps if isinstance(type_, Pi) and alpha_key(h.type) == wanted]


def is_law(type_: Expr) -> bool:
    """Whether a premise is a general equation: known or not, but nothing to prove on the way."""
    if not isinstance(type_, Pi):
        return False
    while isinstance(type_, Pi) and uses_bound(type_.body):
        type_ = type_.body
    return head_name(type_) == "Eq"


def speaks_of_functions(body: Expr) -> bool:
    """Whether a later binder ranges over functions."""
    while isinstance(body, Pi):
        if isinstance(body.type, Pi) and uses_bound(body.body):
            return True
        body = body.body
    return False


def in_law(body: Expr, depth: int = 0) -> bool:
    """Whether the binder occurs in a premise that is itself a general statement."""
    while isinstance(body, Pi):
        if isinstance(body.type, Pi) and uses_bound(body.type, depth):
            return True
        body, depth = body.body, depth + 1
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
        if not h.is_prop and isinstance(h.type, (Const, Local, App)):
            for part in subterms(h.type):
                if isinstance(part, Local) or (
                    isinstance(part, Const) and part.name in ("Nat", "Int")
                ):
                    found[part] = None
            found[h.type] = None
    return list(found)[:3]


def function_candidates(goal: GoalTree, type_: Expr) -> list[Expr]:
    """Functions of a type: those of the context, and its operations with one place filled."""
    wanted = alpha_key(type_)
    chosen: list[Expr] = [Local(h.name) for h in goal.hyps if alpha_key(h.type) == wanted]
    mentioned = locals_of(goal.target)
    variables = [v for v in goal.hyps if not v.is_prop and v.name in mentioned]
    for h in goal.hyps:
        if h.is_prop or not isinstance(h.type, Pi) or not isinstance(h.type.body, Pi):
            continue
        if uses_bound(h.type.body):
            continue
        first, second, rest = h.type.type, h.type.body.type, h.type.body.body
        for v in variables:
            if v.type == first and alpha_key(Pi("x", second, rest)) == wanted:
                chosen.append(apply(Local(h.name), Local(v.name)))
            if v.type == second and alpha_key(Pi("x", first, rest)) == wanted:
                chosen.append(Lambda("x", first, apply(Local(h.name), Bound(0), Local(v.name))))
    return chosen[:MAX_FUNCTIONS]


def value_candidates(goal: GoalTree, type_: Expr) -> list[Expr]:
    """Terms of a type that occur as arguments of types in the goal."""
    found: dict[Expr, None] = {}
    names = {h.name for h in goal.hyps if h.type == type_}
    for h in goal.hyps:
        if not h.is_prop:
            for part in subterms(h.type):
                if isinstance(part, Local) and part.name in names:
                    found[part] = None
    for name in names:
        found.setdefault(Local(name), None)
    return list(found)[:2]
