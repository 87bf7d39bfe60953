"""Which format a served model reads and writes: by its name, then by one sample of its own."""

from __future__ import annotations

from autoresearch_formal.actions.base import GoalView, HypView, Situation, TheoryView
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.connection import Failed
from autoresearch_formal.inference.engine import Completion, Sampling
from autoresearch_formal.policy.formats import family_of, format_named
from autoresearch_formal.policy.formats.base import Format

SHOWN = 400
"""Characters of an unreadable answer that are shown."""

TRIAL = Situation(
    TheoryView(),
    (
        GoalView(
            "p q : Prop\nhp : p\nhq : q\n⊢ p ∧ q",
            "p ∧ q",
            (
                HypView("p", "Prop"),
                HypView("q", "Prop"),
                HypView("hp", "p", True),
                HypView("hq", "q", True),
            ),
        ),
    ),
    root=True,
)
"""What a model is asked before a run; it has to write something that can be read, not be right."""


async def recognise(engine: HttpEngine, patience: float = 0.0) -> Format:
    """The format of a server's model, on the engine's event loop.

    A name that says something decides; else our own format is tried, then a conversation, then
    plain continuation. Raises `UsageFault` with the text of the model if none of them reads it.
    """
    model = await engine.discover(patience)
    family = family_of(model)
    answers: list[tuple[str, str, str]] = []
    for name in (family,) if family else ("own", "instruct", "completion"):
        format = format_named(name)
        if not family and format.chat and not engine.chats:
            continue
        samples = await trial(engine, format)
        readings = [format.read(s.text, TRIAL, s.finished) for s in samples]
        if any(not r.fault for r in readings):
            return format
        answers += [(name, r.fault, s.text) for r, s in zip(readings, samples, strict=True)][:1]
    name, fault, text = answers[-1] if answers else ("auto", "no answer", "")
    shown = " ".join(text.split())[:SHOWN]
    raise UsageFault(
        f"{engine.root}: what {model} answers can't be read as {name} ({fault}); name its format"
        f" with ?format=, or --policy mixed:…; it said: {shown!r}"
    )


async def trial(engine: HttpEngine, format: Format) -> list[Completion]:
    """A few answers to the simplest of goals. Raises `UsageFault`, `Unavailable`."""
    room = engine.context // 2 if engine.context > 0 else format.max_tokens
    count = 4 if format.max_tokens < 1000 else 1
    how = Sampling(n=count, max_tokens=max(1, min(format.max_tokens, room)), temperature=0.7)
    try:
        return await engine.converse(format.request(TRIAL), how)
    except Failed as fault:
        raise UsageFault(f"{engine.root}: no answer to a first question ({fault})") from None
