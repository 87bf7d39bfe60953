"""Comparing what a search invented with the masked originals, by kernel-checked theorems."""
