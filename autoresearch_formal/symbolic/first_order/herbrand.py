"""From a refutation to the ground instances it used, and from ground equations to a calculation.

By Herbrand's theorem a refutation rests on finitely many instances of the input clauses. They
are found by pushing substitutions from the empty clause down to the inputs. For equations alone,
a congruence closure that remembers reasons turns them into a chain of single replacements
(R. Nieuwenhuis, A. Oliveras, "Proof-producing congruence closure", RTA 2005).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.first_order.clauses import Clause
from autoresearch_formal.symbolic.first_order.terms import (
    SORT,
    Substitution,
    Term,
    apply,
    replace,
    variables,
)

MAX_INSTANCES = 5_000
"""Instances of clauses, those in between too, that a refutation may need."""


class NoDefault(ValueError):
    """Instances can't be had: nothing of some sort is at hand, or there are too many."""


def ground_instances(
    clauses: Sequence[Clause],
    default: Callable[[int], Term],
    values: Mapping[int, Term] | None = None,
) -> list[tuple[int, Substitution]]:
    """(input clause, ground substitution) pairs that a refutation uses, without repeats.

    The last of the clauses is the empty one, or one whose variables have these ``values``.

    ``default`` gives a ground term for a sort, for variables whose value does not matter (it may
    raise `NoDefault`).
    """
    found: dict[tuple[int, tuple[tuple[int, Term], ...]], Substitution] = {}
    todo: list[tuple[int, Substitution]] = [(len(clauses) - 1, dict(values or {}))]
    seen: set[tuple[int, tuple[tuple[int, Term], ...]]] = set()
    while todo:
        if len(seen) > MAX_INSTANCES:
            raise NoDefault("too many instances")
        number, sub = todo.pop()
        clause = clauses[number]
        key = (number, tuple(sorted(sub.items())))
        if key in seen:
            continue
        seen.add(key)
        if clause.origin is not None:
            position, renaming = clause.origin
            original = {v: sub[new] for v, new in renaming.items()}
            found[position, tuple(sorted(original.items()))] = original
            continue
        for parent, values in clause.parents:
            lowered: Substitution = {}
            for v, value in values.items():
                term = apply(value, sub)
                rest = variables(term)
                if rest:
                    term = apply(term, {r: default(r // SORT) for r in rest})
                lowered[v] = term
            todo.append((parent, lowered))
    return [(number, sub) for (number, _), sub in found.items()]


@dataclass(frozen=True, slots=True)
class Move:
    """One replacement in a chain: at ``path``, by equation ``equation``, maybe backwards."""

    before: Term
    after: Term
    path: tuple[int, ...]
    equation: int
    backwards: bool


class Closure:
    """Congruence closure over ground terms that can explain why two terms are equal."""

    def __init__(self, equations: Sequence[tuple[Term, Term]]) -> None:
        self.parent: dict[Term, Term] = {}
        self.forest: dict[Term, tuple[Term, int | None, bool]] = {}
        """Proof forest: term to (neighbour, equation or None for congruence, backwards?)."""
        self.equations = list(equations)
        for left, right in self.equations:
            self._add(left)
            self._add(right)
        for number, (left, right) in enumerate(self.equations):
            self._merge(left, right, number)
        self._close()

    def _add(self, term: Term) -> None:
        if term in self.parent:
            return
        for a in term[1:]:
            self._add(a)
        self.parent[term] = term

    def find(self, term: Term) -> Term:
        """Representative of the class of a known term."""
        while self.parent[term] != term:
            self.parent[term] = self.parent[self.parent[term]]
            term = self.parent[term]
        return term

    def _merge(self, left: Term, right: Term, reason: int | None) -> None:
        a, b = self.find(left), self.find(right)
        if a == b:
            return
        # make `left` the root of its proof tree, then hang it under `right`
        chain = []
        node = left
        while node in self.forest:
            up, why, back = self.forest[node]
            chain.append((node, up, why, back))
            node = up
        for lower, upper, why, back in reversed(chain):
            del self.forest[lower]
            self.forest[upper] = (lower, why, not back)
        self.forest[left] = (right, reason, False)
        self.parent[a] = b

    def _close(self) -> None:
        changed = True
        while changed:
            changed = False
            table: dict[Term, Term] = {}
            for term in list(self.parent):
                if len(term) == 1:
                    continue
                key = (term[0], *[self.find(a) for a in term[1:]])
                other = table.setdefault(key, term)
                if other is not term and self.find(other) != self.find(term):
                    self._merge(term, other, None)
                    changed = True

    def equal(self, left: Term, right: Term) -> bool:
        """Whether the equations imply ``left = right``."""
        self._add(left)
        self._add(right)
        self._close()
        return bool(self.find(left) == self.find(right))

    def explain(self, left: Term, right: Term) -> list[Move]:
        """A chain of replacements from ``left`` to ``right``, without detours."""
        moves = self._moves(left, right, 0)
        return shorten(left, moves)

    def _moves(self, left: Term, right: Term, depth: int) -> list[Move]:
        if left == right:
            return []
        if depth > 200:
            raise RecursionError("explanation too deep")
        up_left, up_right = self._path(left), self._path(right)
        common = next(t for t in up_left if t in up_right)
        moves: list[Move] = []
        for a, b in itertools.pairwise(up_left):
            if a == common:
                break
            moves += self._edge(a, b, depth)
        back: list[Move] = []
        for a, b in itertools.pairwise(up_right):
            if a == common:
                break
            back += self._edge(a, b, depth)
        moves += [
            Move(m.after, m.before, m.path, m.equation, not m.backwards) for m in reversed(back)
        ]
        return moves

    def _path(self, term: Term) -> list[Term]:
        path = [term]
        while term in self.forest:
            term = self.forest[term][0]
            path.append(term)
        return path

    def _edge(self, a: Term, b: Term, depth: int) -> list[Move]:
        _, why, backwards = self.forest[a]
        if why is not None:
            return [Move(a, b, (), why, backwards)]
        moves: list[Move] = []
        current = a
        for i in range(1, len(a)):
            for m in self._moves(a[i], b[i], depth + 1):
                after = replace(current, (i,), m.after)
                moves.append(Move(current, after, (i, *m.path), m.equation, m.backwards))
                current = after
        return moves


def shorten(start: Term, moves: list[Move]) -> list[Move]:
    """Cut loops: when a term comes back, what lay between is dropped."""
    kept: list[Move] = []
    at: dict[Term, int] = {start: 0}
    for move in moves:
        kept.append(move)
        if move.after in at:
            for dropped in kept[at[move.after] :]:
                if dropped.after != move.after:
                    del at[dropped.after]
            del kept[at[move.after] :]
        else:
            at[move.after] = len(kept)
    return kept
