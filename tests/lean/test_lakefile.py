"""Lake itself is not at hand: the file is read and compared with the folders."""

from __future__ import annotations

import re
from pathlib import Path

from autoresearch_formal.lean.project import module_file
from autoresearch_formal.targets import worlds

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "lakefile.lean").read_text(encoding="utf-8")


def _blocks(kind: str) -> dict[str, str]:
    found = re.findall(rf"^{kind} (\w+) where\n((?:  .*\n)+)", TEXT, re.MULTILINE)
    return dict(found)


def test_there_is_one_library_a_folder() -> None:
    meta = {"Gym": "Reconstruct.Gym", "Judge": "Reconstruct.Judge"}
    (world,) = worlds()
    parts = (world.foundation, world.target, world.reference, world.generated)
    modules = meta | {part.rpartition(".")[2]: part for part in parts}
    libraries = _blocks("lean_lib")
    assert set(libraries) == set(modules)
    for name, body in libraries.items():
        root = modules[name]
        assert f"roots := #[`{root}]" in body
        assert f"globs := #[.andSubmodules `{root}]" in body
        assert module_file(ROOT, root).is_file()


def test_executables_have_a_main_and_an_interpreter() -> None:
    executables = _blocks("lean_exe")
    assert set(executables) == {"gym", "judge"}
    for body in executables.values():
        root = re.search(r"root := `([\w.]+)", body)
        assert root is not None
        file = ROOT.joinpath(*root[1].split(".")).with_suffix(".lean")
        assert re.search(r"^(unsafe )?def main\b", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert "supportInterpreter := true" in body


def test_mathlib_is_optional_and_of_the_pinned_version() -> None:
    version = (ROOT / "lean-toolchain").read_text().strip().removeprefix("leanprover/lean4:")
    block = r"^meta if \(get_config\? mathlib\)\.isSome then\nrequire mathlib .* @ \"([^\"]+)\"$"
    match = re.search(block, TEXT, re.MULTILINE)
    assert match is not None
    assert match[1] == version
    assert len(re.findall(r"^require", TEXT, re.MULTILINE)) == 1
