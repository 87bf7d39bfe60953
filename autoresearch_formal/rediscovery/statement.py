"""The statement of a correspondence as Lean text."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    replaced, equations = _replacements(candidate)
    context = StatementContext()
    waiting = list(candidate.bundles)

    def place_bundles() -> None:
        """Put structures behind everything that their types speak of."""
        for bundle in list(waiting):
            if locals_of(bundle.type) <= set(context.names):
                context.add(bundle.binder.name, bundle.type)
                waiting.remove(bundle)

    place_bundles()
    for binder in candidate.invention.binders:
        if binder.name not in replaced:
            context.add(binder.name, substitute(binder.type, replaced))
            place_bundles()
    for k, equation in enumerate(equations, 1):
        context.binders.append((f"same{k}", context.show(substitute(equation, replaced))))
    terms = {key: substitute(term, replaced) for key, term in candidate.terms.items()}
    terms |= {b.binder.name: Local(b.binder.name) for b in candidate.bundles}
    invention = context.show(substitute(candidate.invention.body, replaced))
    reference = context.show(substitute(candidate.reference.body, terms))
    if candidate.invention.result is not None:
        claim = f"{invention} = {reference}"
    else:
        claim = {
            "iff": f"{invention} ↔ {reference}",
            "to": f"{invention} → {reference}",
            "from": f"{reference} → {invention}",
        }[direction]
    bundles = tuple(context.names[b.binder.name] for b in candidate.bundles)
    return ClosedStatement(tuple(context.binders), claim, bundles)


@dataclass(slots=True)
class StatementContext:
    """The binders of a statement that is being written, and what its variables are called."""

    names: dict[str, str] = field(default_factory=dict)
    binders: list[tuple[str, str]] = field(default_factory=list)

    def show(self, expr: Expr) -> str:
        """A term with every argument written out."""
        return show_in_full(expr, self.names)

    def add(self, label: str, type_: Expr) -> None:
        """Add a binder under a name that no other has: its label without the prefix."""
        text = self.show(type_)
        base = label[2:]
        chosen, number = base, 1
        while chosen in self.names.values():
            chosen, number = f"{base}{number}", number + 1
        self.names[label] = chosen
        self.binders.append((chosen, text))


def _replacements(candidate: Correspondence) -> tuple[dict[str, Expr], list[Expr]]:
    """What stands for arguments of the invention, and equations for parts of arguments."""
    replaced: dict[str, Expr] = {}
    equations: list[Expr] = []
    for bundle in candidate.bundles:
        for projection, atom in bundle.fields:
            here = substitute(projection, candidate.terms)
            if atom.whole:
                replaced[atom.base] = here
            else:
                equations.append(call("Eq", atom.type, here, atom.term))
    return replaced | dict(candidate.fills), equations
