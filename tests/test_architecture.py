"""The shape of the package: imports run downwards, and a public name means one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

import autoresearch_formal

ROOT = Path(autoresearch_formal.__file__).parent
FLOORS = (
    "bounds", "printable", "errors", "console", "files", "interrupts", "terms", "actions", "lean",
    "targets", "mask", "options", "symbolic", "inference", "policy", "judge", "search", "library",
    "rediscovery", "data", "train", "loop", "report", "bench", "cli",
)  # fmt: skip
"""From the ground up: a module imports from its own floor and from lower ones."""

PURE = ("search/graph", "actions", "terms")
"""Rooms that know nothing of processes, models or files."""

IMPURE = {"asyncio", "subprocess", "multiprocessing", "sqlite3", "httpx", "psutil",
          "torch", "transformers", "socket", "tempfile", "shutil"}  # fmt: skip


def sources() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name below the package."""
    found = {}
    for file in sorted(ROOT.rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        name = name.removesuffix(".__init__").removesuffix("__init__")
        found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


SOURCES = sources()


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that a module imports, wherever it does."""
    prefix = f"{ROOT.name}."
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ROOT.name):
            base = node.module.removeprefix(ROOT.name).removeprefix(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".removeprefix(".")
                yield inner if inner in SOURCES else base
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(prefix):
                    yield alias.name.removeprefix(prefix)


def room(module: str) -> str:
    return module.partition(".")[0]


def test_every_room_has_a_floor() -> None:
    assert {room(name) for name in SOURCES if name} <= {*FLOORS}


def test_no_import_runs_upwards() -> None:
    floor = {name: number for number, name in enumerate(FLOORS)}
    upwards = [
        f"{name} -> {used}"
        for name, tree in SOURCES.items()
        for used in imports(tree)
        if name and used and floor[room(used)] > floor[room(name)]
    ]
    assert not upwards


def test_no_circle_of_modules() -> None:
    graph = nx.DiGraph((a, b) for a, tree in SOURCES.items() for b in imports(tree) if a != b)
    circles = [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert not circles


def test_no_module_is_imported_by_a_string() -> None:
    """Only the command line loads its commands by name, so that a start stays quick."""
    by_string = [
        f"{name}: {node.value}"
        for name, tree in SOURCES.items()
        if room(name) != "cli"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("import_module")
        for node in call.args
        if isinstance(node, ast.Constant) and str(node.value).startswith(ROOT.name)
    ]
    assert not by_string


def test_pure_rooms_touch_nothing() -> None:
    impure = [
        f"{name} imports {top}"
        for name, tree in SOURCES.items()
        if name.replace(".", "/").startswith(PURE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for top in (
            [alias.name.partition(".")[0] for alias in node.names]
            if isinstance(node, ast.Import)
            else [(node.module or "").partition(".")[0]]
        )
        if top in IMPURE
    ]
    assert not impure


def test_public_classes_have_one_name_each() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for name, tree in SOURCES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    assert not {name: where for name, where in places.items() if len(where) > 1}


def test_pages_name_modules_that_exist() -> None:
    top = ROOT.parent
    pages = [*sorted(top.glob("docs/*.md")), top / "README.md", top / "CONTRIBUTING.md"]
    named = [
        (page.name, place)
        for page in pages
        for place in re.findall(r"`((?:\w+/)+\w+\.py)`", page.read_text(encoding="utf-8"))
    ]
    assert len(named) > 20
    assert not [one for one in named if not any((r / one[1]).is_file() for r in (ROOT, top))]


MOST_LINES, MOST_COMPLEX, MOST_POSITIONS = 50, 20, 8

UNDONE = {
    "bench.compare.command", "bench.prover.summary", "data.synth.mutate._change",
    "data.synth.prover._search", "data.synth.run.synthesise", "data.trajectories.target_rows",
    "lean.embedded.exceptions.module", "lean.embedded.wasm.rewrite", "lean.pool.try_",
    "train.sft.train", "symbolic.witness.solve.choices",
    "symbolic.witness.vocabulary.components",
}  # fmt: skip
"""Functions that are longer or have more paths than they should. The list only gets shorter."""


def complexity(function: ast.AST) -> int:
    """McCabe's number of paths, with conditions and comprehensions counted, as radon does.

    Functions within count by themselves.
    """
    count = 1
    todo = list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        todo += ast.iter_child_nodes(node)
        match node:
            case ast.BoolOp():
                count += len(node.values) - 1
            case ast.For() | ast.While() | ast.AsyncFor():
                count += 1 + bool(node.orelse)
            case ast.Try():
                count += len(node.handlers) + bool(node.orelse)
            case ast.comprehension():
                count += 1 + len(node.ifs)
            case ast.Match():
                count += sum(not _catches_all(case) for case in node.cases)
            case ast.If() | ast.IfExp() | ast.Assert():
                count += 1
    return count


def _catches_all(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def test_functions_are_short_and_have_few_paths() -> None:
    functions = {
        f"{name}.{node.name}": node
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    large = {
        name
        for name, node in functions.items()
        if (node.end_lineno or 0) - node.lineno >= MOST_LINES or complexity(node) > MOST_COMPLEX
    }
    assert large <= UNDONE


def test_calls_with_many_arguments_name_them() -> None:
    calls = [
        f"{name}:{node.lineno}"
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and len(node.args) > MOST_POSITIONS
    ]
    assert not calls
