"""What untrusted text may not do."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.lean

FORBIDDEN_COMMANDS = [
    '#eval IO.FS.writeFile "/tmp/x" "x"',
    "#eval! 1",
    "#check Nat",
    "#print axioms Nat.add_comm",
    "#reduce 1 + 1",
    "#synth Inhabited Nat",
    "import Init",
    "theorem h (p : Prop) (t : Lean.Syntax) (h : autoParam p t) : p := h",
    "theorem h (p : Prop) (t : Lean.Syntax) (h : _root_.autoParam p t) : p := h",
    "theorem h (p : Prop) (t : Lean.Syntax) (h : «autoParam» p t) : p := h",
    "open autoParam in theorem h : True := trivial",
    "def t : Lean.Syntax := .missing",
    "def t := Lean.mkAtom \"x\"",
    "theorem h._auto_1 : True := trivial",
    "run_cmd pure ()",
    "run_elab pure ()",
    "run_meta pure ()",
    "initialize pure ()",
    "builtin_initialize pure ()",
    "axiom bad : False",
    "opaque hidden : Nat",
    "unsafe def f : Nat := 1",
    "partial def f (n : Nat) : Nat := f n",
    "@[implemented_by Nat.add] def f (a b : Nat) : Nat := 0",
    '@[extern "f"] def f (n : Nat) : Nat := n',
    "@[csimp] theorem t : @Nat.add = @Nat.add := rfl",
    "@[export f] def f (n : Nat) : Nat := n",
    "@[init] def f : IO Nat := pure 1",
    "@[simproc] def f := 1",
    "@[macro x] def f := 1",
    "@[inline] def f := 1",
    "@[command_elab x] def f := 1",
    "attribute [implemented_by Nat.add] Nat.mul",
    "attribute [-csimp] List.map_eq_mapTR",
    'macro "x" : term => `(1)',
    'syntax "x" : term',
    "macro_rules | `(1) => `(2)",
    'elab "x" : term => pure default',
    'notation "x" => 1',
    'infixl:65 " +++ " => Nat.add',
    'prefix:max "!!" => Nat.succ',
    "declare_syntax_cat x",
    "set_option debug.skipKernelTC true",
    "set_option maxHeartbeats 0",
    "set_option maxRecDepth 100000",
    "set_option compiler.extract_closed false",
    "set_option trace.Meta.synthInstance true",
    "set_option maxHeartbeats 0 in theorem t : True := trivial",
    "def s := include_str \"/etc/passwd\"",
    "def q := `(1)",
    "def q := `Nat",
    "def q := ``Nat",
    "def e : Nat := by_elab do pure default",
    "theorem t : True := by run_tac pure ()",
    "theorem t : 2 + 2 = 4 := by native_decide",
    "theorem t : 2 + 2 = 4 := by decide +native",
    "theorem t : 2 + 2 = 4 := by decide (config := { native := true })",
    "theorem t : 2 + 2 = 4 := Lean.ofReduceBool _ _ rfl",
    "open Lean in theorem t : 2 + 2 = 4 := ofReduceBool _ _ rfl",
    "def b := Lean.reduceBool true",
    "theorem t : False := sorry",
    "theorem t : False := by sorry",
    "theorem t : False := by admit",
    "theorem t : False := by stop skip",
    "theorem t : False := sorryAx _",
    "theorem t : False := @sorryAx _ false",
    "def d := dbg_trace \"x\"; 1",
    "def d : Nat := dbgTrace \"x\" fun _ => 1",
    "def d := unsafe 1",
    "def d := unsafeCast 1",
    "def d := panic! \"x\"",
    "def d := dbgSleep 100000 fun _ => 1",
    "def x : Id Nat := do let y ← pure 1; return y",
    "structure S where\n  x : Nat\n  deriving Lean.ToExpr",
    "inductive T | a\nderiving instance Lean.ToJson for T",
    "mutual\naxiom a : False\nend",
    "namespace N\naxiom a : False\nend N",
    "export Nat (add)",
    "theorem t : True := by\n  sleep 100000\n  trivial",
    "theorem t : True := by trace \"x\"; trivial",
    "theorem t (x y : BitVec 8) : x + y = y + x := by bv_decide",
    "local macro \"x\" : term => `(1)",
    "scoped notation \"x\" => 1",
    "local instance : Inhabited Nat := by run_tac pure ()",
    "theorem t : ∀ x, x = x := fun x => by { run_tac pure () }",
    "example : True := by\n  conv => run_tac pure ()",
    "#exit",
    "end_of_the_world",
]  # fmt: skip


@pytest.mark.parametrize("text", FORBIDDEN_COMMANDS)
def test_commands(server: Any, text: str) -> None:
    fault = server.error("elab", theory=server.theory(), text=text)
    assert fault["kind"] in {"forbidden", "parse"}, fault


OPTIONS_THAT_RUN_CODE = [
    "simp (config := evil)",
    "simp (config := { maxSteps := evil })",
    "simp (maxSteps := evil)",
    "simp (maxSteps := (evil))",
    "simp (maxSteps := by exact 1)",
    "simp (maxSteps := dbgSleep 10 fun _ => 1)",
    "omega (config := let x := 1; {})",
    "decide (kernel := evil.isZero)",
    "grind (splits := evil)",
    "rw (occs := evil) [h]",
    "exact? (config := evil)",
    "simp (config := .evil)",
    "conv => simp (maxSteps := evil)",
    "simp_all (maxSteps := evil)",
    "simpa (maxSteps := evil) using h",
    "apply (config := evil) h",
    "constructor <;> simp (maxSteps := evil)",
    "first | skip | simp (maxSteps := evil)",
    # of another type: Lean would look for a coercion of the text's own
    "simp (zeta := 7)",
    "simp (maxSteps := true)",
    "simp +maxSteps",
    "simp (maxSteps := -7)",
    "simp (config := { maxSteps := true })",
    "simp (config := { zeta := 7 })",
]


@pytest.mark.parametrize("tactic", OPTIONS_THAT_RUN_CODE)
def test_tactic_options_are_literals(server: Any, tactic: str) -> None:
    text = "def evil : Nat := 3\ndef Lean.Meta.Simp.Config.evil : Lean.Meta.Simp.Config := {}"
    theory = server.ok("elab", theory=server.theory(), text=text.splitlines()[0])["theory"]
    state = server.goal("∀ a : Nat, a = a → a + 0 = a", theory=theory)
    (result,) = server.results(state, tactic)
    assert result["error"]["kind"] in {"forbidden", "parse"}, result


ENDLESS = "def loop : Nat → Nat → Nat\n  | 0, a => a\n  | n + 1, a => loop n (a + n)\n"
PLAIN = "theorem t (a : Nat) : a + 0 = a := by simp (maxSteps := 700)"

SHADOWS = {
    "a numeral that never ends": (
        ENDLESS + "instance : OfNat Nat 700 := ⟨loop 1000000000 0⟩", PLAIN),
    "a numeral that fills the memory": (
        "instance : OfNat Nat 700 := ⟨(Array.replicate 3000000000 5).size⟩", PLAIN),
    "a numeral in a configuration": (
        ENDLESS + "instance : OfNat Nat 700 := ⟨loop 1000000000 0⟩",
        PLAIN.replace("maxSteps := 700", "config := { maxSteps := 700 }")),
    "a truth that is a loop": (
        ENDLESS + "namespace A\ndef true : Bool := loop 1000000000 0 == 1",
        "theorem t (a : Nat) : a + 0 = a := by simp (zeta := true)"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHADOWS)
def test_options_mean_what_they_say(server: Any, name: str) -> None:
    """Lean evaluates options as terms, in which the text's own declarations could take part."""
    before, theorem = SHADOWS[name]
    theory = server.ok("elab", theory=server.theory(), text=before)["theory"]
    assert server.ok("elab", theory=theory, text=theorem, ms=5000)["decls"]
    tactic = theorem.partition("by ")[2]
    state = server.goal("∀ a : Nat, a + 0 = a", theory=theory)
    (result,) = server.results(state, tactic, ms=5000)
    assert result["proved"]


@pytest.mark.parametrize(
    "tactic",
    ["simp (maxSteps := 1000)", "simp (config := { maxSteps := 1000, zeta := false })",
     "simp +zetaDelta", "simp -zeta only [Nat.add_zero]", "decide +revert", "omega",
     "grind (splits := 5)", "exact (by simp : _)"],
)  # fmt: skip
def test_literal_options_work(server: Any, tactic: str) -> None:
    (result,) = server.results(server.goal("∀ a : Bool, a = a ∧ 0 + 0 = 0"), tactic)
    assert result["ok"] or result["error"]["kind"] == "elab", result


@pytest.mark.parametrize(
    "tactic",
    ["sorry", "exact sorry", "admit", "have : False := sorry", "exact absurd sorry sorry",
     "run_tac pure ()", "exact by_elab pure default", "native_decide", "exact (sorry : _)",
     "refine ⟨?_, sorry⟩", "stop", "set_option maxHeartbeats 0 in simp",
     "simp [show 1 = 2 from sorry]", "apply?", "case _ => sorry", "all_goals sorry",
     "open Lean in exact sorryAx _"],
)  # fmt: skip
def test_tactics(server: Any, tactic: str) -> None:
    (result,) = server.results(server.goal("1 = 2 ∧ 2 = 3"), tactic)
    assert not result["ok"], result


HONEST = [
    "def f : Nat → Nat\n  | 0 => 1\n  | n + 1 => 2 * f n",
    "theorem t (n : Nat) : n + 0 = n := by simp",
    "structure P (α : Type) where\n  x : α\n  y : α\n  deriving DecidableEq",
    "@[ext] structure Q where\n  x : Nat",
    "inductive C | red | green\n  deriving Repr, BEq, Inhabited",
    "class Thing (α : Type u) where\n  thing : α\ninstance : Thing Nat := ⟨3⟩",
    "namespace A.B\nabbrev g := 3\nend A.B\nopen A.B in\nexample : g = 3 := rfl",
    "variable (n : Nat)\ntheorem v : n = n := rfl",
    "section\nuniverse u\ndef i (α : Sort u) (a : α) := a\nend",
    "mutual\ndef ev : Nat → Bool\n  | 0 => true\n  | n + 1 => od n\n"
    "def od : Nat → Bool\n  | 0 => false\n  | n + 1 => ev n\nend",
    "def gcd' (a b : Nat) : Nat := if h : b = 0 then a else gcd' b (a % b)\n"
    "termination_by b\ndecreasing_by exact Nat.mod_lt _ (Nat.pos_of_ne_zero h)",
    "@[simp] theorem s (n : Nat) : n - n = 0 := Nat.sub_self n",
    "attribute [simp] Nat.add_comm",
    "theorem c (a b c : Nat) (h : a = b) (k : b = c) : a = c := calc\n  a = b := h\n  _ = c := k",
    "noncomputable def w (h : ∃ n : Nat, n > 3) : Nat := Classical.choose h",
    "private theorem hidden : 1 = 1 := rfl\nprotected theorem Nat.own : 1 = 1 := hidden",
    "/-- A docstring. -/\ndef documented : Nat := 1\n/-! A section. -/\n-- a comment",
    "theorem m (p q : Prop) : p ∨ q → q ∨ p := fun\n  | .inl h => .inr h\n  | .inr h => .inl h",
    "theorem b (s : List Nat) (h : ∀ x ∈ s, x < 3) : ∃ y ≤ 3, ∀ x ∈ s, x < y := ⟨3, by simp, h⟩",
    "set_option autoImplicit false\ntheorem o {α : Type} (a : α) : a = a := rfl",
    "instance (priority := low) lowly : Inhabited Nat := ⟨7⟩",
    "theorem g (xs ys : List Nat) : (xs ++ ys).length = ys.length + xs.length := by grind",
    "theorem r (p q : Prop) (h : p ∧ q) : q := by\n  rcases h with ⟨_, hq⟩\n  exact hq",
    "theorem e : ∃ x : Nat, x * x = 49 := by\n  exists 7",
    "theorem cv (a b : Nat) : a + 0 = a := by\n  conv => lhs; rw [Nat.add_zero]",
    "theorem ind (n : Nat) : 0 + n = n := by\n  induction n with\n  | zero => rfl\n"
    "  | succ n ih => rw [← Nat.add_assoc, ih]",
]


@pytest.mark.parametrize("text", HONEST)
def test_ordinary_mathematics_passes(server: Any, text: str) -> None:
    server.ok("elab", theory=server.theory(), text=text)
