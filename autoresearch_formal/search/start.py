"""Set a run up from what the user asked for, run it, and say what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import platform
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from autoresearch_formal import __version__
from autoresearch_formal.actions.base import Faculty, Policy
from autoresearch_formal.console import progress
from autoresearch_formal.errors import Interrupted, UsageFault
from autoresearch_formal.files import full_path, read_text
from autoresearch_formal.interrupts import on_interrupt
from autoresearch_formal.lean.build import Compiled, build
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.lean.plan import plan
from autoresearch_formal.lean.project import PACKAGE, project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Toolchain, select
from autoresearch_formal.mask import DEFAULT_CUTOFF, Mask
from autoresearch_formal.policy.choose import bind, choose, policy_metadata, reach
from autoresearch_formal.search.completed import FOLDER, put_in_place
from autoresearch_formal.search.executor import PolicyExecutor
from autoresearch_formal.search.job import HoleRules, Job, jobs_for
from autoresearch_formal.search.ownfiles import FileReader
from autoresearch_formal.search.results import report, write_report
from autoresearch_formal.search.runner import Run, RunBudget
from autoresearch_formal.search.runs.folder import RUN_FILE, RunFolder, free
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.verdicts import TargetJudge, file_judge_for
from autoresearch_formal.symbolic.first_order import eprover
from autoresearch_formal.targets.sorries import split_argument
from autoresearch_formal.targets.suites import SECONDS
from autoresearch_formal.targets.worlds import FOUNDATION

JUDGE = "Reconstruct.Judge.Main"
RUNS = Path("runs")
"""Where runs go for which no folder was named."""
FORMAT = 3
"""Of run folders; one of another format is not gone on with."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of ``autoresearch run``."""

    targets: tuple[str, ...] = ()
    suite: str | None = None
    policy: str = "symbolic"
    seconds: float | None = None
    steps: int | None = None
    workers: int = 2
    cutoff: int = DEFAULT_CUTOFF
    seed: int = 0
    without: tuple[Faculty, ...] = ()
    """Faculties that the search does without."""
    no_verify: bool = False
    trust_file: bool = False
    """Whether users' files may run code while they are compiled."""
    assume_holes: bool = False
    """Whether a hole of a user's file may be taken as given when another is proved."""
    in_place: bool = False
    """Whether users' files are replaced by their completions at the end."""
    settings: Path | None = None
    out: Path | None = None
    resume: Path | None = None
    toolchain: str | None = None
    cold: bool = False
    """Whether nothing is taken from earlier runs or done ahead, to measure what that saves."""
    round: int | None = None
    """Number in an expert-iteration loop, for the trajectories."""


def settings_for(options: RunOptions) -> SearchSettings:
    """Settings from the file, the seed and the flags. Raises `UsageFault` naming the field."""
    table: dict[str, Any] = {}
    if options.settings is not None:
        try:
            table = tomllib.loads(read_text(options.settings))
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            raise UsageFault(f"{options.settings}: {fault}") from None
    table.setdefault("seed", options.seed)
    if isinstance(given := table.get("without", []), list):
        table["without"] = list(dict.fromkeys([*given, *options.without]))
    try:
        return SearchSettings(**table)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageFault(f"{options.settings}: {place}: {first['msg']}") from None


@dataclass(frozen=True, slots=True)
class Setup:
    """A run whose every part was looked at, before anything of it is on disk."""

    options: RunOptions
    jobs: list[Job]
    settings: SearchSettings
    policy: Policy
    toolchain: Toolchain
    mask: Mask
    metadata: dict[str, Any]
    """What ``run.toml`` holds."""


class Observer(Protocol):
    """Who follows a run: it stands above the search, which knows only this of it."""

    async def watch(self, run: Run) -> None:
        """Follow the run until cancelled."""
        ...

    def finish(self, run: Run) -> None:
        """Add what else belongs into the run folder, whose results are written."""
        ...


def execute(options: RunOptions, observer: Observer | None = None) -> dict[str, Any]:
    """Run, write the folder, and return the report.

    Raises `UsageFault`, `MissingTool`, and `Interrupted` once the folder is in order. A run that
    does not come to its start leaves no folder behind.
    """
    earlier = RunFolder.open(options.resume) if options.resume is not None else None
    if earlier is not None:
        setup = prepare(as_asked(options, earlier), earlier.read_run(), str(earlier.path))
    else:
        if options.out is not None:
            free(options.out)
        setup = prepare(limited(options))
    folder = earlier or (RunFolder.create(options.out) if options.out else RunFolder.dated(RUNS))
    try:
        with folder:
            document, run = _run(setup, folder, observer, fresh=earlier is None)
    except BaseException:
        if earlier is None and not folder.begun():
            folder.discard()
        raise
    if run.interrupted:
        raise Interrupted(f"interrupted; go on with: autoresearch run --resume {folder.path}")
    return document


def limited(options: RunOptions) -> RunOptions:
    """The options with the time limit that the suite has by itself, if no limit was asked for."""
    if options.seconds is not None or options.steps is not None:
        return options
    return replace(options, seconds=SECONDS.get(options.suite or ""))


def prepare(options: RunOptions, begun: Mapping[str, Any] | None = None, called: str = "") -> Setup:
    """Look at everything that a run needs, build what is not built, and write nothing.

    Args:
        options: what is asked for.
        begun: ``run.toml`` of the run that goes on, if one does.
        called: its folder.

    Raises:
        UsageFault: for bad input, and if the run was begun under other circumstances.
        MissingTool: if something is not there, such as the server of the policy.
    """
    before = dict((begun or {}).get("resolved", {}))
    inputs = input_hashes(options.targets)
    if begun is not None:
        unchanged(called, before, {"format": FORMAT, "version": __version__, "inputs": inputs})
    settings = settings_for(options)
    mask = Mask.compute(options.cutoff)
    policy = choose(options.policy, options.seed)
    reach(policy)
    toolchain = select(options.toolchain)
    if inputs:
        built([], toolchain)
    trusted, assume = options.trust_file, options.assume_holes
    with FileReader(toolchain, mask, trusted=trusted, assume=assume) as read:
        jobs = jobs_for(options.targets, options.suite, HoleRules(read, trusted, assume))
    resolved = {
        **circumstances(jobs, settings, policy, toolchain, mask),
        "inputs": inputs,
    }
    table = json.loads(settings.model_dump_json())
    if begun is not None:
        unchanged(called, before, resolved)
        unchanged(called, {"settings": begun.get("settings")}, {"settings": table})
    built(jobs, toolchain)
    metadata = {
        "asked": asked_for(options),
        "resolved": resolved,
        "settings": table,
        "policy": policy_metadata(policy, options.cutoff),
    }
    return Setup(
        options=options,
        jobs=jobs,
        settings=settings,
        policy=policy,
        toolchain=toolchain,
        mask=mask,
        metadata=metadata,
    )


def circumstances(
    jobs: Sequence[Job], settings: SearchSettings, policy: Policy, toolchain: Toolchain, mask: Mask
) -> dict[str, Any]:
    """All that the outcome of a run depends on besides its options and its input files."""
    return {
        "targets": [job.label for job in jobs],
        "modules": {job.label: list(job.source.modules) for job in jobs},
        "format": FORMAT,
        "version": __version__,
        "python": platform.python_version(),
        "lean": toolchain.version,
        "lean_commit": toolchain.commit,
        "toolchain": toolchain.name,
        "mask": mask.hash,
        "engine": "" if "engine" in settings.without else eprover.version() or "",
        "policy": policy.digest,
        "library": library_hash(jobs, toolchain),
        "project": project_root().name,
    }


WATCHED = {
    "format": "layout of run folders",
    "version": "version of autoresearch",
    "toolchain": "toolchain",
    "lean_commit": "Lean",
    "mask": "mask",
    "engine": "version of E (the extra `hammer`)",
    "policy": "policy (its weights or tables have changed)",
    "library": "Lean library (its sources have changed)",
    "targets": "list of targets",
    "settings": "set of settings",
}
"""What has to be the same when a run goes on, in words."""


def unchanged(called: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Raise `UsageFault` if a run that is to go on was begun under other circumstances."""
    for path, digest in now.get("inputs", {}).items():
        if dict(before.get("inputs", {})).get(path) != digest:
            raise UsageFault(f"{path}: changed since {called} was begun; start a new run")
    for key, what in WATCHED.items():
        if key in now and before.get(key) != now[key]:
            values = [str(v) for v in (before.get(key), now[key])]
            told = f": {values[0]}, now {values[1]}" if max(map(len, values)) < 80 else ""
            raise UsageFault(f"{called}: was begun with another {what}{told}; start a new run")


def input_hashes(targets: Sequence[str]) -> dict[str, str]:
    """SHA-256 of every file that is named, by its full path. Raises `UsageFault`."""
    paths = {full_path(split_argument(t)[0]) for t in targets if ".lean" in t}
    for path in paths:
        read_text(path)  # it is one that can be read
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(paths)}


def library_hash(jobs: Sequence[Job], toolchain: Toolchain) -> str:
    """One hash for the sources of all modules of this project that the statements rest on."""
    modules = {m for job in jobs for m in job.source.modules if m.split(".")[0] == PACKAGE}
    units = plan(project_root(), sorted({FOUNDATION, *modules}), toolchain.id)
    return hashlib.sha256("".join(sorted(u.hash for u in units)).encode()).hexdigest()


def built(jobs: Sequence[Job], toolchain: Toolchain) -> None:
    """Build what the run needs of this project. Raises `UsageFault` if it does not compile."""
    modules = sorted({GYM_MAIN, JUDGE, FOUNDATION, *(j.target.module for j in jobs if j.target)})
    with progress() as display:
        task = display.add_task("building", total=None)

        def told(compiled: Compiled, done: int, total: int) -> None:
            display.update(task, description=compiled.module, completed=done, total=total)

        result = build(modules, toolchain, told)
    for compiled in result.modules.values():
        if not compiled.ok:
            first = next((m for m in compiled.messages if m.severity == "error"), None)
            said = f":{first.line}: {first.text.splitlines()[0]}" if first else ""
            raise UsageFault(
                f"{compiled.module} does not compile ({compiled.source}{said});"
                " `autoresearch lean build` says more"
            )


def _run(
    setup: Setup, folder: RunFolder, observer: Observer | None, *, fresh: bool
) -> tuple[dict[str, Any], Run]:
    """Search, and write down what came of it."""
    options, toolchain = setup.options, setup.toolchain
    targets = 0 if options.no_verify else sum(job.target is not None for job in setup.jobs)
    with (
        TargetJudge(toolchain, options.cutoff, targets, warm=not options.cold) as judge,
        PolicyExecutor(setup.policy, options.workers) as executor,
    ):
        mask_file = folder.write_json("mask.json", setup.mask.gym_file())
        if fresh:
            if options.settings is not None:
                folder.write("settings.toml", read_text(options.settings))
            folder.write_run(setup.metadata)
        run = Run(
            folder=folder,
            jobs=setup.jobs,
            settings=setup.settings,
            limits=RunBudget(options.seconds, options.steps),
            gym=ServerSettings(toolchain, project_root(), mask_file),
            workers=options.workers,
            executor=executor,
            judge=None if options.no_verify else judge,
            judge_file=None if options.no_verify else file_judge_for(toolchain, options.trust_file),
            indexes=None if options.cold else project_root() / "build" / "index",
        )
        run.beside = not options.cold
        bind(setup.policy, run.stop, lambda: run.left)
        with on_interrupt(run.interrupt):
            asyncio.run(_search(run, observer))
            document = report(run, options.cutoff)
            if options.in_place:
                document["in_place"] = put_all_in_place(run)
            write_report(run, document)
            if observer is not None:
                observer.finish(run)
    return document, run


def put_all_in_place(run: Run) -> dict[str, str]:
    """Replace users' files by their completions; for each "" or why it was left as it is."""
    told: dict[str, str] = {}
    for entry in run.entries:
        goal = entry.job.sorry
        if goal is None or str(goal.path) in told:
            continue
        path = run.folder.path / FOLDER / f"{entry.job.completed}.lean"
        verified = [e for e in run.entries if e.job.completed == entry.job.completed]
        verified = [e for e in verified if e.status == "verified"]
        if not verified:
            told[str(goal.path)] = f"{goal.path}: nothing is verified, and it was left as it is"
        else:
            told[str(goal.path)] = put_in_place(goal.file, path.read_bytes())
    return told


async def _search(run: Run, observer: Observer | None) -> None:
    if observer is None:
        await run.execute()
        return
    display = asyncio.create_task(observer.watch(run))
    try:
        await run.execute()
    finally:
        display.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await display


RECORDED = tuple(
    field.name
    for field in fields(RunOptions)
    if field.name not in ("no_verify", "in_place", "cold", "out", "resume")
)
"""Options that ``run.toml`` records, so that a run goes on as it was begun."""

ALWAYS_RECORDED = ("targets", "policy", "cutoff", "seed", "without")


def as_asked(options: RunOptions, folder: RunFolder) -> RunOptions:
    """The options of a run that goes on: those it was begun with, but for its limits."""
    asked = folder.read_run().get("asked", {})
    place = folder.path / RUN_FILE
    for name in ALWAYS_RECORDED:
        if name not in asked:
            raise UsageFault(f"{place}: damaged: {name} is missing")
    begun = {name: asked[name] for name in RECORDED if name in asked}
    if asked.get("settings"):
        begun["settings"] = folder.path / "settings.toml"
    now = {f.name: getattr(options, f.name) for f in fields(options) if f.name not in RECORDED}
    limits = {"seconds": options.seconds, "steps": options.steps, "workers": options.workers}
    now |= {name: value for name, value in limits.items() if value is not None}
    try:
        return TypeAdapter(RunOptions).validate_python({**begun, **now})
    except ValidationError as fault:
        field = ".".join(str(part) for part in fault.errors()[0]["loc"])
        said = fault.errors()[0]["msg"]
        raise UsageFault(f"{place}: damaged: {field}: {said}") from None


def asked_for(options: RunOptions) -> dict[str, Any]:
    """The part of ``run.toml`` that says what somebody asked for."""
    asked = {name: getattr(options, name) for name in RECORDED}
    asked["targets"] = [absolute(t) for t in options.targets]
    asked["settings"] = "settings.toml" if options.settings else None
    return asked


def absolute(target: str) -> str:
    """A file argument with its full path, so that a run can be resumed from anywhere."""
    if ".lean" not in target:
        return target
    path, name = split_argument(target)
    return str(full_path(path)) + (f":{name}" if name is not None else "")
