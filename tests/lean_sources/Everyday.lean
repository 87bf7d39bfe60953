/-! Thirty statements of an ordinary day: lists, options, trees, numbers, strings as lists, classes.
Every one is true. They were written before the search could prove them, and measure what it
does with files of one's own. -/

namespace Everyday

/-! ## Lists -/

section
variable {α β : Type}

def total : List Nat → Nat
  | [] => 0
  | x :: l => x + total l

theorem total_append (l k : List Nat) : total (l ++ k) = total l + total k := by
  sorry

theorem total_reverse (l : List Nat) : total l.reverse = total l := by
  sorry

def turned : List α → List α → List α
  | [], acc => acc
  | x :: l, acc => turned l (x :: acc)

theorem turned_eq_reverse (l : List α) : turned l [] = l.reverse := by
  sorry

def everyOther : List α → List α
  | [] => []
  | [x] => [x]
  | x :: _ :: l => x :: everyOther l

theorem length_everyOther (l : List α) : (everyOther l).length = (l.length + 1) / 2 := by
  sorry

theorem map_everyOther (f : α → β) (l : List α) :
    (everyOther l).map f = everyOther (l.map f) := by
  sorry

def insertInOrder (x : Nat) : List Nat → List Nat
  | [] => [x]
  | y :: l => if x ≤ y then x :: y :: l else y :: insertInOrder x l

theorem length_insertInOrder (x : Nat) (l : List Nat) :
    (insertInOrder x l).length = l.length + 1 := by
  sorry

theorem mem_insertInOrder (x y : Nat) (l : List Nat) :
    y ∈ insertInOrder x l ↔ y = x ∨ y ∈ l := by
  sorry

theorem exists_list_of_length (x : α) (n : Nat) : ∃ l : List α, l.length = n ∧ ∀ y ∈ l, y = x := by
  sorry

theorem exists_preimage_list (f : α → β) (g : β → α) (h : ∀ y, f (g y) = y) (k : List β) :
    ∃ l : List α, l.map f = k := by
  sorry

theorem exists_sublist_of_positive (l : List Nat) :
    ∃ k : List Nat, ∀ x, x ∈ k ↔ x ∈ l ∧ 0 < x := by
  sorry
end

/-! ## Options and pairs -/

section
variable {α β γ : Type}

def both : Option α → Option β → Option (α × β)
  | some x, some y => some (x, y)
  | _, _ => none

theorem both_eq_some (x : Option α) (y : Option β) (p : α × β) :
    both x y = some p ↔ x = some p.1 ∧ y = some p.2 := by
  sorry

theorem both_none (x : Option α) : both x (none : Option β) = none := by
  sorry

def firstSome (p : α → Option β) : List α → Option β
  | [] => none
  | x :: l => match p x with
    | some y => some y
    | none => firstSome p l

theorem firstSome_append (p : α → Option β) (l k : List α) (h : firstSome p l = none) :
    firstSome p (l ++ k) = firstSome p k := by
  sorry

theorem swap_pairs (l : List (α × β)) : (l.map Prod.swap).map Prod.swap = l := by
  sorry
end

/-! ## Trees -/

inductive Shrub (α : Type) where
  | bare : Shrub α
  | fork : Shrub α → α → Shrub α → Shrub α

namespace Shrub
variable {α : Type}

def count : Shrub α → Nat
  | bare => 0
  | fork l _ r => l.count + r.count + 1

def height : Shrub α → Nat
  | bare => 0
  | fork l _ r => max l.height r.height + 1

def toList : Shrub α → List α
  | bare => []
  | fork l x r => l.toList ++ x :: r.toList

def flip : Shrub α → Shrub α
  | bare => bare
  | fork l x r => fork r.flip x l.flip

theorem height_le_count (t : Shrub α) : t.height ≤ t.count := by
  sorry

theorem length_toList (t : Shrub α) : t.toList.length = t.count := by
  sorry

theorem toList_flip (t : Shrub α) : t.flip.toList = t.toList.reverse := by
  sorry

theorem height_flip (t : Shrub α) : t.flip.height = t.height := by
  sorry

theorem exists_of_count (x : α) (n : Nat) : ∃ t : Shrub α, t.count = n := by
  sorry
end Shrub

/-! ## Numbers -/

def sumTo : Nat → Nat
  | 0 => 0
  | n + 1 => sumTo n + (n + 1)

theorem two_mul_sumTo (n : Nat) : 2 * sumTo n = n * (n + 1) := by
  sorry

theorem le_sumTo (n : Nat) : n ≤ sumTo n := by
  sorry

def half : Nat → Nat
  | 0 => 0
  | 1 => 0
  | n + 2 => half n + 1

theorem half_double (n : Nat) : half (n + n) = n := by
  sorry

theorem half_le (n : Nat) : half n ≤ n := by
  sorry

theorem exists_larger_multiple (m n : Nat) (h : 0 < m) : ∃ k, n < m * k := by
  sorry

theorem pow_two_grows (n : Nat) : n < 2 ^ n := by
  sorry

/-! ## Strings as lists of characters -/

def isPalindrome (w : List Char) : Prop := w.reverse = w

theorem palindrome_append_reverse (w : List Char) : isPalindrome (w ++ w.reverse) := by
  sorry

def spaced : List Char → List Char
  | [] => []
  | c :: w => c :: ' ' :: spaced w

theorem length_spaced (w : List Char) : (spaced w).length = 2 * w.length := by
  sorry

/-! ## Classes and structures -/

class Meet (M : Type) where
  meet : M → M → M
  assoc : ∀ a b c, meet (meet a b) c = meet a (meet b c)
  comm : ∀ a b, meet a b = meet b a
  idem : ∀ a, meet a a = a

theorem meet_absorbs {M : Type} [Meet M] (a b : M) :
    Meet.meet a (Meet.meet a b) = Meet.meet a b := by
  sorry

theorem meet_rearrange {M : Type} [Meet M] (a b c d : M) :
    Meet.meet (Meet.meet a b) (Meet.meet c d) = Meet.meet (Meet.meet a c) (Meet.meet b d) := by
  sorry

structure Point where
  x : Int
  y : Int

def Point.add (p q : Point) : Point := ⟨p.x + q.x, p.y + q.y⟩

theorem Point.add_comm (p q : Point) : p.add q = q.add p := by
  sorry

end Everyday
