"""Command lines for an installed embedded toolchain."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.lean.command import Command, Sandbox
from autoresearch_formal.lean.embedded import package

# What Node itself opens as it starts Lean under a sandbox: see host/policy.js and host/files.js.
_DEVICES_READ = ("/dev/null", "/dev/urandom", "/proc/self/fd/0")
_DEVICES_WRITE = ("/dev/null",)

# V8's limit for the main thread, below the 8 MiB that systems give it.
_MAIN_STACK_KIB = 7000


def command(
    folder: Path,
    args: Sequence[str],
    *,
    lean_path: Sequence[Path] = (),
    sandbox: Sandbox | None = None,
    env: Mapping[str, str] | None = None,
    threads: int = 1,
    save_code: bool = False,
) -> Command:
    """Run Lean from the installation in `folder` with `args`.

    `lean_path` are folders of .olean files, searched before the library's. `env` adds variables
    that Lean sees; it sees no others but LEAN_PATH. `threads` are started in advance. With a
    `sandbox`, two layers enforce it: the file calls of `host/` and Node's permission model.
    """
    library = folder / "lib"
    paths = [*(Path(p).resolve() for p in lean_path), library]
    host: dict[str, Any] = {
        "env": {**(env or {}), "LEAN_PATH": os.pathsep.join(map(str, paths))},
        "threads": threads,
        "code": str(folder / "code.bin"),
        "save": save_code,
    }
    flags = ["--allow-natives-syntax", f"--stack-size={_MAIN_STACK_KIB}"]
    if sandbox is not None:
        read = [str(folder), *map(_real, [*paths, *sandbox.read])]
        write = [_real(path) for path in sandbox.write]
        host |= {"read": read, "write": write}
        flags += ["--permission", "--allow-worker", "--disable-warning=SecurityWarning"]
        flags += [f"--allow-fs-read={path}" for path in (*read, *write, *_DEVICES_READ)]
        flags += [f"--allow-fs-write={path}" for path in (*write, *_DEVICES_WRITE)]
    argv = [str(package.node()), *flags, str(folder / "lean.js"), *args]
    return Command(argv, {"LEAN_HOST": json.dumps(host)})


def _real(path: Path) -> str:
    return os.path.realpath(path)
