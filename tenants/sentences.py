"""Sentences that are stored now and said later, in the language of whoever reads them.

Stored is the English source with its blanks apart: {"text": "It said “%(words)s”.", "values": {"words": "free"}}. The
source is marked where it stands (`gettext_noop`); one that was changed since is said in English. A value is data,
another stored sentence, {"at": ISO} for a moment, or {kind: code} for what its reader words
(`say(stored, skill=skill_words)`).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from tenants.formats import plainly

Stored = dict[str, Any]
Wording = Callable[[str], str]
WHEN = "l j F, H:i"


def sentence(text: str, **values: Any) -> Stored:
    return {"text": text, "values": values}


def moment(at: dt.datetime) -> Stored:
    """Said as it is written: naive or local."""
    return {"at": at.isoformat()}


def say(stored: Stored | str, **wordings: Wording) -> str:
    """In the active language; a plain string, as older rows have it, as it is."""
    if isinstance(stored, str):
        return gettext(stored) if stored else ""
    values = {name: _value(value, wordings) for name, value in stored.get("values", {}).items()}
    return gettext(str(stored.get("text", ""))) % values if values else gettext(str(stored.get("text", "")))


def _value(value: Any, wordings: Mapping[str, Wording]) -> Any:
    if not isinstance(value, dict):
        return value
    if "text" in value:
        return say(value, **wordings)
    kind, code = next(iter(value.items()))
    if kind == "at":
        return plainly(dt.datetime.fromisoformat(code), WHEN)
    return wordings[kind](code) if kind in wordings else str(code).replace("_", " ")
