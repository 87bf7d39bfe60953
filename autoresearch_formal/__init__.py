"""Rebuild a mathematical theory behind a knowledge mask, every claim checked by the Lean kernel."""

__version__ = "0.1.0"
