"""What several systems have in common: laws that general theorems ask for, up to names.

A theorem about a concrete system, generalised from its proof (the gym's ``abstract``), lists the
laws of the system that the proof uses. Here such lists are compared. Laws that occur together in
theorems about several systems are worth a definition: whoever shows them for one more system has
all those theorems for it. Nothing here knows a law; two laws are the same if they are the same
terms after the operations of one system are put in the place of the other's.

A. Gandhi, A. R. Tadipatri, T. Gowers, "Automatically Generalizing Proofs and Statements" (ITP
2025), generalise one theorem at a time; that the same hypotheses arise again and again is used as
in O. Pons, "Generalization in type theory based proof assistants" (TYPES 2000).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from autoresearch_formal.lean.messages import AbstractAnswer
from autoresearch_formal.terms import (
    BadTree,
    Expr,
    Lambda,
    Local,
    Pi,
    fresh,
    instantiate,
    locals_of,
    map_children,
    parse_goal,
    show,
    substitute,
    uses_bound,
)

Role = Literal["carrier", "operation", "law"]

CARRIER = "α"
"""The name of the one carrier of a list of laws."""

MOST_OPERATIONS = 8
"""Lists of laws about more operations than this are not compared: there are too many ways."""


@dataclass(frozen=True, slots=True)
class TheoremVariable:
    """A variable of a general theorem: its type over the variables before it, and what it was."""

    role: Role
    name: str
    type: Expr
    origin: str
    """The concrete term as text."""


@dataclass(frozen=True, slots=True)
class GeneralTheorem:
    """A theorem about any system, as the gym made it of one about a concrete system."""

    name: str
    parameters: tuple[tuple[str, Expr], ...]
    ingredients: tuple[TheoremVariable, ...]
    statement: Expr
    """What it says of the variables, which are context variables in it."""
    home: tuple[tuple[str, str], ...] = ()
    """Variables that say which system the original is about, with their types as text."""

    @classmethod
    def read(cls, answer: AbstractAnswer) -> GeneralTheorem:
        """From the gym's answer, which must have the declaration's ``tree``. Raises `BadTree`."""
        statement = parse_goal(answer.decl.tree or {}, {}).target
        told = answer.ingredients
        parameters: list[tuple[str, Expr]] = []
        ingredients: list[TheoremVariable] = []
        taken: set[str] = set()
        while len(ingredients) < len(told):
            if not isinstance(statement, Pi):
                raise BadTree(f"{answer.decl.name}: fewer variables than ingredients")
            part = told[len(ingredients)]
            own = bool(ingredients) or statement.name == part.name
            name = fresh(part.name if own else statement.name, taken)
            taken.add(name)
            if own:
                ingredients.append(TheoremVariable(part.role, name, statement.type, part.origin))
            else:
                parameters.append((name, statement.type))
            statement = instantiate(statement.body, Local(name))
        home = answer.home
        return cls(answer.decl.name, tuple(parameters), tuple(ingredients), statement, home)

    @property
    def systems(self) -> tuple[str, ...]:
        """The constants that the carriers were, without what they were of."""
        return tuple(system_of(i.origin) for i in self.ingredients if i.role == "carrier")

    def about(self, system: str) -> tuple[dict[str, Expr], dict[str, Expr]]:
        """The operations and laws of one system that speak of no other and of no parameter.

        Both are called by what they were, and the operations stand in the laws by these names.
        """
        operations: dict[str, Expr] = {}
        laws: dict[str, Expr] = {}
        names: dict[str, Expr] = {}
        foreign = {name for name, _ in self.parameters}
        for part in self.ingredients:
            speaks_of = locals_of(part.type)
            origin = self.anonymous(part.origin)
            if part.role == "carrier" and system_of(part.origin) == system and not names:
                names[part.name] = Local(CARRIER)
            elif part.role == "carrier" or speaks_of & foreign:
                foreign.add(part.name)
            elif part.role == "operation" and speaks_of & names.keys():
                names[part.name] = Local(origin)
                operations[origin] = substitute(part.type, names)
            elif part.role == "law" and speaks_of & names.keys():
                laws[origin] = substitute(part.type, names)
        return operations, laws

    def anonymous(self, origin: str) -> str:
        """A concrete term whatever its parameters are called."""
        names = {name for name, _ in (*self.parameters, *self.home)}
        return re.sub(r"[^\s()]+", lambda w: "_" if w.group() in names else w.group(), origin)


def system_of(carrier: str) -> str:
    """The constant of a carrier, without what it is of."""
    return carrier.split()[0].lstrip("(@")


@dataclass(frozen=True, slots=True)
class LawSet:
    """Laws of operations on one carrier; equal if they are the same up to names and order."""

    operations: tuple[Expr, ...]
    """Types; operation number `i` is the context variable ``f_i`` in the laws."""
    laws: tuple[Expr, ...]

    @classmethod
    def of(cls, operations: Mapping[str, Expr], laws: Iterable[Expr]) -> LawSet:
        """The laws, with their operations in the order that makes the text of all least.

        Raises:
            ValueError: for more than `MOST_OPERATIONS` operations.
        """
        return cls.arranged(operations, laws)[0]

    @classmethod
    def arranged(
        cls, operations: Mapping[str, Expr], laws: Iterable[Expr]
    ) -> tuple[LawSet, dict[str, str]]:
        """The same, and what each operation that the laws speak of is called in them."""
        keys = [nameless(law) for law in laws]
        used = set().union(*map(locals_of, keys))
        types = {name: nameless(type_) for name, type_ in operations.items() if name in used}
        if len(types) > MOST_OPERATIONS:
            raise ValueError(f"laws about {len(types)} operations")
        groups: dict[str, list[str]] = {}
        for name, type_ in types.items():
            groups.setdefault(show(type_), []).append(name)
        ordered = [groups[text] for text in sorted(groups)]
        best: tuple[list[str], tuple[Expr, ...], dict[str, str]] | None = None
        for choice in itertools.product(*map(itertools.permutations, ordered)):
            called = {name: f"f_{i}" for i, name in enumerate(itertools.chain(*choice))}
            renamed = {show(law): law for law in (rename(key, called) for key in keys)}
            texts = sorted(renamed)
            if best is None or texts < best[0]:
                best = texts, tuple(renamed[text] for text in texts), called
        assert best is not None
        return cls(tuple(types[n] for group in ordered for n in group), best[1]), best[2]

    def __len__(self) -> int:
        return len(self.laws)

    def part(self, laws: Iterable[Expr]) -> LawSet:
        """Some of the laws, with the operations that they speak of."""
        return LawSet.of(self.named(), laws)

    def named(self) -> dict[str, Expr]:
        """The operations by their names in the laws."""
        return {f"f_{i}": type_ for i, type_ in enumerate(self.operations)}

    def together(self, other: LawSet) -> LawSet:
        """The most laws that both have, under the best correspondence of their operations."""
        best: set[Expr] = set()
        own = set(self.laws)
        for names in _correspondences(other.operations, self.operations):
            both = own & {rename(law, names) for law in other.laws}
            if len(both) > len(best):
                best = both
        return self.part(best) if best else LawSet((), ())

    def holds_in(self, other: LawSet) -> bool:
        """Whether these are among the other's laws, under some correspondence."""
        return any(True for _ in self.embeddings(other))

    def embeddings(self, other: LawSet) -> Iterator[dict[str, str]]:
        """The correspondences of operations under which these are among the other's laws."""
        theirs = set(other.laws)
        for names in _correspondences(self.operations, other.operations):
            if all(rename(law, names) in theirs for law in self.laws):
                yield names

    @property
    def letters(self) -> dict[str, str]:
        """What the operations are called in Lean text."""
        return {f"f_{i}": f"f{i + 1}" for i in range(len(self.operations))}

    def lean(self, name: str) -> str:
        """A structure of this name as Lean text."""
        letters = self.letters
        types = zip(letters.values(), self.operations, strict=True)
        parameters = [f"({letter} : {show(type_)})" for letter, type_ in types]
        lines = [f"structure {name} {{{CARRIER} : Type}} {' '.join(parameters)} : Prop where"]
        for number, law in enumerate(self.laws, 1):
            lines.append(f"  law{number} : {quantified(rename(law, letters), HINTS)}")
        return "\n".join(lines) + "\n"


def rename(expr: Expr, names: Mapping[str, str]) -> Expr:
    """The term with context variables called otherwise."""
    return substitute(expr, {old: Local(new) for old, new in names.items()})


def _correspondences(these: Sequence[Expr], those: Sequence[Expr]) -> Iterator[dict[str, str]]:
    """Ways to put operations of the same types in the place of these, as many as possible."""
    places: dict[Expr, list[int]] = {}
    for place, type_ in enumerate(those):
        places.setdefault(type_, []).append(place)
    groups: dict[Expr, list[int]] = {}
    for number, type_ in enumerate(these):
        groups.setdefault(type_, []).append(number)
    choices = []
    for type_, numbers in groups.items():
        # an operation without a partner becomes one that no law of the other speaks of
        free: list[int | None] = [*places.get(type_, [])]
        free += [None] * max(0, len(numbers) - len(free))
        choices.append([zip(numbers, p, strict=True) for p in _arrangements(free, len(numbers))])
    for choice in itertools.product(*[[list(pairs) for pairs in c] for c in choices]):
        yield {
            f"f_{number}": f"f_{place}" if place is not None else f"none_{number}"
            for pairs in choice
            for number, place in pairs
        }


def _arrangements(free: Sequence[int | None], count: int) -> Iterator[tuple[int | None, ...]]:
    return iter(dict.fromkeys(itertools.permutations(free, count)))


def nameless(expr: Expr) -> Expr:
    """The term without the names of bound variables."""
    made = map_children(expr, lambda part, _: nameless(part))
    if isinstance(made, Pi | Lambda):
        return type(made)("x", made.type, made.body)
    return made


HINTS = ("a", "b", "c", "d", "x", "y", "z")
"""Names for the variables of a law."""


def quantified(statement: Expr, hints: Sequence[str] = ()) -> str:
    """A statement as Lean text, neighbouring variables of one type named together.

    Args:
        statement: what is to be said.
        hints: names for its variables; without any, they keep their own.
    """
    groups: list[tuple[str, list[str]]] = []
    taken = set(locals_of(statement))
    while isinstance(statement, Pi) and uses_bound(statement.body):
        count = sum(len(names) for _, names in groups)
        name = fresh(hints[count] if count < len(hints) else statement.name, taken)
        taken.add(name)
        type_ = show(statement.type)
        if not groups or groups[-1][0] != type_:
            groups.append((type_, []))
        groups[-1][1].append(name)
        statement = instantiate(statement.body, Local(name))
    binders = "".join(f"∀ {' '.join(names)} : {type_}, " for type_, names in groups)
    return binders + show(statement)


@dataclass(frozen=True, slots=True)
class SharedLaws:
    """Laws that theorems about several systems ask for."""

    laws: LawSet
    systems: tuple[str, ...]
    """The carriers, as text."""
    theorems: tuple[str, ...]
    """Those that ask for nothing else of their system."""


def shared_laws(theorems: Sequence[GeneralTheorem], systems: int = 2) -> list[SharedLaws]:
    """Lists of laws that hold in at least so many systems and give at least two theorems.

    Candidates are what one theorem asks for, what all theorems about one system ask for, and what
    two such lists have in common. First those that hold in most systems, then those that give most
    theorems, then the shortest.
    """
    asked = _asked_one_by_one(theorems)
    wholes: dict[str, LawSet] = {}
    for system in asked:
        operations, laws = asked_of(system, theorems)
        wholes[system] = LawSet.of(operations, laws.values())
    lists = dict.fromkeys(one for known in asked.values() for one in known.values())
    for one, other in itertools.combinations([*lists, *wholes.values()], 2):
        lists.setdefault(one.together(other))
    found = []
    for one in lists:
        where = tuple(s for s, whole in wholes.items() if one.laws and one.holds_in(whole))
        gives = {n for known in asked.values() for n, asks in known.items() if asks.holds_in(one)}
        if len(where) >= systems and len(gives) >= 2:
            found.append(SharedLaws(one, where, tuple(sorted(gives))))
    found.sort(key=lambda s: (-len(s.systems), -len(s.theorems), len(s.laws)))
    return [s for i, s in enumerate(found) if not any(_no_less(t, s) for t in found[:i])]


def _asked_one_by_one(theorems: Iterable[GeneralTheorem]) -> dict[str, dict[str, LawSet]]:
    """For each system, what each theorem asks of it, if that can be compared."""
    asked: dict[str, dict[str, LawSet]] = {}
    for theorem in theorems:
        for system in dict.fromkeys(theorem.systems):
            operations, laws = theorem.about(system)
            if laws and len(_spoken_of(laws.values())) <= MOST_OPERATIONS:
                one = LawSet.of(operations, laws.values())
                asked.setdefault(system, {})[theorem.name] = one
    return asked


def asked_of(
    system: str, theorems: Iterable[GeneralTheorem]
) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """The operations and laws that theorems ask of a system, by what they were.

    Laws that would make it more than `MOST_OPERATIONS` operations are left out.
    """
    operations: dict[str, Expr] = {}
    laws: dict[str, Expr] = {}
    for theorem in theorems:
        if system in theorem.systems:
            own_operations, own_laws = theorem.about(system)
            operations |= own_operations
            for origin, law in own_laws.items():
                if len(_spoken_of([*laws.values(), law])) <= MOST_OPERATIONS:
                    laws[origin] = law
    return operations, laws


def _spoken_of(laws: Iterable[Expr]) -> set[str]:
    """The operations that laws speak of."""
    return set().union(*map(locals_of, laws)) - {CARRIER}


def _no_less(one: SharedLaws, other: SharedLaws) -> bool:
    """Whether one does all that the other does, with laws that are no more."""
    return (
        set(one.systems) >= set(other.systems)
        and set(one.theorems) >= set(other.theorems)
        and len(one.laws) <= len(other.laws)
    )
