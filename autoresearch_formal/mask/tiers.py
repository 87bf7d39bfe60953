"""The two tiers of a mask: which modules and which declarations the hidden concepts reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autoresearch_formal.mask.chronology import Places
from autoresearch_formal.mask.hidden import Hidden, Why
from autoresearch_formal.mask.imports import matches
from autoresearch_formal.mask.library import DescribedLibrary, Entanglement, library_of
from autoresearch_formal.mask.listing import Listing, public_name
from autoresearch_formal.targets.worlds import is_reference

REFERENCES = "Reconstruct.Reference"
"""The namespace of the masked originals of every world."""


@dataclass(frozen=True)
class Tiers:
    """Modules and declarations behind a mask; `Mask` describes each field."""

    allowed_modules: tuple[str, ...]
    forbidden_modules: Mapping[str, str]
    entangled_modules: frozenset[str]
    forbidden: Mapping[str, Why]
    prefixes: Mapping[str, Hidden]
    present: frozenset[str]
    permitted: Mapping[str, str]
    permitted_anywhere: frozenset[str]


def stands_for_references(concepts: Iterable[str]) -> str:
    """The hidden concept named for a reference that belongs to no other."""
    ids = list(concepts)
    return "group" if "group" in ids else ids[0]


def work_out(
    concepts: Mapping[str, Hidden],
    places: Mapping[str, Mapping[str, Places]],
    library: DescribedLibrary,
) -> Tiers:
    """Both tiers for the given places of the hidden concepts, by concept and library."""
    prefixes: dict[str, Hidden] = {}
    present: set[str] = set()
    exact: dict[str, Hidden] = {}
    forbidden: dict[str, Why] = {}
    for concept, by_library in places.items():
        for name, place in by_library.items():
            prefixes.update(dict.fromkeys(place.namespaces, concepts[concept]))
            exact.update(dict.fromkeys(place.declarations, concepts[concept]))
            if name in library.present:
                present.update(place.namespaces)
                forbidden.update((entry, Why(concepts[concept])) for entry in place.declarations)
    permitted: dict[str, str] = {}
    anywhere: set[str] = set()
    for name, listing in library.listings:
        roots = {
            entry: Why(owner)
            for entry in listing.declarations
            if (owner := exact.get(entry) or _covering(entry, prefixes)) is not None
        }
        in_proofs, everywhere = _permits(name, listing, library.entanglement)
        reasons = in_proofs | everywhere
        steps = listing.dependents(roots, in_proofs=reasons, anywhere=everywhere)
        for entry, via in steps.items():
            forbidden[entry] = roots[entry] if entry in roots else Why(forbidden[via].concept, via)
        permitted.update((entry, why) for entry, why in reasons.items() if entry in forbidden)
        anywhere.update(entry for entry in everywhere if entry in forbidden)
    forbidden_modules = _forbidden_modules(concepts, places, library)
    return Tiers(
        allowed_modules=tuple(sorted(set(library.graph.imports) - set(forbidden_modules))),
        forbidden_modules=forbidden_modules,
        entangled_modules=frozenset(
            module
            for module in forbidden_modules
            if matches(module, library.entanglement.entangled_patterns)
        ),
        forbidden=forbidden,
        prefixes=prefixes,
        present=frozenset(present),
        permitted=permitted,
        permitted_anywhere=frozenset(anywhere),
    )


def _permits(
    name: str, listing: Listing, entanglement: Entanglement
) -> tuple[dict[str, str], dict[str, str]]:
    """Declarations of a library that may be used although what they need is hidden, and why: in
    proofs only, and anywhere."""
    scoped: dict[str, dict[str, str]] = {"proofs": {}, "anywhere": {}}
    for permit in entanglement.permit:
        if permit.library == name:
            scoped[permit.scope].update(
                (entry, " ".join(permit.reason.split()))
                for entry, declaration in listing.declarations.items()
                if permit.covers(entry, declaration.module)
            )
    return scoped["proofs"], scoped["anywhere"]


def _covering(name: str, prefixes: Mapping[str, Hidden]) -> Hidden | None:
    """The concept of the longest hidden namespace that contains `name`."""
    prefix = public_name(name)
    while prefix:
        if prefix in prefixes:
            return prefixes[prefix]
        prefix = prefix.rpartition(".")[0]
    return None


def _forbidden_modules(
    concepts: Mapping[str, Hidden],
    places: Mapping[str, Mapping[str, Places]],
    library: DescribedLibrary,
) -> dict[str, str]:
    """The import tier: hidden modules, what loads them, and what loads the unknown.

    A hidden module that is listed as entangled may not be named, but does not spread: what loads
    it is left to the declaration tier.
    """
    patterns: dict[str, dict[str, Hidden]] = {"core": {}, "reference": {}, "mathlib": {}}
    for concept, by_library in places.items():
        for name, place in by_library.items():
            patterns[name].update(dict.fromkeys(place.modules, concepts[concept]))
    if places:
        first = stands_for_references(places)
        # The masked originals: hidden below any cutoff that hides something.
        for module in filter(is_reference, library.graph.imports):
            patterns["reference"].setdefault(module, concepts[first])
    tangle = library.entanglement
    graph = library.graph
    reasons: dict[str, str] = {}
    spreading: list[str] = []
    for module in graph.imports:
        pattern = matches(module, patterns[library_of(module)])
        if pattern is not None:
            reasons[module] = str(patterns[library_of(module)][pattern])
            if matches(module, tangle.entangled_patterns) is None:
                spreading.append(module)
    origin = {**_outside(library), **{module: reasons[module] for module in spreading}}
    step = graph.reaching(origin)
    for module in step:
        if module in reasons:
            continue
        end = module
        while step.get(end, end) != end:
            end = step[end]
        # `reaching` drops targets outside the graph from its answer but keeps the steps to them.
        reasons[module] = f"it loads {end}: {origin[end]}" if end in spreading else origin[end]
    return dict(sorted(reasons.items()))


def _outside(library: DescribedLibrary) -> dict[str, str]:
    """Modules that are loaded without being described, and those of the compiler, with a reason."""
    imports, refused = library.graph.imports, library.entanglement.refused_patterns
    outside = {
        loaded: (
            "it loads the compiler"
            if matches(loaded, refused)
            else f"it loads {loaded}, which is outside the described library"
        )
        for modules in imports.values()
        for loaded in modules
        if loaded not in imports
    }
    compiler = {m: "it is part of the compiler" for m in imports if matches(m, refused)}
    return outside | compiler
