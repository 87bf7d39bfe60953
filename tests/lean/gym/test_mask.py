"""A server behind the mask of 1823: hidden names are names that never existed.

`tests/mask` probes this at length; here are the ways in which the gym does it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from autoresearch_formal.mask import Mask

pytestmark = pytest.mark.lean

CLASS = "Lean.Grind.CommRing"  # stays in the environment: permitted proofs need it
GONE = "Lean.Grind.AddCommGroup.neg_add"  # not needed by anything permitted
FRESH = {CLASS: "Lean.Grind.KommRing", GONE: "Lean.Grind.AddKommGroup.neg_add"}


@pytest.fixture(scope="module")
def masked(toolchain: Any, tmp_path_factory: pytest.TempPathFactory, server: Any) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("mask") / "mask.json"
    Mask.compute(1823).write_gym_file(path)
    running = type(server)(toolchain, path)
    yield running
    running.close()


def test_the_names_are_there_without_a_mask(server: Any, masked: Any) -> None:
    for name in FRESH:
        assert server.ok("describe", theory=server.theory(), names=[name])
        assert masked.error("describe", theory=masked.theory(), names=[name])
    assert masked.hello["mask"].startswith("sha256:")


def plain(value: Any, hidden: str, fresh: str) -> Any:
    """An answer with its measurements removed, its sets sorted and the fresh name put back."""
    if isinstance(value, dict):
        skip = {"ms", "heartbeats", "id", "theory", "state", "fingerprint", "requests"}
        rows = {k: plain(v, hidden, fresh) for k, v in value.items() if k not in skip}
        for key in ("uses", "consts"):
            if key in rows:
                rows[key] = sorted(rows[key])
        for key in ("decls", "names"):
            if key in rows:
                rows[key] = sorted(rows[key], key=lambda d: json.dumps(d, sort_keys=True))
        return rows
    if isinstance(value, list):
        return [plain(v, hidden, fresh) for v in value]
    if isinstance(value, str):
        for old, new in zip(fresh.split("."), hidden.split("."), strict=True):
            value = value.replace(old, new)
    return value


COMMANDS = [
    "theorem t : NAME = NAME := rfl",
    "theorem NAME : 1 = 1 := rfl\ntheorem t : 1 = 1 := NAME",
    "def NAME.foo := 3\nopen NAME in\nexample : foo = 3 := rfl",
    "open NAME",
    "open NAME (x)",
    "namespace NAME\ndef x := 1\nend NAME\nexample : NAME.x = 1 := rfl",
    "structure NAME where\n  x : Nat\n  deriving DecidableEq\nexample (a : NAME) : a = a := rfl",
    "inductive NAME | a | b\nexample : NAME.a ≠ .b := by decide",
    "class NAME (α : Type) where\n  op : α → α → α\ninstance : NAME Nat := ⟨Nat.add⟩",
    "instance : NAME Int := inferInstance",
    "structure T extends NAME Int",
    "structure T where\n  x : Nat\n  deriving NAME",
    "variable (NAME : Nat)",
    "theorem t (x : NAME) : x = x := rfl",
    "attribute [simp] NAME",
    "attribute [-instance] NAME",
    "open Lean.Grind NAME",
    "open Lean Grind\ntheorem t : 1 = 1 := by exact NAME",
    "example : ∃ x : Nat, x = 1 := by simp [NAME]",
    "example (a b : Int) : a * b = b * a := by grind [NAME]",
    "example (a b : Int) : a * b = b * a := NAME.mul_comm a b",
    "example : NAME Int := inferInstance",
    "set_option NAME true",
    "universe NAME",
    "end NAME",
    "def NAME : Nat → Nat\n  | 0 => 0\n  | n + 1 => NAME n",
    "/-- See NAME. -/ def d := 1",
]  # fmt: skip

TACTICS = [
    "exact NAME", "apply NAME", "rw [NAME]", "simp [NAME]", "simp only [← NAME]", "unfold NAME",
    "have := NAME", "have := @NAME Int", "have h : NAME := 1", "exact (inferInstance : NAME Int)",
    "open NAME in skip", "exact NAME.mul_comm _ _", "exact a.NAME", "exact .NAME", "cases NAME",
    "grind [NAME]", "grind only [NAME]", "exact? using NAME", "show NAME", "delta NAME",
    "intro NAME",
    "generalize NAME = x", "rename_i NAME", "by_cases NAME", "refine ⟨NAME, ?_⟩", "exact «NAME»",
    "exact @NAME", "exact NAME!", "exact NAME'", "exact x.NAME.y",
]  # fmt: skip


@pytest.mark.parametrize("hidden", FRESH)
def test_no_answer_tells_a_hidden_name_from_a_new_one(masked: Any, hidden: str) -> None:
    fresh = FRESH[hidden]
    theory = masked.theory()
    state = masked.goal("∀ a b : Int, a * b = b * a")

    def both(op: str, **fields: Any) -> None:
        answers = []
        for name in (hidden, fresh):
            filled = json.loads(json.dumps(fields).replace("NAME", name))
            answers.append(plain(masked.ask(op, **filled), hidden, fresh))
        assert answers[0] == answers[1], (op, fields)

    for text in COMMANDS:
        both("elab", theory=theory, text=text)
    both("try", state=state, tactics=TACTICS, split=False)
    for statement in ("NAME", "∀ x : NAME, x = x", "NAME Int", "∃ NAME : Nat, NAME = 1"):
        both("goal", theory=theory, statement=statement)
    both("goal", theory=theory, prop="NAME")
    both("describe", theory=theory, names=["NAME", "Nat"])
    both("audit", theory=theory, names=["NAME"])
    both("names", theory=theory, prefix="NAME", modules=["Init.*"])
    both("import", modules=["NAME"])
    (done,) = masked.results(state, "exact Int.mul_comm a b")
    both("add", state=done["children"][0]["state"], name="NAME")


def test_forbidden_modules_do_not_exist(masked: Any) -> None:
    for module in ("Reconstruct.Substitutions.Reference", "Lean", "Reconstruct.Gym"):
        wrong = masked.error("import", modules=[module])
        assert wrong == {"kind": "unknown_module", "message": f"unknown module '{module}'"}


def test_permitted_certificates_prove_and_stay_unseen(masked: Any) -> None:
    state = masked.goal("∀ a b c : Int, a * (b + c) = c * a + a * b")
    (step,) = masked.results(state, "grind", ms=60_000)
    assert step["proved"], step
    hidden = Mask.compute(1823)
    assert not [name for name in step["uses"] if hidden.why(name)]
    added = masked.ok("add", state=step["children"][0]["state"], name="expand")
    assert not [name for name in added["decl"]["uses"] if hidden.why(name)]


def test_searches_propose_nothing_hidden(masked: Any) -> None:
    state = masked.goal("∀ a b c : Int, a * (b + c) = a * b + a * c")
    hidden = Mask.compute(1823)
    for kind in ("exact?", "apply?", "rw?"):
        answer = masked.ok("search", state=state, kind=kind, ms=100_000, heartbeats=1_000_000)
        words = {w.strip("[]()←,") for s in answer["suggestions"] for w in s.split()}
        assert not [w for w in words if hidden.why(w)]


def test_a_hidden_fact_cannot_be_had_by_unification(masked: Any) -> None:
    state = masked.goal("∀ a b : Int, a * b = b * a")
    for result in masked.results(
        state, "have := (inferInstance : _ Int)", "have x : _ := _root_.Lean.Grind.CommRing"
    ):
        assert not result["ok"]


def test_holes_become_goals_behind_the_mask_too(masked: Any) -> None:
    """Lean labels a `sorry` with a name, which must not count as reading names."""
    text = "theorem t (n : Nat) (h : 0 < n) : n < n + n := by\n  have k : n ≠ 0 := sorry\n  sorry"
    theory = masked.theory()
    assert len(masked.ok("elab", theory=theory, text=text, allow_sorry=True)["sorries"]) == 2
    for index, statement in enumerate(["n ≠ 0", "n < n + n"]):
        goals = masked.ok("goal", theory=theory, sorry={"text": text, "index": index})["goals"]
        assert [goal["target"] for goal in goals] == [statement]
