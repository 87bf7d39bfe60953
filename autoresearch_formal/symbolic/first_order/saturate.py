"""Ordered paramodulation with a given-clause loop: does a set of clauses contradict itself?

Superposition after L. Bachmair and H. Ganzinger ("Rewrite-based equational theorem proving with
selection and simplification", J. Logic Comput. 4 (1994), 217-247), restricted to what pays on
small problems: one negative literal is selected where there is one, unit equations rewrite,
units subsume. Limits count steps, not seconds, so that the same problem always ends the same;
`Limits.ends`, which no search sets, is the exception.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.order import Order
from autoresearch_formal.symbolic.first_order.terms import (
    APART,
    SORT,
    Substitution,
    Term,
    apply,
    match,
    positions,
    replace,
    resolve,
    size,
    unify,
    variables,
)

TRUE: Term = ("$true",)
"""An atom ``p`` is the equation ``p = $true``."""

Literal = tuple[bool, Term, Term]
"""(positive?, left, right)."""


@dataclass(slots=True)
class Clause:
    """A disjunction, and where it came from."""

    number: int
    literals: tuple[Literal, ...]
    parents: list[tuple[int, Substitution]] = field(default_factory=list)
    """Clauses it follows from, with the values of *their* variables in terms of this clause's."""
    weight: int = 0
    goal: bool = False
    """Whether the negated goal is among its ancestors."""
    origin: tuple[int, Substitution] | None = None
    """For an input clause its position, and its own variables in terms of this clause's."""

    @property
    def unit(self) -> Literal | None:
        """The only literal, if there is only one."""
        return self.literals[0] if len(self.literals) == 1 else None


@dataclass(frozen=True, slots=True)
class Limits:
    """When to give up."""

    given: int = 600
    """Clauses chosen."""
    generated: int = 60_000
    """Clauses made."""
    weight: int = 40
    """Symbols in a clause; heavier ones are thrown away."""
    ends: float | None = None
    """CPU time of this process (`time.process_time`) after which no more clauses are chosen."""


@dataclass(slots=True)
class Rule:
    """An active unit equation as a rewrite rule; unoriented ones are checked at each use."""

    left: Term
    right: Term
    oriented: bool
    clause: int


@dataclass(slots=True, eq=False)
class From:
    """A positive equation of an active clause, variables renamed, left side to be replaced."""

    clause: Clause
    renaming: Substitution
    literals: tuple[Literal, ...]
    literal: int
    left: Term
    right: Term


@dataclass(slots=True, eq=False)
class Into:
    """A place in an active clause where a replacement may happen."""

    clause: Clause
    literal: int
    big: Term
    small: Term
    path: tuple[int, ...]
    part: Term


def apart(clause: Clause) -> tuple[tuple[Literal, ...], Substitution]:
    """The literals with fresh variables, and the renaming."""
    names: dict[int, None] = {}
    for _, s, t in clause.literals:
        variables(s, names)
        variables(t, names)
    renaming: Substitution = {v: v + APART for v in names}
    if not renaming:
        return clause.literals, renaming
    return tuple(
        (p, apply(s, renaming), apply(t, renaming)) for p, s, t in clause.literals
    ), renaming


class Saturation:
    """One run. `run` returns the empty clause, or None when it gives up or is saturated."""

    def __init__(self, clauses: Sequence[tuple[Sequence[Literal], bool]], limits: Limits) -> None:
        self.limits = limits
        self.clauses: list[Clause] = []
        self.order = order_for([lits for lits, _ in clauses])
        self.rules: dict[str, list[Rule]] = {}
        self.seen: set[tuple[Literal, ...]] = set()
        self.active: dict[int, None] = {}
        self.froms: dict[str, list[From]] = {}
        self.into: dict[str, list[Into]] = {}
        self.units: dict[tuple[bool, str], list[tuple[Term, Term, int]]] = {}
        self.parts: dict[int, dict[str, list[Term]]] = {}
        """For each active clause all its sub-terms, by symbol."""
        self.by_weight: list[tuple[int, int]] = []
        self.by_age: list[int] = []
        self.done: set[int] = set()
        self.generated = 0
        self.empty: Clause | None = None
        self.saturated = False
        for position, (literals, goal) in enumerate(clauses):
            self._keep(tuple(literals), [], goal, limit=False, position=position)

    # -- making clauses ----------------------------------------------------------------------

    def _keep(
        self,
        literals: tuple[Literal, ...],
        parents: list[tuple[int, Substitution]],
        goal: bool,
        limit: bool = True,
        position: int = -1,
    ) -> None:
        """Normalise, drop what is trivial or known, and queue the rest."""
        self.generated += 1
        names: dict[int, None] = {}
        kept: list[Literal] = []
        for positive, s, t in literals:
            if s == t:
                if positive:
                    return
                continue
            if self.order.greater(t, s):
                s, t = t, s
            if (positive, s, t) not in kept and (positive, t, s) not in kept:
                kept.append((positive, s, t))
        for positive, s, t in kept:
            if positive and ((False, s, t) in kept or (False, t, s) in kept):
                return
        for _, s, t in literals:  # all of them: parents' substitutions speak of these variables
            variables(s, names)
            variables(t, names)
        for _, sub in parents:
            for value in sub.values():
                variables(value, names)
        counters: dict[int, int] = {}
        renaming: Substitution = {}
        for v in names:
            sort = v // SORT
            renaming[v] = sort * SORT + counters.setdefault(sort, 0)
            counters[sort] += 1
        if any(n >= APART for n in counters.values()):
            return
        final = tuple((p, apply(s, renaming), apply(t, renaming)) for p, s, t in kept)
        if final in self.seen:
            return
        weight = sum(size(s) + (0 if t == TRUE else size(t)) for _, s, t in final)
        if limit and weight > self.limits.weight:
            return
        self.seen.add(final)
        clause = Clause(
            len(self.clauses),
            final,
            [(p, {v: apply(x, renaming) for v, x in sub.items()}) for p, sub in parents],
            weight,
            goal,
            None if position < 0 else (position, renaming),
        )
        self.clauses.append(clause)
        if not final:
            self.empty = clause
            return
        heapq.heappush(self.by_weight, (weight + 2 * len(final) - 3 * goal, clause.number))
        heapq.heappush(self.by_age, clause.number)

    def _rewrite(self, term: Term, parents: list[tuple[int, Substitution]]) -> Term:
        """Normal form under the active unit equations, innermost first."""
        if type(term) is int:
            return term
        while True:
            if len(term) > 1:
                term = (term[0], *[self._rewrite(a, parents) for a in term[1:]])
            for rule in self.rules.get(term[0], ()):
                sub: Substitution = {}
                if not match(rule.left, term, sub):
                    continue
                right = apply(rule.right, sub)
                if not rule.oriented and not self.order.greater(term, right):
                    continue
                parents.append((rule.clause, sub))
                term = right
                break
            else:
                return term
            if type(term) is int:
                return term

    def _simplify(self, clause: Clause) -> Clause | None:
        """Rewrite with the rules; None if the clause became trivial or known."""
        parents: list[tuple[int, Substitution]] = []
        literals = tuple(
            (p, self._rewrite(s, parents), t if t == TRUE else self._rewrite(t, parents))
            for p, s, t in clause.literals
        )
        if not parents:
            return clause
        names: dict[int, None] = {}
        for _, s, t in clause.literals:
            variables(s, names)
            variables(t, names)
        before = len(self.clauses)
        self._keep(
            literals,
            [(clause.number, {v: v for v in names}), *parents],
            clause.goal,
            limit=False,
        )
        if self.empty is not None:
            return None
        if len(self.clauses) == before:
            return None
        made = self.clauses[-1]
        self.done.add(made.number)  # it is handled at once, not through the queues
        return made

    def _subsumed(self, clause: Clause) -> bool:
        """Whether an active unit says at least as much."""
        for positive, s, t in clause.literals:
            key = s[0] if type(s) is not int else "?"
            for left, right, number in (
                *self.units.get((positive, key), ()),
                *self.units.get((positive, "?"), ()),
            ):
                sub: Substitution = {}
                if number in self.active and match(left, s, sub) and match(right, t, sub):
                    return True
        return False

    # -- inferences --------------------------------------------------------------------------

    def _eligible(self, clause: Clause) -> list[int]:
        """Literals that take part in inferences: one negative one, or the maximal positive."""
        negative = [i for i, lit in enumerate(clause.literals) if not lit[0]]
        if negative:
            return [max(negative, key=lambda i: (size(clause.literals[i][1]), -i))]
        return [
            i
            for i, (_, s, _) in enumerate(clause.literals)
            if not any(self.order.greater(o[1], s) for j, o in enumerate(clause.literals) if j != i)
        ]

    def _prepare(self, clause: Clause) -> tuple[list[From], list[Into]]:
        """Equations the clause rewrites with, and places where it can be rewritten."""
        eligible = self._eligible(clause)
        into: list[Into] = []
        for j in eligible:
            _, s, t = clause.literals[j]
            sides = ((s, t),) if t == TRUE or self.order.greater(s, t) else ((s, t), (t, s))
            for big, small in sides:
                for path, part in positions(big):
                    into.append(Into(clause, j, big, small, path, part))
        froms: list[From] = []
        if all(lit[0] for lit in clause.literals):
            literals, renaming = apart(clause)
            for i in eligible:
                _, s, t = literals[i]
                for left, right in ((s, t),) if self.order.greater(s, t) else ((s, t), (t, s)):
                    if type(left) is not int and left != TRUE:
                        froms.append(From(clause, renaming, literals, i, left, right))
        return froms, into

    def _infer(self, given: Clause) -> None:
        """Rewrite active clauses with the given one and the other way round, itself included."""
        froms, into = self._prepare(given)
        for f in froms:
            self.froms.setdefault(f.left[0], []).append(f)
        for t in into:
            self.into.setdefault(t.part[0], []).append(t)
        for f in froms:
            for t in self.into.get(f.left[0], ()):
                self._paramodulate(f, t)
                if self.empty is not None:
                    return
        for t in into:
            for f in self.froms.get(t.part[0], ()):
                if f.clause is not given:
                    self._paramodulate(f, t)
                    if self.empty is not None:
                        return

    def _paramodulate(self, f: From, t: Into) -> None:
        sub: Substitution = {}
        if not unify(f.left, t.part, sub):
            return
        new_left, new_right = resolve(f.left, sub), resolve(f.right, sub)
        if self.order.greater(new_right, new_left):
            return
        whole, other = resolve(t.big, sub), resolve(t.small, sub)
        if self.order.greater(other, whole):
            return
        self._conclude(
            [(t.clause.literals[t.literal][0], replace(whole, t.path, new_right), other)],
            [lit for k, lit in enumerate(f.literals) if k != f.literal],
            [lit for k, lit in enumerate(t.clause.literals) if k != t.literal],
            [(f.clause, f.renaming), (t.clause, None)],
            sub,
        )

    def _conclude(
        self,
        made: list[Literal],
        first: list[Literal],
        second: list[Literal],
        parents: list[tuple[Clause, Substitution | None]],
        sub: Substitution,
    ) -> None:
        rest = [(p, resolve(s, sub), resolve(t, sub)) for p, s, t in [*first, *second]]
        history = []
        for clause, renaming in parents:
            names: dict[int, None] = {}
            for _, s, t in clause.literals:
                variables(s, names)
                variables(t, names)
            history.append(
                (clause.number, {v: resolve(renaming[v] if renaming else v, sub) for v in names})
            )
        self._keep((*made, *rest), history, any(c.goal for c, _ in parents))

    def _resolve_equality(self, clause: Clause) -> None:
        """Drop a negative equation whose sides unify."""
        for i in self._eligible(clause):
            positive, s, t = clause.literals[i]
            sub: Substitution = {}
            if not positive and t != TRUE and unify(s, t, sub):
                rest = [lit for k, lit in enumerate(clause.literals) if k != i]
                self._conclude([], rest, [], [(clause, None)], sub)

    def _factor(self, clause: Clause) -> None:
        """Merge two positive literals that unify."""
        positive = [lit for lit in clause.literals if lit[0]]
        if len(positive) < 2 or len(positive) < len(clause.literals):
            return
        for i, (_, s, t) in enumerate(positive):
            for _, u, v in positive[i + 1 :]:
                for a, b in ((u, v), (v, u)):
                    sub: Substitution = {}
                    if unify(s, a, sub) and unify(t, b, sub):
                        self._conclude([], list(clause.literals), [], [(clause, None)], sub)

    # -- the loop ----------------------------------------------------------------------------

    def _next(self, turn: int) -> Clause | None:
        queue_age = turn % 6 == 5
        while self.by_age if queue_age else self.by_weight:
            number = heapq.heappop(self.by_age) if queue_age else heapq.heappop(self.by_weight)[1]
            if number not in self.done:
                self.done.add(number)
                return self.clauses[number]
        return None

    def _activate(self, clause: Clause) -> None:
        unit = clause.unit
        if unit is not None:
            positive, s, t = unit
            for left, right in ((s, t), (t, s)):
                key = left[0] if type(left) is not int else "?"
                self.units.setdefault((positive, key), []).append((left, right, clause.number))
            if positive:
                self._add_rules(clause, s, t)
        parts: dict[str, list[Term]] = {}
        for _, s, t in clause.literals:
            for side in (s, t):
                for _, part in positions(side):
                    parts.setdefault(part[0], []).append(part)
        self.parts[clause.number] = parts
        self.active[clause.number] = None

    def _add_rules(self, clause: Clause, s: Term, t: Term) -> None:
        """Use an equation as a rewrite rule; what it simplifies goes back to the queue."""
        rules = []
        for left, right, oriented in (
            ((s, t, True),) if self.order.greater(s, t) else ((s, t, False), (t, s, False))
        ):
            if type(left) is int or left == TRUE:
                continue
            if oriented or set(variables(right)) <= set(variables(left)):
                rules.append(Rule(left, right, oriented, clause.number))
        for rule in rules:
            self.rules.setdefault(rule.left[0], []).append(rule)
        stale = [n for n in self.active if any(self._reducible(n, rule) for rule in rules)]
        for number in stale:
            self._deactivate(number)
        for number in stale:
            self._requeue(self.clauses[number])

    def _deactivate(self, number: int) -> None:
        del self.active[number]
        symbols = self.parts.pop(number)
        for symbol in symbols:
            self.rules[symbol] = [r for r in self.rules.get(symbol, ()) if r.clause != number]
            self.froms[symbol] = [
                f for f in self.froms.get(symbol, ()) if f.clause.number != number
            ]
            self.into[symbol] = [t for t in self.into.get(symbol, ()) if t.clause.number != number]

    def _reducible(self, number: int, rule: Rule) -> bool:
        for part in self.parts[number].get(rule.left[0], ()):
            sub: Substitution = {}
            if match(rule.left, part, sub) and (
                rule.oriented or self.order.greater(part, apply(rule.right, sub))
            ):
                return True
        return False

    def _requeue(self, clause: Clause) -> None:
        before = len(self.clauses)
        made = self._simplify(clause)
        if made is not None and made is not clause and len(self.clauses) > before:
            self.done.discard(made.number)

    def run(self) -> Clause | None:
        """Saturate within the limits."""
        for turn in range(self.limits.given):
            if self.empty is not None:
                return self.empty
            if self.limits.ends is not None and time.process_time() > self.limits.ends:
                return None
            clause = self._next(turn)
            if clause is None:
                clause = self._next(turn + 1) or self._next(0)
                if clause is None:
                    self.saturated = True
                    return None
            given = self._simplify(clause)
            if self.empty is not None:
                return self.empty
            if given is None or self._subsumed(given):
                continue
            self._activate(given)
            self._resolve_equality(given)
            self._factor(given)
            self._infer(given)
            if self.empty is None and self.generated > self.limits.generated:
                return None
        return self.empty


def order_for(clauses: Iterable[Sequence[Literal]]) -> Order:
    """A precedence by arity, then by how rare a symbol is; one unary symbol may weigh nothing."""
    arity: dict[str, int] = {}
    count: dict[str, int] = {}
    predicates: set[str] = set()

    def scan(term: Term) -> None:
        if type(term) is int:
            return
        arity[term[0]] = len(term) - 1
        count[term[0]] = count.get(term[0], 0) + 1
        for a in term[1:]:
            scan(a)

    for literals in clauses:
        for _, s, t in literals:
            scan(s)
            scan(t)
            if t == TRUE and type(s) is not int:
                predicates.add(s[0])
    unary = sorted(
        (s for s, n in arity.items() if n == 1 and s not in predicates),
        key=lambda s: (-count[s], s),
    )
    weightless = unary[0] if unary else None
    ranked = sorted(
        arity,
        key=lambda s: (
            s != TRUE[0],
            s in predicates,
            s == weightless,
            arity[s],
            -count[s],
            s,
        ),
    )
    return Order({s: i for i, s in enumerate(ranked)}, weightless)
