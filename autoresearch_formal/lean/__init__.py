"""Lean toolchains, the project's build, and the gym's processes, client and pool.

This package knows nothing of search, models or policies.
"""
