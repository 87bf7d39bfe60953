"""Content hashes of declarations: equal if and only if kind, names, levels, type and value are.

A digest is computed bottom-up over the numbered objects of a segment, so it does not depend on the
numbering, and two exports can be compared without being loaded side by side. Expressions count up
to the names and brackets of bound variables, as in the kernel: an exporter, which writes equal
expressions once, keeps the names of whichever it met first.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import msgspec

from autoresearch_formal.judge.export import Segment
from autoresearch_formal.judge.format import Declaration, InductiveType
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.tables import APP, BVAR, CONST, LAM, LET, NAT, PI, PROJ, SORT

SIZE = 16
"""Bytes in a digest. To cheat needs a second text with a given digest: 2^128 trials."""


def _hash(*parts: bytes) -> bytes:
    # Every part but the first is of fixed length, or is the last: no two inputs run together.
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


def name_digest(name: Name) -> bytes:
    """The digest of a name."""
    return _hash(b"N", msgspec.json.encode(name))


class Digests:
    """Digests of the names, levels, expressions and declarations of one segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self.names = [name_digest(n) for n in segment.names]
        self.levels = [_hash(b"Z")]
        for level in segment.levels[1:]:
            table = self.names if level[0] == "param" else self.levels
            self.levels.append(_hash(level[0].encode(), b":", *(table[i] for i in level[1:])))
        self.exprs: list[bytes] = []
        self._hash_exprs()

    def _hash_exprs(self) -> None:
        names, done = self.names, self.exprs
        for e in self._segment.exprs:
            code = e[0]
            if code == APP:
                h = blake2b(b"A" + done[e[1]] + done[e[2]], digest_size=SIZE).digest()
            elif code == BVAR:
                h = _hash(b"V%d" % e[1])
            elif code == CONST:
                h = _hash(b"C", names[e[1]], *(self.levels[u] for u in e[2]))
            elif code in (LAM, PI):
                h = _hash(b"F" if code == LAM else b"P", done[e[2]], done[e[3]])
            elif code == SORT:
                h = _hash(b"S", self.levels[e[1]])
            elif code == LET:
                h = _hash(b"T", done[e[2]], done[e[3]], done[e[4]])
            elif code == PROJ:
                h = _hash(b"J", names[e[1]], done[e[3]], b"%d" % e[2])
            elif code == NAT:
                h = _hash(b"I" + e[1].encode())
            else:
                h = _hash(b"X" + e[1].encode())
            done.append(h)

    def constant(self, name: Name) -> bytes:
        """The digest of a constant without universe levels, in any segment."""
        return _hash(b"C", name_digest(name))

    def declaration(self, d: Declaration) -> bytes:
        """The digest of a declaration: of its kind and of all its fields."""
        return _hash(type(d).__name__.encode() + b"\0", *self._fields(d))

    def _fields(self, d: msgspec.Struct) -> Iterable[bytes]:
        for field in d.__struct_fields__:
            value = getattr(d, field)
            # The constructors of a type are names; those of a block are structures.
            if field in _NAME_FIELDS or (field == "ctors" and isinstance(d, InductiveType)):
                table: list[bytes] = self.names
            elif field in _EXPR_FIELDS:
                table = self.exprs
            else:
                table = []
            yield field.encode() + b"="
            if not isinstance(value, tuple):
                value = (value,)
            yield b"%d:" % len(value)
            for item in value:
                if table:
                    yield table[item]
                elif isinstance(item, msgspec.Struct):
                    yield from self._fields(item)
                else:
                    yield repr(item).encode() + b";"


_NAME_FIELDS = {"name", "levelParams", "all", "induct", "ctor"}
_EXPR_FIELDS = {"type", "value", "rhs"}
