"""Evaluation of terms in small models: refuting goals, filtering conjectures, comparing notions."""
