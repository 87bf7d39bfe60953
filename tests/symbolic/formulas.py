"""Goals from one-line statements about one operation, for tests."""

from __future__ import annotations

from autoresearch_formal.bench.problems import (
    TOKEN,
    ClassicalProblem,
    FormulaReader,
    FormulaTheory,
    read_type,
)
from autoresearch_formal.terms import App, Const, Expr, GoalTree, Hypothesis, Local, Pi

G: Expr = Local("G")

THEORY = FormulaTheory(
    symbols=("m : G → G → G", "e : G", "i : G → G", "P : G → Prop", "Q : G → Prop")
)


def const(name: str, *args: Expr) -> Expr:
    return App(Const(name), args, (True,) * len(args))


def arrow(arity: int, result: Expr) -> Expr:
    for _ in range(arity):
        result = Pi("a✝", G, result)
    return result


def formula(text: str) -> Expr:
    """A statement; names that the theory has not are things of G."""
    types = dict.fromkeys(TOKEN.findall(text), G)
    types |= {name: read_type(kind) for name, kind in (s.split(" : ") for s in THEORY.symbols)}
    return FormulaReader(text, THEORY.sorts, types).read()


def problem(hypotheses: list[str], target: str) -> ClassicalProblem:
    """A problem over ``G, m, e, i, P, Q`` with hypotheses ``h1, h2, …``."""
    return ClassicalProblem(name="test", theory=THEORY, given=tuple(hypotheses), goal=target)


def goal(hypotheses: list[str], target: str) -> GoalTree:
    """Its goal; names that the theory has not are things of G that no hypothesis introduces."""
    context = problem([], "e = e").goal_tree().hyps
    facts = [Hypothesis(f"h{k}", formula(h), True) for k, h in enumerate(hypotheses, start=1)]
    return GoalTree([*context, *facts], formula(target))


ASSOC = "∀ a b c, m (m a b) c = m a (m b c)"
LEFT_ONE = "∀ a, m e a = a"
RIGHT_ONE = "∀ a, m a e = a"
LEFT_INVERSE = "∀ a, m (i a) a = e"
RIGHT_INVERSE = "∀ a, m a (i a) = e"
LAWS = [ASSOC, LEFT_ONE, RIGHT_ONE, LEFT_INVERSE, RIGHT_INVERSE]
CONTEXT = "(G : Type) (m : G → G → G) (e : G) (i : G → G) (P Q : G → Prop)"
