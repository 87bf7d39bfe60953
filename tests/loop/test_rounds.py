"""The loop: what it promotes, what it learns from, and that no kill changes anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.data.trajectories import read_table
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop.curriculum import chosen_targets
from autoresearch_formal.train.folders import LoopFolder, files_of
from autoresearch_formal.train.settings import LoopSettings

SCRIPT = Path(__file__).with_name("toy_loop.py")
HELD = {"casting-out-nines", "own-square-is-identity"}


def loop(folder: Path, kill_at: int | None = None) -> subprocess.CompletedProcess[str]:
    args = [sys.executable, str(SCRIPT), str(folder)]
    extra = [str(kill_at)] if kill_at is not None else []
    return subprocess.run([*args, *extra], capture_output=True, text=True, timeout=300, check=False)


def gave(folder: Path) -> dict[str, str]:
    """What the loop is judged by: datasets, policies, decisions and results, by hash."""
    return {
        name: digest
        for name, digest in files_of(folder / "rounds").items()
        if not name.split("/")[-1].startswith("events.sqlite") and ".work" not in name
    }


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("whole") / "loop"
    done = loop(folder)
    assert done.returncode == 0, done.stderr
    return folder, int(done.stdout)


def read(path: Path) -> Any:
    return json.loads(path.read_text())


def test_a_policy_is_promoted_because_it_does_better_at_equal_compute(
    finished: tuple[Path, int],
) -> None:
    folder, _ = finished
    results = read(folder / "results.json")
    assert results["complete"]
    rounds = results["rounds"]
    assert [r["round"] for r in rounds] == [0, 1, 2]
    first, second = rounds[0]["score"], rounds[1]["score"]
    assert rounds[1]["promoted"]
    assert (second["mean"], -second["tries"]) > (first["mean"], -first["tries"])
    assert 0 < rounds[1]["metrics"]["kl"] <= 3.0 + 1e-6
    against = results["best_against_first"]
    assert against["overlap_over_seeds"] is None, "one seed has no interval over seeds"
    both = set(rounds[0]["solved"]) & set(rounds[-1]["solved"])
    assert against["paired"]["pairs"] == len(both)
    assert results["verdict"] in (folder / "report.html").read_text()
    table = read(folder / "rounds" / "001" / "policy" / "tuned.json")
    assert table["scores"]["has:toy.useless"] < 0 < table["scores"]["has:toy.zero"]
    assert "Did it help?" in (folder / "report.html").read_text()


def test_held_out_targets_are_never_learned_from(finished: tuple[Path, int]) -> None:
    folder, _ = finished
    for number in (1, 2):
        rows = read_table(folder / "rounds" / f"{number:03d}" / "dataset" / "trajectories.parquet")
        assert HELD.isdisjoint(rows["target"].to_pylist())
        assert set(rows["round"].to_pylist()) == {number}


def test_positives_and_weights_belong_together(finished: tuple[Path, int]) -> None:
    folder, _ = finished
    place = folder / "rounds" / "002" / "dataset"
    rows = {r["row"]: r for r in read_table(place / "trajectories.parquet").to_pylist()}
    weights = read(place / "weights.json")
    assert weights
    assert all(rows[w["row"]]["positive"] and w["weight"] > 0 for w in weights)
    assert all(w["rarity"] < 1 for w in weights), "the second round has seen these steps before"


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.02, 0.23, 0.41, 0.58, 0.74, 0.97])
def test_a_kill_at_any_write_and_a_resume_give_the_same(
    share: float, finished: tuple[Path, int], tmp_path: Path
) -> None:
    whole, writes = finished
    folder = tmp_path / "loop"
    killed = loop(folder, max(1, int(writes * share)))
    assert killed.returncode == -9, killed.stderr
    assert not (folder / "report.html").exists()
    again = loop(folder)
    assert again.returncode == 0, again.stderr
    assert gave_alike(folder) == gave_alike(whole)


def gave_alike(folder: Path) -> dict[str, Any]:
    """Everything but event logs, and without the place where the loop lies."""
    found: dict[str, Any] = {}
    for name in gave(folder):
        path = folder / "rounds" / name
        text = path.read_bytes().replace(str(folder.resolve()).encode(), b"LOOP")
        if name.endswith((".parquet", ".json", ".toml", ".lean")):
            found[name] = text
    return found


def test_a_resumed_loop_that_is_done_changes_nothing(finished: tuple[Path, int]) -> None:
    folder, _ = finished
    before = files_of(folder / "rounds")
    assert loop(folder).returncode == 0
    assert files_of(folder / "rounds") == before


def test_a_sealed_phase_that_was_changed_is_refused(
    finished: tuple[Path, int], tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "copy"
    shutil.copytree(finished[0], folder)
    weights = folder / "rounds" / "001" / "dataset" / "weights.json"
    weights.write_text("[]")
    done = loop(folder)
    assert done.returncode != 0
    assert "weights.json: was changed after the phase was sealed" in done.stderr


def test_two_loops_never_share_a_folder(tmp_path: Path) -> None:
    folder = LoopFolder.create(tmp_path / "l", LoopSettings())
    with folder, pytest.raises(UsageFault, match="another process"), LoopFolder.open(folder.path):
        pass
    with pytest.raises(UsageFault, match="holds a loop already"):
        LoopFolder.create(tmp_path / "l", LoopSettings())


def test_disk_is_bounded_and_what_is_learned_stays(
    finished: tuple[Path, int], tmp_path: Path
) -> None:
    import shutil

    place = tmp_path / "copy"
    shutil.copytree(finished[0], place)
    folder = LoopFolder.open(place)
    before = folder.size()
    gone = folder.prune(before - 1, before=2)
    assert gone[0] == "000/evaluation"
    assert folder.size() < before
    assert not (place / "rounds" / "000" / "evaluation" / "seed-0").exists()
    assert loop(place).returncode == 0, "an emptied phase is still a complete one"
    with pytest.raises(UsageFault, match="nothing old is left"):
        folder.prune(1000, before=2)
    assert (place / "rounds" / "001" / "dataset" / "trajectories.parquet").exists()


def test_targets_are_split_once_and_for_all() -> None:
    learn, held = chosen_targets(LoopSettings(levels=(0, 1, 2)))
    assert set(learn).isdisjoint(held)
    assert len(held) > 10
    fewer, held_fewer = chosen_targets(LoopSettings(levels=(0,)))
    assert set(fewer) <= set(learn)
    assert set(held_fewer) <= set(held)
    with pytest.raises(UsageFault, match="at once"):
        chosen_targets(LoopSettings(targets=(held[0],), held_out=(held[0],)))
