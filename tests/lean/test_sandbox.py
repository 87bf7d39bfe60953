"""What Lean code can do in a gym worker's sandbox: read the library and its scratch folder.

The code here is what no policy may write; it stands for a hole in the gym's own checks.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from autoresearch_formal.lean.command import Sandbox
from autoresearch_formal.lean.toolchain import Embedded

pytestmark = pytest.mark.lean

PROGRAM = """
def attempt (what : String) (act : IO String) : IO Unit := do
  let result ← try act catch fault => pure s!"refused: {fault}"
  IO.println s!"{what}\\t{result.replace "\\n" " "}"

def main (args : List String) : IO Unit := do
  let outside := args[0]!
  let scratch := args[1]!
  let mine := scratch ++ "/mine"
  attempt "read outside" (IO.FS.readFile outside)
  attempt "read through dots" (IO.FS.readFile (scratch ++ "/../secret"))
  attempt "read through a link" (IO.FS.readFile (scratch ++ "/link"))
  attempt "read through a linked folder" (IO.FS.readFile (scratch ++ "/folder/secret"))
  let given := args[3]!
  attempt "read a given file" do
    return if (← IO.FS.readFile (given ++ "/plain")) == "given" then "refused: nothing" else "lost"
  attempt "read through a given link" (IO.FS.readFile (given ++ "/link"))
  attempt "read through a given folder" (IO.FS.readFile (given ++ "/folder/secret"))
  attempt "read through it again" (IO.FS.readFile (given ++ "/folder/secret"))
  attempt "write a given file" (do IO.FS.writeFile (given ++ "/plain") "x"; return "written")
  attempt "read the environment" (IO.FS.readFile "/proc/self/environ")
  attempt "read another descriptor" (IO.FS.readFile "/proc/self/fd/0")
  attempt "list outside" do
    let entries ← System.FilePath.readDir (System.FilePath.mk outside |>.parent.get!)
    return toString (entries.map (·.fileName))
  attempt "write outside" (do IO.FS.writeFile (outside ++ ".new") "x"; return "written")
  attempt "write over" (do IO.FS.writeFile outside "x"; return "written")
  attempt "write through a link" (do IO.FS.writeFile (scratch ++ "/link") "x"; return "written")
  attempt "write through a dangling link" do
    IO.FS.writeFile (scratch ++ "/dangling") "x"
    return "written"
  attempt "make a folder outside" (do IO.FS.createDirAll (outside ++ ".d"); return "made")
  attempt "delete outside" (do IO.FS.removeFile outside; return "deleted")
  attempt "move out" do
    IO.FS.writeFile mine "x"
    IO.FS.rename mine (outside ++ ".moved")
    return "moved"
  attempt "move in" (do IO.FS.rename outside (scratch ++ "/taken"); return "moved")
  attempt "write the library" do
    IO.FS.writeFile (System.FilePath.mk args[2]! / "Init.olean") "x"
    return "written"
  attempt "start a process" do
    return (← IO.Process.output { cmd := "/bin/echo", args := #["started"] }).stdout
  attempt "change folder" (do IO.Process.setCurrentDir "/"; return "changed")
  attempt "see HOME" do
    return if (← IO.getEnv "HOME").isSome then "seen" else "refused"
  attempt "see PATH" do
    return if (← IO.getEnv "PATH").isSome then "seen" else "refused"
  attempt "own work" do
    IO.FS.createDirAll (scratch ++ "/a/b")
    IO.FS.writeFile (scratch ++ "/a/b/c") "kept"
    return (← IO.FS.readFile (scratch ++ "/a/b/c"))
"""


@pytest.fixture(scope="module")
def outcome(
    embedded: Embedded, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], Path]:
    base = tmp_path_factory.mktemp("base")
    scratch = base / "scratch"
    scratch.mkdir()
    secret = base / "secret"
    secret.write_text("secret")
    (scratch / "link").symlink_to(secret)
    (scratch / "folder").symlink_to(base)
    (scratch / "dangling").symlink_to(base / "new")
    given = base / "given"
    given.mkdir()
    (given / "plain").write_text("given")
    (given / "link").symlink_to(secret)
    (given / "folder").symlink_to(base)
    program = base / "Program.lean"
    program.write_text(PROGRAM)
    args = ["--run", str(program), str(secret), str(scratch), str(embedded.library)]
    args.append(str(given))
    os.environ["AUTORESEARCH_TEST_SECRET"] = "x"
    sandbox = Sandbox(read=(program, given), write=(scratch,))
    done = embedded.run_lean(args, cwd=scratch, sandbox=sandbox, timeout=120)
    assert done.stderr == ""
    return dict(line.split("\t", 1) for line in done.stdout.splitlines()), base


def test_every_attempt_is_refused(outcome: tuple[dict[str, str], Path]) -> None:
    results, base = outcome
    attempts = {what: said for what, said in results.items() if what != "own work"}
    assert len(attempts) == 25
    assert {what: said for what, said in attempts.items() if not said.startswith("refused")} == {}
    assert sorted(path.name for path in base.iterdir()) == [
        "Program.lean", "given", "scratch", "secret",
    ]  # fmt: skip
    assert (base / "secret").read_text() == "secret"


def test_the_scratch_folder_is_its_own(outcome: tuple[dict[str, str], Path]) -> None:
    results, base = outcome
    assert results["own work"] == "kept"
    assert (base / "scratch" / "a" / "b" / "c").read_text() == "kept"


def test_lean_sees_no_environment_but_its_path(embedded: Embedded) -> None:
    command = embedded.command(["--version"], sandbox=Sandbox())
    assert set(command.env) == {"LEAN_HOST"}
    assert set(json.loads(command.env["LEAN_HOST"])["env"]) == {"LEAN_PATH"}


def test_nodes_permissions_hold_without_the_file_layer(embedded: Embedded, tmp_path: Path) -> None:
    """The second wall: what if the file calls of host/ had a hole?"""
    program = tmp_path / "Program.lean"
    program.write_text(f'#eval IO.FS.writeFile "{tmp_path}/new" "x"\n')
    command = embedded.command([str(program)], sandbox=Sandbox(read=(tmp_path,)))
    host = json.loads(command.env["LEAN_HOST"]) | {"write": [str(tmp_path)]}
    command.env["LEAN_HOST"] = json.dumps(host)
    done = command.run(timeout=120)
    assert done.returncode == 1
    assert "permission denied" in done.stdout
    assert list(tmp_path.iterdir()) == [program]


def test_gym_workers_run_in_it(embedded: Embedded, tmp_path: Path) -> None:
    argv, env = embedded.gym_command(scratch=tmp_path)
    assert "--permission" in argv
    host = json.loads(env["LEAN_HOST"])
    assert host["write"] == [str(tmp_path)]
    assert not any(Path.home() == Path(folder) for folder in host["read"])
