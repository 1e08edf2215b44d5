"""What a second look found in a reply: each statement, and beside it what it was held against."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.models import Step

LONGEST = 240  # characters of a line
_LINE = re.compile(r"^\[(\d+)\] (?:- )?(.*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    words: str
    so: bool
    against: tuple[str, ...]  # lines of the house, the diary or the conversation


def statements_of(step: Step) -> list[StatementRow]:
    """Of a step that is no second look: none."""
    found = step.output.get("statements") if step.name == "second_look" else None
    lines = _lines(step.input.get("request") or {}) if found else {}
    return [
        StatementRow(
            words=each["words"],
            so=each["so"],
            against=tuple(lines[number] for number in each["lines"] if number in lines),
        )
        for each in found or ()
    ]


def _lines(request: Mapping[str, Any]) -> dict[int, str]:
    texts = [part["text"] for part in request.get("system", ())]
    texts += [part["text"] for said in request.get("messages", ()) for part in said["content"]]
    return {int(number): text[:LONGEST] for number, text in _LINE.findall("\n".join(texts))}
