"""No search process can reach the references, under any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.project import modules, project_root
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.mask import Mask
from autoresearch_formal.targets import World

REFERENCES = [m for m in modules(project_root()) if m.startswith(World().reference)]


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gym]:
    """A gym as a search starts it, with the references compiled and lying on the disk."""
    mask = tmp_path_factory.mktemp("mask") / "mask.json"
    Mask.compute(1823).write_gym_file(mask)
    with Gym(workers=1, mask=mask, modules=["Reconstruct.Substitutions.Reference"]) as started:
        yield started


def spellings(module: str) -> st.SearchStrategy[str]:
    """Ways to say a module's name, or a path to it."""
    parts = module.split(".")
    quoted = ".".join(f"«{p}»" for p in parts)
    above = f"{World().foundation}.«../{'/'.join(parts[1:])}»"
    beside = f"Init.«../{'/'.join(parts)}»"
    plain = [
        module,
        quoted,
        above,
        beside,
        "/".join(parts),
        f"./{'/'.join(parts)}",
        f"{'/'.join(parts)}.olean",
        f"{module}.",
        f" {module}",
        f"_root_.{module}",
        module.replace("Reference", "reference"),
        module.replace(".", "/"),
        f"{parts[0]}..{'.'.join(parts[1:])}",
    ]
    mixed = st.lists(st.booleans(), min_size=len(parts), max_size=len(parts)).map(
        lambda flags: ".".join(f"«{p}»" if f else p for p, f in zip(parts, flags, strict=True))
    )
    return st.sampled_from(plain) | mixed


def test_there_are_references() -> None:
    assert len(REFERENCES) > 10


@pytest.mark.lean
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_spelling_imports_a_reference(gym: Gym, data: st.DataObject) -> None:
    module = data.draw(st.sampled_from(REFERENCES))
    spelling = data.draw(spellings(module))
    with pytest.raises(GymError) as refused:
        gym.theory(["Reconstruct.Substitutions.Foundation", spelling])
    assert refused.value.kind in ("unknown_module", "bad_request")


@pytest.mark.lean
def test_a_text_cannot_import_or_name_them(gym: Gym) -> None:
    theory = gym.theory(["Reconstruct.Substitutions.Foundation"])
    for text in (
        "import Reconstruct.Substitutions.Reference",
        "open Reconstruct.Reference\ntheorem t : True := trivial",
        "theorem t (G : Reconstruct.Reference.Group Nat) : True := trivial",
        "theorem t : True := by have := @Reconstruct.Reference.IsSubgroup.mk; trivial",
    ):
        with pytest.raises(GymError):
            gym.elab(theory, text)


@pytest.mark.lean
def test_they_are_not_listed_or_described(gym: Gym) -> None:
    theory = gym.theory(["Reconstruct.Substitutions.Foundation"])
    for pattern in ("*", "Reconstruct.*", "Reconstruct.Substitutions.Reference.*"):
        listed = gym.names(theory, modules=[pattern], prefix="Reconstruct.Reference").names
        assert listed == ()


@pytest.mark.lean
def test_the_unmasked_gym_does_import_them() -> None:
    """The refusals above are the mask's doing."""
    with Gym(workers=1) as open_gym:
        theory = open_gym.theory(["Reconstruct.Substitutions.Reference.Group"])
        assert open_gym.names(theory, modules=["Reconstruct.Substitutions.Reference.Group"]).names


@pytest.mark.lean
def test_a_search_is_started_with_its_mask(tmp_path: Path) -> None:
    """The command line of a masked gym names the mask and no reference."""
    mask = tmp_path / "mask.json"
    mask.write_text("{}")
    argv, environment = select().gym_command(mask)
    line = " ".join([*argv, *environment.values()])
    assert str(mask) in line
    assert "Reference" not in line


def test_search_and_policy_never_mention_them() -> None:
    package = project_root() / "autoresearch_formal"
    for folder in ("search", "policy", "train"):
        for file in sorted((package / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"Reconstruct[./]Reference|autoresearch_formal\.rediscovery", text)
