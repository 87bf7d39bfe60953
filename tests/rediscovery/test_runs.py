"""Run folders and folders of them; what an interrupted comparison leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.rediscover import command
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.rediscovery.engine import InventionBudget
from autoresearch_formal.rediscovery.session import ComparisonSession
from autoresearch_formal.rediscovery.sources import open_jobs

DEFINITIONS = """import Reconstruct.Substitutions.Foundation

namespace Reconstruct.Generated

def Kept {G : Type} (m : G → G → G) (P : G → Prop) : Prop :=
  ∀ a b : G, P a → P b → P (m a b)

theorem Kept_iff {G : Type} (m : G → G → G) (P : G → Prop) :
    Kept m P ↔ (∀ a b : G, P a → P b → P (m a b)) := Iff.rfl

def Reached {G H : Type} (f : G → H) (P : G → Prop) (x : H) : Prop :=
  ∃ a : G, P a ∧ x = f a

end Reconstruct.Generated
"""


def run_folder(path: Path, definitions: str = DEFINITIONS) -> Path:
    """A run folder as a search leaves it, as far as a comparison reads it."""
    (path / "Generated").mkdir(parents=True)
    (path / "run.toml").write_text("[asked]\ncutoff = 1823\n")
    (path / "Generated" / "Found.lean").write_text(
        "import Reconstruct.Substitutions.Foundation\n\ntheorem found : 1 + 1 = 2 := rfl\n"
    )
    (path / "Definitions.lean").write_text(definitions)
    told = {"name": "Kept", "saved": 21, "uses": {"carried-part-closed": 2}}
    (path / "definitions.json").write_text(json.dumps({"definitions": [told]}))
    results = [{"target": "carried-part-closed", "status": "open"}]
    (path / "report.json").write_text(json.dumps({"results": results}))
    return path


def test_a_run_is_its_files_with_definitions(tmp_path: Path) -> None:
    (job,) = open_jobs(run_folder(tmp_path / "run"))
    assert [s.path.name for s in job.sources] == ["Definitions.lean"]
    assert job.cutoff == 1823
    assert job.targets == ["carried-part-closed"]
    assert job.sources[0].worth["Kept"].saved == 21


def test_a_suite_is_all_its_runs(tmp_path: Path) -> None:
    run_folder(tmp_path / "full")
    run_folder(tmp_path / "rounds" / "000", "import Reconstruct.Substitutions.Foundation\n")
    jobs = open_jobs(tmp_path)
    assert [len(job.sources) for job in jobs] == [1, 0]
    assert {str(job.run.relative_to(tmp_path)) for job in jobs if job.run} == {"full", "rounds/000"}


def test_runs_without_definitions_are_nothing_to_compare(tmp_path: Path) -> None:
    run_folder(tmp_path / "run", "import Reconstruct.Substitutions.Foundation\n")
    with pytest.raises(UsageFault, match="no definitions"):
        open_jobs(tmp_path)


@pytest.mark.lean
@pytest.mark.slow
def test_an_interrupted_comparison_keeps_what_it_has_and_a_second_one_ends(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run")
    written = run / "Definitions.Rediscovery.lean"

    def stop_at_the_second(text: str) -> None:
        if text.startswith("Reconstruct.Generated.Reached"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ComparisonSession(select(), InventionBudget(), stop_at_the_second).run(open_jobs(run), None)
    assert "theorem Kept_iff_IsClosed" in written.read_text()
    known = json.loads(written.with_suffix(".json").read_text())
    assert [row["relation"] for row in known["inventions"]] == ["equivalent"]
    assert known["verdict"] is None

    result = CliRunner().invoke(command, [str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    (told,) = document["files"]
    assert told["verdict"] == "yes"
    found = {
        row["invention"].rpartition(".")[2]: {f["concept"] for f in row["findings"]}
        for row in told["inventions"]
        if row["relation"] == "equivalent"
    }
    assert "IsClosed" in found["Kept"]
    assert "ImageOf" in found["Reached"]
    kept = next(r for r in told["inventions"] if r["invention"].endswith("Kept"))
    assert kept["saved"] == 21
    assert document["score"]["hidden"]
    assert json.loads(written.with_suffix(".json").read_text())["verdict"] == "yes"
