"""What a policy may know: the dated table of concepts, the mask of a year, and its checks."""

from autoresearch_formal.mask.chronology import Chronology, Concept
from autoresearch_formal.mask.library import DescribedLibrary
from autoresearch_formal.mask.model import DEFAULT_CUTOFF, Mask

__all__ = ["DEFAULT_CUTOFF", "Chronology", "Concept", "DescribedLibrary", "Mask"]
