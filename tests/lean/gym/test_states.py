"""Theories and states are immutable, branch freely, and go when they are dropped."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

pytestmark = pytest.mark.lean

STATEMENT = "∀ (p q r : Prop) (n m : Nat), p → (p → q ∨ r) → n ≤ m → (q ∨ r) ∧ n ≤ m + 1"
STEPS = ["constructor", "omega", "exact h_1 h", "skip", "simp", "exact ⟨h_1 h, by omega⟩",
         "exact nonsense", "have h9 := h_1 h", "refine And.intro ?_ ?_", "cases h_1 h",
         "apply And.intro", "intro x", "(", "clear h", "rcases h_1 h with h' | h'"]  # fmt: skip


def goals_of(server: Any, state: int) -> Any:
    return server.ok("describe", state=state)["goals"]


class Branching(RuleBasedStateMachine):
    """Whatever is done, a state's goals and the results of its tactics stay what they were."""

    server: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.goals: dict[int, Any] = {}
        self.outcomes: dict[tuple[int, str], Any] = {}
        self.gone: set[int] = set()
        root = self.server.goal(STATEMENT)
        self.goals[root] = goals_of(self.server, root)
        self.open = [root]

    @rule(data=st.data(), steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=4))
    @precondition(lambda self: self.open)
    def step(self, data: st.DataObject, steps: list[str]) -> None:
        state = data.draw(st.sampled_from(self.open))
        for text, result in zip(steps, self.server.results(state, *steps), strict=True):
            outcome = (
                result["ok"],
                result.get("proved"),
                [[g["fingerprint"] for g in c["goals"]] for c in result.get("children", [])],
                result.get("error", {}).get("kind"),
            )
            assert self.outcomes.setdefault((state, text), outcome) == outcome
            for child in result.get("children", []):
                assert child["state"] not in self.goals
                self.goals[child["state"]] = child["goals"]
                if child["goals"] and len(self.open) < 12:
                    self.open.append(child["state"])

    @rule(data=st.data())
    @precondition(lambda self: len(self.open) > 1)
    def drop(self, data: st.DataObject) -> None:
        state = data.draw(st.sampled_from(self.open[1:]))
        self.server.ok("drop", states=[state])
        self.open.remove(state)
        del self.goals[state]
        self.gone.add(state)

    @invariant()
    def nothing_changed(self) -> None:
        for state in self.open[:3]:
            shown = [{k: v for k, v in g.items() if k != "rename"} for g in self.goals[state]]
            assert goals_of(self.server, state) == shown
        for state in list(self.gone)[:2]:
            assert self.server.error("describe", state=state)["kind"] == "gone"

    def teardown(self) -> None:
        self.server.ok("drop", states=list(self.goals))


@pytest.mark.slow
def test_branching_and_dropping(server: Any) -> None:
    before = server.ok("stats")["states"]
    Branching.server = server
    Branching.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
    Branching.TestCase("runTest").runTest()
    assert server.ok("stats")["states"] == before


def test_failed_declarations_leave_nothing(server: Any) -> None:
    base = server.theory()
    for text in (
        "theorem bad : 1 = 2 := rfl",
        "theorem bad : 1 = 2 := by decide",
        "def good := 1\ntheorem bad : good = 2 := rfl",
        "inductive bad | mk : (bad → Nat) → bad",
        "def bad (n : Nat) : Nat := bad (n + 1)",
        "theorem bad : 1 = 1 := sorry",
        "theorem bad : 1 = 2 := by apply?",
    ):
        assert not server.ask("elab", theory=base, text=text)["ok"]
        for name in ("bad", "good"):
            assert server.error("describe", theory=base, names=[name])["kind"] == "elab"
    assert server.ok("elab", theory=base, text="theorem bad : 1 = 1 := rfl")


def test_theories_branch(server: Any) -> None:
    base = server.theory()
    left = server.ok("elab", theory=base, text="def thing : Nat := 1")["theory"]
    right = server.ok("elab", theory=base, text="def thing : Nat := 2")["theory"]
    assert server.ok("elab", theory=left, text="example : thing = 1 := rfl")
    assert server.ok("elab", theory=right, text="example : thing = 2 := rfl")
    assert not server.ask("elab", theory=right, text="example : thing = 1 := rfl")["ok"]
    server.ok("drop", theories=[left])
    assert server.error("elab", theory=left, text="")["kind"] == "gone"
    assert server.ok("elab", theory=right, text="example : thing = 2 := rfl")


def test_namespaces_and_options_carry_over(server: Any) -> None:
    inside = server.ok("elab", theory=server.theory(), text="namespace Here\ndef x := 1")["theory"]
    again = server.ok("elab", theory=inside, text="theorem one : x = 1 := rfl")
    assert [d["name"] for d in again["decls"]] == ["Here.one"]


def test_a_proof_ends_in_the_kernel(server: Any) -> None:
    state = server.goal("∀ p q : Prop, p ∧ q → q ∧ p")
    (step,) = server.results(state, "exact ⟨h.2, h.1⟩")
    assert step["proved"]
    added = server.ok("add", state=step["children"][0]["state"], name="swap")
    assert added["audit"]["axioms"] == []
    use = "example : False ∧ True → True ∧ False := swap _ _"
    assert server.ok("elab", theory=added["theory"], text=use)
    fault = server.error("add", state=step["children"][0]["state"], name="Nat.add_comm")
    assert fault["kind"] == "elab"


def test_split_children_are_independent_goals(server: Any) -> None:
    state = server.goal("∀ p q : Prop, p → q → p ∧ q")
    (step,) = server.results(state, "constructor")
    assert [g["target"] for c in step["children"] for g in c["goals"]] == ["p", "q"]
    (whole,) = server.results(state, "constructor", split=False)
    assert [len(c["goals"]) for c in whole["children"]] == [2]
    (last,) = server.results(step["children"][1]["state"], "exact h_1")
    assert last["proved"]
    part = last["children"][0]["state"]
    assert server.error("add", state=part, name="half")["kind"] == "bad_request"


def test_goals_that_share_an_unknown_stay_together(server: Any) -> None:
    state = server.goal("∃ n : Nat, n = 3 ∧ n < 5")
    (step,) = server.results(state, "refine ⟨?n, ?a, ?b⟩")
    assert len(step["children"]) == 1
    together = step["children"][0]["state"]
    (done,) = server.results(together, "case a => exact rfl\ncase b => decide")
    assert done["proved"], done


def test_goals_that_share_an_unknown_universe_stay_together(server: Any) -> None:
    text = "theorem meets.{u} (_ : Nonempty PUnit.{u}) (_ : Nonempty PUnit.{u}) : True := trivial"
    theory = server.ok("elab", theory=server.theory(), text=text)["theory"]
    state = server.goal("True", theory=theory)
    (step,) = server.results(state, "apply meets")
    assert [len(child["goals"]) for child in step["children"]] == [2]
    (apart,) = server.results(state, "apply meets.{1}")
    assert [len(child["goals"]) for child in apart["children"]] == [1, 1]


def test_named_propositions_unfold_once(server: Any) -> None:
    text = "def Claim : Prop := ∀ n : Nat, n + 0 = n"
    theory = server.ok("elab", theory=server.theory(), text=text)["theory"]
    answer = server.ok("goal", theory=theory, prop="Claim")
    assert answer["intro"] == "intro n"
    (step,) = server.results(answer["state"], "rfl")
    added = server.ok("add", state=step["children"][0]["state"], name="claim")
    assert added["decl"]["type"] == "Claim"
    assert server.error("goal", theory=theory, prop="Nat")["kind"] == "elab"
    assert server.error("goal", theory=theory, prop="NoClaim")["kind"] == "elab"


def test_holes_become_goals(server: Any) -> None:
    text = (
        "def k := 3\n"
        "theorem t (n : Nat) (h : n = k) : n + 0 = n ∧ k = 3 := by\n"
        "  constructor\n  · sorry\n  · have : 1 = 1 := sorry\n    rfl"
    )
    theory = server.theory()
    holes = server.ok("elab", theory=theory, text=text, allow_sorry=True)["sorries"]
    assert [h["decl"] for h in holes] == ["t", "t"]
    state = server.ok("goal", theory=theory, sorry={"text": text, "index": 0})
    assert state["goals"][0]["pp"] == "n : Nat\nh : n = k\n⊢ n + 0 = n"
    hole = {"text": text, "index": 2}
    assert server.error("goal", theory=theory, sorry=hole)["kind"] == "bad_request"


def test_duplicates_and_idle_steps_are_marked(server: Any) -> None:
    state = server.goal("∀ a b : Nat, a = b → b = a")
    results = server.results(state, "skip", "exact h.symm", "omega", "rw [h]", "first | skip")
    assert [r.get("no_progress", False) for r in results] == [True, False, False, False, True]
    assert [r.get("duplicate_of") for r in results] == [None, None, 1, 1, 0]


def test_first_success_stops(server: Any) -> None:
    state = server.goal("∀ a b : Nat, a = b → b = a")
    results = server.results(state, "skip", "omega", "simp", first_success=True)
    assert [r.get("proved") for r in results] == [False, True]


def test_no_goal_is_lost_to_metavariables(server: Any) -> None:
    """A step may not claim a proof while parts of its term are unknown."""
    state = server.goal("∃ n : Nat, n = n")
    for result in server.results(state, "exact ⟨_, rfl⟩", "constructor; rfl", "refine ⟨?_, rfl⟩"):
        assert not result.get("proved"), result


def test_hypotheses_can_be_named(server: Any) -> None:
    """Scripts with the reported `intro` and `rename_i` replay in plain Lean."""
    answer = server.ok(
        "goal", theory=server.theory(), statement="∀ (n : Nat), 0 < n → (n = 1 ∨ n = 2) → n ≤ 2"
    )
    (step,) = server.results(answer["state"], "cases h_1")
    script = answer["intro"] + "\ncases h_1\n"
    for child in step["children"]:
        (goal,) = child["goals"]
        assert all("✝" not in h["name"] for h in goal["hyps"])
        assert goal["rename"].startswith("rename_i ")
        name = goal["rename"].split()[-1]
        (done,) = server.results(child["state"], f"have := {name}; omega")
        assert done["proved"]
        script += f"· {goal['rename']}\n  have := {name}\n  omega\n"
    root = server.goal("∀ (n : Nat), 0 < n → (n = 1 ∨ n = 2) → n ≤ 2", intro=False)
    assert server.results(root, script)[0]["proved"]
