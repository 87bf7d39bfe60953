"""`autoresearch lean`: install a toolchain, run files with it, build the project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, err, out, progress
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.lean.build import Compiled, build
from autoresearch_formal.lean.embedded import install as embedded_install
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.options import json_option, toolchain_option


@click.group(epilog="Example: autoresearch lean install && autoresearch lean build")
def command() -> None:
    """Install, run and build with a Lean toolchain."""


@command.command(epilog="Example: autoresearch lean install")
@json_option
def install(as_json: bool) -> None:
    """Install the embedded Lean into the user's cache folder (about 700 MB).

    An installation that is there is checked file by file, and rebuilt if it is damaged.
    """
    with progress() as display:
        task = display.add_task("checking", total=None)

        def report(what: str, done: int, total: int) -> None:
            display.update(task, description=what, completed=done, total=total)

        folder = embedded_install.install(report, full_check=True)
    if as_json:
        emit_json({"folder": str(folder), "id": embedded_install.toolchain_id()})
    else:
        out.print(f"installed in {folder}", soft_wrap=True)


@command.command(epilog="Example: autoresearch lean path --json")
@toolchain_option
@json_option
def path(toolchain: str | None, as_json: bool) -> None:
    """Print the folders that are searched for .olean files."""
    chosen = select(toolchain)
    folders = [str(folder) for folder in chosen.lean_path]
    if as_json:
        emit_json({"toolchain": chosen.name, "lean_path": folders})
    else:
        out.print("\n".join(folders), soft_wrap=True)


@command.command(
    "exec",
    context_settings={"ignore_unknown_options": True},
    epilog="Example: autoresearch lean exec Scratch.lean",
)
@toolchain_option
@click.option("--timeout", type=FiniteRange(min=0), help="Seconds until Lean is ended.")
@click.argument("args", nargs=-1, required=True, metavar="[LEAN OPTION]… FILE")
def exec_(toolchain: str | None, timeout: float | None, args: tuple[str, ...]) -> None:
    """Run Lean on a file, with the project's built modules on its path."""
    chosen = select(toolchain)
    files = [arg for arg in args if arg.endswith(".lean")]
    for file in files:
        if not Path(file).is_file():
            raise UsageFault(f"{file}: no such file")
    prepared = chosen.command(list(args), lean_path=[chosen.build_folder(project_root())])
    try:
        done = subprocess.run(prepared.argv, env=prepared.env, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        raise Negative(f"Lean did not finish within {timeout} s") from None
    sys.exit(1 if done.returncode else 0)


@command.command("build", epilog="Example: autoresearch lean build Reconstruct.Gym -j 2")
@toolchain_option
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=1, help="Lean processes.")
@click.option("-v", "--verbose", is_flag=True, help="Show informative messages too.")
@json_option
@click.argument("modules", nargs=-1)
def build_(
    toolchain: str | None, jobs: int, verbose: bool, as_json: bool, modules: tuple[str, ...]
) -> None:
    """Compile MODULES (all without any) and what they import; only what has changed."""
    shown = {"error", "warning"} | ({"info"} if verbose else set())
    with progress() as display:
        task = display.add_task("building", total=None)

        def report(compiled: Compiled, done: int, total: int) -> None:
            display.update(task, description=compiled.module, completed=done, total=total)
            _show(compiled, shown)

        result = build(modules, select(toolchain), report, jobs=jobs)
    for compiled in result.modules.values():
        if compiled.fresh:
            _show(compiled, shown)
    fresh = sum(compiled.fresh for compiled in result.modules.values())
    failed = [compiled.module for compiled in result.modules.values() if not compiled.ok]
    if as_json:
        emit_json(
            {
                "folder": str(result.folder),
                "ok": result.ok,
                "modules": {
                    compiled.module: {
                        "ok": compiled.ok,
                        "fresh": compiled.fresh,
                        "ms": compiled.ms,
                        "messages": [
                            {name: getattr(m, name) for name in m.__struct_fields__}
                            for m in compiled.messages
                        ],
                    }
                    for compiled in result.modules.values()
                },
            }
        )
    else:
        built = len(result.modules) - fresh - len(failed)
        out.print(f"{built} built, {fresh} up to date, {len(failed)} failed")
    if failed:
        raise Negative(f"not built: {', '.join(failed)}")


def _show(compiled: Compiled, severities: set[str]) -> None:
    for message in compiled.messages:
        if message.severity in severities:
            place = f"{compiled.source}:{message.line}:{message.column}"
            err.print(f"{place}: {message.severity}: {message.text}", markup=False, soft_wrap=True)
