"""``trajectories.parquet``: one row a tried action. The schema is documented in docs/data.md.

The rows are a function of the run folder alone (events, certificates, generated files), so that
the file can be made again at any time, and a damaged or missing one loses nothing.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.search.graph.events import LemmaAdded, Shown, TheoryAdded, Tried
from autoresearch_formal.search.graph.graph import Graph
from autoresearch_formal.search.runs.record import RunRecord, TargetRecord, read_run

FILE = "trajectories.parquet"
VERSION = 3
"""Of the schema; written into the file's metadata."""

COLUMNS: dict[str, str] = {
    "row": "string",
    "run": "string",
    "target": "string",
    "level": "int8",
    "round": "int32",
    "seed": "int64",
    "policy": "string",
    "theory": "int32",
    "modules": "list<string>",
    "invented": "list<struct<name: string, type: string>>",
    "goal": "int32",
    "fingerprint": "string",
    "situation": "string",
    "root": "bool",
    "path": "list<string>",
    "names": "list<struct<name: string, kind: string, type: string>>",
    "expansion": "int32",
    "expansions": "int32",
    "kind": "string",
    "action": "string",
    "outcome": "string",
    "edge": "int32",
    "state_after": "string",
    "subgoals": "int32",
    "closed": "bool",
    "on_minimal_path": "bool",
    "verified": "bool",
    "positive": "bool",
    "proof_steps": "int32",
    "ingredients": "list<string>",
    "uses": "list<string>",
    "logprob": "double",
    "heartbeats": "int64",
    "ms": "double",
    "cost": "double",
    "source_sha256": "string",
    "library_sha256": "string",
    "mask_sha256": "string",
    "lean": "string",
}
"""Column to Arrow type, in order."""


_SIZES = {"int8": 2**7, "int32": 2**31, "int64": 2**63}


def misfit(row: Mapping[str, Any]) -> str | None:
    """Why a row can't be written with `COLUMNS`, or None."""
    for name, kind in COLUMNS.items():
        value = row.get(name)
        if value is not None and not _fits(value, kind):
            return f"{name}: {kind} was expected"
    return None


def _fits(value: Any, kind: str) -> bool:
    if kind == "string":
        return _encodes(value)
    if kind in _SIZES:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and -_SIZES[kind] <= value < _SIZES[kind]
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "double":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, list):
        return False
    if kind == "list<string>":
        return all(_encodes(one) for one in value)
    return all(isinstance(one, dict) and all(map(_encodes, one.values())) for one in value)


def _encodes(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def arrow() -> Any:
    """The pyarrow module. Raises `MissingTool` where it is missing."""
    try:
        return importlib.import_module("pyarrow")
    except ImportError:
        raise MissingTool(
            "Parquet files need pyarrow: pip install 'autoresearch-formal[data]'"
        ) from None


def parquet() -> Any:
    """The pyarrow.parquet module. Raises `MissingTool` where it is missing."""
    arrow()
    return importlib.import_module("pyarrow.parquet")


def schema() -> Any:
    """`COLUMNS` as an Arrow schema, with the version in its metadata."""
    pa = arrow()
    strings = pa.list_(pa.string())
    pair = pa.struct([("name", pa.string()), ("type", pa.string())])
    triple = pa.struct([("name", pa.string()), ("kind", pa.string()), ("type", pa.string())])
    types = {
        "list<string>": strings,
        "list<struct<name: string, type: string>>": pa.list_(pair),
        "list<struct<name: string, kind: string, type: string>>": pa.list_(triple),
        "bool": pa.bool_(),
        "double": pa.float64(),
    }
    fields = [(name, types.get(kind) or getattr(pa, kind)()) for name, kind in COLUMNS.items()]
    return pa.schema(fields, metadata={"autoresearch.trajectories": str(VERSION)})


def rows(record: RunRecord) -> Iterator[dict[str, Any]]:
    """One row a tried action, in the order of the events, target by target."""
    asked, resolved = record.asked, record.resolved
    for target in record.targets:
        common = {
            "run": record.folder.name,
            "target": target.label,
            "level": target.result.get("level"),
            "round": asked.get("round"),
            "seed": asked.get("seed", 0),
            "policy": asked.get("policy", ""),
            "modules": list(resolved.get("modules", {}).get(target.label, [])),
            "verified": target.verified,
            "source_sha256": target.certificate.get("hashes", {}).get("source"),
            "library_sha256": target.certificate.get("hashes", {}).get("library"),
            "mask_sha256": target.mask,
            "lean": resolved.get("lean", ""),
        }
        for number, row in enumerate(target_rows(target)):
            full = common | row
            full["positive"] = bool(full["verified"] and full["on_minimal_path"])
            key = "\x1f".join(
                str(full.get(c))
                for c in ("target", "seed", "policy", "round", "mask_sha256", "goal", "action")
            )
            full["row"] = hashlib.sha256(f"{key}\x1f{number}".encode()).hexdigest()[:24]
            yield {name: full.get(name) for name in COLUMNS}


def target_rows(target: TargetRecord) -> Iterator[dict[str, Any]]:
    """The rows of one target: tactics, lemmas and definitions."""
    graph, path = target.graph, target.path
    on_path = set(path.edges.values())
    needed = set(path.inventions)
    steps = sum(graph.edges[e].added.kind == "tactic" for e in on_path) or None
    ways = origins(graph)
    theories = {number: inventions(graph, number) for number in graph.theories}
    shown: dict[int, Shown] = {}
    roots: dict[int, int] = {}
    for number, node in graph.goals.items():
        if node.added.statement and number not in graph.lemmas:
            roots.setdefault(node.added.theory, number)

    def place(goal: int) -> dict[str, Any]:
        added = graph.goals[goal].added
        names = shown[goal].names if goal in shown else ()
        return {
            "theory": added.theory,
            "invented": theories[added.theory],
            "goal": goal,
            "fingerprint": added.fingerprint,
            "situation": added.text,
            "root": bool(added.statement),
            "path": way(graph, ways, goal),
            "names": [{"name": n, "kind": k, "type": t} for n, k, t in names],
            "expansions": target.expansions.get(goal, 0),
            "proof_steps": steps,
        }

    lemma_edges = {e.added.text: n for n, e in graph.edges.items() if e.added.kind == "lemma"}
    for event in target.events:
        if isinstance(event, Shown):
            shown[event.goal] = event
        elif isinstance(event, Tried):
            edge = graph.edges[event.edge].added if event.edge is not None else None
            yield place(event.goal) | {
                "kind": event.kind,
                "action": event.text,
                "outcome": event.outcome,
                "edge": event.edge,
                "state_after": after(graph, edge.children) if edge else None,
                "subgoals": len(edge.children) if edge else None,
                "closed": edge is not None and all(graph.goals[c].proved for c in edge.children),
                "on_minimal_path": event.edge is not None and event.edge in on_path,
                "ingredients": list(event.ingredients),
                "uses": list(edge.uses) if edge else [],
                "logprob": event.logprob,
                "heartbeats": event.heartbeats,
                "ms": event.ms,
                "cost": edge.cost if edge else None,
                "expansion": event.expansion,
            }
        elif isinstance(event, LemmaAdded):
            yield place(event.source) | {
                "kind": "lemma",
                "action": event.statement,
                "outcome": graph.status(event.goal).value,
                "edge": lemma_edges.get(event.name),
                "subgoals": 1,
                "closed": graph.goals[event.goal].proved,
                "on_minimal_path": event.name in needed,
                "ingredients": [*event.ingredients, event.name],
                "uses": [],
                "logprob": event.logprob,
                "heartbeats": 0,
                "ms": 0.0,
                "expansion": target.expansions.get(event.source, 0),
            }
        elif isinstance(event, TheoryAdded) and event.kind == "definition":
            goal = roots.get(event.parent or 0, 0)
            yield place(goal) | {
                "kind": "definition",
                "action": event.text,
                "outcome": "added",
                "subgoals": 0,
                "closed": True,
                "on_minimal_path": event.name in needed,
                "ingredients": [*event.ingredients, event.name],
                "uses": [],
                "logprob": 0.0,
                "heartbeats": 0,
                "ms": 0.0,
                "expansion": target.expansions.get(goal, 0),
            }


def after(graph: Graph, children: Iterable[int]) -> str:
    """What a step leaves, as Lean shows it: goals with a blank line between, or "no goals"."""
    return "\n\n".join(graph.goals[c].added.text for c in children) or "no goals"


def inventions(graph: Graph, theory: int) -> list[dict[str, str]]:
    """Names and statements of the inventions of a theory, oldest first."""
    chain = [t.added for t in graph.lineage(theory) if t.added.name]
    return [{"name": t.name, "type": statement_of(t)} for t in chain]


def statement_of(added: TheoryAdded) -> str:
    """What an invention says: a lemma's statement, a definition's whole text."""
    if added.kind != "lemma":
        return added.text
    head = added.text.partition(" := by\n")[0]
    return head.partition(" : ")[2] if head.startswith("theorem ") else head


def origins(graph: Graph) -> dict[int, int]:
    """For each goal that a tactic led to, the number of the first edge that did."""
    found: dict[int, int] = {}
    for number in sorted(graph.edges):
        edge = graph.edges[number].added
        if edge.kind == "tactic":
            for child in edge.children:
                if child != edge.source and not graph.goals[child].added.statement:
                    found.setdefault(child, number)
    return found


def way(graph: Graph, ways: Mapping[int, int], goal: int) -> list[str]:
    """Tactics from the start of a proof to a goal."""
    steps: list[str] = []
    seen = {goal}
    while goal in ways and not graph.goals[goal].added.statement:
        edge = graph.edges[ways[goal]].added
        steps.append(edge.text)
        goal = edge.source
        if goal in seen:
            break
        seen.add(goal)
    return steps[::-1]


def write_rows(path: Path, found: Iterable[Mapping[str, Any]]) -> Path:
    """Write rows of the schema, whole or not at all. Raises `MissingTool`, `UsageFault`."""
    table = arrow().Table.from_pylist(list(found), schema=schema())
    return write_table(path, table)


def write_table(path: Path, table: Any) -> Path:
    """Write a table, whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    try:
        parquet().write_table(table, temporary, compression="zstd")
        os.replace(temporary, path)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        raise UsageFault(f"{path}: can't be written ({fault.strerror or fault})") from None
    return path


def read_table(path: Path) -> Any:
    """The table of a trajectories file or of a run folder.

    Raises `UsageFault` if it is none, or if it was written with another version of the schema.
    """
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        if path.is_dir() and (path / "run.toml").is_file():
            return arrow().Table.from_pylist(list(rows(read_run(path))), schema=schema())
        raise UsageFault(f"{path}: no trajectories here")
    try:
        table = parquet().read_table(file)
    except (OSError, ValueError) as fault:
        raise UsageFault(f"{file}: not a Parquet file ({fault})") from None
    version = (table.schema.metadata or {}).get(b"autoresearch.trajectories", b"?").decode()
    if version != str(VERSION):
        raise UsageFault(
            f"{file}: schema version {version}, not {VERSION}; make it again from its run folder"
            " with `autoresearch data merge RUN --out FILE`"
        )
    return table


def write_trajectories(folder: Path) -> Path | None:
    """Write the file into a run folder; None where pyarrow is missing."""
    try:
        arrow()
    except MissingTool:
        return None
    return write_rows(folder / FILE, rows(read_run(folder)))
