"""What a mask is computed for: source trees, built listings, and where they are entangled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.mask import listing as listings
from autoresearch_formal.mask.chronology import LibraryName, describe, read_toml
from autoresearch_formal.mask.imports import ImportGraph, SourceRoot
from autoresearch_formal.mask.listing import Listing

ENTANGLED = Path(__file__).with_name("entangled.toml")
"""The table shipped with the package."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Modules(_Strict):
    """Module names or subtrees ``A.B.*`` that share one treatment, and the reason for it."""

    modules: tuple[str, ...]
    reason: str


class Permit(_Strict):
    """Hidden declarations that may occur all the same, and why.

    Given by the module that declares them, by namespace, or by name. `scope` says where: inside
    the proofs of theorems only, or anywhere (for instances through which a library defines the
    arithmetic of its numbers, so that every statement about them mentions one). In no scope can
    they be named.
    """

    library: LibraryName
    scope: Literal["proofs", "anywhere"] = "proofs"
    modules: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()
    reason: str

    def covers(self, name: str, module: str) -> bool:
        """Whether this permit speaks of the declaration `name` of `module`."""
        public = listings.public_name(name)
        return (
            name in self.declarations
            or module in self.modules
            or any(public == n or public.startswith(n + ".") for n in self.namespaces)
        )


class Entanglement(_Strict):
    """The three lists of `entangled.toml`."""

    entangled: tuple[Modules, ...] = ()
    refuse: tuple[Modules, ...] = ()
    permit: tuple[Permit, ...] = ()

    @staticmethod
    @cache
    def load(path: Path = ENTANGLED) -> Entanglement:
        """Read such a table; a fault names file, line and field (`UsageFault`)."""
        text, raw = read_toml(path)
        try:
            return Entanglement.model_validate(raw)
        except ValidationError as error:
            raise UsageFault(describe(path, text, error)) from None

    @property
    def entangled_patterns(self) -> tuple[str, ...]:
        """All module patterns under ``[[entangled]]``."""
        return tuple(p for entry in self.entangled for p in entry.modules)

    @property
    def refused_patterns(self) -> tuple[str, ...]:
        """All module patterns under ``[[refuse]]``."""
        return tuple(p for entry in self.refuse for p in entry.modules)


@dataclass(frozen=True)
class DescribedLibrary:
    """The trees and listings a mask is computed for.

    Attributes:
        roots: source trees whose modules may be importable (foundation, targets, Mathlib).
        listings: what built libraries declare, by library; the toolchain's own is always there.
        entanglement: the modules that need the declaration tier, and the permitted constants.
    """

    roots: tuple[SourceRoot, ...] = ()
    listings: tuple[tuple[LibraryName, Listing], ...] = ()
    entanglement: Entanglement = field(default_factory=Entanglement.load)

    @staticmethod
    def of_project(
        project: Path | None = None,
        extra: Iterable[SourceRoot] = (),
        mathlib: Path | None = None,
        mathlib_listing: Path | None = None,
    ) -> DescribedLibrary:
        """The library of a project folder: its `Reconstruct` tree on top of the toolchain.

        Args:
            project: the folder that holds `Reconstruct/`; by default the one found from here.
            extra: more source trees.
            mathlib: a Mathlib checkout; its import graph is read from its text.
            mathlib_listing: a saved listing of that Mathlib, for the declaration tier.
        """
        folder = project if project is not None else project_root()
        roots = [SourceRoot("Reconstruct", folder), *extra]
        if mathlib is not None:
            if not (mathlib / "Mathlib").is_dir():
                raise UsageFault(f"{mathlib}: not a Mathlib checkout: it has no folder Mathlib/")
            roots.append(SourceRoot("Mathlib", mathlib))
        listed: list[tuple[LibraryName, Listing]] = [("core", listings.load())]
        if mathlib_listing is not None:
            listed.append(("mathlib", listings.load(mathlib_listing)))
        return DescribedLibrary(tuple(roots), tuple(listed))

    @cached_property
    def present(self) -> frozenset[LibraryName]:
        """The libraries whose declarations can occur at all."""
        names: set[LibraryName] = {name for name, _ in self.listings}
        names.update(library_of(root.name) for root in self.roots)
        return frozenset(names)

    @cached_property
    def graph(self) -> ImportGraph:
        """The import graph of everything: source trees from text, the rest from listings."""
        graph = ImportGraph.read(self.roots)
        for _, entry in self.listings:
            graph = graph.join(
                {name: tuple(i for i in loaded) for name, loaded in entry.modules.items()}
            )
        return graph


def library_of(module: str) -> LibraryName:
    """Which library of the chronology a module belongs to, judged by its first component."""
    root = module.partition(".")[0]
    return "mathlib" if root == "Mathlib" else "reference" if root == "Reconstruct" else "core"
