"""What the search may see says nothing of what it is to find, and imports none of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from autoresearch_formal.lean.imports import imports
from autoresearch_formal.lean.project import module_file, module_of, project_root
from autoresearch_formal.mask import Mask
from autoresearch_formal.mask.scan import scan
from autoresearch_formal.targets import World, load

ROOT = project_root()
WORLD = World()
VISIBLE = [f"{WORLD.name}/Foundation", f"{WORLD.name}/Target"]
NEVER_IMPORTS_REFERENCE = [*VISIBLE, "Gym"]
FORBIDDEN_LATER = "commutative"
"""Servois had the word in 1814, for functions; no statement needs it."""


def files(*folders: str) -> list[Path]:
    return [
        file
        for folder in folders
        for file in [
            ROOT / "Reconstruct" / f"{folder}.lean",
            *sorted((ROOT / "Reconstruct" / folder).rglob("*.lean")),
        ]
    ]


@cache
def mask() -> Mask:
    return Mask.compute(1823)


@pytest.mark.parametrize("file", files(*VISIBLE), ids=lambda file: file.stem)
def test_no_word_behind_the_mask(file: Path) -> None:
    assert scan(file.read_text(encoding="utf-8"), mask()) == []


@pytest.mark.parametrize("file", files(f"{WORLD.name}/Target"), ids=lambda file: file.stem)
def test_statements_avoid_neighbouring_words(file: Path) -> None:
    text = file.read_text(encoding="utf-8").lower()
    for word in ("group", "normal", "kernel", "automorphism", "conjugate", FORBIDDEN_LATER):
        assert word not in text


def test_the_scan_would_find_one() -> None:
    assert scan("/-- Every subgroup is normal. -/", mask())


def test_the_history_is_not_in_the_visible_tree() -> None:
    visible = ROOT / "Reconstruct"
    assert visible not in WORLD.file.parents
    said = "\n".join(file.read_text(encoding="utf-8") for file in files(*VISIBLE))
    assert not [target.id for target in load() if target.human_path in said]


def reached(module: str) -> set[str]:
    """Everything of the project that a module imports, directly or not."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen and name.startswith("Reconstruct"):
            seen.add(name)
            waiting += imports(module_file(ROOT, name).read_text(encoding="utf-8"))
    return seen


@pytest.mark.parametrize("file", files(*NEVER_IMPORTS_REFERENCE), ids=lambda file: file.stem)
def test_references_are_never_imported(file: Path) -> None:
    assert not [m for m in reached(module_of(ROOT, file)) if m.startswith(WORLD.reference)]


@pytest.mark.parametrize("file", files(f"{WORLD.name}/Target"), ids=lambda file: file.stem)
def test_statements_rest_on_the_foundation_alone(file: Path) -> None:
    named = set(imports(file.read_text(encoding="utf-8"))) - {"Init"}
    wanted = f"{WORLD.target}." if file.stem == "Target" else f"{WORLD.foundation}."
    assert all(module.startswith(wanted) for module in named)


def test_the_root_imports_every_subject() -> None:
    root, *subjects = files(f"{WORLD.name}/Target")
    named = set(imports(root.read_text(encoding="utf-8"))) - {"Init"}
    assert named == {module_of(ROOT, file) for file in subjects}


@pytest.mark.parametrize(
    "file",
    sorted((ROOT / "tests/lean_sources/Solutions").rglob("*.lean")),
    ids=lambda file: file.stem,
)
def test_solutions_are_honest(file: Path) -> None:
    """Plain proofs from the visible library: nothing hidden, nothing skipped, no meta code."""
    text = file.read_text(encoding="utf-8")
    for module in set(imports(text)) - {"Init"}:
        assert module.startswith((f"{WORLD.foundation}.", f"{WORLD.target}."))
    words = set(re.findall(r"[\w.]+", re.sub(r"/-.*?-/|--[^\n]*", "", text, flags=re.S)))
    assert not words & {
        *("sorry", "axiom", "unsafe", "partial", "opaque", "native_decide", "implemented_by"),
        *(
            "macro",
            "macro_rules",
            "syntax",
            "elab",
            "elab_rules",
            "notation",
            "run_cmd",
            "run_meta",
        ),
        *("set_option", "initialize", "extern", "grind"),
    }


@pytest.mark.parametrize("file", files(f"{WORLD.name}/Target"), ids=lambda file: file.stem)
def test_every_statement_is_explained(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    declared = len(re.findall(r"^def ", text, re.M))
    explained = len(
        re.findall(r"^/--(?:(?!-/).)*-/\ndef \w+\.Statement : Prop :=$", text, re.M | re.S)
    )
    assert declared == explained
