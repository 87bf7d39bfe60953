"""Candidate correspondences: ways to read a reference concept in the words of an invention.

Types are unified up to the order of arguments, bundling, currying, and lists or Boolean functions
for predicates. Arguments of the reference become arguments of the invention, or operations inside
them; a structure with laws that only the reference asks for (``G : Group α``) becomes a hypothesis:
the comparison is then about all such structures.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.finite_models.claims import (
    Atom,
    Binder,
    ClaimReader,
    ConstantClaim,
    is_sort,
)
from autoresearch_formal.terms import (
    PROP,
    Const,
    Expr,
    Lambda,
    Local,
    Pi,
    Solution,
    alpha_equal,
    call,
    head,
    head_name,
    instantiate,
    instantiate_all,
    locals_of,
    match,
    spine,
    substitute,
    telescope,
)

MAX_CANDIDATES = 400
"""Correspondences of one invention with one reference that are looked at."""

MAX_UNUSED = 2
"""Operations and elements that an invention may mention without the reference doing so."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A structure that the reference speaks about: its operations, as far as they are those of the
    invention."""

    binder: Binder
    type: Expr
    fields: tuple[tuple[Expr, Atom], ...]
    """Projections of the bundle and what they are in the invention."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A correspondence. `terms` gives each argument of the reference in terms of the invention's
    arguments and the bundles."""

    invention: ConstantClaim
    reference: ConstantClaim
    terms: dict[str, Expr]
    bundles: tuple[Bundle, ...] = ()
    unused: tuple[str, ...] = field(default=())
    """Arguments of the invention that correspond to nothing."""
    fills: tuple[tuple[str, Expr], ...] = field(default=())
    """Arguments of the invention for which a function of the reference library is put in."""


class CorrespondenceFinder:
    """Finds correspondences.

    `instances` are closed structures that the reference library knows (the group of all
    substitutions): name, the type it has, and its binders. `functions` are functions on structures
    (powers in a group).
    """

    def __init__(
        self,
        reader: ClaimReader,
        instances: tuple[tuple[str, ConstantClaim, Expr], ...] = (),
        functions: tuple[str, ...] = (),
    ) -> None:
        self.reader = reader
        self.instances = instances
        self.functions = functions

    def candidates(
        self, invention: ConstantClaim, reference: ConstantClaim
    ) -> Iterator[Correspondence]:
        """All correspondences, at most `MAX_CANDIDATES`."""
        if (invention.result is None) != (reference.result is None):
            return
        if any(b.role == "proof" for b in reference.binders):
            return
        atoms = [a for b in invention.binders if b.role != "proof" for a in self.reader.atoms(b)]
        solved_by_types = {name for b in reference.binders for name in locals_of(b.type)}
        needs = [
            b for b in reference.binders if b.role == "plain" and b.name not in solved_by_types
        ]
        bundles = [b for b in reference.binders if b.role == "bundle"]
        found = self._plain(invention, reference, atoms, needs, bundles, {}, frozenset())
        yield from itertools.islice(found, MAX_CANDIDATES)

    def _plain(
        self,
        invention: ConstantClaim,
        reference: ConstantClaim,
        atoms: list[Atom],
        needs: list[Binder],
        bundles: list[Binder],
        solution: Solution,
        used: frozenset[str],
    ) -> Iterator[Correspondence]:
        if needs:
            for atom in atoms:
                key = _key(atom)
                if key in used or atom.base in used:
                    continue
                solved = match(needs[0].type, atom.type, solution)
                if solved is not None:
                    solved[needs[0].name] = atom.term
                    taken = used | {key} | ({atom.base} if not _shared(atom) else set())
                    yield from self._plain(
                        invention, reference, atoms, needs[1:], bundles, solved, taken
                    )
            return
        yield from self._bundles(invention, reference, atoms, bundles, solution, used, ())

    def _bundles(
        self,
        invention: ConstantClaim,
        reference: ConstantClaim,
        atoms: list[Atom],
        left: list[Binder],
        solution: Solution,
        used: frozenset[str],
        made: tuple[Bundle, ...],
    ) -> Iterator[Correspondence]:
        if not left:
            yield from self._finish(invention, reference, atoms, solution, used, made)
            return
        binder, rest = left[0], left[1:]
        whole = [a for a in atoms if a.whole and _key(a) not in used]
        for atom in whole:
            solved = match(binder.type, atom.type, solution)
            if solved is not None:
                solved[binder.name] = atom.term
                yield from self._bundles(
                    invention, reference, atoms, rest, solved, used | {_key(atom)}, made
                )
        type_ = substitute(binder.type, solution)
        for name, claim, given in self.instances:
            inner = match(given, type_, {})
            if inner is None or locals_of(type_) & {b.name for b in reference.binders}:
                continue
            if all(b.name in inner for b in claim.binders):
                term = call(name, *[inner[b.name] for b in claim.binders])
                solved = dict(solution) | {binder.name: term}
                yield from self._bundles(invention, reference, atoms, rest, solved, used, made)
        fields = [a for a in self.reader.atoms(binder) if not a.whole]
        for solved, taken, chosen in self._fields(fields, atoms, solution, used):
            if chosen:
                bundle = Bundle(binder, binder.type, chosen)
                yield from self._bundles(
                    invention, reference, atoms, rest, solved, taken, (*made, bundle)
                )

    def _fields(
        self,
        fields: list[Atom],
        atoms: list[Atom],
        solution: Solution,
        used: frozenset[str],
    ) -> Iterator[tuple[Solution, frozenset[str], tuple[tuple[Expr, Atom], ...]]]:
        if not fields:
            yield solution, used, ()
            return
        some = False
        for atom in atoms:
            if _key(atom) in used or atom.base in used:
                continue
            solved = match(fields[0].type, atom.type, solution)
            if solved is None:
                continue
            some = True
            taken = used | {_key(atom)} | ({atom.base} if not _shared(atom) else set())
            for later in self._fields(fields[1:], atoms, solved, taken):
                yield later[0], later[1], ((fields[0].term, atom), *later[2])
        # an operation that the invention does not speak about
        for later in self._fields(fields[1:], atoms, solution, used):
            if not (some and _left_over(fields[0], atoms, *later[:2])):
                yield later

    def _finish(
        self,
        invention: ConstantClaim,
        reference: ConstantClaim,
        atoms: list[Atom],
        solution: Solution,
        used: frozenset[str],
        made: tuple[Bundle, ...],
    ) -> Iterator[Correspondence]:
        terms = _terms(reference, solution, {b.binder.name for b in made})
        if terms is None or not _same_result(invention, reference, terms):
            return
        placed = tuple(Bundle(b.binder, substitute(b.type, terms), b.fields) for b in made)
        bases = {k.split("|")[0] for k in used}
        unused = tuple(
            b.name
            for b in invention.binders
            if b.role == "plain" and b.name not in bases and not _in_types(b.name, invention)
        )
        if any(_says_something(b) for b in invention.binders if b.name in unused):
            return
        for fills in self._fills(invention, placed, unused):
            left = tuple(n for n in unused if n not in dict(fills))
            if len(left) <= MAX_UNUSED:
                yield Correspondence(invention, reference, terms, placed, left, fills)

    def _fills(
        self, invention: ConstantClaim, bundles: tuple[Bundle, ...], unused: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, Expr], ...]]:
        """Ways to put functions of the reference library in for unused arguments."""
        yield ()
        for binder in invention.binders:
            if binder.name not in unused or not isinstance(binder.type, Pi):
                continue
            for bundle in bundles:
                for name in self.functions:
                    term = self._function_of(name, bundle, binder.type)
                    if term is not None:
                        yield ((binder.name, term),)

    def _function_of(self, name: str, bundle: Bundle, type_: Expr) -> Expr | None:
        """A function of the library on a structure, if it has the given type."""
        binders, _ = telescope(self.reader.constants.type(name))
        carriers = spine(bundle.type)[1]
        if len(binders) <= len(carriers):
            return None
        if not all(is_sort(of) for _, of in binders[: len(carriers)]):
            return None
        rest = instantiate_all(self.reader.constants.type(name), carriers)
        if not isinstance(rest, Pi) or not same_type(rest.type, bundle.type):
            return None
        given = Local(bundle.binder.name)
        if not same_type(instantiate(rest.body, given), type_):
            return None
        return call(name, *carriers, given)


def _terms(
    reference: ConstantClaim, solution: Solution, within: set[str]
) -> dict[str, Expr] | None:
    """What stands for the reference's arguments outside bundles; None if one has nothing."""
    outside = [b.name for b in reference.binders if b.name not in within]
    if any(name not in solution for name in outside):
        return None
    return {name: solution[name] for name in outside}


def _same_result(
    invention: ConstantClaim, reference: ConstantClaim, terms: dict[str, Expr]
) -> bool:
    """Whether both have values of one type, if they have values."""
    if invention.result is None or reference.result is None:
        return True
    if match(reference.result, invention.result, terms) is None:
        return False
    return same_type(substitute(reference.result, terms), invention.result)


def same_type(x: Expr, y: Expr) -> bool:
    """Equality up to names of bound variables and universes."""
    return alpha_equal(x, y, levels=False)


def _says_something(binder: Binder) -> bool:
    """Whether an argument is a set, a relation or a list: an invention that has one is about it."""
    result = telescope(binder.type)[1]
    return result == PROP or head_name(result) in ("List", "Bool")


def _in_types(name: str, claim: ConstantClaim) -> bool:
    return any(name in locals_of(b.type) for b in claim.binders)


def _shared(atom: Atom) -> bool:
    """Whether other atoms of the same argument may be used beside this one."""
    return not atom.whole and not isinstance(atom.term, Lambda)


def _left_over(need: Atom, atoms: list[Atom], solution: Solution, used: frozenset[str]) -> bool:
    """Whether an argument that would fit was left unused."""
    return any(
        not isinstance(a.term, Lambda)
        and _key(a) not in used
        and a.base not in used
        and match(need.type, a.type, solution) is not None
        for a in atoms
    )


def _key(atom: Atom) -> str:
    if atom.whole:
        return atom.base
    function = head(atom.term)
    name = function.name if isinstance(function, (Const, Local, Lambda)) else ""
    return f"{atom.base}|{name}"
