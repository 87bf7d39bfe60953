"""Reading exports: the lean4export text format, version 3.1.0, with every object checked.

An export is untrusted input. Nothing is handed on, to the kernel or to the comparison, before it
is known that every line has exactly the fields of its kind, every number refers to something
above it, names, levels and expressions are numbered without gaps, and no expression is nested or
numbered beyond what the kernel's own representation can hold.

Format: https://github.com/leanprover/lean4export, ``format_ndjson.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from autoresearch_formal.judge.names import Name, show

FORMAT_VERSION = "3.1.0"
"""The one version that is read; another is an error, never a guess."""

MAX_BVAR = 1_000_000
"""The kernel packs the range of loose bound variables into 20 bits."""

MAX_LEVEL_DEPTH = 4_096
"""Universe levels nest this deep at most (the kernel recurses over them)."""

MAX_NAT_DIGITS = 20_000
"""A numeral has at most this many decimal digits: huge ones are an attack on memory."""

MAX_NUMBER = 2**53
"""Indices inside names, projections and blocks stay below this."""

Index = Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)]
BinderInfo = Literal["default", "implicit", "strictImplicit", "instImplicit"]

BINDER_INFOS: tuple[BinderInfo, ...] = ("default", "implicit", "strictImplicit", "instImplicit")


class MalformedExport(Exception):
    """An export that is not well formed: which line, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line} of the export: {why}")
        self.line = line
        self.why = why


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    pass


class _Tool(_Strict):
    name: str
    version: str


class LeanVersion(_Strict):
    """The Lean that wrote an export."""

    githash: str
    version: str


class _Format(_Strict):
    version: str


class _Meta(_Strict):
    exporter: _Tool
    lean: LeanVersion
    format: _Format


class _MetaLine(_Strict):
    meta: _Meta


class _Str(_Strict, rename={"text": "str"}):
    pre: Index
    text: str


class _StrLine(_Strict, rename={"name": "str", "index": "in"}):
    name: _Str
    index: Index


class _Num(_Strict):
    pre: Index
    i: Index


class _NumLine(_Strict, rename={"index": "in"}):
    num: _Num
    index: Index


class _SuccLine(_Strict):
    succ: Index
    il: Index


class _MaxLine(_Strict):
    max: tuple[Index, Index]
    il: Index


class _ImaxLine(_Strict):
    imax: tuple[Index, Index]
    il: Index


class _ParamLine(_Strict):
    param: Index
    il: Index


class _BvarLine(_Strict):
    bvar: Annotated[int, msgspec.Meta(ge=0, lt=MAX_BVAR)]
    ie: Index


class _SortLine(_Strict):
    sort: Index
    ie: Index


class _Const(_Strict):
    name: Index
    us: tuple[Index, ...]


class _ConstLine(_Strict):
    const: _Const
    ie: Index


class _App(_Strict):
    fn: Index
    arg: Index


class _AppLine(_Strict):
    app: _App
    ie: Index


class _Binder(_Strict):
    name: Index
    type: Index
    body: Index
    binderInfo: BinderInfo  # noqa: N815 (the format's own spelling)


class _LamLine(_Strict):
    lam: _Binder
    ie: Index


class _ForallLine(_Strict):
    forallE: _Binder  # noqa: N815
    ie: Index


class _Let(_Strict):
    name: Index
    type: Index
    value: Index
    body: Index
    nondep: bool


class _LetLine(_Strict):
    letE: _Let  # noqa: N815
    ie: Index


class _Proj(_Strict):
    typeName: Index  # noqa: N815
    idx: Index
    struct: Index


class _ProjLine(_Strict):
    proj: _Proj
    ie: Index


class _NatLine(_Strict):
    natVal: Annotated[str, msgspec.Meta(pattern="^(0|[1-9][0-9]*)$")]  # noqa: N815
    ie: Index


class _StrValLine(_Strict):
    strVal: str  # noqa: N815
    ie: Index


class Axiom(_Strict):
    """A constant without a body: an axiom, or one whose body the toolchain does not ship."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    isUnsafe: bool  # noqa: N815


class _Regular(_Strict):
    regular: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]


class Definition(_Strict):
    """A definition."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    value: Index
    hints: Literal["opaque", "abbrev"] | _Regular
    safety: Literal["unsafe", "safe", "partial"]
    all: tuple[Index, ...]


class Opaque(_Strict):
    """A definition that the kernel never unfolds."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    value: Index
    isUnsafe: bool  # noqa: N815
    all: tuple[Index, ...]


class Theorem(_Strict):
    """A theorem."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    value: Index
    all: tuple[Index, ...]


class Quot(_Strict):
    """One of the four constants of the quotient package."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    kind: Literal["type", "ctor", "lift", "ind"]


class InductiveType(_Strict):
    """One type of a mutual block."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    numParams: Index  # noqa: N815
    numIndices: Index  # noqa: N815
    all: tuple[Index, ...]
    ctors: tuple[Index, ...]
    numNested: Index  # noqa: N815
    isRec: bool  # noqa: N815
    isUnsafe: bool  # noqa: N815
    isReflexive: bool  # noqa: N815


class Constructor(_Strict):
    """A constructor."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    induct: Index
    cidx: Index
    numParams: Index  # noqa: N815
    numFields: Index  # noqa: N815
    isUnsafe: bool  # noqa: N815


class Rule(_Strict):
    """What a recursor does at one constructor."""

    ctor: Index
    nfields: Index
    rhs: Index


class Recursor(_Strict):
    """A recursor, as the exporting kernel derived it."""

    name: Index
    levelParams: tuple[Index, ...]  # noqa: N815
    type: Index
    all: tuple[Index, ...]
    numParams: Index  # noqa: N815
    numIndices: Index  # noqa: N815
    numMotives: Index  # noqa: N815
    numMinors: Index  # noqa: N815
    rules: tuple[Rule, ...]
    k: bool
    isUnsafe: bool  # noqa: N815


class Block(_Strict):
    """A mutual block of inductive types with constructors and recursors."""

    types: tuple[InductiveType, ...]
    ctors: tuple[Constructor, ...]
    recs: tuple[Recursor, ...]


Declaration = Axiom | Definition | Opaque | Theorem | Quot | Block


class _AxiomLine(_Strict):
    axiom: Axiom


class _DefLine(_Strict, rename={"definition": "def"}):
    definition: Definition


class _OpaqueLine(_Strict):
    opaque: Opaque


class _ThmLine(_Strict):
    thm: Theorem


class _QuotLine(_Strict):
    quot: Quot


class _InductiveLine(_Strict):
    inductive: Block


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

_LINES: dict[bytes, type[_Strict]] = {
    b"app": _AppLine, b"bvar": _BvarLine, b"const": _ConstLine, b"lam": _LamLine,
    b"forallE": _ForallLine, b"sort": _SortLine, b"letE": _LetLine, b"proj": _ProjLine,
    b"natVal": _NatLine, b"strVal": _StrValLine, b"str": _StrLine, b"num": _NumLine,
    b"succ": _SuccLine, b"max": _MaxLine, b"imax": _ImaxLine, b"param": _ParamLine,
    b"axiom": _AxiomLine, b"def": _DefLine, b"opaque": _OpaqueLine, b"thm": _ThmLine,
    b"quot": _QuotLine, b"inductive": _InductiveLine, b"meta": _MetaLine,
}  # fmt: skip
_DECODERS = {key: msgspec.json.Decoder(kind) for key, kind in _LINES.items()}
# The key that says what a line is: the first one, or the second after a number.
_KEY = re.compile(rb'^\{(?:"i[nle]":\d+,)?"(\w+)":')


class Segment:
    """One parsed export: tables of names, levels and expressions, and declarations in order.

    `loose` holds for every expression one more than its largest loose bound variable (0: closed);
    `params` the set of universe parameters in it, as a bit mask over name numbers;
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
        if kind is _MetaLine:
            if self.lean is not None:
                raise _Bad("a second meta object")
            if line.meta.format.version != FORMAT_VERSION:
                raise _Bad(f"format version {line.meta.format.version}, not {FORMAT_VERSION}")
            self.lean = line.meta.lean
            return
        if kind is _AxiomLine:
            declaration = line.axiom
        elif kind is _DefLine:
            declaration = line.definition
        elif kind is _OpaqueLine:
            declaration = line.opaque
        elif kind is _ThmLine:
            declaration = line.thm
        elif kind is _QuotLine:
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

    def _str(self, line: _StrLine) -> None:
        line.name.text.encode()  # a lone surrogate is not text
        self._new_name(line.index, line.name.pre, line.name.text)

    def _num(self, line: _NumLine) -> None:
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
            params = 1 << level[1]
        if depth > MAX_LEVEL_DEPTH:
            raise _Bad("a universe level nested too deeply")
        self.levels.append(level)
        self._level_params.append(params)
        self._level_depth.append(depth)

    def _succ(self, line: _SuccLine) -> None:
        self._new_level(line.il, ("succ", line.succ), line.succ)

    def _max(self, line: _MaxLine) -> None:
        self._new_level(line.il, ("max", *line.max), *line.max)

    def _imax(self, line: _ImaxLine) -> None:
        self._new_level(line.il, ("imax", *line.imax), *line.imax)

    def _param(self, line: _ParamLine) -> None:
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

    def _app(self, line: _AppLine) -> None:
        f, a = line.app.fn, line.app.arg
        self._expr(f, a)
        loose, params = self.loose, self.params
        self._new_expr(line.ie, (APP, f, a), max(loose[f], loose[a]), params[f] | params[a])

    def _bvar(self, line: _BvarLine) -> None:
        self._new_expr(line.ie, (BVAR, line.bvar), line.bvar + 1, 0)

    def _sort(self, line: _SortLine) -> None:
        self._new_expr(line.ie, (SORT, line.sort), 0, self._level(line.sort))

    def _const(self, line: _ConstLine) -> None:
        params = 0
        for u in line.const.us:
            params |= self._level(u)
        name = self._name(line.const.name)
        self._new_expr(line.ie, (CONST, name, line.const.us), 0, params)

    def _binder(self, code: int, index: int, b: _Binder) -> None:
        self._name(b.name)
        self._expr(b.type, b.body)
        loose = max(self.loose[b.type], self.loose[b.body] - 1)
        expr = (code, b.name, b.type, b.body, BINDER_INFOS.index(b.binderInfo))
        self._new_expr(index, expr, loose, self.params[b.type] | self.params[b.body])

    def _lam(self, line: _LamLine) -> None:
        self._binder(LAM, line.ie, line.lam)

    def _forall(self, line: _ForallLine) -> None:
        self._binder(PI, line.ie, line.forallE)

    def _let(self, line: _LetLine) -> None:
        x = line.letE
        self._name(x.name)
        self._expr(x.type, x.value, x.body)
        loose = max(self.loose[x.type], self.loose[x.value], self.loose[x.body] - 1)
        params = self.params[x.type] | self.params[x.value] | self.params[x.body]
        self._new_expr(line.ie, (LET, x.name, x.type, x.value, x.body, x.nondep), loose, params)

    def _proj(self, line: _ProjLine) -> None:
        p = line.proj
        self._name(p.typeName)
        self._expr(p.struct)
        expr = (PROJ, p.typeName, p.idx, p.struct)
        self._new_expr(line.ie, expr, self.loose[p.struct], self.params[p.struct])

    def _nat(self, line: _NatLine) -> None:
        if len(line.natVal) > MAX_NAT_DIGITS:
            raise _Bad(f"a numeral of {len(line.natVal)} digits (at most {MAX_NAT_DIGITS})")
        self._new_expr(line.ie, (NAT, line.natVal), 0, 0)

    def _strval(self, line: _StrValLine) -> None:
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
        unsafe = d.safety != "safe" if isinstance(d, Definition) else getattr(d, "isUnsafe", False)
        if unsafe:
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
            declared |= 1 << p
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
        if any(x.isUnsafe for x in (*block.types, *block.ctors, *block.recs)):
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
        return [x.name for x in (*d.types, *d.ctors, *d.recs)]
    return [d.name]


def expressions(d: Declaration) -> list[int]:
    """Numbers of the expressions at the top of a declaration: types, values, rules."""
    if isinstance(d, Block):
        tops = [x.type for x in (*d.types, *d.ctors, *d.recs)]
        return tops + [rule.rhs for r in d.recs for rule in r.rules]
    if isinstance(d, Definition | Opaque | Theorem):
        return [d.type, d.value]
    return [d.type]


class _Bad(Exception):
    """Raised while a line is read; becomes `MalformedExport` with the line's number."""


_ADDERS: dict[type, Any] = {
    _AppLine: Segment._app, _BvarLine: Segment._bvar, _ConstLine: Segment._const,
    _LamLine: Segment._lam, _ForallLine: Segment._forall, _SortLine: Segment._sort,
    _LetLine: Segment._let, _ProjLine: Segment._proj, _NatLine: Segment._nat,
    _StrValLine: Segment._strval, _StrLine: Segment._str, _NumLine: Segment._num,
    _SuccLine: Segment._succ, _MaxLine: Segment._max, _ImaxLine: Segment._imax,
    _ParamLine: Segment._param,
}  # fmt: skip
