"""`verify --against`: pairs, formats, exit codes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.ci_formats import Annotation, github, junit, sarif
from autoresearch_formal.cli.verify import command
from autoresearch_formal.cli.verify_against import pairs
from autoresearch_formal.errors import UsageFault

HOSTILE = "a\n::error::b\x1b[2K\u202e%0A<&\x00"
REPORTS = [
    Annotation("ok.lean", 3, "good", "verified", ""),
    Annotation(HOSTILE, 7, HOSTILE, "rejected", HOSTILE),
]


def test_nothing_in_a_text_is_a_command() -> None:
    lines = github(REPORTS).splitlines()
    assert lines == [
        "::notice file=ok.lean,line=3,title=verified::good: verified",
        lines[1],
    ]
    place, _, said = lines[1].removeprefix("::error ").partition("::")
    assert place.startswith("file=a\\u000a%3A%3Aerror%3A%3Ab\\u001b[2K\\u202e%250A<&\\u0000,line=7")
    assert said.startswith("a\\u000a::error::b")  # in the middle of a line it is text


def test_the_other_formats_are_well_formed() -> None:
    suites = ET.fromstring(junit(REPORTS).split("\n", 1)[1])
    assert [suite.get("failures") for suite in suites] == ["0", "1"]
    assert suites[1][0].get("name") == "a\\u000a::error::b\\u001b[2K\\u202e%0A<&\\u0000"
    (result,) = json.loads(sarif(REPORTS))["runs"][0]["results"]
    assert result["ruleId"] == "rejected"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}


def test_files_are_paired_by_their_place(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for file in (old / "a" / "X.lean", old / "Y.lean", new / "a" / "X.lean", new / "Z.LEAN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    found = {p.name: (p.original, p.candidate) for p in pairs(new, old)}
    assert found == {
        "a/X.lean": (old / "a" / "X.lean", new / "a" / "X.lean"),
        "Y.lean": (old / "Y.lean", None),
        "Z.LEAN": (None, new / "Z.LEAN"),
    }
    with pytest.raises(UsageFault, match="two files or two folders"):
        pairs(new, old / "Y.lean")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--against", "nowhere.lean", "nowhere-else.lean"],
        ["--trust-file", "x.lean"],
        ["--format", "junit", "x.lean"],
        ["--against", "x.lean", "--json", "--format", "sarif", "x.lean"],
        ["--against", "x.lean"],
        ["--against", "x.lean", "--cutoff", "1823", "x.lean"],
    ],
)
def test_calls_that_make_no_sense(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output


@pytest.mark.slow
@pytest.mark.lean
def test_two_folders(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    (old / "A.lean").write_text("theorem a : 1 + 1 = 2 := by\n  sorry\n")
    (new / "A.lean").write_text("theorem a : 1 + 1 = 2 := by\n  rfl\n")
    (old / "B.lean").write_text("theorem b : 1 + 1 = 2 := by\n  sorry\n")
    result = CliRunner().invoke(command, [str(new), "--against", str(old), "--json"])
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert not document["ok"]
    assert document["missing"] == ["B.lean"]
    (certificate,) = document["certificates"]
    assert certificate["verdict"] == "verified"
    assert certificate["holes"][0]["statement"].startswith("Eq Nat")
    (old / "B.lean").unlink()
    result = CliRunner().invoke(command, [str(new), "--against", str(old), "--format", "github"])
    assert result.exit_code == 0
    assert result.stdout == f"::notice file={new}/A.lean,line=1,title=verified::a: verified\n"
