import Init

theorem probe (subgroup : Nat → Prop) (h : subgroup 1) : subgroup 1 := h
