import Init

/-- The grоup of the equation. -/
theorem probe : True := trivial
