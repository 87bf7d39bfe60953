"""What children take over from their parents is what Lean would print afresh."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.lean

STATEMENTS = [
    "∀ (a b c : Nat) (xs : List Nat) (p q : Prop) (_ : a = b) (_ : p ∧ (q ∨ xs.length = a.succ)),"
    " ∃ n : Nat, a + n = b + n ∧ (∀ a : Nat, a ≤ a + n)",
    "∀ (α : Type) (f : α → α) (_ : ∀ x y, f x = f y → x = y) (s : α × α) (_ : s.1 = f s.2),"
    " s = s ∧ True",
]

# Steps that rename, hide, remove, replace and add; some of them fail on some states.
TACTICS = [
    "skip",
    "have Nat := 1",
    "have length : True := trivial",
    "have f := a",
    "rename_i h k",
    "rename Nat => z",
    "rcases ‹_ ∧ _› with ⟨hp, hq | hl⟩",
    "subst_vars",
    "clear ‹_ = _›",
    "refine ⟨?w, ?_⟩",
    "refine ⟨?_, ?_⟩",
    "apply Exists.intro",
    "induction a",
    "cases s with | mk l r => ?_",
    "revert a; intro k",
    "intro a",
    "let y := xs.length + 1",
    "generalize xs.length = m at *",
    "have inst : ∀ n : Nat, Nat.succ n = n + 1 := fun _ => rfl",
    "simp at *",
    "rename_i x; have x' := x",
    "intro Nat; skip",
    "exists 0",
]


def _goals(results: Any) -> Any:
    return [[child["goals"] for child in result.get("children", [])] for result in results]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("split", [True, False])
def test_children_show_what_is_true_of_them(server: Any, statement: str, split: bool) -> None:
    """Two levels of steps; each child against a state that has nothing to take over."""
    shown = [server.goal(statement)]
    blank = [server.goal(statement, pp=False)]
    compared = 0
    for _ in range(2):
        next_shown, next_blank = [], []
        for with_text, without in zip(shown[:12], blank[:12], strict=True):
            results = server.results(with_text, *TACTICS, split=split)
            silent = server.results(without, *TACTICS, split=split, pp=False)
            for one, other in zip(results, silent, strict=True):
                assert one["ok"] == other["ok"]
                for child, twin in zip(
                    one.get("children", []), other.get("children", []), strict=True
                ):
                    afresh = server.ok("describe", state=twin["state"])["goals"]
                    for goal in child["goals"]:
                        goal.pop("rename", None)
                    assert child["goals"] == afresh
                    compared += len(afresh)
                    if afresh:
                        next_shown.append(child["state"])
                        next_blank.append(twin["state"])
        shown, blank = next_shown, next_blank
    assert compared > 50
