"""Does a model know what lies behind the mask? A forced choice that word frequency cannot win.

Two clues and their two answers are crossed. With ``s(x | c)`` the log-probability of answer ``x``
after clue ``c``, a pair counts as known when

    s(A | a) + s(B | b)  >  s(B | a) + s(A | b).

How common a word is, how long it is, and how well it fits any prompt cancel in this difference;
what is left is that A belongs to a. A model without that knowledge is right half of the time. The
same questions about visible concepts are the matched controls: they show that the model at hand
can answer such questions at all. The score comes with a Wilson interval (E. B. Wilson, J. Amer.
Statist. Assoc. 22 (1927) 209-212).
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask.chronology import Chronology, Concept, describe, read_toml

CLUES = Path(__file__).with_name("probes.toml")
"""The hand-written clues shipped with the package."""

CONFIDENCE = 0.99
"""Two-sided confidence of the interval: one honest model in two hundred is flagged."""

Family = Literal["clue", "author", "name"]
Scorer = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""Maps (prompt, continuation) pairs to log-probabilities of the continuations."""


class Clue(BaseModel):
    """A description of a concept in words that do not contain the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    concept: str
    text: str
    answer: str


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    clue: tuple[Clue, ...]


@cache
def clues(path: Path = CLUES) -> tuple[Clue, ...]:
    """Read the clues; a fault names file, line and field (`UsageFault`)."""
    text, raw = read_toml(path)
    try:
        return _Table.model_validate(raw).clue
    except ValidationError as error:
        raise UsageFault(describe(path, text, error)) from None


@dataclass(frozen=True)
class Item:
    """A prompt and the continuation that belongs to it."""

    concept: str
    family: Family
    prompt: str
    answer: str


@dataclass(frozen=True)
class ProbePair:
    """Two items of one family whose answers are crossed; `masked` tells test from control."""

    first: Item
    second: Item
    masked: bool

    def prompts(self) -> list[tuple[str, str]]:
        """The four (prompt, continuation) pairs: two that belong together, two crossed."""
        a, b = self.first, self.second
        return [
            (a.prompt, a.answer),
            (b.prompt, b.answer),
            (a.prompt, b.answer),
            (b.prompt, a.answer),
        ]


def items(chronology: Chronology, cutoff: int) -> tuple[list[Item], list[Item]]:
    """All items about hidden concepts, and all about visible ones."""
    hidden: list[Item] = []
    visible: list[Item] = []
    for concept in chronology:
        if concept.granted:
            continue
        bucket = hidden if concept.masked_at(cutoff) else visible
        bucket += _items_of(concept)
    return hidden, visible


def _items_of(concept: Concept) -> Iterable[Item]:
    for clue in clues():
        if clue.concept == concept.id:
            yield Item(concept.id, "clue", clue.text, " " + clue.answer)
    if concept.words:
        author = concept.who.split(";")[0].split(",")[0]
        prompt = f"Among the notions that mathematics owes to {author} there is this one:"
        yield Item(concept.id, "author", prompt, " " + concept.words[0])
    for name in (*concept.mathlib.namespaces, *concept.mathlib.declarations):
        head, dot, tail = name.partition(".")
        if dot:
            yield Item(concept.id, "name", f"The Lean name {head}.", tail)


def questions(
    chronology: Chronology, cutoff: int, seed: int = 0, limit: int = 400
) -> list[ProbePair]:
    """Disjoint pairs in random order: no item occurs twice, so that the pairs are independent."""
    chance = random.Random(seed)
    asked: list[ProbePair] = []
    for bucket, masked in zip(items(chronology, cutoff), (True, False), strict=True):
        for family in ("clue", "author", "name"):
            left = [item for item in bucket if item.family == family]
            chance.shuffle(left)
            while left:
                first = left.pop()
                fitting = (k for k, other in enumerate(left) if _distinct(first, other))
                partner = next(fitting, None)
                if partner is not None:
                    asked.append(ProbePair(first, left.pop(partner), masked))
    chance.shuffle(asked)
    return asked[:limit]


def _distinct(first: Item, second: Item) -> bool:
    """Whether crossing the two makes a question: different prompts and unrelated answers."""
    mine, theirs = first.answer.strip().lower(), second.answer.strip().lower()
    return first.prompt != second.prompt and mine not in theirs and theirs not in mine


@dataclass(frozen=True)
class ProbeScore:
    """A score: right answers out of `asked`, the share, and its confidence interval."""

    what: str
    right: float
    asked: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Right answers as a share; a tie counts half."""
        return self.right / self.asked

    def __str__(self) -> str:
        return (
            f"{self.what:<24} {self.right:g}/{self.asked} = {self.share:.3f}"
            f"   [{self.low:.3f}, {self.high:.3f}]"
        )


@dataclass(frozen=True)
class ProbeReport:
    """The rows of a probe; `leaks` is the verdict on the hidden concepts taken together."""

    rows: tuple[ProbeScore, ...]
    leaks: bool
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """A plain dictionary."""
        return {
            "leaks": self.leaks,
            "sentence": self.sentence,
            "confidence": CONFIDENCE,
            "rows": [{**vars(row), "share": row.share} for row in self.rows],
        }


def wilson(right: float, asked: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval for a proportion; (0, 1) when nothing was asked."""
    if asked == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = right / asked
    centre = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    half = z / (1 + z * z / asked) * sqrt(share * (1 - share) / asked + z * z / (4 * asked**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def run_probe(asked: Sequence[ProbePair], scorer: Scorer) -> ProbeReport:
    """Ask all questions and judge.

    The model leaks when the interval of its score on hidden concepts lies above one half.

    Raises:
        UsageFault: there are too few questions to say anything, or the scorer fails.
    """
    prompts = [prompt for pair in asked for prompt in pair.prompts()]
    scores = list(scorer(prompts))
    if len(scores) != len(prompts):
        raise UsageFault(f"the scorer gave {len(scores)} scores for {len(prompts)} prompts")
    points: dict[tuple[bool, str], list[float]] = {}
    for k, pair in enumerate(asked):
        own, cross = sum(scores[4 * k : 4 * k + 2]), sum(scores[4 * k + 2 : 4 * k + 4])
        point = 1.0 if own > cross else 0.5 if own == cross else 0.0
        points.setdefault((pair.masked, pair.first.family), []).append(point)
    rows = []
    for masked in (True, False):
        label = "hidden" if masked else "visible (control)"
        everything = [p for (m, _), ps in points.items() if m == masked for p in ps]
        if len(everything) < 10:
            raise UsageFault(f"only {len(everything)} questions on {label} concepts: too few")
        rows.append(_row(f"{label}, all", everything))
        rows += [
            _row(f"{label}, {family}", points[masked, family])
            for family in ("clue", "author", "name")
            if (masked, family) in points
        ]
    total = rows[0]
    leaks = total.low > 0.5
    sentence = (
        f"On hidden concepts the model scores {total.share:.3f} where chance is 0.5; the "
        f"{CONFIDENCE:.0%} interval [{total.low:.3f}, {total.high:.3f}] "
        + ("lies above chance: it knows." if leaks else "does not lie above chance.")
    )
    return ProbeReport(tuple(rows), leaks, sentence)


def _row(what: str, points: Sequence[float]) -> ProbeScore:
    right = sum(points)
    return ProbeScore(what, right, len(points), *wilson(right, len(points)))


def load_scorer(where: str) -> Scorer:
    """A scoring callable named ``package.module:attribute``.

    Raises:
        UsageFault: there is no such thing.
    """
    module, _, attribute = where.partition(":")
    try:
        found: Scorer = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageFault(f"--policy {where}: {error}; give package.module:callable") from None
    return found


class HttpScorer:
    """Scores continuations with any server of the OpenAI completions API (echo and logprobs)."""

    def __init__(self, url: str, model: str = "", timeout: float = 60.0) -> None:
        self._client = httpx.Client(base_url=url.rstrip("/") + "/", timeout=timeout)
        self._model = model

    def __enter__(self) -> HttpScorer:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Log-probabilities of the continuations, one request each."""
        model = self._model or self._first_model()
        return [self._score(model, prompt, continuation) for prompt, continuation in pairs]

    def _first_model(self) -> str:
        answer = self._ask("GET", "models", None)
        try:
            return str(answer["data"][0]["id"])
        except (KeyError, IndexError, TypeError):
            raise UsageFault(
                f"{self._client.base_url}models lists no model; pass --model"
            ) from None

    def _score(self, model: str, prompt: str, continuation: str) -> float:
        body = {
            "model": model,
            "prompt": prompt + continuation,
            "max_tokens": 1,
            "temperature": 0,
            "echo": True,
            "logprobs": 1,
        }
        answer = self._ask("POST", "completions", body)
        try:
            logprobs = answer["choices"][0]["logprobs"]
            scored = zip(
                logprobs["tokens"], logprobs["token_logprobs"], logprobs["text_offset"], strict=True
            )
            end = len(prompt) + len(continuation)
            # A token that begins before the end of the prompt and reaches past it belongs to
            # the continuation; the one token generated on top does not.
            return sum(
                float(value)
                for token, value, offset in scored
                if offset + len(token) > len(prompt) and offset < end and value is not None
            )
        except (KeyError, IndexError, TypeError, ValueError):
            raise UsageFault(
                f"{self._client.base_url}completions gives no log-probabilities of the prompt; "
                "it must support echo with logprobs (vLLM and llama.cpp do)"
            ) from None

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        try:
            answer = self._client.request(method, path, json=body)
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise UsageFault(f"{self._client.base_url}{path}: {error}") from None
