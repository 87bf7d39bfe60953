import Init

/-- The gr\
  oup of all substitutions. -/
theorem probe : True := trivial
