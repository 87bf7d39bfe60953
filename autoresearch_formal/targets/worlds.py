"""Worlds: self-contained experiments, each a folder of Lean files with a TOML file about them.

A world ``W`` is the folder ``Reconstruct/W`` with the modules ``Foundation`` (what is visible),
``Target`` (what is to be reconstructed), ``Reference`` (the masked originals) and ``Generated``
(what searches found), and the file ``data/W.toml`` beside this module, which says what is known
about each target. That file lies outside the Lean tree, since no policy may read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.project import PACKAGE, project_root

DEFAULT_WORLD = "Substitutions"
"""The world of every command that names none."""

_FILES = Path(__file__).with_name("data")


@dataclass(frozen=True)
class World:
    """One world, by the name of its folder. The properties are names of Lean modules."""

    name: str = DEFAULT_WORLD

    @property
    def foundation(self) -> str:
        """The library that is visible."""
        return f"{PACKAGE}.{self.name}.Foundation"

    @property
    def target(self) -> str:
        """The statements to reconstruct."""
        return f"{PACKAGE}.{self.name}.Target"

    @property
    def reference(self) -> str:
        """The masked originals."""
        return f"{PACKAGE}.{self.name}.Reference"

    @property
    def generated(self) -> str:
        """What searches found."""
        return f"{PACKAGE}.{self.name}.Generated"

    def folder(self, root: Path | None = None) -> Path:
        """The world's folder in the project `root`, by default the one found from here."""
        return (project_root() if root is None else root) / PACKAGE / self.name

    @property
    def file(self) -> Path:
        """The file about its targets."""
        return _FILES / f"{self.name}.toml"


FOUNDATION = World().foundation
"""What every command builds on that names no world."""


def worlds() -> list[World]:
    """Every world, by name."""
    return [World(file.stem) for file in sorted(_FILES.glob("*.toml"))]


def world(name: str) -> World:
    """The world called `name`, in any case. Raises `UsageFault` if there is none."""
    there = worlds()
    for one in there:
        if one.name.lower() == name.lower():
            return one
    raise UsageFault(f"no world {name!r}; there are {', '.join(one.name for one in there)}")


def is_reference(module: str) -> bool:
    """Whether a module holds masked originals, of whichever world."""
    parts = module.split(".")
    return len(parts) > 2 and parts[0] == PACKAGE and parts[2] == "Reference"
