"""Fingerprints: blind to names, sharp for everything else."""

from __future__ import annotations

import re
from typing import Any

import pytest


def fingerprint(server: Any, statement: str, **fields: Any) -> str:
    fields.setdefault("theory", server.theory())
    (goal,) = server.ok("goal", statement=statement, **fields)["goals"]
    assert len(goal["fingerprint"]) == 16
    return str(goal["fingerprint"])


SAME = [
    ("∀ n m : Nat, n ≤ m → n < m + 1", "∀ a b : Nat, a ≤ b → a < b + 1"),
    ("∀ (α : Type u) (a : α), a = a", "∀ (β : Type v) (b : β), b = b"),
    (
        "∀ n : Nat, (fun x => x + n) = fun y => y + n",
        "∀ k : Nat, (fun a => a + k) = fun b => b + k",
    ),
    # hypotheses that the target does not mention, in any order
    ("∀ n : Nat, 0 < n → n ≠ 7 → n = n", "∀ n : Nat, n ≠ 7 → 0 < n → n = n"),
    # variables in any order, as long as they are used alike
    (
        "∀ (a : Nat) (b : Int), a = 0 → b = 0 → ↑a = b",
        "∀ (b : Int) (a : Nat), b = 0 → a = 0 → ↑a = b",
    ),
    ("∀ n m : Nat, n < m", "∀ n m : Nat, m < n"),
]


@pytest.mark.lean
@pytest.mark.parametrize(("left", "right"), SAME)
def test_names_and_order_do_not_matter(server: Any, left: str, right: str) -> None:
    assert fingerprint(server, left) == fingerprint(server, right)


@pytest.mark.lean
@pytest.mark.parametrize(
    ("left", "right"),
    [
        *SAME,
        (
            "∀ (α β : Type) (a : α) (b : β) (P : α → Prop) (Q : β → Prop), P a → Q b → P a ∧ Q b",
            "∀ (α β : Type) (P : α → Prop) (Q : β → Prop) (b : β) (a : α), Q b → P a → Q b ∧ P a",
        ),
    ],
)
def test_the_order_is_an_isomorphism(server: Any, left: str, right: str) -> None:
    """Each goal, told with the names of the other, is the other."""
    goals = []
    for statement in (left, right):
        (goal,) = server.ok("goal", theory=server.theory(), statement=statement)["goals"]
        goals.append(goal)
    one, two = goals
    assert one["fingerprint"] == two["fingerprint"]
    assert sorted(one["order"]) == list(range(len(one["hyps"])))
    assert len(one["levels"]) == len(two["levels"])
    partner = {
        one["hyps"][i]["name"]: two["hyps"][j]["name"]
        for i, j in zip(one["order"], two["order"], strict=True)
    }
    partner |= dict(zip(one["levels"], two["levels"], strict=True))

    def told(text: str) -> str:
        return re.sub(r"[^\W\d]\w*", lambda m: partner.get(m[0], m[0]), text)

    types = {h["name"]: h["type"] for h in two["hyps"]}
    if "fun" not in one["target"]:  # names of bound variables are not compared
        assert told(one["target"]) == two["target"]
    assert {partner[h["name"]]: told(h["type"]) for h in one["hyps"]} == types


DIFFERENT = [
    "∀ n m : Nat, n ≤ m",
    "∀ n m : Int, n ≤ m",
    "∀ n m : Nat, n < m",
    "∀ n : Nat, n ≤ n",
    "∀ n m : Nat, n ≤ m ∨ False",
    "∀ n m : Nat, 0 < n → n ≤ m",
    "∀ n m : Nat, 0 < m → n ≤ m",
    "∀ n m : Nat, 0 < n → 0 < m → n ≤ m",
    "∀ n m : Nat, 0 < n → 0 < n → n ≤ m",
    "∀ n m k : Nat, n ≤ m",
    "∀ n m k : Nat, 0 < k → n ≤ m",
    "∀ n m : Nat, n + 1 ≤ m",
    "∀ n m : Nat, n + 2 ≤ m",
    "∀ n m : Nat, 1 + n ≤ m",
    "∀ n m : Nat, n ≤ m + 18446744073709551616",
    "∀ n m : Nat, n ≤ m + 36893488147419103232",
    '∀ n m : Nat, n ≤ m + "a".length',
    '∀ n m : Nat, n ≤ m + "b".length',
    "∀ (f : Nat → Nat → Nat) (n m : Nat), f n m = f m n",
    "∀ (f : Nat → Nat → Nat) (n m : Nat), f n m = f n m",
    "∀ (f : Nat → Nat → Nat) (n m : Nat), f n n = f m m",
    "∀ f : Nat → Nat → Nat, (fun x y => f x y) = fun x y => f y x",
    "∀ f : Nat → Nat → Nat, (fun x y => f y x) = fun x y => f y x",
    "∀ (α : Type u) (β : Type u) (f : α → β) (a : α), f a = f a",
    "∀ (α : Type u) (β : Type v) (f : α → β) (a : α), f a = f a",
    "∀ p : Nat × Nat, p.1 = p.2",
    "∀ p : Nat × Nat, p.2 = p.2",
]


@pytest.mark.lean
def test_different_goals_differ(server: Any) -> None:
    prints = [fingerprint(server, s) for s in DIFFERENT]
    for i, left in enumerate(prints):
        for j, right in enumerate(prints[:i]):
            assert left != right, (DIFFERENT[i], DIFFERENT[j])


@pytest.mark.lean
def test_theories_and_processes_agree(server: Any, start: Any) -> None:
    statement = "∀ (α : Type u) (xs : List α) (n : Nat), xs.length = n → (xs ++ []).length = n"
    here = fingerprint(server, statement)
    other = server.ok("elab", theory=server.theory(), text="def unrelated := 5\nopen List")[
        "theory"
    ]
    assert fingerprint(server, statement, theory=other) == here
    second = start()
    assert fingerprint(second, statement) == here


@pytest.mark.lean
def test_metavariables_are_renamed(server: Any) -> None:
    state = server.goal("∃ n : Nat, n = 3 ∧ n < 5")
    one, two = server.results(state, "refine ⟨?a, ?b⟩", "have := 1\nclear this\nrefine ⟨?x, ?y⟩")
    goals = [[g["fingerprint"] for c in r["children"] for g in c["goals"]] for r in (one, two)]
    assert goals[0] == goals[1]
    assert two["duplicate_of"] == 0


@pytest.mark.lean
def test_tree_is_the_goal(server: Any) -> None:
    """Every node refers to earlier ones, and reading the tree back gives the target."""
    state = server.goal("∀ (n : Nat) (f : Nat → Nat), f n = n → f (f n) = n")
    (goal,) = server.ok("describe", state=state, tree=True)["goals"]
    nodes = goal["tree"]["nodes"]
    hyps = [name for name, _ in goal["tree"]["hyps"]]
    assert hyps == [h["name"] for h in goal["hyps"]]

    def read(i: int) -> str:
        tag, *rest = nodes[i]
        if tag == "c":
            return str(rest[0])
        if tag == "f":
            return str(hyps[rest[0]])
        assert tag == "a", nodes[i]
        head, args, explicit = rest
        assert all(a < i for a in args)
        assert head < i
        shown = [read(a) for a, e in zip(args, explicit, strict=True) if e]
        return f"({read(head)} {' '.join(shown)})"

    assert read(goal["tree"]["target"]) == "(Eq (f (f n)) n)"
