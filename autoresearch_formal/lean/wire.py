"""Requests and answers of the gym protocol as lines of JSON."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from autoresearch_formal.lean.messages import Answer, Fault, GymError, Request

A = TypeVar("A", bound=Answer)


class _Envelope(msgspec.Struct):
    ok: bool
    id: Any = None
    error: Fault | None = None


def encode(request: Request, number: int) -> bytes:
    """A request as a line with the id `number`."""
    body = msgspec.to_builtins(request)
    fields = {key: value for key, value in body.items() if value is not None}
    return msgspec.json.encode({"id": number, **fields}) + b"\n"


def identity(line: bytes) -> Any:
    """The id that an answer echoes; `msgspec.DecodeError` if the line is no answer."""
    return msgspec.json.decode(line, type=_Envelope).id


def decode(line: bytes, kind: type[A]) -> A:
    """Read an answer line; raises `GymError` if it is an error, `msgspec.DecodeError` if broken."""
    envelope = msgspec.json.decode(line, type=_Envelope)
    if envelope.ok:
        return msgspec.json.decode(line, type=kind)
    extra = msgspec.json.decode(line, type=dict[str, Any])
    fault = envelope.error or Fault("internal", "an error without a reason")
    raise GymError(fault, {key: extra[key] for key in extra.keys() - {"ok", "id", "error"}})
