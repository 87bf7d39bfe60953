"""A theorem about one system becomes a theorem about any: what its proof uses, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.lean

SYSTEM = """
structure Shift where
  east : Int
  north : Int

namespace Shift

theorem ext {s t : Shift} (he : s.east = t.east) (hn : s.north = t.north) : s = t := by
  cases s; cases t; simp_all

def followed (s t : Shift) : Shift := ⟨s.east + t.east, s.north + t.north⟩
def stay : Shift := ⟨0, 0⟩
def back (s : Shift) : Shift := ⟨-s.east, -s.north⟩
def times (s : Shift) : Nat → Shift
  | 0 => stay
  | k + 1 => (times s k).followed s
def twice (s : Shift) : Shift := s.followed s
def Square (s t : Shift) : Prop := t.twice = s

theorem assoc (s t u : Shift) : (s.followed t).followed u = s.followed (t.followed u) :=
  ext (Int.add_assoc ..) (Int.add_assoc ..)
theorem comm (s t : Shift) : s.followed t = t.followed s := ext (Int.add_comm ..) (Int.add_comm ..)
theorem stay_left (s : Shift) : stay.followed s = s := ext (Int.zero_add _) (Int.zero_add _)
theorem stay_right (s : Shift) : s.followed stay = s := by rw [comm, stay_left]
theorem back_left (s : Shift) : s.back.followed s = stay :=
  ext (Int.add_left_neg _) (Int.add_left_neg _)
theorem times_zero (s : Shift) : s.times 0 = stay := rfl
theorem times_succ (s : Shift) (k : Nat) : s.times (k + 1) = (s.times k).followed s := rfl

end Shift

structure Modulus where
  number : Nat
  positive : 0 < number

structure Class (m : Modulus) where
  least : Nat
  below : least < m.number

def Class.step {m : Modulus} (a : Class m) : Class m :=
  ⟨(a.least + 1) % m.number, Nat.mod_lt _ m.positive⟩
theorem Class.step_bounded {m : Modulus} (a : Class m) : a.step.least < m.number := a.step.below
"""

LAWS = ("assoc", "comm", "stay_left", "stay_right", "back_left", "times_zero", "times_succ")


@pytest.fixture(scope="module")
def system(server: Any) -> int:
    answer = server.ok("elab", theory=server.theory(), text=SYSTEM)
    theory: int = answer["theory"]
    return theory


def general(server: Any, theory: int, text: str, **fields: Any) -> Any:
    """The general form of the theorem `t` that a text declares."""
    theory = server.ok("elab", theory=theory, text=text)["theory"]
    return server.ok("abstract", **{"theory": theory, "name": "t", "as": "t_in_any", **fields})


def origins(answer: Any, role: str) -> list[str]:
    return [i["origin"] for i in answer["ingredients"] if i["role"] == role]


STRIKE = """theorem t (s u v : Shift) (h : s.followed u = s.followed v) : u = v := by
  rw [← Shift.stay_left u, ← Shift.back_left s, Shift.assoc, h, ← Shift.assoc, Shift.back_left,
    Shift.stay_left]"""


def test_what_the_proof_uses_becomes_variables_and_hypotheses(server: Any, system: int) -> None:
    answer = general(server, system, STRIKE)
    assert answer["origin"] is True
    assert origins(answer, "carrier") == ["Shift"]
    assert set(origins(answer, "operation")) == {"Shift.followed", "Shift.stay", "Shift.back"}
    assert set(origins(answer, "law")) == {"Shift.stay_left", "Shift.back_left", "Shift.assoc"}
    assert "Shift" not in answer["decl"]["type"]
    assert not any(name.startswith("Shift") for name in answer["decl"]["uses"])
    audit = server.ok("audit", theory=answer["theory"], names=["t_in_any"])
    assert not {a for a in audit["axioms"] if a != "propext"}


def test_it_serves_another_system(server: Any, system: int) -> None:
    answer = general(server, system, STRIKE)
    laws = {
        "Shift.stay_left": "zero_add",
        "Shift.back_left": "add_left_neg",
        "Shift.assoc": "add_assoc",
    }
    parts = {"Shift.followed": "(· + ·)", "Shift.stay": "0", "Shift.back": "(- ·)", "Shift": "Int"}
    told = [parts.get(i["origin"]) or f"Int.{laws[i['origin']]}" for i in answer["ingredients"]]
    text = f"""theorem ints (a b c : Int) (h : a + b = a + c) : b = c :=
      t_in_any {" ".join(told)} a b c h"""
    server.ok("elab", theory=answer["theory"], text=text)


def test_a_theorem_of_the_file_is_followed_or_not(server: Any, system: int) -> None:
    text = (
        STRIKE.replace("theorem t ", "theorem strike ")
        + """
theorem t (s u : Shift) (h : s.followed u = s) : u = Shift.stay :=
  strike s u Shift.stay (h.trans (Shift.stay_right s).symm)"""
    )
    held = origins(general(server, system, text, own=False), "law")
    assert set(held) == {"strike", "Shift.stay_right"}
    followed = origins(general(server, system, text), "law")
    assert "strike" not in followed
    assert "Shift.stay_right" not in followed  # it has a proof from `comm` and `stay_left`
    assert set(followed) == {f"Shift.{n}" for n in ("assoc", "stay_left", "back_left", "comm")}


def test_what_lean_split_off_a_proof_is_followed(server: Any, system: int) -> None:
    text = """theorem t (s u v : Shift) (h : s.followed u = s.followed v) : u = v := by
  have h1 := Shift.assoc s.back s u
  have h2 := Shift.assoc s.back s v
  grind [Shift.stay_left, Shift.back_left]"""
    answer = general(server, system, text, own=False)
    assert set(origins(answer, "law")) == {
        f"Shift.{n}" for n in ("assoc", "stay_left", "back_left")
    }


def test_what_looks_into_the_construction_stays_a_hypothesis(server: Any, system: int) -> None:
    text = """theorem t (s : Shift) (j k : Nat) :
    s.times (j + k) = (s.times j).followed (s.times k) := by
  induction k with
  | zero => rw [Nat.add_zero, Shift.times_zero, Shift.stay_right]
  | succ k ih => rw [← Nat.add_assoc, Shift.times_succ, Shift.times_succ, ih, Shift.assoc]"""
    answer = general(server, system, text, own=False)
    laws = {"times_zero", "times_succ", "assoc", "stay_right"}
    assert set(origins(answer, "law")) == {f"Shift.{law}" for law in laws}
    assert "Shift.times" in origins(answer, "operation")


def test_hypotheses_without_use_are_dropped(server: Any, system: int) -> None:
    text = """theorem t (s : Shift) (near : s.east < 5) (h : s = s.twice) (far : s.north = 2) :
      s.twice = s := h.symm"""
    answer = general(server, system, text)
    assert answer["dropped"] == ["near", "far"]
    assert origins(answer, "operation") == ["Shift.twice"]
    assert answer["origin"] is True


def test_definitions_are_written_out_where_they_must_be(server: Any, system: int) -> None:
    text = "theorem t (s : Shift) (h : s.Square s) : s.followed s = s := h"
    answer = general(server, system, text)
    assert origins(answer, "operation") == ["Shift.followed"]
    assert answer["decl"]["type"] == "∀ (α : Type) (f : α → α → α) (s : α), f s s = s → f s s = s"


def test_which_system_of_its_kind_is_a_parameter(server: Any, system: int) -> None:
    text = "theorem t (m : Modulus) (a : Class m) : a.step.least < m.number := a.step_bounded"
    answer = general(server, system, text, own=False)
    assert origins(answer, "carrier") == ["Class m"]
    assert server.ok("describe", theory=answer["theory"], names=["t_in_any"])
    assert answer["decl"]["type"].startswith("∀ (m : Modulus) (α : Type)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theorem t (s : Shift) : s.back.back = s := by\n"
         "  cases s; simp [Shift.back]", "looks into 'Shift'"),
        ("theorem t (s : Shift) : s.followed s = s.twice.followed ⟨0, 0⟩ := by\n"
         "  rw [show (⟨0, 0⟩ : Shift) = Shift.stay from rfl, Shift.stay_right]; rfl",
         "how the system is made"),
        ("theorem t (n : Nat) : n + 0 = n := rfl", "about no system"),
        ("theorem t (s : Shift) (p : Prop) (h : p) : p ∨ s = s.back := Or.inl h", "Shift"),
    ],
)  # fmt: skip
def test_what_can_not_be_generalised_says_why(
    server: Any, system: int, text: str, said: str
) -> None:
    theory = server.ok("elab", theory=system, text=text)["theory"]
    answer = server.ask("abstract", **{"theory": theory, "name": "t", "as": "t_in_any"})
    if answer["ok"]:
        assert said == "Shift"  # the last: general, with one operation and no law
        assert origins(answer, "law") == []
    else:
        assert answer["error"]["kind"] == "elab"
        assert said in answer["error"]["message"]


@pytest.mark.parametrize("name", ["nothing", "Shift", "Nat"])
def test_only_theorems_are_generalised(server: Any, system: int, name: str) -> None:
    fields = {"theory": system, "name": name, "as": "u"}
    assert server.error("abstract", **fields)["kind"] == "elab"


def test_a_name_that_is_taken_is_refused(server: Any, system: int) -> None:
    fields = {"theory": system, "name": "Shift.comm", "as": "Shift.assoc"}
    assert "already been declared" in server.error("abstract", **fields)["message"]


TERMS = st.recursive(
    st.sampled_from(["a", "b", "c", "Shift.stay"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]}.followed {p[1]})"),
        inner.map(lambda t: f"({t}).back"),
        st.tuples(inner, st.integers(0, 3)).map(lambda p: f"({p[0]}.times {p[1]})"),
    ),
    max_leaves=5,
)


@settings(max_examples=25)
@given(term=TERMS, laws=st.lists(st.sampled_from(LAWS), min_size=1, max_size=3, unique=True))
def test_any_equation_by_rewriting(server: Any, system: int, term: str, laws: list[str]) -> None:
    """Whatever rewriting by some laws proves is general: in these laws alone, and its origin is
    an instance of it."""
    rules = ", ".join(f"Shift.{law}" for law in laws)
    text = f"""theorem t (a b c : Shift) : ∃ d, {term} = d ∧ True := by
  refine ⟨_, by simp only [{rules}]; try rfl, trivial⟩"""
    answer = server.ask("elab", theory=system, text=text)
    if not answer["ok"]:  # nothing to rewrite
        return
    told = {"theory": answer["theory"], "name": "t", "as": "t_in_any", "own": False}
    answer = server.ask("abstract", **told)
    if answer["ok"]:
        assert answer["origin"] is True
        assert set(origins(answer, "law")) <= {f"Shift.{law}" for law in laws}
        assert "Shift" not in answer["decl"]["type"]
    else:
        assert answer["error"]["kind"] == "elab"
        assert answer["error"]["message"]
