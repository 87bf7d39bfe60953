import Init

-- how the homomorphism is made
theorem probe : True := trivial
