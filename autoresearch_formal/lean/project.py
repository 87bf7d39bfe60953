"""Where the Lean project is, and which modules it has."""

from __future__ import annotations

import os
from pathlib import Path

from autoresearch_formal.errors import UsageFault

PROJECT_VARIABLE = "AUTORESEARCH_PROJECT"
"""Environment variable that names the project folder, for use from elsewhere."""

PACKAGE = "Reconstruct"
"""Root of every module of the project."""


def _is_project(folder: Path) -> bool:
    return (folder / "lakefile.lean").is_file() and (folder / PACKAGE).is_dir()


def project_root() -> Path:
    """The folder with `lakefile.lean` and `Reconstruct/`.

    ``$AUTORESEARCH_PROJECT``, else the nearest such folder above the working folder, else the
    checkout that this package was installed from. Raises `UsageFault` if there is none.
    """
    chosen = os.environ.get(PROJECT_VARIABLE)
    if chosen:
        folder = Path(chosen).resolve()
        if _is_project(folder):
            return folder
        raise UsageFault(f"{PROJECT_VARIABLE}={chosen}: no lakefile.lean and {PACKAGE}/ there")
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if _is_project(folder):
            return folder
    raise UsageFault(
        f"no Lean project here: no folder above {here} has lakefile.lean and {PACKAGE}/; "
        f"change there or set {PROJECT_VARIABLE}"
    )


def module_file(root: Path, module: str) -> Path:
    """The source file of a module: ``A.B`` is ``A/B.lean`` under `root`."""
    return root.joinpath(*module.split(".")).with_suffix(".lean")


def module_of(root: Path, file: Path) -> str:
    """The module whose source is `file`, a path under `root`."""
    return ".".join(file.relative_to(root).with_suffix("").parts)


def modules(root: Path) -> list[str]:
    """All modules of the project that have a source file, sorted."""
    files = [*(root / PACKAGE).rglob("*.lean")]
    if (root / f"{PACKAGE}.lean").is_file():
        files.append(root / f"{PACKAGE}.lean")
    return sorted(module_of(root, file) for file in files)
