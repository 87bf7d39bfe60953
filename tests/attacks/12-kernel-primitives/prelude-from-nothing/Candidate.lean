prelude

inductive True : Prop where
  | intro : True

inductive Nat where
  | zero : Nat
