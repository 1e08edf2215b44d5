"""Lines of our own in the transcript, which nobody else can write.

[choice:ID]      what the contact tapped (the id is of our making)
[about:#1042]    the appointment whose reminder the contact answers
[quotes: …]      the beginning of the earlier message that the contact quotes
[voice]          it was said in a voice note and written down by a machine
"""

import re
import textwrap

_OURS = re.compile(r"[\[\uff3b](?=\s*(?:(?:choice|about|quotes)\s*[:\uff1a]|voice\s*[\]\uff3d]))", re.IGNORECASE)
QUOTE_LENGTH = 200  # characters
VOICE = "[voice]"


def tamed(text: str) -> str:
    """What a person typed, with anything that looks like one of our lines made harmless."""
    return _OURS.sub("(", text)


def marked(text: str, *, choice: str = "", about: str = "", quoted: str = "") -> str:
    """`quoted`: redacted and tamed, as `text` is."""
    quote = textwrap.shorten(quoted, QUOTE_LENGTH, placeholder=" …")
    lines = [
        text,
        f"[choice:{choice}]" if choice else "",
        f"[about:{about}]" if about else "",
        f"[quotes: {quote}]" if quote else "",
    ]
    return "\n".join(line for line in lines if line)
