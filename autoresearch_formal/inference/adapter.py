"""LoRA adapters (E. J. Hu et al., arXiv:2106.09685) merged into a model's weights by PEFT.

Merged, an adapter costs nothing in use.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference.weights import ADAPTER, read_json


def base_of(folder: Path) -> Path:
    """The model that an adapter is for. Raises `UsageFault` if it is not on this machine."""
    named = str(read_json(folder / ADAPTER).get("base_model_name_or_path") or "")
    for place in (Path(named), folder / named):
        if named and (place / "config.json").is_file():
            return place
    raise UsageFault(f"{folder / ADAPTER}: its base model {named!r} is no model folder here")


def merged(model: Any, folder: Path) -> Any:
    """The model with an adapter in its weights; the one given is used up.

    Raises `UsageFault` if the adapter does not fit, or lacks matrices that its configuration names.
    """
    try:
        import peft
        from safetensors.torch import load_file
    except ImportError:
        raise MissingTool(
            f"{folder}: adapters need peft; pip install 'autoresearch-formal[train]'"
        ) from None
    try:
        adapted = peft.PeftModel(model, peft.PeftConfig.from_pretrained(str(folder)))
        names = peft.set_peft_model_state_dict(
            adapted, load_file(folder / "adapter_model.safetensors")
        )
    except Exception as fault:  # of many kinds, all of which mean another model or a bad adapter
        reason = (str(fault) or type(fault).__name__).splitlines()
        raise UsageFault(f"{folder} does not fit the model: {' '.join(reason[:2])}") from None
    lacking = [name for name in names.missing_keys if "lora_" in name or "modules_to_save" in name]
    for name in (*lacking, *names.unexpected_keys):
        what = "is not among the adapter's weights" if name in lacking else "is not in the model"
        raise UsageFault(f"{folder} does not fit the model: {name} {what}")
    return adapted.merge_and_unload()
