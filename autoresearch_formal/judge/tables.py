"""The numbered objects of an export: tables of names, universe levels and expressions.

Each object refers to earlier ones only, and what the kernel's own representation cannot hold
(levels nested too deeply, numerals without end) is refused before it is built.
"""

from __future__ import annotations

from typing import Any

from autoresearch_formal.judge.format import (
    BINDER_INFOS,
    MAX_LEVEL_DEPTH,
    MAX_NAT_DIGITS,
    MAX_PARAMETERS,
    AppLine,
    BinderBody,
    BvarLine,
    ConstLine,
    ForallLine,
    ImaxLine,
    LamLine,
    LetLine,
    MaxLine,
    NatLine,
    NumLine,
    ParamLine,
    ProjLine,
    SortLine,
    StrLine,
    StrValLine,
    SuccLine,
)
from autoresearch_formal.judge.names import Name

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


class Bad(Exception):
    """A line that is not as it must be; becomes `MalformedExport` with the line's number."""


class Tables:
    """Names, levels and expressions by number; 0 is the anonymous name, and the level zero.

    `loose` holds for every expression one more than its largest loose bound variable (0: closed);
    `params` the set of universe parameters in it, as a bit mask.
    """

    def __init__(self) -> None:
        self.names: list[Name] = [()]
        self.levels: list[Level] = [("zero",)]
        self.exprs: list[Expr] = []
        self.loose: list[int] = []
        self.params: list[int] = []
        self._parameter_bits: dict[Name, int] = {}
        self._level_params: list[int] = [0]
        self._level_depth: list[int] = [0]

    def _add_object(self, line: Any) -> bool:
        """Add a name, level or expression; False if the line is none of these."""
        adder = OBJECTS.get(type(line))
        if adder is not None:
            adder(self, line)
        return adder is not None

    # Names and levels

    def _new_name(self, index: int, prefix: int, part: str | int) -> None:
        if index != len(self.names):
            raise Bad(f"name number {index} where {len(self.names)} comes next")
        if prefix >= index:
            raise Bad(f"name {prefix} is not defined yet")
        if len(self.names[prefix]) > 200:
            raise Bad("a name of more than 200 components")
        self.names.append((*self.names[prefix], part))

    def _str(self, line: StrLine) -> None:
        line.name.text.encode()  # a lone surrogate is not text
        self._new_name(line.index, line.name.pre, line.name.text)

    def _num(self, line: NumLine) -> None:
        self._new_name(line.index, line.num.pre, line.num.i)

    def _new_level(self, index: int, level: Level, *below: int) -> None:
        if index != len(self.levels):
            raise Bad(f"level number {index} where {len(self.levels)} comes next")
        params, depth = 0, 0
        for i in below:
            if i >= index:
                raise Bad(f"level {i} is not defined yet")
            params |= self._level_params[i]
            depth = max(depth, self._level_depth[i] + 1)
        if level[0] == "param":
            self._name(level[1])
            params = self._parameter(level[1])
        if depth > MAX_LEVEL_DEPTH:
            raise Bad("a universe level nested too deeply")
        self.levels.append(level)
        self._level_params.append(params)
        self._level_depth.append(depth)

    def _parameter(self, name: int) -> int:
        """The bit that stands for a universe parameter."""
        bits = self._parameter_bits
        bit = bits.setdefault(self.names[name], 1 << len(bits))
        if len(bits) > MAX_PARAMETERS:
            raise Bad(f"more than {MAX_PARAMETERS} universe parameters")
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
            raise Bad(f"expression number {index} where {len(self.exprs)} comes next")
        self.exprs.append(expr)
        self.loose.append(loose)
        self.params.append(params)

    def _name(self, i: int) -> int:
        if i >= len(self.names):
            raise Bad(f"name {i} is not defined yet")
        return i

    def _level(self, i: int) -> int:
        if i >= len(self.levels):
            raise Bad(f"level {i} is not defined yet")
        return self._level_params[i]

    def _expr(self, *numbers: int) -> None:
        for i in numbers:
            if i >= len(self.exprs):
                raise Bad(f"expression {i} is not defined yet")

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
            raise Bad(f"a numeral of {len(line.natVal)} digits (at most {MAX_NAT_DIGITS})")
        self._new_expr(line.ie, (NAT, line.natVal), 0, 0)

    def _strval(self, line: StrValLine) -> None:
        line.strVal.encode()
        self._new_expr(line.ie, (STR, line.strVal), 0, 0)


OBJECTS: dict[type, Any] = {
    AppLine: Tables._app, BvarLine: Tables._bvar, ConstLine: Tables._const,
    LamLine: Tables._lam, ForallLine: Tables._forall, SortLine: Tables._sort,
    LetLine: Tables._let, ProjLine: Tables._proj, NatLine: Tables._nat,
    StrValLine: Tables._strval, StrLine: Tables._str, NumLine: Tables._num,
    SuccLine: Tables._succ, MaxLine: Tables._max, ImaxLine: Tables._imax,
    ParamLine: Tables._param,
}  # fmt: skip
"""What adds each kind of line that is a numbered object."""
