"""Theorems from nothing: generated inside the foundation, proved, checked by the kernel."""
