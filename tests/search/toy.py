"""A gym in this process, for tests that need a session but no Lean."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from autoresearch_formal.lean import wire
from autoresearch_formal.lean.messages import Answer, Request
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.lean.worker import Worker

A = TypeVar("A", bound=Answer)


class ToyGym(Worker):
    """Goals are numbers: ``take`` proves 0 from n by n - 1, ``halve`` needs both halves.

    ``slow`` proves anything with so many heartbeats as the field of that name says.
    The worker dies at the requests with the numbers of ``dies_at``, counted from 1.
    """

    def __init__(self, dies_at: set[int] | None = None) -> None:
        self.restarts = 0
        self.states: dict[int, int] = {}
        self.next = 0
        self.requests = 0
        self.slow = 0
        self.dies_at = dies_at or set()

    @property
    def alive(self) -> bool:
        return True

    def _state(self, number: int) -> dict[str, Any]:
        self.next += 1
        self.states[self.next] = number
        goal = {"fingerprint": str(number), "pp": f"⊢ {number}", "size": number, "hyps": []}
        return {"state": self.next, "goals": [goal]}

    def _tactic(self, number: int, text: str, heartbeats: int) -> dict[str, Any]:
        if text == "slow" and heartbeats < self.slow:
            return {"ok": False, "error": {"kind": "heartbeats", "message": "too slow"}}
        if text == "slow":
            return {"ok": True, "proved": True, "children": []}
        if text == "zero" and number == 0:
            return {"ok": True, "proved": True, "children": [], "uses": ["Toy.zero"]}
        if text == "take" and number > 0:
            return {"ok": True, "children": [self._state(number - 1)]}
        if text == "halve" and number > 1:
            halves = [self._state(number // 2), self._state(number - number // 2)]
            return {"ok": True, "children": halves}
        return {"ok": False, "error": {"kind": "elab", "message": "no"}}

    async def request(self, request: Request, kind: type[A]) -> A:
        self.requests += 1
        if self.requests in self.dies_at:
            self.restarts += 1
            self.states.clear()
            raise ProcessDied("exit", "killed")
        fields = msgspec.to_builtins(request)
        answer = {"id": 1, "ok": True, **self._answer(request.op, fields)}
        return wire.decode(msgspec.json.encode(answer), kind)

    def _answer(self, op: str, fields: dict[str, Any]) -> dict[str, Any]:
        if op == "goal":
            return self._state(int(fields.get("statement") or fields["prop"]))
        if op == "try":
            number = self.states[fields["state"]]
            spent = fields["heartbeats"]
            return {"results": [self._tactic(number, t, spent) for t in fields["tactics"]]}
        if op == "describe":
            number = self.states[fields["state"]]
            shape = {"fingerprint": str(number), "pp": f"⊢ {number}", "size": number, "hyps": []}
            return {"goals": [shape]}
        if op == "drop":
            for state in fields.get("states", ()):
                self.states.pop(state, None)
        return {"theory": 0}

    async def close(self) -> None:
        self.states.clear()
