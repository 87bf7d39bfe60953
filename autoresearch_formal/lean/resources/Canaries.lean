import Lean

/-! Five declarations that a working Lean treats in five known ways. `doctor` reads what Lean says
about each one by its line. -/

theorem canary_true (a b : Nat) : a + b = b + a := by omega

theorem canary_false (a : Nat) : a + 1 = a := by omega

theorem canary_sorry (a : Nat) : a + 1 = a := by sorry

axiom canary_axiom : 1 = 2
theorem canary_from_axiom : 1 = 2 := canary_axiom
#print axioms canary_from_axiom

open Lean in
run_meta
  let wrong : TheoremVal :=
    { name := `canary_kernel, levelParams := [], type := mkConst ``False, value := mkConst ``trivial }
  addDecl (.thmDecl wrong)
