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
    BINDER_INFOS,
    FORMAT_VERSION,
    LINES,
    MAX_LEVEL_DEPTH,
    MAX_NAT_DIGITS,
    MAX_PARAMETERS,
    AppLine,
    AxiomLine,
    BinderBody,
    Block,
    BvarLine,
    ConstLine,
    Declaration,
    Definition,
    DefLine,
    ForallLine,
    ImaxLine,
    LamLine,
    LeanVersion,
    LetLine,
    MaxLine,
    MetaLine,
    NatLine,
    NumLine,
    Opaque,
    OpaqueLine,
    ParamLine,
    ProjLine,
    QuotLine,
    SortLine,
    StrLine,
    StrValLine,
    SuccLine,
    Theorem,
    ThmLine,
)
from autoresearch_formal.judge.names import Name, show


class MalformedExport(Exception):
    """An export that is not well formed: which line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line} of the export: {why}")
        self.line = line
        self.why = why


Level = tuple[Any, ...]
"""``("succ", l)``, ``("max", l, m)``, ``("imax", l, m)``, ``("param", name)``; number 0 is zero."""

Expr = tuple[Any, ...]
"""An operation code (below) and its fields: numbers of earlier objects, or literal text."""

APP, BVAR, SORT, CONST, LAM, PI, LET, PROJ, NAT, STR = range(10)

LITERALS: dict[int, tuple[Name, ...]] = {
    NAT: (("Nat",),),
    STR: (("String", "ofList"), ("Char", "ofNat"), ("List", "cons"), ("List", "nil")),
}
"""What the kernel turns literals into: they depend on these without naming them."""

_DECODERS = {key: msgspec.json.Decoder(kind) for key, kind in LINES.items()}
# The key that says what a line is: the first one, or the second after a number.
_KEY = re.compile(rb'^\{(?:"i[nle]":\d+,)?"(\w+)":')


class Segment:
    """One parsed export: tables of names, levels and expressions, and declarations in order.

    `loose` holds for every expression one more than its largest loose bound variable (0: closed);
    `params` the set of universe parameters in it, as a bit mask;
    `lines` the line on which each declaration stands. Number 0 of `names` and `levels` is the
    anonymous name and level zero.
    """

    def __init__(self) -> None:
        self.lean: LeanVersion | None = None
        self.names: list[Name] = [()]
        self.levels: list[Level] = [("zero",)]
        self.exprs: list[Expr] = []
        self.declarations: list[Declaration] = []
        self.lines: list[int] = []
        self.loose: list[int] = []
        self.params: list[int] = []
        self._parameter_bits: dict[Name, int] = {}
        self._level_params: list[int] = [0]
        self._level_depth: list[int] = [0]

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
                self._add(decoder.decode(line), number)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise MalformedExport(number, str(error)) from error
        except _Bad as bad:
            raise MalformedExport(number, str(bad)) from None

    def _add(self, line: Any, number: int) -> None:
        kind = type(line)
        adder = _ADDERS.get(kind)
        if adder is not None:
            adder(self, line)
            return
        declaration: Declaration
        if kind is MetaLine:
            if self.lean is not None:
                raise _Bad("a second meta object")
            if line.meta.format.version != FORMAT_VERSION:
                raise _Bad(f"format version {line.meta.format.version}, not {FORMAT_VERSION}")
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

    # Names and levels

    def _new_name(self, index: int, prefix: int, part: str | int) -> None:
        if index != len(self.names):
            raise _Bad(f"name number {index} where {len(self.names)} comes next")
        if prefix >= index:
            raise _Bad(f"name {prefix} is not defined yet")
        if len(self.names[prefix]) > 200:
            raise _Bad("a name of more than 200 components")
        self.names.append((*self.names[prefix], part))

    def _str(self, line: StrLine) -> None:
        line.name.text.encode()  # a lone surrogate is not text
        self._new_name(line.index, line.name.pre, line.name.text)

    def _num(self, line: NumLine) -> None:
        self._new_name(line.index, line.num.pre, line.num.i)

    def _new_level(self, index: int, level: Level, *below: int) -> None:
        if index != len(self.levels):
            raise _Bad(f"level number {index} where {len(self.levels)} comes next")
        params, depth = 0, 0
        for i in below:
            if i >= index:
                raise _Bad(f"level {i} is not defined yet")
            params |= self._level_params[i]
            depth = max(depth, self._level_depth[i] + 1)
        if level[0] == "param":
            self._name(level[1])
            params = self._parameter(level[1])
        if depth > MAX_LEVEL_DEPTH:
            raise _Bad("a universe level nested too deeply")
        self.levels.append(level)
        self._level_params.append(params)
        self._level_depth.append(depth)

    def _parameter(self, name: int) -> int:
        """The bit that stands for a universe parameter."""
        bits = self._parameter_bits
        bit = bits.setdefault(self.names[name], 1 << len(bits))
        if len(bits) > MAX_PARAMETERS:
            raise _Bad(f"more than {MAX_PARAMETERS} universe parameters")
        return bit

    def _succ(self, line: SuccLine) -> None:
        self._new_level(line.il, ("succ", line.succ), line.succ)

    def _max(self, line: MaxLine) -> None:
        self._new_level(line.il, ("max", *line.max), *line.max)

    def _imax(self, line: ImaxLine) -> None:
        self._new_level(line.il, ("imax", *line.imax), *line.imax)

    def _param(self, line: ParamLine) -> None:
        self._new_level(line.il, ("param", line.param))

    # Expressions

    def _new_expr(self, index: int, expr: Expr, loose: int, params: int) -> None:
        if index != len(self.exprs):
            raise _Bad(f"expression number {index} where {len(self.exprs)} comes next")
        self.exprs.append(expr)
        self.loose.append(loose)
        self.params.append(params)

    def _name(self, i: int) -> int:
        if i >= len(self.names):
            raise _Bad(f"name {i} is not defined yet")
        return i

    def _level(self, i: int) -> int:
        if i >= len(self.levels):
            raise _Bad(f"level {i} is not defined yet")
        return self._level_params[i]

    def _expr(self, *numbers: int) -> None:
        for i in numbers:
            if i >= len(self.exprs):
                raise _Bad(f"expression {i} is not defined yet")

    def _app(self, line: AppLine) -> None:
        f, a = line.app.fn, line.app.arg
        self._expr(f, a)
        loose, params = self.loose, self.params
        self._new_expr(line.ie, (APP, f, a), max(loose[f], loose[a]), params[f] | params[a])

    def _bvar(self, line: BvarLine) -> None:
        self._new_expr(line.ie, (BVAR, line.bvar), line.bvar + 1, 0)

    def _sort(self, line: SortLine) -> None:
        self._new_expr(line.ie, (SORT, line.sort), 0, self._level(line.sort))

    def _const(self, line: ConstLine) -> None:
        params = 0
        for u in line.const.us:
            params |= self._level(u)
        name = self._name(line.const.name)
        self._new_expr(line.ie, (CONST, name, line.const.us), 0, params)

    def _binder(self, code: int, index: int, b: BinderBody) -> None:
        self._name(b.name)
        self._expr(b.type, b.body)
        loose = max(self.loose[b.type], self.loose[b.body] - 1)
        expr = (code, b.name, b.type, b.body, BINDER_INFOS.index(b.binderInfo))
        self._new_expr(index, expr, loose, self.params[b.type] | self.params[b.body])

    def _lam(self, line: LamLine) -> None:
        self._binder(LAM, line.ie, line.lam)

    def _forall(self, line: ForallLine) -> None:
        self._binder(PI, line.ie, line.forallE)

    def _let(self, line: LetLine) -> None:
        x = line.letE
        self._name(x.name)
        self._expr(x.type, x.value, x.body)
        loose = max(self.loose[x.type], self.loose[x.value], self.loose[x.body] - 1)
        params = self.params[x.type] | self.params[x.value] | self.params[x.body]
        self._new_expr(line.ie, (LET, x.name, x.type, x.value, x.body, x.nondep), loose, params)

    def _proj(self, line: ProjLine) -> None:
        p = line.proj
        self._name(p.typeName)
        self._expr(p.struct)
        expr = (PROJ, p.typeName, p.idx, p.struct)
        self._new_expr(line.ie, expr, self.loose[p.struct], self.params[p.struct])

    def _nat(self, line: NatLine) -> None:
        if len(line.natVal) > MAX_NAT_DIGITS:
            raise _Bad(f"a numeral of {len(line.natVal)} digits (at most {MAX_NAT_DIGITS})")
        self._new_expr(line.ie, (NAT, line.natVal), 0, 0)

    def _strval(self, line: StrValLine) -> None:
        line.strVal.encode()
        self._new_expr(line.ie, (STR, line.strVal), 0, 0)

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
            raise _Bad(f"'{self.show(d.name)}' is marked unsafe or partial")

    def _signature(self, name: int, params: tuple[int, ...], type_: int) -> None:
        if self._name(name) == 0:
            raise _Bad("a declaration without a name")
        for p in params:
            self._name(p)
        if len({self.names[p] for p in params}) != len(params):
            raise _Bad(f"'{self.show(name)}' declares a universe parameter twice")
        self._closed(name, params, type_)

    def _closed(self, name: int, params: tuple[int, ...], expr: int) -> None:
        self._expr(expr)
        if self.loose[expr]:
            raise _Bad(f"'{self.show(name)}' has a loose bound variable")
        declared = 0
        for p in params:
            declared |= self._parameter(p)
        if self.params[expr] & ~declared:
            raise _Bad(f"'{self.show(name)}' uses a universe parameter that it does not declare")

    def _check_block(self, block: Block) -> None:
        if not block.types:
            raise _Bad("a block of no inductive types")
        first = block.types[0]
        all_ = tuple(t.name for t in block.types)
        by_type = {t.name: t for t in block.types}
        if len(by_type) != len(all_):
            raise _Bad("an inductive type twice in one block")
        for t in block.types:
            self._signature(t.name, t.levelParams, t.type)
            if t.all != all_:
                raise _Bad(f"'{self.show(t.name)}' disagrees about its mutual block")
            if t.levelParams != first.levelParams or t.numParams != first.numParams:
                raise _Bad(f"'{self.show(t.name)}' disagrees about the block's parameters")
        for t in block.types:
            own = tuple(c.name for c in block.ctors if c.induct == t.name)
            if own != t.ctors:
                raise _Bad(f"'{self.show(t.name)}' disagrees about its constructors")
        for c in block.ctors:
            self._signature(c.name, c.levelParams, c.type)
            if c.induct not in by_type or c.levelParams != first.levelParams:
                raise _Bad(f"'{self.show(c.name)}' belongs to no type of its block")
        for r in block.recs:
            self._signature(r.name, r.levelParams, r.type)
            if r.all != all_:
                raise _Bad(f"'{self.show(r.name)}' disagrees about its mutual block")
            for rule in r.rules:
                self._closed(r.name, r.levelParams, rule.rhs)
                self._name(rule.ctor)
        if any(x.isUnsafe for x in block.constants):
            raise _Bad(f"'{self.show(first.name)}' is marked unsafe")

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


class _Bad(Exception):
    """Raised while a line is read; becomes `MalformedExport` with the line's number."""


_ADDERS: dict[type, Any] = {
    AppLine: Segment._app, BvarLine: Segment._bvar, ConstLine: Segment._const,
    LamLine: Segment._lam, ForallLine: Segment._forall, SortLine: Segment._sort,
    LetLine: Segment._let, ProjLine: Segment._proj, NatLine: Segment._nat,
    StrValLine: Segment._strval, StrLine: Segment._str, NumLine: Segment._num,
    SuccLine: Segment._succ, MaxLine: Segment._max, ImaxLine: Segment._imax,
    ParamLine: Segment._param,
}  # fmt: skip
