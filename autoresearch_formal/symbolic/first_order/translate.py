"""Lean terms as first-order terms, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autoresearch_formal.symbolic.first_order.problem import NotFirstOrder, Problem, Symbol
from autoresearch_formal.symbolic.first_order.terms import SORT, Term
from autoresearch_formal.terms import (
    ATOM,
    INFIX,
    PROP,
    App,
    Bound,
    Const,
    Expr,
    GoalTree,
    Lambda,
    Let,
    Local,
    NatLiteral,
    Pi,
    Projection,
    Sort,
    StringLiteral,
    arguments,
    explicit_args,
    head,
    head_name,
    loose,
    show,
    telescope,
    uses_bound,
    walk,
)

CONNECTIVES = {"Eq", "Ne", "And", "Or", "Not", "Iff", "Exists", "True", "False", "HEq"}
RELATIONS = {"LE.le", "LT.lt", "GE.ge", "GT.gt", "Membership.mem"}


class Translator:
    """Sorts and terms of one goal. An environment gives the bound variables, innermost last."""

    def __init__(self, goal: GoalTree) -> None:
        self.goal = goal
        self.problem = Problem()
        self._variables: dict[int, int] = {}

    # -- sorts -------------------------------------------------------------------------------

    def sort(self, type_: Expr, env: Sequence[Term]) -> int:
        """The number of a sort."""
        if loose(type_, len(env)) or self._mentions_variable(type_, env):
            raise NotFirstOrder("dependent type")
        if isinstance(type_, (Sort, Pi, Bound)):
            raise NotFirstOrder("quantifier over functions or types")
        key = self._closed_text(type_, env)
        return self.problem.sorts.setdefault(key, len(self.problem.sorts))

    def fresh_variable(self, sort: int) -> int:
        """A variable of this sort that no clause uses yet."""
        count = self._variables.get(sort, 0)
        self._variables[sort] = count + 1
        if count >= SORT // 2:
            raise NotFirstOrder("too many variables")
        return sort * SORT + count

    def is_prop(self, expr: Expr) -> bool:
        """Whether an expression is a proposition, as far as its head tells."""
        expr = telescope(expr)[1]
        if head_name(expr) in CONNECTIVES | RELATIONS:
            return True
        function = head(expr)
        type_ = self.goal.types.get(function.name) if isinstance(function, Local) else None
        for _ in arguments(expr):
            type_ = type_.body if isinstance(type_, Pi) else None
        return type_ == PROP

    def is_data(self, type_: Expr, body: Expr) -> bool:
        """Whether ``∀ _ : type_, body`` ranges over things rather than assuming a fact."""
        if self.is_prop(type_):
            return False
        if uses_bound(body) or isinstance(type_, (Sort, Pi, Local)):
            return True
        return any(not h.is_prop and h.type == type_ for h in self.goal.hyps)

    # -- terms -------------------------------------------------------------------------------

    def term(self, expr: Expr, env: Sequence[Term]) -> Term:
        """First-order form of a term."""
        if isinstance(expr, App):
            return self._application(expr, env)
        if isinstance(expr, Bound):
            return env[-1 - expr.index]
        if isinstance(expr, (Local, Const, NatLiteral, StringLiteral)):
            return self.constant(show(expr))
        if isinstance(expr, (Lambda, Projection)) and not self._mentions_variable(expr, env):
            return self.constant(self._closed_text(expr, env))
        raise NotFirstOrder(type(expr).__name__)

    def constant(self, text: str) -> Term:
        """A symbol without arguments."""
        self.problem.symbols.setdefault(text, Symbol(text))
        return (text,)

    def _application(self, expr: App, env: Sequence[Term]) -> Term:
        function = head(expr)
        if not isinstance(function, (Const, Local)):
            raise NotFirstOrder("applied variable")
        name, args = head_name(expr), explicit_args(expr)
        if name == "OfNat.ofNat" and args:
            return self.constant(self._closed_text(expr, env))
        hidden = [a for a, shown in zip(expr.args, expr.explicit, strict=True) if not shown]
        if any(self._mentions_variable(a, env) for a in hidden):
            raise NotFirstOrder("implicit argument depends on a variable")
        if not args:
            return self.constant(self._closed_text(expr, env))
        key = function.name
        if hidden:
            key += "[" + ",".join(self._hidden_text(a, env) for a in hidden) + "]"
        if key not in self.problem.symbols:
            infix = name in INFIX and len(args) == 2
            text = INFIX[name][0] if infix else function.name
            self.problem.symbols[key] = Symbol(text, infix, name == "Membership.mem")
        return (key, *[self.term(a, env) for a in args])

    def _mentions_variable(self, expr: Expr, env: Sequence[Term]) -> bool:
        for part, depth in walk(expr):
            if isinstance(part, Let):
                return True
            outer = isinstance(part, Bound) and part.index >= depth
            if isinstance(part, Bound) and outer and not self._ground(env[depth - 1 - part.index]):
                return True
        return False

    def _ground(self, term: Term) -> bool:
        return type(term) is not int and all(self._ground(a) for a in term[1:])

    # -- text --------------------------------------------------------------------------------

    def _closed_text(self, expr: Expr, env: Sequence[Term]) -> str:
        return show(expr, [self._name_of(t) for t in env], ATOM)

    def _hidden_text(self, expr: Expr, env: Sequence[Term]) -> str:
        """Text of an implicit argument; instances are not told apart, Lean does that."""
        if expr == Const("_") or "inst" in head_name(expr):
            return "_"
        return self._closed_text(expr, env)

    def _name_of(self, term: Term) -> str:
        try:
            return self.write(term) if self._ground(term) else "?"
        except NotFirstOrder:
            return "?"

    def write(self, term: Term, names: Mapping[Term, str] | None = None, atom: bool = True) -> str:
        """Lean text of a ground term; ``names`` says how witnesses are called."""
        if names and term in names:
            return names[term]
        symbol = self.problem.symbols.get(term[0])
        if symbol is None:
            raise NotFirstOrder(f"witness {term[0]}")
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
