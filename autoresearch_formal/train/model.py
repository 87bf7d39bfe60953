"""Sizes of the policy: Llama-style decoders (H. Touvron et al., arXiv:2302.13971, sect. 2.2).

The architecture is Transformers' own class, so that every engine that reads its format can serve
the result. Weights start random: nothing comes from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autoresearch_formal.data.tokenizer import missing


@dataclass(frozen=True, slots=True)
class ModelSize:
    """Shape of a model. Head size is 64, which every attention kernel knows."""

    name: str
    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    context: int
    rate: float
    """Peak learning rate."""

    @property
    def parameters(self) -> int:
        """Number of weights; input and output embeddings are shared."""
        attention = 4 * self.width * self.width
        layer = attention + 3 * self.width * self.inner + 2 * self.width
        return self.vocabulary * self.width + self.layers * layer + self.width


SIZES = {
    "nano": ModelSize("nano", 2048, 192, 4, 3, 512, 768, 2e-3),
    "small": ModelSize("small", 4096, 512, 8, 8, 1280, 1024, 8e-4),
    "base": ModelSize("base", 8192, 768, 16, 12, 2048, 2048, 4e-4),
}
"""About 2, 26 and 120 million weights: for a CPU and tests; for a GPU; for a large GPU."""


def build_model(size: ModelSize, tokenizer: Any) -> Any:
    """A model with random weights. The caller has seeded torch."""
    try:
        from transformers import LlamaConfig, LlamaForCausalLM
    except ImportError:
        raise missing("transformers") from None
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=size.width,
        intermediate_size=size.inner,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        num_key_value_heads=size.heads,
        max_position_embeddings=size.context,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        rope_parameters={"rope_type": "default", "rope_theta": 10_000.0},
    )
    make: Any = LlamaForCausalLM
    return make(config)
