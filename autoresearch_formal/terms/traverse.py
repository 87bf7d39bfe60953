"""Walking through terms: the only code that knows the parts of each node.

A depth is the number of binders between the start of a walk and a sub-term; a bound variable
whose index is not below it is *loose*, bound outside of where the walk began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autoresearch_formal.terms.nodes import (
    App,
    Bound,
    Const,
    Expr,
    Lambda,
    Leaf,
    Let,
    Local,
    Pi,
    Projection,
)


def children(expr: Expr) -> tuple[tuple[Expr, int], ...]:
    """The parts of a node, each with the number of binders (0 or 1) that the node puts around."""
    if isinstance(expr, App):
        return ((expr.function, 0), *[(a, 0) for a in expr.args])
    if isinstance(expr, (Pi, Lambda)):
        return ((expr.type, 0), (expr.body, 1))
    if isinstance(expr, Let):
        return ((expr.type, 0), (expr.value, 0), (expr.body, 1))
    if isinstance(expr, Projection):
        return ((expr.value, 0),)
    return ()


def map_children(expr: Expr, change: Callable[[Expr, int], Expr], depth: int = 0) -> Expr:
    """The node with each part changed; ``change`` gets a part and its depth."""
    if isinstance(expr, App):
        function = change(expr.function, depth)
        return App(function, tuple([change(a, depth) for a in expr.args]), expr.explicit)
    if isinstance(expr, Pi):
        return Pi(expr.name, change(expr.type, depth), change(expr.body, depth + 1))
    if isinstance(expr, Lambda):
        return Lambda(expr.name, change(expr.type, depth), change(expr.body, depth + 1))
    if isinstance(expr, Let):
        type_, value = change(expr.type, depth), change(expr.value, depth)
        return Let(type_, value, change(expr.body, depth + 1))
    if isinstance(expr, Projection):
        return Projection(expr.structure, expr.field, change(expr.value, depth))
    return expr


def map_with_depth(expr: Expr, change: Callable[[Expr, int], Expr | None], depth: int = 0) -> Expr:
    """Rewrite a term from the outside inwards.

    ``change`` gets each sub-term with its depth: what it returns takes the sub-term's place and is
    not looked into; None leaves the sub-term and goes on with its parts.
    """

    def go(part: Expr, at: int) -> Expr:
        changed = change(part, at)
        return map_children(part, go, at) if changed is None else changed

    return go(expr, depth)


def map_leaves(
    expr: Expr, change: Callable[[Leaf, int], Expr], depth: int = 0, *, names: bool = True
) -> Expr:
    """The term with each leaf changed, from left to right; ``change`` gets it with its depth.

    What substitution, lifting and their kin are made of, so it calls nothing for inner nodes.
    Without ``names`` those of bound variables are left out.
    """
    if isinstance(expr, App):
        function = map_leaves(expr.function, change, depth, names=names)
        args = tuple([map_leaves(a, change, depth, names=names) for a in expr.args])
        return App(function, args, expr.explicit)
    if isinstance(expr, (Pi, Lambda)):
        type_ = map_leaves(expr.type, change, depth, names=names)
        body = map_leaves(expr.body, change, depth + 1, names=names)
        return type(expr)(expr.name if names else "", type_, body)
    if isinstance(expr, (Let, Projection)):
        return map_children(expr, lambda part, at: map_leaves(part, change, at, names=names), depth)
    return change(expr, depth)


def walk(expr: Expr, depth: int = 0) -> Iterator[tuple[Expr, int]]:
    """All sub-terms with their depths, outside first, from left to right."""
    todo = [(expr, depth)]
    while todo:
        part, at = todo.pop()
        yield part, at
        todo += [(child, at + more) for child, more in reversed(children(part))]


def subterms(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, outside first."""
    return (part for part, _ in walk(expr))


def constants(expr: Expr) -> set[str]:
    """Names of all constants in it."""
    return {part.name for part in subterms(expr) if isinstance(part, Const)}


def locals_of(expr: Expr) -> set[str]:
    """Names of all hypotheses and variables of the context in it."""
    return {part.name for part in subterms(expr) if isinstance(part, Local)}


def uses_bound(expr: Expr, k: int = 0) -> bool:
    """Whether the loose bound variable ``k`` occurs."""
    return any(isinstance(part, Bound) and part.index == at for part, at in walk(expr, k))


def loose(expr: Expr, depth: int = 0) -> bool:
    """Whether a variable is bound outside the expression and ``depth`` binders around it."""
    return any(isinstance(part, Bound) and part.index >= at for part, at in walk(expr, depth))
