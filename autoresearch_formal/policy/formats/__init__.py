"""How families of models are asked and how their answers are read: a pure module a family."""

from __future__ import annotations

from collections.abc import Callable

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.policy.formats.base import Detail, Format, Reading
from autoresearch_formal.policy.formats.completion import Continuation
from autoresearch_formal.policy.formats.instruct import Instruct
from autoresearch_formal.policy.formats.own import Own
from autoresearch_formal.policy.formats.tactic_state import TacticStateFormat
from autoresearch_formal.policy.formats.whole_proof import Reasoning, WholeProof

FORMATS: dict[str, Callable[[], Format]] = {
    "own": Own,
    "tactic-state": TacticStateFormat,
    "reprover": lambda: TacticStateFormat("reprover"),
    "whole-proof": WholeProof,
    "reasoning": Reasoning,
    "instruct": Instruct,
    "completion": Continuation,
}
"""What ``?format=`` may name, besides ``auto``."""

FAMILIES = (
    ("deepseek-prover", "whole-proof"),
    ("goedel", "whole-proof"),
    ("stp", "whole-proof"),
    ("kimina-prover", "reasoning"),
    ("kimina", "reasoning"),
    ("bfs-prover", "tactic-state"),
    ("reprover", "reprover"),
    ("leandojo", "reprover"),
    ("gpt-oss", "instruct"),
    ("instruct", "instruct"),
    ("chat", "instruct"),
    ("qwen3", "instruct"),
    ("thinking", "instruct"),
    ("-it", "instruct"),
    ("-base", "completion"),
)
"""Parts of models' names, in the order in which they decide."""


def format_named(name: str) -> Format:
    """The format called so. Raises `UsageFault`."""
    if name not in FORMATS:
        raise UsageFault(f"format={name}: no such format; give auto, {', '.join(FORMATS)}")
    return FORMATS[name]()


def family_of(model: str) -> str:
    """The format that a model's name suggests, "" if it says nothing."""
    plain = model.lower().replace("_", "-")
    return next((name for part, name in FAMILIES if part in plain), "")


__all__ = ["FORMATS", "Detail", "Format", "Reading", "family_of", "format_named"]
