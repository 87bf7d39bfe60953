import Mathlib.GroupTheory.Sylow

theorem probe : True := trivial
