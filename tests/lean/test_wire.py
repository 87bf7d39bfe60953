from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.lean import wire
from autoresearch_formal.lean.messages import GymError, ImportAnswer, Try


@given(st.text(), st.integers(0, 2**53 - 1))
def test_requests_are_one_line_of_json(tactic: str, state: int) -> None:
    text = tactic.encode("utf-8", errors="replace").decode()
    line = wire.encode(Try(state=state, tactics=[text]), 7)
    assert line.count(b"\n") == 1
    assert json.loads(line) == {"id": 7, "op": "try", "state": state, "tactics": [text]}


def test_error_answers_raise_with_what_stands_beside_the_error() -> None:
    line = b'{"id":1,"ok":false,"error":{"kind":"parse","message":"m"},"messages":[1],"ms":3}'
    with pytest.raises(GymError) as fault:
        wire.decode(line, ImportAnswer)
    assert (fault.value.kind, fault.value.message) == ("parse", "m")
    assert fault.value.extra == {"messages": [1], "ms": 3}


@given(st.binary())
def test_no_other_line_passes_for_an_answer(line: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, GymError)):
        wire.decode(line, ImportAnswer)
