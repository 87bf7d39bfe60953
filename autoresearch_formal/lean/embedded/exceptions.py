"""Calls that catch C++ exceptions, as WebAssembly instead of JavaScript.

Emscripten routes every call inside a C++ `try`, or with destructors pending, through a JavaScript
function `invoke_SIGNATURE(index, …)`. Lean's kernel, its interpreter and much else are C++, so a
tactic step makes tens of thousands of such calls, and each goes from WebAssembly to JavaScript and
back. The module made here has the same functions with the same meaning; calls stay in WebAssembly.

C++ exceptions are thrown as JavaScript numbers; anything else (the end of the process, a trap) goes
on. A JavaScript call forgives a wrong number of arguments, which a few C++ function pointers rely
on; they are told by their type and still called from there. Format: WebAssembly exception handling
proposal (legacy encoding), its JavaScript API for the tag of JavaScript exceptions, and `ref.test`
of the garbage collection proposal.
"""

from __future__ import annotations

from autoresearch_formal.lean.embedded.binary import Reader, signed, unsigned

PREFIX = b"invoke_"

_I32, _EXTERNREF = 0x7F, 0x6F
_ZERO = {0x7F: b"\x41\x00", 0x7E: b"\x42\x00", 0x7D: b"\x43" + bytes(4), 0x7C: b"\x44" + bytes(8)}

# Imports, in this order.
_GET_STACK, _SET_STACK, _SET_THREW = range(3)  # table entries, as constant globals
_IS_NUMBER = 0  # the first imported function; the others are the lenient calls

Signature = tuple[bytes, bytes]
"""Types of parameters and of results."""

_THROWN: Signature = (bytes([_EXTERNREF]), b"")
_NUMBER: Signature = (bytes([_EXTERNREF]), bytes([_I32]))
_GETTER: Signature = (b"", bytes([_I32]))
_SETTER: Signature = (bytes([_I32]), b"")
_REPORTER: Signature = (bytes([_I32, _I32]), b"")


def _vector(items: list[bytes]) -> bytes:
    return unsigned(len(items)) + b"".join(items)


def _name(text: str | bytes) -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return unsigned(len(data)) + data


def _section(kind: int, items: list[bytes]) -> bytes:
    body = _vector(items)
    return bytes([kind]) + unsigned(len(body)) + body


def signatures(section: bytes) -> list[Signature]:
    """The function types of a module's type section."""
    reader = Reader(section)
    found = []
    for _ in range(reader.unsigned()):
        if reader.byte() != 0x60:
            raise ValueError("a type that is no function type")
        found.append((reader.name(), reader.name()))
    return found


def module(invokes: dict[bytes, Signature]) -> bytes:
    """A module that exports the functions `invokes`, by name with their types.

    It imports, as `host.*`, the tag of JavaScript exceptions, the function table, a function that
    tells numbers from other values, and where in the table the functions for the stack pointer are
    and the one that reports an exception; as `call.*`, for each export a function that calls a
    table entry whatever its type.
    """
    types = _Types()
    functions, exports, bodies, lenient = [], [], [], []
    for number, (name, (parameters, results)) in enumerate(sorted(invokes.items())):
        own = unsigned(types.index(parameters, results))
        lenient.append(_name("call") + _name(name) + b"\x00" + own)
        functions.append(own)
        exports.append(_name(name) + b"\x00" + unsigned(1 + len(invokes) + number))
        body = _catching(types, parameters, results, 1 + number)
        bodies.append(unsigned(len(body)) + body)
    imports = [
        _name("host") + _name("isNumber") + b"\x00" + unsigned(types.index(*_NUMBER)),
        *lenient,
        _name("host") + _name("table") + b"\x01\x70\x00\x00",
        *(
            _name("host") + _name(name) + b"\x03" + bytes([_I32, 0])
            for name in ("getStack", "setStack", "setThrew")
        ),
        _name("host") + _name("thrown") + b"\x04\x00" + unsigned(types.index(*_THROWN)),
    ]
    rows = [b"\x60" + _name(parameters) + _name(results) for parameters, results in types.known]
    return b"\0asm\x01\0\0\0" + b"".join(
        _section(kind, items)
        for kind, items in ((1, rows), (2, imports), (3, functions), (7, exports), (10, bodies))
    )


class _Types:
    """Function types by number: those of the host's functions, then as they are asked for."""

    def __init__(self) -> None:
        self.known = [_THROWN, _NUMBER, _GETTER, _SETTER, _REPORTER]

    def index(self, parameters: bytes, results: bytes) -> int:
        """The number of a type."""
        if (parameters, results) not in self.known:
            self.known.append((parameters, results))
        return self.known.index((parameters, results))

    def call(self, parameters: bytes, results: bytes) -> bytes:
        """A call of a table entry of this type."""
        return b"\x11" + unsigned(self.index(parameters, results)) + b"\x00"


def _catching(types: _Types, parameters: bytes, results: bytes, lenient: int) -> bytes:
    """The body of a function: it calls the table entry named first with the other parameters."""
    block = results or b"\x40"
    stack = unsigned(len(parameters))  # the local after the parameters
    arguments = b"".join(b"\x20" + unsigned(i) for i in range(1, len(parameters)))
    callee = types.index(parameters[1:], results)
    code = (
        b"\x23" + unsigned(_GET_STACK) + types.call(*_GETTER) + b"\x21" + stack
        + b"\x06" + block  # try
        + b"\x20\x00\x25\x00\xfb\x14" + signed(callee)  # is the entry of this type?
        + b"\x04" + block + arguments + b"\x20\x00" + types.call(parameters[1:], results)
        + b"\x05\x20\x00" + arguments + b"\x10" + unsigned(lenient) + b"\x0b"
        + b"\x07\x00"  # catch: the value that was thrown
        + b"\x10" + unsigned(_IS_NUMBER) + b"\x45\x04\x40\x09\x01\x0b"  # no number: rethrow
        + b"\x20" + stack + b"\x23" + unsigned(_SET_STACK) + types.call(*_SETTER)
        + b"\x41\x01\x41\x00"
        + b"\x23" + unsigned(_SET_THREW) + types.call(*_REPORTER)
        + b"".join(_ZERO[result] for result in results)
        + b"\x0b\x0b"
    )  # fmt: skip
    return _vector([b"\x01" + bytes([_I32])]) + code
