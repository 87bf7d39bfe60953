from __future__ import annotations

import pytest

from autoresearch_formal.lean.embedded import glue


def test_another_loader_is_refused() -> None:
    with pytest.raises(glue.UnexpectedLoader):
        glue.rewrite("var Module={};")


def test_an_edit_that_fits_twice_is_refused() -> None:
    with pytest.raises(glue.UnexpectedLoader, match="what for: 2 matches"):
        glue._once("a;a", "what for", "a", "b")


def test_unused_exports_go_and_used_ones_stay() -> None:
    many = ",".join(f"_unused{i}" for i in range(1000))
    text = (
        f"var {many},_malloc;"
        "function assignWasmExports(wasmExports){"
        '_unused7=wasmExports["unused7"];_malloc=wasmExports["malloc"]}'
        "_malloc(1)"
    )
    assert glue._without_unused_exports(text) == (
        'var _malloc;function assignWasmExports(wasmExports){_malloc=wasmExports["malloc"]}'
        "_malloc(1)"
    )
