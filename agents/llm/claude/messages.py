"""Our transcript as Anthropic's messages, and Anthropic's answers as our blocks.

All outcomes of one answer go into one user message, first in it; neighbouring user entries are merged, because
the API wants the roles to alternate. https://platform.claude.com/docs/en/api/messages
"""

import json
from typing import Any

from agents.types import Block, Entry, Stop, Text, Thinking, ToolCall, ToolOutcome

STOPS = {
    "end_turn": Stop.END,
    "stop_sequence": Stop.END,
    "tool_use": Stop.TOOLS,
    "max_tokens": Stop.TRUNCATED,
    "model_context_window_exceeded": Stop.TRUNCATED,
    "refusal": Stop.REFUSED,
    "pause_turn": Stop.PAUSED,
}
STAFF = "[A member of the team wrote to the patient:] "


BEGINNING = "[The conversation begins.]"


def to_messages(transcript: tuple[Entry, ...], momentary: str, opening: str = "") -> list[dict[str, Any]]:
    """User and assistant in turns, beginning with the user; the last stable block carries the cache mark.

    `opening`: what stands for everything before, the same until the window moves on."""
    messages: list[dict[str, Any]] = [{"role": "user", "content": [_words(opening)]}] if opening else []
    for entry in transcript:
        role = "assistant" if entry.role == "assistant" else "user"
        content = [_from_block(block, STAFF if entry.role == "staff" else "") for block in entry.blocks]
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"].extend(content)
        elif role == "assistant" and not messages:
            messages.append({"role": "user", "content": [_words(BEGINNING)]})
            messages.append({"role": role, "content": content})
        else:
            messages.append({"role": role, "content": content})
    _mark_last(messages)
    if not messages or messages[-1]["role"] == "assistant":
        messages.append({"role": "user", "content": []})
    messages[-1]["content"].append(_words(momentary))
    return messages


def _mark_last(messages: list[dict[str, Any]]) -> None:
    """What stands so far is the same in the next call: it may be cached. A vendor's reasoning can't be marked."""
    content = messages[-1]["content"] if messages else []
    if content and content[-1]["type"] in ("text", "tool_use", "tool_result"):
        content[-1] = {**content[-1], "cache_control": {"type": "ephemeral"}}


def _words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _from_block(block: Block, prefix: str) -> dict[str, Any]:
    match block:
        case Text():
            return _words(prefix + (block.text or "(empty message)"))
        case ToolCall():
            return {"type": "tool_use", "id": block.id, "name": block.name, "input": ordered(block.arguments)}
        case ToolOutcome():
            return {
                "type": "tool_result",
                "tool_use_id": block.call_id,
                "content": _json(block.content),
                "is_error": block.is_error,
            }
        case Thinking():
            return ordered(block.raw)


def from_content(content: list[dict[str, Any]]) -> tuple[Block, ...]:
    """Blocks by type; a type that we don't know is kept as it is, like thinking, so that the history stays whole."""
    blocks: list[Block] = []
    for part in content:
        if part["type"] == "text":
            if part["text"]:
                blocks.append(Text(text=part["text"]))
        elif part["type"] == "tool_use":
            blocks.append(ToolCall(id=part["id"], name=part["name"], arguments=part["input"]))
        else:
            blocks.append(Thinking(raw=part))
    return tuple(blocks)


def ordered(value: Any) -> Any:
    """Keys in one order: the database keeps another than the vendor wrote, and a cached prefix is one of bytes."""
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    return [ordered(item) for item in value] if isinstance(value, list) else value


def _json(content: dict[str, Any]) -> str:
    return json.dumps(ordered(content), ensure_ascii=False, separators=(",", ":"))
