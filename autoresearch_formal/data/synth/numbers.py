"""Random statements about numbers and lists, small enough for automation to decide."""

from __future__ import annotations

import random

from autoresearch_formal.data.synth.algebra import Conjecture

LISTS = (
    "({x} ++ {y}).length = {y}.length + {x}.length",
    "({x} ++ {y}).reverse = {y}.reverse ++ {x}.reverse",
    "{x}.reverse.length = {x}.length",
    "({x}.map f).length = {x}.length",
    "({x} ++ {y}).map f = {x}.map f ++ {y}.map f",
    "{x}.reverse.map f = ({x}.map f).reverse",
    "{x} ++ {y} = [] → {x} = []",
    "a ∈ {x} → a ∈ {x} ++ {y}",
    "a ∈ {x} ++ {y} → a ∈ {x} ∨ a ∈ {y}",
    "(a :: {x}).length = {x}.length + 1",
    "a ∈ {x}.reverse → a ∈ {x}",
    "{x}.length = 0 → {x} = []",
    "({x} ++ {y}).filter p = {x}.filter p ++ {y}.filter p",
    "({x}.filter p).length ≤ {x}.length",
    "({x} ++ {y}).count a = {x}.count a + {y}.count a",
    "{x} <+ {y} → {x}.length ≤ {y}.length",
    "a ∈ {x}.map f → {x} ≠ []",
    "({x}.take n).length ≤ n",
    "{x}.take n ++ {x}.drop n = {x}",
)
"""Shapes of facts about lists; ``{x}`` and ``{y}`` are any lists."""


def about_numbers(chance: random.Random) -> Conjecture:
    """An implication between linear or polynomial facts."""
    kind = chance.choice(("Nat", "Nat", "Int"))
    letters = ["a", "b", "c", "n"][: chance.choice((1, 2, 3, 3, 4))]

    def term(depth: int) -> str:
        if depth == 0 or chance.random() < 0.3:
            return chance.choice([*letters, *letters, str(chance.randint(0, 6))])
        operation = chance.choice(("+", "+", "+", "*", "*", "-", "%", "/", "^"))
        if operation == "^":
            return f"({term(depth - 1)}) ^ {chance.randint(0, 3)}"
        if operation in ("%", "/"):
            return f"({term(depth - 1)}) {operation} {chance.randint(1, 6)}"
        return f"({term(depth - 1)} {operation} {term(depth - 1)})"

    def fact(depth: int) -> str:
        relation = chance.choice(("=", "=", "≤", "<", "∣", "≠"))
        if relation == "∣":
            return f"{chance.choice([*letters, '2', '3'])} ∣ {term(depth)}"
        return f"{term(depth)} {relation} {term(depth)}"

    claim = _provable(chance, letters, term) if chance.random() < 0.6 else fact(2)
    joiner = chance.random()
    if joiner < 0.12:
        claim = f"{claim} ∧ {fact(1)}"
    elif joiner < 0.25:
        claim = f"{claim} ∨ {fact(1)}"
    hypotheses = [fact(1) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    return Conjecture(
        f"∀ {' '.join(letters)} : {kind}, {' → '.join([*hypotheses, claim])}", "synth.numbers"
    )


def _provable(chance: random.Random, letters: list[str], term: object) -> str:
    assert callable(term)
    a, b, c = (term(chance.choice((0, 1, 1))) for _ in range(3))
    n = chance.randint(2, 5)
    return chance.choice(
        (
            f"{a} + {b} = {b} + {a}",
            f"{a} * {b} = {b} * {a}",
            f"{a} * ({b} + {c}) = {a} * {b} + {a} * {c}",
            f"({a} + {b}) + {c} = {a} + ({b} + {c})",
            f"({a} + {b}) * ({a} + {b}) = {a} * {a} + 2 * {a} * {b} + {b} * {b}",
            f"{a} ≤ {b} → {a} ≤ {b} + {n}",
            f"{a} < {b} → {a} ≠ {b}",
            f"{a} < {b} ∨ {b} ≤ {a}",
            f"{n} * {a} = {' + '.join([a] * n)}",
            f"({n} * {a} + 1) % {n} = 1 % {n}",
            f"{a} ∣ {a} * {b}",
            f"{a} ∣ {b} → {a} ∣ {b} * {c}",
            f"{a} ∣ {b} → {a} ∣ {c} → {a} ∣ {b} + {c}",
            f"∃ k, {a} + {b} = {b} + k",
            f"{a} = {b} → {b} = {c} → {a} = {c}",
            f"∃ k, {n} * {a} = {a} * k",
            f"{a} ^ 2 = {a} * {a}",
            f"{a} ^ ({n} + 1) = {a} ^ {n} * {a}",
            f"{a} = {b} ↔ {b} = {a}",
        )
    )


def about_lists(chance: random.Random) -> Conjecture:
    """A fact about lists with random lists put in."""

    def some(depth: int) -> str:
        if depth == 0 or chance.random() < 0.5:
            return chance.choice(("x", "y", "z", "[]"))
        shape = chance.choice(("({} ++ {})", "(a :: {})", "({}).reverse", "({}.map f)"))
        return shape.format(*(some(depth - 1) for _ in range(shape.count("{}"))))

    claim = chance.choice(LISTS).format(x=some(2), y=some(2))
    if chance.random() < 0.2:
        claim = f"{claim} ∧ {chance.choice(LISTS[:6]).format(x=some(1), y=some(1))}"
    return Conjecture(
        f"∀ (x y z : List Nat) (a n : Nat) (f : Nat → Nat) (p : Nat → Bool), {claim}",
        "synth.lists",
    )


def about_logic(chance: random.Random) -> Conjecture:
    """A statement of propositional or predicate logic over one type."""
    atoms = ["p", "q", "r", "P x", "P y", "R x y", "R y x", "x = y"]

    def formula(depth: int) -> str:
        if depth == 0 or chance.random() < 0.25:
            return chance.choice(atoms)
        shape = chance.choice(
            ("({} ∧ {})", "({} ∨ {})", "({} → {})", "¬({})", "({} ↔ {})", "(∀ w : A, P w → {})")
        )
        return shape.format(*(formula(depth - 1) for _ in range(shape.count("{}"))))

    hypotheses = [formula(2) for _ in range(chance.choice((1, 2, 2, 3)))]
    claim = formula(2)
    if chance.random() < 0.5:
        claim = chance.choice((f"{hypotheses[0]} ∨ {claim}", f"({claim} → {hypotheses[-1]})"))
    if chance.random() < 0.2:
        claim = f"∃ w : A, P w → {claim}"
    inner = " → ".join([*hypotheses, claim])
    return Conjecture(
        f"∀ (A : Type) (P : A → Prop) (R : A → A → Prop) (p q r : Prop) (x y : A), {inner}",
        "synth.logic",
    )
