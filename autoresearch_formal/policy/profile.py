"""How a server is asked: its model, format, key and headers, from a URL's options and a file."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.connection import IN_FLIGHT, PATIENCE, TIMEOUT
from autoresearch_formal.inference.engine import Sampling
from autoresearch_formal.inference.provenance import declared
from autoresearch_formal.policy.formats import FORMATS

AUTO = "auto"
KEY = "AUTORESEARCH_API_KEY"
"""Environment variable with the key of a model server."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything about a server but its address."""

    model: str = ""
    format: str = AUTO
    provenance: str = ""
    """As `provenance.declared` reads it; "" means that it is found out as far as it can be."""
    key: str = ""
    """Name of the environment variable with the key; never the key itself."""
    headers: dict[str, str] = {}
    """Sent with every request; ``$NAME`` in a value stands for an environment variable."""
    in_flight: int = IN_FLIGHT
    timeout: float = TIMEOUT
    """Seconds that a request may take, retries apart."""
    patience: float = PATIENCE
    """Seconds to wait for a server that is gone."""
    sampling: dict[str, float] = {}
    """``n``, ``max_tokens``, ``temperature``, ``top_p``."""

    def engine(self, url: str) -> HttpEngine:
        """The server at a URL. Raises `UsageFault` if a variable that is named is not set."""
        headers = {name: _filled(value) for name, value in self.headers.items()}
        if self.key:
            headers.setdefault("Authorization", f"Bearer {_variable(self.key)}")
        elif os.environ.get(KEY):
            headers.setdefault("Authorization", f"Bearer {os.environ[KEY].strip()}")
        for name, value in headers.items():
            if not (name + value).isascii() or any(ord(c) < 32 for c in name + value):
                raise UsageFault(f"the header {name!r} is no plain text")
        return HttpEngine(
            url,
            self.model,
            headers=headers,
            in_flight=self.in_flight,
            timeout=self.timeout,
            patience=self.patience,
        )


def profile_from(options: dict[str, str]) -> Profile:
    """The profile that a URL's options name, with what they say themselves; they are used up.

    Raises `UsageFault`.
    """
    found = read_profile(Path(options.pop("profile"))) if "profile" in options else Profile()
    changes: dict[str, Any] = {}
    for name in ("model", "format", "provenance", "key"):
        if name in options:
            changes[name] = options.pop(name)
    for name, kind in (("in_flight", int), ("timeout", float), ("patience", float)):
        if name in options:
            value = options.pop(name)
            try:
                changes[name] = kind(value)
            except ValueError:
                raise UsageFault(f"{name}={value!r} is not a number") from None
    return checked_profile(msgspec.structs.replace(found, **changes), "--policy")


def read_profile(path: Path) -> Profile:
    """A profile from a TOML file. Raises `UsageFault` with the file and the place."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return checked_profile(msgspec.convert(table, Profile), str(path))
    except OSError as fault:
        raise UsageFault(f"{path}: {fault.strerror or fault}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise UsageFault(f"{path}: {fault}") from None


def checked_profile(profile: Profile, where: str) -> Profile:
    """The same profile. Raises `UsageFault` for values that mean nothing."""
    if profile.format not in (AUTO, *FORMATS):
        known = ", ".join((AUTO, *FORMATS))
        raise UsageFault(f"{where}: format={profile.format}: no such format; give {known}")
    if profile.provenance:
        declared(profile.provenance)
    if profile.in_flight < 1 or profile.timeout <= 0 or profile.patience < 0:
        raise UsageFault(f"{where}: in_flight, timeout and patience have to be positive")
    fields = Sampling.__struct_fields__
    defaults = Sampling()
    for name, value in profile.sampling.items():
        if name not in fields or value < 0:
            raise UsageFault(f"{where}: sampling.{name}: give {', '.join(fields)}, none negative")
    numbers = {n: type(getattr(defaults, n))(v) for n, v in profile.sampling.items()}
    return msgspec.structs.replace(profile, sampling=numbers)


def _filled(value: str) -> str:
    return _variable(value[1:]) if value.startswith("$") else value


def _variable(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise UsageFault(f"the environment variable {name}, which the profile names, is not set")
    return value
