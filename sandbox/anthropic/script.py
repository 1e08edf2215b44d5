"""The script: what the model answers, told by a test beforehand."""

import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sandbox.anthropic.errors import STATUS, invalid
from sandbox.anthropic.rules import blocks_of

BESIDE = ("check_reply",)  # tools that are asked for beside a conversation: only what names one answers it
NO_SCRIPT = "The sandbox has no script for this message, so it cannot answer as a model would."
MARK = re.compile(r"\$\{([^}]+)\}")


class ScriptError(BaseModel):
    """An error instead of an answer: before it (an HTTP status) or, in a stream, after some events."""

    model_config = ConfigDict(extra="forbid")
    type: str = "overloaded_error"
    message: str = "Overloaded"
    retry_after: float | None = None

    @field_validator("type")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in STATUS:
            raise ValueError(f"must be one of {', '.join(STATUS)}")
        return kind


class Answer(BaseModel):
    """One entry. `when` is a regular expression (any case) that has to be found in the last user text; `asked` is a
    tool that the request has to offer."""

    model_config = ConfigDict(extra="forbid")
    when: str = ""
    after: str | None = None
    asked: str | None = None
    times: int = Field(default=1, ge=0)
    text: str | None = None
    content: list[dict[str, Any]] = []
    stop_reason: str | None = None
    stop_sequence: str | None = None
    usage: dict[str, Any] = {}
    delay: float = Field(default=0, ge=0)
    error: ScriptError | None = None
    error_after_events: int | None = Field(default=None, ge=0)
    cut_after_events: int | None = Field(default=None, ge=0)

    @field_validator("when")
    @classmethod
    def _is_a_pattern(cls, when: str) -> str:
        try:
            re.compile(when)
        except re.error as error:
            raise ValueError(f"is not a regular expression: {error}") from error
        return when

    @model_validator(mode="after")
    def _says_something(self) -> "Answer":
        if self.text is not None:
            self.content = [{"type": "text", "text": self.text}, *self.content]
        for block in self.content:
            if block.get("type") == "tool_use" and not isinstance(block.get("name"), str):
                raise ValueError("a tool_use block needs a name")
            if block.get("type") == "text" and not isinstance(block.get("text"), str):
                raise ValueError("a text block needs a text")
            if block.get("type") not in ("text", "tool_use", "thinking"):
                raise ValueError(f"content blocks are text, tool_use or thinking, not {block.get('type')!r}")
        return self


class ScriptBody(BaseModel):
    """The body of POST /control/anthropic/script. `append` keeps what is already there."""

    model_config = ConfigDict(extra="forbid")
    answers: list[Answer]
    append: bool = False


@dataclass
class Line:
    answer: Answer
    used: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"used": self.used, **self.answer.model_dump(exclude_none=True)}


@dataclass
class Script:
    """The first entry that fits and is not used up answers."""

    lines: list[Line] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    def load(self, body: ScriptBody) -> None:
        if not body.append:
            self.lines, self.unanswered = [], []
        self.lines += [Line(answer) for answer in body.answers]

    def next(self, request: dict[str, Any]) -> Answer:
        """The answer for a checked request; a polite text when nothing fits."""
        talk = Talk(request["messages"])
        offered = {tool.get("name") for tool in request.get("tools") or ()}
        beside = not offered.isdisjoint(BESIDE)
        for line in self.lines:
            meant = line.answer.asked in offered if line.answer.asked or beside else True
            if meant and (line.answer.times == 0 or line.used < line.answer.times) and talk.fits(line.answer):
                line.used += 1
                return line.answer
        if not beside:
            self.unanswered.append(talk.last_user_text)
        return Answer(text=NO_SCRIPT)


class Talk:
    """What a script asks of a conversation."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self._blocks = [(m["role"], block) for m in messages for block in blocks_of(m)]
        self._last = blocks_of(messages[-1]) if messages else []
        texts = [
            "\n".join(b["text"] for b in blocks_of(m) if b["type"] == "text") for m in messages if m["role"] == "user"
        ]
        self.last_user_text = next((text for text in reversed(texts) if text), "")
        self._names = {b["id"]: b["name"] for _, b in self._blocks if b["type"] == "tool_use"}

    def fits(self, answer: Answer) -> bool:
        if answer.after is not None and answer.after not in self._just_happened():
            return False
        return re.search(answer.when, self.last_user_text, re.IGNORECASE) is not None

    def _just_happened(self) -> set[str]:
        """ "user", or "tool_result" and the names of the tools that answered in the last message."""
        results = [block for block in self._last if block["type"] == "tool_result"]
        if not results:
            return {"user"}
        return {"tool_result"} | {self._names.get(block["tool_use_id"], "") for block in results}

    def result(self, tool: str | None = None) -> Any:
        """The latest tool_result (of that tool), as JSON where it is JSON."""
        for _, block in reversed(self._blocks):
            if block["type"] != "tool_result":
                continue
            if tool is None or self._names.get(block["tool_use_id"]) == tool:
                content = block.get("content", "")
                parts = content if isinstance(content, list) else [{"text": content}]
                text = "".join(part.get("text", "") for part in parts)
                try:
                    return json.loads(text)
                except ValueError:
                    return text
        raise invalid(f"Sandbox script: there is no result of {tool or 'any tool'} to refer to")

    def filled(self, value: Any) -> Any:
        """References replaced: {"$from_…": …} objects, and ${path} in texts (latest tool result)."""
        if isinstance(value, str):
            return MARK.sub(lambda match: str(at_path(self.result(), match[1])), value)
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "$from_last_tool_result" in value:
            return at_path(self.result(), value["$from_last_tool_result"])
        if "$from_tool_result" in value:
            wanted = value["$from_tool_result"]
            return at_path(self.result(wanted["tool"]), wanted["path"])
        if "$from_last_user_text" in value:
            return self._from_text(value["$from_last_user_text"])
        return {key: self.filled(item) for key, item in value.items()}

    def _from_text(self, pattern: str) -> str:
        match = re.search(pattern, self.last_user_text, re.IGNORECASE)
        if match is None:
            raise invalid(f"Sandbox script: {pattern!r} is not found in {self.last_user_text!r}")
        return match[1] if match.groups() else match[0]


def at_path(value: Any, path: str) -> Any:
    """ "slots.0.slot" in nested JSON; "" is the whole."""
    for step in path.split(".") if path else []:
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            shown = json.dumps(value)[:300]
            raise invalid(f"Sandbox script: no {step!r} (of {path!r}) in {shown}") from None
    return value


StopReason = Literal["end_turn", "tool_use"]


def message_of(answer: Answer, request: dict[str, Any], read: dict[str, int]) -> dict[str, Any]:
    """The complete Message resource; `read`: the input's part of its usage."""
    content = [_block(block, Talk(request["messages"])) for block in answer.content]
    uses_tools = any(block["type"] == "tool_use" for block in content)
    default: StopReason = "tool_use" if uses_tools else "end_turn"
    return {
        "id": f"msg_{secrets.token_hex(12)}",
        "type": "message",
        "role": "assistant",
        "model": request["model"],
        "content": content,
        "stop_reason": answer.stop_reason or default,
        "stop_sequence": answer.stop_sequence,
        "usage": {
            **read,
            "output_tokens": tokens_in(content),
            "service_tier": "standard",
            **answer.usage,
        },
    }


def _block(block: dict[str, Any], talk: Talk) -> dict[str, Any]:
    if block["type"] == "tool_use":
        identifier = block.get("id") or f"toolu_{secrets.token_hex(12)}"
        filled = talk.filled(block.get("input", {}))
        return {"type": "tool_use", "id": identifier, "name": block["name"], "input": filled}
    if block["type"] == "thinking":
        return {"signature": "c2FuZGJveA==", "thinking": "", **block}
    return {"citations": None, **block, "text": talk.filled(block["text"])}


def tokens_in(value: Any) -> int:
    """An estimate: four characters a token."""
    return max(1, len(json.dumps(value, ensure_ascii=False)) // 4)
