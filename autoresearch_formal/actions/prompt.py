"""What a language model reads and writes: version 1 of prompts and answers (``docs/policy.md``).

A prompt is the part of a `Situation` that a model may see, as text between markers; an answer is
an `Action` as text. Both directions exist for both, so that they can be tested against each
other and training rows can be checked before they are trained on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from autoresearch_formal.actions.base import Action, ActionKind, NameView, Situation

VERSION = 1
"""Raised whenever a model trained on the old texts would misread the new ones."""

VISIBLE, INVENTED, GOALS, GOAL, ASK, END = (
    "<|names|>",
    "<|invented|>",
    "<|goals|>",
    "<|goal|>",
    "<|act|>",
    "<|end|>",
)
MARKERS = (VISIBLE, INVENTED, GOALS, GOAL, ASK, END)
"""Each is one token of our own tokenizer; a foreign one just sees their letters."""

MAX_ANSWER = 4_000
"""Characters; longer answers are malformed."""

MAX_NESTING = 100

_ESCAPE = re.compile(r"<(\\*)\|")
_UNESCAPE = re.compile(r"<\\(\\*)\|")
_NAME = re.compile(r"[^\W\d][\w'!?₀-₉]*(?:\.[^\W\d][\w'!?₀-₉]*)*")
_PAIRS = {")": "(", "]": "[", "}": "{", "⟩": "⟨"}


@dataclass(frozen=True, slots=True)
class PromptLimits:
    """How much of a situation a prompt shows: counts, and lengths in characters."""

    names: int = 2
    invented: int = 4
    name_chars: int = 100
    goal_chars: int = 900
    goals: int = 3


@dataclass(frozen=True, slots=True)
class ShownSituation:
    """What a prompt says, after all limits: the goal acted on comes first in ``goals``."""

    goals: tuple[str, ...]
    names: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()


class Malformed(ValueError):
    """A text that is no answer; the message is a short reason that can be counted."""


def escape(text: str) -> str:
    """Text in which no marker can occur."""
    return _ESCAPE.sub(r"<\\\1|", text)


def unescape(text: str) -> str:
    """Inverse of `escape`."""
    return _UNESCAPE.sub(r"<\1|", text)


def flat(text: str) -> str:
    """Text on one line, words apart by one blank."""
    return " ".join(text.split())


def shown(situation: Situation, limits: PromptLimits = PromptLimits()) -> ShownSituation:
    """The part of a situation that its prompt shows."""
    invented = situation.theory.invented[-limits.invented :] if limits.invented else ()
    return ShownSituation(
        tuple(shorten(g.pp, limits.goal_chars) for g in situation.goals[: limits.goals]),
        tuple(name_line(n, limits) for n in situation.names[: limits.names]),
        tuple(name_line(n, limits) for n in invented),
    )


def name_line(name: NameView, limits: PromptLimits) -> str:
    """A declaration on one line, cut at the end if it is long."""
    return shorten_line(f"{name.name} : {flat(name.type)}", limits.name_chars)


def shorten_line(text: str, size: int) -> str:
    """At most ``size`` characters, the end cut off."""
    return text if len(text) <= size else text[: size - 1] + "…"


def shorten(goal: str, size: int) -> str:
    """A goal within ``size`` characters: hypotheses in the middle go first, then the target's end.

    The first hypotheses say what is talked about and the last ones are what was just introduced.
    """
    goal = goal.strip()
    if len(goal) <= size:
        return goal
    context, mark, target = goal.rpartition("⊢")
    target = shorten_line(mark + target, size)
    lines = context.strip().split("\n")
    room = size - len(target) - 3
    shown: list[int] = []
    order = sorted(range(len(lines)), key=lambda i: min(i, len(lines) - 1 - i))
    for index in order:
        if len(lines[index]) + 1 <= room:
            room -= len(lines[index]) + 1
            shown.append(index)
    parts: list[str] = []
    for index in sorted(shown):
        if index and index - 1 not in shown and (not parts or parts[-1] != "…"):
            parts.append("…")
        parts.append(lines[index])
    return "\n".join([*parts, target])


def prompt(situation: Situation, limits: PromptLimits = PromptLimits()) -> str:
    """The text that a model continues with an answer."""
    return write(shown(situation, limits))


def write(what: ShownSituation) -> str:
    """A prompt from its parts. Names come first, so that requests can share their beginning."""
    parts = []
    for marker, lines in ((VISIBLE, what.names), (INVENTED, what.invented)):
        if lines:
            parts.append("\n".join([marker, *map(escape, lines)]) + "\n")
    parts += [f"{GOALS}\n{escape(goal)}\n" for goal in what.goals[:0:-1]]
    parts.append(f"{GOAL}\n{escape(what.goals[0])}\n{ASK}\n")
    return "".join(parts)


def read(text: str) -> ShownSituation:
    """Inverse of `write`. Raises `Malformed`."""
    pieces = re.split(r"(<\|[a-z]+\|>)\n", text)
    if pieces[0] or pieces[-1] or len(pieces) < 5 or pieces[-2] != ASK or pieces[-4] != GOAL:
        raise Malformed("not a prompt")
    names: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    others: list[str] = []
    for marker, body in zip(pieces[1:-2:2], pieces[2:-1:2], strict=True):
        if not body.endswith("\n"):
            raise Malformed("not a prompt")
        body = body[:-1]
        match marker:
            case "<|names|>":
                names = tuple(unescape(line) for line in body.split("\n"))
            case "<|invented|>":
                invented = tuple(unescape(line) for line in body.split("\n"))
            case "<|goals|>" | "<|goal|>":
                others.append(unescape(body))
            case _:
                raise Malformed("not a prompt")
    return ShownSituation(tuple(others[::-1]), names, invented)


def answer(action: Action) -> str:
    """An action as the text that a model should write (without `END`).

    Kind on the first line. A lemma has its name on the second line, its statement on the third
    and, if there is one, its proof below. Tactics and definitions are as they are.
    """
    if action.kind == "lemma":
        head = f"lemma\n{action.name or 'step'}\n{flat(action.text)}"
        return escape(head + (f"\n{action.proof.strip()}" if action.proof.strip() else ""))
    return escape(f"{action.kind}\n{action.text.strip()}")


YES, NO = "yes", "no"
"""What a question is answered with."""


def question(about: str, action: Action) -> str:
    """A prompt and an action as a question: would Lean accept this step as progress?"""
    return f"{about}{answer(action)}{END}\n"


def read_question(text: str) -> tuple[ShownSituation, Action]:
    """Inverse of `question` (with `prompt`). Raises `Malformed`."""
    about, mark, rest = text.rpartition(f"{ASK}\n")
    if not rest.endswith(f"{END}\n") or END in rest[: -len(END) - 1]:
        raise Malformed("not a question")
    return read(about + mark), parse(rest)


def parse(text: str, logprob: float = -1.0) -> Action:
    """Read an answer. Raises `Malformed`: such a text is counted and never sent to Lean."""
    text = unescape(text.partition(END)[0]).strip()
    if len(text) > MAX_ANSWER:
        raise Malformed("too long")
    kind, _, body = text.partition("\n")
    body = body.strip()
    if kind not in ("tactic", "lemma", "definition"):
        raise Malformed("unknown kind")
    if not body:
        raise Malformed("empty")
    checked(body)
    if re.search(r"(?<![\w.])(sorry|admit)(?![\w.])", body):
        raise Malformed("gives up")
    if kind == "lemma":
        return _lemma(body, logprob)
    if kind == "definition" and not body.startswith(
        ("def ", "abbrev ", "structure ", "inductive ")
    ):
        raise Malformed("not a definition")
    chosen: ActionKind = "tactic" if kind == "tactic" else "definition"
    return Action(chosen, body, logprob, (f"model.{kind}",))


def checked(text: str) -> str:
    """A text that may be sent to Lean. Raises `Malformed`.

    Apart from broken text this refuses what the gym refuses as a request: letters that stand for
    disguised names (docs/gym.md), and brackets nested beyond its limit.
    """
    if any((ord(c) < 32 and c not in "\n\t") or 0xD800 <= ord(c) < 0xE000 for c in text):
        raise Malformed("control characters")
    if "�" in text or any(0x1D56C <= ord(c) <= 0x1D59F for c in text):
        raise Malformed("control characters")
    depth = deepest = 0
    for character in text:
        depth += (character in "([{⟨") - (character in ")]}⟩")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise Malformed("nesting")
    if not balanced(text):
        raise Malformed("brackets")
    return text


def _lemma(body: str, logprob: float) -> Action:
    lines = body.split("\n", 2)
    if len(lines) < 2 or not _NAME.fullmatch(lines[0].strip()) or not lines[1].strip():
        raise Malformed("not a lemma")
    proof = lines[2].strip("\n").rstrip() if len(lines) > 2 else ""
    return Action(
        "lemma",
        flat(lines[1]),
        logprob,
        ("model.lemma",),
        name=lines[0].strip(),
        proof=proof,
        note="proposed by the model",
    )


def balanced(text: str) -> bool:
    """Whether brackets outside of strings and comments match; cheap, and right for tactics."""
    stack: list[str] = []
    plain = re.sub(r'"(?:[^"\\]|\\.)*"|--[^\n]*', "", text)
    for character in plain:
        if character in _PAIRS.values():
            stack.append(character)
        elif character in _PAIRS and (not stack or stack.pop() != _PAIRS[character]):
            return False
    return not stack
