"""What a run rediscovered of what its targets hide, and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from autoresearch_formal.mask.chronology import Chronology
from autoresearch_formal.rediscovery.catalogue import BUNDLE_OF, NAMESPACE
from autoresearch_formal.rediscovery.engine import Invention
from autoresearch_formal.targets import find, load


def family(concept: str) -> str:
    """The concept under which forms of one notion are counted: `Group` for `IsGroup`."""
    return BUNDLE_OF.get(concept, concept)


def score(inventions: Sequence[Invention], targets: Sequence[str]) -> dict[str, Any]:
    """The figures of a run.

    Args:
        inventions: what was compared, in the order in which the run made it.
        targets: labels of the run's targets; others (files of the user's own) hide nothing.

    Returns:
        ``hidden`` (concepts that the targets hide), ``rediscovered`` (those with an equivalent
        invention), ``beyond`` (equivalents of concepts that no target names), ``by_year`` and
        ``paths``: the order of history beside the order of the run.
    """
    known = load()
    labels = {t.id for t in known} | {t.name for t in known}
    hidden = {family(h) for label in targets if label in labels for h in find(label, known).hides}
    years = {
        place.removeprefix(f"{NAMESPACE}."): concept.year
        for concept in Chronology.load().concepts
        for place in concept.reference.namespaces
    }
    found: dict[str, str] = {}
    for invention in inventions:
        for finding in invention.findings:
            if finding.relation == "equivalent":
                found.setdefault(family(finding.concept), invention.name)
    human = sorted((c for c in found if c in years), key=lambda c: (years[c], c))
    return {
        "hidden": sorted(hidden),
        "rediscovered": sorted(hidden & found.keys()),
        "beyond": sorted(found.keys() - hidden),
        "share": round(len(hidden & found.keys()) / len(hidden), 3) if hidden else None,
        "by_year": _by_year(hidden, found, years),
        "paths": {
            "human": [{"concept": c, "year": years[c]} for c in human],
            "machine": [{"concept": c, "invention": i} for c, i in found.items()],
        },
        "new": [i.name for i in inventions if i.relation == "new"],
    }


def _by_year(
    hidden: Collection[str], found: Collection[str], years: Mapping[str, int]
) -> dict[str, dict[str, list[str]]]:
    """Of the dated concepts of each year, those that are hidden and those that were found."""
    table: dict[int, dict[str, list[str]]] = defaultdict(lambda: {"hidden": [], "rediscovered": []})
    for concept in sorted(c for c in hidden if c in years):
        row = table[years[concept]]
        row["hidden"].append(concept)
        if concept in found:
            row["rediscovered"].append(concept)
    return {str(year): table[year] for year in sorted(table)}
