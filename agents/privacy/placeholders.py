"""How a placeholder looks, also when a model misspells it or a patient forges it: `[NAME_1]`."""

import re

from agents.privacy.reading import Reading
from agents.privacy.shadow import Shadow
from agents.privacy.values import TEXT, TYPES

_TYPE = "(?:" + "|".join(sorted(TYPES, key=len, reverse=True)) + ")"
_TYPE_AND_NUMBER = rf"(?P<type>{_TYPE})[\s_\-\\]{{1,3}}(?P<number>\d{{1,6}})"

RESTORABLE = re.compile(rf"\[\s?{_TYPE_AND_NUMBER}\s?\\?\]", re.IGNORECASE)
"""What is put back: square brackets only, so that redaction itself can't complete a forgery."""

_FORGED = re.compile(
    rf"[\[{{(<«]\s{{0,3}}{_TYPE}[\s_\-\\]{{0,3}}\d{{1,6}}\s{{0,3}}\\?[\]}})>»]"
    rf"|(?<![^\W_]){_TYPE}\\?_\d{{1,6}}(?!\d)",
    re.IGNORECASE,
)
_UNFILLED = re.compile(
    rf"\[[A-Z][A-Z_ ]{{1,30}}\d{{0,6}}\]|\[\s?(?i:{_TYPE})\s?\]|(?<![A-Za-z]){_TYPE}\\?_\d{{1,6}}(?!\d)"
)


def placeholder(type: str, number: int) -> str:
    return f"[{type}_{number}]"


def canonical(match: re.Match[str]) -> str:
    """The placeholder that a RESTORABLE match means."""
    return placeholder(match.group("type").upper(), int(match.group("number")))


def leaves_placeholder(text: str) -> bool:
    """Whether a text still holds anything like a placeholder and so must not go out to a person."""
    plain = Shadow.of(text).plain
    return bool(_FORGED.search(plain) or RESTORABLE.search(plain) or _UNFILLED.search(plain))


def read_placeholders(reading: Reading) -> None:
    """Placeholders in a text from outside are forged or chance: opaque text, whatever they say."""
    reading.take(TEXT, _FORGED)
