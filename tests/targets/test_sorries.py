"""Files as they were read, places in them, and arguments of the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.messages import FileAnswer
from autoresearch_formal.targets.sorries import (
    BOM,
    PinnedFile,
    SorryGoal,
    chosen,
    goals_of,
    split_argument,
)

LETTERS = "ab \n\r\f\t\u2028\x85é𝔸"


def pinned(data: bytes) -> PinnedFile:
    return PinnedFile(Path("F.lean"), data)


@given(st.text(LETTERS, max_size=40), st.booleans(), st.lists(st.integers(0, 40), max_size=6))
def test_what_is_not_edited_stays_to_the_byte(text: str, mark: bool, cuts: list[int]) -> None:
    data = (BOM if mark else b"") + text.encode()
    file = pinned(data)
    assert file.edited([]) == data
    places = sorted({min(cut, len(file.text)) for cut in cuts})
    pairs = zip(places[::2], places[1::2], strict=False)
    parts = [(a, b, f"<{k}>") for k, (a, b) in enumerate(pairs)]
    edited = pinned(file.edited(parts))
    expected, at = "", 0
    for start, end, new in parts:
        expected += file.text[at:start] + new
        at = end
    assert edited.text == expected + file.text[at:]
    assert edited.data.startswith(BOM) == mark or (not mark and edited.data.startswith(BOM))
    kept = file.text[at:]
    if parts and kept and "\r" not in kept:
        rest = edited.written.rpartition(">")[2]
        assert file.written.endswith(rest)


@given(st.text(LETTERS, max_size=40), st.integers(0, 40))
def test_places_are_those_of_lean(text: str, at: int) -> None:
    """A line ends with a line feed and with nothing else, whatever Python thinks."""
    file = pinned(text.encode())
    at = min(at, len(file.text))
    line, column = file.place(at)
    assert file.offset(line, column) == at
    assert line == file.text[:at].count("\n") + 1
    assert "\n" not in file.text[at - column : at]


def test_new_lines_end_as_the_others_of_the_file() -> None:
    file = pinned(b"a\r\nb\r\nsorry\r\n")
    assert file.edited([(4, 9, "x\ny")]) == b"a\r\nb\r\nx\r\ny\r\n"
    assert pinned(b"a\r\nb\nc\nsorry").edited([(6, 11, "x\ny")]) == b"a\r\nb\nc\nx\ny"


def test_imports_and_marks() -> None:
    file = pinned(BOM + b"import A.B\r\n\r\ntheorem t : True := sorry\r\n")
    assert file.modules == ("Init", "A.B")
    assert file.text.startswith("import A.B\n\n")


def goals() -> list[SorryGoal]:
    file = pinned(b"a\nb\nc\nd\n")

    def hole(index: int, decl: str, line: int) -> dict[str, object]:
        return {
            "index": index, "decl": decl, "kind": "proposition", "tactic": True, "rests_on": [],
            "start": [line, 0], "end": [line, 1], "command": [[line, 0], [line, 1]], "pp": "True",
        }  # fmt: skip

    holes = [
        *(hole(0, "A.B.first", 1), hole(1, "A.first.helper", 2), hole(2, "_example", 3)),
        hole(3, "third", 4),
    ]
    resting = [
        *({"name": "A.B.first", "start": [1, 0]}, {"name": "A.first", "start": [2, 0]}),
        *({"name": "A.first.helper", "start": [2, 0]}, {"name": "third", "start": [4, 0]}),
    ]
    answer = {"file": 1, "holes": holes, "resting": resting}
    return goals_of(file, msgspec.convert(answer, FileAnswer))


@pytest.mark.parametrize(
    ("name", "indices"),
    [
        ("A.B.first", [0]), ("B.first", [0]), ("first", [0, 1]), ("A.first", [1]),
        ("A.first.helper", [1]), ("helper", [1]), ("third", [3]), (None, [0, 1, 2, 3]),
    ],
)  # fmt: skip
def test_a_name_means_declarations(name: str | None, indices: list[int]) -> None:
    assert [goal.index for goal in chosen(goals(), name)] == indices


@pytest.mark.parametrize("name", ["irst", "A", "example", "_example"])
def test_a_declaration_that_has_no_hole(name: str) -> None:
    with pytest.raises(UsageFault, match=r"some in A\.B\.first, A\.first\.helper, ex"):
        chosen(goals(), name)


def test_what_is_not_a_statement_keeps_its_reason() -> None:
    (goal, *_) = goals()
    assert goal.reason == ""
    assert replace(goal, reason="it stands for data").reason
    assert goals()[2].name == "example_3"


@pytest.mark.parametrize("argument", ["F.txt", "F.lean:", "nothing"])
def test_not_a_lean_file(argument: str) -> None:
    with pytest.raises(UsageFault, match=r"FILE\.lean"):
        split_argument(argument)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="can't be read"):
        PinnedFile.read(tmp_path / "N.lean")
    (tmp_path / "L.lean").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageFault, match="not UTF-8"):
        PinnedFile.read(tmp_path / "L.lean")


def test_a_file_that_changed(tmp_path: Path) -> None:
    path = tmp_path / "F.lean"
    path.write_text("theorem t : True := sorry\n")
    file = PinnedFile.read(path)
    assert file.unchanged()
    path.write_text("theorem t : False := sorry\n")
    assert not file.unchanged()
    path.unlink()
    assert not file.unchanged()
