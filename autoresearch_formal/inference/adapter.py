"""LoRA adapters (E. J. Hu et al., arXiv:2106.09685, sect. 4.1) merged into a model's weights.

An adapter in PEFT's format has two thin matrices A and B for some of the model's matrices W, which
becomes W + s·B·A with s = alpha / rank. Merged, it costs nothing in use.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.weights import ADAPTER, read_json

UNKNOWN = ("use_dora", "fan_in_fan_out", "rank_pattern", "alpha_pattern", "modules_to_save")
"""What would make it more than W + s·B·A with one s."""

PREFIX = "base_model.model."


def base_of(folder: Path) -> Path:
    """The model that an adapter is for. Raises `UsageFault` if it is not on this machine."""
    named = str(read_json(folder / ADAPTER).get("base_model_name_or_path") or "")
    for place in (Path(named), folder / named):
        if named and (place / "config.json").is_file():
            return place
    raise UsageFault(f"{folder / ADAPTER}: its base model {named!r} is no model folder here")


def merge(model: Any, folder: Path) -> None:
    """Add an adapter to a model's weights. Raises `UsageFault` if it does not fit."""
    from safetensors.torch import load_file

    config = read_json(folder / ADAPTER)
    odd = [key for key in UNKNOWN if config.get(key)]
    if odd or config.get("bias", "none") != "none":
        raise UsageFault(f"{folder / ADAPTER}: {(odd or ['bias'])[0]} can't be merged here")
    rank, alpha = int(config["r"]), float(config["lora_alpha"])
    scale = alpha / (math.sqrt(rank) if config.get("use_rslora") else rank)
    pairs: dict[str, dict[str, Any]] = {}
    for name, value in load_file(folder / "adapter_model.safetensors").items():
        place, mark, side = name.removeprefix(PREFIX).partition(".lora_")
        if not mark or side not in ("A.weight", "B.weight"):
            raise UsageFault(f"{folder}: {name}: not a matrix of a LoRA adapter")
        pairs.setdefault(place, {})[side[0]] = value
    for place, pair in pairs.items():
        try:
            weight = model.get_submodule(place).weight
            change = pair["B"].to(weight.device).float() @ pair["A"].to(weight.device).float()
            weight.data.add_((scale * change).to(weight.dtype))
        except (AttributeError, KeyError, RuntimeError) as fault:
            said = str(fault).splitlines()[0]
            raise UsageFault(f"{folder}: {place} does not fit the model: {said}") from None
