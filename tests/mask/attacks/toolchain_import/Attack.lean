import Init.Grind.Ring.Basic

theorem probe : True := trivial
