import Init

/-- Let $N \trianglelefteq G$ and $\mathrm{Gal}(L/K) = G/N$. -/
theorem probe : True := trivial
