"""The system's own statements with real Lean: it reads them back, and no target is among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autoresearch_formal.data.dataset import Row
from autoresearch_formal.data.trajectories import read_table
from autoresearch_formal.loop.curriculum import (
    Auxiliary,
    auxiliaries,
    closed,
    held_out,
    parse_goal,
)
from autoresearch_formal.loop.engine import LeanEngine, SearchRequest
from autoresearch_formal.loop.statements import select_new
from autoresearch_formal.targets import find, load

pytestmark = pytest.mark.lean

CUTOFF = 1823
SEARCHED = ("separate-substitutions-interchange", "casting-out-nines")


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """What a short real search tried."""
    folder = tmp_path_factory.mktemp("search") / "targets"
    request = SearchRequest(SEARCHED, "symbolic", 60, 0, 1, judge=False)
    LeanEngine().search(request, folder)
    rows: list[Row] = read_table(folder).to_pylist()
    return rows


def said_anew(row: Row) -> Auxiliary:
    """What a goal says, with other names for its variables."""
    parsed = parse_goal(row["situation"])
    assert parsed is not None
    hypotheses, target = parsed
    text = closed(hypotheses, target)
    for number, (name, _) in enumerate(hypotheses):
        text = re.sub(rf"(?<![\w.']){re.escape(name)}(?![\w'])", f"other_{number}", text)
    name = "anew_" + row["target"].replace("-", "_")
    return Auxiliary(name, "subgoal", row["target"], text, tuple(row["modules"]), 1.0)


@pytest.mark.slow
def test_lean_reads_statements_back_and_knows_what_targets_say(
    searched: list[Row], tmp_path: Path
) -> None:
    roots = {row["target"]: row for row in searched if row["root"]}
    assert set(roots) == set(SEARCHED)
    assert any(held_out(name) for name in roots), "a target that every loop holds out is among them"
    anew = [said_anew(row) for row in roots.values()]
    broken = Auxiliary("broken", "subgoal", "t", "∀ n : Nat, n = ", ("Init",), 1.0)
    hidden = Auxiliary("hidden", "subgoal", "t", "∀ n : Nat, NoSuch.group n", ("Init",), 1.0)
    named = find(SEARCHED[0], load()).statement
    by_name = Auxiliary("by_name", "subgoal", "t", named, (), 1.0)
    made = auxiliaries(searched, 20)
    assert len(made) >= 3
    engine = LeanEngine()
    prints, targets = engine.read_back([*anew, broken, hidden, by_name, *made], CUTOFF, None)
    found = select_new([*anew, broken, hidden, by_name, *made], prints, targets, 2)
    assert set(found.targets) >= {one.name for one in anew}
    assert set(found.refused) >= {"broken", "hidden", "by_name"}
    accepted = [p for p in prints[len(anew) + 3 :] if p is not None]
    assert len(accepted) >= 0.7 * len(made)
    assert len(found.chosen) == 2

    one, own = found.chosen[0], tmp_path / "own"
    path = tmp_path / f"{one.name}.lean"
    path.write_text(one.lean)
    engine.search(SearchRequest((str(path),), "symbolic", 8, 0, 2, judge=False), own)
    assert {row["target"] for row in read_table(own).to_pylist()} == {f"{path.name}:{one.name}"}
