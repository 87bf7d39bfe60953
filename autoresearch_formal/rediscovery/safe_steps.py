"""Which step takes a goal apart without losing anything: read off the goal, no search.

Introducing, splitting, unfolding definitions of the file and of the reference library, taking
structures apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from autoresearch_formal.lean.messages import ShownGoal
from autoresearch_formal.rediscovery.steps import chosen_functions
from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.symbolic.finite_models.definitions import Shape
from autoresearch_formal.symbolic.finite_models.values import Unsupported
from autoresearch_formal.terms import (
    Const,
    Expr,
    GoalTree,
    Lambda,
    Local,
    Pi,
    arguments,
    constants,
    head,
    head_name,
    quoted,
    spine,
    telescope,
)

BUNDLED = frozenset(
    f"Reconstruct.Reference.{name}" for name in ("Magma", "Monoid", "Group", "Ring")
)
"""Structures of the reference library that carry operations."""


class SafeSteps:
    """Proposes steps. `own` are the definitions of the file."""

    def __init__(self, constants: Constants, own: frozenset[str]) -> None:
        self.constants = constants
        self.own = own

    def step(self, tree: GoalTree, opened: frozenset[str], done: set[str]) -> str | None:
        """The next step that takes the goal apart, if there is one left to take. Structures named
        in `opened` are taken apart too."""
        for hypothesis in tree.hyps:
            step = self._at(hypothesis.name, hypothesis.type, hypothesis.is_prop, opened)
            if step is not None and step not in done:
                return step
        for step in [*self._reductions(tree, done), *chosen_functions(tree)]:
            if step not in done:
                return step
        return self._at_target(tree, done)

    def _reductions(self, tree: GoalTree, done: set[str]) -> Iterator[str]:
        """What makes the fields of structures readable that have been taken apart."""
        everywhere = "dsimp only at *"
        if everywhere not in done:
            if any(step.startswith("obtain") for step in done):
                yield everywhere
            return
        # laws that others mention keep their old form until they are named
        constructors = {f"{name}.mk" for name in BUNDLED | self.own}
        for hypothesis in tree.hyps:
            if hypothesis.is_prop and constants(hypothesis.type) & constructors:
                yield f"dsimp only at {hypothesis.name}"

    def _at_target(self, tree: GoalTree, done: set[str]) -> str | None:
        target = tree.target
        name = head_name(target)
        if isinstance(head(target), Lambda) and "beta_reduce" not in done:
            return "beta_reduce"
        if name == "Exists":
            return self._structure_witness(target, done)
        if isinstance(target, Pi):
            return "intro " + unused(target.name, set(tree.types), "h")
        if not name:
            return None
        if name in ("Iff", "And") and "constructor" not in done:
            return "constructor"
        shape = self._structure(name)
        if self.about_functions(target):
            step = "funext " + unused("x", set(tree.types), "x")
        elif shape is not None:
            step = f"refine ⟨{', '.join('?_' for _ in shape.fields)}⟩"
        elif self._unfoldable(target):
            step = f"unfold {quoted(name)}"
        else:
            return None
        return step if step not in done else None

    def _at(self, name: str, type_: Expr, is_prop: bool, opened: frozenset[str]) -> str | None:
        of = head_name(type_)
        if not of:
            return None
        if not is_prop:
            own = of in self.own and self._has_laws(of)
            return f"obtain {self._pattern(of, name)} := {name}" if name in opened or own else None
        if of == "Eq" and any(isinstance(a, Local) for a in spine(type_)[1][1:]):
            return f"subst {name}"
        if of in ("And", "Exists"):
            return f"obtain ⟨{name}, {name}_{'1' if not name.endswith('_1') else '2'}⟩ := {name}"
        if of == "Or":
            return f"rcases {name} with {name} | {name}"
        shape = self._structure(of)
        if shape is not None:
            fields = ", ".join(f"{name}_{f}" for f in shape.fields)
            return f"obtain ⟨{fields}⟩ := {name}"
        if self._unfoldable(type_):
            return f"unfold {quoted(of)} at {name}"
        return None

    def _has_laws(self, name: str) -> bool:
        """Whether a constant is a structure of data."""
        shape = self.constants.shape(name)
        return shape is not None and shape.structure

    def _structure_witness(self, target: Expr, done: set[str]) -> str | None:
        """For ``∃ S : Structure, S.op = m ∧ …``: the structure with these operations."""
        over, claim = arguments(target)
        of = head_name(over)
        shape = self.constants.shape(of) if of in self.own else None
        if shape is None or not isinstance(claim, Lambda):
            return None
        known: dict[str, str] = {}
        rest: Expr | None = claim.body
        while rest is not None:
            both = arguments(rest) if head_name(rest) == "And" else (rest, None)
            equation, rest = both
            sides = arguments(equation)
            if len(sides) != 3 or not isinstance(sides[2], Local) or not head_name(sides[1]):
                return None
            known[head_name(sides[1]).rpartition(".")[2]] = sides[2].name
        fields = ", ".join(known.get(f, "?_") for f in shape.fields)
        step = f"refine ⟨⟨{fields}⟩, {', '.join(['rfl'] * len(known))}⟩"
        return step if step not in done else None

    def _pattern(self, structure: str, base: str) -> str:
        shape = self.constants.shape(structure)
        if shape is None:
            return base
        parts = []
        binders = telescope(shape.constructors[0][1])[0][shape.parameters :]
        for (_, type_), name in zip(binders, shape.fields, strict=True):
            inner = head_name(type_)
            if inner in BUNDLED and self.constants.shape(inner) is not None:
                parts.append(self._pattern(inner, base))
            else:
                parts.append(f"{base}_{name}")
        return "⟨" + ", ".join(parts) + "⟩"

    def _mine(self, name: str) -> bool:
        return name in self.own or name.startswith("Reconstruct.")

    def about_functions(self, type_: Expr) -> bool:
        """Whether a proposition is an equation of functions."""
        sides = spine(type_)[1]
        if head_name(type_) != "Eq" or len(sides) != 3:
            return False
        of = head(sides[0])
        return isinstance(of, Pi) or (
            isinstance(of, Const) and self.constants.kind(of.name) in ("def", "abbrev")
        )

    def _structure(self, name: str) -> Shape | None:
        """A structure of propositions that may be taken apart."""
        if name != "Equivalence" and not self._mine(name):
            return None
        shape = self.constants.shape(name)
        return shape if shape is not None and shape.structure else None

    def _unfoldable(self, use: Expr) -> bool:
        """Whether a use of a definition can be written out."""
        name = head_name(use)
        if not self._mine(name) or self.constants.kind(name) not in ("def", "abbrev"):
            return False
        equations = self.constants.equations(name)
        sides = arguments(telescope(equations[0])[1]) if len(equations) == 1 else ()
        if len(sides) != 3:
            return False
        _, left, right = sides
        return len(spine(left)[1]) <= len(spine(use)[1]) and name not in constants(right)

    def to_unfold(self, goal: ShownGoal) -> list[str]:
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
