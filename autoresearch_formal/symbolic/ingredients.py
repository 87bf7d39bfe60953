"""The vocabulary of proof steps, read from ``ingredients.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from autoresearch_formal.errors import UsageFault


class Ingredient(BaseModel):
    """One row of the table; the comment at its head says what the fields mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    text: str
    logprob: float
    expansion: int = 1
    pure: int = 1
    heartbeats: int = 0
    target: tuple[str, ...] = ()
    hyp: tuple[str, ...] = ()
    var: tuple[str, ...] = ()
    numbers: bool = False
    proof: bool = False
    count: int = 6

    @property
    def slots(self) -> frozenset[str]:
        """Names of the placeholders in the text."""
        known = ("hyp", "var", "name", "names", "term", "all", "unfold", "others")
        return frozenset(s for s in known if "{" + s + "}" in self.text)


def parse(table: dict[str, dict[str, Any]], where: str) -> dict[str, Ingredient]:
    """Rows by name. Raises `UsageFault` naming the row and field that is wrong."""
    rows: dict[str, Ingredient] = {}
    for family, members in table.items():
        for member, fields in members.items():
            name = f"{family}.{member}"
            try:
                rows[name] = Ingredient(name=name, **fields)
            except (ValidationError, TypeError) as fault:
                detail = fault.errors()[0] if isinstance(fault, ValidationError) else None
                reason = f"{detail['loc'][0]}: {detail['msg']}" if detail else str(fault)
                raise UsageFault(f"{where}: [{name}] {reason}") from None
    return rows


@functools.cache
def ingredients() -> dict[str, Ingredient]:
    """The table that ships with the package."""
    file = resources.files("autoresearch_formal.symbolic") / "ingredients.toml"
    return parse(tomllib.loads(file.read_text(encoding="utf-8")), "ingredients.toml")


def is_proof(names: Iterable[str]) -> bool:
    """Whether a script with these ingredients was found as a proof, so that advice is idle."""
    rows = ingredients()
    return any(name in rows and rows[name].proof for name in names)
