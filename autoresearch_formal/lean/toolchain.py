"""The two ways to run Lean, behind one interface, and the choice between them."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.lean.command import Command, Sandbox
from autoresearch_formal.lean.embedded import install, package, runtime
from autoresearch_formal.lean.project import module_file, project_root

NAMES = ("official", "embedded")

TOOLCHAIN_VARIABLE = "AUTORESEARCH_TOOLCHAIN"
"""Environment variable with the toolchain to use when no option names one."""

GYM_MAIN = "Reconstruct.Gym.Main"
"""Module whose `main` is the gym's server."""

_GYM_START = Path(__file__).parent / "resources" / "Gym.lean"
"""A file that imports it and says nothing else, so that a start has nothing to elaborate."""


class Toolchain(ABC):
    """A Lean that can be run. `why` says in one sentence how it came to be chosen."""

    name: str
    version: str
    commit: str
    id: str
    """Identity for build results: equal ids mean interchangeable .olean files."""

    def __init__(self, why: str) -> None:
        self.why = why

    @property
    @abstractmethod
    def library(self) -> Path:
        """The folder with Lean's own .olean files."""

    @abstractmethod
    def build_folder(self, root: Path) -> Path:
        """Where the .olean files of the project in `root` go."""

    @abstractmethod
    def command(
        self,
        args: Sequence[str],
        *,
        lean_path: Sequence[Path] = (),
        sandbox: Sandbox | None = None,
        threads: int = 1,
    ) -> Command:
        """The command line of ``lean ARGS``; `lean_path` are folders of further .olean files."""

    @property
    def lean_path(self) -> list[Path]:
        """Folders searched for .olean files: the project's build result, then Lean's library."""
        return [self.build_folder(project_root()), self.library]

    def run_lean(
        self,
        args: Sequence[str],
        *,
        cwd: Path | None = None,
        timeout: float | None = None,
        text: str = "",
        lean_path: Sequence[Path] = (),
        sandbox: Sandbox | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run Lean to the end; `subprocess.TimeoutExpired` after `timeout` seconds."""
        command = self.command(args, lean_path=lean_path, sandbox=sandbox)
        return command.run(cwd=cwd, timeout=timeout, text=text)

    def gym_command(
        self, mask: Path | None = None, *, scratch: Path | None = None, root: Path | None = None
    ) -> tuple[list[str], dict[str, str]]:
        """Command line and complete environment of a gym server; the project must be built.

        The server may read the Lean library, the build result, the file it starts from and the
        mask, and write only into `scratch` (nowhere without one).
        """
        root = root or project_root()
        main = module_file(root, GYM_MAIN)
        if not main.is_file():
            raise UsageFault(f"{main}: the gym's server is missing from this project")
        options = ["--mask", str(mask.resolve())] if mask is not None else []
        read = (_GYM_START,) if mask is None else (_GYM_START, mask)
        sandbox = Sandbox(read=read, write=(scratch,) if scratch else ())
        command = self._gym(root, options, sandbox)
        return command.argv, command.env

    def _gym(self, root: Path, options: list[str], sandbox: Sandbox) -> Command:
        """The gym's server, interpreted from its compiled modules."""
        args = ["--tstack=32768", "--run", str(_GYM_START), *options]
        return self.command(args, lean_path=[self.build_folder(root)], sandbox=sandbox, threads=3)


class Embedded(Toolchain):
    """Lean 4.28.0-pre in WebAssembly; see `autoresearch_formal.lean.embedded`."""

    name = "embedded"
    version = package.LEAN_VERSION
    commit = package.LEAN_COMMIT

    def __init__(self, why: str, folder: Path) -> None:
        super().__init__(why)
        self.folder = folder
        self.id = install.toolchain_id()

    @property
    def library(self) -> Path:
        """The folder with Lean's own .olean files."""
        return self.folder / "lib"

    def build_folder(self, root: Path) -> Path:
        """``build/embedded/<id>/lib``."""
        return root / "build" / "embedded" / self.id / "lib"

    def command(
        self,
        args: Sequence[str],
        *,
        lean_path: Sequence[Path] = (),
        sandbox: Sandbox | None = None,
        threads: int = 1,
    ) -> Command:
        """The command line of ``lean ARGS``."""
        return runtime.command(
            self.folder, args, lean_path=lean_path, sandbox=sandbox, threads=threads
        )


class Official(Toolchain):
    """Lean as installed by elan, found on PATH; the project's `lean-toolchain` picks the version.

    With a sandbox the process runs under bubblewrap where that is installed (`sandboxed` tells).
    """

    name = "official"

    def __init__(self, why: str, lean: Path) -> None:
        super().__init__(why)
        self.lean = lean
        banner = self._ask("--version")
        match = re.search(r"version ([^,\s]+),(?:.*commit ([0-9a-f]+))?", banner)
        if match is None:
            raise MissingTool(f"{lean} --version says {banner[:80]!r}: not a Lean 4")
        self.version = match[1]
        self.commit = match[2] or ""
        self.id = f"{self.version}-{self.commit[:10]}"

    def _ask(self, option: str) -> str:
        done = subprocess.run(
            [str(self.lean), option], capture_output=True, text=True, timeout=600, check=False
        )
        if done.returncode != 0:
            raise MissingTool(f"{self.lean} {option} failed: {done.stderr.strip()[:200]}")
        return done.stdout.strip()

    @functools.cached_property
    def prefix(self) -> Path:
        """The folder in which this Lean is installed."""
        return Path(self._ask("--print-prefix"))

    @property
    def library(self) -> Path:
        """The folder with Lean's own .olean files."""
        return self.prefix / "lib" / "lean"

    @property
    def sandboxed(self) -> bool:
        """Whether bubblewrap is there to confine gym workers."""
        return shutil.which("bwrap") is not None

    def build_folder(self, root: Path) -> Path:
        """Where Lake puts .olean files."""
        return root / ".lake" / "build" / "lib" / "lean"

    def command(
        self,
        args: Sequence[str],
        *,
        lean_path: Sequence[Path] = (),
        sandbox: Sandbox | None = None,
        threads: int = 1,
    ) -> Command:
        """The command line of ``lean ARGS``; `threads` is of no use here."""
        return self._confined([str(self.prefix / "bin" / "lean"), *args], lean_path, sandbox)

    def _gym(self, root: Path, options: list[str], sandbox: Sandbox) -> Command:
        """The Lake executable where it is built: native code instead of the interpreter."""
        executable = root / ".lake" / "build" / "bin" / "gym"
        if not executable.is_file():
            return super()._gym(root, options, sandbox)
        inside = Sandbox((*sandbox.read, executable), sandbox.write)
        return self._confined([str(executable), *options], [self.build_folder(root)], inside)

    def _confined(
        self, argv: list[str], lean_path: Sequence[Path], sandbox: Sandbox | None
    ) -> Command:
        paths = [*(Path(path).resolve() for path in lean_path), self.library]
        env = {"LEAN_PATH": os.pathsep.join(map(str, paths)), "LEAN_SYSROOT": str(self.prefix)}
        if sandbox is not None and self.sandboxed:
            return Command(self._bubblewrap(sandbox, paths) + argv, env)
        return Command(argv, env)

    def _bubblewrap(self, sandbox: Sandbox, paths: Sequence[Path]) -> list[str]:
        read = [self.prefix, *paths, *(path.resolve() for path in sandbox.read)]
        system = [Path(p) for p in ("/usr", "/lib", "/lib64", "/bin") if Path(p).exists()]
        wrap = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc"]
        wrap += ["--dev", "/dev"]
        for path in (*system, *read):
            wrap += ["--ro-bind", str(path), str(path)]
        for path in sandbox.write:
            wrap += ["--bind", str(path.resolve()), str(path.resolve())]
        return wrap


def _official(why: str) -> Official:
    found = shutil.which("lean")
    if found is None or shutil.which("lake") is None:
        raise MissingTool(
            "official Lean is not on PATH: get elan from https://lean-lang.org/install, "
            "or use `--toolchain embedded`"
        )
    return Official(why, Path(found))


def select(name: str | None = None) -> Toolchain:
    """The toolchain called `name`, or the one to prefer.

    Without a name: ``$AUTORESEARCH_TOOLCHAIN``, else official Lean where `lean` and `lake` are on
    PATH, else the embedded one. Raises `UsageFault` for an unknown name, `MissingTool` if the
    toolchain is not there.
    """
    why = "asked for by name"
    if name is None:
        name = os.environ.get(TOOLCHAIN_VARIABLE) or None
        why = f"asked for by {TOOLCHAIN_VARIABLE}"
    if name is None:
        official = shutil.which("lean") is not None and shutil.which("lake") is not None
        name = "official" if official else "embedded"
        why = "lean and lake are on PATH" if official else "no official Lean (lean, lake) on PATH"
    if name == "official":
        return _official(why)
    if name == "embedded":
        return Embedded(why, install.ensure())
    raise UsageFault(f"unknown toolchain {name!r}: choose official or embedded")
