"""A certificate depends on what it names and on nothing else: real Lean, warm and cold caches."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from autoresearch_formal.judge import Judge
from autoresearch_formal.judge.extras import Extras
from tests.judge.batch import BatchLean

IMPORT = "import Reconstruct.Substitutions.Foundation\n"
FILES = {
    "claims": f"{IMPORT}\ntheorem Std.HashMap : True := trivial\n",
    "innocent": f"{IMPORT}import Std.Data.HashMap.Basic\n\n"
    "theorem uses (m : Std.HashMap Nat Nat) : m = m := rfl\n",
    "other": f"{IMPORT}\ntheorem other (f : Fin 3) : f.rev.rev = f := Fin.rev_rev f\n",
}

pytestmark = [pytest.mark.lean, pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def cold(judge: Judge, folder: Path) -> None:
    """Forget every declaration of the toolchain that was asked for."""
    shutil.rmtree(folder, ignore_errors=True)
    judge._extras = Extras(judge._store, judge.library, folder)


def test_no_verdict_depends_on_what_was_judged_before(judge: Judge, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    files = {}
    for name, text in FILES.items():
        files[name] = tmp_path / f"{name}.lean"
        files[name].write_text(text)
    alone = {}
    for name in FILES:
        cold(judge, kept)
        alone[name] = judge.verify(files[name]).stable()
    assert {name: c["verdict"] for name, c in alone.items()} == {
        "claims": "no", "innocent": "yes", "other": "yes",
    }  # fmt: skip
    draw = random.Random(15)
    # Warm from here on: what one needs is there for the others, and what was compiled is known.
    lean = judge._lean = BatchLean(judge._lean)
    lean.prepare("candidate", list(files.values()))
    for order in (["innocent", "claims", "other"], draw.choices(sorted(FILES), k=4)):
        for name in order:
            if draw.random() < 0.5:
                judge.warm()  # its processes load the library before they are needed
            assert judge.verify(files[name]).stable() == alone[name], order
    judge.warm()
    judge.close()
    assert (kept / "kept.msgpack").is_file()


def test_a_damaged_cache_is_made_again(judge: Judge, tmp_path: Path) -> None:
    file = tmp_path / "innocent.lean"
    file.write_text(FILES["innocent"])
    cold(judge, tmp_path / "kept")
    first = judge.verify(file).stable()
    for kept in (tmp_path / "kept").glob("*.ndjson"):
        kept.write_bytes(b"")
    assert judge.verify(file).stable() == first


def test_a_file_named_after_a_target_must_prove_it(judge: Judge, tmp_path: Path) -> None:
    for name in ("CommonPartClosed.lean", "common-part-closed.lean"):
        file = tmp_path / name
        file.write_text(FILES["other"])
        certificate = judge.verify(file)
        assert certificate.asked == "CommonPartClosed"
        assert certificate.summary.startswith("compare: no theorem has exactly the type")


def test_a_certificate_names_the_judge(judge: Judge, tmp_path: Path) -> None:
    file = tmp_path / "too_large.lean"
    file.write_bytes(b"-- " + b"x" * (2 << 20))
    certificate = judge.verify(file)
    assert "more than" in certificate.summary
    assert len(certificate.hashes["judge"]) == 64
    assert certificate.unicode
