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
from dataclasses import dataclass
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
from autoresearch_formal.mask.hidden import Hidden, Lexicon, Why
from autoresearch_formal.mask.library import DescribedLibrary
from autoresearch_formal.mask.listing import FIRST_CUTOFF, public_name
from autoresearch_formal.mask.tiers import REFERENCES, stands_for_references, work_out

DEFAULT_CUTOFF = 1823
"""Lagrange, Ruffini, Gauss and Cauchy's first papers are visible; Abel and Galois are not."""

_DERIVED = re.compile(r"(\.(_[^.]*|match_\d+|eq_\d+|congr_simp))+$")
"""The endings Lean gives to what it derives from a declaration."""

FORMAT = 1
"""Version of the file the gym reads."""


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
        library: DescribedLibrary | None = None,
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
        base = library if library is not None else DescribedLibrary.of_project()
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
            first = stands_for_references(places)
            places[first]["reference"] = _with_namespace(places[first]["reference"], REFERENCES)
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
    def from_file(path: Path, library: DescribedLibrary | None = None) -> Mask:
        """A hand-written mask: a TOML list of what to hide, without a chronology.

        Raises:
            UsageFault: the file is missing or breaks the schema; file, line and field are named.
        """
        text, raw = read_toml(path)
        try:
            table = _HandWritten.model_validate(raw)
        except ValidationError as error:
            raise UsageFault(describe(path, text, error)) from None
        base = library if library is not None else DescribedLibrary.of_project()
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
    library: DescribedLibrary,
) -> Mask:
    tiers = work_out(concepts, places, library)
    return Mask(
        cutoff=cutoff,
        title=title,
        concepts=dict(concepts),
        granted=dict(granted),
        allowed_modules=tiers.allowed_modules,
        forbidden_modules=tiers.forbidden_modules,
        entangled_modules=tiers.entangled_modules,
        forbidden=tiers.forbidden,
        prefixes=tiers.prefixes,
        present=tiers.present,
        permitted=tiers.permitted,
        permitted_anywhere=tiers.permitted_anywhere,
        lexicon=lexicon,
    )
