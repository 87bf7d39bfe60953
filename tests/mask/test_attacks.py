"""Hand-made attacks on `mask check`: each refused, with the concept, the year and the place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.mask import Chronology, Mask
from autoresearch_formal.mask.check import MaskFinding, check_files

pytestmark = pytest.mark.slow

ATTACKS = sorted(path.parent for path in Path(__file__).parent.glob("attacks/*/expect.toml"))
HONEST = Path(__file__).parent / "honest"
TABLE = Chronology.load()
MASK = Mask.compute(1823)


@pytest.fixture(scope="module")
def findings() -> dict[Path, list[MaskFinding]]:
    """One run over all attacks and honest twins: Lean starts seldom."""
    files = [folder / "Attack.lean" for folder in ATTACKS]
    return check_files([*files, *sorted(HONEST.glob("*.lean"))], MASK, select())


def test_there_are_many() -> None:
    assert len(ATTACKS) >= 40


@pytest.mark.lean
@pytest.mark.parametrize("folder", ATTACKS, ids=lambda folder: folder.name)
def test_refused_with_concept_year_and_place(
    folder: Path, findings: dict[Path, list[MaskFinding]]
) -> None:
    expected = tomllib.loads((folder / "expect.toml").read_text())
    found = findings[folder / "Attack.lean"]
    fitting = [f for f in found if f.line == expected["line"]]
    if "look" in expected:
        fitting = [f for f in fitting if f.look == expected["look"]]
    assert fitting, [str(f) for f in found]
    if "concept" in expected:
        concept = TABLE.by_id[expected["concept"]]
        named = [f for f in fitting if concept.label in f.why and str(concept.year) in f.why]
        assert named, [str(f) for f in found]
    for finding in found:
        assert re.match(r".+\.lean:\d+:\d+: \w+: ", str(finding))


@pytest.mark.lean
def test_honest_twins_are_accepted(findings: dict[Path, list[MaskFinding]]) -> None:
    twins = sorted(HONEST.glob("*.lean"))
    assert twins
    for path in twins:
        assert [str(f) for f in findings[path]] == []


@pytest.mark.lean
def test_the_whole_library_is_accepted() -> None:
    """Zero false refusals: every file of the foundation, the targets and the solutions."""
    root = project_root()
    world = "Reconstruct/Substitutions"
    folders = [f"{world}/Foundation", f"{world}/Target", "tests/lean_sources/Solutions"]
    files = [path for folder in folders for path in sorted(Path(root, folder).rglob("*.lean"))]
    refused = {
        str(path): str(found[0])
        for path, found in check_files(files, MASK, select(), timeout=300.0).items()
        if found
    }
    assert refused == {}
