"""The statements to reconstruct: what is known about each, suites, and `sorry`s of other files."""

from autoresearch_formal.targets.metadata import LEVELS, TARGETS_FILE, Target, load
from autoresearch_formal.targets.sorries import SorryGoal, load_sorries
from autoresearch_formal.targets.suites import SUITES, find, suite

__all__ = [
    "LEVELS",
    "SUITES",
    "TARGETS_FILE",
    "SorryGoal",
    "Target",
    "find",
    "load",
    "load_sorries",
    "suite",
]
