"""Goals from one-line statements about one operation, for tests."""

from __future__ import annotations

import re

from autoresearch_formal.terms.expr import Expr, GoalTree, Hypothesis

G: Expr = ("f", "G")
TOKEN = re.compile(r"∀|∃|→|↔|∧|∨|¬|≠|=|[(),]|[^\s(),∀∃→↔∧∨¬≠=]+")


def const(name: str, *args: Expr) -> Expr:
    return ("a", ("c", name), args, (True,) * len(args))


class Reader:
    """Recursive descent; binders range over G."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return str(self.tokens[self.at - 1])

    def formula(self, bound: list[str | None]) -> Expr:
        left = self.binary(bound, 0)
        if self.peek() == "→":
            self.take()
            return ("p", "a✝", left, self.formula([*bound, None]))
        return left

    def binary(self, bound: list[str | None], level: int) -> Expr:
        names = [("↔", "Iff"), ("∨", "Or"), ("∧", "And")]
        if level == len(names):
            return self.unary(bound)
        left = self.binary(bound, level + 1)
        if self.peek() == names[level][0]:
            self.take()
            return const(names[level][1], left, self.binary(bound, level))
        return left

    def unary(self, bound: list[str | None]) -> Expr:
        if self.peek() == "¬":
            self.take()
            return const("Not", self.unary(bound))
        if self.peek() in ("∀", "∃"):
            kind, names = self.take(), []
            while self.peek() != ",":
                names.append(self.take())
            self.take()
            body = self.formula([*bound, *names])
            for name in reversed(names):
                lam: Expr = ("l", name, G, body)
                exists: Expr = ("a", ("c", "Exists"), (G, lam), (False, True))
                body = ("p", name, G, body) if kind == "∀" else exists
            return body
        left = self.term(bound)
        if self.peek() in ("=", "≠"):
            name = "Eq" if self.take() == "=" else "Ne"
            return ("a", ("c", name), (G, left, self.term(bound)), (False, True, True))
        return left

    def term(self, bound: list[str | None]) -> Expr:
        function, args = self.atom(bound), []
        while self.peek() and (self.peek() == "(" or self.peek()[0].isalnum()):
            args.append(self.atom(bound))
        return ("a", function, tuple(args), (True,) * len(args)) if args else function

    def atom(self, bound: list[str | None]) -> Expr:
        token = self.take()
        if token == "(":
            inner = self.formula(bound)
            self.take()
            return inner
        if token in bound:
            return ("b", bound[::-1].index(token))
        return ("f", token)


def arrow(arity: int, result: Expr) -> Expr:
    for _ in range(arity):
        result = ("p", "a✝", G, result)
    return result


PROP: Expr = ("S", "0")
SYMBOLS: dict[str, Expr] = {
    "m": arrow(2, G),
    "e": G,
    "i": arrow(1, G),
    "P": arrow(1, PROP),
    "Q": arrow(1, PROP),
}


def goal(hypotheses: list[str], target: str) -> GoalTree:
    """A goal over ``G, m, e, i, P, Q`` with hypotheses ``h1, h2, …``."""
    context = [Hypothesis("G", ("S", "1"), False)]
    context += [Hypothesis(n, t, False) for n, t in SYMBOLS.items()]
    context += [
        Hypothesis(f"h{k}", Reader(text).formula([]), True)
        for k, text in enumerate(hypotheses, start=1)
    ]
    return GoalTree(context, Reader(target).formula([]))


ASSOC = "∀ a b c, m (m a b) c = m a (m b c)"
LEFT_ONE = "∀ a, m e a = a"
RIGHT_ONE = "∀ a, m a e = a"
LEFT_INVERSE = "∀ a, m (i a) a = e"
RIGHT_INVERSE = "∀ a, m a (i a) = e"
LAWS = [ASSOC, LEFT_ONE, RIGHT_ONE, LEFT_INVERSE, RIGHT_INVERSE]
CONTEXT = "(G : Type) (m : G → G → G) (e : G) (i : G → G) (P Q : G → Prop)"
