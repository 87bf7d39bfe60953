"""A byte-level BPE tokenizer trained on text from behind the mask.

R. Sennrich, B. Haddow, A. Birch, Neural machine translation of rare words with subword units,
ACL 2016, pp. 1715-1725; on bytes as in A. Radford et al., Language models are unsupervised
multitask learners, 2019, sect. 2.2. Every symbol of Lean's notation is one token, with and
without a blank before it, and so is every digit.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autoresearch_formal.actions.prompt import END, MARKERS
from autoresearch_formal.errors import MissingTool
from autoresearch_formal.targets.worlds import World

SYMBOLS = "∀∃λ→←↔↦∧∨¬=≠≤≥<>∈∉⊆∩∪∅∣⟨⟩⁻¹²³·∘×⊢▸✝ℕℤℚαβγδεσπφ₀₁₂₃₄₅₆₇₈₉•⋯…«»‹›∑∏"
"""Lean's notation as it occurs in goals and proofs."""

PATTERN = r" ?[\p{L}_][\p{L}\p{N}_'!?]*|\p{N}| ?[^\s\p{L}\p{N}_]|\n *|\s+"
"""Pre-tokens: a word, a digit, a symbol (each with the blank before it), a line break with the
indentation after it."""

PAD = "<|pad|>"


def missing(what: str) -> MissingTool:
    """The fault for a package of the `train` extra that is not there."""
    return MissingTool(f"{what} is not installed; pip install 'autoresearch-formal[train]'")


def train_tokenizer(texts: Iterable[str], vocabulary: int) -> Any:
    """A `tokenizers.Tokenizer` with ``vocabulary`` tokens.

    Raises `ValueError` when the texts are too few for Lean's symbols to become whole tokens.
    """
    try:
        from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    except ImportError:
        raise missing("tokenizers") from None
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[PAD, *MARKERS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    corpus = list(texts)
    # A symbol becomes one token when the pairs of its bytes are the most frequent there are.
    often = 4 * (1 + max((t.count("e") for t in corpus), default=0)) * (1 + len(corpus) // 50)
    symbols = "".join(f"{s}\n {s}\n" for s in SYMBOLS)
    tokenizer.train_from_iterator(
        itertools.chain(corpus, itertools.repeat(symbols, min(often, 200_000))), trainer
    )
    broken = [s for s in SYMBOLS if len(tokenizer.encode(s).ids) != 1]
    if broken:
        raise ValueError(
            f"{vocabulary} tokens are too few: {''.join(broken)} would not be whole tokens"
        )
    return tokenizer


def save_tokenizer(tokenizer: Any, folder: Path, context: int) -> None:
    """Write the files that Transformers and vLLM read."""
    try:
        from transformers import PreTrainedTokenizerFast
    except ImportError:
        raise missing("transformers") from None
    make: Any = PreTrainedTokenizerFast
    wrapped = make(
        tokenizer_object=tokenizer,
        eos_token=END,
        pad_token=PAD,
        additional_special_tokens=[m for m in MARKERS if m != END],
        model_max_length=context,
        clean_up_tokenization_spaces=False,
    )
    wrapped.save_pretrained(folder)


def load_tokenizer(folder: Path) -> Any:
    """The fast tokenizer of a model folder."""
    try:
        from transformers import PreTrainedTokenizerFast
    except ImportError:
        raise missing("transformers") from None
    return PreTrainedTokenizerFast.from_pretrained(folder)


def sources(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file of the foundation: what a tokenizer may always be trained on."""
    for path in sorted((World().folder(root) / "Foundation").rglob("*.lean")):
        yield str(path.relative_to(root)), path.read_text(encoding="utf-8")
