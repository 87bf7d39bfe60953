"""The index of the library is kept by hash: read again where all is the same, and only there."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from autoresearch_formal.actions.base import NameView
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, select
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.index import KEPT, FactsIndex, index_file, keep, kept
from autoresearch_formal.search.library import VisibleFacts

pytestmark = pytest.mark.lean

INDEX = FactsIndex([NameView("a", "theorem", "1 = 1", {"nodes": [["c", "Nat"]], "target": 0})], [])


def test_a_file_is_for_one_mask_and_one_list_of_modules(tmp_path: Path) -> None:
    settings = ServerSettings(select(None), project_root())
    masks = []
    for text in ("{}", '{"words": []}'):
        mask = tmp_path / f"{len(masks)}.json"
        mask.write_text(text)
        masks.append(dataclasses.replace(settings, mask=mask))
    files = [index_file(tmp_path, one, ("Init",)) for one in (settings, *masks)]
    files.append(index_file(tmp_path, settings, ("Init", "Std")))
    assert None not in files
    assert len(set(files)) == 4
    assert index_file(tmp_path, settings, ("Init",)) == files[0]
    assert index_file(tmp_path, settings, ("Init", "Mathlib.Order.Basic")) is None


def test_what_is_damaged_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "index" / "x.msgpack"
    assert kept(file) is None
    keep(file, INDEX)
    assert kept(file) == INDEX
    data = file.read_bytes()
    for damaged in (b"", data[:-1], data[:-1] + b"\xc1"):
        file.write_bytes(damaged)
        assert kept(file) is None
    for number in range(KEPT + 3):
        keep(file.with_name(f"{number}.msgpack"), INDEX)
    assert len(list(file.parent.iterdir())) == KEPT


async def test_a_second_run_asks_the_gym_nothing(tmp_path: Path) -> None:
    toolchain = select(None)
    build([GYM_MAIN], toolchain)
    worker = Worker(ServerSettings(toolchain, project_root()))
    try:
        first = await VisibleFacts.read(worker, ("Init",), tmp_path)
        waited = worker.waiting
        again = await VisibleFacts.read(worker, ("Init",), tmp_path)
        assert worker.waiting == waited
        assert first._core == again._core
        assert len(first._core) > 10
    finally:
        await worker.close()
