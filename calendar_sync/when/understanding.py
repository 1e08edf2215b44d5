"""From a text to all that it says about when: the rules in their order, then what belongs to what."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from calendar_sync.when.clock_times import CLOCK_TIMES
from calendar_sync.when.clocks import CLOCK_RANGES
from calendar_sync.when.counting import COUNTING
from calendar_sync.when.dates import BARE_DAYS, DATES
from calendar_sync.when.grammar import Context, apply
from calendar_sync.when.language import language as table_of
from calendar_sync.when.offsets import OFFSETS
from calendar_sync.when.pairing import date_choice, mentions, time_choice, with_parts_of_day
from calendar_sync.when.periods import DAY_RANGES, EXCLUSIONS
from calendar_sync.when.reading import Token, read
from calendar_sync.when.relative import LEFT_OVER
from calendar_sync.when.types import Mention, Recurrence, Shift, When

RULES = (
    *(*COUNTING, *CLOCK_TIMES, *DATES, *OFFSETS, *BARE_DAYS, *LEFT_OVER),
    *(*CLOCK_RANGES, *DAY_RANGES, *EXCLUSIONS),
)
WEEK = timedelta(days=7)
LONGEST = 2000  # characters; nobody says when after that


def understand(
    text: str, *, now: datetime, language: str = "en", day_first: bool | None = True, expecting: str = ""
) -> When:
    """All dates and times in a text, every reading of each.

    `now` is local time in the business's timezone. `day_first`: 3/12 is in December (True), March (False), or
    either (None). `expecting` "time" or "date": the text answers a question for one, so a lone figure is it.
    Raises `ValueError` for a language without a table.
    """
    context = Context(now=now, table=table_of(language), day_first=day_first, expecting=expecting)
    tokens = with_parts_of_day(apply(RULES, read(text[:LONGEST], context.table), context))
    found = [token for token in tokens if token.tag in "DC=s" or _is_relative(token)]
    corrections = [token.end for token in tokens if token.tag == "*"]
    return When(
        mentions=mentions(tokens),
        excluded_dates=tuple(date_choice(t) for t in found if t.tag == "D" and t.value.excluded),
        excluded_times=tuple(time_choice(t) for t in found if t.tag == "C" and t.value.excluded),
        asap=any(token.tag == "s" for token in found),
        shift=next((t.value for t in found if isinstance(t.value, Shift)), None),
        recurring=next((t.value for t in found if isinstance(t.value, Recurrence)), None),
        correction=corrections[-1] if corrections else None,
        spans=tuple(sorted({(token.start, token.end) for token in found})),
    )


def _is_relative(token: Token) -> bool:
    return isinstance(token.value, Shift | Recurrence)


def not_taken_back(mentions: Sequence[Mention], correction: int | None) -> list[Mention]:
    """ "Tuesday at 3, no, Wednesday": of each kind that is said again, only what is said last."""
    if correction is None:
        return list(mentions)
    new_date = any(m.date and m.date.start >= correction for m in mentions)
    new_time = any(m.time and m.time.start >= correction for m in mentions)
    return [
        m
        for m in mentions
        if not (new_date and m.date and m.date.start < correction)
        and not (new_time and m.time and m.time.start < correction)
    ]


def resolve(when: When, *, since: datetime | None = None) -> list[str]:
    """The values that a text may mean, the likeliest first: "2026-11-24", "15:30" or "2026-11-24 15:30".

    A stretch of time is given by its beginning (or its end, if that is all there is), a part of the day by no
    time. With `since`, what is over by then is left out, and today's weekday may also be the one in a week. What
    the text takes back is left out, too.
    """
    kept = not_taken_back(when.mentions, when.correction)
    values = (value for mention in kept for value in _values(mention, since))
    return list(dict.fromkeys(values))


def _is_over(mention: Mention, since: datetime) -> bool:
    """ "Tuesday morning", said on a Tuesday afternoon."""
    part = mention.time.readings[0] if mention.time and mention.time.kind == "part" else None
    return part is not None and part.end is not None and part.end < since.time()


def _values(mention: Mention, since: datetime | None) -> list[str]:
    times = []
    if mention.time and mention.time.kind != "part":
        closing = mention.time.kind in ("before", "by")
        known = [reading.end if closing else reading.start or reading.end for reading in mention.time.readings]
        times = [f"{moment:%H:%M}" for moment in known if moment is not None]
    if mention.date is None:
        return times
    days = [day.isoformat() for reading in mention.date.readings for day in reading.days()]
    if since is not None:
        today = since.date().isoformat()
        days = [day for day in days if day >= today]
        if mention.date.weekday is not None and today in days:
            in_a_week = (since.date() + WEEK).isoformat()
            is_over = (times and f"{today} {times[0]}" < f"{since:%Y-%m-%d %H:%M}") or _is_over(mention, since)
            days = [in_a_week, *days] if is_over else [*days, in_a_week]
    values = [f"{day} {moment}" for day in days for moment in times] if times else days
    ahead = [value for value in values if since is None or not times or value >= f"{since:%Y-%m-%d %H:%M}"]
    return ahead or values
