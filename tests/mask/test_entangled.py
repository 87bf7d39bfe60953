"""A library built like Mathlib: numbers defined through the classes that must be hidden.

The import tier alone either loses the numbers or shows the classes; the declaration tier keeps
the numbers and hides the classes, given the stated permitted instances.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autoresearch_formal.lean.toolchain import Toolchain, select
from autoresearch_formal.mask import DescribedLibrary, Mask
from autoresearch_formal.mask import listing as listings
from autoresearch_formal.mask.check import check_files
from autoresearch_formal.mask.imports import SourceRoot
from autoresearch_formal.mask.library import ENTANGLED, Entanglement

pytestmark = [pytest.mark.lean, pytest.mark.slow]

HERE = Path(__file__).parent / "entangled"
MODULES = ("Algebra", "Number", "Facts")


class Built:
    """The library compiled, listed by a real Lean, and masked both ways."""

    def __init__(self, folder: Path) -> None:
        self.toolchain: Toolchain = select()
        self.oleans = folder
        (folder / "Entangled").mkdir()
        for module in MODULES:
            source = HERE / "Entangled" / f"{module}.lean"
            olean = folder / "Entangled" / f"{module}.olean"
            done = self.toolchain.run_lean(
                ["--tstack=32768", "-o", str(olean), str(source)],
                lean_path=[folder],
                timeout=200,
            )
            assert olean.is_file(), done.stdout + done.stderr
        names = [f"Entangled.{module}" for module in MODULES]
        script, output = folder / "List.lean", folder / "listing.jsonl"
        script.write_text(listings.source(names, ["Entangled"], output))
        done = self.toolchain.run_lean(
            ["--tstack=32768", str(script)], lean_path=[folder], timeout=200
        )
        with output.open() as lines:
            self.listing = listings.parse(lines, "test")
        assert "Entangled.Number.twice_add" in self.listing.declarations

    def mask(self, entanglement: Entanglement) -> Mask:
        library = DescribedLibrary(
            roots=(SourceRoot("Entangled", HERE),),
            listings=(("core", listings.load()), ("core", self.listing)),
            entanglement=entanglement,
        )
        return Mask.from_file(HERE / "hide.toml", library)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("entangled"))


@pytest.fixture(scope="module")
def strict(built: Built) -> Mask:
    """The import tier alone: nothing is declared entangled but the toolchain."""
    return built.mask(Entanglement.load(ENTANGLED))


@pytest.fixture(scope="module")
def fine(built: Built) -> Mask:
    """The declaration tier with the stated permitted instances."""
    return built.mask(Entanglement.load(HERE / "permit.toml"))


def test_the_import_tier_alone_loses_the_numbers(strict: Mask) -> None:
    for module in MODULES:
        assert strict.why_module(f"Entangled.{module}") is not None


def test_leaving_imports_open_would_show_the_classes(fine: Mask) -> None:
    """`Entangled.Number` must be importable, and it loads the classes: imports cannot help."""
    assert fine.why_module("Entangled.Number") is None
    assert fine.why_module("Entangled.Algebra") is not None


def test_the_declaration_tier_separates_them(fine: Mask) -> None:
    for name in ("Group", "Group.cancel", "Group.mk", "Ring", "Ring.mul_add", "Number.leaks"):
        assert fine.why(f"Entangled.{name}") is not None, name
    for name in ("Number", "Number.add_comm", "Number.double", "Number.twice", "Number.twice_add"):
        assert fine.why(f"Entangled.{name}") is None, name


def test_without_permits_every_statement_about_numbers_is_hidden(built: Built) -> None:
    table = Entanglement.load(HERE / "permit.toml")
    bare = built.mask(table.model_copy(update={"permit": ()}))
    assert bare.why("Entangled.Number.add_comm") is not None
    assert bare.why("Entangled.Number.twice_add") is not None


def test_what_is_permitted_cannot_be_named(fine: Mask) -> None:
    assert fine.why("Entangled.Ring.toAdd") is not None
    assert fine.refuses("Entangled.Ring.toAdd") is None
    assert fine.refuses("Entangled.Ring.add_comm") is not None
    assert fine.refuses_in_proof("Entangled.Ring.add_comm") is None


HONEST = """\
import Entangled.Facts
open Entangled
theorem honest (a b : Number) : Number.twice a + b = b + Number.twice a :=
  Number.add_comm (Number.twice a) b
def fourfold (a : Number) : Number := Number.twice (Number.twice a)
"""

ATTACKS = {
    "class": "theorem t {α : Type} [Entangled.Group α] (a : α) : a = a := rfl",
    "lemma": "theorem t (a b : Entangled.Number) : a * (b + b) = a * b + a * b :=\n"
    "  Entangled.Ring.mul_add a b b",
    "detour": "def t := @Entangled.Number.leaks",
    "instance": "open Entangled in\n"
    "theorem t (a b c : Number) : a * (b + c) = a * b + a * c := by\n  exact?",
}


def test_checked_by_a_real_lean(built: Built, fine: Mask, tmp_path: Path) -> None:
    honest = tmp_path / "Honest.lean"
    honest.write_text(HONEST)
    attacks = {name: tmp_path / f"{name}.lean" for name in ATTACKS}
    for name, path in attacks.items():
        path.write_text(f"import Entangled.Facts\n{ATTACKS[name]}\n")
    found = check_files(
        [honest, *attacks.values()], fine, built.toolchain, lean_path=[built.oleans]
    )
    assert [str(finding) for finding in found[honest]] == []
    for name, path in attacks.items():
        reasons = [str(finding) for finding in found[path]]
        assert any("by axioms" in reason for reason in reasons), (name, reasons)


def test_the_mask_is_its_own(strict: Mask, fine: Mask) -> None:
    assert strict.hash != fine.hash
    assert replace(fine).hash == fine.hash
