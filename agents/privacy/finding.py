"""Find personal data in a text. Pure: no database, no clock, no network."""

import re
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial

from agents.privacy.addresses import read_addresses, read_full_addresses
from agents.privacy.birth_dates import asks_for_birth_date, read_birth_dates
from agents.privacy.electronic import read_electronic
from agents.privacy.identifiers import read_identifiers, read_other_identifiers
from agents.privacy.introductions import asks_for_name, read_introductions
from agents.privacy.known import Known, compiled, read_known_names, read_known_values
from agents.privacy.phones import read_numbers
from agents.privacy.placeholders import read_placeholders
from agents.privacy.presidio import read_with_presidio
from agents.privacy.readable import read_readable, read_tickets
from agents.privacy.reading import Claim, Reading
from agents.privacy.roles import read_roles
from agents.privacy.shadow import Shadow, folded
from agents.privacy.values import NAME, KnownValue, Span

CHUNK = 16_384
"""Characters that are analysed at once, which also bounds what an expression can go back over; a longer text is cut
between words."""
LONGEST = 64 * CHUNK
SECONDS = 10.0
"""Of a processor: no text may hold a worker longer. The reading is given up, and so is the call. Asked before every
recogniser. The clock of the wall would give up harmless texts on a machine that has much to do."""

_ASKS_PHONE = re.compile(
    r"\b(?:phone|telephone|mobile|number|telefon\w*|handy\w*|numero|telefono|telefone|telemovel|portable)\b"
)
_TAIL = 4096
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_])\s(?=[^\W\d_])|(?<=[.,;!?])\s(?=[^\W\d_])")
_BESIDE_A_WORD = re.compile(r"(?<=[^\W\d_]{2})\s|\s(?=[^\W\d_]{3})")
_INITIAL = re.compile(r"[ \-]{1,2}(?:[A-Z]\.?[ \-]{1,2})?")


class TooMuchText(ValueError):
    """The text is longer than LONGEST, or reading it took longer than SECONDS."""


def find(
    text: str,
    *,
    known: Sequence[KnownValue] = (),
    country: str = "GB",
    language: str = "en",
    answering: str = "",
    plain: Collection[str] = (),
    deadline: float | None = None,
) -> list[Span]:
    """Personal data in `text`: spans in its code points, in order, without overlaps.

    `country` (ISO 3166) says how local numbers are meant. `answering` is the question that the text replies to, if
    any: after "What's your name?" a bare "anna berg" is a name. `plain`: folded words of names that are no secret (of
    staff), unless they are announced as the patient's own. `deadline`: by time.thread_time(). Raises ValueError for a
    text or a known value that can't be read, or not in time.
    """
    if len(text) > LONGEST:
        raise TooMuchText("the text is too long to redact")
    deadline = time.thread_time() + SECONDS if deadline is None else deadline
    compiled_known = compiled(tuple(known), country.upper())
    spans: list[Span] = []
    for start, end in _chunks(text):
        shadow = Shadow.of(text[start:end])
        claims = _read(shadow, compiled_known, country.upper(), language, folded(answering), plain, deadline)
        for type, left, right in claims:
            first, last = shadow.original(left, right)
            spans.append(Span(type=type, start=start + first, end=start + last))
    return spans


def _read(
    shadow: Shadow, known: Known, country: str, language: str, question: str, plain: Collection[str], deadline: float
) -> list[Claim]:
    """What is certain comes first; what must stay readable is set aside before anything looks at digits."""
    reading = Reading(shadow)
    expects_birth_date, expects_phone = asks_for_birth_date(question), bool(_ASKS_PHONE.search(question))
    recognisers: tuple[Callable[[Reading], None], ...] = (
        read_placeholders,
        read_tickets,
        read_electronic,
        read_identifiers,
        partial(read_known_values, known=known),
        partial(read_birth_dates, known=known.birth_dates, expected=expects_birth_date),
        read_readable,
        read_other_identifiers,
        partial(read_full_addresses, country=country),
        partial(read_numbers, country=country, expected=expects_phone),
        partial(read_addresses, country=country),
        partial(read_with_presidio, country=country, language=language),
        partial(read_known_names, known=known),
        partial(read_introductions, expected=asks_for_name(question)),
        partial(read_roles, plain=plain),
    )
    for recognise in recognisers:
        if time.thread_time() > deadline:
            raise TooMuchText("the text took too long to redact")
        recognise(reading)
    return _joined(reading)


def _joined(reading: Reading) -> list[Claim]:
    """Claims in order; the parts of one name are one."""
    joined: list[Claim] = []
    for claim in sorted(reading.found, key=lambda claim: claim[1]):
        if joined and claim[0] == NAME == joined[-1][0]:
            between = reading.shadow.plain[joined[-1][2] : claim[1]]
            if not between or _INITIAL.fullmatch(between):
                joined[-1] = (NAME, joined[-1][1], claim[2])
                continue
        joined.append(claim)
    return joined


def _chunks(text: str) -> list[tuple[int, int]]:
    """Cuts of at most CHUNK characters: at a line's end, or between two words so that no number is cut."""
    chunks, start = [], 0
    while len(text) - start > CHUNK:
        window = text[start : start + CHUNK]
        cut = window.rfind("\n", CHUNK - _TAIL) + 1 or _between_words(window) or window.rfind(" ") + 1 or CHUNK
        chunks.append((start, start + cut))
        start += cut
    return [*chunks, (start, len(text))]


def _between_words(window: str) -> int:
    for pattern in (_BETWEEN_WORDS, _BESIDE_A_WORD):
        cuts = [match.end() for match in pattern.finditer(window, CHUNK - _TAIL)]
        if cuts:
            return cuts[-1]
    return 0
