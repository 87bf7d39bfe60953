"""A definition for the hypotheses that the lemmas of a finished file share.

Lemmas that a search conjectured repeat the laws of the target they were made for. Where a bundle
of laws recurs in several of them, one definition of the bundle (`policy.define`) can make the
whole file shorter. It is kept only if the file has fewer symbols with it, everything counted: the
definition, the statements, taking the bundle apart in each proof, putting it together in the
theorem. What is written here is text; whether it still holds Lean says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from autoresearch_formal.search.emit.generate import GeneratedDeclaration
from autoresearch_formal.search.emit.statement import StatedGoal, closing, take_apart
from autoresearch_formal.symbolic.concepts.compress import Chosen, abstraction
from autoresearch_formal.symbolic.concepts.lean import ConceptDefinition, definitions
from autoresearch_formal.symbolic.concepts.patterns import plain
from autoresearch_formal.terms import GoalTree

BUNDLE = "laws"
SYMBOL = re.compile(r"[\w'₀-₉.]+|[^\w\s]")


def symbols(text: str) -> int:
    """Number of symbols of a text."""
    return len(SYMBOL.findall(text))


def size(made: Sequence[GeneratedDeclaration]) -> int:
    """Symbols of all declarations, docstrings apart."""
    return sum(symbols("\n".join([d.text, d.statement, *d.lines])) for d in made)


def bundles(stated: Sequence[StatedGoal], goal: GoalTree) -> list[tuple[str, ...]]:
    """Sets of facts of the goal that at least two lemmas assume, the largest first."""
    facts = {h.name for h in goal.hyps if h.is_prop and plain(h.type)}
    assumed = [tuple(n for n in s.names if n in facts) for s in stated]
    found: dict[tuple[str, ...], None] = {}
    for left, right in itertools.combinations(assumed, 2):
        both = tuple(n for n in left if n in right)
        if len(both) > 1:
            found[both] = None
    return sorted(found, key=lambda b: -len(b))


def shorter(
    made: Sequence[GeneratedDeclaration], goal: GoalTree
) -> tuple[list[GeneratedDeclaration], ConceptDefinition] | None:
    """The file with a definition, if that makes it shorter; ``goal`` is the target's."""
    lemmas = made[:-1]
    stated = {d.name: take_apart(d.statement) for d in lemmas if d.kind == "theorem"}
    known = {name: s for name, s in stated.items() if s is not None}
    before = size(made)
    best: tuple[int, list[GeneratedDeclaration], ConceptDefinition, int] | None = None
    for bundle in bundles(list(known.values()), goal):
        users = [n for n, s in known.items() if set(bundle) <= set(s.names)]
        definition = bundled(bundle, goal, len(users))
        if definition is None:
            continue
        after = rewritten(made, known, users, bundle, definition)
        if after is not None:
            count = size(after)
            if count < before and (best is None or count < best[0]):
                best = count, after, definition, len(users)
    if best is None:
        return None
    count, after, definition, uses = best
    after[0].doc = (
        f"What the {uses} lemmas below assume in common; it makes the file"
        f" {before - count} symbols shorter."
    )
    return after, definition


def bundled(bundle: Sequence[str], goal: GoalTree, uses: int) -> ConceptDefinition | None:
    """The definition of a bundle of facts of a goal."""
    types = {h.name: h.type for h in goal.hyps if not h.is_prop}
    shape = abstraction([goal.types[n] for n in bundle], types, (), None)
    if shape is None:
        return None
    return definitions([Chosen("?0", shape, 0, {"lemmas": uses})])[0]


def rewritten(
    made: Sequence[GeneratedDeclaration],
    known: dict[str, StatedGoal],
    users: Sequence[str],
    bundle: Sequence[str],
    definition: ConceptDefinition,
) -> list[GeneratedDeclaration] | None:
    """All declarations with the definition in use; None if some text is not understood."""
    call = " ".join([definition.name, *[p.name for p in definition.parameters if not p.implicit]])
    first = GeneratedDeclaration(definition.name, "", [], "", "def", definition.text)
    after = [first]
    pattern = f"⟨{', '.join(bundle)}⟩"
    for d in made:
        lines = [applied(line, known, users, bundle) for line in d.lines]
        if None in lines or not lines:
            return None
        said = [line for line in lines if line is not None]
        statement = d.statement
        if d.name in users:
            stated = known[d.name]
            kept = [b for b in stated.binders if b[0] not in bundle[:-1]]
            binders = tuple((BUNDLE, call) if n == bundle[-1] else (n, t) for n, t in kept)
            statement = StatedGoal(binders, stated.conclusion).text
            head = said[0].split()
            if head != ["intro", *stated.names]:
                return None
            names = [n for n, _ in binders]
            take = "have" if any(mentions(line) for line in said) else "obtain"
            said = [f"intro {' '.join(names)}", f"{take} {pattern} := {BUNDLE}", *said[1:]]
        elif any(mentions(line) for line in said):
            said = [said[0], f"have {BUNDLE} : {call} := {pattern}", *said[1:]]
        after.append(replace(d, statement=statement, lines=said))
    return after


def mentions(line: str) -> bool:
    """Whether a line speaks of the bundle as a whole."""
    return BUNDLE in SYMBOL.findall(line)


def applied(
    line: str, known: dict[str, StatedGoal], users: Sequence[str], bundle: Sequence[str]
) -> str | None:
    """A line with the bundle in place of the facts that lemmas are applied to."""
    for name in users:
        at = line.find(f"@{name} ")
        while at >= 0:
            start = at + len(name) + 2
            args, end = arguments(line, start, len(known[name].names))
            given = dict(zip(known[name].names, args, strict=False))
            if any(given.get(fact) != fact for fact in bundle):
                return None
            kept = [
                BUNDLE if n == bundle[-1] else a for n, a in given.items() if n not in bundle[:-1]
            ]
            line = line[:start] + " ".join(kept) + line[end:]
            at = line.find(f"@{name} ", start)
    return line


def arguments(line: str, at: int, count: int) -> tuple[list[str], int]:
    """Up to ``count`` arguments from a place on, and where they end."""
    found: list[str] = []
    end = at
    while len(found) < count and at < len(line):
        if line[at] in "([{⟨":
            close = closing(line, at)
            if close is None:
                break
            stop = close + 1
        else:
            word = re.match(r"[^\s()\[\]{}⟨⟩,]+", line[at:])
            if word is None:
                break
            stop = at + word.end()
        found.append(line[at:stop])
        end = stop
        at = stop
        while at < len(line) and line[at] == " ":
            at += 1
    return found, end
