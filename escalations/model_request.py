"""What a model was sent, from the exact redacted request of a step, as people read it; and what changed between two."""

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.models import Step

AUTHORS = {"user": _("Patient, team and tools"), "assistant": _("Assistant")}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a message: text, the call of a tool, or what a tool answered."""

    kind: str  # text, call, result, other
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Said:
    role: str  # user or assistant
    author: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Seen:
    model: str
    system: str
    tools: tuple[tuple[str, str, str], ...]
    """(name, description, schema)"""
    messages: tuple[Said, ...]
    others: tuple[tuple[str, str], ...]
    """Every other field of the request, such as max_tokens."""

    def lines(self) -> list[str]:
        """The whole of it as lines, for comparing."""
        return [
            f"model: {self.model}",
            *(f"{name}: {value}" for name, value in self.others),
            *(f"system: {line}" for line in self.system.splitlines()),
            *(f"tool {name}: {text} {schema}" for name, text, schema in self.tools),
            *(line for said in self.messages for line in _lines_of(said)),
        ]


@dataclass(frozen=True, kw_only=True)
class Difference:
    added: bool
    text: str


def seen_by(step: Step) -> Seen | None:
    """None where no vendor was asked: the guided flow is sent nothing."""
    request = step.input.get("request")
    if not isinstance(request, dict) or not request:
        return None
    shown = {"model", "system", "tools", "messages"}
    return Seen(
        model=str(request.get("model", "")),
        system="\n".join(part.text for part in _parts(request.get("system", ""))),
        tools=tuple(
            (str(tool.get("name", "")), str(tool.get("description", "")), _json(tool.get("input_schema", {})))
            for tool in request.get("tools") or ()
        ),
        messages=tuple(
            Said(
                role=str(message.get("role", "")),
                author=str(AUTHORS.get(str(message.get("role", "")), message.get("role", ""))),
                parts=tuple(_parts(message.get("content", ""))),
            )
            for message in request.get("messages") or ()
        ),
        others=tuple((name, _json(value)) for name, value in request.items() if name not in shown),
    )


def differences(before: Seen, after: Seen) -> list[Difference]:
    """Lines that went and lines that came, in order."""
    return [
        Difference(added=line.startswith("+ "), text=line[2:])
        for line in difflib.ndiff(before.lines(), after.lines())
        if line[:2] in ("+ ", "- ")
    ]


def _parts(content: Any) -> Iterator[Part]:
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
    for block in blocks:
        yield _part(block)


def _part(block: Mapping[str, Any]) -> Part:
    match block.get("type"):
        case "text":
            return Part(kind="text", label="", text=str(block.get("text", "")))
        case "tool_use":
            return Part(kind="call", label=str(block.get("name", "")), text=_json(block.get("input", {})))
        case "tool_result":
            label = gettext("A tool failed") if block.get("is_error") else gettext("A tool answered")
            return Part(kind="result", label=label, text=_content(block.get("content", "")))
    return Part(kind="other", label=str(block.get("type", "")), text=_json(block))


def _content(content: Any) -> str:
    if isinstance(content, str):
        try:
            return _json(json.loads(content))
        except ValueError:
            return content
    return _json(content)


def _lines_of(said: Said) -> Iterator[str]:
    for part in said.parts:
        for line in (part.text or "(empty)").splitlines():
            yield f"{said.role}{f' {part.label}' if part.label else ''}: {line}"


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
