import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem work : ∀ a b c d e f g h i : Bool,
    (a && b && c && d && e && f && g && h && i) = (i && h && g && f && e && d && c && b && a) := by
  decide

theorem more : ∀ a b c d e f g h i : Bool,
    (a || b || c || d || e || f || g || h || i) = (i || h || g || f || e || d || c || b || a) := by
  decide

theorem helper : True ∧
    (Reconstruct.CommonPartClosed.Statement → Reconstruct.CommonPartClosed.Statement) :=
  ⟨trivial, fun h => h⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := helper.2 (by
  intro G m e inv P Q pe pm pi qe qm qi
  exact ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
    fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩)

end Reconstruct.Generated
