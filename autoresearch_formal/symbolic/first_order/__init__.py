"""A small saturation prover for first-order logic with equality, and its way back to Lean.

It is untrusted: it only chooses which instances of which hypotheses matter. Lean checks.
"""
