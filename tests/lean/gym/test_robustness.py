"""Whatever comes in, the server answers with an error and lives on."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.lean

MALFORMED = [
    b"",
    b" ",
    b"{",
    b"[]",
    b"null",
    b"1e999999999",
    b'{"op": 1e4000000000}',
    b'{"op": "drop", "states": [1e99999]}',
    b'{"id": 1}',
    b'{"op": ["try"]}',
    b'{"op": "try"}',
    b'{"op": "try", "state": -1, "tactics": []}',
    b'{"op": "try", "state": 1.5}',
    b'{"op": "try", "state": 99999999999999999999}',
    b'{"op": "import", "modules": "Init"}',
    b'{"op": "import", "modules": []}',
    b'{"op": "import", "modules": ["../../etc/passwd"]}',
    b'{"op": "import", "modules": [""]}',
    b'{"op": "elab", "theory": {}, "text": 3}',
    b'{"op": "goal", "theory": 123456789}',
    b'{"op": "search", "state": 123456789, "kind": "rm"}',
    b'{"op": "drop", "states": ["a"]}',
    b"\xff\xfe\xfa",
    b'{"op": "\xed\xa0\x80"}',
    b"[" * 5000,
    b'{"a":' * 5000,
    b'{"op": "stats", "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
]


def expects_answer(line: bytes) -> bool:
    return bool(line.strip())


@pytest.mark.parametrize("line", [m for m in MALFORMED if expects_answer(m)])
def test_malformed(server: Any, line: bytes) -> None:
    answer = server.raw(line)
    assert answer["ok"] is False
    assert answer["error"]["kind"] in {
        "bad_json",
        "bad_request",
        "gone",
        "unknown_module",
        "unknown_op",  # a toolchain may read bad bytes with replacement characters
    }
    assert answer["error"]["message"]
    assert server.ok("stats")


def test_bytes_that_are_no_text_are_answered(server: Any) -> None:
    """Toolchains differ: refused as not UTF-8, or read with replacement characters."""
    answer = server.raw(b'{"op": "stats", "id": "\xc3\x28"}')
    assert answer["ok"] or answer["error"]["kind"] == "bad_json"
    assert server.ok("stats")


def test_ten_thousand_malformed_requests_in_a_row(server: Any) -> None:
    random.seed(20)
    kinds = [m for m in MALFORMED if expects_answer(m) and len(m) < 1000]
    before = server.ok("stats")
    for _ in range(10_000):
        line = bytearray(random.choice(kinds))
        for _ in range(random.randrange(3)):
            line[random.randrange(len(line))] = random.choice(b'{}[]":,0e9\\ \xff')
        if expects_answer(bytes(line)):
            assert isinstance(server.raw(bytes(line))["ok"], bool)
    after = server.ok("stats")
    assert (after["states"], after["theories"]) == (before["states"], before["theories"])


def test_ten_megabytes(server: Any) -> None:
    answer = server.raw(b'{"op": "elab", "text": "' + b"x" * 10_000_000 + b'"}')
    assert answer["error"]["kind"] == "too_large"
    fault = server.error("elab", theory=server.theory(), text="-" * 300_000)
    assert fault["kind"] == "too_large"
    assert server.ok("stats")


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    scalars, lambda xs: st.lists(xs, max_size=4) | st.dictionaries(st.text(), xs, max_size=4)
)


@settings(max_examples=150, deadline=None)
@given(identity=values, op=st.text() | st.sampled_from(["stats", "hello", "drop", "names"]))
def test_any_json_is_answered_and_ids_are_echoed(server: Any, identity: Any, op: str) -> None:
    line = json.dumps({"id": identity, "op": op}, ensure_ascii=False)
    try:
        data = line.encode()
    except UnicodeEncodeError:  # lone surrogates are no text
        data = json.dumps({"id": identity, "op": op}).encode()
    answer = server.raw(data)
    if answer.get("error", {}).get("kind") != "bad_json":
        assert json.dumps(answer["id"]) == json.dumps(identity) or isinstance(
            identity, float | list | dict
        )


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200))
def test_any_unicode_is_text(server: Any, text: str) -> None:
    """Nothing that hypothesis writes is a theorem; it may be a comment, or nothing at all."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        return
    theory = server.theory()
    answer = server.ask("elab", theory=theory, text=text)
    assert answer["ok"] or answer["error"]["kind"] in {"parse", "elab", "forbidden", "too_large"}
    (result,) = server.results(server.goal("True"), text)
    assert isinstance(result["ok"], bool)


def test_unicode_survives_the_round_trip(server: Any) -> None:
    answer = server.ok(
        "elab",
        theory=server.theory(),
        text="theorem «𝕬 Ωß é» (α β : Nat) (h₁ : α ≤ β) : ¬ β < α := by omega",
    )
    assert [d["name"] for d in answer["decls"]] == ["«𝕬 Ωß é»"]
    assert answer["decls"][0]["type"] == "∀ (α β : Nat), α ≤ β → ¬β < α"


DEEP = {
    "parentheses": "exact " + "(" * 3000 + "rfl" + ")" * 3000,
    "brackets": "exact " + "[" * 3000 + "]" * 3000,
    "arrows": "exact (" + "True → " * 3000 + "True)",
    "negations": "have : " + "¬" * 3000 + "True := 0",
    "functions": "exact " + "fun x => " * 3000 + "x",
    "applications": "exact " + "id " * 5000 + "0",
    "by": "exact " + "by exact " * 2000 + "rfl",
    "sums": "have : " + "1 + " * 4000 + "1 = 0 := rfl",
    "seq": "(skip; " * 1500 + "skip" + ")" * 1500,
    "dollar": "exact " + "id <| " * 3000 + "rfl",
    "name": "exact " + "a." * 3000 + "a",
    "numeral": "exact " + "9" * 100_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_terms_are_errors(start: Callable[..., Any], server: Any, name: str) -> None:
    (result,) = server.results(server.goal("1 = 1"), DEEP[name], ms=20_000)
    assert not result["ok"]
    assert server.ok("stats")


BUDGETS = {
    "whnf": "exact (by decide : (List.range 100000).foldl (· + ·) 0 = 1)",
    "repeat": "iterate 100000 (have := h)",
    "kernel": "have : (List.range 3000000).length = 1 := by decide +kernel",
}


@pytest.mark.parametrize("name", BUDGETS)
def test_time_limits_are_answers(server: Any, name: str) -> None:
    state = server.goal("∀ a b c : Nat, (∀ x y : Nat, x + y = y + x) → a + b + c = c + b + a + 1")
    (result,) = server.results(state, BUDGETS[name], ms=300)
    assert not result["ok"]
    assert server.results(state, "skip")[0]["ok"]


def test_heartbeats_are_a_limit(server: Any) -> None:
    state = server.goal("∀ a b c d e f : Nat, a + b + c + d + e + f = f + e + d + c + b + a")
    (result,) = server.results(state, "omega", heartbeats=5)
    assert result["error"]["kind"] == "heartbeats"
    assert server.results(state, "omega", heartbeats=100_000, ms=100_000)[0]["proved"]


def test_total_time_covers_all_tactics(server: Any) -> None:
    state = server.goal("∀ a b : Nat, a + b = b + a")
    results = server.results(state, *["omega"] * 5, total_ms=0)
    assert {r["error"]["kind"] for r in results} == {"timeout"}
