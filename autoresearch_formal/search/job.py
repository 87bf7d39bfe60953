"""What a run works on: named targets of the library, or `sorry`s of any file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import file_stems, full_path, short_paths
from autoresearch_formal.search.graph.events import NamedProposition, NumberedHole
from autoresearch_formal.search.states import StatementSource
from autoresearch_formal.targets import PinnedFile, SorryGoal, Target, find, load, suite
from autoresearch_formal.targets.sorries import chosen, split_argument
from autoresearch_formal.targets.worlds import FOUNDATION


@dataclass(frozen=True, slots=True)
class Job:
    """One statement to prove."""

    name: str
    """Short Lean name; the generated theorem is ``Reconstruct.Generated.<name>``."""
    source: StatementSource
    level: int | None = None
    target: Target | None = None
    sorry: SorryGoal | None = None
    """The place in a user's file, if the statement is a `sorry` there."""
    file: str = ""
    """What the run calls the user's file: its name, with folders where two have the same."""
    stem: str = ""
    """Name of its generated file without extension, its own in the run (`distinct`)."""
    completed: str = ""
    """Name of the completion of the user's file without extension, its own in the run."""

    @property
    def label(self) -> str:
        """The key under which a run's events are kept."""
        if self.target is not None:
            return self.target.id
        return f"{self.file or self.sorry.path.name}:{self.name}" if self.sorry else self.name

    @property
    def place(self) -> str:
        """Where the statement is: module or file with line."""
        if self.sorry is not None:
            return f"{self.sorry.path}:{self.sorry.line}"
        return self.target.module if self.target is not None else ""

    @property
    def generated(self) -> str:
        """The file for its proof, relative to the run folder."""
        return f"Generated/{self.stem or file_stems([self.name])[self.name]}.lean"


def target_job(target: Target) -> Job:
    """A job for a target of the library."""
    modules = (FOUNDATION, target.module)
    source = StatementSource(modules, NamedProposition(target.statement))
    return Job(target.name, source, target.level, target)


ReadFile = Callable[[PinnedFile], list[SorryGoal]]
"""Finds the holes of a file."""


@dataclass(frozen=True, slots=True)
class HoleRules:
    """How the holes of people's files are to be read and taken."""

    read: ReadFile
    trusted: bool = False
    assume: bool = False


def sorry_jobs(argument: str, rules: HoleRules, known: dict[Path, list[SorryGoal]]) -> list[Job]:
    """Jobs for ``FILE.lean`` or ``FILE.lean:name``; each file is read once."""
    path, name = split_argument(argument)
    key = full_path(path)
    if key not in known:
        known[key] = rules.read(PinnedFile.read(path))
    goals = known[key]
    jobs = []
    for goal in chosen(goals, name):
        file = goal.file
        source = StatementSource(
            file.modules,
            NumberedHole(goal.index),
            file.text,
            rules.trusted,
            rules.assume,
            identifier(goal, goals),
        )
        called = goal.name
        if sum(other.name == called for other in goals) > 1:
            called = f"{called}#{goal.index}"
        jobs.append(Job(called, source, sorry=goal))
    return jobs


def identifier(goal: SorryGoal, goals: Sequence[SorryGoal]) -> str:
    """A plain identifier after the declaration that a hole is in, its own in the file."""

    def plain(one: SorryGoal) -> str:
        last = (one.declaration or "example").rpartition(".")[2]
        return re.sub(r"^(?=\d)|^$", "hole", re.sub(r"[^\w']", "", last))

    word = plain(goal)
    return f"{word}_{goal.index}" if sum(plain(g) == word for g in goals) > 1 else word


def jobs_for(
    arguments: Sequence[str], suite_name: str | None, rules: HoleRules | None = None
) -> list[Job]:
    """Jobs for the arguments of the command line; files need `rules`. Raises `UsageFault`."""
    targets = load()
    known: dict[Path, list[SorryGoal]] = {}
    jobs = [target_job(t) for t in suite(suite_name, targets)] if suite_name else []
    for argument in arguments:
        if ".lean" in argument:
            assert rules is not None
            jobs += sorry_jobs(argument, rules, known)
        else:
            jobs.append(target_job(find(argument, targets)))
    if not jobs:
        raise UsageFault("nothing to prove: name targets, a FILE.lean with `sorry`, or --suite")
    return distinct(jobs, [target.name for target in targets])


def distinct(jobs: Sequence[Job], reserved: Sequence[str]) -> list[Job]:
    """Each job once, with a label and a file that no other job of the run has.

    Args:
        jobs: in the order in which they were asked for.
        reserved: names of targets; a file that is called like one claims to prove it, so that
            statements of the user's are called otherwise.
    """
    shown = short_paths(full_path(job.sorry.path) for job in jobs if job.sorry)
    unique: dict[object, Job] = {}
    for job in jobs:
        if job.sorry is None:
            unique.setdefault(job.label, replace(job, stem=job.name))
        else:
            path = full_path(job.sorry.path)
            unique.setdefault((path, job.sorry.index), replace(job, file=shown[path]))
    labels = Counter(job.label for job in unique.values())
    named = [
        replace(job, name=f"{job.name}#{job.sorry.index}")
        if job.sorry and labels[job.label] > 1
        else job
        for job in unique.values()
    ]
    names = Counter(job.name for job in named if job.sorry)
    keys = [j.name if names[j.name] == 1 else f"{j.file}:{j.name}" for j in named]
    stems = file_stems([k for k, j in zip(keys, named, strict=True) if j.sorry], reserved)
    files = file_stems([job.file.removesuffix(".lean") for job in named if job.sorry])
    return [
        replace(job, stem=stems[key], completed=files[job.file.removesuffix(".lean")])
        if job.sorry
        else job
        for key, job in zip(keys, named, strict=True)
    ]
