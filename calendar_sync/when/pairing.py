"""Which time belongs to which day, and which part of the day to which time."""

from dataclasses import replace
from datetime import date, timedelta

from calendar_sync.when.clocks import hinted, part
from calendar_sync.when.grammar import Clock, Days, Point
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DateChoice, DayRange, Mention, TimeChoice, TimeRange

MOST = 24  # days, and times, of one message; nobody means more
REACH = 6  # tokens between a time and the part of the day that tells which half it is in


def with_parts_of_day(tokens: list[Token]) -> list[Token]:
    """Each part of the day settles the nearest time of its sentence, or else is a time of its own."""
    tokens = list(tokens)
    settled: set[int] = set()
    for position, token in enumerate(tokens):
        if token.tag != "P":
            continue
        near = _nearest_clock(tokens, position, settled)
        if near is None:
            tokens[position] = Token("C", part(token.value), token.start, token.end)
            settled.add(position)
            continue
        clock = tokens[near]
        start, end = min(clock.start, token.start), max(clock.end, token.end)
        if any(tokens[i].tag in "D=" for i in range(min(near, position), max(near, position))):
            start, end = clock.start, clock.end
        tokens[near] = Token("C", hinted(clock.value, token.value), start, end)
        tokens[position] = Token("z", None, token.start, token.end)
        settled.add(near)
    return tokens


def _nearest_clock(tokens: list[Token], position: int, settled: set[int]) -> int | None:
    found: list[tuple[int, int]] = []
    for step in (-1, 1):
        at = position + step
        while 0 <= at < len(tokens) and abs(at - position) <= REACH and tokens[at].tag not in ";P":
            near = abs(at - position) <= 2
            if tokens[at].tag == "C" and at not in settled and (tokens[at].value.open or near):
                found.append((abs(at - position), at))
                break
            at += step
    return min(found)[1] if found else None


def date_choice(token: Token) -> DateChoice:
    days: Days = token.value
    return DateChoice(
        readings=days.readings, start=token.start, end=token.end, weekday=days.weekday, conflict=days.conflict
    )


def time_choice(token: Token) -> TimeChoice:
    clock: Clock = token.value
    return TimeChoice(readings=clock.readings, kind=clock.kind, start=token.start, end=token.end)


def mentions(tokens: list[Token]) -> tuple[Mention, ...]:
    """Days and times put together: one day goes with all times, one time with all days, else the nearest."""
    wanted = [t for t in tokens if t.tag in "DC" and not t.value.excluded]
    days = [(i, t) for i, t in enumerate(wanted) if t.tag == "D"][:MOST]
    clocks = [(i, t) for i, t in enumerate(wanted) if t.tag == "C"][:MOST]
    clocks = [(i, t) for i, t in clocks if not _is_said_exactly(t, clocks)]
    clocks = [(i, t) for i, t in clocks if not _is_wider(t, i, clocks)]
    weeks = [t.value.readings[0] for _, t in days if _is_week(t.value.readings[0])]
    days = [(i, _in_week(t, weeks[0]) if weeks else t) for i, t in days]
    days = [(i, t) for i, t in days if not _is_narrowed(t, days)]
    found = [_instant(t) for t in tokens if t.tag == "="]
    if not days or not clocks:
        found += [Mention(date=date_choice(t)) for _, t in days]
        found += [Mention(time=time_choice(t)) for _, t in clocks]
    elif len(clocks) == 1:
        at, clock = clocks[0]
        corrected = any(token.tag == "*" for token in tokens)
        between = days[0][0] < at < days[-1][0] and not corrected  # "Monday at 3 or Tuesday"
        for i, day in days:
            timed = not between or i == max(other for other, _ in days if other < at)
            found.append(Mention(date=date_choice(day), time=time_choice(clock) if timed else None))
    else:
        found += _nearest_pairs(days, clocks)
    return tuple(found)


def _is_said_exactly(token: Token, clocks: list[tuple[int, Token]]) -> bool:
    """ "In the morning is best, about ten": the part of the day adds nothing."""
    if token.value.kind != "part":
        return False
    within = token.value.readings[0]
    others = (other for _, other in clocks if other.value.kind != "part")
    return any(reading.start in within for other in others for reading in other.value.readings)


def _is_wider(token: Token, place: int, clocks: list[tuple[int, Token]]) -> bool:
    """ "In the afternoon, after school": the narrower of two parts of the day; the first of the same ones."""
    if token.value.kind != "part":
        return False
    own = token.value.readings[0]
    for at, other in clocks:
        its = other.value.readings[0]
        same = its == own and at < place
        if other.value.kind == "part" and (same or (its != own and its.start in own and its.end in own)):
            return True
    return False


def _is_week(days: DayRange) -> bool:
    return not days.single and days.last != date.max and days.first != date.min and (days.last - days.first).days == 6


def _in_week(token: Token, week: DayRange) -> Token:
    """ "Some time next week, ideally Thursday": that week's Thursday."""
    if token.value.weekday is None or token.value.readings[0] == week:
        return token
    day = week.first + timedelta(days=(token.value.weekday - week.first.weekday()) % 7)
    return replace(token, value=replace(token.value, readings=(DayRange(first=day, last=day),), weekday=None))


def _is_narrowed(token: Token, days: list[tuple[int, Token]]) -> bool:
    """ "Next week, Tuesday or Thursday": the days say more than the week."""
    stretch = token.value.readings[0]
    others = (other.value.readings[0] for _, other in days if other is not token)
    return not stretch.single and any(other.single and other.first in stretch for other in others)


def _nearest_pairs(days: list[tuple[int, Token]], clocks: list[tuple[int, Token]]) -> list[Mention]:
    # Day and time in turns, whichever is first: the first day goes with the first time, and so on.
    if len(days) == len(clocks):
        owners = [day for _, day in days]
    else:
        owners = [min(days, key=lambda day: (abs(day[0] - at), day[0] > at))[1] for at, _ in clocks]
    pairs = [
        Mention(date=date_choice(day), time=time_choice(clock)) for day, (_, clock) in zip(owners, clocks, strict=True)
    ]
    return pairs + [Mention(date=date_choice(day)) for _, day in days if day not in owners]


def _instant(token: Token) -> Mention:
    point: Point = token.value
    day = DayRange(first=point.day, last=point.day)
    moment = point.at.replace(tzinfo=None)
    return Mention(
        date=DateChoice(readings=(day,), start=token.start, end=token.end),
        time=TimeChoice(readings=(TimeRange(start=moment, end=moment),), kind="at", start=token.start, end=token.end),
        is_now=point.is_now,
    )
