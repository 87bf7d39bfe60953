"""Writing exports: chosen declarations of parsed segments as one new text, numbered afresh."""

from __future__ import annotations

from typing import Any

import msgspec

from autoresearch_formal.judge.export import Segment, expressions
from autoresearch_formal.judge.format import (
    BINDER_INFOS,
    FORMAT_VERSION,
    Axiom,
    Block,
    Declaration,
    InductiveType,
    LeanVersion,
)
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.tables import APP, BVAR, CONST, LAM, LET, NAT, PI, PROJ, SORT, Expr

_KINDS = {
    "Axiom": "axiom", "Definition": "def", "Opaque": "opaque", "Theorem": "thm", "Quot": "quot",
    "Block": "inductive",
}  # fmt: skip


class ExportWriter:
    """Collects declarations from any number of segments; equal objects are written once."""

    def __init__(self, lean: LeanVersion) -> None:
        self._names: dict[Name, int] = {(): 0}
        self._levels: dict[tuple[Any, ...], int] = {("zero",): 0}
        self._exprs: dict[Expr, int] = {}
        self._lines: list[bytes] = []
        self._segment: Segment | None = None
        self._level_map: dict[int, int] = {}
        self._expr_map: dict[int, int] = {}
        self._line(
            {
                "meta": {
                    "exporter": {"name": "autoresearch-formal", "version": "1"},
                    "lean": msgspec.to_builtins(lean),
                    "format": {"version": FORMAT_VERSION},
                }
            }
        )

    def text(self) -> bytes:
        """Everything added so far, as an export."""
        return b"\n".join(self._lines) + b"\n"

    def add(self, segment: Segment, d: Declaration, *, bare: bool = False) -> None:
        """Add a declaration. `bare` leaves the body out and writes an axiom of its type."""
        if segment is not self._segment:
            self._segment, self._level_map, self._expr_map = segment, {}, {}
        if bare and not isinstance(d, Axiom):
            assert not isinstance(d, Block)
            d = Axiom(d.name, d.levelParams, d.type, False)
        for top in expressions(d):
            self._expr(segment, top)
        self._line({_KINDS[type(d).__name__]: self._renumber(segment, d)})

    def _line(self, value: Any) -> None:
        self._lines.append(msgspec.json.encode(value))

    def _renumber(self, segment: Segment, d: msgspec.Struct) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for field in d.__struct_fields__:
            value = getattr(d, field)
            if field in ("levelParams", "all") or (
                field == "ctors" and isinstance(d, InductiveType)
            ):
                row[field] = [self._name(segment.names[n]) for n in value]
            elif field in ("name", "induct", "ctor"):
                row[field] = self._name(segment.names[value])
            elif field in ("type", "value", "rhs"):
                row[field] = self._expr_map[value]
            elif isinstance(value, tuple):
                row[field] = [self._renumber(segment, item) for item in value]
            else:
                row[field] = msgspec.to_builtins(value)
        return row

    def _name(self, name: Name) -> int:
        found = self._names.get(name)
        if found is not None:
            return found
        prefix, part = self._name(name[:-1]), name[-1]
        number = self._names[name] = len(self._names)
        if isinstance(part, str):
            self._line({"str": {"pre": prefix, "str": part}, "in": number})
        else:
            self._line({"num": {"pre": prefix, "i": part}, "in": number})
        return number

    def _level(self, segment: Segment, i: int) -> int:
        if i == 0:
            return 0
        found = self._level_map.get(i)
        if found is not None:
            return found
        level = segment.levels[i]
        kind = level[0]
        if kind == "param":
            below: tuple[int, ...] = (self._name(segment.names[level[1]]),)
        else:
            below = tuple(self._level(segment, j) for j in level[1:])
        key = (kind, *below)
        number = self._levels.get(key)
        if number is None:
            number = self._levels[key] = len(self._levels)
            self._line({kind: below[0] if len(below) == 1 else below, "il": number})
        self._level_map[i] = number
        return number

    def _expr(self, segment: Segment, top: int) -> None:
        # Numbers below an expression are smaller than its own, so sorting puts parts first.
        done, exprs = self._expr_map, segment.exprs
        todo: set[int] = set()
        stack = [top]
        while stack:
            i = stack.pop()
            if i in done or i in todo:
                continue
            todo.add(i)
            stack += segment.parts(i)
        for i in sorted(todo):
            done[i] = self._write(segment, exprs[i])

    def _write(self, segment: Segment, e: Expr) -> int:
        m, code = self._expr_map, e[0]
        body: Any
        if code == APP:
            key: Expr = (APP, m[e[1]], m[e[2]])
            body = ("app", {"fn": key[1], "arg": key[2]})
        elif code == CONST:
            us = tuple(self._level(segment, u) for u in e[2])
            key = (CONST, self._name(segment.names[e[1]]), us)
            body = ("const", {"name": key[1], "us": us})
        elif code in (LAM, PI):
            key = (code, self._name(segment.names[e[1]]), m[e[2]], m[e[3]], e[4])
            info = BINDER_INFOS[e[4]]
            fields = {"name": key[1], "type": key[2], "body": key[3], "binderInfo": info}
            body = ("lam" if code == LAM else "forallE", fields)
        elif code == LET:
            key = (LET, self._name(segment.names[e[1]]), m[e[2]], m[e[3]], m[e[4]], e[5])
            fields = {"name": key[1], "type": key[2], "value": key[3], "body": key[4]}
            body = ("letE", {**fields, "nondep": e[5]})
        elif code == PROJ:
            key = (PROJ, self._name(segment.names[e[1]]), e[2], m[e[3]])
            body = ("proj", {"typeName": key[1], "idx": e[2], "struct": key[3]})
        elif code == SORT:
            key = (SORT, self._level(segment, e[1]))
            body = ("sort", key[1])
        else:
            key = e
            body = ({BVAR: "bvar", NAT: "natVal"}.get(code, "strVal"), e[1])
        number = self._exprs.get(key)
        if number is None:
            number = self._exprs[key] = len(self._exprs)
            self._line({body[0]: body[1], "ie": number})
        return number
