"""How declarations are set: nothing but blanks and binders changes, and lines fit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.search.emit.generate import GeneratedDeclaration, clean
from autoresearch_formal.search.emit.layout import WIDTH, broken, header, tidied

atoms = st.sampled_from(["m", "a", "(f x)", "∧", "→", "⟨x, ?_⟩", "h₁,", "fun", ":=", "P;"])
lines = st.lists(atoms, min_size=1, max_size=80).map(lambda words: "  " + " ".join(words))


@given(lines)
def test_breaking_a_line_changes_nothing_but_blanks(line: str) -> None:
    pieces = broken(line)
    assert " ".join(pieces).split() == line.split()
    assert all(len(p) <= WIDTH for p in pieces)
    indent = len(line) - len(line.lstrip())
    assert all(len(p) - len(p.lstrip()) > indent for p in pieces[1:])


def test_parts_of_a_long_refine_stand_below_each_other() -> None:
    part = "∀ g : G, m (m (m e g) (m g e)) g = m g e"
    line = f"  refine (have part : {part} := ?_; have part1 : {part} := ?_; ⟨part, part1, ?_⟩)"
    assert broken(line) == [
        "  refine (",
        f"      have part : {part} := ?_;",
        f"      have part1 : {part} := ?_;",
        "      ⟨part, part1, ?_⟩)",
    ]


def test_binders_stand_before_the_colon() -> None:
    found = header(
        "m_comm",
        "∀ (G : Type) (m : G → G → G) (a : G) (b : G) (h_1 : ∀ (x : G), ∀ y : G, m x y = a),"
        " m a b = b",
        ["intro G m a b h₁", "exact h₁ a b"],
    )
    assert found == (
        "theorem m_comm (G : Type) (m : G → G → G) (a b : G) (h₁ : ∀ x y : G, m x y = a)"
        " : m a b = b := by",
        ["exact h₁ a b"],
    )


def test_a_variable_with_another_name_keeps_the_statement_as_it_is() -> None:
    assert header("x", "∀ (a : Nat), a = a", ["intro b", "rfl"]) is None
    assert header("x", "∀ (a : Nat), a = a", ["intro", "rfl"]) is None
    assert header("x", "Target.Statement", ["intro a", "rfl"]) is None


def test_arguments_that_automation_does_not_need_are_dropped() -> None:
    async def check(made: Sequence[GeneratedDeclaration]) -> bool:
        text = made[-1].render()
        return "one" in text and "two" in text

    made = GeneratedDeclaration(
        "x", "P", ["simp only [zero, one, three] at h", "grind [two, four]"], ""
    )
    asyncio.run(clean([], made, check))
    assert made.lines == ["simp only [one] at h", "grind [two]"]


def test_binders_of_one_type_are_said_once() -> None:
    assert tidied("∀ a : G, ∀ b : G, ∀ k : Nat, P a b k") == "∀ a b : G, ∀ k : Nat, P a b k"
    assert tidied("∀ (a : G) (b : H), P") == "∀ (a : G) (b : H), P"
