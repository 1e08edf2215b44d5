"""Long texts in parts that WhatsApp through Twilio takes: at most 1,600 characters each."""

LIMIT = 1600
_BORDERS = ("\n\n", "\n", ". ", "! ", "? ", " ")


def parts_of(text: str, limit: int = LIMIT) -> list[str]:
    """Cut at paragraphs, else lines, else sentences, else words, else anywhere. Nothing but white space is lost."""
    parts, rest = [], text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str, limit: int) -> int:
    for border in _BORDERS:
        # A border in the first half would make a tiny part: a finer one further on is better.
        found = text.rfind(border, limit // 2, limit - len(border) + 1)
        if found > 0:
            return found + len(border)
    return limit
