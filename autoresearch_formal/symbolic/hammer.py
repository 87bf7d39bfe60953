"""Scripts from the first-order prover as actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autoresearch_formal.actions.base import Action, NameView, Situation
from autoresearch_formal.symbolic.conjectures import propose_lemmas
from autoresearch_formal.symbolic.facts import (
    STRUCTURE,
    background,
    fact_expr,
    goal_symbols,
    matters,
    usable,
)
from autoresearch_formal.symbolic.first_order.clauses import ProverLimits
from autoresearch_formal.symbolic.first_order.prove import ProverOutcome, prove
from autoresearch_formal.symbolic.first_order.writer import CLOSER
from autoresearch_formal.symbolic.induction import induction_variables, prove_by_induction
from autoresearch_formal.symbolic.second_order import instances
from autoresearch_formal.symbolic.steps import action, safe_rules
from autoresearch_formal.symbolic.stuck import stuck_lemmas
from autoresearch_formal.terms import Expr, GoalTree, head_name

LIMITS = (
    ProverLimits(given=400, generated=20_000, weight=36),
    ProverLimits(given=1_000, generated=40_000, weight=50),
    ProverLimits(given=3_000, generated=160_000, weight=60),
)
"""ProverLimits of the prover at the first, second, … expansion of a goal."""

WITH_FACTS = (
    ProverLimits(given=300, generated=8_000, weight=36),
    ProverLimits(given=500, generated=20_000, weight=40),
    ProverLimits(given=1_500, generated=80_000, weight=50),
)
"""The same with facts of the library, among which the search spreads faster."""

INDUCTION = (
    ProverLimits(given=150, generated=5_000, weight=30),
    ProverLimits(given=400, generated=15_000, weight=36),
    ProverLimits(given=1_000, generated=40_000, weight=44),
)
"""The same for each case of an induction."""

FACTS = ((8, 9, 0), (14, 14, 1), (24, 0, 1), (40, 0, 1))
"""Library facts at the first, second, … expansion: how many of the closest, how many of the
shortest (a second try, if not 0), and how many symbols they may bring that the goal has not."""

MAX_DOUBLINGS = 4
"""How often E's allowance doubles after the last of these rows."""

BEST = 6
"""Facts that are tried alone first, whatever symbols they bring: one of them may say it all."""


def select_facts(tree: GoalTree, situation: Situation) -> list[list[NameView]]:
    """Choices to try in turn: invented lemmas, core facts whose symbols all occur, and of the
    library the very closest facts, the closest that bring nothing new, or the shortest ones."""
    symbols = goal_symbols(tree)
    core = background()
    closest, shortest, strangers = FACTS[min(situation.expansion, len(FACTS)) - 1]
    chosen = [v for v in situation.theory.invented if v.tree is not None]
    near = []
    for view in situation.facts:
        fact = fact_expr(view)
        if fact is None:
            continue
        if view.name in core:
            if situation.expansion >= core[view.name] and matters(fact, symbols):
                chosen.append(view)
        elif matters(fact, symbols, strangers):
            near.append(view)
    library = [v for v in situation.facts if v.name not in core and fact_expr(v) is not None]
    choices = [chosen + library[:BEST], chosen + near[:closest]]
    if shortest and len(near) > closest:
        choices.append(chosen + sorted(near, key=lambda v: len(v.type))[:shortest])
    return choices


def pure(tree: GoalTree) -> bool:
    """Whether the goal speaks of the things of its context alone: no numbers, lists, library."""
    return not goal_symbols(tree) - STRUCTURE


def allowance(limits: Sequence[ProverLimits], situation: Situation) -> ProverLimits:
    """The prover's limits at this expansion of the goal; in the end only E's grow on."""
    chosen = limits[min(situation.expansion, len(limits)) - 1]
    later = max(0, min(situation.expansion - len(limits), MAX_DOUBLINGS))
    return replace(chosen, engine=0 if "engine" in situation.without else chosen.engine << later)


def hammer(tree: GoalTree, situation: Situation) -> Iterable[Action]:
    """Scripts for the goal as it stands."""
    if head_name(tree.target) in ("And", "Iff") or (situation.expansion < 3 and safe_rules(tree)):
        return  # what it is taken apart into are goals of their own
    outcome, facts = refuted(tree, situation)
    for script in outcome.scripts:
        yield action("hammer.instances" if script.endswith(CLOSER) else "hammer.chain", script)
    for text in outcome.witnesses:
        yield action("hammer.witness", text)
    if outcome.found:
        return
    limits = allowance(INDUCTION, situation)
    for variable in induction_variables(tree):
        proof = prove_by_induction(tree, variable, limits, facts)
        if proof is not None:
            yield action("hammer.induction", proof)
            return
    if situation.root and situation.invent and situation.expansion == 2:
        yield from propose_lemmas(tree, situation.goals[0], facts, limits.engine > 0)
    if situation.invent and situation.expansion == 1 and not situation.root:
        yield from stuck_lemmas(tree, situation.goals[0])


def refuted(tree: GoalTree, situation: Situation) -> tuple[ProverOutcome, list[tuple[str, Expr]]]:
    """What the prover makes of the goal, and the facts that it was given last."""
    instantiated = list(instances(tree))
    if pure(tree) and not situation.theory.invented:
        return prove(tree, allowance(LIMITS, situation), instantiated), instantiated
    wide = allowance(WITH_FACTS, situation)
    outcome, facts = prove(tree, wide, instantiated), instantiated
    for choice in select_facts(tree, situation):
        facts = instantiated + list(usable(tree, choice))
        if not outcome.found and len(facts) > len(instantiated):
            outcome = prove(tree, wide, facts)
    return outcome, facts
