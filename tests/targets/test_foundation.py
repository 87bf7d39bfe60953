"""The visible library: complete, proved, documented, and free of the words it must not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autoresearch_formal.lean.build import BuildResult, build
from autoresearch_formal.lean.project import module_of, project_root
from autoresearch_formal.lean.toolchain import select

ROOT = project_root()
FOUNDATION = ROOT / "Reconstruct" / "Substitutions" / "Foundation"
FILES = sorted(FOUNDATION.rglob("*.lean"))

MASKED = {
    *("group", "subgroup", "coset", "homomorphism", "isomorphism", "normal", "quotient", "action"),
    *("orbit", "field", "ring", "ideal", "galois", "solvable", "kernel", "automorphism", "abelian"),
    *("endomorphism", "monoid", "semigroup", "stabilizer", "centralizer", "normalizer", "morphism"),
}
"""Words of later mathematics, in the singular."""

NOT_MATHEMATICS = {
    *("sorry", "axiom", "unsafe", "partial", "opaque", "native_decide", "implemented_by", "extern"),
    *("macro", "macro_rules", "syntax", "elab", "elab_rules", "notation", "infix", "infixl"),
    *("infixr", "prefix", "postfix", "initialize", "run_cmd", "run_meta", "set_option", "prelude"),
}
"""Lean words with which a file would stop being plain mathematics, or stop being proved."""


def words(text: str) -> Iterator[str]:
    """All words of a text in lower case; camelCase and snake_case names are taken apart."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    yield from re.findall(r"[^\W\d_]+", parted.lower())


def test_words_takes_names_apart() -> None:
    found = list(words("theorem isNormal_of_subgroup (h : HTTPGroup) -- A ring.-"))
    assert {"is", "normal", "subgroup", "group", "ring"} <= set(found)


def test_there_is_a_foundation() -> None:
    subjects = {file.parent.name for file in FILES}
    assert {"Arithmetic", "Congruence", "Collection", "Polynomial", "Substitution"} <= subjects


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}.{file.stem}")
class TestFile:
    def test_no_masked_word(self, file: Path) -> None:
        found = set(words(file.read_text(encoding="utf-8")))
        assert not {word for word in found if word in MASKED or word.removesuffix("s") in MASKED}

    def test_plain_lean(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        used = set(re.findall(r"[\w.]+", re.sub(r"/-.*?-/|--[^\n]*", "", text, flags=re.S)))
        assert not used & NOT_MATHEMATICS
        for module in re.findall(r"^import (\S+)", text, re.M):
            assert module.split(".")[0] in {"Init", "Std"} or module.startswith(
                "Reconstruct.Substitutions.Foundation."
            )

    def test_says_whose_mathematics_and_when(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        opening = re.match(r"(?:import \S+\n|\s)*/-!(.*?)-/", text, re.S)
        assert opening, "no module docstring at the top"
        years = [int(year) for year in re.findall(r"\b\d{3,4}\b", opening[1])]
        assert years, "the docstring names no year"
        assert max(years) <= 1823

    def test_short_enough_to_read(self, file: Path) -> None:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_root_imports_every_file() -> None:
    root = (ROOT / "Reconstruct" / "Substitutions" / "Foundation.lean").read_text(encoding="utf-8")
    assert set(re.findall(r"^import (\S+)", root, re.M)) == {
        module_of(ROOT, file) for file in FILES
    }


@pytest.fixture(scope="module")
def built() -> BuildResult:
    return build(["Reconstruct.Substitutions.Foundation"], select())


def lean(file: str) -> str:
    """What Lean says about a file of ``tests/lean_sources/Foundation``."""
    toolchain = select()
    path = ROOT / "tests" / "lean_sources" / "Foundation" / file
    done = toolchain.run_lean([str(path)], lean_path=toolchain.lean_path, cwd=ROOT, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.lean
@pytest.mark.slow
def test_builds_without_a_word(built: BuildResult) -> None:
    said = {
        compiled.module: compiled.messages
        for compiled in built.modules.values()
        if compiled.messages or not compiled.ok
    }
    assert not said


@pytest.mark.lean
@pytest.mark.slow
def test_small_cases(built: BuildResult) -> None:
    assert built.ok
    assert lean("Examples.lean") == ""


@pytest.mark.lean
@pytest.mark.slow
def test_audit(built: BuildResult) -> None:
    """No axiom, no open proof, nothing of Lean's masked machinery, a docstring everywhere."""
    assert built.ok
    *faults, seen = lean("Audit.lean").splitlines()
    assert not faults
    assert int(seen.removeprefix("seen ")) > 500
