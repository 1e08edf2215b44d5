"""A message as server-sent events. https://docs.anthropic.com/en/docs/build-with-claude/streaming."""

import json
import math
from collections.abc import AsyncIterator, Iterator
from typing import Any

from sandbox.anthropic.script import Answer
from sandbox.core.connection import ConnectionCut

PIECE = 12  # characters, about as the vendor does
PIECES = 24  # of one block at most: a long one comes in longer pieces, as nobody learns more from more of them


async def events(answer: Answer, message: dict[str, Any]) -> AsyncIterator[bytes]:
    """The whole message, or as much of it as the script lets through."""
    for number, event in enumerate(_events(message)):
        if answer.cut_after_events == number:
            raise ConnectionCut
        if answer.error is not None and answer.error_after_events == number:
            error = {"type": answer.error.type, "message": answer.error.message}
            yield _written({"type": "error", "error": error})
            return
        yield _written(event)


def _written(event: dict[str, Any]) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


def _events(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    usage = message["usage"]
    started = {**message, "content": [], "stop_reason": None, "stop_sequence": None}
    yield {"type": "message_start", "message": {**started, "usage": {**usage, "output_tokens": 1}}}
    yield {"type": "ping"}
    for index, block in enumerate(message["content"]):
        yield {"type": "content_block_start", "index": index, "content_block": _empty(block)}
        for delta in _deltas(block):
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    stop = {"stop_reason": message["stop_reason"], "stop_sequence": message["stop_sequence"]}
    counted = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    yield {"type": "message_delta", "delta": stop, "usage": {key: usage[key] for key in counted}}
    yield {"type": "message_stop"}


def _empty(block: dict[str, Any]) -> dict[str, Any]:
    if block["type"] == "tool_use":
        return {**block, "input": {}}
    if block["type"] == "thinking":
        return {**block, "thinking": "", "signature": ""}
    return {**block, "text": ""}


def _deltas(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if block["type"] == "tool_use":
        yield {"type": "input_json_delta", "partial_json": ""}
        for piece in _pieces(json.dumps(block["input"])):
            yield {"type": "input_json_delta", "partial_json": piece}
    elif block["type"] == "thinking":
        for piece in _pieces(block["thinking"]):
            yield {"type": "thinking_delta", "thinking": piece}
        yield {"type": "signature_delta", "signature": block["signature"]}
    else:
        for piece in _pieces(block["text"]):
            yield {"type": "text_delta", "text": piece}


def _pieces(text: str) -> Iterator[str]:
    length = max(PIECE, math.ceil(len(text) / PIECES))
    for start in range(0, len(text), length):
        yield text[start : start + length]
