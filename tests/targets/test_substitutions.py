"""Substitutions and numbers of values, computed on cases that can be checked by hand."""

from __future__ import annotations

import pytest

from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import select

pytestmark = pytest.mark.lean


@pytest.mark.slow
def test_small_cases() -> None:
    toolchain, root = select(), project_root()
    assert build(["Reconstruct.Substitutions.Foundation"], toolchain).ok
    file = root / "tests" / "lean_sources" / "Foundation" / "Substitutions.lean"
    done = toolchain.run_lean([str(file)], lean_path=toolchain.lean_path, cwd=root, timeout=500)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == ""
