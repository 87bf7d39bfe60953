"""Requests and answers of OpenAI's two APIs as JSON. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autoresearch_formal.actions.prompt import ASK
from autoresearch_formal.inference.engine import Completion, SampleRequest, Sampling, seed_of

COMPLETE, CHAT = "/v1/completions", "/v1/chat/completions"

OPTIONAL = ("response_format", "logprobs", "truncate_prompt_tokens", "seed", "stop", "top_p", "n")
"""What a request can do without, in the order in which it is given up."""


def sampling_body(
    model: str, context: int, request: SampleRequest, how: Sampling, path: str, at: int
) -> dict[str, Any]:
    """The request for samples from number ``at`` on, with everything that a server may know."""
    body: dict[str, Any] = {
        "model": model,
        "n": 1 if at else how.n,
        "max_tokens": how.max_tokens,
        "temperature": how.temperature,
        "top_p": how.top_p,
        "seed": seed_of(how.seed, request.prompt) + at,
    }
    if request.stop:
        body["stop"] = list(request.stop)
    if path == COMPLETE:
        return body | {"prompt": request.prompt, "logprobs": 0, **cut(context, how.max_tokens)}
    body["messages"] = messages(request)
    body["logprobs"] = True
    if request.schema is not None:
        schema = {"name": "answer", "schema": dict(request.schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


def messages(request: SampleRequest) -> list[dict[str, str]]:
    """A conversation."""
    return [{"role": role, "content": text} for role, text in request.conversation]


def cut(context: int, room: int) -> dict[str, Any]:
    """What makes vLLM cut the beginning of a prompt rather than refuse it for its length."""
    if context <= room:
        return {}
    return {"truncate_prompt_tokens": context - room, "truncation_side": "left"}


def completion(choice: dict[str, Any]) -> Completion:
    """One choice of an answer; without log-probabilities a sample counts as one of e to the -1.

    Thoughts that a server gives apart are left out, unless there is nothing else: then the answer
    was cut off in them.
    """
    logprobs = choice.get("logprobs") or {}
    listed = logprobs.get("token_logprobs")
    if listed is None:
        listed = [row.get("logprob") for row in logprobs.get("content") or []]
    values = [float(v) for v in listed if v is not None]
    mean = sum(values) / len(values) if values else -1.0
    finished = choice.get("finish_reason") in ("stop", "eos", "eos_token")
    message = choice.get("message")
    if message is None:
        return Completion(str(choice["text"]), mean, len(values), finished)
    text = str(message.get("content") or "")
    thought = message.get("reasoning_content") or message.get("reasoning")
    if not text.strip() and thought:
        text, finished = f"<think>{thought}", False
    return Completion(text, mean, len(values), finished)


def scored(logprobs: dict[str, Any], length: int) -> tuple[float, int]:
    """Log-probability of what follows a prompt of ``length`` characters, and its tokens.

    Raises `KeyError` if the server gave none.
    """
    tokens, values = logprobs["tokens"], logprobs["token_logprobs"]
    tail = continuation_start(tokens, logprobs["text_offset"], length)
    found = [float(v) for v in values[tail : len(tokens) - 1] if v is not None]
    if not found:
        raise KeyError("no log-probabilities of the prompt")
    return sum(found), len(found)


def continuation_start(tokens: Sequence[str], offsets: Sequence[int], length: int) -> int:
    """Number of the first token after the prompt.

    Servers count offsets with or without special tokens, so the marker before answers decides
    where it is a token; elsewhere the offset does.
    """
    for index in range(len(tokens) - 2, -1, -1):
        if tokens[index] == ASK:
            return index + 2  # the line break after the marker belongs to the prompt
    return next((i for i, o in enumerate(offsets) if o >= length), len(tokens))
