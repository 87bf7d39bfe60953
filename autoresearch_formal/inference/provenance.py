"""What a policy has read: behind the mask, dated text, nobody knows, or the answers themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.weights import read_json

Kind = Literal["masked", "dated", "unknown", "contaminated"]
TRAINING = "training.json"
SIZES = ("nano", "small", "base")
"""What a training that began with random weights calls its size."""

MODERN = (
    *("deepseek", "goedel", "kimina", "bfs-prover", "reprover", "leandojo", "internlm", "qwen"),
    *("gpt-oss", "llama", "mistral", "gemma", "phi-", "gpt-4", "gpt-5", "claude", "byt5"),
)
"""Parts of names of models that are known to have read the mathematics of today."""

NO_MODEL_WHY, DECLARED = "no model", "as declared"

_DATED = re.compile(r"dated:(\d{3,4})")


class Provenance(msgspec.Struct, frozen=True):
    """Where a policy's knowledge comes from."""

    kind: Kind = "unknown"
    """"masked": no text from behind the mask; "dated": pretrained on text until `year`."""
    year: int | None = None
    """Of the last text it has read; for "masked" the cutoff of the mask."""
    mask: str = ""
    """Hash of the mask that the training data were checked against."""
    data: tuple[str, ...] = ()
    """SHA-256 of the training files."""
    why: str = ""

    def clean(self, cutoff: int) -> bool:
        """Whether nothing later than the cutoff can have been read, as far as is recorded."""
        dated = self.year is None and self.why in (NO_MODEL_WHY, DECLARED)
        return (self.kind == "masked" and (dated or (self.year or cutoff + 1) <= cutoff)) or (
            self.kind == "dated" and self.year is not None and self.year <= cutoff
        )

    def words(self, cutoff: int) -> str:
        """One line for tables."""
        said = {
            "masked": "trained behind the mask",
            "dated": f"pretrained on text until {self.year}",
            "unknown": "unknown origin",
            "contaminated": "contaminated",
        }[self.kind]
        return said if self.clean(cutoff) else f"{said}: not clean"


NO_MODEL = Provenance("masked", why=NO_MODEL_WHY)


def of_folder(folder: Path) -> Provenance:
    """Of a model's folder, by what its training recorded."""
    if not (folder / TRAINING).is_file():
        return Provenance(why=f"no {TRAINING} beside the weights")
    return of_training(read_json(folder / TRAINING))


def of_training(record: Mapping[str, Any]) -> Provenance:
    """By the record of a training that checked its data for leaks."""
    mask, data = str(record.get("mask") or ""), record.get("data")
    hashes = tuple(str(v) for v in data.values()) if isinstance(data, Mapping) else ()
    year = record.get("cutoff")
    cutoff = year if isinstance(year, int) else None
    start = str(record.get("size") or "")
    if start not in SIZES:  # trained on from another model, whose folder is named
        before = of_folder(Path(start)) if start else Provenance()
        if before.kind != "masked":
            return Provenance(mask=mask, data=hashes, why=f"trained from {start or 'what?'}")
        data_before = tuple(h for h in before.data if h not in hashes)
        hashes = (*data_before, *hashes)
        cutoff = max((y for y in (cutoff, before.year) if y is not None), default=None)
    if not mask or not hashes or cutoff is None:
        return Provenance(mask=mask, data=hashes, why=f"{TRAINING} names no data or no mask")
    return Provenance("masked", cutoff, mask, hashes, TRAINING)


def of_name(model: str) -> Provenance:
    """Of a served model of which only the name is known."""
    plain = model.lower().replace("_", "-")
    known = next((part for part in MODERN if part in plain), None)
    if known:
        return Provenance("contaminated", why=f"{model}: models of this name read modern texts")
    return Provenance(why=f"{model}: nothing is recorded of it")


def declared(text: str) -> Provenance:
    """As the user says: masked, dated:YEAR, unknown or contaminated. Raises `UsageFault`."""
    dated = _DATED.fullmatch(text)
    if dated:
        return Provenance("dated", int(dated[1]), why=DECLARED)
    match text:
        case "masked" | "unknown" | "contaminated":
            return Provenance(text, why=DECLARED)
    raise UsageFault(f"provenance={text}: give masked, dated:YEAR, unknown or contaminated")
