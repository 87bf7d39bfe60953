"""What families share in reading: the part that counts, and whole proofs as actions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autoresearch_formal.actions.base import Action, GoalView, Situation
from autoresearch_formal.actions.normal import introduced, tokens
from autoresearch_formal.actions.prompt import Malformed, checked, flat
from autoresearch_formal.policy.formats import lean_text
from autoresearch_formal.policy.formats.base import Reading
from autoresearch_formal.policy.formats.lean_text import StatedDeclaration
from autoresearch_formal.policy.formats.view import GOAL, hypothesis_names

MAX_TEXT = 400_000
"""Characters of an answer, thoughts included."""
MAX_CODE = 24_000
"""Characters of Lean text that are read in one answer."""
MAX_INVENTIONS = 8
"""Definitions, and helper theorems, that one answer may bring; of its `have`s half as many."""

LEAN = ("lean", "lean4", "tactics", "tactic", "")
"""What a code block may call its language."""

_THOUGHTS = (("<think>", "</think>"), ("◁think▷", "◁/think▷"), ("<|think|>", "<|/think|>"))
_FINAL = "<|channel|>final<|message|>"
_SPECIAL = re.compile(r"<\|[A-Za-z0-9_▁]{1,40}\|>|<｜[^｜<>\n]{1,40}｜>|</?s>")


def final_part(text: str) -> str:
    """What comes after the thoughts. Raises `Malformed` if nothing does."""
    if len(text) > MAX_TEXT:
        raise Malformed("too long")
    if _FINAL in text:
        text = text.rpartition(_FINAL)[2]
    elif text.lstrip().startswith("<|channel|>analysis"):
        raise Malformed("thought cut off")
    for begin, end in _THOUGHTS:
        if end in text:
            text = text.rpartition(end)[2]
        elif begin in text:
            raise Malformed("thought cut off")
    return _SPECIAL.sub("", text)


def code_block(text: str) -> tuple[str, bool] | None:
    """The last block of Lean in an answer that states something, and whether it was closed.

    Without blocks, the text itself if it begins with a declaration.
    """
    blocks = [(body, closed) for kind, body, closed in lean_text.fences(text) if kind in LEAN]
    stating = [b for b in blocks if any(map(lean_text.kind_of, lean_text.commands(b[0])))]
    if stating or blocks:
        return (stating or blocks)[-1]
    plain = text.strip()
    return (plain, True) if plain and lean_text.kind_of(lean_text.uncommented(plain)) else None


def whole_proof(text: str, situation: Situation, finished: bool, family: str) -> Reading:
    """An answer with a file in it: helpers become inventions, the proof a script to be cut."""
    try:
        block = code_block(final_part(text))
        if block is None:
            return Reading(fault="no Lean code")
        code, closed = block
        return file(code[:MAX_CODE], situation, finished and closed, family)
    except Malformed as fault:
        return Reading(fault=str(fault))


def file(code: str, situation: Situation, whole: bool, family: str) -> Reading:
    """A file's declarations as actions. Raises `Malformed` if there is nothing in it to try."""
    commands = lean_text.commands(code)
    theorems = [s for s in map(lean_text.theorem, commands) if s is not None]
    main = next((s for s in reversed(theorems) if s.name in (GOAL, "example")), None)
    main = main or (theorems[-1] if theorems else None)
    definitions = [d for d in map(lean_text.definition, commands) if d is not None]
    actions = [
        Action("definition", body, -1.0, (f"{family}.definition",), name=name)
        for name, body in definitions[:MAX_INVENTIONS]
    ]
    helpers = [s for s in theorems if s is not main]
    actions += [lemma(helper, family) for helper in helpers[:MAX_INVENTIONS]]
    goal = situation.goals[0]
    if main is None and any(map(lean_text.kind_of, commands)):
        steps = []
    else:
        written, given = proof_in(main, code, goal)
        steps = sketch(written, whole)
    if steps:
        script = fitted(steps, given, hypothesis_names(goal))
        actions.append(Action("tactic", script, -1.0, (f"{family}.proof",), cut=True))
        actions += claims(steps, goal, family)
    if not actions:
        raise Malformed("gives up" if lean_text.gives_up(code) else "no proof")
    return Reading(sendable(actions))


def proof_in(
    main: StatedDeclaration | None, code: str, goal: GoalView
) -> tuple[str, Sequence[str]]:
    """The script that is to prove the goal, and the names that it takes as given: that of the
    main theorem, or all of the code where there is no declaration."""
    names = hypothesis_names(goal)
    if main is None:
        bare = lean_text.dedented(lean_text.uncommented(code))
        return lean_text.script(bare) if bare.startswith("by\n") else bare, names
    as_shown = flat(main.goal) == flat(goal.target) and set(main.given) <= set(names)
    # the goal as shown, perhaps without all its context
    return main.proof, names if as_shown else main.given


def sendable(actions: Sequence[Action]) -> tuple[Action, ...]:
    """The actions that may be sent to Lean. Raises `Malformed` if there are none."""
    kept, fault = [], None
    for action in actions:
        try:
            checked(action.text)
            checked(action.proof)
            kept.append(action)
        except Malformed as reason:
            fault = reason
    if fault is not None and not kept:
        raise fault
    return tuple(kept)


def lemma(stated: StatedDeclaration, family: str) -> Action:
    """A helper theorem; a proof that gives up is left out, its statement stays."""
    proof = "" if lean_text.gives_up(stated.proof) else stated.proof
    return Action(
        "lemma",
        flat(stated.statement),
        -1.0,
        (f"{family}.lemma",),
        name=stated.name if stated.name != "example" else "step",
        proof=proof,
        note="proposed by the model",
        given=len(stated.given),
    )


def sketch(text: str, whole: bool) -> list[str]:
    """A script's steps up to the first that gives up, or that may have been cut off.

    A `have` whose proof is missing stays as a goal of its own.
    """
    kept: list[str] = []
    found = lean_text.steps(text)
    if not whole and len(found) > 1:
        found = found[:-1]
    for step in found:
        if lean_text.gives_up(step):
            claim = lean_text.open_claim(step)
            if claim is None or lean_text.gives_up(claim):
                break
            kept.append(claim)
        else:
            kept.append(step)
    return kept


def fitted(steps: Sequence[str], given: Sequence[str], shown: Sequence[str]) -> str:
    """A script for the goal as shown, whose context may be larger than what the script expects."""
    steps = list(steps)
    if tuple(given) == tuple(shown) or len(given) > len(shown):
        return "\n".join(steps)
    if tuple(given) != tuple(shown[: len(given)]):
        if set(given) <= set(shown):
            return "\n".join(steps)  # a restatement that leaves out what it does not need
        names = " ".join(given)
        steps = [f"revert {' '.join(shown)}", *([f"intro {names}"] if names else []), *steps]
        return "\n".join(steps)
    return "\n".join(unintroduced(steps, shown[len(given) :]))


def unintroduced(steps: Sequence[str], extra: Sequence[str]) -> list[str]:
    """Steps for a goal in which ``extra`` has been introduced already."""
    first = steps[0].split() if steps else []
    if first[:1] in (["intro"], ["intros"]) and first[1:] == list(extra[: len(first) - 1]):
        left = list(extra[len(first) - 1 :]) if len(first) > 1 else []
        return [*([f"revert {' '.join(left)}"] if left else []), *steps[1:]] or ["skip"]
    return [f"revert {' '.join(extra)}", *steps]


def claims(steps: Sequence[str], goal: GoalView, family: str) -> list[Action]:
    """The `have`s of a script as lemmas of their own, closed over the goal's context.

    Claims that mention what the script itself has introduced can't be, and are left out.
    """
    known = set(hypothesis_names(goal))
    binders = " ".join(f"({h.name} : {flat(h.type)})" for h in goal.hyps if h.value is None)
    if any(h.value is not None for h in goal.hyps) or (known and not goal.hyps):
        return []
    made: list[Action] = []
    own: set[str] = set()
    for step in steps:
        claim = lean_text.claim(step)
        if claim is not None and not step.rstrip().endswith("?_"):
            words = set(re.findall(r"[^\W\d][\w'!?₀-₉]*", claim[1]))
            stated = lean_text.theorem(f"theorem step {binders} : {claim[1]} {_proof(step)}")
            if stated is not None and not words & own and len(made) < MAX_INVENTIONS // 2:
                made.append(lemma(stated, family))
        own |= set(introduced(tokens(step), known)) | {"this"}
    return made


def _proof(step: str) -> str:
    """What stands from the assignment of a `have` on."""
    at = lean_text.assignment(step)
    return step[at:] if at >= 0 else ""
