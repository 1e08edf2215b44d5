"""Whether an answer to a read-back is a plain yes: a reserve, a question or mere talk of that time is none."""

import datetime as dt
import re
from collections.abc import Collection
from functools import lru_cache

from agents.llm.guided import wants
from agents.llm.guided.changing import replace
from agents.llm.guided.languages.reserves import KEEP, NONE, POLITELY, RESERVE, TOO_EARLY, TOO_LATE
from agents.llm.guided.reading import Reading
from agents.llm.guided.words import unaccented
from calendar_sync.when import Shift, Wish

AROUND_A_TIME = 6  # words at most around the time that was read back, said again instead of a yes: "let's do 9 then"
_WORDS = re.compile(r"[^\W\d_]+")


def agrees(reading: Reading, language: str) -> bool:
    """`reading` names no other time than the one that was read back."""
    if reading.choice or (reading.number == 1 and not reading.wish):
        return not reading.no and not has_reserve(reading.text, language)
    if reading.no or has_reserve(reading.text, language):
        return False
    return reading.yes or _only_says_when(reading)


def keeps(reading: Reading, language: str) -> bool:
    """The answer to whether an appointment is to be cancelled, if it is to stay."""
    denied = re.search(KEEP.get(language, KEEP["en"]), unaccented(reading.text).lower())
    return reading.no or bool(denied) or "stop" in reading.acts


def cancels(reading: Reading) -> bool:
    """ "Yes", or "cancel it"; who asks what that costs has said neither."""
    asks = "?" in reading.text and not POLITELY.search(unaccented(reading.text).lower())
    return reading.yes or ("cancel" in reading.acts and not asks)


def holds_back(reading: Reading, language: str) -> bool:
    """Speaks of the time that was read back, or says yes, with a reserve; "but make it three times" is a change."""
    if reading.times is not None or reading.seats is not None or reading.rhythm:
        return False
    return (reading.yes or bool(reading.wish.options)) and has_reserve(reading.text, language)


def has_reserve(text: str, language: str) -> bool:
    reserve, none = _patterns(language)
    return bool(reserve.search(none.sub(" ", unaccented(text).lower())))


def beside_what_is_shown(reading: Reading, shown: Collection[dt.datetime], language: str) -> Reading:
    """What a message says of the times that were put to somebody: "Saturday" is the one shown, "now it's right" is no
    wish for now, and "9 is too early" is one for later times, unless another one is named."""
    if not shown:
        return reading
    wish = wants.as_listed(reading.wish, {each.date() for each in shown})
    wish = replace(wish, asap=wish.asap and not (reading.yes and not wish.options))
    return _as_later_or_earlier(replace(reading, wish=wish), shown, language)


def _as_later_or_earlier(reading: Reading, shown: Collection[dt.datetime], language: str) -> Reading:
    if reading.wish.shift or language not in TOO_EARLY:
        return reading
    if reading.wish.options and not any(wants.names(reading.wish, each) for each in shown):
        return reading
    said = unaccented(reading.text).lower()
    for table, sign in ((TOO_EARLY, 1), (TOO_LATE, -1)):
        if len(reading.wish.options) < 2 and re.search(table[language], said):
            wish = Wish(shift=Shift(sign=sign), spans=reading.wish.spans)
            return replace(reading, yes=False, no=False, unanswered=False, wish=wish)
    return reading


def _only_says_when(reading: Reading) -> bool:
    if not reading.wish.options or "?" in reading.text:
        return False
    around = unaccented(reading.text)
    for start, end in reversed(reading.wish.spans):
        around = around[:start] + " " + around[end:]
    return len(_WORDS.findall(around)) <= AROUND_A_TIME


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    code = language if language in RESERVE else "en"
    return re.compile(RESERVE[code]), re.compile(NONE[code])
