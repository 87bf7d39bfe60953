"""From a goal tree to clauses, keeping for each clause how to say it in Lean.

A hypothesis becomes clauses by the usual steps (negation inwards, witnesses for ∃). Whatever does
not fit first-order logic — quantified functions, dependent types, terms under binders — makes
that one hypothesis disappear, which can only lose proofs, never make wrong ones: Lean checks the
result anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from autoresearch_formal import terms
from autoresearch_formal.symbolic.first_order.clauses import TRUE
from autoresearch_formal.symbolic.first_order.problem import (
    HIDDEN,
    STOP,
    ClauseOf,
    NotFirstOrder,
    Problem,
    RecipeStep,
)
from autoresearch_formal.symbolic.first_order.terms import Term
from autoresearch_formal.symbolic.first_order.translate import CONNECTIVES, Translator
from autoresearch_formal.terms import (
    App,
    Const,
    Expr,
    GoalTree,
    Lambda,
    Local,
    Pi,
    explicit_args,
    fresh,
    head_name,
    instantiate,
    lower,
)

MAX_CLAUSES = 40
"""Clauses of one hypothesis."""

GENERAL = ("all", "ex", "hidden", "exgoal")
"""Steps of a recipe that speak of variables or witnesses."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a formula stands."""

    env: tuple[Term, ...] = ()
    """Values of the bound variables, innermost last."""
    free: tuple[int, ...] = ()
    """Universal variables of the clause so far."""
    recipe: tuple[RecipeStep, ...] = ()

    def then(self, *steps: RecipeStep) -> Scope:
        """After more steps."""
        return replace(self, recipe=(*self.recipe, *steps))

    def under(self, value: Term, step: RecipeStep, *free: int) -> Scope:
        """Under a binder whose variable has this value."""
        return Scope((*self.env, value), (*self.free, *free), (*self.recipe, step))

    @property
    def inner(self) -> Scope:
        """The same place with a recipe that starts there."""
        return replace(self, recipe=())


class Clausifier(Translator):
    """Builds a `Problem`; one instance a goal."""

    def __init__(self, goal: GoalTree) -> None:
        super().__init__(goal)
        self.taken = {h.name for h in goal.hyps}
        self._witnesses = 0

    def clauses(self, expr: Expr, positive: bool, at: Scope) -> list[ClauseOf]:
        """Clauses of a formula (of its negation, if not ``positive``), each with its recipe."""
        name, args = head_name(expr), explicit_args(expr)
        if name not in CONNECTIVES or name in ("Eq", "Ne"):
            choice = find_if(expr)
            if choice is not None:
                return self._by_cases(expr, choice, positive, at)
        if isinstance(expr, Pi):
            return self._pi(expr, positive, at)
        match name, args:
            case "Not", [inner, *_]:
                return self._negated(self.clauses(inner, not positive, at.inner), at)
            case (("And" | "Or"), [left, right]):
                if (name == "And") == positive:
                    return self._both(left, right, positive, at)
                return self._either(left, right, positive, at)
            case "Iff", [left, right]:
                if positive:
                    return [
                        *self._implication(left, right, at.then(RecipeStep("mp"))),
                        *self._implication(right, left, at.then(RecipeStep("mpr"))),
                    ]
                return [
                    *self._either(left, right, True, at),
                    *self._either(left, right, False, at),
                ]
            case "Exists", [Lambda() as body, *_]:
                return self._exists(body, positive, at)
            case (("True" | "False"), _):
                return [] if (name == "True") == positive else [([], at.recipe)]
            case (("Eq" | "Ne"), [left, right]):
                if self.is_prop(left) and not isinstance(left, Local):
                    raise NotFirstOrder("equation of propositions")
                sides = self.term(left, at.env), self.term(right, at.env)
                return [([((name == "Eq") == positive, *sides)], at.recipe)]
        return [([(positive, self.term(expr, at.env), TRUE)], at.recipe)]

    # -- connectives -------------------------------------------------------------------------

    def _by_cases(self, expr: Expr, choice: App, positive: bool, at: Scope) -> list[ClauseOf]:
        """A formula with ``if c then s else t`` in it: c → formula of s, ¬c → formula of t."""
        _, condition, _, then, otherwise = choice.args
        made: list[ClauseOf] = []
        for holds, value in ((True, then), (False, otherwise)):
            made += self._product(
                self.clauses(condition, not holds, at.inner),
                self.clauses(terms.replace(expr, choice, value), positive, at.inner),
                (*at.recipe, STOP, HIDDEN),
            )
        return made

    def _both(self, left: Expr, right: Expr, positive: bool, at: Scope) -> list[ClauseOf]:
        first = RecipeStep("left") if positive else RecipeStep("stop", name="l")
        second = RecipeStep("right") if positive else RecipeStep("stop", name="r")
        return [
            *self.clauses(left, positive, at.then(first)),
            *self.clauses(right, positive, at.then(second)),
        ]

    def _either(self, left: Expr, right: Expr, positive: bool, at: Scope) -> list[ClauseOf]:
        first = self.clauses(left, positive, at.inner)
        return self._product(first, self.clauses(right, positive, at.inner), (*at.recipe, STOP))

    def _negated(self, made: list[ClauseOf], at: Scope) -> list[ClauseOf]:
        """The same clauses; what happened below a negation is left to the closing tactic."""
        merged: list[ClauseOf] = []
        for literals, inner in made:
            kept = tuple(s for s in inner if s.kind == "exgoal")
            named = any(s.kind == "ex" for s in inner)
            merged.append((literals, (*at.recipe, STOP, *((HIDDEN,) if named else kept))))
        return merged

    def _product(
        self, left: list[ClauseOf], right: list[ClauseOf], recipe: tuple[RecipeStep, ...]
    ) -> list[ClauseOf]:
        if len(left) * len(right) > MAX_CLAUSES:
            raise NotFirstOrder("too many cases")
        if any(s.kind in GENERAL for _, inner in (*left, *right) for s in inner):
            recipe = (*recipe, HIDDEN)
        return [([*a, *b], recipe) for a, _ in left for b, _ in right]

    def _implication(self, premise: Expr, conclusion: Expr, at: Scope) -> list[ClauseOf]:
        assumed = self.clauses(premise, False, at.inner)
        hidden = any(s.kind in GENERAL for _, recipe in assumed for s in recipe)
        made: list[ClauseOf] = []
        for literals, inner in assumed:
            where = "".join(s.name for s in inner if s.kind == "stop")
            step = RecipeStep("imp", name="hidden" if hidden else where, count=len(literals))
            shown = self.clauses(conclusion, True, at.then(step))
            made += [([*literals, *rest], recipe) for rest, recipe in shown]
        if len(made) > MAX_CLAUSES:
            raise NotFirstOrder("too many cases")
        return made

    # -- quantifiers -------------------------------------------------------------------------

    def _pi(self, expr: Pi, positive: bool, at: Scope) -> list[ClauseOf]:
        if self.is_data(expr.type, expr.body):
            if not positive:
                return self._witness(expr, False, at)
            return self._variable(expr, True, "all", at)
        conclusion = lower(expr.body, 1)
        if conclusion is None:
            raise NotFirstOrder("statement about a proof")
        if positive:
            return self._implication(expr.type, conclusion, at)
        return [
            *self.clauses(expr.type, True, at.then(STOP)),
            *self.clauses(conclusion, False, at.then(STOP)),
        ]

    def _exists(self, body: Lambda, positive: bool, at: Scope) -> list[ClauseOf]:
        if self.is_prop(body.type):
            raise NotFirstOrder("∃ over proofs")
        if positive:
            return self._witness(body, True, at)
        return self._variable(body, False, "exgoal", at)

    def _variable(
        self, binder: Pi | Lambda, positive: bool, kind: str, at: Scope
    ) -> list[ClauseOf]:
        variable = self.fresh_variable(self.sort(binder.type, at.env))
        step = RecipeStep(kind, variable)
        return self.clauses(binder.body, positive, at.under(variable, step, variable))

    def _witness(self, binder: Pi | Lambda, positive: bool, at: Scope) -> list[ClauseOf]:
        self._witnesses += 1
        symbol = f"?{self._witnesses}"
        self.problem.skolems[symbol] = at.free
        kind = "ex" if positive else "hidden"
        step = RecipeStep(kind, symbol=symbol, name=fresh(binder.name, ()))
        return self.clauses(binder.body, positive, at.under((symbol, *at.free), step))

    # -- goals -------------------------------------------------------------------------------

    def assume(self, name: str, type_: Expr, goal: bool = False) -> None:
        """Take a fact in; one that has no first-order form makes the problem incomplete."""
        try:
            made = self.clauses(type_, True, Scope())
        except (NotFirstOrder, IndexError):
            self.problem.complete = False
            return
        if len(made) > MAX_CLAUSES and not goal:
            self.problem.complete = False
        else:
            self.problem.add(name, made, goal)

    def deny(self, target: Expr) -> None:
        """Strip the leading ∀ and → of the target, then negate what is left."""
        problem = self.problem
        while isinstance(target := implication(target), Pi):
            data = self.is_data(target.type, target.body)
            hidden = not data and "✝" in target.name
            name = fresh("h" if hidden else target.name, self.taken)
            self.taken.add(name)
            problem.intros.append(name)
            if data:
                self.goal.types[name] = target.type
            else:
                self.assume(name, target.type, goal=True)
            target = instantiate(target.body, Local(name))
        problem.target_false = head_name(target) == "False"
        made = self.clauses(target, False, Scope())
        if head_name(target) == "Exists" and made:
            problem.exists = leading_exists(made[0][1])
        problem.add("", made, True)


def implication(expr: Expr) -> Expr:
    """``¬P`` as ``P → False``; anything else as it is."""
    if head_name(expr) != "Not":
        return expr
    return Pi("h✝", explicit_args(expr)[0], Const("False"))


def find_if(expr: Expr) -> App | None:
    """The outermost ``if … then … else`` of a term, none under a binder."""
    if not isinstance(expr, App):
        return None
    if head_name(expr) == "ite" and len(expr.args) == 5:
        return expr
    return next((choice for a in expr.args if (choice := find_if(a)) is not None), None)


def leading_exists(recipe: Sequence[RecipeStep]) -> list[int]:
    """Variables of the ∃ that the recipe of a negated target opens with."""
    variables = []
    for step in recipe:
        if step.kind != "exgoal":
            break
        variables.append(step.variable)
    return variables


def clausify(goal: GoalTree, facts: Sequence[tuple[str, Expr]] = ()) -> tuple[Problem, Clausifier]:
    """Clauses of the hypotheses, extra facts ``(Lean text, type)`` and the negated target.

    Returns the problem and the clausifier, which writes terms back. Raises `NotFirstOrder` if the
    target itself has no first-order form.
    """
    maker = Clausifier(goal)
    for name, type_ in [*[(h.name, h.type) for h in goal.hyps if h.is_prop], *facts]:
        maker.assume(name, type_)
    maker.deny(goal.target)
    return maker.problem, maker
