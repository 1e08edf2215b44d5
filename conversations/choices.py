"""Answers to tap: as buttons, as a list, or, where neither can be, as numbered lines of the text.

WhatsApp's limits (facts of the vendors): up to 3 buttons of 20 characters; a list of up to 10 lines, 24 characters
and 72 of description; ids of 200 characters; a text of 1,024.
"""

import re
from collections.abc import Sequence
from typing import Any

from agents.types import Choice

BODY = 1024
BUTTONS, BUTTON_TITLE = 3, 20
LINES, LINE_TITLE, LINE_DESCRIPTION = 10, 24, 72
ID = 200
YES_OR_NO = frozenset({"yes", "no"})
_LISTED = re.compile(r"^\s*1[.)] ", re.MULTILINE)


def stored(choices: Sequence[Choice]) -> list[dict[str, str]]:
    """For Message.choices."""
    return [{"id": each.id, "title": each.title, "description": each.description} for each in choices]


def read(rows: Sequence[dict[str, Any]]) -> tuple[Choice, ...]:
    """From Message.choices."""
    return tuple(Choice(id=row["id"], title=row["title"], description=row.get("description", "")) for row in rows)


def form_of(text: str, choices: Sequence[Choice]) -> str:
    """ "buttons", "list" or "text": what WhatsApp can show."""
    ids = {each.id for each in choices}
    whole = len(ids) == len(choices) and all(0 < len(each.id) <= ID and each.title.strip() for each in choices)
    if not choices or not whole or not 0 < len(text) <= BODY:
        return "text"
    if len(choices) <= BUTTONS and all(len(each.title) <= BUTTON_TITLE and not each.description for each in choices):
        return "buttons"
    if len(choices) <= LINES and all(
        len(each.title) <= LINE_TITLE and len(each.description) <= LINE_DESCRIPTION for each in choices
    ):
        return "list"
    return "text"


def numbered(text: str, choices: Sequence[Choice]) -> str:
    """The same to read and to answer by number. A text that lists them already, or asks yes or no, stays as it is."""
    if _LISTED.search(text) or all(each.title in text or each.id in YES_OR_NO for each in choices):
        return text
    lines = [
        f"{number}. {each.title}" + (f" ({each.description})" if each.description else "")
        for number, each in enumerate(choices, 1)
    ]
    return "\n".join([text.rstrip(), "", *lines])
