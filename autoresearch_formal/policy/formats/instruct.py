"""Any chat model (Qwen, gpt-oss, …): rules, the goal, and JSON or code blocks as an answer."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from typing import Any

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.actions.prompt import Malformed, checked, flat
from autoresearch_formal.inference.engine import SampleRequest
from autoresearch_formal.policy.formats import answers, lean_text, view
from autoresearch_formal.policy.formats.base import ALL, Detail, Reading
from autoresearch_formal.policy.formats.tactic_state import tactic

MAX_ACTIONS = 12
MAX_DOCUMENTS = 4
"""Beginnings of JSON objects that are looked at."""

_OBJECT = re.compile(r'\{\s{0,20}"(?:actions|kind)"')

SYSTEM = f"""You prove theorems in Lean 4. {view.RULES}
Answer with one JSON object: {{"actions": [...]}}, best action first, at most {MAX_ACTIONS}.
Each action has "kind" and "text":
- "tactic": text is a tactic script for the first goal, one tactic a line
- "lemma": text is a closed Lean proposition; "name" names it; "proof" is a tactic script, or ""
- "definition": text is a complete `def`, `abbrev`, `structure` or `inductive`
Never use `sorry`, `axiom` or `native_decide`."""

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "actions": {
            "type": "array",
            "minItems": 1,
            "maxItems": MAX_ACTIONS,
            "items": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["tactic", "lemma", "definition"]},
                    "text": {"type": "string"},
                    "name": {"type": "string"},
                    "proof": {"type": "string"},
                },
                "required": ["kind", "text", "name", "proof"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["actions"],
    "additionalProperties": False,
}


class Instruct:
    """Several actions an answer."""

    name = "instruct"
    chat = True
    samples = 2
    max_tokens = 4096

    def request(self, situation: Situation, detail: Detail = ALL) -> SampleRequest:
        """See `Format.request`."""
        parts = [view.background(situation, detail)]
        tried = view.refused(situation, detail)
        if tried:
            lines = "\n\n".join(f"```lean4\n{text}\n```\n{error}" for text, error in tried)
            parts.append(f"Lean refused these at this goal, do better:\n\n{lines}")
        rest = view.others(situation, detail)
        if rest:
            parts.append(f"Goals that come later:\n```\n{rest}\n```")
        parts.append(f"The goal:\n```\n{view.state(situation.goals[0], detail)}\n```")
        asked = "\n\n".join(part for part in parts if part)
        messages = (("system", SYSTEM), ("user", asked))
        return SampleRequest(f"{SYSTEM}\n\n{asked}\n\nAnswer:\n", messages, schema=SCHEMA)

    def read(self, text: str, situation: Situation, finished: bool = True) -> Reading:
        """See `Format.read`: JSON, in a block or not; else code blocks; else a file."""
        try:
            body = answers.final_part(text)
            found = document(body)
            if found is not None:
                return listed(found, self.name)
            blocks = [b for b in lean_text.fences(body) if b[0] in answers.LEAN]
            if not blocks and not lean_text.kind_of(body.strip()):
                raise Malformed("unfinished" if not finished else "neither JSON nor Lean")
            if answers.code_block(body) and any(
                lean_text.kind_of(c) for _, code, _ in blocks for c in lean_text.commands(code)
            ):
                return answers.whole_proof(body, situation, finished, self.name)
            made = [tactic(code, closed, self.name) for _, code, closed in blocks[:MAX_ACTIONS]]
            return Reading(tuple(made))
        except Malformed as fault:
            return Reading(fault=str(fault))


def document(text: str) -> Mapping[str, Any] | None:
    """The JSON object of an answer; None if there is none."""
    for start in itertools.islice(_OBJECT.finditer(text), MAX_DOCUMENTS):
        try:
            found, _ = json.JSONDecoder().raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None


def listed(found: Mapping[str, Any], family: str) -> Reading:
    """The actions of a JSON object; those that are none are left out if others remain."""
    rows = found.get("actions", [found])
    made: list[Action] = []
    fault = "empty"
    for row in rows[:MAX_ACTIONS] if isinstance(rows, list) else []:
        try:
            made.append(action(row, family))
        except Malformed as reason:
            fault = str(reason)
    return Reading(tuple(made)) if made else Reading(fault=fault)


def action(row: Any, family: str) -> Action:
    """One object as an action. Raises `Malformed`."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise Malformed("not an action")
    kind, text = row.get("kind"), row["text"]
    if len(text) > answers.MAX_CODE:
        raise Malformed("too long")
    if kind == "tactic":
        return tactic(text, True, family)
    if kind == "definition":
        found = lean_text.definition(lean_text.uncommented(text).strip())
        if found is None:
            raise Malformed("not a definition")
        checked(found[1])
        return Action("definition", found[1], -1.0, (f"{family}.definition",), name=found[0])
    if kind != "lemma":
        raise Malformed("unknown kind")
    return lemma(row, text, family)


def lemma(row: Mapping[str, Any], text: str, family: str) -> Action:
    """A lemma, stated alone or as a whole theorem. Raises `Malformed`."""
    plain = lean_text.uncommented(text).strip()
    stated = lean_text.theorem(plain)
    if stated is not None:
        checked(plain)
        return answers.lemma(stated, family)
    name, proof = str(row.get("name") or ""), str(row.get("proof") or "")
    proof = lean_text.uncommented(proof)
    proof = lean_text.script(proof) if proof.lstrip().startswith("by") else proof.strip("\n")
    if not plain or lean_text.gives_up(plain):
        raise Malformed("not a lemma")
    checked(plain + proof)
    return Action(
        "lemma",
        flat(plain),
        -1.0,
        (f"{family}.lemma",),
        name=name if lean_text.is_name(name) else "step",
        proof="" if lean_text.gives_up(proof) else proof,
        note="proposed by the model",
        given=0,
    )
