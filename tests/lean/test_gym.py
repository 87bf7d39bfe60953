"""The sync facade, the Dojo adapter and the raw server, on one gym for all tests."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autoresearch_formal.lean.dojo import (
    Dojo,
    DojoInitError,
    DojoTheorem,
    LeanError,
    ProofFinished,
    ProofGivenUp,
    TacticState,
)
from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.process import GymProcess
from autoresearch_formal.lean.sync import Gym

pytestmark = pytest.mark.lean

THEOREM = DojoTheorem("∀ a b : Nat, a + b = b + a")

_few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_a_proof_from_statement_to_audit(gym: Gym) -> None:
    theory, defined = gym.elab(gym.theory(), "def double (n : Nat) : Nat := n + n")
    assert [decl.name for decl in defined.decls] == ["double"]
    state, opened = gym.goal(theory, statement="∀ n, double n = 2 * n")
    assert opened.goals[0].target == "double n = 2 * n"
    wrong, right = gym.try_(state, ["omega_", "unfold double; omega"])
    assert wrong.error is not None
    assert wrong.error.kind == "parse"
    assert right.proved
    extended, added = gym.add(right.children[0].state, "double_eq")
    assert added.decl is not None
    assert added.decl.type == "∀ (n : Nat), double n = 2 * n"
    assert not gym.audit(extended, ["double_eq"]).sorry
    assert [n.name for n in gym.names(extended, prefix="double_eq").names] == ["double_eq"]
    assert gym.describe(state).goals == state.goals
    with pytest.raises(GymError) as fault:
        gym.elab(extended, "theorem double_eq : 1 = 1 := rfl")
    assert fault.value.kind == "elab"
    assert fault.value.extra["messages"][0]["line"] == 1


def test_library_search(gym: Gym) -> None:
    state, _ = gym.goal(gym.theory(), statement="∀ a b c : Nat, a * (b + c) = a * b + a * c")
    found = gym.search(state, "exact?", limit=1, ms=120_000, heartbeats=1_000_000)
    assert len(found.suggestions) == 1
    assert gym.try_(state, found.suggestions)[0].proved


def test_dojo_results_have_lean_dojos_types(gym: Gym) -> None:
    with Dojo(THEOREM, timeout=60, gym=gym) as (dojo, start):
        assert start.pp == "⊢ ∀ (a b : Nat), a + b = b + a"
        moved = dojo.run_tac(start, "intro a b")
        assert isinstance(moved, TacticState)
        assert moved.num_goals == 1
        assert moved.pp.endswith("⊢ a + b = b + a")
        assert isinstance(dojo.run_tac(moved, "exact rfl"), LeanError)
        assert isinstance(dojo.run_tac(moved, "sorry"), ProofGivenUp)
        assert isinstance(dojo.run_tac(moved, "omega"), ProofFinished)
        assert isinstance(dojo.run_tac(start, "intro a b; omega"), ProofFinished)
    with pytest.raises(DojoInitError), Dojo(DojoTheorem("∀ a, nonsense"), gym=gym):
        pass


@_few
@given(st.text(max_size=40))
def test_any_text_is_a_tactic_that_works_or_fails(gym: Gym, text: str) -> None:
    state = _start(gym)
    step = gym.try_(state, [text])[0]
    assert step.ok != (step.error is not None)
    assert not step.proved
    gym.drop(child.state for child in step.children)


def _start(gym: Gym) -> Any:
    """One state for all examples; its statement is false, so nothing may prove it."""
    if not hasattr(gym, "shared_state"):
        state, _ = gym.goal(gym.theory(), statement="∀ a b : Nat, a + b = a")
        gym.shared_state = state  # type: ignore[attr-defined]
    return gym.shared_state  # type: ignore[attr-defined]


_json = st.recursive(
    # JSON has no spelling for infinity; a line with one is a malformed request, tested elsewhere.
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
_ops = st.sampled_from(
    ["hello", "import", "elab", "goal", "try", "add", "describe", "names", "audit", "drop", "x"]
)
_requests = st.dictionaries(
    st.sampled_from(["theory", "state", "text", "tactics", "statement", "modules", "names", "ms"]),
    _json,
)


def _raw(gym: Gym) -> GymProcess:
    client = gym.pool._workers[0]._client
    assert client is not None
    return client.process


@_few
@given(_json, _ops, _requests)
def test_any_json_gets_an_answer_with_its_id(gym: Gym, id_: Any, op: str, body: Any) -> None:
    request = {"id": id_, "op": op, **body}
    answer = json.loads(_raw(gym).ask(json.dumps(request).encode() + b"\n", 120))
    assert isinstance(answer["ok"], bool)
    if not _has_large_numbers(id_):
        assert answer["id"] == id_


def _has_large_numbers(value: Any) -> bool:
    """Numbers whose spelling another program may change or refuse."""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53):
        return True
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_has_large_numbers, parts))


@_few
@given(st.binary(min_size=1, max_size=200).filter(lambda b: b"\n" not in b and b.strip()))
def test_any_bytes_get_an_error(gym: Gym, data: bytes) -> None:
    answer = json.loads(_raw(gym).ask(data + b"\n", 120))
    assert answer["ok"] is False
    assert answer["error"]["kind"] in ("bad_json", "bad_request")


@pytest.mark.parametrize(
    "line",
    [
        b'{"id":1,"op":"elab","theory":0,"text":"' + b"x" * 10_000_000 + b'"}',
        b"[" * 100_000,
        b'{"id":1,"op":"goal","theory":0,"statement":"' + b"(" * 50_000 + b'"}',
        b'{"id":1,"op":"try","state":0,"tactics":["' + b"(" * 50_000 + b'"]}',
        b'{"id":1,"op":"hello","x":' + b'{"x":' * 5000 + b"1" + b"}" * 5000 + b"}",
        b'{"id":1,"op":"hello","x":1e999999999}',
    ],
    ids=["10 MB", "brackets", "statement", "tactic", "objects", "number"],
)
def test_monstrous_lines_get_an_answer_and_harm_nobody(gym: Gym, line: bytes) -> None:
    process = _raw(gym)
    answer = msgspec.json.decode(process.ask(line + b"\n", 120), type=dict)
    assert answer["ok"] is False
    assert json.loads(process.ask(b'{"op":"hello","id":"again"}\n', 60))["id"] == "again"
