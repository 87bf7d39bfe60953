"""Where a witness is asked for, and the steps that give it.

Two kinds of goals have open places: ``∃ x, …``, and those that are what a visible theorem concludes
while the theorem speaks of a predicate, relation, function, list or number that its conclusion does
not say. The terms come from `solve`; each choice becomes a ``refine`` that leaves to be proved what
the models could not refute.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from autoresearch_formal.actions.base import Action, NameView, Situation
from autoresearch_formal.symbolic.facts import fact_expr, type_candidates
from autoresearch_formal.symbolic.steps import action, is_core, unfoldable
from autoresearch_formal.symbolic.witness.interpret import Interpretations, interpretations
from autoresearch_formal.symbolic.witness.solve import TermHole, choices
from autoresearch_formal.symbolic.witness.vocabulary import simple
from autoresearch_formal.terms import (
    ATOM,
    App,
    BadTree,
    Bound,
    Const,
    Expr,
    GoalTree,
    Lambda,
    Local,
    Pi,
    Sort,
    arguments,
    beta,
    explicit_args,
    head,
    head_name,
    instantiate,
    locals_of,
    loose,
    map_with_depth,
    match,
    parse_goal,
    show,
    substitute,
    subterms,
    telescope,
)

MAX_HOLES = 3
MAX_THEOREMS = 8
"""Theorems that are tried at one goal."""

LATER = 0.25
"""How much later each further step is tried."""

MAX_STEPS = 3
"""Steps that are proposed for one goal at its first expansion; later so many more each time."""

DATA = {
    *("Nat", "Int", "List", "Fin", "Bool", "Option", "Prod", "Sum", "Unit", "String", "Char"),
    *("Array", "Subtype"),
}
CLASSES = (
    "Decidable",
    "DecidableEq",
    "DecidablePred",
    "DecidableRel",
    "BEq",
    "LawfulBEq",
    "Inhabited",
)

UNSEEN = "try dsimp only"
KNOWN = "try assumption"
UNPACK = (
    "try simp only [List.mem_map, List.mem_filter, List.mem_append, List.mem_range, "
    "List.mem_reverse, decide_eq_true_eq, List.length_map, List.length_reverse, List.length_range]"
)


def witness_steps(tree: GoalTree, situation: Situation) -> list[Action]:
    """Everything that has an open place, with terms for it, the most likely first."""
    found = [*_witness_steps(tree, situation)]
    return [
        msgspec.structs.replace(a, logprob=a.logprob - LATER * place)
        for place, a in enumerate(found)
    ]


def _witness_steps(tree: GoalTree, situation: Situation) -> Iterator[Action]:
    known: list[Interpretations] = []

    def models() -> Interpretations:
        if not known:
            known.append(interpretations(tree, situation.seed))
        return known[0]

    if head_name(tree.target) == "Exists":
        yield from built_by_constructors(tree, situation)
        asked = existential(tree)
        if asked is not None and models().models:
            yield from exists_steps(tree, *asked, models(), situation.expansion)
        return
    views = [*situation.theory.invented, *situation.concluding]
    found = list(itertools.islice(openings(tree, views), MAX_THEOREMS))
    if found and models().models:
        steps = [s for o in found for s in theorem_steps(tree, o, models(), situation.expansion)]
        yield from steps[: MAX_STEPS * situation.expansion]


# -- there is something ----------------------------------------------------------------------


def existential(tree: GoalTree) -> tuple[list[TermHole], Expr] | None:
    """The holes of ``∃ x y …, …`` and what has to hold of them; None if a type is not simple."""
    holes: list[TermHole] = []
    body = tree.target
    while head_name(body) == "Exists" and len(holes) < MAX_HOLES:
        type_, inner = arguments(body)
        if not isinstance(inner, Lambda) or not simple(type_):
            break
        if isinstance(type_, Sort) or locals_of(type_) & {h.name for h in holes}:
            break
        name = f"?{len(holes)}"
        holes.append(TermHole(name, type_))
        body = instantiate(inner.body, Local(name))
    return (holes, body) if holes else None


def exists_steps(
    tree: GoalTree, holes: list[TermHole], body: Expr, known: Interpretations, expansion: int
) -> Iterator[Action]:
    """``refine ⟨…, ?_⟩`` for each choice of witnesses."""
    conditions = list(conjuncts(body))
    for chosen in choices(tree, holes, conditions, known, expansion):
        shown = ", ".join(show(term) for term in chosen)
        yield action("witness.exists", wrapped(f"refine ⟨{shown}, ?_⟩", chosen))


MAX_BUILT = 10
"""Terms of a user's type that are tried at once."""


def built_by_constructors(tree: GoalTree, situation: Situation) -> Iterator[Action]:
    """Terms of a user's type made by its constructors, all in one step: no model says which.

    What has to hold of them is left to `simp_all` and `omega` with the user's definitions.
    """
    type_ = arguments(tree.target)[0]
    if is_core(head_name(type_) or "Eq"):
        return
    made = constructed(tree, situation, type_)
    unfold = unfoldable(situation.goals[0], tree)
    names = f" [{', '.join(unfold)}]" if unfold else ""
    closers = [f"{by}{names}" for by in ("simp_all", "grind")]
    ways = [f"(refine ⟨{term}, ?_⟩; {by}; done)" for by in closers for term in made]
    if ways:
        yield action("witness.constructors", "\n  | ".join(["first", *ways]))


def constructed(tree: GoalTree, situation: Situation, type_: Expr) -> list[str]:
    """Small terms of a type as Lean text: variables, constructors, constructors of those."""
    owner = head_name(type_) + "."
    makers = [
        (view.name, parsed_type(view)) for view in situation.facts if view.name.startswith(owner)
    ]
    data = [(h.name, h.type) for h in tree.hyps if not h.is_prop]
    found = [name for name, kind in data if kind == type_]
    for _ in range(2):
        more = list(found)
        for name, takes in makers:
            if takes is None:
                continue
            places = [
                found
                if head_name(t) == head_name(type_)
                else [n for n, kind in data if fits(kind, t)]
                for t in takes
            ]
            for args in itertools.islice(itertools.product(*places), MAX_BUILT):
                text = " ".join([name, *[f"({a})" if " " in a else a for a in args]])
                more.append(text)
        found = list(dict.fromkeys(more))[: 2 * MAX_BUILT]
    return sorted(found, key=len)[:MAX_BUILT]


def parsed_type(view: NameView) -> list[Expr] | None:
    """The types of the arguments that a constructor is given; None if it is none."""
    if view.kind != "constructor" or view.tree is None:
        return None
    try:
        binders, _ = telescope(parse_goal(view.tree, {}).target)
    except (BadTree, KeyError):
        return None
    return [t for _, t in binders if not isinstance(t, Sort)]


def fits(type_: Expr, wanted: Expr) -> bool:
    """Whether a variable may stand where a constructor wants one, parameters apart."""
    if isinstance(wanted, Bound):
        return isinstance(type_, (Local, Const))
    return head_name(type_) == head_name(wanted) != ""


def conjuncts(statement: Expr) -> Iterator[Expr]:
    """The parts of a conjunction."""
    if head_name(statement) == "And":
        for part in arguments(statement):
            yield from conjuncts(part)
    else:
        yield statement


def wrapped(text: str, chosen: Sequence[Expr], lists: bool = False) -> str:
    """A step, with decisions made classically where a term has one, and what it left tidied."""
    classical = any(
        isinstance(p, Const) and p.name == "Decidable.decide" for t in chosen for p in subterms(t)
    )
    made = f"classical\n{text}" if classical else text
    lists = lists or any(
        isinstance(p, Const) and p.name.startswith("List.") for t in chosen for p in subterms(t)
    )
    tidy = f"{UNSEEN} <;> {UNPACK}" if lists else UNSEEN
    return f"{made} <;> {tidy} <;> {KNOWN}"


# -- what a theorem leaves open --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """A theorem that concludes the target, with what it needs and what it leaves open."""

    name: str
    holes: tuple[TermHole, ...]
    places: tuple[tuple[str, str], ...]
    """Binders to be written, by name ("" if it has none that can be), with the name of the hole
    or "" for what has to be proved."""
    premises: tuple[Expr, ...]
    classical: bool
    turned: bool
    """Whether it is the equation the other way round."""
    before: str
    """What the target is first rewritten by, "" if by nothing."""


def openings(tree: GoalTree, views: Sequence[NameView]) -> Iterator[Opening]:
    """The theorems that conclude the target, with the fewest and smallest holes first."""
    found: list[Opening] = []
    for view in views:
        fact = fact_expr(view)
        if fact is None:
            continue
        for before, target in forms(tree.target):
            for turned in (False, True):
                said = turned_round(target) if turned else target
                if said is not None:
                    found += opening(view.name, fact, said, tree, turned, before)
    found.sort(key=lambda o: (len(o.holes), len(o.premises)))
    return iter(found)


def forms(target: Expr) -> Iterator[tuple[str, Expr]]:
    """A target as it is, and with numbers of members as lengths, with what makes it so."""
    yield "", target

    def length(part: Expr, _: int) -> Expr | None:
        if head_name(part) != "List.countP" or len(arguments(part)) != 3:
            return None
        type_, condition, members = arguments(part)
        kept = App(Const("List.filter"), (type_, condition, members), (False, True, True))
        return App(Const("List.length"), (type_, kept), (False, True))

    if head_name(target) == "Eq" and isinstance(target, App):
        for side in (1, 2):
            product = target.args[side]
            if head_name(product) == "HMul.hMul" and isinstance(product, App):
                left, right = product.args[-2:]
                turned = App(product.function, (*product.args[:-2], right, left), product.explicit)
                sides = (*target.args[:side], turned, *target.args[side + 1 :])
                said = f"{show(left, (), ATOM)} {show(right, (), ATOM)}"
                yield f"rw [Nat.mul_comm {said}]", App(target.function, sides, target.explicit)
    made = map_with_depth(target, length)
    if made != target and head_name(target) in ("Eq", "LE.le", "LT.lt", "Dvd.dvd"):
        yield "rw [List.countP_eq_length_filter]", made


def turned_round(target: Expr) -> Expr | None:
    """``b = a`` for ``a = b``."""
    if head_name(target) != "Eq" or not isinstance(target, App):
        return None
    type_, left, right = target.args
    return App(target.function, (type_, right, left), target.explicit)


def opened(fact: Expr) -> tuple[list[tuple[str, str, Expr]], Expr]:
    """The binders of a theorem (given name, name here, type), and its conclusion."""
    binders: list[tuple[str, str, Expr]] = []
    while isinstance(fact, Pi):
        name = f"?{len(binders)}"
        binders.append((fact.name, name, fact.type))
        fact = instantiate(fact.body, Local(name))
    return binders, fact


def concludes(fact: Expr, target: Expr) -> bool:
    """Whether the conclusion of a theorem can be made into a target, in either direction."""
    _, conclusion = opened(fact)
    if says_nothing(conclusion):
        return False
    every = [form for _, form in forms(target)]
    every += [t for form in every if (t := turned_round(form)) is not None]
    return any(match(conclusion, form, {}) is not None for form in every)


def says_nothing(conclusion: Expr) -> bool:
    """Whether a conclusion is a variable statement or an equation of variables: those conclude
    anything."""
    if isinstance(head(conclusion), Local):
        return True
    sides = explicit_args(conclusion)
    return head_name(conclusion) == "Eq" and all(isinstance(s, Local) for s in sides)


def opening(
    name: str, fact: Expr, target: Expr, tree: GoalTree, turned: bool, before: str
) -> Iterator[Opening]:
    """The ways in which a theorem concludes a target."""
    binders, conclusion = opened(fact)
    if says_nothing(conclusion):
        return
    solved = match(conclusion, target, {})
    if solved is None or any(loose(e) for e in solved.values()):
        return
    solved = more_types(binders, solved, tree)
    open_types = [n for _, n, t in binders if n not in solved and isinstance(t, Sort)]
    offered = type_candidates(tree)
    for types in itertools.product(offered, repeat=len(open_types)):
        made = _opening(
            name, binders, {**solved, **dict(zip(open_types, types, strict=True))}, tree
        )
        if made is not None:
            yield Opening(name, *made, turned, before)


def more_types(
    binders: Sequence[tuple[str, str, Expr]], solved: Mapping[str, Expr], tree: GoalTree
) -> dict[str, Expr]:
    """What the types of variables say of a theorem's types."""
    found = dict(solved)
    for _, name, type_ in binders:
        term = found.get(name)
        if isinstance(term, Local) and term.name in tree.types:
            found = match(type_, tree.types[term.name], found) or found
    return found


def _opening(
    name: str, binders: Sequence[tuple[str, str, Expr]], solved: Mapping[str, Expr], tree: GoalTree
) -> tuple[tuple[TermHole, ...], tuple[tuple[str, str], ...], tuple[Expr, ...], bool] | None:
    holes: list[TermHole] = []
    places: list[tuple[str, str]] = []
    premises: list[Expr] = []
    classical = False
    for given, here, raw in binders:
        type_ = beta(substitute(raw, solved))
        if here in solved:
            continue
        if is_instance(given, type_):
            classical = classical or "Decidable" in head_name(telescope(type_)[1])
            continue
        written = given if re.fullmatch(r"[^\W\d]\w*['₀-₉]*", given) else ""
        if is_data(type_, tree):
            holes.append(TermHole(here, type_))
            places.append((written, here))
            if not simple(type_) or not written or locals_of(type_) - set(tree.types):
                return None
        else:
            premises.append(type_)
            places.append((written, ""))
    if len(holes) > MAX_HOLES:
        return None
    return tuple(holes), tuple(places), tuple(premises), classical


def is_instance(name: str, type_: Expr) -> bool:
    """Whether Lean finds an argument by itself."""
    last = head_name(telescope(type_)[1])
    return name.startswith("inst") or last in CLASSES


def is_data(type_: Expr, tree: GoalTree) -> bool:
    """Whether a type is that of things, functions of things, or predicates."""
    result = telescope(type_)[1]
    if isinstance(result, (Sort, Local)):
        return True
    known = {head_name(h.type) for h in tree.hyps if not h.is_prop}
    return bool(head_name(result)) and head_name(result) in DATA | known


def theorem_steps(
    tree: GoalTree, found: Opening, known: Interpretations, expansion: int
) -> Iterator[Action]:
    """``refine theorem (R := …) ?_ …`` for each choice of terms that the models let through."""
    if not found.holes:
        if not refuted_premise(found, known):
            yield action("witness.theorem", written(found, {}), found.name)
        return
    for chosen in choices(tree, found.holes, found.premises, known, expansion):
        terms = {h.name: t for h, t in zip(found.holes, chosen, strict=True)}
        if any(beta(substitute(p, terms)) == tree.target for p in found.premises):
            continue  # what it needs is what was to be shown
        yield action("witness.instance", written(found, terms), found.name)


def refuted_premise(found: Opening, known: Interpretations) -> bool:
    """Whether something that a theorem needs is not known to be true in every model."""
    return any(known.holds(p, m) is not True for p in found.premises for m in known.models)


def written(found: Opening, terms: Mapping[str, Expr]) -> str:
    """The step as Lean text."""
    said = []
    for name, hole in found.places:
        value = show(terms[hole]) if hole else "?_"
        said.append(
            f"({name} := {value})" if name else show(terms[hole], (), ATOM) if hole else "?_"
        )
    text = " ".join([found.name, *said])
    text = f"refine ({text}).symm" if found.turned else f"refine {text}"
    made = wrapped(text, list(terms.values()), lists=bool(found.before))
    made = f"{found.before}\n{made}" if found.before else made
    return f"classical\n{made}" if found.classical and "classical\n" not in made else made
