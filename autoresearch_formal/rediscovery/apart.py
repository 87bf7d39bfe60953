"""Which step takes a goal apart without losing anything: read off the goal, no search.

Introducing, splitting, unfolding definitions of the file and of the reference library, taking
structures apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from autoresearch_formal.lean.messages import GoalView
from autoresearch_formal.rediscovery.statement import quoted
from autoresearch_formal.rediscovery.steps import chosen_functions
from autoresearch_formal.symbolic.finite_models.constants import (
    Constants,
    Shape,
    Unsupported,
    binders,
)
from autoresearch_formal.symbolic.finite_models.sides import head_and_arguments
from autoresearch_formal.terms.expr import Expr, GoalTree, constants

BUNDLED = frozenset(
    f"Reconstruct.Reference.{name}" for name in ("Magma", "Monoid", "Group", "Ring")
)
"""Structures of the reference library that carry operations."""


class Apart:
    """Proposes steps. `own` are the definitions of the file."""

    def __init__(self, constants: Constants, own: frozenset[str]) -> None:
        self.constants = constants
        self.own = own

    def step(self, tree: GoalTree, raw: frozenset[str], done: set[str]) -> str | None:
        """The next step that takes the goal apart, if there is one left to take. Structures named
        in `raw` are taken apart too."""
        for hypothesis in tree.hyps:
            step = self._at(hypothesis.name, hypothesis.type, hypothesis.is_prop, raw)
            if step is not None and step not in done:
                return step
        if "dsimp only at *" not in done and any(s.startswith("obtain") for s in done):
            return "dsimp only at *"
        if "dsimp only at *" in done:
            # laws that others mention keep their old form until they are named
            made = {f"{name}.mk" for name in BUNDLED | self.own}
            for hypothesis in tree.hyps:
                step = f"dsimp only at {hypothesis.name}"
                if hypothesis.is_prop and step not in done and constants(hypothesis.type) & made:
                    return step
        for step in chosen_functions(tree):
            if step not in done:
                return step
        head, arguments = head_and_arguments(tree.target)
        if head[0] == "l" and "beta_reduce" not in done:
            return "beta_reduce"
        if head == ("c", "Exists"):
            return self._structure_witness(arguments, done)
        if tree.target[0] == "p":
            used = set(tree.types)
            return "intro " + unused(str(tree.target[1]), used, "h")
        if head[0] != "c":
            return None
        if head[1] in ("Iff", "And") and "constructor" not in done:
            return "constructor"
        if self.about_functions(tree.target):
            step = "funext " + unused("x", set(tree.types), "x")
            return step if step not in done else None
        shape = self._structure(head[1])
        if shape is not None:
            holes = ", ".join("?_" for _ in shape.fields)
            step = f"refine ⟨{holes}⟩"
            return step if step not in done else None
        if self._unfoldable(head[1], len(arguments)):
            step = f"unfold {quoted(head[1])}"
            return step if step not in done else None
        return None

    def _at(self, name: str, type_: Expr, is_prop: bool, raw: frozenset[str]) -> str | None:
        head, arguments = head_and_arguments(type_)
        if head[0] != "c":
            return None
        if not is_prop:
            own = head[1] in self.own and self._has_laws(head[1])
            if name in raw or own:
                return f"obtain {self._pattern(head[1], name)} := {name}"
            return None
        if head[1] == "Eq" and any(a[0] == "f" for a in arguments[1:]):
            return f"subst {name}"
        if head[1] in ("And", "Exists"):
            return f"obtain ⟨{name}, {name}_{'1' if not name.endswith('_1') else '2'}⟩ := {name}"
        if head[1] == "Or":
            return f"rcases {name} with {name} | {name}"
        shape = self._structure(head[1])
        if shape is not None:
            fields = ", ".join(f"{name}_{f}" for f in shape.fields)
            return f"obtain ⟨{fields}⟩ := {name}"
        if self._unfoldable(head[1], len(arguments)):
            return f"unfold {quoted(head[1])} at {name}"
        return None

    def _has_laws(self, name: str) -> bool:
        """Whether a constant is a structure of data."""
        shape = self.constants.shape(name)
        return shape is not None and shape.structure

    def _structure_witness(self, arguments: Sequence[Expr], done: set[str]) -> str | None:
        """For ``∃ S : Structure, S.op = m ∧ …``: the structure with these operations."""
        head, _ = head_and_arguments(arguments[0])
        shape = self.constants.shape(head[1]) if head[0] == "c" and head[1] in self.own else None
        if shape is None or arguments[1][0] != "l":
            return None
        known: dict[str, str] = {}
        claim = arguments[1][3]
        while True:
            claim_head, parts = head_and_arguments(claim)
            equation = parts[0] if claim_head == ("c", "And") else claim
            _, sides = head_and_arguments(equation)
            projection, _ = head_and_arguments(sides[1])
            if len(sides) != 3 or sides[2][0] != "f" or projection[0] != "c":
                return None
            known[str(projection[1]).rpartition(".")[2]] = str(sides[2][1])
            if claim_head != ("c", "And"):
                break
            claim = parts[1]
        fields = ", ".join(known.get(f, "?_") for f in shape.fields)
        step = f"refine ⟨⟨{fields}⟩, {', '.join(['rfl'] * len(known))}⟩"
        return step if step not in done else None

    def _pattern(self, structure: str, base: str) -> str:
        shape = self.constants.shape(structure)
        if shape is None:
            return base
        parts = []
        for (_, type_), name in zip(
            binders(shape.constructors[0][1])[0][shape.parameters :], shape.fields, strict=True
        ):
            head, _ = head_and_arguments(type_)
            inner = self.constants.shape(head[1]) if head[0] == "c" else None
            if inner is not None and head[1] in BUNDLED:
                parts.append(self._pattern(head[1], base))
            else:
                parts.append(f"{base}_{name}")
        return "⟨" + ", ".join(parts) + "⟩"

    def _mine(self, name: str) -> bool:
        return name in self.own or name.startswith("Reconstruct.")

    def about_functions(self, type_: Expr) -> bool:
        """Whether a proposition is an equation of functions."""
        head, arguments = head_and_arguments(type_)
        if head != ("c", "Eq") or len(arguments) != 3:
            return False
        of, _ = head_and_arguments(arguments[0])
        return of[0] == "p" or (of[0] == "c" and self.constants.kind(of[1]) in ("def", "abbrev"))

    def _structure(self, name: str) -> Shape | None:
        """A structure of propositions that may be taken apart."""
        if name != "Equivalence" and not self._mine(name):
            return None
        shape = self.constants.shape(name)
        return shape if shape is not None and shape.structure else None

    def _unfoldable(self, name: str, arguments: int) -> bool:
        if not self._mine(name) or self.constants.kind(name) not in ("def", "abbrev"):
            return False
        equations = self.constants.equations(name)
        if len(equations) != 1:
            return False
        _, statement = binders(equations[0])
        if statement[0] != "a" or len(statement[2]) != 3:
            return False
        left, right = statement[2][1], statement[2][2]
        return len(head_and_arguments(left)[1]) <= arguments and name not in constants(right)

    def to_unfold(self, goal: GoalView) -> list[str]:
        """Definitions in the goal and in what they say, constructors of structures left out."""
        found: dict[str, None] = {}
        queue = [c for c in goal.consts if self._mine(c)]
        while queue and len(found) < 24:
            name = queue.pop(0)
            if name in found or self.constants.kind(name) not in ("def", "abbrev"):
                continue
            if self.constants.is_projection(name):
                continue
            try:
                equations = self.constants.equations(name)
            except Unsupported:
                continue
            if equations:
                found[name] = None
            for equation in equations:
                queue += [c for c in sorted(constants(equation)) if self._mine(c)]
        return list(found)


def unused(name: str, taken: set[str], otherwise: str) -> str:
    """A name for a new variable."""
    base = "".join(c for c in name if c.isalnum() or c == "_") or otherwise
    if base[0].isdigit() or base.startswith("a✝"):
        base = otherwise
    chosen, number = base, 1
    while chosen in taken:
        chosen, number = f"{base}{number}", number + 1
    return chosen
