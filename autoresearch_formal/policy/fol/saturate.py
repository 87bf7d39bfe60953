"""Ordered paramodulation with a given-clause loop: does a set of clauses contradict itself?

Superposition after L. Bachmair and H. Ganzinger ("Rewrite-based equational theorem proving with
selection and simplification", J. Logic Comput. 4 (1994), 217-247), restricted to what pays on
small problems: one negative literal is selected where there is one, unit equations rewrite,
units subsume. Limits count steps, never seconds, so that the same problem always ends the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.policy.fol.order import Order
from autoresearch_formal.policy.fol.terms import (
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


@dataclass(slots=True)
class Rule:
    """An active unit equation as a rewrite rule; unoriented ones are checked at each use."""

    left: Term
    right: Term
    oriented: bool
    clause: int


def apart(clause: Clause) -> tuple[tuple[Literal, ...], Substitution]:
    """The literals with fresh variables, and the renaming."""
    names: dict[int, None] = {}
    for _, s, t in clause.literals:
        variables(s, names)
        variables(t, names)
    renaming: Substitution = {v: v + APART for v in names}
    if not renaming:
        return clause.literals, renaming
    return tuple((p, apply(s, renaming), apply(t, renaming)) for p, s, t in clause.literals), renaming


class Saturation:
    """One run. `run` returns the empty clause, or None when it gives up or is saturated."""

    def __init__(self, clauses: Sequence[tuple[Sequence[Literal], bool]], limits: Limits) -> None:
        self.limits = limits
        self.clauses: list[Clause] = []
        self.order = order_for([lits for lits, _ in clauses])
        self.rules: dict[str, list[Rule]] = {}
        self.seen: set[tuple[Literal, ...]] = set()
        self.active: list[int] = []
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
            for number in self.active:
                unit = self.clauses[number].unit
                if unit is None or unit[0] != positive:
                    continue
                for left, right in ((unit[1], unit[2]), (unit[2], unit[1])):
                    sub: Substitution = {}
                    if match(left, s, sub) and match(right, t, sub):
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

    def _superpose(self, source: Clause, target: Clause) -> None:
        """All ways to rewrite ``target`` once with a positive equation of ``source``."""
        if any(not lit[0] for lit in source.literals):
            return
        literals, renaming = apart(source)
        for i in self._eligible(source):
            _, l, r = literals[i]
            for left, right in ((l, r),) if self.order.greater(l, r) else ((l, r), (r, l)):
                if type(left) is int or left == TRUE:
                    continue
                self._into(source, renaming, literals, i, left, right, target)

    def _into(
        self,
        source: Clause,
        renaming: Substitution,
        literals: tuple[Literal, ...],
        i: int,
        left: Term,
        right: Term,
        target: Clause,
    ) -> None:
        for j in self._eligible(target):
            positive, s, t = target.literals[j]
            sides = ((s, t),) if t == TRUE or self.order.greater(s, t) else ((s, t), (t, s))
            for big, small in sides:
                for path, part in positions(big):
                    if part[0] != left[0]:
                        continue
                    sub: Substitution = {}
                    if not unify(left, part, sub):
                        continue
                    new_left, new_right = resolve(left, sub), resolve(right, sub)
                    if self.order.greater(new_right, new_left):
                        continue
                    whole = resolve(big, sub)
                    other = resolve(small, sub)
                    if self.order.greater(other, whole):
                        continue
                    self._conclude(
                        [(positive, replace(whole, path, new_right), other)],
                        [lit for k, lit in enumerate(literals) if k != i],
                        [lit for k, lit in enumerate(target.literals) if k != j],
                        [(source, renaming), (target, None)],
                        sub,
                    )
                    if self.empty is not None:
                        return

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
            number = (
                heapq.heappop(self.by_age) if queue_age else heapq.heappop(self.by_weight)[1]
            )
            if number not in self.done:
                self.done.add(number)
                return self.clauses[number]
        return None

    def _activate(self, clause: Clause) -> None:
        unit = clause.unit
        if unit is not None and unit[0]:
            _, s, t = unit
            pairs = ((s, t, True),) if self.order.greater(s, t) else ((s, t, False), (t, s, False))
            for left, right, oriented in pairs:
                if type(left) is int or left == TRUE:
                    continue
                if not oriented and not set(variables(right)) <= set(variables(left)):
                    continue
                self.rules.setdefault(left[0], []).append(Rule(left, right, oriented, clause.number))
            # what can be rewritten now goes back to the queue in its new form
            for number in list(self.active):
                old = self.clauses[number]
                if self._reducible(old, clause.number):
                    self.active.remove(number)
                    for rules in self.rules.values():
                        rules[:] = [rule for rule in rules if rule.clause != number]
                    self._requeue(old)
        self.active.append(clause.number)

    def _reducible(self, clause: Clause, by: int) -> bool:
        rules = [r for rs in self.rules.values() for r in rs if r.clause == by]
        for _, s, t in clause.literals:
            for side in (s, t):
                for _, part in positions(side):
                    for rule in rules:
                        sub: Substitution = {}
                        if rule.left[0] == part[0] and match(rule.left, part, sub) and (
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
            for number in list(self.active):
                other = self.clauses[number]
                self._superpose(given, other)
                if self.empty is not None:
                    return self.empty
                if other is not given:
                    self._superpose(other, given)
                    if self.empty is not None:
                        return self.empty
                if self.generated > self.limits.generated:
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
