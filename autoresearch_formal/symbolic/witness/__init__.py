"""Witnesses: terms for the places that first-order reasoning leaves open.

`interpret` makes small models of a goal's hypotheses, `vocabulary` says what terms are built from,
`enumerate` builds them, smallest first and one of each meaning, `solve` keeps those for which
everything that has to hold does hold in the models, and `instances` says where there is something
open and turns what is kept into steps. Nothing here is trusted: Lean decides.
"""
