"""The symbolic policy: no model, no training, no knowledge of any target.

For a goal it offers, in this order of effort: closing tactics with small budgets, steps that the
shape of goal and hypotheses suggests, scripts from the first-order prover (`fol`), visible names
that share symbols with the goal, inductions. Every step is an instance of an ingredient.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from autoresearch_formal.policy.base import Action, GoalView, Situation
from autoresearch_formal.policy.expr import (
    BadTree,
    Expr,
    GoalTree,
    fresh,
    head_name,
    locals_of,
    parse_goal,
    subterms,
    uses_bound,
)
from autoresearch_formal.policy.hammer import hammer
from autoresearch_formal.policy.ingredients import Ingredient, ingredients

NUMBERS = ("Nat", "Int", "Fin")
MAX_HYPS = 12
CORE = {
    *("Nat", "Int", "Rat", "List", "Option", "Prod", "Sum", "Fin", "Bool", "String", "Char"),
    *("Array", "Subtype", "Sigma", "Unit", "Add", "Mul", "Sub", "Div", "Mod", "Pow", "Append"),
    *("Neg", "Inv", "Membership", "LE", "LT", "GE", "GT", "Dvd", "OfNat", "Function", "BEq"),
    *("GetElem", "Eq", "Iff", "Exists", "And", "Or", "Not", "Decidable", "Zero", "One", "Max"),
    *("Min", "Union", "Inter", "EmptyCollection", "Singleton", "Insert", "Std", "Init", "IntCast"),
    *("NatCast", "DecidableEq", "Classical", "Quot", "Quotient", "Setoid", "Bind", "Pure"),
}
"""First components of names that come with Lean."""

REMAINDERS = {
    "Int": ("Int.dvd_iff_emod_eq_zero", "Int.sub_emod", "Int.add_emod", "Int.mul_emod"),
    "Nat": ("Nat.dvd_iff_mod_eq_zero", "Nat.add_mod", "Nat.mul_mod"),
}
"""Core laws of remainders, by type of number."""


class SymbolicPolicy:
    """See the module docstring. Stateless: the same situation always gets the same answer."""

    name = "symbolic"

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """One list of actions a situation, most promising first."""
        return [self._one(situation) for situation in batch]

    def _one(self, situation: Situation) -> list[Action]:
        goal = situation.goals[0]
        tree = goal_tree(goal)
        actions = list(self._templates(situation, goal, tree))
        if tree is not None:
            actions += structural(tree, situation.effort)
            actions += residues(tree, goal)
            actions += hammer(tree, situation)
        seen: dict[tuple[str, str], Action] = {}
        for action in sorted(actions, key=lambda a: -a.logprob):
            seen.setdefault((action.kind, action.text), action)
        return list(seen.values())

    def _templates(
        self, situation: Situation, goal: GoalView, tree: GoalTree | None
    ) -> Iterator[Action]:
        for row in ingredients().values():
            if not row.text or row.effort > situation.effort:
                continue
            if row.target and target_head(goal, tree) not in row.target:
                continue
            if row.numbers and not mentions_numbers(goal):
                continue
            for text, extra in fill(row, situation, goal, tree):
                yield Action(
                    "tactic",
                    text,
                    row.logprob - 0.4 * (situation.effort - row.effort),
                    (row.name, *extra),
                    row.heartbeats,
                )


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
    return "∀" if expr[0] == "p" else head_name(expr)


def target_head(goal: GoalView, tree: GoalTree | None) -> str:
    """Head of the target."""
    return shape(tree.target) if tree is not None else goal.head


def mentions_numbers(goal: GoalView) -> bool:
    """Whether arithmetic could matter."""
    return any(c.split(".")[0] in NUMBERS for c in goal.consts)


def conclusion(expr: Expr) -> Expr:
    """What is left of a statement after its ∀ and →."""
    while expr[0] == "p":
        expr = expr[3]
    return expr


def fill(
    row: Ingredient, situation: Situation, goal: GoalView, tree: GoalTree | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Instances of a template, with the names each leans on."""
    slots = row.slots
    if not slots:
        yield row.text, ()
        return
    if "name" in slots:
        for view in situation.names:
            yield row.text.replace("{name}", view.name), (view.name,)
        return
    used = [c for c in goal.consts if not is_core(c)] if "unfold" in slots else []
    if "unfold" in slots and not used:
        return
    template = row.text.replace("{unfold}", ", ".join(used))
    if slots == {"unfold"}:
        yield template, tuple(used)
        return
    if tree is None:
        return
    if "all" in slots:
        equations = [
            h.name for h in tree.hyps if h.is_prop and shape(conclusion(h.type)) in ("Eq", "Iff")
        ]
        if equations:
            yield row.text.replace("{all}", ", ".join(equations)), ()
        return
    if "hyp" in slots:
        props = [h for h in reversed(tree.hyps) if h.is_prop]
        for h in props[:MAX_HYPS]:
            outer = shape(h.type)
            inner = shape(conclusion(h.type))
            rewriting = row.name.startswith("use.rewrite")
            if (inner if rewriting else outer) in row.hyp:
                if row.name == "use.apply" and not may_apply(h.type, tree.target):
                    continue
                yield row.text.replace("{hyp}", h.name), ()
        return
    if "var" in slots:
        yield from fill_variables(row, template, tree)


def is_core(name: str) -> bool:
    """Whether a constant belongs to core Lean, judging by its name."""
    root, dot, last = name.partition(".")
    return (
        not dot
        or root in CORE
        or root.removeprefix("H") in CORE
        or last.startswith("inst")
        or root.startswith("inst")
    )


def may_apply(type_: Expr, target: Expr) -> bool:
    """Whether the conclusion of a hypothesis has the head of the target."""
    inner, goal = conclusion(type_), target
    if head_name(inner) == "False" or head_name(inner) == "Not":
        return head_name(goal) == "False"
    a, b = _head(inner), _head(goal)
    return a == b


def _head(expr: Expr) -> Expr:
    while expr[0] == "a":
        expr = expr[1]
    return expr


def fill_variables(
    row: Ingredient, template: str, tree: GoalTree
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Instances for variables of the right type that matter to the target."""
    mentioned = locals_of(tree.target)
    data = [h for h in tree.hyps if not h.is_prop and h.type[0] in ("c", "a")]
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


def structural(tree: GoalTree, effort: int) -> Iterable[Action]:
    """Steps that need fresh names: introducing, and taking ∃ and ∧ apart."""
    taken = {h.name for h in tree.hyps}
    if tree.target[0] == "p":
        yield Action("tactic", introduce(tree.target, taken), -0.3, ("structure.intro",), 200)
    if head_name(tree.target) == "Not":
        yield Action("tactic", f"intro {fresh('h', taken)}", -0.5, ("structure.intro",), 200)
    for h in tree.hyps:
        if not h.is_prop:
            continue
        pattern = destructure(h.type, set(taken), h.name)
        if pattern:
            yield Action(
                "tactic", f"obtain {pattern} := {h.name}", -0.8, ("structure.obtain",), 200
            )
    if head_name(tree.target) == "Exists" and effort >= 1:
        type_ = tree.target[2][0]
        for text in witnesses(tree, type_):
            yield Action("tactic", f"refine ⟨{text}, ?_⟩", -2.0, ("structure.witness",), 200)


def witnesses(tree: GoalTree, type_: Expr) -> list[str]:
    """Candidates for an ∃: variables of the type, and for numbers their neighbours and zero."""
    found = [h.name for h in tree.hyps if h.type == type_]
    if type_ in (("c", "Nat"), ("c", "Int")):
        found += [f"{name} + 1" for name in found] + ["0"]
    return found


def residues(tree: GoalTree, goal: GoalView) -> Iterator[Action]:
    """Go through the remainders of the numbers in the target by a small modulus in it."""
    moduli = sorted({e[1] for e in subterms(tree.target) if e[0] == "n" and 2 <= e[1] <= 12})
    mentioned = locals_of(tree.target)
    row = ingredients()["cases.residues"]
    unfold = [c for c in goal.consts if not is_core(c)]
    for kind, laws in REMAINDERS.items():
        variables = [h.name for h in tree.hyps if h.type == ("c", kind) and h.name in mentioned]
        for modulus in moduli:
            if not variables or modulus ** len(variables) > 40:
                continue
            lines = []
            for name in variables:
                cases = " ∨ ".join(f"{name} % {modulus} = {r}" for r in range(modulus))
                lines.append(f"have remainder_{name} : {cases} := by omega")
            split = " <;> ".join(
                f"rcases remainder_{name} with {' | '.join(['r'] * modulus)}" for name in variables
            )
            facts = ", ".join([*unfold, *laws])
            lines.append(f"{split} <;> simp_all [{facts}] <;> omega")
            yield Action("tactic", "\n".join(lines), row.logprob, (row.name,), row.heartbeats)


def introduce(target: Expr, taken: set[str]) -> str:
    """``intro`` with a name for every leading binder."""
    taken = set(taken)
    names = []
    while target[0] == "p":
        dependent = uses_bound(target[3])
        base = target[1] if dependent or "✝" not in target[1] else "h"
        name = fresh(base, taken)
        taken.add(name)
        names.append(name)
        target = target[3]
    return "intro " + " ".join(names)


def destructure(type_: Expr, taken: set[str], name: str) -> str:
    """Pattern that takes an ∃ or ∧ apart, "" for anything else."""
    head = head_name(type_)
    if head == "Exists" and type_[2][1][0] == "l":
        witness = fresh(type_[2][1][1], taken)
        taken.add(witness)
        fact = fresh("h" + witness, taken)
        taken.add(fact)
        inner = destructure(type_[2][1][3], taken, fact)
        return f"⟨{witness}, {inner or fact}⟩"
    if head == "And":
        parts = []
        for side in type_[2]:
            fact = fresh(name, taken)
            taken.add(fact)
            parts.append(destructure(side, taken, fact) or fact)
        return f"⟨{', '.join(parts)}⟩"
    return ""
