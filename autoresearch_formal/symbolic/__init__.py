"""Reasoning without a model: steps, a first-order prover, induction, conjectures, concepts."""
