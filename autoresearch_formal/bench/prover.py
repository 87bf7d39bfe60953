"""``autoresearch bench prover``: classical problems for our own prover, for E, and for both.

Each prover is asked once, with as much processor time as the largest budget allows; how long it
took, with replay and script, then says what smaller budgets and shared ones would have given. E's
two strategies share its budget equally, and the two provers share theirs.
"""

from __future__ import annotations

import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bench.problems import ClassicalProblem, problems
from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, out
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.symbolic.first_order import eprover, refute
from autoresearch_formal.symbolic.first_order.clauses import Clause, ProverLimits
from autoresearch_formal.symbolic.first_order.clausify import clausify
from autoresearch_formal.symbolic.first_order.problem import NotFirstOrder
from autoresearch_formal.symbolic.first_order.prove import outcome_of

LINE = re.compile(r":(\d+):\d+: error")

LARGE = 10**9
UNBOUNDED = ProverLimits(given=LARGE, generated=LARGE, weight=80, engine=0)
"""Our own prover, whom only time ends."""

ARMS = {"own": 1, "KBO": 2, "auto": 2}
"""Who is asked, and by how many parts its prover's budget is divided."""


@dataclass(frozen=True, slots=True)
class ArmAnswer:
    """What one prover, with one strategy, said to one problem."""

    seconds: float
    """Processor time, of the prover and of what was made of its answer."""
    found: bool
    scripts: tuple[str, ...] = ()

    def within(self, seconds: float) -> bool:
        """Whether there was a script after this time."""
        return bool(self.scripts) and self.seconds <= seconds


@click.command(name="prover", epilog="Example: autoresearch bench prover --json")
@click.option(
    "--seconds",
    multiple=True,
    type=FiniteRange(min=0.01),
    default=(1.0, 5.0),
    show_default=True,
    help="Processor time a problem (repeat).",
)
@click.option("--problem", "names", multiple=True, help="Only this problem (repeat).")
@click.option("--check", is_flag=True, help="Let Lean check all scripts.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(seconds: tuple[float, ...], names: tuple[str, ...], check: bool, as_json: bool) -> None:
    """Ask our own prover and E, where it is installed, for proofs of classical theorems."""
    chosen = [p for p in problems() if not names or p.name in names]
    if missing := set(names) - {p.name for p in chosen}:
        raise UsageFault(f"no problem is called {sorted(missing)[0]}; see bench/problems.toml")
    arms = [arm for arm in ARMS if arm == "own" or eprover.binary() is not None]
    answers = {
        problem.name: {arm: ask(problem, arm, max(seconds)) for arm in arms} for problem in chosen
    }
    document = summary(answers, seconds)
    if check:
        document["refused_by_lean"] = refused(chosen, answers)
    if as_json:
        emit_json(document)
    else:
        show(document)


def ask(problem: ClassicalProblem, arm: str, seconds: float) -> ArmAnswer:
    """One prover's answer to one problem."""
    begun = spent()
    try:
        clauses, maker = clausify(tree := problem.goal_tree())
    except NotFirstOrder:
        return ArmAnswer(0.0, False)
    inputs = tuple((tuple(literals), goal) for literals, goal in clauses.clauses)
    found = SEARCHES[arm](inputs, seconds)
    scripts = outcome_of(tree, maker, found).scripts if found else ()
    return ArmAnswer(round(spent() - begun, 4), bool(found), scripts)


def spent() -> float:
    """Processor time of this process and of those it has ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def own(inputs: refute.Inputs, seconds: float) -> tuple[Clause, ...]:
    """Our own prover's refutation."""
    limits = replace(UNBOUNDED, ends=time.process_time() + seconds)
    return refute.by_saturation(inputs, limits).clauses


def engine(strategy: int) -> Callable[[refute.Inputs, float], tuple[Clause, ...]]:
    """E's refutation with one of its strategies."""

    def search(inputs: refute.Inputs, seconds: float) -> tuple[Clause, ...]:
        limits = eprover.EngineLimits(LARGE, LARGE, cpu=seconds)
        chosen = eprover.STRATEGIES[strategy : strategy + 1]
        fallback = replace(UNBOUNDED, ends=time.process_time() + seconds)
        return refute.by_engine(inputs, fallback, limits, chosen)

    return search


SEARCHES = {"own": own, "KBO": engine(0), "auto": engine(1)}


def summary(answers: dict[str, dict[str, ArmAnswer]], budgets: Sequence[float]) -> dict[str, Any]:
    """Problems solved by each prover and by both at each budget, and how fast."""
    provers = {"own": ["own"]}
    if any("KBO" in row for row in answers.values()):
        provers |= {"E": ["KBO", "auto"], "both": list(ARMS)}

    def solved(row: dict[str, ArmAnswer], prover: str, budget: float) -> bool:
        share = budget / (2 if prover == "both" else 1)
        return any(row[arm].within(share / ARMS[arm]) for arm in provers[prover])

    counts = {
        prover: {
            f"{budget:g}": sorted(n for n, row in answers.items() if solved(row, prover, budget))
            for budget in budgets
        }
        for prover in provers
    }
    document: dict[str, Any] = {
        "problems": len(answers),
        "engine": eprover.version(),
        "solved": {p: {b: len(names) for b, names in row.items()} for p, row in counts.items()},
        "median_seconds": {
            arm: median([row[arm].seconds for row in answers.values() if row[arm].scripts])
            for arm in next(iter(answers.values()), {})
        },
        "rows": [
            {
                "problem": name,
                **{
                    arm: {
                        "seconds": a.seconds,
                        "found": a.found,
                        "script": bool(a.scripts),
                    }
                    for arm, a in row.items()
                },
            }
            for name, row in answers.items()
        ],
    }
    if "both" in provers:
        largest = f"{max(budgets):g}"
        ours, theirs = (set(counts[prover][largest]) for prover in ("own", "E"))
        document["only_own"], document["only_engine"] = sorted(ours - theirs), sorted(theirs - ours)
        common = [answers[name] for name in sorted(ours & theirs)]
        document["median_where_both"] = {
            "own": median([row["own"].seconds for row in common]),
            "E": median(
                [min(row[a].seconds for a in ("KBO", "auto") if row[a].scripts) for row in common]
            ),
        }
    return document


def median(values: Sequence[float]) -> float | None:
    """The median; None if there is nothing."""
    return round(statistics.median(values), 4) if values else None


def refused(
    chosen: Sequence[ClassicalProblem], answers: dict[str, dict[str, ArmAnswer]]
) -> list[str]:
    """Scripts that Lean does not accept, as ``problem/arm/number``."""
    named = dict(theorems(chosen, answers))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Scripts.lean"
        file.write_text("\n".join(named.values()), encoding="utf-8")
        starts, line = [], 1
        for name, text in named.items():
            starts.append((line, name))
            line += text.count("\n") + 1
        done = select().run_lean([str(file)], timeout=3_600)
    bad = {int(found) for found in LINE.findall(done.stdout + done.stderr)}
    return sorted({[name for first, name in starts if first <= at][-1] for at in bad})


def theorems(
    chosen: Sequence[ClassicalProblem], answers: dict[str, dict[str, ArmAnswer]]
) -> Iterator[tuple[str, str]]:
    """A name and the Lean text for each script."""
    for problem in chosen:
        for arm, answer in answers[problem.name].items():
            for number, script in enumerate(answer.scripts, start=1):
                name = f"{problem.name}/{arm}/{number}"
                yield name, problem.lean(script, f"«{name}»")


def show(document: dict[str, Any]) -> None:
    """The counts as a table."""
    budgets = list(next(iter(document["solved"].values())))
    table = Table("prover", *[f"{budget} s" for budget in budgets])
    for prover, row in document["solved"].items():
        table.add_row(prover, *[f"{row[b]} of {document['problems']}" for b in budgets])
    out.print(table)
    for prover, seconds in document.get("median_where_both", document["median_seconds"]).items():
        out.print(f"{prover}: {seconds} s in the median")
    for key in ("only_own", "only_engine", "refused_by_lean"):
        if key in document:
            out.print(f"{key.replace('_', ' ')}: {', '.join(document[key]) or 'none'}")
    if document["engine"] is None:
        out.print("E is not installed; the extra `hammer` brings it")
