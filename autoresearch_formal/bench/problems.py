"""Classical first-order problems as goals: a small reader of Lean formulas in prefix notation.

`problems.toml` holds theories (sorts, symbols, axioms) and problems. The same text is read here
without Lean, for the provers, and written as a Lean theorem, for whoever checks their scripts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import NoReturn

from pydantic import BaseModel, ConfigDict

from autoresearch_formal.terms import (
    PROP,
    App,
    Bound,
    Const,
    Expr,
    GoalTree,
    Hypothesis,
    Lambda,
    Local,
    Pi,
    Sort,
    arguments,
    head,
)

TOKEN = re.compile(r"∀|∃|→|↔|∧|∨|¬|≠|=|:|[(),]|[^\s(),:∀∃→↔∧∨¬≠=]+")


class FormulaReader:
    """Recursive descent; binders without a type range over the first sort."""

    def __init__(self, text: str, sorts: Sequence[str], types: Mapping[str, Expr]) -> None:
        self.text = text
        self.tokens = TOKEN.findall(text)
        self.at = 0
        self.sorts = sorts
        self.types = types
        self.bound: list[tuple[str, Expr]] = []

    def read(self) -> Expr:
        """The whole text."""
        made = self.formula()
        if self.peek():
            self.fail()
        return made

    def fail(self) -> NoReturn:
        """Raise `ValueError` with the place."""
        raise ValueError(f"{self.text!r}: {self.peek() or 'the end'!r} is not expected")

    def peek(self) -> str:
        """The next token, "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        """The next token, which has to be the wanted one."""
        token = self.peek()
        if not token or (wanted and token != wanted):
            self.fail()
        self.at += 1
        return str(token)

    def formula(self) -> Expr:
        """An implication, or anything that binds more tightly."""
        left = self.binary(0)
        if self.peek() != "→":
            return left
        self.take()
        self.bound.append(("", left))
        right = self.formula()
        self.bound.pop()
        return Pi("a✝", left, right)

    def binary(self, level: int) -> Expr:
        """``↔``, ``∨`` and ``∧``."""
        names = [("↔", "Iff"), ("∨", "Or"), ("∧", "And")]
        if level == len(names):
            return self.unary()
        left = self.binary(level + 1)
        if self.peek() == names[level][0]:
            self.take()
            return App(Const(names[level][1]), (left, self.binary(level)), (True, True))
        return left

    def unary(self) -> Expr:
        """A negation, a quantifier, an equation or an atom."""
        match self.peek():
            case "¬":
                self.take()
                return App(Const("Not"), (self.unary(),), (True,))
            case "∀" | "∃":
                return self.quantified(self.take())
        left = self.term()
        if self.peek() not in ("=", "≠"):
            return left
        name = "Eq" if self.take() == "=" else "Ne"
        return App(Const(name), (self.sort_of(left), left, self.term()), (False, True, True))

    def quantified(self, kind: str) -> Expr:
        """``∀ a b : S, body``."""
        names = []
        while self.peek() not in (",", ":"):
            names.append(self.take())
        sort: Expr = Local(self.sorts[0])
        if self.peek() == ":":
            self.take()
            sort = Local(self.take())
        self.take(",")
        self.bound += [(name, sort) for name in names]
        body = self.formula()
        for name in reversed(names):
            self.bound.pop()
            exists = App(Const("Exists"), (sort, Lambda(name, sort, body)), (False, True))
            body = Pi(name, sort, body) if kind == "∀" else exists
        return body

    def term(self) -> Expr:
        """An application."""
        function, args = self.atom(), []
        while self.peek() and self.peek() not in "∀∃→↔∧∨¬≠=:,)":
            args.append(self.atom())
        return App(function, tuple(args), (True,) * len(args)) if args else function

    def atom(self) -> Expr:
        """A name, or something in parentheses."""
        token = self.take()
        if token == "(":
            inner = self.formula()
            self.take(")")
            return inner
        for depth, (name, _) in enumerate(reversed(self.bound)):
            if name == token:
                return Bound(depth)
        if token not in self.types:
            self.at -= 1
            self.fail()
        return Local(token)

    def sort_of(self, term: Expr) -> Expr:
        """The sort of a term."""
        function = head(term)
        if isinstance(function, Bound):
            return self.bound[-1 - function.index][1]
        type_ = self.types[function.name] if isinstance(function, Local) else PROP
        for _ in arguments(term):
            type_ = type_.body if isinstance(type_, Pi) else type_
        return type_


def read_type(text: str) -> Expr:
    """``A → B → Prop`` over sorts."""
    *domains, result = [part.strip() for part in text.split("→")]
    made: Expr = PROP if result == "Prop" else Local(result)
    for domain in reversed(domains):
        made = Pi("a✝", Local(domain), made)
    return made


class FormulaTheory(BaseModel):
    """Sorts, symbols with their types, and axioms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sorts: tuple[str, ...] = ("G",)
    symbols: tuple[str, ...]
    """``name : type``."""
    axioms: tuple[str, ...] = ()


class ClassicalProblem(BaseModel):
    """A theorem of a theory, under further assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    theory: FormulaTheory
    given: tuple[str, ...] = ()
    goal: str
    known: str = ""
    """What the field calls it."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Axioms and assumptions."""
        return (*self.theory.axioms, *self.given)

    def goal_tree(self) -> GoalTree:
        """The goal, with its facts as hypotheses h1, h2, …. Raises `ValueError`."""
        theory = self.theory
        pairs = [symbol.split(" : ") for symbol in theory.symbols]
        types = {name: read_type(type_) for name, type_ in pairs}
        context = [Hypothesis(sort, Sort("1"), False) for sort in theory.sorts]
        context += [Hypothesis(name, type_, False) for name, type_ in types.items()]
        for number, fact in enumerate(self.facts, start=1):
            read = FormulaReader(fact, theory.sorts, types).read()
            context.append(Hypothesis(f"h{number}", read, True))
        return GoalTree(context, FormulaReader(self.goal, theory.sorts, types).read())

    def lean(self, script: str, name: str | None = None) -> str:
        """A Lean theorem with this proof."""
        binders = [f"({sort} : Type)" for sort in self.theory.sorts]
        binders += [f"({symbol})" for symbol in self.theory.symbols]
        binders += [f"(h{number} : {fact})" for number, fact in enumerate(self.facts, start=1)]
        proof = "\n".join("  " + line for line in script.split("\n"))
        said = name or self.name.replace("-", "_")
        return f"theorem {said} {' '.join(binders)} :\n    {self.goal} := by\n{proof}\n"


def problems() -> list[ClassicalProblem]:
    """The problems of `problems.toml`."""
    file = resources.files("autoresearch_formal.bench") / "problems.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        ClassicalProblem.model_validate(row | {"theory": table["theory"][row["theory"]]})
        for row in table["problem"]
    ]
