"""Lemma proposals: small statements about the goal's own operations, proved before proposed.

Candidates are equations in *absorbing* (``t = c``), *commuted* (``m s t = m t s``), *distributing*
(``f (j + k) = m (f j) (f k)``) and *shifted* form (``m x (f y) = m (f z) x``) between small terms
over the goal's variables and operations. Most are false: those that fail in small examples
(`sample`) are thrown away. Those that the first-order prover can prove by induction from the
goal's own hypotheses are kept, closed over just the hypotheses that their proof uses. Nothing
here knows any particular operation.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from autoresearch_formal.actions.base import Action, GoalView
from autoresearch_formal.symbolic.concepts.patterns import length
from autoresearch_formal.symbolic.finite_models.sampled_laws import examples, fails, recursion
from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.symbolic.first_order.saturate import Limits
from autoresearch_formal.symbolic.induction import (
    NAT,
    addition,
    alpha,
    induction_variables,
    prove_by_induction,
)
from autoresearch_formal.symbolic.ingredients import ingredients
from autoresearch_formal.terms.expr import (
    Expr,
    GoalTree,
    bind,
    constants,
    explicit_args,
    locals_of,
    loose,
    show,
    subterms,
)

QUICK = Limits(given=120, generated=3_000, weight=36)
DEEP = Limits(given=400, generated=8_000, weight=40)
TRIVIAL = Limits(given=70, generated=1_500, weight=24)
MAX_CANDIDATES = 600
MAX_TRIED = 16
MAX_DEEP = 4
MAX_KEPT = 4


def arguments(type_: Expr) -> tuple[list[Expr], Expr]:
    """Argument types and result type of a function type without dependencies."""
    taken: list[Expr] = []
    while type_[0] == "p":
        taken.append(type_[2])
        type_ = type_[3]
    return taken, type_


def equation(type_: Expr, left: Expr, right: Expr) -> Expr:
    """``left = right`` in a type."""
    return ("a", ("c", "Eq"), (type_, left, right), (False, True, True))


def call(function: str, *args: Expr) -> Expr:
    """A local function applied."""
    return ("a", ("f", function), tuple(args), (True,) * len(args))


def candidates(goal: GoalTree) -> Iterator[Expr]:
    """Candidate equations, simplest first: absorbing, commuted, distributing, shifted."""
    data = [h for h in goal.hyps if not h.is_prop and h.type[0] != "S"]
    functions = [(h.name, *arguments(h.type)) for h in data if h.type[0] == "p"]
    small: dict[Expr, list[Expr]] = {}
    spoken = locals_of(goal.target)
    for h in data:
        if h.type[0] != "p" and h.name in spoken:
            small.setdefault(h.type, []).append(("f", h.name))
    compound = compound_terms(goal, functions)
    inductive: list[tuple[Expr, Expr]] = []
    for name, args, result in functions:
        if any(a == NAT or a[0] == "a" for a in args):
            choices = [small.get(a, []) + compound.get(a, []) for a in args]
            inductive += [(result, call(name, *v)) for v in itertools.product(*choices)]
    for type_, term in inductive:
        for constant in small.get(type_, []):
            if constant[1] in locals_of(term):
                yield equation(type_, term, constant)
    binary = [
        (name, result)
        for name, args, result in functions
        if len(args) == 2 and args[0] == args[1] == result
    ]
    for name, type_ in binary:
        terms = [t for ty, t in inductive if ty == type_]
        for term in terms:
            for other in [*small.get(type_, []), *terms]:
                if other != term:
                    yield equation(type_, call(name, other, term), call(name, term, other))
    yield from distributing(functions, binary, small)
    for name, type_ in binary:
        terms = [t for ty, t in inductive if ty == type_]
        for term, other in itertools.permutations(terms, 2):
            for x in small.get(type_, []):
                if term[1] == other[1] and term[2][-1] == other[2][-1]:
                    yield equation(type_, call(name, x, term), call(name, other, x))


def compound_terms(
    goal: GoalTree, functions: Sequence[tuple[str, list[Expr], Expr]]
) -> dict[Expr, list[Expr]]:
    """Applications of operations to variables that occur in the target or in a plain fact."""
    results = {name: result for name, _, result in functions}
    found: dict[Expr, list[Expr]] = {}
    for statement in [goal.target, *[h.type for h in goal.hyps if h.is_prop]]:
        for part in subterms(statement):
            if part[0] == "a" and part[1][0] == "f" and part[1][1] in results and not loose(part):
                kind = results[part[1][1]]
                simple = all(a[0] == "f" for a in part[2])
                if simple and part not in found.setdefault(kind, []):
                    found[kind].append(part)
    return found


def distributing(
    functions: Sequence[tuple[str, list[Expr], Expr]],
    binary: Sequence[tuple[str, Expr]],
    small: dict[Expr, list[Expr]],
) -> Iterator[Expr]:
    """``f … (j + k) = op (f … j) (f … k)``."""
    numbers = small.get(NAT, [])
    for name, args, result in functions:
        for place, type_ in enumerate(args):
            if type_ != NAT or len(numbers) < 2:
                continue
            choices = [small.get(a, []) for i, a in enumerate(args) if i != place]
            for rest, (op, kind) in itertools.product(itertools.product(*choices), binary):
                if kind == result:
                    j, k = numbers[:2]
                    sides = [
                        call(name, *rest[:place], value, *rest[place:])
                        for value in (addition(j, k), j, k)
                    ]
                    yield equation(result, sides[0], call(op, sides[1], sides[2]))


def propose_lemmas(
    goal: GoalTree, view: GoalView, facts: Sequence[tuple[str, Expr]]
) -> Iterator[Action]:
    """Lemmas that hold by induction and do not follow without it.

    A lemma that was found is a fact for the next candidates, so that its special cases are not
    proposed again.
    """
    row = ingredients()["lemma.induction"]
    known: list[tuple[str, Expr]] = []
    kept = 0
    left = plausible(goal)
    for limits, most in ((QUICK, MAX_TRIED), (DEEP, MAX_DEEP)):
        failed: list[Expr] = []
        for target in left:
            stated = GoalTree(goal.hyps, target)
            if kept >= MAX_KEPT or len(failed) >= most:
                break
            if alpha_equal(target, goal.target) or prove(stated, TRIVIAL, known).found:
                continue
            for variable in induction_variables(stated):
                case = near(stated, variable)
                library = facts if constants(target) > {"Eq"} else ()
                script = prove_by_induction(case, variable, limits, library, TRIVIAL)
                if script is not None:
                    kept += 1
                    known.append((f"lemma{kept}", generalise(goal, target, words(script))))
                    yield lemma_action(view, goal, target, script, row.logprob, row.name)
                    break
            else:
                failed.append(target)
        left = sorted(failed, key=variety)


def variety(equation: Expr) -> int:
    """How few different variables an equation has: those with more say more."""
    return -len(locals_of(equation))


def near(goal: GoalTree, variable: str) -> GoalTree:
    """The goal for an induction: without facts about the variable, and with no strange ones.

    A fact stays if all its variables occur in the target or in the equations by which something
    in the target is computed.
    """
    spoken = locals_of(goal.target)
    for name, equations in recursion(goal).items():
        if name in spoken:
            spoken |= {v for e in equations for v in locals_of(e)}
    types = {n for v in spoken for n in locals_of(goal.types[v])}
    kept = [
        h
        for h in goal.hyps
        if not h.is_prop
        or (variable not in locals_of(h.type) and locals_of(h.type) <= spoken | types)
    ]
    return GoalTree(kept, goal.target)


def plausible(goal: GoalTree) -> list[Expr]:
    """Candidates that hold in all examples, shortest first, one of each shape."""
    found = examples(goal)
    shapes: dict[Expr, Expr] = {}
    for target in itertools.islice(candidates(goal), MAX_CANDIDATES):
        shape = alpha(generalise(goal, target))
        left, right = explicit_args(target)
        turned = alpha(generalise(goal, equation(target[2][0], right, left)))
        if not {shape, turned} & set(shapes) and not fails(goal, target, found):
            shapes[shape] = target
    return sorted(shapes.values(), key=lambda t: (length(t), show(t)))


def words(script: str) -> set[str]:
    """All identifiers in a text."""
    return set(re.findall(r"[^\W\d][\w']*", script))


def generalise(goal: GoalTree, target: Expr, needed: set[str] | None = None) -> Expr:
    """``∀`` over the variables in a statement of which the (needed) facts assume nothing."""
    used = locals_of(target)
    for h in goal.hyps:
        if h.is_prop and (needed is None or h.name in needed):
            used -= locals_of(h.type)
    for h in reversed(goal.hyps):
        if h.name in used and not h.is_prop and h.type[0] not in ("S", "p"):
            target = ("p", h.name, h.type, bind(target, h.name))
    return target


def alpha_equal(left: Expr, right: Expr) -> bool:
    """Equality up to the names of bound variables."""
    return alpha(left) == alpha(right)


def lemma_action(
    view: GoalView, goal: GoalTree, target: Expr, script: str, logprob: float, ingredient: str
) -> Action:
    """Close a statement over what its proof and its terms use."""
    spoken = words(script) | locals_of(target)
    types = {h.name: h.type for h in goal.hyps}
    needed: set[str] = set()
    todo = [h.name for h in goal.hyps if h.name in spoken]
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            todo += [n for n in locals_of(types[name]) if n in types]
    binders = " ".join(f"({h.name} : {h.type})" for h in view.hyps if h.name in needed)
    statement = f"∀ {binders}, {show(target)}"
    return Action(
        "lemma",
        " ".join(statement.split()),
        logprob,
        (ingredient,),
        name=lemma_name(target),
        proof=script,
        note=f"conjectured from the goal's operations and proved by induction: `{show(target)}`",
    )


def lemma_name(target: Expr) -> str:
    """A name after the operations a statement is about, such as ``m_pw_comm``."""
    args = [a for a, shown in zip(target[2], target[3], strict=True) if shown]
    heads = [_name(args[0])]
    inner = [_name(a) for a in args[0][2]] if args[0][0] == "a" else []
    heads += [n for n in inner if len(n) > 1][:2]
    same = args[1][0] == "a" and args[0][0] == "a" and args[0][1] == args[1][1]
    ending = "comm" if same else f"eq_{_name(args[1])}"
    return "_".join([*[h for h in heads if h], ending])


def _name(expr: Expr) -> str:
    head = expr[1] if expr[0] == "a" else expr
    name = str(head[1]).rpartition(".")[2] if head[0] in ("f", "c") else ""
    return name[1:].lower() if re.match(r"h[A-Z]", name) else name
