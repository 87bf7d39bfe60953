/-! Holes that are no statement to prove; the comment behind each is a part of the reason. -/

def pick : Nat := sorry -- it stands for data

structure Law where
  op : Nat → Nat → Nat
  comm : ∀ a b, op a b = op b a

def addLaw : Law where
  op := sorry -- it stands for data
  comm := sorry -- its statement has another hole inside

instance : Inhabited Law := ⟨sorry⟩ -- it stands for data

theorem typed (n : sorry) : n = n := rfl -- part of what the declaration says

theorem signed : (⟨0, sorry⟩ : Fin 3) = 0 := rfl -- part of what the declaration says

theorem automatic (_ : 1 = 1 := by sorry) : True := trivial -- part of what the declaration says

theorem never (n : Nat) : n = n := by
  first | rfl | sorry -- Lean never comes to this place

theorem all (p q : Prop) : p ∧ q := by
  constructor
  all_goals sorry -- it stands for 2 goals at once

theorem usesWhere (n : Nat) : 0 + n = n := by
  have _h : dbl n = n + n := by
    sorry -- it speaks of 'dbl', which is defined inside the same declaration
  omega
where
  dbl : Nat → Nat
    | k => k + k

theorem letRec : True := by
  let rec go : Nat → Nat
    | 0 => 0
    | k + 1 => go k + 1
  have _h : go 0 = 0 := by
    sorry -- it speaks of 'go', which is defined inside the same declaration
  trivial

theorem ofPick : pick = pick := by
  sorry -- its statement speaks of what is open itself (pick)

def aType : Type := sorry -- it stands for a type
