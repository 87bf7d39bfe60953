"""The lean4export text format, version 3.1.0: the shape of every line, as strict types.

Unknown or missing fields, numbers out of range and wrong kinds of values are decoding errors.
Field names are the format's own: https://github.com/leanprover/lean4export, ``format_ndjson.md``.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

FORMAT_VERSION = "3.1.0"
"""The one version that is read; another is an error, never a guess."""

MAX_BVAR = 1_000_000
"""The kernel packs the range of loose bound variables into 20 bits."""

MAX_LEVEL_DEPTH = 500
"""Universe levels nest this deep at most (the kernel recurses over them)."""

MAX_PARAMETERS = 1_000
"""Universe parameters with different names in one export."""

MAX_NAT_DIGITS = 20_000
"""A numeral has at most this many decimal digits: huge ones are an attack on memory."""

MAX_NUMBER = 2**53
"""Indices inside names, projections and blocks stay below this."""

Index = Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)]
BinderInfo = Literal["default", "implicit", "strictImplicit", "instImplicit"]

BINDER_INFOS: tuple[BinderInfo, ...] = ("default", "implicit", "strictImplicit", "instImplicit")


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """No field more, no field less."""


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


class MetaLine(_Strict):
    """The first line."""

    meta: _Meta


class _Str(_Strict, rename={"text": "str"}):
    pre: Index
    text: str


class StrLine(_Strict, rename={"name": "str", "index": "in"}):
    """A name with a text component."""

    name: _Str
    index: Index


class _Num(_Strict):
    pre: Index
    i: Index


class NumLine(_Strict, rename={"index": "in"}):
    """A name with a number component."""

    num: _Num
    index: Index


class SuccLine(_Strict):
    """The level after one."""

    succ: Index
    il: Index


class MaxLine(_Strict):
    """The larger of two levels."""

    max: tuple[Index, Index]
    il: Index


class ImaxLine(_Strict):
    """As `MaxLine`, but zero if the second is."""

    imax: tuple[Index, Index]
    il: Index


class ParamLine(_Strict):
    """A universe parameter."""

    param: Index
    il: Index


class BvarLine(_Strict):
    """A bound variable, counted outwards."""

    bvar: Annotated[int, msgspec.Meta(ge=0, lt=MAX_BVAR)]
    ie: Index


class SortLine(_Strict):
    """A universe."""

    sort: Index
    ie: Index


class _Const(_Strict):
    name: Index
    us: tuple[Index, ...]


class ConstLine(_Strict):
    """A constant."""

    const: _Const
    ie: Index


class _App(_Strict):
    fn: Index
    arg: Index


class AppLine(_Strict):
    """An application."""

    app: _App
    ie: Index


class BinderBody(_Strict):
    """What functions and function types are made of."""

    name: Index
    type: Index
    body: Index
    binderInfo: BinderInfo


class LamLine(_Strict):
    """A function."""

    lam: BinderBody
    ie: Index


class ForallLine(_Strict):
    """A function type."""

    forallE: BinderBody
    ie: Index


class _Let(_Strict):
    name: Index
    type: Index
    value: Index
    body: Index
    nondep: bool


class LetLine(_Strict):
    """A local definition."""

    letE: _Let
    ie: Index


class _Proj(_Strict):
    typeName: Index
    idx: Index
    struct: Index


class ProjLine(_Strict):
    """A field of a structure."""

    proj: _Proj
    ie: Index


class NatLine(_Strict):
    """A numeral."""

    natVal: Annotated[str, msgspec.Meta(pattern="^(0|[1-9][0-9]*)$")]
    ie: Index


class StrValLine(_Strict):
    """A string literal."""

    strVal: str
    ie: Index


class Axiom(_Strict):
    """A constant without a body: an axiom, or one whose body the toolchain does not ship."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    isUnsafe: bool


class _Regular(_Strict):
    regular: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]


class Definition(_Strict):
    """A definition."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    value: Index
    hints: Literal["opaque", "abbrev"] | _Regular
    safety: Literal["unsafe", "safe", "partial"]
    all: tuple[Index, ...]


class Opaque(_Strict):
    """A definition that the kernel never unfolds."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    value: Index
    isUnsafe: bool
    all: tuple[Index, ...]


class Theorem(_Strict):
    """A theorem."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    value: Index
    all: tuple[Index, ...]


class Quot(_Strict):
    """One of the four constants of the quotient package."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    kind: Literal["type", "ctor", "lift", "ind"]


class InductiveType(_Strict):
    """One type of a mutual block."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    numParams: Index
    numIndices: Index
    all: tuple[Index, ...]
    ctors: tuple[Index, ...]
    numNested: Index
    isRec: bool
    isUnsafe: bool
    isReflexive: bool


class Constructor(_Strict):
    """A constructor."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    induct: Index
    cidx: Index
    numParams: Index
    numFields: Index
    isUnsafe: bool


class RecursorRule(_Strict):
    """What a recursor does at one constructor."""

    ctor: Index
    nfields: Index
    rhs: Index


class Recursor(_Strict):
    """A recursor, as the exporting kernel derived it."""

    name: Index
    levelParams: tuple[Index, ...]
    type: Index
    all: tuple[Index, ...]
    numParams: Index
    numIndices: Index
    numMotives: Index
    numMinors: Index
    rules: tuple[RecursorRule, ...]
    k: bool
    isUnsafe: bool


class Block(_Strict):
    """A mutual block of inductive types with constructors and recursors."""

    types: tuple[InductiveType, ...]
    ctors: tuple[Constructor, ...]
    recs: tuple[Recursor, ...]

    @property
    def constants(self) -> list[InductiveType | Constructor | Recursor]:
        """Everything that the block declares."""
        return [*self.types, *self.ctors, *self.recs]


Declaration = Axiom | Definition | Opaque | Theorem | Quot | Block


class AxiomLine(_Strict):
    """A line with an axiom."""

    axiom: Axiom


class DefLine(_Strict, rename={"definition": "def"}):
    """A line with a definition."""

    definition: Definition


class OpaqueLine(_Strict):
    """A line with an opaque definition."""

    opaque: Opaque


class ThmLine(_Strict):
    """A line with a theorem."""

    thm: Theorem


class QuotLine(_Strict):
    """A line with a quotient constant."""

    quot: Quot


class InductiveLine(_Strict):
    """A line with a block of inductive types."""

    inductive: Block


LINES: dict[bytes, type[msgspec.Struct]] = {
    b"app": AppLine, b"bvar": BvarLine, b"const": ConstLine, b"lam": LamLine,
    b"forallE": ForallLine, b"sort": SortLine, b"letE": LetLine, b"proj": ProjLine,
    b"natVal": NatLine, b"strVal": StrValLine, b"str": StrLine, b"num": NumLine,
    b"succ": SuccLine, b"max": MaxLine, b"imax": ImaxLine, b"param": ParamLine,
    b"axiom": AxiomLine, b"def": DefLine, b"opaque": OpaqueLine, b"thm": ThmLine,
    b"quot": QuotLine, b"inductive": InductiveLine, b"meta": MetaLine,
}  # fmt: skip
"""The type of a line, by the key that says its kind."""
