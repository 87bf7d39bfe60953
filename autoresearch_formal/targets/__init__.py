"""The statements to reconstruct: what is known about each, suites, and `sorry`s of other files."""

from autoresearch_formal.targets.metadata import LEVELS, Target, load
from autoresearch_formal.targets.sorries import PinnedFile, SorryGoal
from autoresearch_formal.targets.suites import SUITES, find, suite
from autoresearch_formal.targets.worlds import DEFAULT_WORLD, World, world, worlds

__all__ = [
    "DEFAULT_WORLD",
    "LEVELS",
    "SUITES",
    "PinnedFile",
    "SorryGoal",
    "Target",
    "World",
    "find",
    "load",
    "suite",
    "world",
    "worlds",
]
