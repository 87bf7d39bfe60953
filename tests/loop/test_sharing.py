"""Phases that another loop has done: copied if and only if all that they read is the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop.rounds import Loop
from autoresearch_formal.loop.sharing import UNKNOWN, identity, key_of
from autoresearch_formal.policy import tuned
from autoresearch_formal.train.folders import LoopFolder, files_of
from autoresearch_formal.train.settings import LoopSettings
from tests.loop.toy_loop import SETTINGS, ToyEngine

SCRIPT = Path(__file__).with_name("toy_loop.py")


def run(
    path: Path, siblings: tuple[LoopFolder, ...] = (), **changed: Any
) -> tuple[Loop, ToyEngine]:
    """A toy loop from beginning to end."""
    engine = ToyEngine()
    folder = LoopFolder.create(path, SETTINGS.model_copy(update=changed))
    with folder:
        loop = Loop(folder, engine, siblings=siblings)
        loop.run()
    return loop, engine


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> LoopFolder:
    """A complete loop to share with."""
    return run(tmp_path_factory.mktemp("arms") / "full")[0].folder


def copy(loop: LoopFolder, place: Path) -> LoopFolder:
    shutil.copytree(loop.path, place)
    return LoopFolder.open(place)


def shared(loop: LoopFolder) -> dict[tuple[int, str], str]:
    """Which phases were copied, and from where."""
    return {
        (round_.number, phase): round_.manifest(phase)["shared with"]
        for round_ in loop.rounds()
        for phase in ("search", "dataset", "policy", "evaluation", "decision")
        if round_.done(phase) and "shared with" in round_.manifest(phase)
    }


def test_what_is_the_same_is_copied_and_says_so(full: LoopFolder, tmp_path: Path) -> None:
    said: list[str] = []
    folder = LoopFolder.create(tmp_path / "again", full.settings)
    engine = ToyEngine()
    with folder:
        Loop(folder, engine, said.append, [full]).run()
    assert engine.calls == []
    assert shared(folder) == {(0, "evaluation"): "full/round-0/evaluation"} | {
        (n, phase): f"full/round-{n}/{phase}"
        for n in (1, 2)
        for phase in ("search", "dataset", "policy", "evaluation")
    }
    assert "round 1: search, shared with full/round-1/search" in said
    theirs = {k: v for k, v in files_of(full.path / "rounds").items() if "decision" not in k}
    assert theirs.items() <= files_of(folder.path / "rounds").items()
    Loop(folder, engine, siblings=[full]).run()  # every copy passes the checks of a resumed loop


def test_an_arm_that_shares_ends_like_one_that_does_not(full: LoopFolder, tmp_path: Path) -> None:
    mine, busy = run(tmp_path / "shares", (full,), without=("value",))
    alone, busier = run(tmp_path / "alone", without=("value",))
    assert {(0, "evaluation"), (1, "search")} <= set(shared(mine.folder))
    assert (1, "dataset") not in shared(mine.folder), "its weights differ"
    assert 0 < len(busy.calls) < len(busier.calls)
    for number in (0, 1, 2):
        assert mine.outcomes(number) == alone.outcomes(number)
    assert mine.incumbent(3)[1] == alone.incumbent(3)[1]


@pytest.mark.parametrize(
    ("changed", "phases"),
    [
        ({"rounds": 7, "disk_mb": 9}, set()),
        ({"alpha": 0.0}, {"dataset"}),  # nothing is rare or common yet in the first round
        ({"beta": 0.0}, {"dataset"}),  # the toy's proofs are all of one length, and so of one value
        ({"without": ("rarity",)}, {"dataset"}),
        ({"without": ("value",)}, {"dataset"}),
        ({"without": ("lemmas",)}, {"search", "dataset", "evaluation"}),
        ({"without": ("definitions",)}, {"search", "dataset", "evaluation"}),
        ({"without": ("dpo",)}, set()),  # the table has none
        ({"trainer": "sft"}, {"policy"}),
        ({"kl_bound": 1.0}, {"policy"}),
        ({"average": 0.5}, {"policy"}),
        ({"training_steps": 3}, {"policy"}),
        ({"steps": 81}, {"search"}),
        ({"targets_a_round": 1}, {"search"}),
        ({"seed": 1}, {"search", "policy"}),
        ({"evaluation_steps": 41}, {"evaluation"}),
        ({"seeds": (1,)}, {"evaluation"}),
        ({"judge": False}, {"evaluation"}),
        ({"workers": 2}, {"search", "evaluation"}),
        ({"cutoff": 1830}, {"search", "policy", "evaluation"}),
        ({"auxiliary": 0.5}, set()),  # the first round has no statements of its own yet
    ],
)
def test_a_key_changes_with_what_the_phase_reads_and_with_nothing_else(
    changed: dict[str, Any], phases: set[str], full: LoopFolder
) -> None:
    loop, other = Loop(full, ToyEngine()), Loop(full, ToyEngine())
    other.settings = LoopSettings(**(loop.settings.model_dump() | changed))
    here = full.round(1)
    differ = {
        phase
        for phase in ("search", "dataset", "policy", "evaluation")
        if key_of(phase, loop.inputs(phase, here)) != key_of(phase, other.inputs(phase, here))
    }
    assert differ == phases


def test_weights_matter_to_training_as_soon_as_they_differ(full: LoopFolder) -> None:
    loop, other = Loop(full, ToyEngine()), Loop(full, ToyEngine())
    other.settings = loop.settings.model_copy(update={"alpha": 0.0})
    rarities = {w["rarity"] for w in weights(full, 2)}
    assert len(rarities) > 1, "or the two would be the same"
    here = full.round(2)
    assert loop.inputs("policy", here) != other.inputs("policy", here)


def weights(loop: LoopFolder, number: int) -> Any:
    return json.loads((loop.round(number).sealed("dataset") / "weights.json").read_text())


def test_keys_are_those_of_the_manifests_and_depend_on_the_code(full: LoopFolder) -> None:
    loop, other = Loop(full, ToyEngine()), Loop(full, ToyEngine("another Lean"))
    for phase in ("search", "policy", "evaluation"):
        here = full.round(2)
        manifest = here.manifest(phase)
        assert manifest["inputs"] == json.loads(json.dumps(loop.inputs(phase, here)))
        assert manifest["key"] == key_of(phase, loop.inputs(phase, here))
        assert manifest["key"] != key_of(phase, other.inputs(phase, here))


def test_policies_are_known_by_content_and_servers_are_not_known(tmp_path: Path) -> None:
    for name, score in (("a", 1.0), ("b", 1.0), ("c", 2.0)):
        (tmp_path / name).mkdir()
        tuned.save(tuned.PreferenceTable({"has:x": score}), tmp_path / name)
    a, b, c = (identity(f"tuned:{tmp_path / name}") for name in "abc")
    assert a == b != c
    assert identity(f"mixed:{tmp_path / 'a'}?n=4") != identity(f"mixed:{tmp_path / 'b'}?n=5")
    assert identity(f"mixed:{tmp_path / 'a'}?n=4") == identity(f"mixed:{tmp_path / 'b'}?n=4")
    assert identity(str(tmp_path / "a")) == identity(f"neural:{tmp_path / 'b'}")
    for server in ("http://localhost:1", "mixed:http://localhost:1", f"tuned:{tmp_path}"):
        assert identity(server) == UNKNOWN + server
        assert key_of("search", {"policy": identity(server)}) is None


def test_a_sibling_that_was_changed_is_refused(full: LoopFolder, tmp_path: Path) -> None:
    sibling = copy(full, tmp_path / "sibling")
    outcomes = sibling.round(0).sealed("evaluation") / "outcomes.json"
    outcomes.write_text(outcomes.read_text().replace("false", "true"))
    with pytest.raises(UsageFault, match=r"outcomes\.json: was changed after the phase was sealed"):
        run(tmp_path / "arm", (sibling,))


def test_a_sibling_that_was_emptied_is_not_copied_and_copies_are_emptied_like_others(
    full: LoopFolder, tmp_path: Path
) -> None:
    sibling = copy(full, tmp_path / "sibling")
    sibling.round(0).empty("evaluation")
    loop, engine = run(tmp_path / "arm", (sibling,))
    assert engine.calls == ["seed-0"]
    assert (0, "evaluation") not in shared(loop.folder)
    assert (1, "search") in shared(loop.folder)
    before = loop.folder.size()
    size = sum(p.stat().st_size for p in loop.folder.round(1).path.rglob("*") if p.is_file())
    gone = loop.folder.prune(before - size // 4, before=2)
    assert "001/search" in gone or "000/evaluation" in gone
    assert loop.folder.size() < before
    assert sibling.round(1).sealed("search").joinpath("targets").is_dir()


@pytest.mark.parametrize("kill_at", [4, 9, 30])
def test_a_copy_that_was_killed_is_made_again(
    kill_at: int, full: LoopFolder, tmp_path: Path
) -> None:
    arm = tmp_path / "arm"

    def go(kill: int) -> subprocess.CompletedProcess[str]:
        args = [sys.executable, str(SCRIPT), str(arm), str(kill), str(full.path)]
        return subprocess.run(args, capture_output=True, text=True, timeout=300, check=False)

    assert go(kill_at).returncode == -9
    done = go(0)
    assert done.returncode == 0, done.stderr
    folder = LoopFolder.open(arm)
    assert len(shared(folder)) == 9
    assert not list((arm / "rounds").glob("*/.*")), "nothing half-done is left"
    for round_ in folder.rounds():
        for phase in ("evaluation", "decision"):
            round_.check(phase)
