"""Named placeholders of our texts: {first_name} is filled in, or becomes a numbered blank of a vendor's template."""

import re
from collections.abc import Iterable, Mapping

NAMES = (
    "first_name",
    "business",
    "service",
    "practitioner",
    "when",
    "reference",
    "until",
)
_PLACE = re.compile(r"\{([a-z_]+|v\d+)\}")
_VENDORS = re.compile(r"v\d+")  # {v2}: the blank {{2}} of a template that was made at the vendor
_BLANK = re.compile(r"\{\{\s*(\d+)\s*\}\}")
NOTHING = "–"  # WhatsApp takes no empty blank


def unknown_in(text: str) -> list[str]:
    """Names in braces that we can't fill in."""
    return sorted({name for name in _PLACE.findall(text) if name not in NAMES})


def filled(text: str, values: Mapping[str, str]) -> str:
    """With every placeholder replaced. Values hold no line breaks, as WhatsApp demands of templates."""
    return _PLACE.sub(lambda match: _value(match[1], values), text)


def blanks(texts: Iterable[str]) -> dict[str, str]:
    """{"first_name": "1", …}: the numbers of the placeholders, in the order in which they come."""
    numbers: dict[str, str] = {}
    for text in texts:
        for name in _PLACE.findall(text):
            numbers.setdefault(name, name[1:] if _VENDORS.fullmatch(name) else str(len(numbers) + 1))
    return numbers


def placed(text: str) -> str:
    """ "Hello {{1}}" → "Hello {v1}": a vendor's text with placeholders like ours."""
    return _BLANK.sub(lambda match: f"{{v{match[1]}}}", text)


def names_in(text: str) -> list[str]:
    """Its placeholders, each once, in the order in which they come."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def with_blanks(text: str, numbers: Mapping[str, str]) -> str:
    """ "Hello {first_name}" → "Hello {{1}}" """
    return _PLACE.sub(lambda match: f"{{{{{numbers[match[1]]}}}}}", text)


def variables(numbers: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """{"1": "Rosa", …} for the vendor."""
    return {number: _value(name, values) for name, number in numbers.items()}


def _value(name: str, values: Mapping[str, str]) -> str:
    return " ".join(values.get(name, "").split()) or NOTHING
