"""The description of the targets, its errors, the suites, and the command that lists them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.targets import command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.targets import LEVELS, SUITES, World, find, load, suite

GOOD = """\
[[subject]]
name = "one"
title = "One"
module = "Reconstruct.Substitutions.Target.One"

[[subject.target]]
id = "first"
statement = "Reconstruct.First.Statement"
level = 0
year = 1801
who = "Gauss"
where = "Disquisitiones"
human_path = "Look at it."
hides = []

[[subject.target]]
id = "second"
statement = "Reconstruct.Second.Statement"
level = 1
year = 1815
who = "Cauchy"
where = "Journal"
human_path = "Look again."
hides = ["Group"]
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "targets.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_file_loads() -> None:
    targets = load()
    assert len(targets) >= 84
    assert {target.level for target in targets} == set(LEVELS)
    assert all(target.human_path.endswith((".", ")")) for target in targets)


def test_load_keeps_order_and_fields(tmp_path: Path) -> None:
    first, second = load(written(tmp_path, GOOD))
    assert (first.id, first.subject) == ("first", "one")
    assert first.module == "Reconstruct.Substitutions.Target.One"
    assert (second.source, second.hides, second.name) == ("Journal", ("Group",), "Second")


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("level = 1", "level = 7", 19, "subject.target.level"),
        ("year = 1801", 'year = "1801"', 10, "subject.target.year"),
        ('id = "second"', 'id = "Second one"', 17, "subject.target.id"),
        ('who = "Cauchy"\n', "", 16, "subject.target.who"),
        ('who = "Gauss"\n', 'who = "Gauss"\nwhom = "Gauss"\n', 12, "subject.target.whom"),
        ('title = "One"\n', "", 1, "subject.title"),
        ("Reconstruct.Substitutions.Target.One", "Reconstruct.Gym", 4, "subject.module"),
        ('id = "second"', 'id = "first"', 17, "subject.target.id"),
        ("Reconstruct.Second.", "Reconstruct.First.", 18, "subject.target.statement"),
        ('hides = ["Group"]', "hides = [3]", 24, "subject.target.hides"),
    ],
)
def test_mistakes_are_named_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    assert old in GOOD
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(UsageFault) as fault:
        load(file)
    assert fault.value.message.startswith(f"{file}:{line}: {field}: ")
    assert "\n" not in fault.value.message


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD.replace("level = 0", "level ="))
    with pytest.raises(UsageFault, match=r"not TOML: .*line 9"):
        load(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="can't be read"):
        load(tmp_path / "targets.toml")


def test_smoke_is_five_and_five_and_does_not_depend_on_order() -> None:
    targets = load()
    chosen = suite("smoke", targets)
    assert [target.level for target in chosen] == [0] * 5 + [1] * 5
    assert suite("smoke", targets[::-1]) == chosen


def test_level_suites_share_out_all_targets() -> None:
    targets = load()
    parts = [suite(f"level{level}", targets) for level in LEVELS]
    assert sorted(t.id for part in parts for t in part) == sorted(t.id for t in targets)
    assert suite("all", targets) == targets


def test_concrete_is_large_and_has_facts_of_many_systems() -> None:
    chosen = suite("concrete", load())
    assert len(chosen) >= 50
    subjects = {target.subject for target in chosen}
    systems = {"substitution", "residue-sum", "prime-residue", "ratio", "integer-sum"}
    assert subjects >= systems | {"linear-substitution", "turn", "keeping", "carried"}
    assert {target.subject for target in load() if not target.concrete}.isdisjoint(subjects)


def test_unknown_suite() -> None:
    with pytest.raises(UsageFault, match="smoke"):
        suite("smoky", load())


def test_find_by_id_name_and_constant() -> None:
    targets = load()
    wanted = targets[7]
    for name in (wanted.id, wanted.name, wanted.statement):
        assert find(name, targets) is wanted
    with pytest.raises(UsageFault, match="did you mean identity-unique"):
        find("identity-uniqe", targets)


def test_command_lists_all_metadata_as_json() -> None:
    done = CliRunner().invoke(command, ["--json"])
    assert done.exit_code == 0
    listed = json.loads(done.stdout)["targets"]
    assert len(listed) == len(load())
    assert {
        "id",
        "statement",
        "level",
        "subject",
        "year",
        "who",
        "source",
        "human_path",
        "hides",
    } < {*listed[0]}


def test_command_prints_a_table_of_one_level() -> None:
    done = CliRunner().invoke(command, ["--level", "1"])
    assert done.exit_code == 0
    for target in load():
        assert (f" {target.id} " in done.stdout) == (target.level == 1)


@pytest.mark.parametrize("arguments", [["--level", "5"], ["--suite", "none"], ["--nonsense"]])
def test_command_refuses_bad_input(arguments: list[str]) -> None:
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_an_empty_selection_is_an_empty_table() -> None:
    done = CliRunner().invoke(command, ["--suite", "smoke", "--level", "4"])
    assert done.exit_code == 0
    assert "0 targets" in done.stdout


def test_every_suite_can_be_listed() -> None:
    for name in SUITES:
        done = CliRunner().invoke(command, ["--suite", name, "--json"])
        assert done.exit_code == 0


def test_the_shipped_file_is_beside_its_loader() -> None:
    assert World().file.is_file()
