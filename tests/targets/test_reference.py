"""The masked originals: complete, documented, right on small examples, and out of reach."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autoresearch_formal.lean.build import BuildResult, build
from autoresearch_formal.lean.project import module_file, module_of, project_root
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.targets import World

ROOT = project_root()
WORLD = World()
REFERENCE = WORLD.reference
FILES = sorted((WORLD.folder(ROOT) / "Reference").rglob("*.lean"))
SEEN_BY_A_SEARCH = [f"{WORLD.name}/Foundation", f"{WORLD.name}/Target", "Gym"]
"""The folders that a search process loads or gets its goals from."""


def imports(file: Path) -> set[str]:
    return set(re.findall(r"^import (\S+)", file.read_text(encoding="utf-8"), re.M))


def reached(file: Path) -> set[str]:
    """The modules of the project that a file imports, directly or through others."""
    found: set[str] = set()
    waiting = imports(file)
    while waiting:
        module = waiting.pop()
        if module.startswith("Reconstruct") and module not in found:
            found.add(module)
            waiting |= imports(module_file(ROOT, module))
    return found


def test_reached_follows_imports() -> None:
    # Solvable imports Conjugacy, which imports Action
    assert f"{REFERENCE}.Action" in reached(module_file(ROOT, f"{REFERENCE}.Solvable"))


@pytest.mark.parametrize("folder", SEEN_BY_A_SEARCH)
def test_out_of_reach(folder: str) -> None:
    root = ROOT / "Reconstruct" / f"{folder}.lean"
    files = [*(ROOT / "Reconstruct" / folder).rglob("*.lean"), *([root] if root.is_file() else [])]
    assert files
    leaks = {
        str(file.relative_to(ROOT)): module
        for file in files
        for module in reached(file)
        if module.startswith(REFERENCE)
    }
    assert not leaks


def test_root_imports_every_file() -> None:
    assert imports(WORLD.folder(ROOT) / "Reference.lean") == {
        module_of(ROOT, file) for file in FILES
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_plain_and_short(file: Path) -> None:
    """Only the foundation and the references themselves are imported; a file is readable."""
    assert all(
        module.startswith(("Init", "Std", f"{WORLD.foundation}.", f"{REFERENCE}."))
        for module in imports(file)
    )
    text = file.read_text(encoding="utf-8")
    assert re.match(r"(?:import \S+\n|\s)*/-!", text), "no module docstring at the top"
    assert len(text.splitlines()) <= 400


@pytest.fixture(scope="module")
def built() -> BuildResult:
    return build([REFERENCE, "Reconstruct.Substitutions.Foundation"], select())


def lean(file: str) -> str:
    """What Lean says about a file of ``tests/lean_sources/Reference``."""
    toolchain = select()
    path = ROOT / "tests" / "lean_sources" / "Reference" / file
    done = toolchain.run_lean([str(path)], lean_path=toolchain.lean_path, cwd=ROOT, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.lean
@pytest.mark.slow
def test_small_examples(built: BuildResult) -> None:
    assert built.ok
    assert lean("Examples.lean") == ""


@pytest.mark.lean
@pytest.mark.slow
def test_audit(built: BuildResult) -> None:
    """No axiom, no open proof, a docstring everywhere; dated concepts, each with its lemmas."""
    assert built.ok
    kinds: dict[str, set[str]] = {}
    for line in lean("Audit.lean").splitlines():
        kind, _, name = line.partition(" ")
        kinds.setdefault(kind, set()).add(name.removeprefix("Reconstruct.Reference."))
    assert set(kinds) == {"concept", "theorem"}, kinds
    assert kinds["concept"] >= {
        *("IsMonoid", "IsGroup", "IsSubgroup", "LeftCosetRel", "HasIndex", "IsHom", "Kernel"),
        *("Image", "IsNormal", "IsNormal.quotient", "IsAction", "Orbit", "Stabilizer", "Center"),
        *("Centralizer", "IsConjugate", "IsCyclic", "ElementHasOrder", "commutator", "IsSolvable"),
        *("IsSimple", "IsPermutationGroup", "IsIso", "IsSylow", "Derived", "Group.IsAbelian"),
    }
    assert len(kinds["concept"]) >= 100
    assert len(kinds["theorem"]) >= 200
