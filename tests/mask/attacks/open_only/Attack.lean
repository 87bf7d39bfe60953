import Init

open Lean.Order (monotone)

def probe := @monotone
