"""The mask: a frozen, hashed set of what may not be imported, used or said.

Two tiers. *Imports*: an allow-list of modules. *Declarations*: names that may not be used, with
everything that depends on them; a short list of them is permitted inside proofs. Besides, words
and symbols for the leak scan of texts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask.chronology import (
    LATEST,
    Chronology,
    Concept,
    Places,
    describe,
    read_toml,
)
from autoresearch_formal.mask.imports import matches
from autoresearch_formal.mask.library import Library, library_of
from autoresearch_formal.mask.listing import FIRST_CUTOFF, public_name

DEFAULT_CUTOFF = 1823
"""Lagrange, Ruffini, Gauss and Cauchy's first papers are visible; Abel and Galois are not."""

REFERENCE = "Reconstruct.Reference"
"""The masked originals: hidden below any cutoff that hides something."""

_DERIVED = re.compile(r"(\.(_[^.]*|match_\d+|eq_\d+|congr_simp))+$")
"""The endings Lean gives to what it derives from a declaration."""

FORMAT = 1
"""Version of the file the gym reads."""


@dataclass(frozen=True)
class Hidden:
    """A concept behind the mask, as messages speak of it."""

    id: str
    label: str
    who: str
    year: int | None
    source: str

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.label} ({self.who})"
        when = f"{-self.year} BC" if self.year < 0 else str(self.year)
        return f"{self.label} ({self.who}, {when})"


@dataclass(frozen=True)
class Why:
    """Why one name is hidden: the concept, and the next name on the way to it if indirect."""

    concept: Hidden
    via: str | None = None

    def __str__(self) -> str:
        return str(self.concept) if self.via is None else f"{self.concept}, through {self.via}"


@dataclass(frozen=True)
class Lexicon:
    """What the leak scan looks for; each entry with the id of its concept."""

    words: Mapping[str, str] = field(default_factory=dict)
    fragments: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mask:
    """What is hidden. Build it with `Mask.compute` or `Mask.from_file`; it never changes.

    Attributes:
        cutoff: the year, or None for a hand-written mask.
        title: one line for people.
        concepts: the hidden concepts by id.
        granted: concepts younger than the cutoff that are shown, each with the reason.
        allowed_modules: exactly what may be imported by name.
        forbidden_modules: modules of the library that may not be, each with the reason.
        entangled_modules: those of them that visible modules load all the same; what they
            declare is hidden name by name, not as a whole.
        forbidden: hidden declarations of listed libraries, each with the reason.
        prefixes: namespaces that are hidden with all they contain, in any library.
        present: those of them that belong to a library the mask was computed for; only these
            can name anything, so only these are enforced. (A policy that calls its own
            definition `Group` has given itself away in words, which is the leak scan's matter.)
        permitted: hidden declarations that may occur inside proofs, each with the reason.
        permitted_anywhere: those of them that may occur in statements and definitions too.
        lexicon: words, fragments and symbols for the leak scan.
    """

    cutoff: int | None
    title: str
    concepts: Mapping[str, Hidden]
    granted: Mapping[str, str]
    allowed_modules: tuple[str, ...]
    forbidden_modules: Mapping[str, str]
    entangled_modules: frozenset[str]
    forbidden: Mapping[str, Why]
    prefixes: Mapping[str, Hidden]
    present: frozenset[str]
    permitted: Mapping[str, str]
    permitted_anywhere: frozenset[str]
    lexicon: Lexicon

    @staticmethod
    def compute(
        cutoff: int = DEFAULT_CUTOFF,
        library: Library | None = None,
        chronology: Chronology | None = None,
    ) -> Mask:
        """The mask of a year: every concept first isolated after `cutoff` is hidden.

        Deterministic: the same table, library and cutoff give the same hash.

        Raises:
            UsageFault: the table or the library cannot be read.
        """
        if not FIRST_CUTOFF <= cutoff <= LATEST:
            raise UsageFault(
                f"cutoff {cutoff}: choose a year from {FIRST_CUTOFF} to {LATEST}; before that "
                "Lean's own numbers would have to be hidden, and the table ends there"
            )
        table = chronology if chronology is not None else Chronology.load()
        base = library if library is not None else Library.of_project()
        masked = table.masked(cutoff)
        places = {
            concept.id: {
                "core": concept.core,
                "reference": concept.reference,
                "mathlib": concept.mathlib,
            }
            for concept in masked
        }
        if masked:
            # Every reference is an original that some search is asked to rebuild.
            first = _stands_for_references(places)
            places[first]["reference"] = _with_namespace(places[first]["reference"], REFERENCE)
        lexicon = Lexicon(
            _entries(masked, "words"),
            _entries(masked, "fragments"),
            _entries(masked, "symbols"),
            tuple(sorted({phrase.casefold() for c in table for phrase in c.everyday})),
        )
        return _assemble(
            cutoff=cutoff,
            title=f"what mathematics knew by the end of {cutoff}",
            concepts={c.id: Hidden(c.id, c.label, c.who, c.year, c.source) for c in masked},
            granted={c.id: " ".join(c.granted.split()) for c in table.granted(cutoff)},
            places=places,
            lexicon=lexicon,
            library=base,
        )

    @staticmethod
    def from_file(path: Path, library: Library | None = None) -> Mask:
        """A hand-written mask: a TOML list of what to hide, without a chronology.

        Raises:
            UsageFault: the file is missing or breaks the schema; file, line and field are named.
        """
        text, raw = read_toml(path)
        try:
            table = _HandWritten.model_validate(raw)
        except ValidationError as error:
            raise UsageFault(describe(path, text, error)) from None
        base = library if library is not None else Library.of_project()
        concepts = {
            f"{index}": Hidden(f"{index}", hide.label, table.title, hide.year, str(path.name))
            for index, hide in enumerate(table.hide)
        }
        everywhere = {
            f"{index}": {
                name: Places(
                    modules=hide.modules,
                    namespaces=hide.namespaces,
                    declarations=hide.declarations,
                )
                for name in ("core", "reference", "mathlib")
            }
            for index, hide in enumerate(table.hide)
        }
        lexicon = Lexicon(
            {w.casefold(): f"{i}" for i, hide in enumerate(table.hide) for w in hide.words},
            {w: f"{i}" for i, hide in enumerate(table.hide) for w in hide.fragments},
            {w: f"{i}" for i, hide in enumerate(table.hide) for w in hide.symbols},
            tuple(sorted({p.casefold() for hide in table.hide for p in hide.everyday})),
        )
        return _assemble(None, table.title, concepts, {}, everywhere, lexicon, base)

    def why(self, name: str) -> Why | None:
        """Why a declaration name is hidden, or None when it is visible.

        Private names count as the names they stand for, and what Lean derives from a hidden
        declaration (``f._proof_1``, ``f.eq_1``) as that declaration.
        """
        if name in self.forbidden:
            return self.forbidden[name]
        prefix = public_name(name)
        while prefix:
            if prefix in self.prefixes:
                return Why(self.prefixes[prefix])
            if prefix in self.forbidden:
                return Why(self.forbidden[prefix].concept, prefix)
            prefix = prefix.rpartition(".")[0]
        return None

    def refuses(self, name: str) -> Why | None:
        """Why a constant may not occur in a statement or definition, or None when it may."""
        return None if name in self.permitted_anywhere else self.why(name)

    def refuses_in_proof(self, name: str) -> Why | None:
        """Why a constant may not occur inside a proof, or None when it may."""
        owner = _DERIVED.sub("", name)
        return None if name in self.permitted or owner in self.permitted else self.why(name)

    def why_module(self, module: str) -> str | None:
        """Why a module may not be imported, or None when it may."""
        if module in self._allowed:
            return None
        return self.forbidden_modules.get(module, "it is not on the list of allowed modules")

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return frozenset(self.allowed_modules)

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "cutoff": self.cutoff,
            "allowed_modules": sorted(self.allowed_modules),
            "forbidden_modules": sorted(self.forbidden_modules.keys() - self.entangled_modules),
            "forbidden": sorted(self.forbidden),
            "forbidden_prefixes": sorted(self.present),
            "permitted": sorted(self.permitted),
            "permitted_anywhere": sorted(self.permitted_anywhere),
            "words": sorted(self.lexicon.words),
            "fragments": sorted(self.lexicon.fragments),
            "symbols": sorted(self.lexicon.symbols),
            "everyday": sorted(self.lexicon.everyday),
        }

    @cached_property
    def hash(self) -> str:
        """``sha256:…`` of everything the mask hides, in a canonical order."""
        text = json.dumps(self._content(), ensure_ascii=False, sort_keys=True)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def gym_file(self) -> dict[str, Any]:
        """The document the gym reads with ``--mask``.

        `forbidden` and `forbidden_prefixes`: names that resolve as if they had never existed and
        may not occur in any goal. `permitted`: of those, the ones a step's *proof term* may
        mention all the same; they stay unnameable. `words`: a docstring with one of them is not
        shown. `forbidden_modules` are hidden whole; an entangled module is merely missing from
        `allowed_modules`. The gym knows no names that may occur anywhere: there such names may
        occur inside proofs only, which is stricter than the judge.
        """
        content = self._content()
        del content["permitted_anywhere"]
        return {"hash": self.hash, **content}

    def write_gym_file(self, path: Path) -> None:
        """Write `gym_file` as JSON."""
        path.write_text(json.dumps(self.gym_file(), ensure_ascii=False), encoding="utf-8")


class _Hide(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Annotated[str, Field(min_length=1)]
    year: int | None = None
    words: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()


class _HandWritten(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1)]
    hide: tuple[_Hide, ...]


def _stands_for_references(concepts: Iterable[str]) -> str:
    """The hidden concept named for a reference that belongs to no other."""
    ids = list(concepts)
    return "group" if "group" in ids else ids[0]


def _with_namespace(places: Places, namespace: str) -> Places:
    return places.model_copy(update={"namespaces": (*places.namespaces, namespace)})


def _entries(concepts: Iterable[Concept], attribute: str) -> dict[str, str]:
    return {
        (item if attribute == "symbols" else item.casefold()): concept.id
        for concept in concepts
        for item in getattr(concept, attribute)
    }


def _assemble(
    cutoff: int | None,
    title: str,
    concepts: Mapping[str, Hidden],
    granted: Mapping[str, str],
    places: Mapping[str, Mapping[str, Places]],
    lexicon: Lexicon,
    library: Library,
) -> Mask:
    """Work out both tiers for the given places of the hidden concepts."""
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
        scoped: dict[str, dict[str, str]] = {"proofs": {}, "anywhere": {}}
        for permit in library.entanglement.permit:
            if permit.library == name:
                scoped[permit.scope].update(
                    (entry, " ".join(permit.reason.split()))
                    for entry, declaration in listing.declarations.items()
                    if permit.covers(entry, declaration.module)
                )
        reasons = scoped["proofs"] | scoped["anywhere"]
        steps = listing.dependents(roots, in_proofs=reasons, anywhere=scoped["anywhere"])
        for entry, via in steps.items():
            forbidden[entry] = roots[entry] if entry in roots else Why(forbidden[via].concept, via)
        permitted.update((entry, why) for entry, why in reasons.items() if entry in forbidden)
        anywhere.update(entry for entry in scoped["anywhere"] if entry in forbidden)
    forbidden_modules = _forbidden_modules(concepts, places, library)
    return Mask(
        cutoff=cutoff,
        title=title,
        concepts=dict(concepts),
        granted=dict(granted),
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
        lexicon=lexicon,
    )


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
    library: Library,
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
        first = _stands_for_references(places)
        patterns["reference"].setdefault(f"{REFERENCE}.*", concepts[first])
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
    outside = {
        loaded: (
            "it loads the compiler"
            if matches(loaded, tangle.refused_patterns)
            else f"it loads {loaded}, which is outside the described library"
        )
        for modules in graph.imports.values()
        for loaded in modules
        if loaded not in graph.imports
    }
    for module in graph.imports:
        if matches(module, tangle.refused_patterns):
            outside[module] = "it is part of the compiler"
    origin = {**outside, **{module: reasons[module] for module in spreading}}
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
