"""The symbolic policy: no model, no training, no knowledge of any target.

For a goal it offers, in this order: closing tactics with small budgets, steps that the
shape of goal and hypotheses suggests, scripts from the first-order prover (`fol`), visible names
that share symbols with the goal, inductions. Every step is an instance of an ingredient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autoresearch_formal.actions.base import Action, GoalView, Policy, Pools, Situation
from autoresearch_formal.symbolic.facts import fact_expr
from autoresearch_formal.symbolic.forward import functions, pointwise, solutions
from autoresearch_formal.symbolic.hammer import hammer, pure
from autoresearch_formal.symbolic.ingredients import Ingredient, ingredients
from autoresearch_formal.symbolic.schemes import schemes
from autoresearch_formal.symbolic.second_order import inductions
from autoresearch_formal.symbolic.steps import arithmetic, safe_rules, structural, unfoldable
from autoresearch_formal.symbolic.witness.instances import witness_steps
from autoresearch_formal.terms import (
    App,
    BadTree,
    Const,
    Expr,
    GoalTree,
    Pi,
    head,
    head_name,
    locals_of,
    parse_goal,
    telescope,
)

NUMBERS = ("Nat", "Int", "Fin")
MAX_HYPS = 12
DEPENDED = 1.5
"""How much later an induction is tried over what hypotheses speak of."""
SLOW = ("induction", "close", "name", "names", "unfold", "cases")
"""Families of steps that wait for the second expansion where witnesses are at hand."""
IN_MODELS = ("witness.exists", "witness.instance")
"""Steps with terms that were tried in models."""
QUICK = ("close.assumption", "close.rfl", "close.omega", "close.simp")
"""What is tried on a goal that is about to be taken apart."""


class SymbolicPolicy(Policy):
    """See the module docstring. Stateless: the same situation always gets the same answer."""

    name = "symbolic"

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """One list of actions a situation, most promising first."""
        return [self._one(situation) for situation in batch]

    async def propose_on(self, pools: Pools, batch: Sequence[Situation]) -> list[list[Action]]:
        """In a process of its own, so that two searches think on two cores."""
        return await pools.in_process(self.propose, batch)

    def _one(self, situation: Situation) -> list[Action]:
        tree = goal_tree(situation.goals[0])
        proofs = list(hammer(tree, situation)) if tree is not None else []
        if situation.expansion == 1 and any(a.kind == "tactic" for a in proofs):
            return proofs
        return best_first([*proofs, *self.guesses(situation)])

    def guesses(self, situation: Situation) -> list[Action]:
        """What is proposed where no proof is in hand: everything but the first-order prover's."""
        goal = situation.goals[0]
        tree = goal_tree(goal)
        actions: list[Action] = []
        if tree is not None:
            actions += structural(tree, situation.expansion)
            actions += pointwise(tree, {v.name for v in situation.facts})
            actions += solutions(tree)
            actions += functions(tree)
            if "induction" not in situation.without and head_name(tree.target) == "Iff":
                actions += schemes(tree, goal, situation.expansion)  # both sides at once
            if situation.expansion > 1 or not safe_rules(tree):
                actions += inductions(tree)
                witnesses = (
                    [] if "witnesses" in situation.without else witness_steps(tree, situation)
                )
                if "induction" not in situation.without:
                    actions += schemes(tree, goal, situation.expansion)
                actions += arithmetic(tree, goal, situation.expansion)
                actions += self._templates(situation, goal, tree)
                if any(a.ingredients[0] in IN_MODELS for a in witnesses):
                    early = situation.expansion == 1
                    actions = [a for a in actions if not guessed(a, early)]
                return best_first([*actions, *witnesses])
        return best_first([*actions, *self._templates(situation, goal, tree)])

    def _templates(
        self, situation: Situation, goal: GoalView, tree: GoalTree | None
    ) -> Iterator[Action]:
        is_pure = tree is not None and pure(tree)
        safe = tree is not None and bool(safe_rules(tree))
        for row in ingredients().values():
            if not row.text or row.expansion > situation.expansion:
                continue
            if situation.expansion == 1 and safe and (is_pure or row.name not in QUICK):
                continue
            if is_pure and not for_pure_goals(row, situation):
                continue
            if not suits(row, goal, tree):
                continue
            bound = DEPENDED if row.name.startswith("induction.") else 0.0
            for text, extra in fill(row, situation, goal, tree):
                late = bound if bound and tree is not None and fixed(text, tree) else 0.0
                yield Action(
                    "tactic",
                    text,
                    row.logprob - 0.4 * (situation.expansion - row.expansion) - late,
                    (row.name, *extra),
                    row.heartbeats,
                )


def suits(row: Ingredient, goal: GoalView, tree: GoalTree | None) -> bool:
    """Whether a row makes sense for the target and what the goal speaks of."""
    if row.target and target_head(goal, tree) not in row.target:
        return False
    return not row.numbers or mentions_numbers(goal)


def for_pure_goals(row: Ingredient, situation: Situation) -> bool:
    """Whether a row is tried, by now, at goals that only speak of their context."""
    names = bool(row.slots & {"name", "names"})
    return situation.expansion >= row.pure and (not names or bool(situation.theory.invented))


def guessed(action: Action, early: bool) -> bool:
    """Whether a step waits where terms are known that no model refutes: terms that no model was
    asked about, and early on what takes long and knows nothing of the goal."""
    row = action.ingredients[0]
    slow = row not in QUICK and row.partition(".")[0] in SLOW
    return row == "structure.witness" or (early and slow)


def fixed(text: str, tree: GoalTree) -> bool:
    """Whether an induction is over what hypotheses speak of: they would have to change with it."""
    words = text.split()
    return any(h.is_prop and words[1] in locals_of(h.type) for h in tree.hyps)


def best_first(actions: Sequence[Action]) -> list[Action]:
    """Actions in the order of their probability, each once."""
    seen: dict[tuple[str, str], Action] = {}
    for action in sorted(actions, key=lambda a: -a.logprob):
        seen.setdefault((action.kind, action.text), action)
    return list(seen.values())


def goal_tree(goal: GoalView) -> GoalTree | None:
    """The goal's tree, if the gym sent a good one."""
    if goal.tree is None:
        return None
    try:
        return parse_goal(goal.tree, {h.name: h.prop for h in goal.hyps})
    except (BadTree, KeyError):
        return None


def shape(expr: Expr) -> str:
    """Head constant; "∀" for a ∀ or →."""
    return "∀" if isinstance(expr, Pi) else head_name(expr)


def target_head(goal: GoalView, tree: GoalTree | None) -> str:
    """Head of the target."""
    return shape(tree.target) if tree is not None else goal.head


def mentions_numbers(goal: GoalView) -> bool:
    """Whether arithmetic could matter."""
    return any(c.split(".")[0] in NUMBERS for c in goal.consts)


def conclusion(expr: Expr) -> Expr:
    """What is left of a statement after its ∀ and →."""
    return telescope(expr)[1]


def conclusions(situation: Situation) -> dict[str, str]:
    """What each retrieved theorem is about in the end: the head of its conclusion."""
    found = {}
    for view in situation.facts:
        fact = fact_expr(view)
        if fact is not None:
            found[view.name] = head_name(conclusion(fact))
    return found


Instance = tuple[str, tuple[str, ...]]
"""The text of an instance of a template, and the names that it leans on."""


def fill(
    row: Ingredient, situation: Situation, goal: GoalView, tree: GoalTree | None
) -> Iterator[Instance]:
    """Instances of a template."""
    slots = row.slots
    if not slots:
        yield row.text, ()
    elif "names" in slots:
        chosen = [n.name for n in situation.names if n.kind in ("theorem", "def")][: row.count]
        if chosen:
            yield row.text.replace("{names}", ", ".join(chosen)), tuple(chosen)
    elif "name" in slots:
        yield from fill_name(row, situation, goal)
    else:
        invented = [v.name for v in situation.theory.invented if v.kind == "theorem"]
        used = [*unfoldable(goal, tree), *invented] if "unfold" in slots else []
        if "unfold" in slots and not used:
            return
        template = row.text.replace("{unfold}", ", ".join(used))
        if slots == {"unfold"}:
            yield template, tuple(used)
        elif tree is not None:
            yield from fill_context(row, template, tree)


def fill_name(row: Ingredient, situation: Situation, goal: GoalView) -> Iterator[Instance]:
    """Instances for visible names, where the head of a theorem's conclusion does not forbid it."""
    heads = conclusions(situation)
    for view in situation.names:
        conclusion_head = heads.get(view.name, "?")
        if row.name.startswith("name.rewrite") and conclusion_head not in ("Eq", "Iff", "?"):
            continue
        exact = row.name in ("name.apply", "name.exact")
        if exact and conclusion_head not in ("?", goal.head):
            continue
        yield row.text.replace("{name}", view.name), (view.name,)


def fill_context(row: Ingredient, template: str, tree: GoalTree) -> Iterator[Instance]:
    """Instances for what is in the context: all equations, a hypothesis, a variable."""
    props = [h for h in tree.hyps if h.is_prop]
    if "all" in row.slots:
        equations = [h.name for h in props if shape(conclusion(h.type)) in ("Eq", "Iff")]
        if equations:
            yield row.text.replace("{all}", ", ".join(equations)), ()
    elif "hyp" in row.slots:
        rewriting = row.name.startswith("use.rewrite")
        for h in props[: -1 - MAX_HYPS : -1]:
            if shape(conclusion(h.type) if rewriting else h.type) not in row.hyp:
                continue
            if row.name != "use.apply" or may_apply(h.type, tree.target):
                yield row.text.replace("{hyp}", h.name), ()
    elif "var" in row.slots:
        yield from fill_variables(row, template, tree)


def may_apply(type_: Expr, target: Expr) -> bool:
    """Whether the conclusion of a hypothesis has the head of the target."""
    inner, goal = conclusion(type_), target
    if head_name(inner) == "False" or head_name(inner) == "Not":
        return head_name(goal) == "False"
    return head(inner) == head(goal)


def fill_variables(row: Ingredient, template: str, tree: GoalTree) -> Iterator[Instance]:
    """Instances for variables of the right type that matter to the target."""
    mentioned = locals_of(tree.target)
    data = [h for h in tree.hyps if not h.is_prop and isinstance(h.type, (Const, App))]
    for h in data:
        if head_name(h.type) not in row.var or h.name not in mentioned:
            continue
        text = template
        if "others" in row.slots:
            others = [o.name for o in data if o.name != h.name and o.name in mentioned]
            if not others:
                continue
            text = text.replace("{others}", " ".join(others))
        yield text.replace("{var}", h.name), ()
