import Init

set_option pp.all true in
#check @Lean.Grind.Ring.neg_add_cancel
