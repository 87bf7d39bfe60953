"""One language of Lean terms."""
