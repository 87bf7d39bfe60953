"""Steps that the shape of a goal asks for: taking apart, introducing, splitting into cases.

Nothing here reasons; a step is proposed because a connective, a type or a pair of terms is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from autoresearch_formal.actions.base import Action, GoalView
from autoresearch_formal.symbolic.ingredients import ingredients
from autoresearch_formal.terms import (
    PROP,
    App,
    Const,
    Expr,
    GoalTree,
    Lambda,
    Local,
    NatLiteral,
    Pi,
    arguments,
    explicit_args,
    fresh,
    head_name,
    locals_of,
    loose,
    show,
    subterms,
    uses_bound,
)

MAX_PARTS = 5
"""Parts into which a conjunction is taken apart in one step."""

NUMBER: Expr = Const("Nat")
INTEGER: Expr = Const("Int")

REMAINDERS = {
    "Int": ("Int.dvd_iff_emod_eq_zero", "Int.sub_emod", "Int.add_emod", "Int.mul_emod"),
    "Nat": ("Nat.dvd_iff_mod_eq_zero", "Nat.add_mod", "Nat.mul_mod"),
}
"""Core laws of remainders, by type of number."""


def action(row: str, text: str, *extra: str) -> Action:
    """An instance of a row of the table."""
    found = ingredients()[row]
    return Action("tactic", text, found.logprob, (row, *extra), found.heartbeats)


def safe_rules(tree: GoalTree) -> str:
    """The step that loses nothing: take ∃ and ∧ of the context apart, introduce, split.

    "" if there is nothing to do. In a conjunction earlier parts may be used for later ones.
    """
    taken = {h.name for h in tree.hyps}
    lines = []
    for h in tree.hyps:
        pattern = destructure(h.type, taken, h.name) if h.is_prop else ""
        if pattern:
            lines.append(f"obtain {pattern} := {h.name}")
    target = tree.target
    if isinstance(target, Pi):
        lines.append(introduce(target, taken))
    elif head_name(target) in ("Not", "Ne"):
        lines.append(f"intro {fresh('h', taken)}")
    elif head_name(target) == "And":
        lines.append(split_parts(target, taken))
    elif head_name(target) == "Iff":
        lines.append("constructor")
    return "\n".join(lines)


def split_parts(target: Expr, taken: set[str]) -> str:
    """Prove the parts of a conjunction in order, each with the earlier ones at hand."""
    parts: list[Expr] = []
    while head_name(target) == "And" and len(parts) < MAX_PARTS - 1:
        first, target = arguments(target)
        parts.append(first)
    names: list[str] = []
    stated = ""
    for part in parts:
        if head_name(part) == "Exists":
            names.append("?_")
            continue
        names.append(fresh("part", [*taken, *names]))
        stated += f"have {names[-1]} : {show(part)} := ?_; "
    tuple_ = f"⟨{', '.join([*names, '?_'])}⟩"
    return f"refine ({stated}{tuple_})" if stated else f"refine {tuple_}"


def structural(tree: GoalTree, expansion: int) -> Iterator[Action]:
    """Steps for connectives: all that lose nothing at once, or, later, one by one."""
    safe = safe_rules(tree)
    if safe:
        yield action("structure.safe_rules", safe)
        if expansion == 1:
            return
    yield from single_steps(tree)
    if head_name(tree.target) == "Exists":
        type_ = arguments(tree.target)[0]
        if expansion > 1 or not isinstance(type_, Local):
            for text in witnesses(tree, type_):
                yield action("structure.witness", f"refine ⟨{text}, ?_⟩")
            if type_ in (NUMBER, INTEGER):
                tried = [f"exact ⟨{text}, by omega⟩" for text in witnesses(tree, type_)]
                yield action("close.witness_omega", "\n  | ".join(["first", *tried]))
    yield from generalisations(tree)


def arithmetic(tree: GoalTree, goal: GoalView, expansion: int) -> Iterator[Action]:
    """Steps for numbers."""
    yield from residues(tree, goal)
    yield from differences(tree)
    if expansion > 1:
        yield from comparisons(tree)
        yield from strong_inductions(tree)


def single_steps(tree: GoalTree) -> Iterator[Action]:
    """The parts of `safe_rules` one by one, for when all at once is not wanted or refused."""
    taken = {h.name for h in tree.hyps}
    if isinstance(tree.target, Pi):
        yield action("structure.intro", introduce(tree.target, taken))
    if head_name(tree.target) in ("Not", "Ne"):
        yield action("structure.intro", f"intro {fresh('h', taken)}")
    for h in tree.hyps:
        pattern = destructure(h.type, set(taken), h.name) if h.is_prop else ""
        if pattern:
            yield action("structure.obtain", f"obtain {pattern} := {h.name}")


def introduce(target: Expr, taken: set[str]) -> str:
    """``intro`` with a name for every leading binder."""
    taken = set(taken)
    names = []
    while isinstance(target, Pi):
        hidden = "✝" in target.name and not uses_bound(target.body)
        base = "h" if hidden else target.name
        name = fresh(base, taken)
        taken.add(name)
        names.append(name)
        target = target.body
    return "intro " + " ".join(names)


def destructure(type_: Expr, taken: set[str], name: str) -> str:
    """Pattern that takes an ∃ or ∧ apart, "" for anything else. Adds its names to ``taken``."""
    head = head_name(type_)
    args = arguments(type_)
    if head == "Exists" and isinstance(args[1], Lambda):
        witness = fresh(args[1].name, taken)
        taken.add(witness)
        fact = fresh("h" + witness, taken)
        taken.add(fact)
        inner = destructure(args[1].body, taken, fact)
        return f"⟨{witness}, {inner or fact}⟩"
    if head == "And":
        parts = []
        for side in args:
            fact = fresh(name, taken)
            taken.add(fact)
            parts.append(destructure(side, taken, fact) or fact)
        return f"⟨{', '.join(parts)}⟩"
    return ""


# -- witnesses -------------------------------------------------------------------------------


def witnesses(tree: GoalTree, type_: Expr) -> list[str]:
    """Candidates for an ∃: variables and small terms of the type that the context offers."""
    found = [h.name for h in tree.hyps if h.type == type_]
    if type_ in (NUMBER, INTEGER):
        variables = list(found)
        found += [f"{name} + 1" for name in variables] + ["0", "1"]
        divisors = small_numbers(tree.target)
        found += [f"{name} / {d}" for name in variables for d in divisors]
    if head_name(type_) == "List":
        element = arguments(type_)[0]
        for h in tree.hyps:
            if head_name(h.type) == "List":
                source = arguments(h.type)[0]
                found += [f"{h.name}.map {f}" for f in functions(tree, source, element)]
    if isinstance(type_, Pi) and type_.body == PROP:
        found += [f"fun x => x = {h.name}" for h in tree.hyps if h.type == type_.type]
    return found


def functions(tree: GoalTree, source: Expr, result: Expr) -> list[str]:
    """Functions between two types: local ones, and local operations with one place filled."""
    found = []
    for h in tree.hyps:
        if not isinstance(h.type, Pi) or h.is_prop:
            continue
        first, rest = h.type.type, h.type.body
        if first == source and rest == result:
            found.append(h.name)
        elif isinstance(rest, Pi) and rest.body == result:
            fillers = [v.name for v in tree.hyps if not v.is_prop]
            types = {v.name: v.type for v in tree.hyps}
            if rest.type == source:
                found += [f"({h.name} {v})" for v in fillers if types[v] == first]
            if first == source:
                found += [f"(fun x => {h.name} x {v})" for v in fillers if types[v] == rest.type]
    return found


def small_numbers(expr: Expr) -> list[int]:
    """The literals from 2 to 12 in an expression."""
    numbers = {e.value for e in subterms(expr) if isinstance(e, NatLiteral)}
    return sorted(n for n in numbers if 2 <= n <= 12)


def generalisations(tree: GoalTree) -> Iterator[Action]:
    """Forget what a term is that occurs more than once, so that an induction can be about it."""
    counts: dict[Expr, int] = {}
    for side in arguments(tree.target) if head_name(tree.target) == "Eq" else ():
        for part in visible(side):
            if isinstance(part, App) and head_name(part) not in ("OfNat.ofNat", "List.cons"):
                counts[part] = counts.get(part, 0) + 1
    taken = {h.name for h in tree.hyps}
    for part, count in counts.items():
        if count > 1 and locals_of(part) and not loose(part):
            name = fresh("general", taken)
            yield action("structure.generalise", f"generalize {show(part)} = {name}")


def visible(expr: Expr) -> Iterator[Expr]:
    """The sub-terms that a reader sees."""
    yield expr
    for part in explicit_args(expr):
        yield from visible(part)


# -- numbers ---------------------------------------------------------------------------------


def residues(tree: GoalTree, goal: GoalView) -> Iterator[Action]:
    """Go through the remainders of the numbers in the target by a small modulus in it."""
    moduli = small_numbers(tree.target)
    mentioned = locals_of(tree.target)
    unfold = unfoldable(goal, tree)
    for kind, laws in REMAINDERS.items():
        variables = [h.name for h in tree.hyps if h.type == Const(kind) and h.name in mentioned]
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
            yield action("cases.residues", "\n".join(lines))


def differences(tree: GoalTree) -> Iterator[Action]:
    """Write the greater of two compared numbers as the less and something."""
    taken = {h.name for h in tree.hyps}
    for h in tree.hyps:
        if (
            not h.is_prop
            or head_name(h.type) not in ("LE.le", "LT.lt")
            or len(arguments(h.type)) != 4
        ):
            continue
        low, high = arguments(h.type)[2:]
        if (
            not isinstance(high, Local)
            or tree.types.get(high.name) != NUMBER
            or high.name in locals_of(low)
        ):
            continue
        rest = fresh("c", taken)
        small = show(low, (), 65)
        more = " + 1" if head_name(h.type) == "LT.lt" else ""
        value = f"{high.name} - {show(low, (), 66)}" + (" - 1" if more else "")
        yield action(
            "cases.difference",
            f"obtain ⟨{rest}, rfl⟩ : ∃ {rest}, {high.name} = {small} + {rest}{more} := "
            f"⟨{value}, by omega⟩",
        )


def comparisons(tree: GoalTree) -> Iterator[Action]:
    """Which of two numbers of the context is the greater?"""
    taken = {h.name for h in tree.hyps}
    facts = [h.type for h in tree.hyps if h.is_prop]
    used = {n for e in [tree.target, *facts] for n in locals_of(e)}
    numbers = [h.name for h in tree.hyps if h.type == NUMBER and h.name in used]
    less, same, more = (fresh(n, taken) for n in ("less", "same", "more"))
    for i, j in enumerate(numbers[:3]):
        for k in numbers[i + 1 : 4]:
            text = f"rcases Nat.lt_trichotomy {j} {k} with {less} | {same} | {more}"
            yield action("cases.compare", text)
    for h in tree.hyps:
        if h.type == NUMBER and h.name in used:
            text = f"rcases Nat.eq_zero_or_pos {h.name} with {same} | {more}"
            yield action("cases.zero", text)


def strong_inductions(tree: GoalTree) -> Iterator[Action]:
    """Induction that may use all smaller numbers."""
    taken = {h.name for h in tree.hyps}
    mentioned = locals_of(tree.target)
    ih = fresh("ih", taken)
    for h in tree.hyps:
        if h.type == NUMBER and h.name in mentioned:
            text = f"induction {h.name} using Nat.strongRecOn with\n| _ {h.name} {ih} => ?_"
            yield action("induction.strong", text)


# -- names -----------------------------------------------------------------------------------

CORE = {
    *("Nat", "Int", "Rat", "List", "Option", "Prod", "Sum", "Fin", "Bool", "String", "Char"),
    *("Array", "Subtype", "Sigma", "Unit", "Add", "Mul", "Sub", "Div", "Mod", "Pow", "Append"),
    *("Neg", "Inv", "Membership", "LE", "LT", "GE", "GT", "Dvd", "OfNat", "Function", "BEq"),
    *("GetElem", "Eq", "Iff", "Exists", "And", "Or", "Not", "Decidable", "Zero", "One", "Max"),
    *("Min", "Union", "Inter", "EmptyCollection", "Singleton", "Insert", "Std", "Init", "IntCast"),
    *("NatCast", "DecidableEq", "Classical", "Quot", "Quotient", "Setoid", "Bind", "Pure"),
}
"""First components of names that come with Lean."""


PLAIN_CORE = {
    *("True", "False", "Ne", "HEq", "id", "ite", "dite", "cond", "absurd", "max", "min", "rfl"),
    *("ne_eq", "not", "and", "or", "xor", "PUnit", "Decidable", "Empty", "PEmpty", "outParam"),
    *("optParam", "autoParam", "namedPattern", "Acc", "WellFounded", "ULift", "PLift", "Except"),
}
"""Lean's own names without a dot that are not in `CORE`; any other is somebody's definition."""


def is_core(name: str) -> bool:
    """Whether a constant belongs to core Lean, judging by its name."""
    root, dot, _ = name.partition(".")
    if not dot:
        return root in CORE | PLAIN_CORE or root.startswith("inst")
    return (
        root in CORE
        or root.removeprefix("H") in CORE
        or name.rpartition(".")[2].startswith("inst")
        or root.startswith("inst")
    )


def unfoldable(goal: GoalView, tree: GoalTree | None) -> list[str]:
    """Constants of the target that may be definitions to unfold: not Lean's own, not types."""
    found = [c for c in goal.consts if not is_core(c)]
    if tree is None:
        return found
    said = spoken(tree.target)
    return [c for c in found if c in said]


def spoken(expr: Expr) -> set[str]:
    """Constants in what a reader sees of an expression, types of binders left out."""
    if isinstance(expr, Const):
        return {expr.name}
    if isinstance(expr, App):
        return spoken(expr.function).union(*map(spoken, explicit_args(expr)))
    if isinstance(expr, (Pi, Lambda)):
        arrow = isinstance(expr, Pi) and not uses_bound(expr.body)
        return spoken(expr.body) | (spoken(expr.type) if arrow else set())
    return set()
