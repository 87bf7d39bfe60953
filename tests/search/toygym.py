"""A gym process for tests of a run's mechanics: goals are numbers, to be taken down to zero.

``python toygym.py SECONDS`` waits that long before it answers a ``try``.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

delay = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
states: dict[int, int] = {}


def state(number: int) -> dict[str, Any]:
    states[len(states)] = number
    goal = {"fingerprint": str(number), "pp": f"⊢ {number}", "size": number, "hyps": []}
    return {"state": len(states) - 1, "goals": [goal]}


def tactic(number: int, text: str) -> dict[str, Any]:
    if text == "zero" and number == 0:
        return {"ok": True, "proved": True, "children": []}
    if text == "take" and number > 0:
        return {"ok": True, "children": [state(number - 1)]}
    return {"ok": False, "error": {"kind": "elab", "message": "no"}}


def answer(op: str, ask: dict[str, Any]) -> dict[str, Any]:
    if op == "goal":
        return state(int(ask.get("statement") or ask["prop"]))
    if op == "describe" and "state" in ask:
        number = states[ask["state"]]
        shape = {"fingerprint": str(number), "pp": f"⊢ {number}", "size": number, "hyps": []}
        return {"goals": [shape]}
    if op == "describe":
        return {"decls": []}
    if op == "try":
        time.sleep(delay)
        return {"results": [tactic(states[ask["state"]], t) for t in ask["tactics"]]}
    return {"theory": 0, "names": []}


print(json.dumps({"id": None, "ok": True, "protocol": 1}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    said = {"id": asked["id"], "ok": True, **answer(asked["op"], asked)}
    print(json.dumps(said), flush=True)
