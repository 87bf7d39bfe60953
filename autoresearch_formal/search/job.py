"""What a run works on: named targets of the library, or `sorry`s of any file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.search.states import Source
from autoresearch_formal.targets import SorryGoal, Target, find, load, load_sorries, suite
from autoresearch_formal.targets.worlds import World

FOUNDATION = World().foundation


@dataclass(frozen=True, slots=True)
class Job:
    """One statement to prove."""

    name: str
    """Short Lean name; the generated theorem is ``Reconstruct.Generated.<name>``."""
    source: Source
    level: int | None = None
    target: Target | None = None
    sorry: SorryGoal | None = None
    """The place in a user's file, if the statement is a `sorry` there."""

    @property
    def label(self) -> str:
        """The key under which a run's events are kept."""
        if self.target is not None:
            return self.target.id
        return f"{self.sorry.path.name}:{self.name}" if self.sorry else self.name


def target_job(target: Target) -> Job:
    """A job for a target of the library."""
    modules = (FOUNDATION, target.module)
    return Job(target.name, Source(modules, f"prop:{target.statement}"), target.level, target)


def sorry_jobs(argument: str) -> list[Job]:
    """Jobs for ``FILE.lean`` or ``FILE.lean:name``."""
    found = load_sorries(argument)
    jobs = []
    for goal in found:
        imports = goal.imports or ("Init",)
        source = Source(imports, f"sorry:{goal.index}", goal.body)
        name = goal.declaration or f"example_{goal.line}"
        if sum(g.declaration == goal.declaration for g in found) > 1:
            name = f"{name}#{goal.index}"
        jobs.append(Job(name, source, sorry=goal))
    return jobs


def jobs_for(arguments: Sequence[str], suite_name: str | None) -> list[Job]:
    """Jobs for the arguments of the command line. Raises `UsageFault`."""
    targets = load()
    jobs = [target_job(t) for t in suite(suite_name, targets)] if suite_name else []
    for argument in arguments:
        if ".lean" in argument:
            jobs += sorry_jobs(argument)
        else:
            jobs.append(target_job(find(argument, targets)))
    unique = {job.label: job for job in jobs}
    if not unique:
        raise UsageFault("nothing to prove: name targets, a FILE.lean with `sorry`, or --suite")
    return list(unique.values())
