"""The statements to reconstruct: what is known about each, suites, and `sorry`s of other files."""

from autoresearch_formal.targets.metadata import LEVELS, TARGETS_FILE, Target, load
from autoresearch_formal.targets.sorries import PinnedFile, SorryGoal
from autoresearch_formal.targets.suites import SUITES, find, suite

__all__ = [
    "LEVELS",
    "SUITES",
    "TARGETS_FILE",
    "PinnedFile",
    "SorryGoal",
    "Target",
    "find",
    "load",
    "suite",
]
