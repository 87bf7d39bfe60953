"""The pure parts of learning: table, pairs, comparisons, curriculum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.data.dataset import effects, examples, read_rows, shortest_proofs
from autoresearch_formal.data.diversity import entropy, kl
from autoresearch_formal.data.preference import FAILURES, pairs
from autoresearch_formal.data.weights import Resetting
from autoresearch_formal.loop.compare import HeldOutOutcome, better, comparison, score
from autoresearch_formal.loop.curriculum import (
    Auxiliary,
    auxiliaries,
    barely,
    by_success,
    closed,
    parse_goal,
    variants,
)
from autoresearch_formal.loop.statements import StatementReading, select_new
from autoresearch_formal.policy.tuned import (
    BOUND,
    PreferenceTable,
    features_of,
    load,
    save,
    shape_of,
)
from autoresearch_formal.train.table import by_goal, fit, mean_kl

counts = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 100), max_size=6)
solved = st.dictionaries(st.sampled_from("uvwxyz"), st.booleans(), min_size=2, max_size=6)


@given(st.floats(0.001, 1.0))
def test_a_table_never_goes_further_than_its_bound(bound: float) -> None:
    rows = [tried(k % 5, f"t{k % 7} x", k % 7 == 0) for k in range(60)]
    found = fit(examples(rows, Resetting()), rows, None, bound)
    goals = by_goal(rows)
    assert found.kl <= bound + 1e-9
    assert mean_kl(found.table, PreferenceTable({}), goals) == pytest.approx(found.kl)
    again = fit(examples(rows, Resetting()), rows, found.table, bound)
    assert again.kl <= bound + 1e-9
    assert all(abs(s) <= BOUND for s in found.table.scores.values())


def tried(goal: int, action: str, works: bool) -> dict[str, Any]:
    """A row of a made-up search in which actions with ``works`` are judged steps."""
    return {
        "row": f"{goal}:{action}",
        "target": "t",
        "round": 1,
        "seed": 0,
        "goal": goal,
        "expansion": 1,
        "fingerprint": f"f{goal}",
        "situation": "n : Nat\n⊢ n = n",
        "kind": "tactic",
        "action": action,
        "outcome": "proved" if works else "elab",
        "positive": works,
        "proof_steps": 2,
        "ingredients": [f"row.{action.split()[0]}"],
        "uses": [],
        "names": [],
        "invented": [],
        "logprob": -1.0,
    }


def test_what_worked_moves_up_and_what_failed_moves_down() -> None:
    rows = [tried(g, a, a == "good x") for g in range(20) for a in ("good x", "bad x", "worse x")]
    table = fit(examples(rows, Resetting()), rows, None, 10.0).table
    situation = rows[0]["situation"]

    def shift(action: str) -> float:
        return table.shift(features_of("tactic", action, (f"row.{action[:-2]}",), situation))

    assert shift("good x") > 0 > shift("bad x")
    assert shift("unheard-of x") == 0


def test_a_table_survives_its_file(tmp_path: Path) -> None:
    table = PreferenceTable({"has:b": -1.5, "has:a at =": 0.25}, 0.5, rounds=3)
    save(table, tmp_path)
    assert load(tmp_path) == table


@pytest.mark.parametrize(
    ("goal", "shape"),
    [
        ("n : Nat\n⊢ n = n", "="),
        ("⊢ ∀ n, n = n", "∀"),
        ("⊢ (a = b) ∧ c = d", "∧"),
        ("⊢ p (a = b)", "other"),
        ("⊢ a = b ↔ b = a", "↔"),
    ],
)
def test_shapes_are_the_loosest_connective(goal: str, shape: str) -> None:
    assert shape_of(goal) == shape


def test_pairs_prefer_steps_to_frequent_failures_at_the_same_goal(toy_run: Path) -> None:
    rows = read_rows([toy_run])
    found = pairs(examples(rows, Resetting()), rows)
    assert found
    failed = {(r["fingerprint"], r["action"]) for r in rows if r["outcome"] in FAILURES}
    worked = {
        (r["fingerprint"], r["action"]) for r in rows if r["outcome"] in ("proved", "progress")
    }
    for pair in found:
        place = pair.row["fingerprint"]
        assert pair.row["positive"]
        assert (place, pair.rejected) in failed - worked
        assert pair.chosen != pair.rejected


def test_a_shorter_proof_saves_and_what_others_use_enables(toy_run: Path) -> None:
    rows = read_rows([toy_run])
    steps = shortest_proofs(rows)
    assert set(steps) == {"t9"}
    longer = {"t9": steps["t9"] * 2}
    now, before = effects(rows, {}), effects(rows, longer)
    for row, a, b in zip(rows, now, before, strict=True):
        assert a.closed == b.closed == (1 / steps["t9"] if row["positive"] else 0)
        assert (a.saved, b.saved) == (0, 0.5 if row["positive"] else 0)


@given(st.lists(st.tuples(solved, st.integers(0, 500)), min_size=1, max_size=4))
def test_intervals_hold_the_mean_and_promotion_is_strict(
    runs: list[tuple[dict[str, bool], int]],
) -> None:
    keys = sorted(runs[0][0])
    made = [
        HeldOutOutcome(k, {t: found.get(t, False) for t in keys}, n)
        for k, (found, n) in enumerate(runs)
    ]
    s = score(made)
    assert (s.over_seeds is None) == (len(made) == 1)
    assert s.over_seeds_and_targets is not None
    for low, high in filter(None, (s.over_seeds, s.over_seeds_and_targets)):
        assert low <= s.mean + 1e-9
        assert s.mean <= high + 1e-9
    assert not better(made, made)[0]
    all_solved = [HeldOutOutcome(o.seed, dict.fromkeys(keys, True), o.tries) for o in made]
    fewer = any(not v for o in made for v in o.solved.values())
    assert better(all_solved, made)[0] == fewer
    with pytest.raises(ValueError, match="can't be compared"):
        better(made, [HeldOutOutcome(99, made[0].solved, 0)])


def measured(*seeds: str, spent: int = 10) -> list[HeldOutOutcome]:
    """One outcome a seed; ``"yn"`` solves the first of two targets."""
    return [
        HeldOutOutcome(
            k, {f"t{j}": c == "y" for j, c in enumerate(row)}, 0, 0, dict.fromkeys(names, spent)
        )
        for k, row in enumerate(seeds)
        for names in [[f"t{j}" for j in range(len(row))]]
    ]


def test_the_interval_over_seeds_keeps_the_targets() -> None:
    same = score(measured("yynn", "yynn", "yynn"))
    assert same.over_seeds == (2.0, 2.0)
    assert same.alike
    assert same.over_seeds_and_targets is not None
    assert same.over_seeds_and_targets[0] < 2 < same.over_seeds_and_targets[1]
    many = score(measured(*["yynn"] * 50))
    assert many.over_seeds_and_targets == same.over_seeds_and_targets, "four targets stay four"
    mixed = score(measured("yynn", "yyyn", "ynnn"))
    assert not mixed.alike
    assert mixed.over_seeds == (1.0, 3.0)


def test_first_and_best_are_compared_over_seeds_and_pair_by_pair() -> None:
    first = measured("ynnn", "nynn", "ynnn", spent=10)
    best = measured("yyyn", "yyyy", "yyyn", spent=5)
    found = comparison(first, best)
    assert found.more
    assert found.overlap_over_seeds is False
    assert found.overlap_over_seeds_and_targets is True, "four targets show little"
    assert (found.paired.pairs, found.paired.ratio) == (3, 0.5)
    assert (found.paired.fewer, found.paired.more) == (3, 0)
    assert comparison(first, first).overlap_over_seeds is True
    assert comparison(first[:1], best[:1]).overlap_over_seeds is None
    nothing = comparison(measured("nnnn"), best[:1]).paired
    assert (nothing.pairs, nothing.ratio) == (0, None)


@given(counts, counts)
def test_divergence_and_entropy_are_what_they_are_called(
    p: dict[str, float], q: dict[str, float]
) -> None:
    assert kl(p, q) >= 0
    assert kl(p, p) == pytest.approx(0)
    assert 0 <= entropy(p) <= 1.8


def test_barely_provable_statements_teach_most() -> None:
    assert barely(0.15) == 1 > barely(0.5) > barely(0.95) > barely(1.0) == 0
    assert barely(0.15) > barely(0.0) > barely(1.0)
    order = by_success(["new", "sure", "rare", "never"], {"sure": 1.0, "rare": 0.2, "never": 0.0})
    assert order[0] == "rare"
    assert order[-1] == "sure"


def test_goals_become_statements_and_their_variants() -> None:
    text = "a b : Nat\nh : a = b\nunused : 0 < 1\n⊢ b = a"
    parsed = parse_goal(text)
    assert parsed is not None
    hypotheses, target = parsed
    assert closed(hypotheses, target) == (
        "∀ (a : Nat), ∀ (b : Nat), ∀ (h : a = b), ∀ (unused : 0 < 1), b = a"
    )
    kinds = dict(variants(hypotheses, target))
    assert kinds["generalisation"] == "∀ (a : Nat), ∀ (b : Nat), ∀ (h : a = b), b = a"
    assert kinds["specialisation"] == "∀ (a : Nat), ∀ (h : a = a), ∀ (unused : 0 < 1), a = a"
    for bad in ("x✝ : Nat\n⊢ x✝ = x✝", "n : Nat := 5\n⊢ n = 5", "no goal at all", "⊢ ?m = 1"):
        assert parse_goal(bad) is None


def test_auxiliary_statements_come_from_what_was_left_open() -> None:
    def left(goal: int, situation: str, outcome: str, root: bool = False) -> dict[str, Any]:
        row = tried(goal, f"step{goal} x", False)
        return row | {
            "situation": situation,
            "outcome": outcome,
            "root": root,
            "modules": ["Init"],
            "edge": 1 if outcome == "progress" else None,
            "subgoals": 1,
        }

    rows = [
        left(0, "⊢ True", "elab", root=True),
        left(1, "n : Nat\n⊢ n + 0 = n", "progress"),
        left(2, "n : Nat\n⊢ n * 1 = n", "proved"),
        left(3, "n : Nat\n⊢ 0 + n = n", "elab"),
    ]
    found = auxiliaries(rows, 5)
    assert {a.statement for a in found} == {"∀ (n : Nat), n + 0 = n", "∀ (n : Nat), 0 + n = n"}
    first = found[0]
    assert first.lean.endswith(f"theorem {first.name} : {first.statement} := by\n  sorry\n")
    assert auxiliaries(rows, 1) == found[:1]


def test_statements_that_lean_refuses_that_targets_say_or_that_come_twice_are_not_set() -> None:
    made = [
        Auxiliary(name, "subgoal", "t", f"statement {name}", ("Init",), 1.0) for name in "abcdefg"
    ]
    prints = ["1", None, "held out", "1", "2", "3", "4"]
    found = select_new(made, prints, {"held out"}, 3)
    assert found.to_json() == {
        "chosen": ["a", "e", "f"],
        "refused": ["b"],
        "targets": ["c"],
        "repeated": ["d"],
    }
    assert select_new([], [], {"held out"}, 3) == StatementReading()
