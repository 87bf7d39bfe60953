from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.lean.imports import imports
from autoresearch_formal.lean.toolchain import Embedded

EXAMPLES = {
    "": ["Init"],
    "import A.B\nimport C\ntheorem t : True := trivial": ["Init", "A.B", "C"],
    "prelude\nimport A": ["A"],
    "/- a /- nested -/ comment -/ import A -- import B\nimport C": ["Init", "A", "C"],
    "/-! docs -/\nimport A": ["Init"],
    "import A\n/-- docs -/ def x := 1\nimport B": ["Init", "A"],
    "import «A b».C": ["Init", "A b.C"],
    "module\npublic import A\nmeta import B": ["Init", "A", "B"],
    "-- import A\nimport B": ["Init", "B"],
    'def s := "import A"': ["Init"],
    "/- never closed import A": ["Init"],
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.items())
def test_examples(text: str, expected: list[str]) -> None:
    assert imports(text) == expected


@given(st.text())
def test_any_text_has_imports(text: str) -> None:
    assert isinstance(imports(text), list)


@pytest.mark.lean
def test_lean_reads_the_same_headers(embedded: Embedded, tmp_path: Path) -> None:
    """The project's own files and the examples, against Lean's parser."""
    texts = [text for text in EXAMPLES if "module" not in text and "never" not in text]
    root = Path(__file__).parents[2] / "Reconstruct"
    texts += [file.read_text(encoding="utf-8") for file in root.rglob("*.lean")]
    (tmp_path / "texts.json").write_text(json.dumps(texts))
    script = tmp_path / "Read.lean"
    script.write_text(
        """import Lean
open Lean
def main (args : List String) : IO Unit := do
  let json ← IO.ofExcept (Json.parse (← IO.FS.readFile args.head!))
  for text in ← IO.ofExcept (fromJson? (α := Array String) json) do
    let (header, _, _) ← Parser.parseHeader (Parser.mkInputContext text "")
    let names := (Elab.headerToImports header).map (toString ·.module (escape := false))
    IO.println (toJson names).compress
""".replace("toString ·.module (escape := false)", "·.module.toString (escape := false)")
    )
    done = embedded.run_lean(["--run", str(script), str(tmp_path / "texts.json")], timeout=120)
    assert done.stderr == ""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found == [imports(text) for text in texts]
