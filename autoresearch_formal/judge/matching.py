"""Is a declaration what it was? Two exports compared, term for term, holes aside.

A hole of the original matches anything; so does a proof that Lean has made a declaration of its
own (`f._proof_1`): its type is that of its place, and two proofs of one proposition are equal.
Names that Lean numbers by itself (`f.match_1`) match if what they stand for does. Universe
parameters are matched by their order, bound variables by their place. Everything else must be the
same.
"""

from __future__ import annotations

from autoresearch_formal.judge.format import (
    Axiom,
    Block,
    Constructor,
    Declaration,
    Definition,
    InductiveType,
    Opaque,
    Quot,
    Theorem,
)
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.own import OwnFile
from autoresearch_formal.judge.tables import APP, CONST, LAM, LET, PI, PROJ, SORT, Expr

WORDS: dict[type, str] = {
    Axiom: "an axiom",
    Definition: "a definition",
    Opaque: "an opaque definition",
    Theorem: "a theorem",
    Quot: "a constant of the kernel",
    Block: "an inductive type",
}

Levels = dict[Name, Name]


class TermMatcher:
    """Compares declarations of a candidate with those of the original."""

    def __init__(self, original: OwnFile, candidate: OwnFile) -> None:
        self._old = original
        self._new = candidate
        self._names: dict[tuple[Name, Name], bool] = {}

    def difference(self, name: Name) -> str:
        """How a declaration differs from the original's of that name; empty if it does not."""
        old, new = self._old.declarations[name], self._new.declarations.get(name)
        if new is None:
            return "it is not in the candidate"
        if type(old) is not type(new):
            return f"it was {WORDS[type(old)]} and is {WORDS[type(new)]}"
        if isinstance(old, Block) or isinstance(new, Block):
            assert isinstance(old, Block)
            assert isinstance(new, Block)
            return self._block(old, new)
        levels = self._parameters(old.levelParams, new.levelParams)
        if levels is None:
            return "it has another number of universe parameters"
        if not self._match(old.type, new.type, levels):
            return "its type is not the one of the original"
        if isinstance(old, Definition) and isinstance(new, Definition):
            if (old.hints == "abbrev") != (new.hints == "abbrev"):
                return "it is not reducible as it was"
            if not self._match(old.value, new.value, levels) and not self._equation(name):
                return "its value is not the one of the original"
        if isinstance(old, Opaque) and isinstance(new, Opaque):
            same = self._match(old.value, new.value, levels)
            return "" if same else "its value is not the one of the original"
        return ""

    def _parameters(self, old: tuple[int, ...], new: tuple[int, ...]) -> Levels | None:
        if len(old) != len(new):
            return None
        names = self._new.segment.names
        pairs = zip(old, new, strict=True)
        return {self._old.segment.names[a]: names[b] for a, b in pairs}

    def _equation(self, name: Name) -> bool:
        """Whether the two equations that define it match: filling a hole by a call of the function
        itself changes the term that Lean makes of it, and not what it satisfies."""
        a, b = self._old.equations.get(name), self._new.equations.get(name)
        if a is None or b is None:
            return False
        old, new = self._old.declarations.get(a), self._new.declarations.get(b)
        if not isinstance(old, Theorem) or not isinstance(new, Theorem):
            return False
        levels = self._parameters(old.levelParams, new.levelParams)
        return levels is not None and self._match(old.type, new.type, levels)

    def _block(self, old: Block, new: Block) -> str:
        names, others = self._old.segment.names, self._new.segment.names
        before: list[InductiveType | Constructor] = [*old.types, *old.ctors]
        after: list[InductiveType | Constructor] = [*new.types, *new.ctors]
        if [names[x.name] for x in before] != [others[x.name] for x in after]:
            return "its types and constructors are not those of the original"
        for a, b in zip(before, after, strict=True):
            levels = self._parameters(a.levelParams, b.levelParams)
            if levels is None:
                return "it has another number of universe parameters"
            if a.numParams != b.numParams or not self._match(a.type, b.type, levels):
                return f"'{show(names[a.name])}' is not what it was"
        return ""

    # Terms

    def _match(self, old: int, new: int, levels: Levels) -> bool:
        a_exprs, b_exprs = self._old.segment.exprs, self._new.segment.exprs
        seen: set[tuple[int, int]] = set()
        filled: dict[tuple[int, int], int] = {}
        stack = [(old, new, 0)]
        while stack:
            i, j, depth = stack.pop()
            if (i, j) in seen:
                continue
            seen.add((i, j))
            if self._is_own_proof(i):
                continue
            sorry = self._old.segment.hole(i)
            if sorry is not None:
                # One hole that the elaborator has copied is filled by one term.
                if sorry[2] is not None and filled.setdefault((i, depth), j) != j:
                    return False
                continue
            a, b = a_exprs[i], b_exprs[j]
            if not self._alike(a, b, levels):
                return False
            code = a[0]
            if code == APP:
                stack += [(a[1], b[1], depth), (a[2], b[2], depth)]
            elif code in (LAM, PI):
                stack += [(a[2], b[2], depth), (a[3], b[3], depth + 1)]
            elif code == LET:
                stack += [(a[2], b[2], depth), (a[3], b[3], depth), (a[4], b[4], depth + 1)]
            elif code == PROJ:
                stack.append((a[3], b[3], depth))
        return True

    def _alike(self, a: Expr, b: Expr, levels: Levels) -> bool:
        """Whether two expressions are of one kind and agree in what is no expression below them."""
        code = a[0]
        if code != b[0]:
            return False
        if code in (APP, LAM, PI, LET):
            return True
        if code == PROJ:
            return a[2] == b[2] and self._same_name(a[1], b[1])
        if code == CONST:
            return (
                len(a[2]) == len(b[2])
                and self._same_name(a[1], b[1])
                and all(self._level(u, v, levels) for u, v in zip(a[2], b[2], strict=True))
            )
        return self._level(a[1], b[1], levels) if code == SORT else bool(a[1:] == b[1:])

    def _is_own_proof(self, i: int) -> bool:
        exprs, old = self._old.segment.exprs, self._old
        while exprs[i][0] == APP:
            i = exprs[i][1]
        if exprs[i][0] != CONST:
            return False
        name = old.segment.names[exprs[i][1]]
        return isinstance(old.declarations.get(name), Theorem) and old.internal(name)

    def _level(self, u: int, v: int, levels: Levels) -> bool:
        stack = [(u, v)]
        while stack:
            a, b = stack.pop()
            x, y = self._old.segment.levels[a], self._new.segment.levels[b]
            if x[0] != y[0]:
                return False
            if x[0] == "param":
                old, new = self._old.segment.names[x[1]], self._new.segment.names[y[1]]
                if levels.get(old) != new:
                    return False
            else:
                stack += zip(x[1:], y[1:], strict=True)
        return True

    def _same_name(self, a: int, b: int) -> bool:
        old, new = self._old.segment.names[a], self._new.segment.names[b]
        known = self._names.get((old, new))
        if known is None:
            known = self._names[old, new] = self._same(old, new)
        return known

    def _same(self, old: Name, new: Name) -> bool:
        a, b = self._old.declarations.get(old), self._new.declarations.get(new)
        if a is None or b is None:
            # A name of the library must not have become one of the file's own, or the reverse.
            return a is None and b is None and old == new
        if not self._old.internal(old) or isinstance(a, Block):
            return old == new
        return type(a) is type(b) and self._same_content(a, b)

    def _same_content(self, a: Declaration, b: Declaration) -> bool:
        if isinstance(a, Block) or isinstance(b, Block):
            return False
        levels = self._parameters(a.levelParams, b.levelParams)
        if levels is None or not self._match(a.type, b.type, levels):
            return False
        if isinstance(a, Definition | Opaque) and isinstance(b, Definition | Opaque):
            return self._match(a.value, b.value, levels)
        return isinstance(a, Theorem)
