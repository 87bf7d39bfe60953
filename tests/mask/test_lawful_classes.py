"""Every class of core Lean that holds laws has its row in the chronology, or a reason here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autoresearch_formal.lean.handles import Theory
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.mask import Chronology, Mask
from autoresearch_formal.targets import World

pytestmark = [pytest.mark.lean, pytest.mark.slow]

NO_CONCEPT = {
    "logic: equality, relations, descent": ("Setoid", "Subsingleton", "WellFoundedRelation"),
    "a number that is not nought": ("NeZero",),
    "an equality test says what equality says": (
        *("ReflBEq", "PartialEquivBEq", "EquivBEq", "LawfulBEq", "LawfulHashable"),
    ),
    "containers: what is put in is found there": (
        *("LawfulGetElem", "LawfulSingleton", "Std.Slice", "Std.Internal"),
    ),
    "numbers of a machine as whole numbers: the residue of a sum (Gauss 1801, article 6)": (
        "Lean.Grind.ToInt",
    ),
    "ranges: the next number, how many there are between two": (
        *("Std.PRange", "Std.Rxc", "Std.Rxo", "Std.Rxi", "Std.Rcc", "Std.Rci", "Std.Rco"),
        *("Std.Ric", "Std.Rio", "Std.Roc", "Std.Roi", "Std.Roo"),
    ),
    "going through a collection ends": ("Std.Iterators", "Std.LawfulDeterministicIterator"),
    "programs and circuits": ("Std.Do.SPred", "Std.Sat", "Std.Tactic.BVDecide"),
}
"""Reason → classes, or their namespaces, that are seen at every cutoff and join no two things."""


@pytest.fixture(scope="module")
def classes() -> list[str]:
    file = project_root() / "tests" / "lean_sources" / "Mask" / "Classes.lean"
    toolchain = select()
    done = toolchain.run_lean([str(file)], lean_path=toolchain.lean_path, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.split()


def under(name: str, namespaces: tuple[str, ...]) -> bool:
    return any(name == n or name.startswith(f"{n}.") for n in namespaces)


def test_every_class_with_laws_is_dated_or_has_a_reason(classes: list[str]) -> None:
    assert len(classes) > 100
    mask = Mask.compute(1823)
    dated = tuple(n for concept in Chronology.load() for n in concept.core.namespaces)
    excused = tuple(n for names in NO_CONCEPT.values() for n in names)
    seen = [name for name in classes if mask.why(name) is None]
    undated = [n for n in seen if not under(n, dated) and not under(n, excused)]
    assert sorted(undated) == []
    unneeded = [n for n in excused if not any(under(name, (n,)) for name in seen)]
    assert unneeded == []


def test_what_bundles_an_operation_with_its_laws_is_hidden_in_1823(classes: list[str]) -> None:
    hidden = {name for name in classes if Mask.compute(1823).why(name) is not None}
    assert hidden >= {
        *("LawfulFunctor", "LawfulApplicative", "LawfulMonad", "Std.LawfulIdentity"),
        *("Std.LawfulCommIdentity", "Std.LawfulOrderInf", "Std.LawfulOrderSup"),
    }
    assert Mask.compute(1823).why("Lean.Data.AC.Context") is not None
    assert Mask.compute(1823).why("Lean.Grind.AC.Context") is not None


@pytest.fixture(scope="module")
def behind_mask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gym, Theory]]:
    mask = Path(tmp_path_factory.mktemp("mask")) / "mask.json"
    Mask.compute(1823).write_gym_file(mask)
    with Gym(workers=1, mask=mask, modules=[World().foundation]) as running:
        yield running, running.theory(["Init"])


LAWS = (
    "∀ (A : Type) (f : A → A → A), (∀ a b c, f (f a b) c = f a (f b c)) → "
    "(∀ a b, f a b = f b a) → ∀ a b c, f (f a b) c = f c (f b a)"
)
GIVEN = "haveI : Std.Associative f := ⟨by assumption⟩; haveI : Std.Commutative f := ⟨by assumption⟩"


def test_tactics_still_rearrange_chains(behind_mask: tuple[Gym, Theory]) -> None:
    gym, theory = behind_mask
    for statement, tactic in [
        ("∀ a b c : Nat, a + b + (c + 0) = c + b + a", "ac_rfl"),
        ("∀ a b : Int, a * 1 * b = b * a", "ac_rfl"),
        (LAWS, f"{GIVEN}; ac_rfl"),
        (LAWS, f"{GIVEN}; grind"),
    ]:
        state, _ = gym.goal(theory, statement=statement)
        assert gym.try_(state, [tactic])[0].proved, tactic


@pytest.mark.parametrize(
    "name",
    [
        *("Std.LawfulIdentity", "Lean.Data.AC.Context", "Lean.Grind.AC.Context", "LawfulMonad"),
        *("LawfulFunctor", "Std.LawfulOrderInf"),
    ],
)
def test_none_of_them_can_be_named(behind_mask: tuple[Gym, Theory], name: str) -> None:
    gym, theory = behind_mask
    state, _ = gym.goal(theory, statement="∀ a : Nat, a = a")
    answer = gym.try_(state, [f"have := @{name}"])[0]
    assert not answer.ok
    assert answer.error is not None
    assert "nknown" in answer.error.message
