"""Fills a template. Everything that is not marked as safe is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """Templates of this package."""
    made = Environment(
        loader=PackageLoader("autoresearch_formal.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["count"] = thousands
    return made


def thousands(number: float) -> str:
    """A number as people read it: ``12 345``, with thin spaces."""
    return f"{number:,.0f}".replace(",", " ")


def render(template: str, **values: Any) -> str:
    """A page as text."""
    return environment().get_template(template).render(**values)
