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
    "notice",
    "link",
    "first",
    "second",
    "pick_first",
    "pick_second",
)
PATIENTS = NAMES[:6]  # what a business can use in a text of its own
_PLACE = re.compile(r"\{([a-z_]+|[vh]\d+|[vh]:[A-Za-z_]\w*)\}", re.ASCII)
# {v2}, {v:day}: the blanks {{2}}, {{day}} of a template that was made at the vendor; {h1} of its heading
_VENDORS = re.compile(r"([vh])(?:(\d+)|:(\w+))")
HEADING = "header."  # before the names of a heading's blanks, which are counted apart
_BLANK = re.compile(r"\{\{\s*((?:header\.)?(?:\d+|[A-Za-z_]\w*))\s*\}\}", re.ASCII)
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
            numbers.setdefault(name, blank_of(name) or str(len(numbers) + 1))
    return numbers


def placed(text: str) -> str:
    """ "Hello {{1}}" → "Hello {v1}": a vendor's text with placeholders like ours."""
    return _BLANK.sub(lambda match: f"{{{place_of(match[1])}}}", text)


def in_heading(text: str) -> str:
    """ "News of {{1}}" → "News of {{header.1}}": so that a heading can stand over its text."""
    return _BLANK.sub(lambda match: f"{{{{{HEADING}{match[1]}}}}}", text)


def place_of(blank: str) -> str:
    """ "1" → "v1", "day" → "v:day", "header.1" → "h1": what a vendor's blank is called here."""
    sign, name = ("h", blank.removeprefix(HEADING)) if blank.startswith(HEADING) else ("v", blank)
    return f"{sign}{name}" if name.isdecimal() else f"{sign}:{name}"


def blank_of(name: str) -> str:
    """The other way round; "" for a placeholder of ours."""
    vendors = _VENDORS.fullmatch(name)
    if vendors is None:
        return ""
    return (HEADING if vendors[1] == "h" else "") + (vendors[2] or vendors[3])


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
