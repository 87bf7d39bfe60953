"""Clauses in TPTP's typed clause form, and refutations in TSTP read back.

The syntax is G. Sutcliffe's ("The TPTP problem library and associated infrastructure", J. Autom.
Reasoning 59 (2017), 483-502): ``tcf`` clauses over declared sorts, and derivations whose lines end
in ``file(…)`` or ``inference(rule, …, [parents])``. What is read comes from another program and is
not trusted: it is bounded in size and depth, and `BadDerivation` is all that can come of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.clauses import TRUE, Literal, clause_variables
from autoresearch_formal.symbolic.first_order.terms import SORT, Term

MAX_STEPS = 5_000
MAX_DEPTH = 100
"""How deep terms and inferences may be nested."""


class Untyped(ValueError):
    """The clauses can't be given sorts: a symbol is used as a predicate and as a function."""


class BadDerivation(ValueError):
    """The text is not a derivation from the clauses that were written."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a derivation."""

    name: str
    literals: tuple[Literal, ...]
    parents: tuple[str, ...]
    """Names of the lines it follows from; none for an input clause."""


Slot = tuple[str, int] | int
"""A place that has a sort: an argument of a symbol, its result (0), or a sort of the problem."""


@dataclass(slots=True)
class SymbolSorts:
    """Names and sorts of the symbols of a set of clauses, found by unification."""

    names: dict[str, str] = field(default_factory=dict)
    """Our symbol to its name in the text."""
    arity: dict[str, int] = field(default_factory=dict)
    predicates: dict[str, None] = field(default_factory=dict)
    _above: dict[Slot, Slot] = field(default_factory=dict)

    @classmethod
    def of(cls, clauses: Iterable[Sequence[Literal]]) -> SymbolSorts:
        """Raises `Untyped`."""
        made = cls()
        for literals in clauses:
            for _, s, t in literals:
                if t == TRUE and type(s) is not int:
                    made._declare(s)
                    made.predicates[s[0]] = None
                else:
                    made._same(made._sort_of(s), made._sort_of(t))
        for symbol in made.predicates:
            if (symbol, 0) in made._above:
                raise Untyped(symbol)
        return made

    def _find(self, slot: Slot) -> Slot:
        while (up := self._above.setdefault(slot, slot)) != slot:
            slot = up
        return slot

    def _same(self, one: Slot, other: Slot) -> None:
        a, b = self._find(one), self._find(other)
        if a != b:
            if isinstance(a, int):
                a, b = b, a
            self._above[a] = b  # a sort of the problem stays the representative

    def _sort_of(self, term: Term) -> Slot:
        if type(term) is int:
            return int(term // SORT)
        self._declare(term)
        return self._find((term[0], 0))

    def _declare(self, term: Term) -> None:
        symbol = term[0]
        if self.arity.setdefault(symbol, len(term) - 1) != len(term) - 1:
            raise Untyped(symbol)
        self.names.setdefault(symbol, f"f{len(self.names)}")
        for place, argument in enumerate(term[1:], start=1):
            self._same((symbol, place), self._sort_of(argument))

    def sorts(self) -> dict[Slot, str]:
        """The name of each sort, by its representative."""
        slots = [s for symbol, n in self.arity.items() for s in self._slots(symbol, n)]
        numbers = [s for s in self._above if isinstance(s, int)]
        found = dict.fromkeys(self._find(slot) for slot in [*numbers, *slots])
        return {slot: f"s{number}" for number, slot in enumerate(found)}

    def _slots(self, symbol: str, arity: int) -> list[Slot]:
        first = 1 if symbol in self.predicates else 0
        return [(symbol, place) for place in range(first, arity + 1)]

    def declarations(self) -> Iterator[str]:
        """Lines that declare sorts and symbols."""
        sorts = self.sorts()
        for name in sorts.values():
            yield f"tff({name}, type, {name}: $tType)."
        for symbol, arity in self.arity.items():
            name = self.names[symbol]
            domain = [sorts[self._find((symbol, place))] for place in range(1, arity + 1)]
            result = "$o" if symbol in self.predicates else sorts[self._find((symbol, 0))]
            arrow = f"({' * '.join(domain)}) > " if domain else ""
            yield f"tff({name}, type, {name}: {arrow}{result})."

    def sort_name(self, variable: int) -> str:
        """The name of a variable's sort."""
        return self.sorts()[self._find(variable // SORT)]

    def numbers(self) -> dict[str, int]:
        """For each sort's name its number in the problem; sorts without variables get new ones."""
        sorts = self.sorts()
        spare = max((s for s in sorts if isinstance(s, int)), default=-1) + 1
        found = {}
        for slot, name in sorts.items():
            found[name] = slot if isinstance(slot, int) else spare
            spare += not isinstance(slot, int)
        return found


def write(clauses: Sequence[tuple[Sequence[Literal], bool]], signature: SymbolSorts) -> str:
    """The clauses, named ``c0``, ``c1``, …; those of the negated goal have that role."""
    lines = list(signature.declarations())
    for number, (literals, goal) in enumerate(clauses):
        role = "negated_conjecture" if goal else "axiom"
        lines.append(f"tcf(c{number}, {role}, {clause_text(literals, signature)}).")
    return "\n".join(lines) + "\n"


def clause_text(literals: Sequence[Literal], signature: SymbolSorts) -> str:
    """A clause with its variables declared."""
    if not literals:
        return "$false"
    names = {v: f"X{k}" for k, v in enumerate(clause_variables(literals))}

    def text(term: Term) -> str:
        if type(term) is int:
            return names[term]
        name = signature.names[term[0]]
        return f"{name}({','.join(map(text, term[1:]))})" if len(term) > 1 else name

    said = []
    for positive, s, t in literals:
        if t == TRUE and type(s) is not int:
            said.append(text(s) if positive else f"~{text(s)}")
        else:
            said.append(f"{text(s)}{'=' if positive else '!='}{text(t)}")
    bound = ",".join(f"{name}:{signature.sort_name(v)}" for v, name in names.items())
    matrix = "|".join(said)
    return f"![{bound}]:({matrix})" if bound else f"({matrix})" if len(said) > 1 else matrix


TOKEN = re.compile(r"\s+|(!=|[\w$]+|'[^'\n]*'|[()\[\]:,.~|=!*>-])")
LINE = re.compile(r"(?:tff|tcf|cnf|fof)\((\w+), (\w+), (.*)\)\.")


def read(text: str, signature: SymbolSorts) -> list[Step]:
    """The steps of a derivation, in its order. Raises `BadDerivation`."""
    steps: list[Step] = []
    for line in text.splitlines():
        found = LINE.fullmatch(line)
        if found is None or found[2] == "type":
            continue
        if len(steps) >= MAX_STEPS:
            raise BadDerivation("too many steps")
        steps.append(_Reader(found[3], signature).step(found[1]))
    return steps


class _Reader:
    """Recursive descent over one line: a clause, then where it comes from."""

    def __init__(self, text: str, signature: SymbolSorts) -> None:
        self.tokens: list[str] = []
        end = 0
        for found in TOKEN.finditer(text):
            if found.start() != end:
                break
            end = found.end()
            if found[1]:
                self.tokens.append(found[1])
        if end != len(text):
            raise BadDerivation(f"strange character {text[end]!r}")
        self.at = 0
        self.symbols = {name: symbol for symbol, name in signature.names.items()}
        self.signature = signature
        self.numbers = signature.numbers()
        self.variables: dict[str, int] = {}
        self.counts: dict[int, int] = {}

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or (wanted and token != wanted):
            raise BadDerivation(f"{wanted or 'more'} expected, not {token!r}")
        self.at += 1
        return token

    def step(self, name: str) -> Step:
        literals = tuple(self.disjunction(0))
        self.take(",")
        return Step(name, literals, tuple(dict.fromkeys(self.source(0))))

    # -- clauses -----------------------------------------------------------------------------

    def disjunction(self, depth: int) -> list[Literal]:
        if depth > MAX_DEPTH:
            raise BadDerivation("nested too deeply")
        literals = self.literals(depth)
        while self.peek() == "|":
            self.take()
            literals += self.literals(depth)
        return literals

    def literals(self, depth: int) -> list[Literal]:
        match self.peek():
            case "!":
                self.take()
                self.binders()
                return self.disjunction(depth + 1)
            case "(":
                self.take()
                inner = self.disjunction(depth + 1)
                self.take(")")
                return inner
            case "~":
                self.take()
                inner = self.literals(depth + 1)
                if len(inner) != 1:
                    raise BadDerivation("not a clause")
                positive, s, t = inner[0]
                return [(not positive, s, t)]
            case "$false":
                self.take()
                return []
        left = self.term(depth)
        if self.peek() in ("=", "!="):
            return [(self.take() == "=", left, self.term(depth))]
        if type(left) is int:
            raise BadDerivation("a variable is no atom")
        return [(True, left, TRUE)]

    def binders(self) -> None:
        self.take("[")
        while True:
            name = self.take()
            self.take(":")
            sort = self.numbers.get(self.take())
            count = self.counts.get(sort, 0) if sort is not None else SORT
            if sort is None or count >= SORT // 2:
                raise BadDerivation("strange variables")
            self.counts[sort] = count + 1
            self.variables[name] = sort * SORT + count
            if self.take() == "]":
                break
        self.take(":")

    def term(self, depth: int) -> Term:
        if depth > MAX_DEPTH:
            raise BadDerivation("nested too deeply")
        name = self.take()
        if name in self.variables:
            return self.variables[name]
        symbol = TRUE[0] if name == "$true" else self.symbols.get(name)
        if symbol is None:
            raise BadDerivation(f"unknown symbol {name!r}")
        arguments = []
        if self.peek() == "(":
            while self.take() != ")":
                arguments.append(self.term(depth + 1))
                if self.peek() not in (",", ")"):
                    raise BadDerivation("end of arguments expected")
        if len(arguments) != self.signature.arity.get(symbol, 0):
            raise BadDerivation(f"wrong number of arguments of {name!r}")
        return (symbol, *arguments)

    # -- sources -----------------------------------------------------------------------------

    def source(self, depth: int) -> list[str]:
        """Names of the lines that an inference, however nested, starts from."""
        if depth > MAX_DEPTH:
            raise BadDerivation("nested too deeply")
        name = self.take()
        if self.peek() != "(":
            return [name]
        self.take("(")
        if name == "file":
            return []
        if name != "inference":
            raise BadDerivation(f"a step by {name!r}")
        self.take()
        self.take(",")
        self._skip_list()
        self.take(",")
        self.take("[")
        parents = []
        while True:
            parents += self.source(depth + 1)
            if self.take() == "]":
                break
        self.take(")")
        return parents

    def _skip_list(self) -> None:
        self.take("[")
        while self.take() != "]":
            pass
