"""Which files `verify` judges, what it reports about the others, and where certificates go."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.cli.certificates import certificate_names
from autoresearch_formal.cli.paths import lean_files_and_oddities
from autoresearch_formal.cli.verify import command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.compare import named_target

KNOWN = {"InverseOfProduct": (), "OneTestForClosed": (), "Motion.FallingBody": ()}


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("InverseOfProduct.lean", "InverseOfProduct"),
        ("inverse-of-product.lean", "InverseOfProduct"),
        ("inverse_of_product.LEAN", "InverseOfProduct"),
        ("InverseOfProduct.2.lean", "InverseOfProduct"),
        ("InverseOfProduct (copy).lean", "InverseOfProduct"),
        ("FallingBody.lean", "Motion.FallingBody"),
        ("Motion.FallingBody.lean", "Motion.FallingBody"),
        ("InverseOfProducts.lean", None),
        ("Candidate.lean", None),
        (".lean", None),
    ],
)
def test_files_named_after_targets(name: str, target: str | None) -> None:
    assert named_target(name, KNOWN) == target


def test_what_lies_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "C.lean").write_text("")
    for name in ("A.lean", "deep/B.lean", "A.LEAN", "notes.txt"):
        (folder / name).write_text("")
    (folder / "link.lean").symlink_to(outside / "C.lean")
    (folder / "gone.lean").symlink_to(outside / "nothing.lean")
    (folder / "away").symlink_to(outside)
    (folder / "D.lean").mkdir()
    files, odd = lean_files_and_oddities([folder])
    assert [f.relative_to(folder).as_posix() for f in files] == [
        "A.lean", "deep/B.lean", "link.lean",
    ]  # fmt: skip
    assert {(o.path.name, o.left_out) for o in odd} == {
        ("A.LEAN", True), ("link.lean", False), ("gone.lean", True), ("away", True),
    }  # fmt: skip


def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.lean")
    (tmp_path / name).write_text("")
    files, odd = lean_files_and_oddities([tmp_path])
    assert [f.name for f in files] == [name]
    assert [o.why for o in odd] == ["its name is not UTF-8"]
    certificate_names(files)[files[0]].encode()


def test_a_folder_without_any(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"no \.lean file"):
        lean_files_and_oddities([tmp_path])


def test_certificates_of_files_with_one_name() -> None:
    assert certificate_names([Path("a/X.lean")]) == {Path("a/X.lean"): "X.certificate.json"}
    names = certificate_names([Path("a/X.lean"), Path("b/x.lean"), Path("b.x.lean")])
    assert names[Path("a/X.lean")] == "a.X.certificate.json"
    assert len({n.casefold() for n in names.values()}) == 3


PARTS = st.text(st.sampled_from("aA.é\u0301e\n:/ß\udc80"), min_size=1, max_size=3).map(
    lambda text: text.replace("/", "") or "x"
)


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3), min_size=1, max_size=8))
def test_no_two_certificates_share_a_name(paths: list[list[str]]) -> None:
    files = list(dict.fromkeys(Path(*parts[:-1], f"{parts[-1]}.lean") for parts in paths))
    names = certificate_names(files)
    assert set(names) == set(files)
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names.values()}
    assert len(folded) == len(files)
    for name in names.values():
        assert not set(name) & set("/\n")
        assert len(name.encode()) < 250


def test_a_long_name() -> None:
    (name,) = certificate_names([Path("x" * 240 + ".lean")]).values()
    assert len(name) < 230


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_strict(tmp_path: Path) -> None:
    """Real Lean: green without `--strict`, not with it, and everything odd is listed."""
    (tmp_path / "Good.lean").write_text("theorem good : 1 = 1 := rfl\n")
    (tmp_path / "Empty.lean").write_text("-- nothing\n")
    (tmp_path / "Other.LEAN").write_text("theorem other : 1 = 2 := rfl\n")
    result = CliRunner().invoke(command, [str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert [c["verdict"] for c in document["certificates"]] == ["yes", "yes"]
    assert {Path(o["path"]).name: o["why"] for o in document["odd"]} == {
        "Other.LEAN": "its ending is not written .lean",
        "Empty.lean": "it states nothing",
    }
    result = CliRunner().invoke(command, [str(tmp_path), "--json", "--strict"])
    assert result.exit_code == 1
    assert not json.loads(result.stdout)["ok"]
    result = CliRunner().invoke(command, [str(tmp_path / "Good.lean"), "--require-target"])
    assert result.exit_code == 1
    assert "no theorem has exactly the type of a target" in result.output
