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
from dataclasses import dataclass, replace

from autoresearch_formal.actions.base import Action, GoalView
from autoresearch_formal.symbolic.concepts.patterns import length
from autoresearch_formal.symbolic.finite_models.sampled_laws import examples, fails, recursion
from autoresearch_formal.symbolic.first_order.clauses import ProverLimits
from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.symbolic.induction import (
    NAT,
    addition,
    induction_variables,
    prove_by_induction,
)
from autoresearch_formal.symbolic.ingredients import ingredients
from autoresearch_formal.terms import (
    App,
    Const,
    Expr,
    GoalTree,
    Local,
    Pi,
    Sort,
    alpha_equal,
    alpha_key,
    apply,
    arguments,
    bind,
    constants,
    explicit_args,
    head,
    locals_of,
    show,
    subterms,
    telescope,
)

QUICK = ProverLimits(given=120, generated=3_000, weight=36)
DEEP = ProverLimits(given=400, generated=8_000, weight=40)
TRIVIAL = ProverLimits(given=70, generated=1_500, weight=24)
MAX_CANDIDATES = 600
MAX_TRIED = 16
MAX_DEEP = 4
MAX_KEPT = 4


def equation(type_: Expr, left: Expr, right: Expr) -> Expr:
    """``left = right`` in a type."""
    return App(Const("Eq"), (type_, left, right), (False, True, True))


@dataclass(frozen=True, slots=True)
class Operation:
    """A function of the context."""

    name: str
    domains: tuple[Expr, ...]
    result: Expr

    def __call__(self, *args: Expr) -> Expr:
        """The function applied."""
        return apply(Local(self.name), *args)

    @property
    def is_binary(self) -> bool:
        """Whether it combines two things of one type to one of that type."""
        return self.domains == (self.result, self.result)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What candidate equations are made of."""

    operations: list[Operation]
    variables: dict[Expr, list[Expr]]
    """Variables that the target speaks of, by type."""
    typed_terms: list[tuple[Expr, Expr]]
    """Operations over numbers or structures applied to variables and small terms, with types."""

    @classmethod
    def of(cls, goal: GoalTree) -> Vocabulary:
        """The vocabulary of a goal."""
        data = [h for h in goal.hyps if not h.is_prop and not isinstance(h.type, Sort)]
        operations = []
        for h in data:
            if isinstance(h.type, Pi):
                domains, result = telescope(h.type)
                operations.append(Operation(h.name, tuple(t for _, t in domains), result))
        spoken = locals_of(goal.target)
        variables: dict[Expr, list[Expr]] = {}
        for h in data:
            if not isinstance(h.type, Pi) and h.name in spoken:
                variables.setdefault(h.type, []).append(Local(h.name))
        compound = compound_terms(goal, operations)
        terms: list[tuple[Expr, Expr]] = []
        for operation in operations:
            if any(d == NAT or isinstance(d, App) for d in operation.domains):
                choices = [variables.get(d, []) + compound.get(d, []) for d in operation.domains]
                terms += [(operation.result, operation(*a)) for a in itertools.product(*choices)]
        return cls(operations, variables, terms)

    @property
    def binary(self) -> list[Operation]:
        """The binary operations."""
        return [o for o in self.operations if o.is_binary]

    def terms(self, type_: Expr) -> list[Expr]:
        """The terms of a type."""
        return [term for of, term in self.typed_terms if of == type_]


def candidates(goal: GoalTree) -> Iterator[Expr]:
    """Candidate equations, simplest first: absorbing, commuted, distributing, shifted."""
    words = Vocabulary.of(goal)
    yield from absorbing(words)
    yield from commuted(words)
    yield from distributing(words)
    yield from shifted(words)


def absorbing(words: Vocabulary) -> Iterator[Expr]:
    """``t = c`` for a variable of ``t``."""
    for type_, term in words.typed_terms:
        parts = set(subterms(term))
        for variable in words.variables.get(type_, []):
            if variable in parts:
                yield equation(type_, term, variable)


def commuted(words: Vocabulary) -> Iterator[Expr]:
    """``m s t = m t s``."""
    for op in words.binary:
        terms = words.terms(op.result)
        for term in terms:
            for other in [*words.variables.get(op.result, []), *terms]:
                if other != term:
                    yield equation(op.result, op(other, term), op(term, other))


def shifted(words: Vocabulary) -> Iterator[Expr]:
    """``m x (f y) = m (f z) x``."""
    for op in words.binary:
        terms = words.terms(op.result)
        for term, other in itertools.permutations(terms, 2):
            last, other_last = arguments(term)[-1], arguments(other)[-1]
            if head(term) == head(other) and last == other_last:
                for x in words.variables.get(op.result, []):
                    yield equation(op.result, op(x, term), op(other, x))


def compound_terms(goal: GoalTree, operations: Sequence[Operation]) -> dict[Expr, list[Expr]]:
    """Applications of operations to variables that occur in the target or in a plain fact."""
    results = {operation.name: operation.result for operation in operations}
    terms: dict[Expr, list[Expr]] = {}
    for statement in [goal.target, *[h.type for h in goal.hyps if h.is_prop]]:
        for part in subterms(statement):
            if not isinstance(part, App) or not isinstance(part.function, Local):
                continue
            kind = results.get(part.function.name)
            if kind is not None and all(isinstance(a, Local) for a in part.args):
                known = terms.setdefault(kind, [])
                if part not in known:
                    known.append(part)
    return terms


def distributing(words: Vocabulary) -> Iterator[Expr]:
    """``f … (j + k) = op (f … j) (f … k)``."""
    numbers = words.variables.get(NAT, [])
    if len(numbers) < 2:
        return
    j, k = numbers[:2]
    for f in words.operations:
        for place, type_ in enumerate(f.domains):
            if type_ != NAT:
                continue
            others = [words.variables.get(d, []) for i, d in enumerate(f.domains) if i != place]
            for rest, op in itertools.product(itertools.product(*others), words.binary):
                if op.result == f.result:
                    both, first, second = (
                        f(*rest[:place], value, *rest[place:]) for value in (addition(j, k), j, k)
                    )
                    yield equation(f.result, both, op(first, second))


def propose_lemmas(
    goal: GoalTree, view: GoalView, facts: Sequence[tuple[str, Expr]], engine: bool = True
) -> Iterator[Action]:
    """Lemmas that hold by induction and do not follow without it.

    A lemma that was found is a fact for the next candidates, so that its special cases are not
    proposed again.
    """
    row = ingredients()["lemma.induction"]
    known: list[tuple[str, Expr]] = []
    kept = 0
    left = plausible(goal)
    quick, deep, trivial = (x if engine else replace(x, engine=0) for x in (QUICK, DEEP, TRIVIAL))
    for limits, most in ((quick, MAX_TRIED), (deep, MAX_DEEP)):
        failed: list[Expr] = []
        for target in left:
            stated = GoalTree(goal.hyps, target)
            if kept >= MAX_KEPT or len(failed) >= most:
                break
            if alpha_equal(target, goal.target) or prove(stated, trivial, known).found:
                continue
            for variable in induction_variables(stated):
                case = near(stated, variable)
                library = facts if constants(target) > {"Eq"} else ()
                script = prove_by_induction(case, variable, limits, library, trivial)
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
        shape = alpha_key(generalise(goal, target))
        type_, left, right = arguments(target)
        turned = alpha_key(generalise(goal, equation(type_, right, left)))
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
        if h.name in used and not h.is_prop and not isinstance(h.type, (Sort, Pi)):
            target = Pi(h.name, h.type, bind(target, h.name))
    return target


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
    left, right, *_ = explicit_args(target)
    inner = [_name(a) for a in arguments(left)]
    heads = [_name(left), *[n for n in inner if len(n) > 1][:2]]
    both = isinstance(left, App) and isinstance(right, App)
    ending = "comm" if both and head(left) == head(right) else f"eq_{_name(right)}"
    return "_".join([*[h for h in heads if h], ending])


def _name(expr: Expr) -> str:
    function = head(expr)
    name = function.name.rpartition(".")[2] if isinstance(function, (Local, Const)) else ""
    return name[1:].lower() if re.match(r"h[A-Z]", name) else name
