"""Fills a template. Everything that is not marked as safe is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

import markupsafe
from jinja2 import Environment, PackageLoader, StrictUndefined

from autoresearch_formal.printable import printable


def shown(value: Any) -> Any:
    """A value for a page: of a text by others all characters can be seen."""
    plain = isinstance(value, str) and not isinstance(value, markupsafe.Markup)
    return printable(value, lines=True) if plain else value


def escape(value: object) -> markupsafe.Markup:
    """A text as part of a page's own markup."""
    return markupsafe.escape(printable(str(value), lines=True))


@cache
def environment() -> Environment:
    """Templates of this package."""
    made = Environment(
        loader=PackageLoader("autoresearch_formal.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
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
