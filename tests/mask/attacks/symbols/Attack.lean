import Init

/-- G ⋊ H -/
theorem probe : True := trivial
