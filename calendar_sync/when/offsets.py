"""Rules for days and moments counted from now or from another day."""

from datetime import timedelta

from calendar_sync.when import days as calendar
from calendar_sync.when.day_tokens import count_of, day_token, weekday_of
from calendar_sync.when.grammar import Context, Days, Match, Point, rule
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DayRange, Shift


def from_now(m: Match, context: Context) -> Token | list[Token] | None:
    """ "In two weeks", "3 days ago", "half an hour from now", "30 minutes later"; with a weekday of that week."""
    unit, size = m.value("u") or ("hour", 1)  # "dans trois heures"
    sign = -1 if m.get("gE") or m.value("<") == -1 else 1
    count = sign * count_of(m) * size
    within = m.value("i") == "within"
    if unit in ("minute", "hour"):
        moment = context.now + timedelta(minutes=count * (60 if unit == "hour" else 1))
        point = m.token("=", Point(day=moment.date(), at=moment.time()))
        return None if within or abs(count) > 6000 else _also_shift(m, point)
    day = calendar.add(context.today, unit, count) if unit != "weekend" else None
    if day is None:
        return None
    if within:
        return m.token("D", Days(readings=(DayRange(first=context.today, last=day),)))
    if (weekday := weekday_of(m)) is not None:
        that_week = calendar.week_of(day) + timedelta(days=weekday)
        if size != 7 or count < 0:
            return _also_shift(m, day_token(m, [that_week]))
        coming = calendar.coming_weekday(context.today, weekday)
        return _also_shift(m, day_token(m, [coming + timedelta(days=count), that_week]))
    return _also_shift(m, day_token(m, [day]))


def weeks_from(m: Match, context: Context) -> Token | None:
    """ "Morgen in einer Woche", "tomorrow in two weeks"."""
    unit, size = m.value("u")
    base = context.today + timedelta(days=m.value("R"))
    return (
        None if unit in ("minute", "hour", "weekend") else day_token(m, [calendar.add(base, unit, count_of(m) * size)])
    )


def _also_shift(m: Match, token: Token) -> list[Token]:
    """ "An hour later" counts from now, or from what was talked about: the caller knows."""
    shift = shifted(m) if m.get("<") else None
    return [token, m.token("<", shift)] if shift else [token]


def shifted(m: Match) -> Shift | None:
    """ "The week after", "a day earlier"; a bare "later"."""
    span = {"start": m.tokens[0].start, "end": m.tokens[-1].end}
    sign = -1 if m.get("E") or m.value("<") == -1 else 1
    name, size = m.value("u") or ("", 0)
    count = size * count_of(m)
    if name in ("minute", "hour"):
        return Shift(sign=sign, minutes=count * (60 if name == "hour" else 1), **span)
    return Shift(sign=sign, days=count, **span) if name in ("day", "") else None


def from_day(m: Match, context: Context) -> Token | None:
    """ "2 weeks before Christmas", "four months from tomorrow"."""
    unit, size = m.value("u")
    base: Days = m.value("D")
    first = base.readings[0].first
    if unit not in ("day", "month", "year") or not base.readings[0].single:
        return None
    sign = -1 if m.get("E") else 1
    # Of "January 12th" the one ahead; of 01/02/2018 both, where nobody knows the order.
    meant = [each.first for each in base.readings if (each.first < context.today) == (first < context.today)]
    return day_token(m, [calendar.add(day, unit, sign * count_of(m) * size) for day in meant])


OFFSETS = (
    rule(r"i?[nQ]u[AE>]D|i?[nQ]u[AE>]d?D", from_day),
    rule(r"i[nQ]u[w<K]?(?!>(?![cC]))|[nQ]u[wg]|[nQ]u<", from_now),
    rule(r"nuK", lambda m, c: from_now(m, c) if m.tokens[-1].text == "time" else None),
    rule(r"g[nQ]u", from_now),
    rule(r"E[nQ]u", lambda m, c: from_now(m, c) if c.table.before_is_ago and m.value("E") == "before" else None),
    rule(r"[ig][nQ]k", from_now),
    rule(r"iu", lambda m, c: from_now(m, c) if m.value("i") == "within" else None),
)
