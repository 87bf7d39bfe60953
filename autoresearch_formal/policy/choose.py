"""What ``--policy`` names: the one place where it becomes a policy.

``symbolic`` · ``neural:DIR`` or ``DIR`` (a model in this process) · ``http://…`` (a server) ·
``mixed:DIR`` or ``mixed:URL`` (that model and the symbolic policy) · ``tuned:DIR``. Options follow
a question mark: ``mixed:DIR?neural=6&symbolic=10``, ``neural:DIR?n=16&temperature=0.8``,
``URL?model=NAME`` (one of a server's models or adapters). A budget of 0 in ``mixed`` switches that
policy off, everything else being equal.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from autoresearch_formal.actions.base import Policy
from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Engine, Sampling, Unavailable
from autoresearch_formal.policy.mixed import MixedPolicy, Shares
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.policy.symbolic import SymbolicPolicy
from autoresearch_formal.policy.tuned import TunedPolicy, load

FORMS = "symbolic, neural:DIR, a URL, mixed:DIR, mixed:URL or tuned:DIR"
URLS = ("http://", "https://")
START = 5.0
"""Seconds to wait for a server before a run begins."""
DEFAULT_MODEL = Path("models/nano")
"""What ``neural`` and ``mixed`` alone mean: the model that comes with the source tree."""


def choose(text: str, seed: int = 0) -> Policy:
    """The policy called ``text``. Raises `UsageFault` or `MissingTool`."""
    name, _, query = text.partition("?")
    options = dict(parse_qsl(query, strict_parsing=False))
    kind, colon, rest = name.partition(":")
    if name == "symbolic":
        _no_more(text, options)
        return SymbolicPolicy()
    if kind == "tuned" and colon:
        return TunedPolicy(load(Path(rest)))
    mixed = kind == "mixed"
    where = rest if kind in ("neural", "mixed") and (colon or not rest) else name
    shares = _numbers(text, options, Shares) if mixed else {}
    sampling = msgspec.structs.replace(Sampling(seed=seed), **_numbers(text, options, Sampling))
    model = options.pop("model", "") if where.startswith(URLS) else ""
    _no_more(text, options)
    neural = NeuralPolicy(engine_for(where or str(DEFAULT_MODEL), text, model), sampling)
    return MixedPolicy(neural, SymbolicPolicy(), Shares(**shares)) if mixed else neural


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


def samples(policy: Policy) -> dict[str, int]:
    """What became of a model's samples (`NeuralPolicy.counts`); empty without a model."""
    neural = policy.neural if isinstance(policy, MixedPolicy) else policy
    return dict(sorted(neural.counts.items())) if isinstance(neural, NeuralPolicy) else {}


def model_digests(policy: Policy) -> list[str]:
    """Digests of the weights that have answered in this process, in the order of their coming.

    More than one if the model's folder was replaced meanwhile; none without a model here.
    """
    neural = policy.neural if isinstance(policy, MixedPolicy) else policy
    engine = neural.engine if isinstance(neural, NeuralPolicy) else None
    return list(getattr(engine, "history", ()))


def policy_digest(policy: Policy) -> str:
    """What a policy's answers rest on besides its code; "" where that can't be known."""
    if isinstance(policy, TunedPolicy):
        return hashlib.sha256(msgspec.json.encode(policy.table, order="deterministic")).hexdigest()
    return (model_digests(policy) or [""])[0]


def reach(policy: Policy) -> None:
    """Make sure of the server behind a policy, if there is one.

    Raises `MissingTool` if it does not answer, `UsageFault` if it serves no model.
    """
    engine = _server(policy)
    if engine is not None:
        try:
            engine.warm_up(patience=START)
        except Unavailable as fault:
            raise MissingTool(f"{fault}; `autoresearch serve DIR` starts one") from None


def bind(policy: Policy, stop: Callable[[], bool]) -> None:
    """Tell a policy that waits for a server when waiting has become pointless."""
    engine = _server(policy)
    if engine is not None:
        engine.stop = stop


def _server(policy: Policy) -> HttpEngine | None:
    neural = policy.neural if isinstance(policy, MixedPolicy) else policy
    engine = neural.engine if isinstance(neural, NeuralPolicy) else None
    return engine if isinstance(engine, HttpEngine) else None
