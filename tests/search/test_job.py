"""What a run works on: each statement once, each with a label and a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.job import HoleRules, jobs_for

TWO = "theorem Foo.bar : True := sorry\ntheorem Foo_bar : True := sorry\n"
ODD = (
    "theorem «a/b» : True := sorry\ntheorem «a b» : True := sorry\ntheorem «con» : True := sorry\n"
    f"theorem {'x' * 300} : True := sorry\ntheorem {'x' * 299}y : True := sorry\n"
    "theorem InverseOfProduct : True := sorry\ntheorem foo : True := sorry\n"
    "theorem Foo : True := sorry\nexample : True := sorry\ntheorem example_9 : True := sorry\n"
)


def own_places(arguments: list[str], rules: HoleRules) -> list[str]:
    """Files of the jobs, after a look at whether labels and files are all distinct."""
    jobs = jobs_for(arguments, None, rules)
    assert len({job.label for job in jobs}) == len(jobs)
    files = [job.generated for job in jobs]
    assert len({file.casefold() for file in files}) == len(files)
    for file in files:
        folder, _, name = file.partition("/")
        assert folder == "Generated"
        assert "/" not in name
        assert len(name) < 160
    return files


def test_a_dot_and_an_underline(tmp_path: Path, rules: HoleRules) -> None:
    file = tmp_path / "F.lean"
    file.write_text(TWO)
    assert "Generated/Foo_bar.lean" in own_places([str(file)], rules)


def test_odd_names(tmp_path: Path, rules: HoleRules) -> None:
    file = tmp_path / "F.lean"
    file.write_text(ODD)
    files = own_places([str(file), "inverse-of-product", f"{file}:foo"], rules)
    assert len(files) == 11
    assert files[10] == "Generated/InverseOfProduct.lean"  # the target's; the theorem's is another


def test_two_inputs_with_one_base_name(tmp_path: Path, rules: HoleRules) -> None:
    for folder in ("a", "b\nc"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "F.lean").write_text(TWO)
    jobs = jobs_for([str(tmp_path / "a/F.lean"), str(tmp_path / "b\nc/F.lean")], None, rules)
    assert [job.label for job in jobs] == [
        "a/F.lean:Foo.bar",
        "a/F.lean:Foo_bar",
        "b\nc/F.lean:Foo.bar",
        "b\nc/F.lean:Foo_bar",
    ]
    assert len({job.completed for job in jobs}) == 2
    assert len(own_places([str(tmp_path / "a/F.lean"), str(tmp_path / "b\nc/F.lean")], rules)) == 4


def test_the_same_hole_twice_is_one_job(
    tmp_path: Path, rules: HoleRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "F.lean").write_text(TWO)
    monkeypatch.chdir(tmp_path)
    assert len(jobs_for(["F.lean", f"{tmp_path}/F.lean:bar", "./F.lean:Foo_bar"], None, rules)) == 2


def test_folders_and_names_with_dots_and_colons(tmp_path: Path, rules: HoleRules) -> None:
    folder = tmp_path / "dir.lean:x"
    folder.mkdir()
    file = folder / "F.lean"
    file.write_text("theorem «p.lean:q» : True := sorry\n")
    assert len(jobs_for([str(file)], None, rules)) == 1
    assert len(jobs_for([f"{file}:«p.lean:q»"], None, rules)) == 1
    with pytest.raises(UsageFault, match="no `sorry` in a declaration"):
        jobs_for([f"{file}:nothing"], None, rules)
