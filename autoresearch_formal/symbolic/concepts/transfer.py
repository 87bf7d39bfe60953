"""Shared laws as Lean text: the definition, the theorems that follow from it, and each system.

What holds of one system by a theorem that asks for the shared laws and nothing else holds of every
system that has them. So each general theorem is stated once, through the definition; each system
gets one theorem that it has the laws; and every fact that was proved for one system only is stated
for the others, by one application.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.concepts.abstraction import (
    CARRIER,
    GeneralTheorem,
    LawSet,
    SharedLaws,
    asked_of,
    nameless,
    quantified,
    rename,
    system_of,
)
from autoresearch_formal.terms import Expr, locals_of, show


@dataclass(frozen=True, slots=True)
class Fragment:
    """A declaration: ways to write it, of which the first that Lean takes is meant."""

    name: str
    kind: str
    """"definition", "general", "system" or "transferred"."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _General:
    """A general theorem in the words of a definition."""

    name: str
    statement: Expr
    arguments: str
    origin: str
    system: str


def fragments(
    shared: SharedLaws,
    name: str,
    theorems: Sequence[GeneralTheorem],
    proofs: Mapping[str, str],
    new: Sequence[GeneralTheorem] | None = None,
) -> Iterator[Fragment]:
    """The definition called `name`, then what follows from it, in an order that Lean can read.

    Args:
        shared: the laws.
        name: of the definition.
        theorems: the general theorems that were compared.
        proofs: of each, by its name, the proof as text.
        new: those to be stated here; all of them if it is left out.
    """
    laws = shared.laws
    yield Fragment(name, "definition", (laws.lean(name),))
    general: dict[Expr, _General] = {}
    proved: dict[Expr, set[str]] = {}
    for theorem in theorems if new is None else new:
        if theorem.name not in shared.theorems or theorem.name not in proofs:
            continue
        for one in _through(theorem, laws, general):
            key = nameless(one.statement)
            general.setdefault(key, one)
            proved.setdefault(key, set()).add(one.system)
    letters = laws.letters
    told = " ".join(letters.values())
    types = zip(letters.values(), laws.operations, strict=True)
    binders = " ".join(f"{{{letter} : {show(type_)}}}" for letter, type_ in types)
    fields = ", ".join(f"law{i + 1}" for i in range(len(laws)))
    for one in general.values():
        head = (
            f"theorem {one.name} {{{CARRIER} : Type}} {binders} (laws : {name} {told}) :\n"
            f"    {quantified(rename(one.statement, letters))} :="
        )
        by_search = f"{head} by\n  obtain ⟨{fields}⟩ := laws\n  grind\n"
        by_term = f"{head}\n  ({proofs[one.origin]}) {one.arguments}\n"
        yield Fragment(one.name, "general", (by_search, by_term))
    for system in shared.systems:
        yield from _system_fragments(shared, name, system, theorems, general, proved)


def _through(
    theorem: GeneralTheorem, laws: LawSet, known: Mapping[Expr, _General]
) -> Iterator[_General]:
    """The theorem stated of the operations of the laws, if it is about nothing else."""
    system = theorem.systems[0]
    operations, own = theorem.about(system)
    others = [p for p in theorem.ingredients if p.role == "carrier"][1:]
    if others or theorem.parameters:
        return
    asks, called = LawSet.arranged(operations, own.values())
    for names in asks.embeddings(laws):
        places = {nameless(law): f"laws.law{i}" for i, law in enumerate(laws.laws, 1)}
        to = {origin: names[called[origin]] for origin in called}
        arguments, variables = [CARRIER], {}
        for part in theorem.ingredients:
            origin = theorem.anonymous(part.origin)
            if part.role == "operation" and origin in to:
                variables[part.name] = to[origin]
                arguments.append(laws.letters[to[origin]])
            elif part.role == "law":
                arguments.append(places[nameless(rename(own[origin], to))])
            elif part.role == "carrier":
                variables[part.name] = CARRIER
        statement = rename(theorem.statement, variables)
        if locals_of(statement) <= {CARRIER, *laws.letters}:
            taken = {g.name for g in known.values()}
            name = theorem.name.rpartition(".")[2]
            while name in taken:
                name += "'"
            yield _General(name, statement, " ".join(arguments), theorem.name, system)
        return


def _system_fragments(
    shared: SharedLaws,
    name: str,
    system: str,
    theorems: Sequence[GeneralTheorem],
    general: Mapping[Expr, _General],
    proved: Mapping[Expr, set[str]],
) -> Iterator[Fragment]:
    """That a system has the laws, and what follows that was not proved of it."""
    operations, own = asked_of(system, theorems)
    first_about = next(theorem for theorem in theorems if system in theorem.systems)
    binders = "".join(f" ({name} : {type_})" for name, type_ in first_about.home)
    carrier = next(
        p.origin
        for p in first_about.ingredients
        if p.role == "carrier" and system_of(p.origin) == system
    )
    whole, called = LawSet.arranged(operations, own.values())
    origins = {f: origin for origin, f in called.items()}
    sources = {nameless(rename(law, called)): origin for origin, law in own.items()}
    names = next(shared.laws.embeddings(whole))
    concrete = {f: _bracketed(origins[names[f]]) for f in shared.laws.letters}
    laws_of = [_bracketed(sources[rename(law, names)]) for law in shared.laws.laws]
    short = system.rpartition(".")[2]
    short = short[:1].lower() + short[1:]
    first = f"{short}_{name[:1].lower()}{name[1:]}"
    said = f"{name} ({CARRIER} := {carrier}) {' '.join(concrete.values())}"
    text = f"theorem {first}{binders} : {said} :=\n  ⟨{', '.join(laws_of)}⟩\n"
    yield Fragment(first, "system", (text,))
    for key, one in general.items():
        if system in proved[key]:
            continue
        statement = quantified(rename(one.statement, concrete | {CARRIER: _bracketed(carrier)}))
        called_so = f"{short}_{one.name}"
        text = f"theorem {called_so}{binders} :\n    {statement} :=\n  {one.name} ({first} ..)\n"
        yield Fragment(called_so, "transferred", (text,))


def _bracketed(term: str) -> str:
    return f"({term})" if " " in term else term
