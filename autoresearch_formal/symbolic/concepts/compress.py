"""Choosing definitions: greedily the one that shortens everything most, as long as one does.

The *description length* of a body of statements under a list of definitions is

    Σ over definitions (1 + Σ over parameters (1 + length of its type) + length of its body)
    + Σ over statements (length of facts and target, written with the definitions)

where a use costs 1 and the length of its arguments. A definition is kept only if the sum gets
smaller with it (minimum description length; Rissanen, Automatica 14 (1978), 465-471). Nothing
here knows any particular operation or concept.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.concepts.corpus import (
    CorpusStatement,
    Rewriter,
    eligible,
    groups,
    places,
)
from autoresearch_formal.symbolic.concepts.patterns import (
    Abstraction,
    Binder,
    length,
    open_variables,
    plain,
)
from autoresearch_formal.terms import (
    Bound,
    Expr,
    Hole,
    Local,
    Pi,
    Sort,
    anti_unify,
    constants,
    lift,
    map_leaves,
    subterms,
)

EVALUATED = 8
"""Candidates that are tried on the whole corpus in each round, if one of them pays."""

LIMIT = 60
"""Candidates that are tried before giving up."""

GENERALISED = 40
"""Candidates whose pairs are anti-unified in each round."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A definition that pays for itself."""

    name: str
    shape: Abstraction
    saved: int
    """Symbols by which the description gets shorter."""
    uses: dict[str, int]
    """Uses in each statement."""


def hole_types(
    found: dict[Expr, int], types: dict[str, Expr], binders: Sequence[Binder]
) -> tuple[tuple[Expr, ...], tuple[str, ...]] | None:
    """Types and names of the variables that became holes; types of types are added to ``found``."""
    made: list[Expr] = []
    names: list[str] = []
    for variable in iter_growing(found):
        if isinstance(variable, Local):
            if variable.name not in types:
                return None
            type_, name = types[variable.name], variable.name
        elif isinstance(variable, Bound) and variable.index < len(binders):
            name, written = binders[-1 - variable.index]
            type_ = lift(written, variable.index + 1)
        else:
            return None
        if not plain(type_):
            return None
        made.append(open_variables(type_, found))
        names.append(name)
    return tuple(made), tuple(names)


def iter_growing(found: dict[Expr, int]) -> Iterator[Expr]:
    """The keys in order, those included that are added meanwhile."""
    done = 0
    while done < len(found):
        yield next(itertools.islice(found, done, None))
        done += 1


def abstraction(
    parts: Sequence[Expr],
    types: dict[str, Expr],
    binders: Sequence[Binder],
    result: Expr | None,
) -> Abstraction | None:
    """Parts with their variables as parameters: types first, then in the order of the context."""
    found: dict[Expr, int] = {}
    for part in parts:
        open_variables(part, found)
    made = hole_types(found, types, binders)
    if made is None:
        return None
    kinds, _ = made
    place = {name: i for i, name in enumerate(types)}

    def rank(variable: Expr) -> tuple[int, int]:
        kind = 0 if isinstance(kinds[found[variable]], Sort) else 1
        if isinstance(variable, Bound):
            return kind, 10_000 - variable.index
        return kind, place[variable.name] if isinstance(variable, Local) else 0

    order = {v: i for i, v in enumerate(sorted(found, key=rank))}
    made = hole_types(order, types, binders)
    if made is None:
        return None
    opened = tuple(open_variables(p, order) for p in parts)
    kind = open_variables(result, order) if result is not None else None
    return Abstraction(opened, made[0], kind, made[1], tuple(parts))


def single_candidates(statement: CorpusStatement) -> Counter[Abstraction]:
    """Patterns of single sub-expressions, with how often each occurs letter by letter."""
    counts: Counter[Abstraction] = Counter()
    for root in [*statement.facts, statement.target]:
        for place in places(root, statement.types):
            if eligible(place):
                made = abstraction([place.expr], statement.types, place.binders, place.result)
                if made is not None and worth_a_name(made):
                    counts[made] += 1
    return counts


def worth_a_name(shape: Abstraction) -> bool:
    """Whether the parameters are few enough and something is left besides them."""
    return len(shape.types) <= 8 and any(not isinstance(t, Sort) for t in shape.types)


def generalised(counts: Counter[Abstraction]) -> Iterator[Abstraction]:
    """Anti-unifiers of the most frequent patterns, where they keep the types of their holes."""
    best = sorted(counts, key=lambda s: -counts[s] * length(s.parts[0]))[:GENERALISED]
    for left, right in itertools.combinations(best, 2):
        if left.result is None and right.result is None and left != right:
            made = joined(left, right)
            if made is not None:
                yield made


def joined(left: Abstraction, right: Abstraction) -> Abstraction | None:
    """The anti-unifier of two patterns, if it has more holes than the first; None otherwise."""
    made = anti_unify(left.parts[0], right.parts[0])
    if made is None or isinstance(made[0], Hole) or length(made[0]) <= 3:
        return None
    pattern, pairs = made
    holes = [a.number for a, b in pairs if isinstance(a, Hole) and isinstance(b, Hole)]
    if len(holes) < len(pairs) or len(pairs) <= len(left.types):
        return None
    number = {old: new for new, old in enumerate(holes)}
    types = [renumbered(left.types[old], number) for old in holes]
    known = tuple(t for t in types if t is not None and plain(t))
    if len(known) < len(types):
        return None
    return Abstraction((pattern,), known, None, tuple(left.hints[old] for old in holes), (pattern,))


def renumbered(type_: Expr, number: dict[int, int]) -> Expr | None:
    """A type in terms of new hole numbers; None if it needs one that is gone."""
    holes = [part.number for part in subterms(type_) if isinstance(part, Hole)]
    if any(hole not in number for hole in holes):
        return None
    return map_leaves(
        type_, lambda leaf, _: Hole(number[leaf.number]) if isinstance(leaf, Hole) else leaf
    )


class Bundles:
    """What two sets of propositions have in common, for all pairs of sets in a corpus.

    Sets are numbered, and what a pair has in common is remembered from round to round.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[Expr, ...], int] = {}
        self._sets: list[tuple[CorpusStatement, list[Expr], tuple[Binder, ...], list[Expr]]] = []
        self._shared: dict[tuple[int, int], list[Abstraction]] = {}
        self._of: dict[int, tuple[CorpusStatement, list[int]]] = {}

    def __call__(self, corpus: Iterable[CorpusStatement]) -> Counter[Abstraction]:
        """Shared subsets, with the number of pairs that gave each."""
        weights: Counter[int] = Counter()
        for statement in corpus:
            if id(statement) not in self._of:
                self._of[id(statement)] = statement, list(self._number(statement))
            weights.update(self._of[id(statement)][1])
        counts: Counter[Abstraction] = Counter()
        for pair in itertools.combinations_with_replacement(sorted(weights), 2):
            if pair[0] != pair[1] or weights[pair[0]] > 1:
                if pair not in self._shared:
                    self._shared[pair] = list(self._common(*pair))
                counts.update(self._shared[pair])
        return counts

    def _number(self, statement: CorpusStatement) -> Iterator[int]:
        for members, binders in groups(statement):
            usable = [m for m in members if plain(m) and 3 <= length(m) <= 60]
            if len(usable) > 1:
                found: dict[Expr, int] = {}
                key = tuple(open_variables(m, found) for m in usable)
                if key not in self._numbers:
                    self._numbers[key] = len(self._sets)
                    alone = [open_variables(m, {}) for m in usable]
                    self._sets.append((statement, usable, binders, alone))
                yield self._numbers[key]

    def _common(self, left: int, right: int) -> Iterator[Abstraction]:
        statement, members, binders, keys = self._sets[left]
        _, others, _, other_keys = self._sets[right]
        for shared in common(members, keys, others, other_keys):
            ordered = sorted(shared, key=lambda m: (length(m), repr(open_variables(m, {}))))
            made = abstraction(ordered, statement.types, binders, None)
            if made is not None and worth_a_name(made):
                yield made


def common(
    left: Sequence[Expr],
    left_keys: Sequence[Expr],
    right: Sequence[Expr],
    right_keys: Sequence[Expr],
) -> list[list[Expr]]:
    """Largest subsets of ``left`` that are in ``right`` too, up to the names of variables.

    Greedy: from each pair of equal shape the correspondence of variables is extended by all other
    pairs that agree with it and share a variable with what is there.
    """
    where: dict[Expr, list[int]] = defaultdict(list)
    for j, key in enumerate(right_keys):
        where[key].append(j)
    found: list[list[Expr]] = []
    seen: set[tuple[int, ...]] = set()
    for start in range(len(left)):
        for partner in where[left_keys[start]]:
            forth: dict[Expr, Expr] = {}
            taken: dict[int, int] = {}
            agree(left[start], right[partner], forth)
            taken[start] = partner
            grown = True
            while grown:
                grown = False
                for i, key in enumerate(left_keys):
                    if i in taken or not (set(variables(left[i])) & set(forth)):
                        continue
                    for j in where[key]:
                        trial = dict(forth)
                        if j not in taken.values() and agree(left[i], right[j], trial):
                            forth, taken[i], grown = trial, j, True
                            break
            chosen = tuple(sorted(taken))
            if len(chosen) > 1 and chosen not in seen:
                seen.add(chosen)
                found.append([left[i] for i in chosen])
    return found


def variables(expr: Expr) -> list[Expr]:
    """Variables from outside, in the order of their first appearance."""
    found: dict[Expr, int] = {}
    open_variables(expr, found)
    return list(found)


def agree(left: Expr, right: Expr, forth: dict[Expr, Expr]) -> bool:
    """Extend a one-to-one correspondence of variables; both have the same shape."""
    for a, b in zip(variables(left), variables(right), strict=True):
        if forth.setdefault(a, b) != b:
            return False
    return len(set(forth.values())) == len(forth)


def describe(corpus: Sequence[CorpusStatement]) -> int:
    """Length of all statements."""
    return sum(s.length for s in corpus)


def trial(
    shape: Abstraction, name: str, corpus: Sequence[CorpusStatement]
) -> tuple[int, list[CorpusStatement], dict[str, int]]:
    """Symbols saved by a definition (negative if it costs), the rewritten corpus, the uses."""
    made = []
    uses: dict[str, int] = {}
    saved = -shape.cost
    spoken = {c for part in shape.parts for c in constants(part)}
    for statement in corpus:
        if not spoken <= statement.constants:
            made.append(statement)
            continue
        rewriter = Rewriter(shape, name, statement)
        short = rewriter.result()
        if rewriter.uses:
            saved += statement.length - short.length
            uses[statement.name] = uses.get(statement.name, 0) + rewriter.uses
        made.append(short)
    return saved, made, uses


def promise(shape: Abstraction, count: int) -> int:
    """An estimate of what a pattern saves that occurs ``count`` times."""
    body = sum(length(p) for p in shape.parts) + len(shape.parts) - 1
    use = 1 + sum(not isinstance(t, (Sort, Pi)) for t in shape.types)
    gain: int = count * (body - use) - shape.cost
    return gain


def compress(
    corpus: Sequence[CorpusStatement], limit: int = 16, prefix: str = "?"
) -> tuple[list[Chosen], list[CorpusStatement]]:
    """Definitions that shorten the corpus, best first, and the corpus written with them."""
    current = list(corpus)
    chosen: list[Chosen] = []
    known: dict[int, tuple[CorpusStatement, Counter[Abstraction]]] = {}
    bundles = Bundles()
    while len(chosen) < limit:
        singles: Counter[Abstraction] = Counter()
        for statement in current:
            if id(statement) not in known:
                known[id(statement)] = statement, single_candidates(statement)
            singles.update(known[id(statement)][1])
        counts = Counter(singles)
        for shape, count in bundles(current).items():
            counts[shape] += count + 1
        for shape in generalised(singles):
            counts[shape] += 2
        ranked = sorted(counts, key=lambda s: (-promise(s, counts[s]), repr(s.parts)))
        name = f"{prefix}{len(chosen)}"
        best: tuple[int, Abstraction, list[CorpusStatement], dict[str, int]] | None = None
        for number, shape in enumerate(ranked[:LIMIT]):
            if number >= EVALUATED and best is not None:
                break
            saved, made, uses = trial(shape, name, current)
            if saved > 0 and sum(uses.values()) > 1 and (best is None or saved > best[0]):
                best = saved, shape, made, uses
        if best is None:
            break
        saved, shape, current, uses = best
        chosen.append(Chosen(name, shape, saved, uses))
    return chosen, current
