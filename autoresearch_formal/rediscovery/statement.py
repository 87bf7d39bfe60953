"""The statement of a correspondence as Lean text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from autoresearch_formal.rediscovery.match import Candidate
from autoresearch_formal.symbolic.finite_models.sides import is_prop, local, substitute
from autoresearch_formal.terms.expr import Expr, locals_of

Direction = Literal["iff", "to", "from"]
"""Both, or one: ``to`` says that the invention implies the reference."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A proposition: binders (name, type) and what they imply, all as text with every argument
    written out; `bundles` are the names of structures that come from the reference."""

    binders: tuple[tuple[str, str], ...]
    claim: str
    bundles: tuple[str, ...]

    @property
    def text(self) -> str:
        """As one proposition."""
        heads = "".join(f" ({name} : {type_})" for name, type_ in self.binders)
        return f"∀{heads}, {self.claim}" if heads else self.claim


def render(expr: Expr, names: dict[str, str], bound: tuple[str, ...] = ()) -> str:
    """Lean text with all arguments explicit, so that nothing has to be guessed."""
    match expr[0]:
        case "c":
            return f"@{quoted(str(expr[1]))}"
        case "f":
            return names[str(expr[1])]
        case "b":
            return bound[-1 - int(expr[1])]
        case "n":
            return str(expr[1])
        case "S":
            return "Prop" if is_prop(expr) else "Type _"
        case "a":
            parts = [render(expr[1], names, bound), *(render(a, names, bound) for a in expr[2])]
            return "(" + " ".join(parts) + ")"
        case "l" | "p":
            name = f"x{len(bound)}"
            type_ = render(expr[2], names, bound)
            body = render(expr[3], names, (*bound, name))
            return (
                f"(fun {name} : {type_} => {body})"
                if expr[0] == "l"
                else (f"(∀ {name} : {type_}, {body})")
            )
    raise ValueError(expr[0])


def quoted(name: str) -> str:
    """A constant's name, parts in French quotes where Lean needs them."""
    return ".".join(
        part if re.fullmatch(r"[^\W\d][\w'!?]*", part) else f"«{part}»" for part in name.split(".")
    )


def statement(candidate: Candidate, direction: Direction = "iff") -> Statement:
    """What is to be proved about a correspondence.

    Arguments of the invention that are an operation of a structure of the reference are replaced by
    it; where that can't be, an equation says so.
    """
    names: dict[str, str] = {}

    def name(label: str) -> str:
        if label not in names:
            base = label[2:]
            chosen, number = base, 1
            while chosen in names.values():
                chosen, number = f"{base}{number}", number + 1
            names[label] = chosen
        return names[label]

    replaced: dict[str, Expr] = {}
    equations: list[Expr] = []
    for bundle in candidate.bundles:
        for projection, atom in bundle.fields:
            here = substitute(projection, candidate.terms)
            if atom.whole:
                replaced[atom.base] = here
            else:
                equations.append(("a", ("c", "Eq"), (atom.type, here, atom.term), (True,) * 3))
    replaced |= dict(candidate.fills)
    invention, reference = candidate.invention, candidate.reference
    binders: list[tuple[str, str]] = []
    waiting = list(candidate.bundles)

    def place_bundles() -> None:
        """Put structures behind everything that their types speak of."""
        for bundle in list(waiting):
            if locals_of(bundle.type) <= set(names):
                text = render(bundle.type, names)
                binders.append((name(bundle.binder.name), text))
                waiting.remove(bundle)

    place_bundles()
    for binder in invention.binders:
        if binder.name in replaced:
            continue
        type_ = substitute(binder.type, replaced)
        text = render(type_, names)
        binders.append((name(binder.name), text))
        place_bundles()
    for k, equation in enumerate(equations, 1):
        binders.append((f"same{k}", render(substitute(equation, replaced), names)))
    terms = {key: substitute(term, replaced) for key, term in candidate.terms.items()}
    terms |= {b.binder.name: local(b.binder.name) for b in candidate.bundles}
    mine = render(substitute(invention.body, replaced), names)
    theirs = render(substitute(reference.body, terms), names)
    if invention.result is not None:
        claim = f"{mine} = {theirs}"
    else:
        claim = {
            "iff": f"{mine} ↔ {theirs}",
            "to": f"{mine} → {theirs}",
            "from": f"{theirs} → {mine}",
        }[direction]
    bundles = tuple(names[b.binder.name] for b in candidate.bundles)
    return Statement(tuple(binders), claim, bundles)
