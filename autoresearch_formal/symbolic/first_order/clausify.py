"""From a goal tree to clauses, keeping for each clause how to say it in Lean.

A hypothesis becomes clauses by the usual steps (negation inwards, witnesses for ∃). Whatever does
not fit first-order logic — quantified functions, dependent types, terms under binders — makes
that one hypothesis disappear, which can only lose proofs, never make wrong ones: Lean checks the
result anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autoresearch_formal.symbolic.first_order.saturate import TRUE, Literal
from autoresearch_formal.symbolic.first_order.terms import SORT, Term
from autoresearch_formal.terms.expr import (
    INFIX,
    Expr,
    GoalTree,
    explicit_args,
    fresh,
    head,
    head_name,
    instantiate,
    loose,
    show,
    uses_bound,
)

LOGIC = {"Eq", "Ne", "And", "Or", "Not", "Iff", "Exists", "True", "False", "HEq"}
MAX_CLAUSES = 40


class Unsupported(ValueError):
    """The expression has no first-order form here."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a hypothesis to a clause of it.

    kind: "all" (apply to a term), "imp" (a premise), "left", "right", "mp", "mpr", "ex" (name a
    witness), "stop" (a disjunction or anything else that is left to the closing tactic). For a
    target or premise that is a disjunction, ``name`` says which member: a path of l and r.
    """

    kind: str
    variable: int = -1
    symbol: str = ""
    name: str = ""
    count: int = 0
    """For a premise, how many literals of the clause stand for it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an input clause comes from."""

    hypothesis: str
    """Lean text of the fact; "" for the negated goal."""
    recipe: tuple[Step, ...]


@dataclass(slots=True)
class Problem:
    """A clausified goal."""

    clauses: list[tuple[list[Literal], bool]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    intros: list[str] = field(default_factory=list)
    """Names for the leading ∀ and → of the target."""
    exists: list[int] = field(default_factory=list)
    """Variables of the leading ∃ of the target, outermost first."""
    target_false: bool = False
    """Whether nothing but a contradiction remains to be shown."""
    target_kind: str = "atom"
    """"atom", "exists", or "other" (what remains of the target after the intros)."""
    dropped: list[str] = field(default_factory=list)
    sorts: dict[str, int] = field(default_factory=dict)
    skolems: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Witness symbol to the universal variables it depends on."""
    complete: bool = True
    """False if a hypothesis was dropped."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a function symbol is written in Lean."""

    text: str
    infix: bool = False
    flip: bool = False
    """Arguments are written in the other order (∈)."""


class Clausifier:
    """Builds a `Problem`; one instance a goal."""

    def __init__(self, goal: GoalTree) -> None:
        self.goal = goal
        self.problem = Problem()
        self.taken = {h.name for h in goal.hyps}
        self._variables: dict[int, int] = {}
        self._witnesses = 0

    # -- sorts, terms ------------------------------------------------------------------------

    def _sort(self, type_: Expr, env: Sequence[Term]) -> int:
        if loose(type_, len(env)) or self._mentions_variable(type_, env):
            raise Unsupported("dependent type")
        if type_[0] in ("S", "p") or type_[0] == "b":
            raise Unsupported("quantifier over functions or types")
        key = self._closed_text(type_, env)
        return self.problem.sorts.setdefault(key, len(self.problem.sorts))

    def _mentions_variable(self, expr: Expr, env: Sequence[Term], depth: int = 0) -> bool:
        if expr[0] == "b":
            if expr[1] < depth:
                return False
            return not self._ground(env[-1 - (expr[1] - depth)])
        if expr[0] in ("l", "p"):
            return self._mentions_variable(expr[2], env, depth) or self._mentions_variable(
                expr[3], env, depth + 1
            )
        if expr[0] == "a":
            return any(self._mentions_variable(x, env, depth) for x in (expr[1], *expr[2]))
        if expr[0] == "j":
            return self._mentions_variable(expr[3], env, depth)
        return bool(expr[0] == "e")

    def _ground(self, term: Term) -> bool:
        return type(term) is not int and all(self._ground(a) for a in term[1:])

    def _closed_text(self, expr: Expr, env: Sequence[Term]) -> str:
        return show(expr, [self._name_of(t) for t in env], 1024)

    def _hidden_text(self, expr: Expr, env: Sequence[Term]) -> str:
        """Text of an implicit argument; instances are not told apart, Lean does that."""
        if expr == ("c", "_") or "inst" in head_name(expr):
            return "_"
        return self._closed_text(expr, env)

    def _name_of(self, term: Term) -> str:
        try:
            return self.write(term) if self._ground(term) else "?"
        except Unsupported:
            return "?"

    def fresh_variable(self, sort: int) -> int:
        """A variable of this sort that no clause uses yet."""
        count = self._variables.get(sort, 0)
        self._variables[sort] = count + 1
        if count >= SORT // 2:
            raise Unsupported("too many variables")
        return sort * SORT + count

    def term(self, expr: Expr, env: Sequence[Term]) -> Term:
        """First-order form of a term. ``env`` gives the bound variables, innermost last."""
        kind = expr[0]
        if kind == "b":
            return env[-1 - expr[1]]
        if kind in ("f", "c"):
            return self._constant(str(expr[1]))
        if kind in ("n", "s"):
            return self._constant(show(expr))
        if kind == "a":
            return self._application(expr, env)
        if kind in ("l", "j") and not self._mentions_variable(expr, env):
            return self._constant(self._closed_text(expr, env))
        raise Unsupported(kind)

    def _constant(self, text: str) -> Term:
        self.problem.symbols.setdefault(text, Symbol(text))
        return (text,)

    def _application(self, expr: Expr, env: Sequence[Term]) -> Term:
        function, name = head(expr), head_name(expr)
        if function[0] not in ("c", "f"):
            raise Unsupported("applied variable")
        args = explicit_args(expr)
        if name == "OfNat.ofNat" and args:
            return self._constant(self._closed_text(expr, env))
        hidden = [a for a, shown in zip(expr[2], expr[3], strict=True) if not shown]
        if any(self._mentions_variable(a, env) for a in hidden):
            raise Unsupported("implicit argument depends on a variable")
        if not args:
            return self._constant(self._closed_text(expr, env))
        key = str(function[1])
        if hidden:
            key += "[" + ",".join(self._hidden_text(a, env) for a in hidden) + "]"
        if key not in self.problem.symbols:
            infix = name in INFIX and len(args) == 2
            text = INFIX[name][0] if infix else show(function, (), 1024)
            self.problem.symbols[key] = Symbol(text, infix, name == "Membership.mem")
        return (key, *[self.term(a, env) for a in args])

    def write(self, term: Term, names: dict[Term, str] | None = None, atom: bool = True) -> str:
        """Lean text of a ground term; ``names`` says how witnesses are called."""
        if names and term in names:
            return names[term]
        symbol = self.problem.symbols.get(term[0])
        if symbol is None:
            raise Unsupported(f"witness {term[0]}")
        if len(term) == 1:
            plain = symbol.text
            return f"({plain})" if atom and " " in plain and plain[0] not in "([" else plain
        parts = [self.write(a, names) for a in term[1:]]
        if symbol.infix:
            if symbol.flip:
                parts.reverse()
            text = f"{parts[0]} {symbol.text} {parts[1]}"
        else:
            text = " ".join([symbol.text, *parts])
        return f"({text})" if atom else text

    # -- formulas ----------------------------------------------------------------------------

    def _is_prop(self, expr: Expr) -> bool:
        if expr[0] == "p":
            return self._is_prop(expr[3])
        name = head_name(expr)
        if name in LOGIC or name in ("LE.le", "LT.lt", "GE.ge", "GT.gt", "Membership.mem"):
            return True
        function = head(expr)
        if function[0] == "f" and function[1] in self.goal.types:
            type_ = self.goal.types[function[1]]
            for _ in expr[2] if expr[0] == "a" else ():
                if type_[0] != "p":
                    return False
                type_ = type_[3]
            return bool(type_[0] == "S" and str(type_[1]) == "0")
        return False

    def _is_data(self, type_: Expr, body: Expr) -> bool:
        """Whether ``∀ _ : type_, body`` ranges over things rather than assuming a fact."""
        if self._is_prop(type_):
            return False
        if uses_bound(body):
            return True
        if type_[0] in ("S", "p"):
            return True
        if type_[0] == "f":
            return True
        return any(not h.is_prop and h.type == type_ for h in self.goal.hyps)

    def clauses(
        self, expr: Expr, positive: bool, env: list[Term], free: list[int], recipe: list[Step]
    ) -> list[tuple[list[Literal], tuple[Step, ...]]]:
        """Clauses of a formula (of its negation, if not ``positive``), each with its recipe."""
        stop = (*recipe, Step("stop"))
        name, args = head_name(expr), explicit_args(expr)
        if name not in LOGIC or name in ("Eq", "Ne"):
            choice = find_if(expr)
            if choice is not None:
                condition = choice[2][1]
                made = []
                for holds, value in ((True, choice[2][3]), (False, choice[2][4])):
                    made += self._either(
                        self.clauses(condition, not holds, env, free, []),
                        self.clauses(put(expr, choice, value), positive, env, free, []),
                        (*stop, Step("hidden")),
                    )
                return made
        if expr[0] == "p":
            return self._pi(expr, positive, env, free, recipe)
        if name == "Not" and args:
            return self._plain(self.clauses(args[0], not positive, env, free, []), stop)
        if name in ("And", "Or"):
            if (name == "And") == positive:
                left = Step("left") if positive else Step("stop", name="l")
                right = Step("right") if positive else Step("stop", name="r")
                return [
                    *self.clauses(args[0], positive, env, free, [*recipe, left]),
                    *self.clauses(args[1], positive, env, free, [*recipe, right]),
                ]
            return self._either(
                self.clauses(args[0], positive, env, free, []),
                self.clauses(args[1], positive, env, free, []),
                stop,
            )
        if name == "Iff":
            if positive:
                return [
                    *self._implication(args[0], args[1], env, free, [*recipe, Step("mp")]),
                    *self._implication(args[1], args[0], env, free, [*recipe, Step("mpr")]),
                ]
            both = self._either(
                self.clauses(args[0], True, env, free, []),
                self.clauses(args[1], True, env, free, []),
                stop,
            )
            neither = self._either(
                self.clauses(args[0], False, env, free, []),
                self.clauses(args[1], False, env, free, []),
                stop,
            )
            return [*both, *neither]
        if name == "Exists" and args and args[0][0] == "l":
            _, binder, type_, body = args[0]
            if self._is_prop(type_):
                raise Unsupported("∃ over proofs")
            if positive:
                return self._witness(binder, body, True, env, free, recipe)
            sort = self._sort(type_, env)
            variable = self.fresh_variable(sort)
            step = Step("exgoal", variable)
            return self.clauses(body, False, [*env, variable], [*free, variable], [*recipe, step])
        if name in ("True", "False"):
            return [] if (name == "True") == positive else [([], tuple(recipe))]
        if name in ("Eq", "Ne") and len(args) == 2:
            if self._is_prop(args[0]) and args[0][0] != "f":
                raise Unsupported("equation of propositions")
            literal = ((name == "Eq") == positive, self.term(args[0], env), self.term(args[1], env))
            return [([literal], tuple(recipe))]
        return [([(positive, self.term(expr, env), TRUE)], tuple(recipe))]

    def _plain(
        self, clauses: list[tuple[list[Literal], tuple[Step, ...]]], stop: tuple[Step, ...]
    ) -> list[tuple[list[Literal], tuple[Step, ...]]]:
        """The same clauses; what happened below a negation is left to the closing tactic."""
        merged = []
        for literals, inner in clauses:
            if any(s.kind == "ex" for s in inner):
                merged.append((literals, (*stop, Step("hidden"))))
            else:
                merged.append((literals, (*stop, *[s for s in inner if s.kind == "exgoal"])))
        return merged

    def _either(
        self,
        left: list[tuple[list[Literal], tuple[Step, ...]]],
        right: list[tuple[list[Literal], tuple[Step, ...]]],
        stop: tuple[Step, ...],
    ) -> list[tuple[list[Literal], tuple[Step, ...]]]:
        if len(left) * len(right) > MAX_CLAUSES:
            raise Unsupported("too many cases")
        deep = [
            s
            for _, inner in (*left, *right)
            for s in inner
            if s.kind in ("all", "ex", "hidden", "exgoal")
        ]
        recipe = (*stop, Step("hidden")) if deep else stop
        return [([*a, *b], recipe) for a, _ in left for b, _ in right]

    def _implication(
        self, premise: Expr, conclusion: Expr, env: list[Term], free: list[int], recipe: list[Step]
    ) -> list[tuple[list[Literal], tuple[Step, ...]]]:
        assumed = self.clauses(premise, False, env, free, [])
        hidden = any(s.kind in ("ex", "hidden", "all", "exgoal") for _, r in assumed for s in r)
        made = []
        for literals, inner in assumed:
            where = "".join(s.name for s in inner if s.kind == "stop")
            step = Step("imp", name="hidden" if hidden else where, count=len(literals))
            shown = self.clauses(conclusion, True, env, free, [*recipe, step])
            made += [([*literals, *b], r) for b, r in shown]
        if len(made) > MAX_CLAUSES:
            raise Unsupported("too many cases")
        return made

    def _pi(
        self, expr: Expr, positive: bool, env: list[Term], free: list[int], recipe: list[Step]
    ) -> list[tuple[list[Literal], tuple[Step, ...]]]:
        _, binder, type_, body = expr
        if self._is_data(type_, body):
            if not positive:
                return self._witness(binder, body, False, env, free, recipe)
            variable = self.fresh_variable(self._sort(type_, env))
            step = Step("all", variable)
            return self.clauses(body, True, [*env, variable], [*free, variable], [*recipe, step])
        if uses_bound(body):
            raise Unsupported("statement about a proof")
        inner = lower(body)
        if positive:
            return self._implication(type_, inner, env, free, recipe)
        return [
            *self.clauses(type_, True, env, free, [*recipe, Step("stop")]),
            *self.clauses(inner, False, env, free, [*recipe, Step("stop")]),
        ]

    def _witness(
        self,
        binder: str,
        body: Expr,
        positive: bool,
        env: list[Term],
        free: list[int],
        recipe: list[Step],
    ) -> list[tuple[list[Literal], tuple[Step, ...]]]:
        self._witnesses += 1
        symbol = f"?{self._witnesses}"
        self.problem.skolems[symbol] = tuple(free)
        kind = "ex" if positive else "hidden"
        step = Step(kind, symbol=symbol, name=fresh(binder, ()))
        witness: Term = (symbol, *free)
        return self.clauses(body, positive, [*env, witness], free, [*recipe, step])


def find_if(expr: Expr) -> Expr | None:
    """The outermost ``if … then … else`` of a term, none under a binder."""
    if expr[0] != "a":
        return None
    if head_name(expr) == "ite" and len(expr[2]) == 5:
        return expr
    return next((found for a in expr[2] if (found := find_if(a)) is not None), None)


def put(expr: Expr, old: Expr, new: Expr) -> Expr:
    """Replace a sub-term outside all binders."""
    if expr == old:
        return new
    if expr[0] != "a":
        return expr
    return ("a", expr[1], tuple(put(a, old, new) for a in expr[2]), expr[3])


def lower(body: Expr) -> Expr:
    """The body of a binder that it does not use, outside that binder."""
    return instantiate(body, ("c", "_unused_"))


def clausify(goal: GoalTree, facts: Sequence[tuple[str, Expr]] = ()) -> tuple[Problem, Any]:
    """Clauses of the hypotheses, extra facts ``(Lean text, type)`` and the negated target.

    Returns the problem and the clausifier, which writes terms back. Raises `Unsupported` if the
    target itself has no first-order form.
    """
    maker = Clausifier(goal)
    problem = maker.problem
    for name, type_ in [(h.name, h.type) for h in goal.hyps if h.is_prop] + list(facts):
        try:
            made = maker.clauses(type_, True, [], [], [])
        except (Unsupported, IndexError):
            problem.dropped.append(name)
            problem.complete = False
            continue
        if len(made) > MAX_CLAUSES:
            problem.dropped.append(name)
            problem.complete = False
            continue
        for literals, recipe in made:
            problem.clauses.append((literals, False))
            problem.sources.append(Source(name, recipe))
    _target(maker)
    return problem, maker


def _target(maker: Clausifier) -> None:
    """Strip the leading ∀ and → of the target, then negate what is left."""
    problem, goal = maker.problem, maker.goal
    target = goal.target
    if head_name(target) == "Not":
        target = ("p", "h", explicit_args(target)[0], ("c", "False"))
    while target[0] == "p":
        _, binder, type_, body = target
        data = maker._is_data(type_, body)
        name = fresh(binder if data or "✝" not in binder else "h", maker.taken)
        maker.taken.add(name)
        problem.intros.append(name)
        target = instantiate(body, ("f", name))
        if data:
            goal.types[name] = type_
        else:
            try:
                made = maker.clauses(type_, True, [], [], [])
            except Unsupported:
                problem.dropped.append(name)
                problem.complete = False
                made = []
            for literals, recipe in made:
                problem.clauses.append((literals, True))
                problem.sources.append(Source(name, recipe))
        if head_name(target) == "Not":
            target = ("p", "h✝", explicit_args(target)[0], ("c", "False"))
    problem.target_false = head_name(target) == "False"
    if head_name(target) == "Exists":
        problem.target_kind = "exists"
    elif head_name(target) in ("And", "Or", "Iff"):
        problem.target_kind = "other"
    for literals, recipe in maker.clauses(target, False, [], [], []):
        if problem.target_kind == "exists" and not problem.exists:
            problem.exists = leading_exists(recipe)
        problem.clauses.append((literals, True))
        problem.sources.append(Source("", recipe))


def leading_exists(recipe: Sequence[Step]) -> list[int]:
    """Variables of the ∃ that the recipe of a negated target opens with."""
    found = []
    for step in recipe:
        if step.kind != "exgoal":
            break
        found.append(step.variable)
    return found
