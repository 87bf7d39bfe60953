from __future__ import annotations

import itertools
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.lean.embedded import binary, wasm
from autoresearch_formal.lean.toolchain import Embedded


@given(st.integers(0, 2**64))
def test_unsigned_numbers_survive_the_encoding(number: int) -> None:
    encoded = binary.unsigned(number)
    reader = binary.Reader(encoded)
    assert reader.unsigned() == number
    assert reader.position == len(encoded)


@given(st.integers(-(2**40), 2**40))
def test_signed_numbers_survive_the_encoding(number: int) -> None:
    assert binary.Reader(binary.signed(number)).signed() == number


@pytest.mark.parametrize(
    ("encoded", "number"), [("00", 0), ("7f", -1), ("3f", 63), ("40", -64), ("c000", 64)]
)
def test_signed_numbers(encoded: str, number: int) -> None:
    assert binary.Reader(bytes.fromhex(encoded)).signed() == number


@given(st.binary(max_size=60))
def test_other_files_are_refused(data: bytes) -> None:
    for file in (data, b"\0asm\x01\0\0\0", b"\0asm\x02\0\0\0" + data):
        with pytest.raises(wasm.UnexpectedModule):
            wasm.rewrite(file, [])


@pytest.mark.lean
def test_the_installed_symbol_table_is_sorted_and_complete(embedded: Embedded) -> None:
    data = (embedded.folder / "symbols.bin").read_bytes()
    count, first_free = struct.unpack_from("<II", data)
    offsets = struct.unpack_from(f"<{count + 1}I", data, 8)
    values = struct.unpack_from(f"<{count}I", data, 8 + 4 * (count + 1))
    names = data[8 + 4 * (2 * count + 1) :]
    assert offsets[-1] == len(names)
    entries = [names[a:b] for a, b in itertools.pairwise(offsets)]
    assert entries == sorted(set(entries))
    functions = dict(zip(entries, values, strict=True))
    assert 0 < functions[b"lean_main"] < first_free
    assert b"l_Lean_Elab_Command_elabCommand" in functions


@pytest.mark.lean
def test_the_installed_module_exports_what_the_loader_uses(embedded: Embedded) -> None:
    data = (embedded.folder / "lean.wasm").read_bytes()
    section = next(body for kind, body in wasm._sections(data) if kind == 7)
    exported = {export.name.decode() for export in wasm._exports(section)}
    listed = Path(wasm.__file__).with_name("exports.txt").read_text().split()
    assert exported == set(listed)
