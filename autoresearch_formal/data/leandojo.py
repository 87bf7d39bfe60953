"""LeanDojo's benchmark format: read, write, and to and from trajectories.

A benchmark is a folder with ``{train,val,test}.json`` (theorems with their traced tactics) and
``corpus.jsonl`` (premises by file), as described in Yang et al., "LeanDojo: Theorem Proving with
Retrieval-Augmented Language Models", NeurIPS 2023, appendix B. ReProver and tools like it read it.

Documents are kept as they are, unknown fields included, so that reading and writing loses
nothing. A theorem made from trajectories carries the rows in an extra field, ``autoresearch``,
which other tools skip and `to_rows` reads back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autoresearch_formal.data.nested import Record, goals_of, proof_steps
from autoresearch_formal.data.trajectories import COLUMNS, misfit
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask import Mask
from autoresearch_formal.mask.scan import scan
from autoresearch_formal.targets.worlds import World

SPLITS = ("train", "val", "test")
EXTRA = "autoresearch"
"""Field of a traced tactic that holds the whole trajectory row."""
THEOREM_FIELDS = ("url", "commit", "file_path", "full_name", "start", "end", "traced_tactics")
TACTIC_FIELDS = ("tactic", "annotated_tactic", "state_before", "state_after")
TAG = re.compile(r"</?a>")
WORD = re.compile(r"[^\s()\[\]{}⟨⟩,:;←·|]+")
NO_GOALS = "no goals"

Document = dict[str, Any]


@dataclass
class Benchmark:
    """Theorems by split, and the premise corpus."""

    theorems: dict[str, list[Document]] = field(default_factory=dict)
    corpus: list[Document] = field(default_factory=list)
    metadata: Document = field(default_factory=dict)


def read(folder: Path) -> Benchmark:
    """Read a benchmark folder. Raises `UsageFault` naming file and line of the first fault."""
    found = Benchmark()
    for split in SPLITS:
        path = folder / f"{split}.json"
        if path.is_file():
            found.theorems[split] = []
            for number, (theorem, start) in enumerate(_elements(path)):
                _check_theorem(theorem, f"{path}:{start}: theorem {number}")
                found.theorems[split].append(theorem)
    if not found.theorems:
        raise UsageFault(f"{folder}: no LeanDojo benchmark here (none of train, val, test.json)")
    corpus = folder / "corpus.jsonl"
    if corpus.is_file():
        for number, line in enumerate(_text(corpus).split("\n"), 1):
            if line.strip():
                entry = _json(corpus, line, number)
                _check_entry(entry, f"{corpus}:{number}")
                found.corpus.append(entry)
    metadata = folder / "metadata.json"
    if metadata.is_file():
        document = _json(metadata, _text(metadata))
        found.metadata = document if isinstance(document, dict) else {}
    return found


def write(benchmark: Benchmark, folder: Path) -> None:
    """Write a benchmark folder, in place of one that is there already.

    Raises `UsageFault` if that can't be done.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for split in SPLITS:
            (folder / f"{split}.json").unlink(missing_ok=True)
        for split, theorems in benchmark.theorems.items():
            text = json.dumps(theorems, ensure_ascii=False, indent=1)
            (folder / f"{split}.json").write_text(text + "\n", encoding="utf-8", newline="")
        lines = [json.dumps(entry, ensure_ascii=False) + "\n" for entry in benchmark.corpus]
        (folder / "corpus.jsonl").write_text("".join(lines), encoding="utf-8", newline="")
        text = json.dumps(benchmark.metadata, ensure_ascii=False, indent=1)
        (folder / "metadata.json").write_text(text + "\n", encoding="utf-8", newline="")
    except OSError as fault:
        raise UsageFault(f"{folder}: can't be written ({fault.strerror or fault})") from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise UsageFault(f"{path}:{line}: can't be read: not UTF-8 text") from None
    except OSError as fault:
        raise UsageFault(f"{path}: can't be read: {fault.strerror}") from None


def _json(path: Path, text: str, first: int = 1) -> Any:
    """A JSON document whose first line is line `first` of the file."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise UsageFault(f"{path}:{first + fault.lineno - 1}: not JSON ({fault.msg})") from None
    except (ValueError, RecursionError):
        raise UsageFault(f"{path}:{first}: not JSON that can be read (too deep?)") from None


_SPACE = re.compile(r"[ \t\r\n]*")


def _elements(path: Path) -> Iterator[tuple[Any, int]]:
    """The elements of a JSON list, each with the line where it begins."""
    text = _text(path)
    at = _after_space(text, 0)
    if text[at : at + 1] != "[":
        _json(path, text)
        raise UsageFault(f"{path}:1: a list of theorems was expected")
    decoder = json.JSONDecoder()
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "]":
        at += 1
    else:
        line, counted = 1, 0
        while True:
            line, counted = line + text.count("\n", counted, at), at
            try:
                element, at = decoder.raw_decode(text, at)
            except json.JSONDecodeError as fault:
                raise UsageFault(f"{path}:{fault.lineno}: not JSON ({fault.msg})") from None
            except (ValueError, RecursionError):
                raise UsageFault(f"{path}:{line}: nested too deeply") from None
            yield element, line
            at = _after_space(text, at)
            after, at = text[at : at + 1], at + 1
            if after == "]":
                break
            if after != ",":
                place = text.count("\n", 0, at) + 1
                raise UsageFault(f"{path}:{place}: not JSON (a comma or ] was expected)")
            at = _after_space(text, at)
    at = _after_space(text, at)
    if at != len(text):
        raise UsageFault(f"{path}:{text.count(chr(10), 0, at) + 1}: something after the list")


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _check_theorem(theorem: Any, place: str) -> None:
    if not isinstance(theorem, dict):
        raise UsageFault(f"{place}: an object was expected")
    for name in ("file_path", "full_name", "traced_tactics"):
        if name not in theorem:
            raise UsageFault(f"{place}: {name} is missing")
    for name in ("file_path", "full_name"):
        _check_text(theorem[name], f"{place}: {name}")
    if not isinstance(theorem["traced_tactics"], list):
        raise UsageFault(f"{place}: traced_tactics is no list")
    for number, step in enumerate(theorem["traced_tactics"]):
        _check_step(step, f"{place}: traced tactic {number}")


def _check_step(step: Any, place: str) -> None:
    if not isinstance(step, dict):
        raise UsageFault(f"{place}: an object was expected")
    for name in ("tactic", "state_before", "state_after"):
        if name not in step:
            raise UsageFault(f"{place}: {name} is missing")
        _check_text(step[name], f"{place}: {name}")
    annotated = step.get("annotated_tactic")
    if annotated is not None:
        if not isinstance(annotated, list) or len(annotated) != 2:
            raise UsageFault(f"{place}: annotated_tactic: a text and its premises were expected")
        _check_premises(annotated[1], f"{place}: annotated_tactic")
    if EXTRA in step:
        row = step[EXTRA]
        if not isinstance(row, dict):
            raise UsageFault(f"{place}: {EXTRA}: an object was expected")
        bad = misfit(row)
        if bad is not None:
            raise UsageFault(f"{place}: {EXTRA}: {bad}")


def _check_entry(entry: Any, place: str) -> None:
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
        raise UsageFault(f"{place}: an object with a path was expected")
    _check_premises(entry.get("premises"), place)
    imports = entry.get("imports", [])
    if not isinstance(imports, list) or not all(isinstance(i, str) for i in imports):
        raise UsageFault(f"{place}: imports: a list of texts was expected")


def _check_premises(premises: Any, place: str) -> None:
    if not isinstance(premises, list) or not all(
        isinstance(p, dict) and isinstance(p.get("full_name"), str) for p in premises
    ):
        raise UsageFault(f"{place}: premises with full_name were expected")
    for premise in premises:
        _check_text(premise["full_name"], f"{place}: full_name")


def _check_text(value: Any, place: str) -> None:
    """A text that can be written: half a character, which JSON can spell, can not."""
    if not isinstance(value, str):
        raise UsageFault(f"{place} is no text")
    try:
        value.encode()
    except UnicodeEncodeError as fault:
        raise UsageFault(f"{place}: no character U+{ord(value[fault.start]):04X}") from None


# -- trajectories to benchmark ---------------------------------------------------------------


def from_rows(
    rows: Iterable[Mapping[str, Any]], corpus: Sequence[Document], commit: str = ""
) -> Benchmark:
    """Judged proofs as theorems; targets are split 8 : 1 : 1 by the hash of their names.

    Only positive tactic rows go in. `corpus` gives each premise's file and place.
    """
    where = {
        premise["full_name"]: (entry["path"], premise)
        for entry in corpus
        for premise in entry["premises"]
    }
    proofs: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["positive"] and row["kind"] == "tactic":
            proofs[row["target"], str(row["source_sha256"])].append(row)
    benchmark = Benchmark({split: [] for split in SPLITS}, list(corpus))
    for (target, source), steps in proofs.items():
        benchmark.theorems[split_of(target)].append(
            {
                "url": "autoresearch-formal",
                "commit": commit or source,
                "file_path": f"{World().generated.replace('.', '/')}/{target}.lean",
                "full_name": target,
                "start": [1, 1],
                "end": [1, 1],
                "traced_tactics": [_traced(row, where) for row in steps],
            }
        )
    benchmark.metadata = {
        "format": "LeanDojo benchmark",
        "from": "autoresearch-formal trajectories",
        "theorems": {split: len(found) for split, found in benchmark.theorems.items()},
    }
    return benchmark


def split_of(name: str) -> str:
    """The split of a theorem: a function of its name alone, so that it never changes sides."""
    bucket = hashlib.sha256(name.encode()).digest()[0] % 10
    return "val" if bucket == 8 else "test" if bucket == 9 else "train"


def _traced(row: Mapping[str, Any], where: Mapping[str, tuple[str, Document]]) -> Document:
    names = {n["name"] for n in row["names"] or ()} | set(row["uses"] or ())
    text, found = annotate(row["action"], names | set(where), where)
    return {
        "tactic": row["action"],
        "annotated_tactic": [text, found],
        "state_before": row["situation"],
        "state_after": row["state_after"] or NO_GOALS,
        EXTRA: {name: row.get(name) for name in COLUMNS},
    }


def annotate(
    tactic: str, names: set[str], where: Mapping[str, tuple[str, Document]]
) -> tuple[str, list[Document]]:
    """Mark the premises in a tactic with ``<a>…</a>``; and where each of them is.

    A tactic that contains such tags itself is left as it is, so that removing the tags always
    gives the tactic back.
    """
    if TAG.search(tactic):
        return tactic, []
    found: list[Document] = []

    def mark(match: re.Match[str]) -> str:
        name = match[0]
        if name not in names or name not in where:
            return name
        path, premise = where[name]
        found.append(
            {
                "full_name": name,
                "def_path": path,
                "def_pos": premise["start"],
                "def_end_pos": premise["end"],
            }
        )
        return f"<a>{name}</a>"

    return WORD.sub(mark, tactic), found


# -- benchmark to trajectories ---------------------------------------------------------------


def to_rows(benchmark: Benchmark) -> Iterator[dict[str, Any]]:
    """Trajectory rows of a benchmark.

    Rows that came from trajectories come back as they were. Those of a foreign benchmark are
    human proofs which nobody here has judged: `verified` and `positive` are false and `policy`
    is "leandojo", so that they are never mistaken for what a search found.
    """
    for split, theorems in benchmark.theorems.items():
        for theorem in theorems:
            steps = theorem["traced_tactics"]
            for step in steps:
                if EXTRA in step:
                    yield {name: step[EXTRA].get(name) for name in COLUMNS}
            found = proof_steps([s for s in steps if EXTRA not in s])
            for number, step, path in found:
                yield _foreign(theorem, split, number, step, path, len(found))


def _foreign(
    theorem: Document, split: str, number: int, step: Record, path: list[str], steps: int
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    key = f"{theorem.get('commit')}\x1f{theorem['file_path']}\x1f{theorem['full_name']}\x1f{number}"
    annotated = step.get("annotated_tactic") or ["", []]
    uses = [premise["full_name"] for premise in annotated[1]]
    before = step["state_before"]
    left = goals_of(step["state_after"])
    return row | {
        "row": hashlib.sha256(key.encode()).hexdigest()[:24],
        "run": f"leandojo:{split}",
        "target": theorem["full_name"],
        "seed": 0,
        "policy": "leandojo",
        "theory": 0,
        "modules": [theorem["file_path"].removesuffix(".lean").replace("/", ".")],
        "invented": [],
        "goal": number,
        "fingerprint": "text:" + hashlib.sha256(before.encode()).hexdigest()[:32],
        "situation": before,
        "root": number == 0,
        "path": path,
        "names": [],
        "expansion": 1,
        "expansions": 1,
        "kind": "tactic",
        "action": step["tactic"],
        "outcome": "progress" if left else "proved",
        "state_after": step["state_after"],
        "subgoals": len(left),
        "closed": True,
        "on_minimal_path": True,
        "verified": False,
        "positive": False,
        "proof_steps": steps,
        "ingredients": list(dict.fromkeys(uses)),
        "uses": uses,
        "logprob": 0.0,
        "heartbeats": 0,
        "ms": 0.0,
    }


# -- the mask --------------------------------------------------------------------------------


def masked(benchmark: Benchmark, mask: Mask) -> tuple[Benchmark, dict[str, int]]:
    """What of a benchmark may be known, and how much was taken out.

    A theorem goes if its name or module is hidden, or if any of its states or tactics names or
    speaks of something hidden; a premise likewise; a file goes with its module. What a theorem
    rests on without saying so can't be seen in this format: whoever needs more than texts has to
    compile the files behind the mask.
    """
    gone = {"theorems": 0, "premises": 0, "files": 0}
    kept = Benchmark(metadata=dict(benchmark.metadata))
    for split, theorems in benchmark.theorems.items():
        kept.theorems[split] = [t for t in theorems if not _hidden_theorem(t, mask)]
        gone["theorems"] += len(theorems) - len(kept.theorems[split])
    for entry in benchmark.corpus:
        if _hidden_module(entry["path"], mask):
            gone["files"] += 1
            gone["premises"] += len(entry["premises"])
            continue
        premises = [p for p in entry["premises"] if not _hidden_premise(p, mask)]
        gone["premises"] += len(entry["premises"]) - len(premises)
        imports = [i for i in entry.get("imports", ()) if not _hidden_module(i, mask)]
        changed = entry | {"premises": premises}
        kept.corpus.append(changed | ({"imports": imports} if "imports" in entry else {}))
    return kept, gone


def _hidden_module(path: str, mask: Mask) -> bool:
    module = re.sub(r"^.*?\.lake/packages/[^/]+/(src/lean/)?", "", path)
    module = module.removesuffix(".lean").replace("/", ".")
    return module in mask.forbidden_modules or bool(scan(module, mask))


def _hidden_premise(premise: Mapping[str, Any], mask: Mask) -> bool:
    name = premise["full_name"]
    text = f"{name}\n{premise.get('code', '')}"
    return mask.refuses(name) is not None or bool(scan(text, mask))


def _hidden_theorem(theorem: Document, mask: Mask) -> bool:
    if mask.refuses(theorem["full_name"]) is not None:
        return True
    if _hidden_module(theorem["file_path"], mask):
        return True
    texts = [theorem["full_name"], str(theorem.get("theorem_statement", ""))]
    for step in theorem["traced_tactics"]:
        texts += [step["tactic"], step["state_before"], step["state_after"]]
        for premise in (step.get("annotated_tactic") or ["", []])[1]:
            if mask.refuses(premise["full_name"]) is not None:
                return True
            texts.append(premise["full_name"])
    return bool(scan("\n".join(texts), mask))
