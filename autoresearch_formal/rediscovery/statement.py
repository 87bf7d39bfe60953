"""The statement of a correspondence as Lean text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autoresearch_formal.rediscovery.match import Correspondence
from autoresearch_formal.terms import Expr, Local, call, locals_of, show_in_full, substitute

Direction = Literal["iff", "to", "from"]
"""Both, or one: ``to`` says that the invention implies the reference."""


@dataclass(frozen=True, slots=True)
class ClosedStatement:
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


def statement(candidate: Correspondence, direction: Direction = "iff") -> ClosedStatement:
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
                equations.append(call("Eq", atom.type, here, atom.term))
    replaced |= dict(candidate.fills)
    invention, reference = candidate.invention, candidate.reference
    binders: list[tuple[str, str]] = []
    waiting = list(candidate.bundles)

    def place_bundles() -> None:
        """Put structures behind everything that their types speak of."""
        for bundle in list(waiting):
            if locals_of(bundle.type) <= set(names):
                text = show_in_full(bundle.type, names)
                binders.append((name(bundle.binder.name), text))
                waiting.remove(bundle)

    place_bundles()
    for binder in invention.binders:
        if binder.name in replaced:
            continue
        type_ = substitute(binder.type, replaced)
        text = show_in_full(type_, names)
        binders.append((name(binder.name), text))
        place_bundles()
    for k, equation in enumerate(equations, 1):
        binders.append((f"same{k}", show_in_full(substitute(equation, replaced), names)))
    terms = {key: substitute(term, replaced) for key, term in candidate.terms.items()}
    terms |= {b.binder.name: Local(b.binder.name) for b in candidate.bundles}
    mine = show_in_full(substitute(invention.body, replaced), names)
    theirs = show_in_full(substitute(reference.body, terms), names)
    if invention.result is not None:
        claim = f"{mine} = {theirs}"
    else:
        claim = {
            "iff": f"{mine} ↔ {theirs}",
            "to": f"{mine} → {theirs}",
            "from": f"{theirs} → {mine}",
        }[direction]
    bundles = tuple(names[b.binder.name] for b in candidate.bundles)
    return ClosedStatement(tuple(binders), claim, bundles)
