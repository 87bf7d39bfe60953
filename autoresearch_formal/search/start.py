"""Set a run up from what the user asked for, run it, and say what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import platform
import signal
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from autoresearch_formal import __version__
from autoresearch_formal.console import err
from autoresearch_formal.data.trajectories import write_trajectories
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference.engine import Unavailable
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, select
from autoresearch_formal.mask import Mask
from autoresearch_formal.policy.choose import bind, choose, papers
from autoresearch_formal.report.progress import result_table, watch
from autoresearch_formal.report.results import report, write_report
from autoresearch_formal.search.brain import Brain
from autoresearch_formal.search.job import FOUNDATION, Job, jobs_for
from autoresearch_formal.search.runner import Limits, Run
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.settings import Settings
from autoresearch_formal.search.verdicts import judge_for
from autoresearch_formal.targets.sorries import split_argument
from autoresearch_formal.targets.suites import SECONDS

JUDGE = "Reconstruct.Judge.Main"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of ``autoresearch run``."""

    targets: tuple[str, ...] = ()
    suite: str | None = None
    policy: str = "symbolic"
    seconds: float | None = None
    steps: int | None = None
    workers: int = 2
    cutoff: int = 1823
    seed: int = 0
    no_invent: bool = False
    no_verify: bool = False
    settings: Path | None = None
    out: Path | None = None
    resume: Path | None = None
    toolchain: str | None = None
    round: int | None = None
    """Number in an expert-iteration loop, for the trajectories."""


def settings_for(options: RunOptions) -> Settings:
    """Settings from the file, the seed and the flags. Raises `UsageFault` naming the field."""
    table: dict[str, Any] = {}
    if options.settings is not None:
        try:
            table = tomllib.loads(options.settings.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise UsageFault(f"{options.settings}: {fault}") from None
    table.setdefault("seed", options.seed)
    if options.no_invent:
        table["invent"] = False
    try:
        return Settings(**table)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageFault(f"{options.settings}: {place}: {first['msg']}") from None


async def execute(options: RunOptions, quiet: bool = False) -> dict[str, Any]:
    """Run, write the folder, and return the report. Raises `UsageFault`, `MissingTool`."""
    folder, options = open_folder(options)
    jobs = jobs_for(options.targets, options.suite)
    settings = settings_for(options)
    policy = choose(options.policy, options.seed)
    toolchain = select(options.toolchain)
    modules = sorted({GYM_MAIN, JUDGE, FOUNDATION, *(j.target.module for j in jobs if j.target)})
    await asyncio.to_thread(build, modules, toolchain)
    mask = Mask.compute(options.cutoff)
    with folder, Brain(policy, options.workers) as brain:
        mask_file = folder.write_json("mask.json", mask.gym_file())
        run = Run(
            folder,
            jobs,
            settings,
            Limits(options.seconds, options.steps),
            toolchain.gym_command(mask_file),
            options.workers,
            brain,
            None if options.no_verify else judge_for(toolchain, options.cutoff),
        )
        try:
            await asyncio.to_thread(bind, policy, run.stop, lambda: run.left)
        except Unavailable as fault:
            raise MissingTool(str(fault)) from None
        if options.resume is None:
            known = facts(options, jobs, settings, toolchain, mask.hash)
            folder.write_run({**known, "policy": papers(policy, options.cutoff)})
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(signal.SIGINT, stopper(run))
        display = asyncio.create_task(watch(run))
        try:
            await run.go()
        finally:
            display.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await display
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(signal.SIGINT)
        document = report(run, options.cutoff)
        write_report(run, document)
        write_trajectories(run.folder.path)
    if not quiet:
        err.print(result_table(run))
        if run.stopped:
            err.print(f"stopped: {run.stopped}")
    return document


def stopper(run: Run) -> Any:
    """What Ctrl-C does: end after the batch in flight; the second time, at once."""
    presses = 0

    def stop() -> None:
        nonlocal presses
        presses += 1
        run.stopped = "interrupted; continue with --resume"
        if presses > 1:
            raise KeyboardInterrupt

    return stop


def open_folder(options: RunOptions) -> tuple[RunFolder, RunOptions]:
    """The run folder, and the options as the run was started with them if it is resumed."""
    if options.resume is None:
        assert options.out is not None
        folder = RunFolder.create(options.out)
        if options.seconds is None and options.steps is None:
            options = replace(options, seconds=SECONDS.get(options.suite or ""))
        return folder, options
    folder = RunFolder.open(options.resume)
    asked = folder.read_run()["asked"]
    return folder, RunOptions(
        targets=tuple(asked["targets"]),
        suite=asked.get("suite"),
        policy=asked["policy"],
        seconds=options.seconds if options.seconds is not None else asked.get("seconds"),
        steps=options.steps if options.steps is not None else asked.get("steps"),
        workers=options.workers,
        cutoff=asked["cutoff"],
        seed=asked["seed"],
        no_invent=asked["no_invent"],
        no_verify=options.no_verify,
        settings=folder.path / "settings.toml" if asked.get("settings") else None,
        resume=options.resume,
        toolchain=asked.get("toolchain"),
        round=asked.get("round"),
    )


def facts(
    options: RunOptions, jobs: list[Job], settings: Settings, toolchain: Any, mask: str
) -> dict[str, Any]:
    """What ``run.toml`` holds."""
    if options.settings is not None and options.out is not None:
        text = options.settings.read_text(encoding="utf-8")
        (options.out / "settings.toml").write_text(text, encoding="utf-8")
    return {
        "asked": {
            "targets": [absolute(t) for t in options.targets],
            "suite": options.suite,
            "policy": options.policy,
            "seconds": options.seconds,
            "steps": options.steps,
            "workers": options.workers,
            "cutoff": options.cutoff,
            "seed": options.seed,
            "no_invent": options.no_invent,
            "settings": "settings.toml" if options.settings else None,
            "toolchain": options.toolchain,
            "round": options.round,
        },
        "resolved": {
            "targets": [job.label for job in jobs],
            "modules": {job.label: list(job.source.modules) for job in jobs},
            "version": __version__,
            "python": platform.python_version(),
            "lean": toolchain.version,
            "lean_commit": toolchain.commit,
            "toolchain": toolchain.name,
            "mask": mask,
            "project": project_root().name,
        },
        "settings": json.loads(settings.model_dump_json()),
    }


def absolute(target: str) -> str:
    """A file argument with its full path, so that a run can be resumed from anywhere."""
    if ".lean" not in target:
        return target
    path, name = split_argument(target)
    return str(path.resolve()) + (f":{name}" if name is not None else "")
