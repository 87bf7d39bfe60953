"""What Lean knows about a constant: its kind, its type, its defining equations.

The gym answers with goals, so types and equations are read off a goal that has them as hypotheses
(``have e := @c.eq_1``). Everything asked is remembered; library constants never change during one
comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.lean.handles import State, Theory
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.terms.expr import BadTree, Expr, build_nodes, head_name

MAX_EQUATIONS = 8
"""Defining equations asked for; definitions by more cases than that count as not understood."""


class Unsupported(Exception):
    """A term that can't be evaluated here; says nothing about its truth."""


@dataclass(slots=True)
class Shape:
    """An inductive type or structure: its constructors, and how many parameters it has."""

    name: str
    constructors: list[tuple[str, Expr]]
    parameters: int
    structure: bool
    fields: list[str] = field(default_factory=list)
    """Field names in order, for structures."""


def binders(type_: Expr) -> tuple[list[tuple[str, Expr]], Expr]:
    """The leading binders of a type (name, type), and what stands after them."""
    found = []
    while type_[0] == "p":
        found.append((str(type_[1]), type_[2]))
        type_ = type_[3]
    return found, type_


def is_proposition(constants: Constants, type_: Expr, context: Sequence[tuple[str, Expr]]) -> bool:
    """Whether a type is a proposition, so that what has it is a proof and no data.

    `context` are the binders around it, outermost first. Decided by the form alone: what a
    constant or variable at the head gives in the end.
    """
    around = list(context)
    while type_[0] == "p":
        around.append((str(type_[1]), type_[2]))
        type_ = type_[3]
    taken = 0
    while type_[0] == "a":
        taken += len(type_[2])
        type_ = type_[1]
    if type_[0] == "c":
        head = constants.type(type_[1])
    elif type_[0] == "b" and type_[1] < len(around):
        head = around[-1 - type_[1]][1]
    else:
        return False
    for _ in range(taken):
        if head[0] != "p":
            return False
        head = head[3]
    return head[0] == "S" and str(head[1]) == "0"


class Constants:
    """Constants of one theory, looked up on demand."""

    def __init__(self, gym: Gym, theory: Theory) -> None:
        self.gym = gym
        self.theory = theory
        self._kinds: dict[str, str] = {}
        self._types: dict[str, Expr | None] = {}
        self._equations: dict[str, list[Expr]] = {}
        self._shapes: dict[str, Shape | None] = {}
        self._state: State | None = None

    def take_over(self, other: Constants) -> None:
        """Start with what is known about a smaller theory's constants."""
        self._kinds |= {n: k for n, k in other._kinds.items() if k}
        self._types |= {n: t for n, t in other._types.items() if t is not None}
        self._equations |= {n: e for n, e in other._equations.items() if e}
        self._shapes |= {n: s for n, s in other._shapes.items() if s is not None}

    def move(self, theory: Theory) -> None:
        """Go on in a larger theory."""
        self.theory = theory
        self._state = None

    def _look(self, names: list[str]) -> list[Expr | None]:
        """The types of constants, None where there is none of that name."""
        if self._state is None:
            self._state, _ = self.gym.goal(self.theory, statement="True")
        steps = self.gym.try_(
            self._state, [f"have found := @{name}" for name in names], tree=True, pp=False
        )
        found: list[Expr | None] = []
        for step in steps:
            if not step.ok or not step.children:
                found.append(None)
                continue
            tree = step.children[0].goals[0].tree
            assert tree is not None
            try:
                nodes = build_nodes(tree["nodes"], [n for n, _ in tree["hyps"]])
            except BadTree:
                found.append(None)
                continue
            found.append(nodes[tree["hyps"][-1][1]])
        self.gym.drop([child.state for step in steps for child in step.children])
        return found

    def load(self, names: Iterable[str]) -> None:
        """Ask for the types of several constants at once."""
        missing = [n for n in dict.fromkeys(names) if n not in self._types]
        for start in range(0, len(missing), 200):
            part = missing[start : start + 200]
            for name, type_ in zip(part, self._look(part), strict=True):
                self._types[name] = type_

    def type(self, name: str) -> Expr:
        """The type of a constant. Raises `Unsupported` if there is none of that name."""
        self.load([name])
        found = self._types[name]
        if found is None:
            raise Unsupported(name)
        return found

    def note_kind(self, name: str, kind: str) -> None:
        """Remember a kind that some other answer has told."""
        self._kinds[name] = kind

    def kind(self, name: str) -> str:
        """``def``, ``theorem``, ``structure``, ``inductive``, ``constructor``, …"""
        if name not in self._kinds:
            try:
                told = self.gym.describe(self.theory, [name]).decls
            except GymError:
                told = ()
            self._kinds[name] = told[0].kind if told else ""
        return self._kinds[name]

    def equations(self, name: str) -> list[Expr]:
        """The equations ``f x y = …`` that define a function, as types."""
        if name not in self._equations:
            asked = [f"{name}.eq_{k}" for k in range(1, MAX_EQUATIONS + 2)]
            first = self._look(asked[:1])
            found = [e for e in first if e is not None]
            if found and _has_cases(found[0]):
                for equation in self._look(asked[1:]):
                    if equation is None:
                        break
                    found.append(equation)
            if len(found) > MAX_EQUATIONS:
                found = []
            self._equations[name] = found
        return self._equations[name]

    def shape(self, name: str) -> Shape | None:
        """How an inductive type is made; None if it is none or has no shape known here."""
        if name not in self._shapes:
            self._shapes[name] = self._find_shape(name)
        return self._shapes[name]

    def is_projection(self, name: str) -> bool:
        """Whether a constant is a field of a structure."""
        owner, _, last = name.rpartition(".")
        if not owner or self.kind(owner) not in ("structure", "class"):
            return False
        shape = self.shape(owner)
        return shape is not None and last in shape.fields

    def _find_shape(self, name: str) -> Shape | None:
        kind = self.kind(name)
        if kind not in ("structure", "class", "inductive"):
            return None
        made = [f"{name}.mk", f"{name}.intro"]
        self.load(made)
        names = [n for n in made if self._types[n] is not None and self.kind(n) == "constructor"]
        if kind == "inductive" or not names:
            listed = self.gym.names(self.theory, modules=["*"], prefix=name).names
            names = [
                d.name
                for d in listed
                if d.kind == "constructor" and d.name.rpartition(".")[0] == name
            ]
        self.load(names)
        constructors = [(n, self.type(n)) for n in names]
        if not constructors:
            return None
        parameters = min(_parameters(name, type_) for _, type_ in constructors)
        fields = []
        if kind != "inductive":
            fields = [n for n, _ in binders(constructors[0][1])[0][parameters:]]
        return Shape(name, constructors, parameters, kind != "inductive", fields)


def _has_cases(equation: Expr) -> bool:
    """Whether some argument of the left side is a pattern, so that there may be more equations."""
    _, statement = binders(equation)
    if head_name(statement) != "Eq" or statement[0] != "a":
        return False
    left = statement[2][1]
    return left[0] == "a" and any(a[0] != "b" for a in left[2])


def _parameters(name: str, constructor: Expr) -> int:
    """How many leading arguments of the result are the constructor's leading binders in order."""
    found, result = binders(constructor)
    if head_name(result) != name or result[0] != "a":
        return 0
    count = 0
    for place, argument in enumerate(result[2]):
        if argument != ("b", len(found) - 1 - place):
            break
        count += 1
    return count
