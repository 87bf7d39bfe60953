"""E as a prover outside: what goes to it, what comes back, and what is made of it."""

from __future__ import annotations

import stat
import sys
import time
from pathlib import Path

import pytest

from autoresearch_formal.symbolic.first_order import eprover, refute
from autoresearch_formal.symbolic.first_order.clauses import TRUE, ProverLimits
from autoresearch_formal.symbolic.first_order.clausify import clausify
from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.symbolic.first_order.replay import replay
from autoresearch_formal.symbolic.first_order.terms import SORT
from autoresearch_formal.symbolic.first_order.tptp import (
    BadDerivation,
    SymbolSorts,
    Untyped,
    read,
    write,
)
from tests.symbolic.formulas import LAWS, goal

PROBLEMS = {
    "from_the_negated_goal": (LAWS, "∀ a b, i (m a b) = m (i b) (i a)"),
    "a_witness_first": (
        ["∀ a, ∃ b, P b ∧ m a b = e", "∀ a, P a → Q a"],
        "∀ a, ∃ b, m a b = e ∧ Q b",
    ),
    "cases": (["∀ a, i a = a ∨ i (i a) = a"], "∀ a, i (i (i (i a))) = i (i a)"),
    "the_goal_more_than_once": (["P e ∨ P (i e)"], "∃ a, P a"),
}
FEW = ProverLimits(given=1)
"""Limits at which our own prover finds nothing."""


@pytest.mark.hammer
@pytest.mark.parametrize("name", PROBLEMS)
def test_derivations_become_scripts(name: str) -> None:
    problem, _ = clausify(goal(*PROBLEMS[name]))
    inputs = tuple((tuple(literals), denied) for literals, denied in problem.clauses)
    for strategy in refute.derivations(inputs, eprover.EngineLimits()):
        clauses = replay(strategy, inputs)
        assert not clauses[-1].literals
        assert all(c.parents or c.origin for c in clauses)
    assert refute.by_engine(inputs, ProverLimits(), eprover.EngineLimits())
    assert prove(goal(*PROBLEMS[name])).scripts


@pytest.mark.hammer
def test_the_same_problem_gets_the_same_answer() -> None:
    problem, _ = clausify(goal(*PROBLEMS["from_the_negated_goal"]))
    inputs = tuple((tuple(literals), denied) for literals, denied in problem.clauses)
    assert refute.by_engine(inputs, ProverLimits(), eprover.EngineLimits()) == refute.by_engine(
        inputs, ProverLimits(), eprover.EngineLimits()
    )


@pytest.mark.hammer
def test_a_search_can_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("E was asked")

    monkeypatch.setattr(eprover, "refutation", asked)
    assert prove(goal(LAWS, "i e = e"), ProverLimits(engine=0)).found


def test_without_the_extra_our_own_prover_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eprover, "binary", lambda: None)
    assert eprover.version() is None
    assert prove(goal(LAWS, "i (i e) = e")).found


def test_what_can_not_be_followed_still_says_which_facts_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem, _ = clausify(goal([*LAWS, "P e", "∀ a, P a → Q a"], "Q e"))
    inputs = tuple((tuple(literals), denied) for literals, denied in problem.clauses)
    used = [k for k, (literals, _) in enumerate(inputs) if any(lit[2] == TRUE for lit in literals)]
    lines = [f"tcf(c{k}, axiom, ~f9, file('x', c{k}))." for k in used]
    signature = SymbolSorts.of([literals for literals, _ in inputs])
    names = signature.names
    lines = [line.replace("~f9", f"~{names['Q']}({names['e']})") for line in lines]
    lines.append(
        f"cnf(d, plain, $false, inference(odd, [], [{', '.join(f'c{k}' for k in used)}]))."
    )
    monkeypatch.setattr(eprover, "refutation", lambda *_: "\n".join(lines))
    found = refute.by_engine(inputs, ProverLimits(), eprover.EngineLimits())
    assert found
    assert {c.origin[0] for c in found if c.origin} <= set(used)


def test_symbols_get_the_sorts_of_the_variables() -> None:
    x, y = 0, SORT
    clauses = [
        ([(True, ("f", x), y)], False),
        ([(True, ("p", y), TRUE), (False, ("c",), ("g", ("f", ("c",))))], True),
    ]
    text = write(clauses, SymbolSorts.of([c for c, _ in clauses]))
    assert text.splitlines() == [
        "tff(s0, type, s0: $tType).",
        "tff(s1, type, s1: $tType).",
        "tff(f0, type, f0: (s0) > s1).",
        "tff(f1, type, f1: (s1) > $o).",
        "tff(f2, type, f2: s0).",
        "tff(f3, type, f3: (s1) > s0).",
        "tcf(c0, axiom, ![X0:s0,X1:s1]:(f0(X0)=X1)).",
        "tcf(c1, negated_conjecture, ![X0:s1]:(f1(X0)|f2!=f3(f0(f2)))).",
    ]


@pytest.mark.parametrize(
    "literals",
    [
        [(True, ("p", 0), TRUE), (True, ("f", ("p", 0)), 0)],
        [(True, ("f", 0), ("f", 0, 0))],
    ],
    ids=["as_predicate_and_as_function", "two_arities"],
)
def test_what_has_no_sorts_is_not_sent(literals: list[tuple[bool, object, object]]) -> None:
    with pytest.raises(Untyped):
        SymbolSorts.of([literals])
    assert refute.by_engine(((tuple(literals), False),), FEW, eprover.EngineLimits()) == ()


SIGNATURE = SymbolSorts.of([[(True, ("f", ("c",)), ("c",))]])
HOSTILE = {
    "not_a_clause": "tcf(a, plain, (f0(f1)=f1)&f1, x).",
    "unknown_symbol": "tcf(a, plain, g(f1)=f1, file('x', a)).",
    "wrong_arity": "tcf(a, plain, f0(f1,f1)=f1, file('x', a)).",
    "deep": f"tcf(a, plain, {'f0(' * 3000}f1{')' * 3000}=f1, file('x', a)).",
    "deep_source": f"tcf(a, plain, f1=f1, {'inference(x,[],[' * 3000}a{'])' * 3000}).",
    "many_variables": f"tcf(a, plain, ![{','.join(f'X{k}:s0' for k in range(600))}]:(X1=X2), a).",
    "unknown_sort": "tcf(a, plain, ![X1:s7]:(X1=f1), file('x', a)).",
    "cut_off": "tcf(a, plain, f0(f1)=, ).",
    "strange": "tcf(a, plain, f0(f1)=\N{SNOWMAN}, file('x', a)).",
    "made_up": "tcf(a, plain, f0(f1)=f1, introduced(definition)).",
    "long": "tcf(a, plain, f1=f1, file('x', a)).\n" * 6000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_strange_derivations_are_refused(name: str) -> None:
    with pytest.raises(BadDerivation):
        read(HOSTILE[name], SIGNATURE)


WRONG = {
    "no_input": "tcf(c7, plain, f0(f1)!=f1, file('x', c7)).",
    "another_clause": "tcf(c0, plain, f0(f0(f1))!=f1, file('x', c0)).",
    "parent_to_come": "tcf(a, plain, $false, inference(x,[],[b])).",
    "no_contradiction": "tcf(c0, plain, f0(f1)=f1, file('x', c0)).",
    "does_not_follow": "tcf(c0, plain, f0(f1)=f1, file('x', c0)).\n"
    "tcf(a, plain, $false, inference(x,[],[c0])).",
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_derivations_are_not_believed(name: str) -> None:
    with pytest.raises(BadDerivation):
        replay(read(WRONG[name], SIGNATURE), [([(True, ("f", ("c",)), ("c",))], False)])


SLEEPER = """#!{python}
import os, sys, time
if os.fork() == 0:
    time.sleep(60)
print("% SZS output start", flush=True)
{rest}
"""


@pytest.mark.parametrize("rest", ["time.sleep(60)", "while True: print('x' * 10**6)"])
def test_what_runs_or_talks_too_long_is_ended_with_its_children(
    rest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "odd"
    program.write_text(SLEEPER.format(python=sys.executable, rest=rest), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(eprover, "WALL", 3)
    begun = time.monotonic()
    said = eprover.run([str(program)], "", eprover.EngineLimits(cpu=1.0))
    assert time.monotonic() - begun < 30
    assert said.startswith("% SZS output start")
    assert len(said) <= eprover.MAX_OUTPUT


def test_a_program_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert eprover.run([str(tmp_path / "none")], "", eprover.EngineLimits()) == ""
