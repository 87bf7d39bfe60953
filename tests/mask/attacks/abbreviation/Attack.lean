import Init

open Lean.Order in
abbrev Chain := @CCPO
