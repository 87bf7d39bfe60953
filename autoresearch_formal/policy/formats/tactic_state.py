"""Step provers: a tactic state in, one tactic out (BFS-Prover, ReProver and their kind).

BFS-Prover reads ``STATE:::`` and may repeat that before its tactic; ReProver reads retrieved
premises, the names marked ``<a>…</a>``, then the state.
"""

from __future__ import annotations

import re
from typing import Literal

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.actions.prompt import Malformed, checked
from autoresearch_formal.inference.engine import SampleRequest
from autoresearch_formal.policy.formats import lean_text
from autoresearch_formal.policy.formats.answers import LEAN, MAX_CODE, final_part
from autoresearch_formal.policy.formats.base import ALL, Detail, Reading
from autoresearch_formal.policy.formats.view import others, premises, state

Style = Literal["bfs", "reprover"]
ASK = ":::"
MAX_TACTIC = 4_000

_MARK = re.compile(r"</?a>")
_PROSE = re.compile(r"[A-Z][a-z']*(?:[ ,][a-zA-Z']+){2}")


class TacticStateFormat:
    """One tactic an answer."""

    name = "tactic-state"
    chat = False
    samples = 16
    max_tokens = 256

    def __init__(self, style: Style = "bfs") -> None:
        self.style = style

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`. BFS-Prover was trained on states alone and is shown no more."""
        goals = state(situation.goals[0], detail)
        rest = others(situation, detail)
        shown = f"{goals}\n\n{rest}" if rest else goals
        if self.style == "bfs":
            return SampleRequest(shown + ASK, stop=("\n\n\n", ASK + ASK))
        lines = []
        for line in premises(situation, detail):
            name, _, kind = line.partition(" : ")
            lines.append(f"<a>{name}</a> : {kind}")
        return SampleRequest("\n\n".join([*lines, shown]), stop=("\n\n\n",))

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`."""
        try:
            return Reading((tactic(text, finished, self.name),))
        except Malformed as fault:
            return Reading(fault=str(fault))


def tactic(text: str, finished: bool, family: str) -> Action:
    """One tactic from an answer. Raises `Malformed`."""
    body = final_part(text).rpartition(ASK)[2]
    blocks = [code for kind, code, _ in lean_text.fences(body) if kind in LEAN]
    body = blocks[0] if blocks else body
    if len(body) > MAX_CODE:
        raise Malformed("too long")
    body = lean_text.dedented("\n" + lean_text.uncommented(_MARK.sub("", body)))
    steps = lean_text.steps(body.removeprefix("by\n"))
    if not finished:
        steps = steps[:-1]
    if not steps:
        raise Malformed("unfinished" if not finished else "empty")
    if lean_text.kind_of(steps[0]) or steps[0].startswith(("import ", "⊢", "#")):
        raise Malformed("not a tactic")
    if _PROSE.match(steps[0]):
        raise Malformed("prose")
    script = "\n".join(steps)
    if lean_text.gives_up(script):
        raise Malformed("gives up")
    if len(script) > MAX_TACTIC:
        raise Malformed("too long")
    checked(script)
    return Action("tactic", script, -1.0, (f"{family}.tactic",), cut=len(steps) > 1)
