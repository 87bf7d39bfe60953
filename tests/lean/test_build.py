from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.main import cli
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.build import BuildResult, build
from autoresearch_formal.lean.plan import plan
from autoresearch_formal.lean.toolchain import Embedded

Project = Callable[[dict[str, str]], Path]

SOURCES = {
    "Reconstruct.A": "def Reconstruct.a : Nat := 3\n",
    "Reconstruct.B": "import Reconstruct.A\ntheorem Reconstruct.b : a = 3 := rfl\n",
    "Reconstruct.Meta": "import Lean\ndef Reconstruct.m : Lean.Name := `x\n",
    "Reconstruct.Top": "import Reconstruct.B\nimport Reconstruct.Meta\n",
}


def _built(result: BuildResult) -> set[str]:
    return {name for name, module in result.modules.items() if module.ok and not module.fresh}


@pytest.mark.lean
def test_only_what_changed_is_built_again(embedded: Embedded, project: Project) -> None:
    root = project(SOURCES)
    first = build(None, embedded, root=root, jobs=2)
    assert first.ok
    assert _built(first) == set(SOURCES)
    assert _built(build(None, embedded, root=root)) == set()

    (root / "Reconstruct/A.lean").touch()  # dates don't matter
    assert _built(build(None, embedded, root=root)) == set()
    project({"Reconstruct.A": SOURCES["Reconstruct.A"] + "-- more\n"})
    changed = build(None, embedded, root=root)
    assert _built(changed) == {"Reconstruct.A", "Reconstruct.B", "Reconstruct.Top"}

    (changed.folder / "Reconstruct/B.olean").write_bytes(b"damaged")
    assert _built(build(["Reconstruct.B"], embedded, root=root)) == {"Reconstruct.B"}
    use = root / "Use.lean"
    use.write_text("import Reconstruct.Top\n#print axioms Reconstruct.b\n#eval Reconstruct.m")
    done = embedded.run_lean([str(use)], lean_path=[changed.folder])
    assert done.stdout == "'Reconstruct.b' does not depend on any axioms\n`x\n"


@pytest.mark.lean
def test_errors_stop_what_depends_on_them(embedded: Embedded, project: Project) -> None:
    root = project(
        SOURCES
        | {
            "Reconstruct.A": "def Reconstruct.a : Nat := 4\n\ntheorem hole : 1 = 1 := by sorry\n",
        }
    )
    result = build(["Reconstruct.Top"], embedded, root=root)
    assert not result.ok
    warning = result.modules["Reconstruct.A"].messages[0]
    assert (warning.severity, warning.line, "sorry" in warning.text) == ("warning", 3, True)
    error = result.modules["Reconstruct.B"].messages[0]
    assert (error.severity, error.line) == ("error", 2)
    assert not (result.folder / "Reconstruct/B.olean").exists()
    assert "Reconstruct.B has errors" in result.modules["Reconstruct.Top"].messages[0].text
    again = build(["Reconstruct.A"], embedded, root=root).modules["Reconstruct.A"]
    assert again.fresh
    assert again.messages == (warning,)


def test_impossible_plans_say_why(project: Project) -> None:
    root = project(
        {"Reconstruct.A": "import Reconstruct.B", "Reconstruct.B": "import Reconstruct.A"}
    )
    with pytest.raises(UsageFault, match=r"import cycle: Reconstruct\.A → Reconstruct\.B → "):
        plan(root, ["Reconstruct.A"], "id")
    project({"Reconstruct.B": "import Reconstruct.None"})
    with pytest.raises(UsageFault, match=r"no module Reconstruct\.None, imported by .*B\.lean"):
        plan(root, ["Reconstruct.A"], "id")


def test_hashes_depend_on_toolchain_source_and_imports(project: Project) -> None:
    root = project(SOURCES)

    def hashes(toolchain: str = "id") -> dict[str, str]:
        return {unit.module: unit.hash for unit in plan(root, list(SOURCES), toolchain)}

    before = hashes()
    assert all(hashes("other")[name] != before[name] for name in before)
    project({"Reconstruct.Meta": "import Lean\n"})
    changed = {name for name, value in hashes().items() if value != before[name]}
    assert changed == {"Reconstruct.Meta", "Reconstruct.Top"}


@pytest.mark.lean
def test_the_command_reports_places_and_its_verdict(
    embedded: Embedded, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project({"Reconstruct.A": "theorem wrong : 1 = 2 := rfl\n"})
    monkeypatch.setenv("AUTORESEARCH_PROJECT", str(root))
    runner = CliRunner()
    done = runner.invoke(cli, ["lean", "build", "--toolchain", "embedded"])
    assert done.exit_code == 1
    assert "A.lean:1:" in done.output
    assert "not built: Reconstruct.A" in done.output
    done = runner.invoke(cli, ["lean", "build", "Reconstruct.Z"])
    assert done.exit_code == 2
