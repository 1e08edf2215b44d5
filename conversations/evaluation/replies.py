"""What a simulated patient understands of a reply, whichever model wrote it: lists, times, questions, buttons."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from conversations.evaluation.phrases import LANGUAGES, phrases_of
from conversations.models import Message

_OPTION = re.compile(r"^\s*(\d{1,2})[.)] +(.+)$", re.MULTILINE)
_TIME = re.compile(
    r"\b(\d{1,2})(?:[:.h](\d{2}))\b\s*([ap])?\.?m?|\b(\d{1,2})\s*(?:([ap])\.?m\b|h\b|uhr\b)", re.IGNORECASE
)
_ASKS_YES = re.compile(
    r"\b(shall (i|we)|should i|do you want me to|would you like me to|is th(at|is) (right|correct|ok)|confirm|"
    r"soll(en)? (ich|wir)|möchten sie|passt das|stimmt das|quiere que|se la \w+|le (apunto|reservo)|confirma|buscamos|"
    r"je vous l\w*|cherchons|dois-je|souhaitez-vous|posso|quer|vamos|gostaria)\b|je vous l'",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(r"\b(name|nombre|nom|nome)\b[^?]*\?", re.IGNORECASE)
_FAR = 30  # characters between a day and its time


@dataclass(frozen=True, kw_only=True)
class Option:
    number: int
    text: str
    start: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Heard:
    """All messages that answered one of the patient's. `moments`: the times named outside of the list, in order."""

    text: str
    options: tuple[Option, ...]
    moments: tuple[dt.datetime, ...]
    choices: tuple[tuple[str, str], ...]  # id, title
    asks: bool
    asks_yes: bool
    asks_name: bool

    def tap(self, choice: str) -> str:
        """The title of what can be tapped; "" where there is none."""
        return next((title for known, title in self.choices if known == choice), "")


def heard(messages: Sequence[Message], now: dt.datetime) -> Heard:
    """`now` is naive and local."""
    text = "\n".join(each.text for each in messages)
    rest = _OPTION.sub("", text)
    choices = tuple((each["id"], each["title"]) for message in messages for each in message.choices)
    options = tuple(
        Option(number=int(match[1]), text=match[2], start=next(moments_in(match[2], now), None))
        for match in _OPTION.finditer(text)
    )
    last = next((each for each in reversed(rest.splitlines()) if "?" in each), "")
    offered_yes = any(choice in ("yes", "offer:yes") for choice, _ in choices)
    return Heard(
        text=text,
        options=options,
        moments=tuple(moments_in(rest, now)),
        choices=choices,
        asks="?" in rest,
        asks_yes=offered_yes or (not choices and bool(_ASKS_YES.search(last))),
        asks_name=bool(_ASKS_NAME.search(rest)),
    )


def moments_in(text: str, now: dt.datetime) -> Iterator[dt.datetime]:
    """Each day of a month that a time follows closely: "Monday 7 December at 10:30", "le 7 décembre à 10h30"."""
    for match in _day_of_month().finditer(text):
        day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        time = _TIME.search(text, match.end(), match.end() + _FAR)
        if time is None:
            continue
        hour, minute = int(time[1] or time[4]), int(time[2] or 0)
        half = (time[3] or time[5] or "").lower()
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        try:
            day_of_year = dt.date(now.year, _months()[month.casefold()], int(day))
            start = dt.datetime.combine(day_of_year, dt.time(hour, minute))
        except ValueError:
            continue
        yield start if start >= now - dt.timedelta(days=180) else start.replace(year=now.year + 1)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for number, name in enumerate(phrases_of(language).months, start=1):
            found |= {name.casefold(): number}
            found.setdefault(name.casefold()[:3], number)
            found.setdefault(name.casefold()[:4], number)
    return found


@lru_cache(maxsize=1)
def _day_of_month() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?({names})\b|\b({names})\.?\s+(\d{{1,2}})(?![:\d])",
        re.IGNORECASE,
    )
