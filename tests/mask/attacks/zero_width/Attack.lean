import Init

/-- The gr​oup of the equation. -/
theorem probe : True := trivial
