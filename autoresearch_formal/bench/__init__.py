"""Benchmarks behind `autoresearch bench`: they report figures and never assert a time."""
