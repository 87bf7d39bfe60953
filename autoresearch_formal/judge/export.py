"""Reading exports: the lean4export text format with every object checked.

An export is untrusted input. Nothing is handed on, to the kernel or to the comparison, before it
is known that every line has exactly the fields of its kind, every number refers to something
above it, names, levels and expressions are numbered without gaps, and no expression is nested or
numbered beyond what the kernel's own representation can hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from autoresearch_formal.judge.format import (
    FORMAT_VERSION,
    LINES,
    AxiomLine,
    Block,
    Declaration,
    Definition,
    DefLine,
    InductiveType,
    LeanVersion,
    MetaLine,
    Opaque,
    OpaqueLine,
    QuotLine,
    Theorem,
    ThmLine,
)
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.tables import (
    APP,
    CONST,
    LAM,
    LET,
    LITERALS,
    OBJECTS,
    PI,
    PROJ,
    Bad,
    Tables,
)

SORRY: Name = ("sorryAx",)
"""The axiom behind every hole."""


class MalformedExport(Exception):
    """An export that is not well formed: which line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line} of the export: {why}")
        self.line = line
        self.why = why


_DECODERS = {key: msgspec.json.Decoder(kind) for key, kind in LINES.items()}
# The key that says what a line is: the first one, or the second after a number.
_KEY = re.compile(rb'^\{(?:"i[nle]":\d+,)?"(\w+)":')
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)')  # also one that is never closed
_FIELDS: dict[type, int] = {}


class Segment(Tables):
    """One parsed export: its numbered objects, and its declarations in order.

    `lines` is the line on which each declaration stands.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lean: LeanVersion | None = None
        self.declarations: list[Declaration] = []
        self.lines: list[int] = []

    @classmethod
    def parse(cls, text: bytes) -> Segment:
        """Read an export.

        Raises:
            MalformedExport: at the first line that is not as it must be.
        """
        segment = cls()
        segment._read(text.split(b"\n"))
        if segment.lean is None:
            raise MalformedExport(1, "it is empty")
        return segment

    def _read(self, lines: Iterable[bytes]) -> None:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if not line:
                    continue
                key = _KEY.match(line)
                decoder = _DECODERS.get(key.group(1)) if key else None
                if decoder is None:
                    raise MalformedExport(number, "unknown kind of object")
                if self.lean is None and key and key.group(1) != b"meta":
                    raise MalformedExport(number, "the first line is not the meta object")
                found = decoder.decode(line)
                wanted = _FIELDS.get(type(found)) or fields(found)
                if line.count(b":") != wanted and _repeats(line, wanted):
                    raise MalformedExport(number, "a field twice in one object")
                self._add(found, number)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise MalformedExport(number, str(error)) from error
        except Bad as bad:
            raise MalformedExport(number, str(bad)) from None

    def _add(self, line: Any, number: int) -> None:
        if self._add_object(line):
            return
        kind = type(line)
        declaration: Declaration
        if kind is MetaLine:
            if self.lean is not None:
                raise Bad("a second meta object")
            if line.meta.format.version != FORMAT_VERSION:
                raise Bad(f"format version {line.meta.format.version}, not {FORMAT_VERSION}")
            self.lean = line.meta.lean
            return
        if kind is AxiomLine:
            declaration = line.axiom
        elif kind is DefLine:
            declaration = line.definition
        elif kind is OpaqueLine:
            declaration = line.opaque
        elif kind is ThmLine:
            declaration = line.thm
        elif kind is QuotLine:
            declaration = line.quot
        else:
            declaration = line.inductive
        self._check_declaration(declaration)
        self.declarations.append(declaration)
        self.lines.append(number)

    # Declarations

    def _check_declaration(self, d: Declaration) -> None:
        if isinstance(d, Block):
            self._check_block(d)
            return
        self._signature(d.name, d.levelParams, d.type)
        if isinstance(d, Definition | Opaque | Theorem):
            self._closed(d.name, d.levelParams, d.value)
            for n in d.all:
                self._name(n)
        safe = (
            d.safety == "safe" if isinstance(d, Definition) else not getattr(d, "isUnsafe", False)
        )
        if not safe:
            raise Bad(f"'{self.show(d.name)}' is marked unsafe or partial")

    def _signature(self, name: int, params: tuple[int, ...], type_: int) -> None:
        if self._name(name) == 0:
            raise Bad("a declaration without a name")
        for p in params:
            self._name(p)
        if len({self.names[p] for p in params}) != len(params):
            raise Bad(f"'{self.show(name)}' declares a universe parameter twice")
        self._closed(name, params, type_)

    def _closed(self, name: int, params: tuple[int, ...], expr: int) -> None:
        self._expr(expr)
        if self.loose[expr]:
            raise Bad(f"'{self.show(name)}' has a loose bound variable")
        declared = 0
        for p in params:
            declared |= self._parameter(p)
        if self.params[expr] & ~declared:
            raise Bad(f"'{self.show(name)}' uses a universe parameter that it does not declare")

    def _check_block(self, block: Block) -> None:
        if not block.types:
            raise Bad("a block of no inductive types")
        first = block.types[0]
        all_ = tuple(t.name for t in block.types)
        if len({*all_}) != len(all_):
            raise Bad("an inductive type twice in one block")
        for t in block.types:
            self._check_type(block, t, all_)
        for c in block.ctors:
            self._signature(c.name, c.levelParams, c.type)
            if c.induct not in all_ or c.levelParams != first.levelParams:
                raise Bad(f"'{self.show(c.name)}' belongs to no type of its block")
        for r in block.recs:
            self._signature(r.name, r.levelParams, r.type)
            if r.all != all_:
                raise Bad(f"'{self.show(r.name)}' disagrees about its mutual block")
            for rule in r.rules:
                self._closed(r.name, r.levelParams, rule.rhs)
                self._name(rule.ctor)
        if any(x.isUnsafe for x in block.constants):
            raise Bad(f"'{self.show(first.name)}' is marked unsafe")

    def _check_type(self, block: Block, t: InductiveType, all_: tuple[int, ...]) -> None:
        """Raise `Bad` unless a type agrees with the block it is in."""
        first = block.types[0]
        self._signature(t.name, t.levelParams, t.type)
        if t.all != all_:
            raise Bad(f"'{self.show(t.name)}' disagrees about its mutual block")
        if t.levelParams != first.levelParams or t.numParams != first.numParams:
            raise Bad(f"'{self.show(t.name)}' disagrees about the block's parameters")
        if tuple(c.name for c in block.ctors if c.induct == t.name) != t.ctors:
            raise Bad(f"'{self.show(t.name)}' disagrees about its constructors")

    # Questions

    def show(self, name: int) -> str:
        """The dotted text of a name, unambiguous for people."""
        return show(self.names[name])

    def parts(self, i: int) -> tuple[int, ...]:
        """Numbers of the expressions right below an expression."""
        e = self.exprs[i]
        code = e[0]
        if code == APP:
            return (e[1], e[2])
        if code in (LAM, PI):
            return (e[2], e[3])
        if code == LET:
            return (e[2], e[3], e[4])
        return (e[3],) if code == PROJ else ()

    def hole(self, i: int) -> tuple[int, int, int | None] | None:
        """If an expression is a hole (`sorryAx` applied): the numbers of its level, of its type and
        of its label, if it has one."""
        arguments = []
        while self.exprs[i][0] == APP:
            arguments.append(self.exprs[i][2])
            i = self.exprs[i][1]
        e = self.exprs[i]
        if e[0] != CONST or self.names[e[1]] != SORRY or len(arguments) < 2 or not e[2]:
            return None
        return e[2][0], arguments[-1], arguments[-3] if len(arguments) > 2 else None

    def constants(self, roots: Iterable[int]) -> set[Name]:
        """Names of all constants in some expressions.

        Structures named by projections count, and so do the constants that literals stand for.
        """
        found: set[int] = set()
        names: set[Name] = set()
        seen: set[int] = set()
        stack = list(roots)
        while stack:
            i = stack.pop()
            if i in seen:
                continue
            seen.add(i)
            code = self.exprs[i][0]
            if code in (CONST, PROJ):
                found.add(self.exprs[i][1])
            elif code in LITERALS:
                names.update(LITERALS[code])
            stack += self.parts(i)
        return names.union(self.names[n] for n in found)


def fields(line: Any) -> int:
    """How many fields the objects of a line have together."""
    kind = type(line)
    if kind is tuple:
        return sum(map(fields, line))
    if not issubclass(kind, msgspec.Struct):
        return 0
    found = _FIELDS.get(kind)
    if found is None:
        names = kind.__struct_fields__
        found = len(names) + sum(fields(getattr(line, name)) for name in names)
        if kind in OBJECTS:  # every line of such a kind has as many
            _FIELDS[kind] = found
    return found


def _repeats(line: bytes, wanted: int) -> bool:
    """Whether some field of a line with so many is there twice: a decoder keeps the last.

    All fields are required, and outside of strings a colon stands behind every name of a field
    and nowhere else.
    """
    return _STRING.sub(b"", line).count(b":") != wanted


def declared(d: Declaration) -> list[int]:
    """Numbers of the names that a declaration adds to the environment."""
    if isinstance(d, Block):
        return [x.name for x in d.constants]
    return [d.name]


def expressions(d: Declaration) -> list[int]:
    """Numbers of the expressions at the top of a declaration: types, values, rules."""
    if isinstance(d, Block):
        tops = [x.type for x in d.constants]
        return tops + [rule.rhs for r in d.recs for rule in r.rules]
    if isinstance(d, Definition | Opaque | Theorem):
        return [d.type, d.value]
    return [d.type]
