"""Trajectories: the documented schema, judged positives only, and the queries of docs/data.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.data import command
from autoresearch_formal.data.rows import load
from autoresearch_formal.data.trajectories import COLUMNS, FILE, read_table, rows, schema
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.mask import Mask
from autoresearch_formal.search.runs.record import read_run

DOC = project_root() / "docs" / "data.md"


def test_only_steps_of_proofs_whose_certificate_fits_are_positive(toy_run: Path) -> None:
    found = read_table(toy_run).to_pylist()
    assert {r["target"] for r in found} == {"t9", "t5", "t6", "t7"}
    assert {r["target"] for r in found if r["on_minimal_path"]} == {"t9", "t5", "t6", "t7"}
    assert {r["target"] for r in found if r["positive"]} == {"t9"}
    assert all(r["on_minimal_path"] for r in found if r["positive"])
    assert all(r["outcome"] in ("proved", "progress") for r in found if r["positive"])
    assert len({r["row"] for r in found}) == len(found)


def test_a_file_that_was_changed_after_the_verdict_is_no_positive(toy_run: Path) -> None:
    assert any(r["positive"] for r in rows(read_run(toy_run)))
    file = toy_run / "Generated" / "t9.lean"
    file.write_text(file.read_text() + "-- changed\n")
    assert not any(r["positive"] for r in rows(read_run(toy_run)))


def test_the_minimal_path_is_a_proof(toy_run: Path) -> None:
    """Replaying the flagged steps from the root closes every goal."""
    steps = {r["goal"]: r for r in rows(read_run(toy_run)) if r["positive"]}
    todo, closed = [9], 0
    by_number = {int(r["fingerprint"]): r["action"] for r in steps.values()}
    while todo:
        number = todo.pop()
        action = by_number[number]
        closed += 1
        if action == "take":
            todo.append(number - 1)
        elif action == "halve":
            todo += [number // 2, number - number // 2]
        else:
            assert (action, number) == ("zero", 0)
    assert closed >= len(steps) == steps[0]["proof_steps"]


def test_rows_without_the_parquet_file_are_the_same(toy_run: Path) -> None:
    written = read_table(toy_run).to_pylist()
    (toy_run / FILE).unlink()
    assert read_table(toy_run).to_pylist() == written


def test_every_column_is_documented_with_its_type() -> None:
    table = re.findall(r"^\| `(\w+)` \| `?([^|`]+)`? \|", DOC.read_text("utf-8"), re.MULTILINE)
    documented = {name: kind.strip() for name, kind in table}
    assert {n: documented.get(n) for n in COLUMNS} == COLUMNS
    assert schema().names == list(COLUMNS)


def test_the_documented_queries_run(toy_run: Path) -> None:
    queries = re.findall(r"```sql\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    assert len(queries) >= 4
    for query in queries:
        answer = duckdb.sql(query.replace("trajectories.parquet", str(toy_run / FILE)))
        assert answer.fetchall(), query


@pytest.mark.parametrize("damage", ["missing", "garbage", "old version"])
def test_bad_files_are_one_line(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "x.parquet"
    if damage == "garbage":
        file.write_bytes(b"PAR1 no")
    elif damage == "old version":
        duckdb.sql(f"COPY (SELECT 1 AS row) TO '{file}' (FORMAT parquet)")
    with pytest.raises(UsageFault) as fault:
        read_table(file)
    assert str(file) in fault.value.message


def test_training_files_are_what_the_trainer_accepts(toy_run: Path, tmp_path: Path) -> None:
    for form in ("training", "pairs"):
        file = tmp_path / f"{form}.parquet"
        done = CliRunner().invoke(
            command, ["export", str(toy_run), "--format", form, "--out", str(file), "--json"]
        )
        assert done.exit_code == 0, done.output
        found = load([file], Mask.compute(1823))
        assert len(found) == json.loads(done.stdout)["rows"] > 0
        assert {row.target for row in found} == {"t9"}
    rejected = duckdb.sql(f"SELECT rejected FROM '{file}'").fetchall()
    assert {text for (text,) in rejected} <= {"tactic\nhalve", "tactic\nnonsense", "tactic\nzero"}
