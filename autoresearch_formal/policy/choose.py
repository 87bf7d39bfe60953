"""What ``--policy`` names: the one place where it becomes a policy.

``symbolic`` · ``neural:DIR`` or ``DIR`` (a model in this process) · ``http://…`` (a server) ·
``mixed:DIR`` or ``mixed:URL`` (that model and the symbolic policy) · ``tuned:DIR``. Options follow
a question mark: ``mixed:DIR?neural=6&symbolic=10``, ``neural:DIR?n=16&temperature=0.8``,
``URL?model=NAME`` (one of a server's models or adapters), ``URL?format=whole-proof``,
``URL?profile=FILE.toml``. A budget of 0 in ``mixed`` switches that policy off, everything else
being equal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from autoresearch_formal.actions.base import Policy
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference import provenance
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Engine, Sampling, Unavailable
from autoresearch_formal.inference.provenance import Provenance
from autoresearch_formal.policy.mixed import MixedPolicy, Shares
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.policy.profile import AUTO, Profile, profile_from
from autoresearch_formal.policy.symbolic import SymbolicPolicy
from autoresearch_formal.policy.tuned import TunedPolicy, load

FORMS = "symbolic, neural:DIR, a URL, mixed:DIR, mixed:URL or tuned:DIR"
URLS = ("http://", "https://")
ENOUGH_READABLE = 0.5
"""A smaller share of readable answers is warned of."""
START = 5.0
"""Seconds to wait for a server before a run begins."""
DEFAULT_MODEL = Path("models/nano")
"""What ``neural`` and ``mixed`` alone mean: the model that comes with the source tree."""


def choose(text: str, seed: int = 0) -> Policy:
    """The policy called ``text``. Raises `UsageFault` or `MissingTool`."""
    name, _, query = text.partition("?")
    options = dict(parse_qsl(query, strict_parsing=False, keep_blank_values=True))
    kind, colon, rest = name.partition(":")
    if name == "symbolic":
        _no_more(text, options)
        return SymbolicPolicy()
    if kind == "tuned" and colon:
        return TunedPolicy(load(Path(rest)))
    mixed = kind == "mixed"
    where = rest if kind in ("neural", "mixed") and (colon or not rest) else name
    served = where.startswith(URLS)
    shares = _numbers(text, options, Shares) if mixed else {}
    given = _numbers(text, options, Sampling)
    profile = profile_from(options) if served else Profile()
    _no_more(text, options)
    given = {**profile.sampling, **given, "seed": given.get("seed", seed)}
    if served:
        neural = NeuralPolicy.served(profile.engine(where), profile, given)
    else:
        engine = engine_for(where or str(DEFAULT_MODEL), text)
        neural = NeuralPolicy(engine, Sampling(**given))
        neural.provenance = provenance.of_folder(Path(where or DEFAULT_MODEL))
    return MixedPolicy(neural, SymbolicPolicy(), Shares(**shares)) if mixed else neural


def with_symbolic(text: str) -> str:
    """What ``--policy`` calls the mixture of the model ``text`` and the symbolic policy.

    Raises `UsageFault` if ``text`` is not ``neural`` or ``neural:…``.
    """
    if not re.match(r"neural(?=[:?]|\Z)", text):
        raise UsageFault(f"{text}: only neural or neural:DIR can be helped by the symbolic policy")
    return "mixed" + text.removeprefix("neural")


def engine_for(where: str, asked: str = "", model: str = "") -> Engine:
    """A model folder in this process, or a server. Raises `UsageFault` or `MissingTool`."""
    if where.startswith(URLS):
        return HttpEngine(where, model)
    folder = Path(where)
    if not folder.is_dir():
        raise UsageFault(f"--policy {asked or where}: no such policy or folder; give {FORMS}")
    from autoresearch_formal.inference.local import LocalEngine

    return LocalEngine(folder)


def _numbers(text: str, options: dict[str, str], shape: type[Any]) -> dict[str, Any]:
    """Take the options that are fields of ``shape`` out of the query."""
    fields = getattr(shape, "__struct_fields__", None) or tuple(shape.__dataclass_fields__)
    defaults = shape()
    found: dict[str, Any] = {}
    for key in [k for k in options if k in fields]:
        kind = type(getattr(defaults, key))
        value = options.pop(key)
        try:
            found[key] = kind(value)
        except ValueError:
            raise UsageFault(f"--policy {text}: {key}={value!r} is not a number") from None
        if not 0 <= found[key] < math.inf:
            raise UsageFault(f"--policy {text}: {key}={value!r}: a number from 0 on was expected")
    return found


def _no_more(text: str, options: dict[str, str]) -> None:
    if options:
        raise UsageFault(f"--policy {text}: unknown option {next(iter(options))!r}")


def model_of(policy: Policy) -> NeuralPolicy | None:
    """The model in a policy, None if there is none."""
    neural = policy.neural if isinstance(policy, MixedPolicy) else policy
    return neural if isinstance(neural, NeuralPolicy) else None


def samples(policy: Policy) -> dict[str, int]:
    """What became of a model's samples (`NeuralPolicy.counts`); empty without a model."""
    neural = model_of(policy)
    return dict(sorted(neural.counts.items())) if neural is not None else {}


def provenance_of(policy: Policy) -> Provenance:
    """Where a policy's knowledge comes from; that of a mixture is its model's.

    Without a model there is none: a learned table (`tuned`) only orders what the symbolic policy
    says.
    """
    neural = model_of(policy)
    return neural.provenance if neural is not None else provenance.NO_MODEL


def policy_metadata(policy: Policy, cutoff: int) -> dict[str, Any]:
    """What a run records of its policy, beside the judge's certificates."""
    origin = provenance_of(policy)
    found: dict[str, Any] = {
        "name": policy.name,
        "provenance": {
            **{k: v for k, v in msgspec.to_builtins(origin).items() if v not in (None, "", [])},
            "clean": origin.clean(cutoff),
            "words": origin.words(cutoff),
        },
    }
    neural = model_of(policy)
    if neural is not None:
        engine = neural.engine
        found |= {
            "model": engine.model if isinstance(engine, HttpEngine) else engine.name,
            "format": neural.format.name,
        }
    return found


def reading(policy: Policy) -> dict[str, Any]:
    """How many of a model's answers could be read; empty without a model."""
    neural = model_of(policy)
    if neural is None:
        return {}
    return {
        "answers": neural.sampled,
        "unreadable": neural.unreadable,
        "readable": neural.readable,
    }


def warning(share: float | None) -> str:
    """What has to be said of a share of readable answers, "" if it is fine."""
    if share is None or share >= ENOUGH_READABLE:
        return ""
    return f"{1 - share:.0%} of the model's answers could not be read; is its format right?"


def reach(policy: Policy) -> None:
    """Make sure of the server behind a policy, if there is one, and of what its model writes.

    Raises `MissingTool` if it does not answer, `UsageFault` if it serves no model or one whose
    answers can't be read.
    """
    neural = model_of(policy)
    if neural is not None and isinstance(neural.engine, HttpEngine):
        try:
            neural.prepare(START)
        except Unavailable as fault:
            raise MissingTool(f"{fault}; `autoresearch serve DIR` starts one") from None


def bind(
    policy: Policy, stop: Callable[[], bool], left: Callable[[], float | None] = lambda: None
) -> None:
    """Tell a policy that waits for a server when waiting has become pointless."""
    neural = model_of(policy)
    if neural is not None and isinstance(neural.engine, HttpEngine):
        neural.engine.stop = stop
        neural.engine.until(left)


__all__ = ["AUTO", "bind", "choose", "policy_metadata", "reach", "samples"]
