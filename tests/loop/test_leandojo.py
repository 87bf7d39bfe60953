"""LeanDojo's format: lossless both ways, filtered by the mask, clear about what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autoresearch_formal.cli.data import command
from autoresearch_formal.data import leandojo, tracing
from autoresearch_formal.data.corpus import foundation_corpus, premises
from autoresearch_formal.data.trajectories import COLUMNS, read_table
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.mask import Mask

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
name = st.from_regex(r"[A-Za-z_][A-Za-z0-9_']{0,8}(\.[A-Za-z_]{1,6}){0,2}", fullmatch=True)
names = st.lists(st.fixed_dictionaries({"name": name, "kind": text, "type": text}), max_size=3)
invented = st.lists(st.fixed_dictionaries({"name": name, "type": text}), max_size=2)
position = st.lists(st.integers(1, 500), min_size=2, max_size=2)
NUMBERS = {"int8", "int32", "int64"}


def column(kind: str) -> st.SearchStrategy[Any]:
    if kind in NUMBERS:
        return st.integers(0, 100)
    if kind == "bool":
        return st.booleans()
    if kind == "double":
        return st.floats(allow_nan=False, allow_infinity=False)
    if kind == "list<string>":
        return st.lists(text, max_size=3)
    if kind.startswith("list<struct"):
        return names if "kind" in kind else invented
    return text


row = st.fixed_dictionaries({c: column(kind) for c, kind in COLUMNS.items()}).map(
    lambda r: r | {"positive": True, "kind": "tactic"}
)
json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(text, inner, max_size=2),
    max_leaves=4,
)
premise_at = st.fixed_dictionaries(
    {"full_name": name, "def_path": text, "def_pos": position, "def_end_pos": position}
)
traced = st.fixed_dictionaries(
    {
        "tactic": text,
        "annotated_tactic": st.tuples(text, st.lists(premise_at, max_size=2)).map(list),
        "state_before": text,
        "state_after": text,
    }
)
theorem = st.fixed_dictionaries(
    {
        "url": text,
        "commit": text,
        "file_path": text,
        "full_name": name,
        "start": position,
        "end": position,
        "traced_tactics": st.lists(traced, max_size=3),
    },
    optional={"unknown_field": json_value},
)
premise = st.fixed_dictionaries(
    {"full_name": name, "code": text, "start": position, "end": position, "kind": text}
)
entry = st.fixed_dictionaries(
    {"path": text, "imports": st.lists(text, max_size=2), "premises": st.lists(premise, max_size=3)}
)
benchmark = st.builds(
    leandojo.Benchmark,
    st.fixed_dictionaries({"train": st.lists(theorem, max_size=3)}, optional={"val": st.just([])}),
    st.lists(entry, max_size=3),
    st.dictionaries(text, json_value, max_size=2),
)
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.lists(row, max_size=5), st.lists(entry, max_size=2))
@FEW
def test_export_then_import_gives_the_rows_back(
    tmp_path: Path, rows: list[dict[str, Any]], corpus: list[dict[str, Any]]
) -> None:
    leandojo.write(leandojo.from_rows(rows, corpus), tmp_path / "b")
    again = list(leandojo.to_rows(leandojo.read(tmp_path / "b")))
    key = lambda r: json.dumps(r, sort_keys=True)  # noqa: E731
    assert sorted(again, key=key) == sorted(rows, key=key)


@given(benchmark)
@FEW
def test_a_foreign_benchmark_is_read_and_written_without_loss(
    tmp_path: Path, made: leandojo.Benchmark
) -> None:
    leandojo.write(made, tmp_path / "a")
    again = leandojo.read(tmp_path / "a")
    assert again == made
    for foreign in leandojo.to_rows(again):
        assert not foreign["positive"]
        assert not foreign["verified"]


@given(st.lists(name, min_size=1, max_size=4), text)
def test_tags_mark_known_premises_and_nothing_else_changes(found: list[str], tail: str) -> None:
    places = {n: ("F.lean", {"start": [1, 1], "end": [1, 2]}) for n in found}
    tactic = f"rw [{', '.join(found)}]; {tail}"
    tagged, marks = leandojo.annotate(tactic, set(found), places)
    assert leandojo.TAG.sub("", tagged) == (tactic if marks else leandojo.TAG.sub("", tactic))
    assert {m["full_name"] for m in marks} <= set(found)


def step(before: str, tactic: str = "simp", uses: tuple[str, ...] = ()) -> dict[str, Any]:
    place = {"def_path": "F.lean", "def_pos": [1, 1], "def_end_pos": [1, 2]}
    premises = [{"full_name": n, **place} for n in uses]
    return {
        "tactic": tactic,
        "annotated_tactic": [tactic, premises],
        "state_before": before,
        "state_after": "no goals",
    }


def test_the_mask_takes_out_what_names_or_speaks_of_hidden_things() -> None:
    def one(full: str, path: str, *steps: dict[str, Any]) -> dict[str, Any]:
        return {"file_path": path, "full_name": full, "traced_tactics": list(steps)}

    honest = one("add_swap", "Mathlib/Nat/Extra.lean", step("⊢ a + b = b + a"))
    hidden = [
        one("Subgroup.mul_mem", "Mathlib/X.lean", step("⊢ a = a")),
        one("fine", "Mathlib/GroupTheory/Coset.lean", step("⊢ a = a")),
        one("fine2", "Mathlib/X.lean", step("G : Type\ninst : Group G\n⊢ a = a")),
        one("fine3", "Mathlib/X.lean", step("⊢ a = a", "exact foo", ("Subgroup.foo",))),
    ]
    corpus = [
        {"path": "Mathlib/GroupTheory/Coset.lean", "imports": [], "premises": [{"full_name": "a"}]},
        {
            "path": "Mathlib/Nat/Extra.lean",
            "imports": ["Mathlib/GroupTheory/Coset.lean"],
            "premises": [{"full_name": "Nat.good", "code": ""}, {"full_name": "Subgroup.bad"}],
        },
    ]
    made = leandojo.Benchmark({"train": [honest, *hidden]}, corpus)
    kept, gone = leandojo.masked(made, Mask.compute(1823))
    assert kept.theorems["train"] == [honest]
    assert gone == {"theorems": 4, "premises": 2, "files": 1}
    assert [p["full_name"] for e in kept.corpus for p in e["premises"]] == ["Nat.good"]
    assert kept.corpus[0]["imports"] == []


def test_from_a_run_to_a_benchmark_and_back(toy_run: Path, tmp_path: Path) -> None:
    cli = CliRunner()
    out = tmp_path / "bench"
    done = cli.invoke(command, ["export", str(toy_run), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["theorems"] == 1
    file = tmp_path / "back.parquet"
    done = cli.invoke(command, ["import", str(out), "--out", str(file), "--json"])
    assert done.exit_code == 0, done.output
    positives = [r for r in read_table(toy_run).to_pylist() if r["positive"]]
    assert read_table(file).to_pylist() == positives
    merged = tmp_path / "all.parquet"
    done = cli.invoke(command, ["merge", str(file), str(toy_run), "--out", str(merged), "--json"])
    assert json.loads(done.stdout)["rows"] == read_table(toy_run).num_rows
    done = cli.invoke(command, ["stats", str(merged), "--json"])
    figures = json.loads(done.stdout)
    assert figures["positives"] == len(positives)
    assert figures["verified_targets"] == ["t9"]


def test_the_corpus_of_the_foundation_has_places_that_hold_the_text() -> None:
    from autoresearch_formal.lean.project import project_root

    corpus = foundation_corpus()
    assert sum(len(e["premises"]) for e in corpus) > 300
    for one in corpus:
        lines = (project_root() / one["path"]).read_text("utf-8").split("\n")
        for found in one["premises"]:
            assert found["full_name"].rpartition(".")[2] in lines[found["start"][0] - 1]


def test_declarations_in_comments_and_inner_namespaces() -> None:
    source = (
        "namespace A\n/- theorem no : x -/\nnamespace B\n@[simp] theorem yes (n : Nat) :\n"
        "    n = n := rfl\nend B\nprotected def C.d := 1\nend A\ntheorem _root_.top : True := ⟨⟩\n"
    )
    assert [p["full_name"] for p in premises(source)] == ["A.B.yes", "A.C.d", "top"]
    assert next(premises(source))["end"] == [5, 17]


GOOD = '{"file_path": "f", "full_name": "n", "traced_tactics": []}'


def _with(fields: dict[str, Any]) -> str:
    """A benchmark whose one step has these fields."""
    return json.dumps([json.loads(GOOD) | {"traced_tactics": [step("⊢ a") | fields]}])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no LeanDojo benchmark here"),
        ({"train.json": "{"}, r"train.json:1: not JSON"),
        ({"train.json": "{}"}, r"train.json:1: a list of theorems"),
        ({"train.json": "[\n\n3]"}, r"train.json:3: theorem 0: an object"),
        ({"train.json": "[]\n[]"}, r"train.json:2: something after"),
        ({"train.json": "[" * 100_000}, r"train.json:1: nested too deeply"),
        ({"train.json": f"[\n{GOOD},\n{{}}]"}, r"train.json:3: theorem 1: file_path is missing"),
        ({"train.json": f"[\n{GOOD}\n{GOOD}]"}, r"train.json:3: not JSON"),
        ({"train.json": f"[\n{GOOD},\n{GOOD}"}, r"train.json:3: not JSON"),
        ({"train.json": "[" + GOOD.replace('"n"', "7") + "]"}, r"train.json:1: .*full_name is no"),
        ({"train.json": "[" + GOOD.replace("[]", "3") + "]"}, r"traced_tactics is no list"),
        ({"train.json": "[" + GOOD.replace("[]", "[3]") + "]"}, r"traced tactic 0: an object"),
        ({"train.json": "[" + GOOD.replace("[]", "[{}]") + "]"}, r"0: tactic is missing"),
        ({"train.json": _with({"annotated_tactic": ["", 3]})}, r"premises with full_name"),
        ({"train.json": _with({"annotated_tactic": ["", [{"full_name": 3}]]})}, r"premises with"),
        ({"train.json": _with({"annotated_tactic": "x"})}, r"a text and its premises"),
        ({"train.json": _with({"tactic": "\ud800"})}, r"tactic: no character U\+D800"),
        ({"train.json": _with({"autoresearch": 3})}, r"autoresearch: an object"),
        ({"train.json": _with({"autoresearch": {"level": 1000}})}, r"level: int8 was expected"),
        ({"train.json": _with({"autoresearch": {"names": ["x"]}})}, r"names: list"),
        ({"train.json": "[]", "corpus.jsonl": "\n{}\n"}, r"corpus.jsonl:2: an object with a path"),
        ({"train.json": "[]", "corpus.jsonl": "{\n"}, r"corpus.jsonl:1: not JSON"),
        (
            {"train.json": "[]", "corpus.jsonl": '{"path": "", "premises": [], "imports": [3]}'},
            r"corpus.jsonl:1: imports",
        ),
    ],
)
def test_bad_benchmarks_are_one_line(files: dict[str, str], message: str, tmp_path: Path) -> None:
    for path, content in files.items():
        (tmp_path / path).write_text(content)
    with pytest.raises(UsageFault, match=message) as caught:
        leandojo.read(tmp_path)
    assert "\n" not in caught.value.message


def test_tracing_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(MissingTool, match="official Lean"):
        tracing.trace("https://example.org/r@abc")
    with pytest.raises(UsageFault, match="URL@COMMIT"):
        tracing.trace("https://example.org/r")


def test_what_lean_dojo_traced_becomes_a_benchmark() -> None:
    tactic = SimpleNamespace(
        tactic="rw [foo]",
        state_before="⊢ a",
        state_after="no goals",
        get_annotated_tactic=lambda: (
            "rw [<a>foo</a>]",
            [
                {
                    "full_name": "foo",
                    "def_path": Path("F.lean"),
                    "def_pos": (1, 2),
                    "def_end_pos": (1, 5),
                }
            ],
        ),
    )
    proof = SimpleNamespace(
        theorem=SimpleNamespace(full_name="bar", file_path=Path("G.lean")),
        start=(3, 1),
        end=(4, 9),
        get_traced_tactics=lambda: [tactic],
    )
    file = SimpleNamespace(
        path=Path("F.lean"),
        get_premise_definitions=lambda: [{"full_name": "foo", "start": (1, 2), "code": "x"}],
    )
    repo = SimpleNamespace(
        get_traced_theorems=lambda: [proof], traced_files=[file], traced_files_graph=None
    )
    made = tracing.from_traced(repo, "u", "c")
    found = [t for split in made.theorems.values() for t in split]
    json.dumps(found)
    assert found[0]["traced_tactics"][0]["annotated_tactic"][1][0]["def_pos"] == [1, 2]
    assert made.corpus[0]["premises"][0]["start"] == [1, 2]
