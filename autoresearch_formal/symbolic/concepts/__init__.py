"""Definitions by compression: what recurs in a body of statements, and is shorter with a name.

The idea is that of library learning by anti-unification (Bowers et al., "Top-Down Synthesis for
Library Learning", POPL 2023; Plotkin, "A Note on Inductive Generalization", 1970), applied to
statements of theorems: `patterns` has the vocabulary, `matching` finds uses, `corpus` walks and
rewrites statements, `compress` chooses, `lean` writes the result down.
"""
