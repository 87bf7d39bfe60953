"""Rewrite `lean.wasm` so that it starts quickly and resolves symbols by binary search.

The package as published exports some 201,000 functions, and its loader walks all of them to fill
tables before the first line of Lean runs; every look-up of a compiled Lean function by name walks
them again. `rewrite` keeps only the exports that the loader names, puts every formerly exported
function into the indirect function table, and returns a sorted symbol table (`host/symbols.js`
searches it) that maps a name to a table index or a data address.

Three short same-length patches (`PATCHES`) undo special cases that Lean's own code has for
Emscripten, so that ordinary, non-`module` files are imported the ordinary way. The kernel and the
elaborator are otherwise untouched.

Format: WebAssembly Core Specification 2.0, section 5 (binary format).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autoresearch_formal.lean.embedded import exceptions
from autoresearch_formal.lean.embedded.binary import Reader, unsigned

MEMORY_PAGES = 32768
"""Upper limit of the memory, in pages of 64 KiB: 2 GiB, all that the build's addresses reach."""

FREE_TABLE_SLOTS = 1024
"""Table entries left free for functions that the loader adds at run time."""

_TYPE_FUNC, _TYPE_TABLE, _TYPE_MEMORY, _TYPE_GLOBAL = range(4)
_TYPE, _IMPORT, _TABLE, _GLOBAL, _EXPORT, _ELEMENT, _CODE = 1, 2, 4, 6, 7, 9, 10


class UnexpectedModule(ValueError):
    """The file is not the `lean.wasm` that these edits were written for."""


@dataclass(frozen=True)
class Patch:
    """Same-length replacements in the body of one compiled Lean function, applied in order."""

    function: str
    why: str
    replacements: tuple[tuple[bytes, bytes], ...]


PATCHES = (
    Patch(
        "l___private_Lean_Environment_0__Lean_ImportedModule_interpData_x3f",
        "there are no .ir files: take the data of the module itself",
        (
            (bytes.fromhex("20010d00"), bytes.fromhex("01010101")),
            (bytes.fromhex("0d00"), bytes.fromhex("1a01")),
        ),
    ),
    Patch(
        "l_Lean_finalizeImport",
        "the Emscripten branch forgets the names of compiler-made constants",
        ((bytes.fromhex("41ec94c2002d00004504"), bytes.fromhex("41ec94c2000101010104")),),
    ),
    Patch(
        "l_Lean_Elab_processHeaderCore",
        "the Emscripten branch hides the private part of every import",
        ((bytes.fromhex("2d00004504"), bytes.fromhex("0101010104")),),
    ),
)


@dataclass(frozen=True)
class _Imports:
    functions: int
    globals: int
    section: bytes  # with the memory's maximum set to MEMORY_PAGES
    invokes: dict[bytes, int]  # the types of functions that catch exceptions


@dataclass(frozen=True)
class _Export:
    name: bytes
    kind: int
    index: int


@dataclass(frozen=True)
class Rewritten:
    """The new module, the one for its exceptions, and the symbol table (`host/symbols.js`)."""

    module: bytes
    exceptions: bytes
    symbols: bytes


def _sections(module: bytes) -> list[tuple[int, bytes]]:
    if module[:8] != b"\0asm\x01\0\0\0":
        raise UnexpectedModule("not a WebAssembly module of version 1")
    found, reader = [], Reader(module, 8)
    while reader.position < len(module):
        section = reader.byte()
        found.append((section, reader.name()))
    return found


def _imports(section: bytes) -> _Imports:
    reader = Reader(section)
    functions = globals_ = 0
    edited: bytes | None = None
    invokes: dict[bytes, int] = {}
    for _ in range(reader.unsigned()):
        reader.name()
        name = reader.name()
        kind = reader.byte()
        if kind == _TYPE_FUNC:
            signature = reader.unsigned()
            if name.startswith(exceptions.PREFIX):
                invokes[name] = signature
            functions += 1
        elif kind == _TYPE_TABLE:
            reader.byte()
            reader.limits()
        elif kind == _TYPE_MEMORY:
            _, start, end = reader.limits()
            edited = section[:start] + unsigned(MEMORY_PAGES) + section[end:]
        elif kind == _TYPE_GLOBAL:
            reader.position += 2
            globals_ += 1
    if edited is None:
        raise UnexpectedModule("the module does not import its memory")
    return _Imports(functions, globals_, edited, invokes)


def _with_table(section: bytes, element_type: int, entries: int) -> bytes:
    """The import section with the function table, which the module used to define, as an import.

    The module of `exceptions` needs the table before this module exists.
    """
    reader = Reader(section)
    count = reader.unsigned()
    table = bytes([_TYPE_TABLE, element_type, 0]) + unsigned(entries)
    names = b"".join(unsigned(len(name)) + name for name in (b"env", b"__indirect_function_table"))
    return unsigned(count + 1) + section[reader.position :] + names + table


def _constant_globals(section: bytes, imported: int) -> list[int | None]:
    """The value of every immutable i32 global, None for all others; imported ones come first."""
    reader = Reader(section)
    values: list[int | None] = [None] * imported
    for _ in range(reader.unsigned()):
        reader.byte()
        mutable = reader.byte()
        opcode = reader.byte()
        value: int | None = None
        if opcode == 0x41:
            number = reader.signed()
            value = None if mutable else number & 0xFFFFFFFF
        elif opcode == 0x42:
            reader.signed()
        elif opcode in (0x43, 0x44):
            reader.position += 4 if opcode == 0x43 else 8
        elif opcode == 0x23:
            reader.unsigned()
        else:
            raise UnexpectedModule(f"global initialised by opcode {opcode:#x}")
        if reader.byte() != 0x0B:
            raise UnexpectedModule("a global's initialiser has more than one instruction")
        values.append(value)
    return values


def _exports(section: bytes) -> list[_Export]:
    reader = Reader(section)
    return [
        _Export(reader.name(), reader.byte(), reader.unsigned()) for _ in range(reader.unsigned())
    ]


def _elements(section: bytes) -> tuple[int, list[int]]:
    """The one active segment: the table index of its first entry, and its functions."""
    reader = Reader(section)
    if reader.unsigned() != 1 or reader.byte() != 0 or reader.byte() != 0x41:
        raise UnexpectedModule("expected one active element segment")
    base = reader.signed()
    if base != 1 or reader.byte() != 0x0B:
        raise UnexpectedModule("expected the element segment to start at entry 1")
    return base, [reader.unsigned() for _ in range(reader.unsigned())]


def _patched_code(section: bytes, functions: dict[bytes, int], imported: int) -> bytes:
    reader = Reader(section)
    bodies = []
    for _ in range(reader.unsigned()):
        length = reader.unsigned()
        bodies.append((reader.position, length))
        reader.position += length
    code = bytearray(section)
    for patch in PATCHES:
        start, length = bodies[functions[patch.function.encode()] - imported]
        position, end = start, start + length
        for old, new in patch.replacements:
            position = code.find(old, position, end)
            if position < 0:
                raise UnexpectedModule(f"{patch.function}: instructions not found")
            code[position : position + len(old)] = new
            position += len(new)
    return bytes(code)


def _symbol_table(symbols: dict[bytes, int], first_free: int) -> bytes:
    names = sorted(symbols)
    offsets = [0]
    for name in names:
        offsets.append(offsets[-1] + len(name))
    return b"".join(
        (
            struct.pack("<II", len(names), first_free),
            struct.pack(f"<{len(offsets)}I", *offsets),
            struct.pack(f"<{len(names)}I", *(symbols[name] for name in names)),
            *names,
        )
    )


def _symbols(
    exports: Iterable[_Export], elements: list[int], base: int, constants: Sequence[int | None]
) -> dict[bytes, int]:
    """Table entries of exported functions (one is added where there is none), data's addresses."""
    entry_of: dict[int, int] = {}
    for offset, function in enumerate(elements):
        entry_of.setdefault(function, base + offset)
    symbols: dict[bytes, int] = {}
    for export in exports:
        if export.kind == _TYPE_FUNC:
            if export.index not in entry_of:
                entry_of[export.index] = base + len(elements)
                elements.append(export.index)
            symbols[export.name] = entry_of[export.index]
        elif export.kind == _TYPE_GLOBAL:
            address = constants[export.index]
            if address is not None:
                symbols[export.name] = address
    return symbols


def rewrite(module: bytes, keep: Iterable[str]) -> Rewritten:
    """The rewritten module and its symbol table; the same input gives the same bytes.

    `keep` names the exports that the loader uses. Raises `UnexpectedModule` if the file differs
    from the one that these edits were made for.
    """
    sections = _sections(module)
    by_kind = {kind: data for kind, data in sections if kind}
    try:
        imports = _imports(by_kind[_IMPORT])
        constants = _constant_globals(by_kind[_GLOBAL], imports.globals)
        exports = _exports(by_kind[_EXPORT])
        base, elements = _elements(by_kind[_ELEMENT])
        table = Reader(by_kind[_TABLE])
        if table.unsigned() != 1:
            raise UnexpectedModule("expected one table")
        element_type = table.byte()
        code = by_kind[_CODE]
        types = exceptions.signatures(by_kind[_TYPE])
        invokes = {name: types[index] for name, index in imports.invokes.items()}
    except (KeyError, IndexError) as fault:
        raise UnexpectedModule("the module lacks a section or ends early") from fault

    symbols = _symbols(exports, elements, base, constants)
    wanted = {name.encode() for name in keep}
    exported = [export for export in exports if export.name in wanted]
    if len(exported) != len(wanted):
        missing = sorted(wanted - {export.name for export in exported})
        raise UnexpectedModule(f"exports not found: {missing[:3]}")
    functions = {export.name: export.index for export in exports if export.kind == _TYPE_FUNC}
    first_free = base + len(elements)
    replaced = {
        _IMPORT: _with_table(imports.section, element_type, first_free + FREE_TABLE_SLOTS),
        _ELEMENT: b"\x01\x00\x41\x01\x0b"
        + unsigned(len(elements))
        + b"".join(map(unsigned, elements)),
        _EXPORT: unsigned(len(exported))
        + b"".join(
            unsigned(len(e.name)) + e.name + bytes([e.kind]) + unsigned(e.index) for e in exported
        ),
        _CODE: _patched_code(code, functions, imports.functions),
    }
    parts = [module[:8]]
    for kind, data in sections:
        if kind != _TABLE:
            data = replaced.get(kind, data)
            parts += [bytes([kind]), unsigned(len(data)), data]
    return Rewritten(
        b"".join(parts), exceptions.module(invokes), _symbol_table(symbols, first_free)
    )
