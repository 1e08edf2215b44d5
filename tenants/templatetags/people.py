"""`{{ name|initials }}` for the round avatars."""

from django import template

register = template.Library()


@register.filter
def initials(name: str | None) -> str:
    """ML for Maria Lopes, M for Maria, # for a phone number, ? for nobody."""
    words = [word for word in (name or "").split() if word[0].isalpha()]
    if not words:
        return "#" if any(sign.isdigit() for sign in name or "") else "?"
    first, last = words[0][0], words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()
