"""Rules for days. What they write is a `D` token with its readings, the coming one before the past one.

How weekdays are understood (weeks begin on Monday):
  "Tuesday"        the coming one, today included; or the one before
  "this Tuesday"   the one of this week; said when it is over, the coming one, or this week's
  "next Tuesday"   the one of next week; said while one is still ahead this week, possibly that one
  "last Tuesday"   the one of last week
  "a week on Tuesday", "Tuesday week"   seven days after the coming one
  "Monday 21", "Monday the 21st"        a month where it is so; this month's if that is still ahead
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from calendar_sync.when import days as calendar
from calendar_sync.when.grammar import Context, Days, Match, Point, rule
from calendar_sync.when.periods import PERIODS
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DayRange, Shift


def single(found: Iterable[date | None], *, weekday: int | None = None, conflict: bool = False) -> Days | None:
    readings = tuple(DayRange(first=day, last=day) for day in dict.fromkeys(found) if day)
    return Days(readings=readings, weekday=weekday, conflict=conflict) if readings else None


def _day(m: Match, found: Iterable[date | None], weekday: int | None = None) -> Token:
    """The `D` token of these days, checked against a weekday that was said with them."""
    possible = [day for day in found if day]
    agreeing = [day for day in possible if weekday is None or day.weekday() == weekday]
    days = single(agreeing or possible, conflict=bool(possible) and not agreeing)
    return m.token("D", days) if days else m.nothing()


def _weekday_of(m: Match) -> int | None:
    value = m.value("W")
    return value if isinstance(value, int) else None


def _years(m: Match) -> list[int]:
    year = m.get("y")
    return [year.value] if year else []


def in_figures(m: Match, context: Context) -> Token:
    """03/12/2026, 7.6, 2026-12-03, with or without a weekday, which then tells the order if it can."""
    year, first, second = m.value("x")
    weekday, today = _weekday_of(m), context.today
    if isinstance(year, int):
        return _day(m, [calendar.exists(year, first, second)], weekday)
    orders = [(second, first), (first, second)]
    if context.day_first is False:
        orders.reverse()
    found: list[list[date]] = []
    for month, day in orders:
        if year is None:
            near = calendar.month_day(today, month, day)
            this_year = calendar.exists(today.year, month, day)
            near = [this_year] if m.get("TN") and this_year else near
        else:
            years = [int(year)] if len(year) == 4 else calendar.years_meant(int(year), today)
            near = [real for each in years if (real := calendar.exists(each, month, day))]
        if near:
            found.append(near)
    if weekday is not None:
        agreeing = [near for near in found if any(day.weekday() == weekday for day in near)]
        agreeing.sort(key=lambda near: near[0].weekday() != weekday)
        if agreeing and not m.get("TN"):
            return _day(m, agreeing[0])
    if context.day_first is not None or (orders[0] == orders[1][::-1] and len(set(orders)) == 1):
        found = found[:1]
    return _day(m, [day for near in found for day in near], weekday if year is not None else None)


def month_and_day(m: Match, context: Context) -> Token | None:
    """ "3 December", "December the 3rd, 2026", "Tue May 9", "next 6th of April"."""
    numbers = m.all("no")
    month, day, today = m.value("M"), numbers[0].value, context.today
    if not 1 <= day <= 31 or (m.value("u") or ("day", 1)) != ("day", 1):
        return None
    years = _years(m) or _spoken_year([token.value for token in numbers[1:]])
    if len(numbers) > 1 and not years:
        return None
    if years:
        return _day(m, [calendar.exists(year, month, day) for year in years], _weekday_of(m))
    near = calendar.month_day(today, month, day)
    if m.get("NG"):
        near = [found for found in near if found > today] or near
    if m.get("T"):
        near = [found for found in [calendar.exists(today.year, month, day)] if found] or near
    if m.get("L"):
        near = [found for found in near if found < today] or near
    weekday = _weekday_of(m)
    if weekday is not None and not any(found.weekday() == weekday for found in near):
        days = single(near, conflict=True)
        return m.token("D", days) if days else m.nothing()
    return _day(m, near)


def _spoken_year(numbers: list[int]) -> list[int]:
    """Nineteen, (hundred,) eighty six; a year of two figures is none here: it could be an hour."""
    numbers = [number for number in numbers if number != 100]
    if len(numbers) == 2 and numbers[0] in (19, 20) and 10 <= numbers[1] <= 99:
        return [numbers[0] * 100 + numbers[1]]
    return []


def weekday_with_day(m: Match, context: Context) -> Token | None:
    """ "Thursday 26th", "Monday 21"; a small plain number after a weekday must fit soon to be a day."""
    number, weekday, today = m.get("no"), _weekday_of(m), context.today
    if number is None or weekday is None or not 1 <= number.value <= 31:
        return None
    near = calendar.weekday_and_day(today, weekday, number.value)
    soon = any(timedelta(0) <= found - today <= timedelta(days=62) for found in near)
    if number.tag == "n" and number.value <= 12 and not soon:
        return None
    days = single(near, conflict=not soon)
    return m.token("D", days) if days else m.nothing()


def pair_with_weekday(m: Match, context: Context) -> Token | None:
    """ "Friday 7-6": a date if it falls on that weekday, else two hours."""
    first, second = m.value("e")
    weekday = _weekday_of(m)
    orders = (
        [(first, second), (second, first)] if context.day_first is not False else [(second, first), (first, second)]
    )
    for day, month in orders:
        near = calendar.month_day(context.today, month, day) if 1 <= month <= 12 else []
        if near and near[0] >= context.today and near[0].weekday() == weekday:
            return _day(m, near)
    return None


def day_of_month(m: Match, context: Context) -> Token | None:
    """ "The 14th", "9th of this month", "the 3rd of next month"."""
    number, today = m.get("on"), context.today
    if number is None or not 1 <= number.value <= 31:
        return None
    unit = m.value("u")
    if unit is None:
        vague = number.text.isalpha() and number.value <= 5 and not m.get("O")  # "the second" may be a choice
        return None if vague else _day(m, calendar.day_of_month(today, number.value))
    if unit[0] != "month":
        return None
    said = m.get("NTLG")
    if said is None:
        return _day(m, calendar.day_of_month(today, number.value))
    months = {"N": said.value or 1, "T": 0, "L": -1, "G": 1}[said.tag]
    month = calendar.add(today.replace(day=1), "month", months)
    return _day(m, [month and calendar.exists(month.year, month.month, number.value)])


def nth_weekday(m: Match, context: Context) -> Token | None:
    """ "The first Monday of December", "last Friday of the month", "second Tuesday next month"."""
    weekday, today = _weekday_of(m), context.today
    nth = m.value("o") if m.get("o") else -1
    if weekday is None or nth > 5:
        return None
    if m.get("M"):
        years = _years(m) or list(range(today.year - 1, today.year + 2))
        found = (calendar.nth_weekday(year, m.value("M"), weekday, nth) for year in years)
        return _day(m, calendar.around(today, found))
    unit = m.value("u")
    if unit[0] != "month":
        return None
    relative = [token for token in m.all("NTL") if token is not m.tokens[0] and token is not m.tokens[1]]
    shift = {"N": 1, "L": -1}.get(relative[0].tag, 0) if relative else 0
    month = calendar.add(today.replace(day=1), "month", shift)
    if month is None:
        return None
    this = calendar.nth_weekday(month.year, month.month, weekday, nth)
    if not relative and this and this < today:
        month = calendar.add(month, "month", 1) or month
        this = calendar.nth_weekday(month.year, month.month, weekday, nth)
    return _day(m, [this])


def weekday_in_week(m: Match, context: Context) -> Token | None:
    """ "Thursday next week", "Saturday this week", "next week Wednesday"."""
    said, weekday, unit = m.get("NTLG"), _weekday_of(m), m.value("u")
    if said is None or weekday is None or unit != ("day", 7):
        return None
    weeks = {"N": said.value or 1, "T": 0, "L": -1, "G": 1}[said.tag]
    return _day(m, [calendar.week_of(context.today) + timedelta(days=7 * weeks + weekday)])


def weeks_on_weekday(m: Match, context: Context) -> Token | None:
    """ "A week on Thursday", "Saturday week", "Monday fortnight", "tomorrow week"."""
    count = m.value("n") or 1
    unit, weekday = m.value("u"), _weekday_of(m)
    if unit[0] != "day" or unit[1] not in (7, 14):
        return None
    if m.get("R"):
        start = context.today + timedelta(days=m.value("R"))
    elif weekday is not None:
        start = calendar.coming_weekday(context.today, weekday)
        start += timedelta(days=7 if start == context.today else 0) if m.get("nQ") else timedelta(0)
    else:
        return None
    return _day(m, [start + timedelta(days=unit[1] * count)])


def said_weekday(m: Match, context: Context) -> Token | None:
    """ "This", "next", "last", "coming" Tuesday, in either order. The module's docstring has the rules."""
    weekday, said, today = _weekday_of(m), m.get("NTLG"), context.today
    if weekday is None or said is None:
        return None
    this_week = calendar.week_of(today) + timedelta(days=weekday)
    coming = calendar.coming_weekday(today, weekday)
    week = timedelta(days=7)
    if said.tag == "N":
        ahead = [this_week] if this_week > today and said.value == 1 else []
        return _day(m, [this_week + (said.value or 1) * week, *ahead])
    if said.tag == "L":
        return _day(m, [this_week - week])
    if said.tag == "G" and said.value < 0:
        return _day(m, [coming - week])
    if said.tag == "G":
        return _day(m, [coming if coming > today else coming + week])
    return _day(m, [coming, this_week] if this_week < today else [this_week])


def bare_weekday(m: Match, context: Context) -> Token | list[Token] | None:
    weekday = m.value("W")
    if weekday == "weekday":  # the weekend is excluded
        weekend = (single([calendar.coming_weekday(context.today, day)], weekday=day) for day in (5, 6))
        return [m.token("D", replace(days, excluded=True)) for days in weekend if days]
    coming = calendar.coming_weekday(context.today, weekday)
    days = single([coming, coming - timedelta(days=7)], weekday=weekday)
    return m.token("D", days)


def _count(m: Match) -> int:
    number = m.get("n")
    return int(number.value) if number else 1


def from_now(m: Match, context: Context) -> Token | list[Token] | None:
    """ "In two weeks", "3 days ago", "half an hour from now", "30 minutes later"; with a weekday of that week."""
    unit, size = m.value("u") or ("hour", 1)  # "dans trois heures"
    sign = -1 if m.get("g") or m.value("<") == -1 else 1
    count = sign * _count(m) * size
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
    if (weekday := _weekday_of(m)) is not None:
        day = calendar.week_of(day) + timedelta(days=weekday)
    return _also_shift(m, _day(m, [day]))


def _also_shift(m: Match, token: Token) -> list[Token]:
    """ "An hour later" counts from now, or from what was talked about: the caller knows."""
    shift = shifted(m) if m.get("<") else None
    return [token, m.token("<", shift)] if shift else [token]


def shifted(m: Match) -> Shift | None:
    """ "The week after", "a day earlier"; a bare "later"."""
    span = {"start": m.tokens[0].start, "end": m.tokens[-1].end}
    sign = -1 if m.get("E") or m.value("<") == -1 else 1
    name, size = m.value("u") or ("", 0)
    count = size * _count(m)
    if name in ("minute", "hour"):
        return Shift(sign=sign, minutes=count * (60 if name == "hour" else 1), **span)
    return Shift(sign=sign, days=count, **span) if name in ("day", "") else None


def from_day(m: Match, context: Context) -> Token | None:
    """ "2 weeks before Christmas", "four months from tomorrow"."""
    unit, size = m.value("u")
    base: Days = m.value("D")
    if unit not in ("day", "month", "year") or not base.readings[0].single:
        return None
    sign = -1 if m.get("E") else 1
    return _day(m, [calendar.add(base.readings[0].first, unit, sign * _count(m) * size)])


def relative_day(m: Match, context: Context) -> Token:
    return _day(m, [context.today + timedelta(days=m.value("R"))])


def holiday(m: Match, context: Context) -> Token:
    rule_, today, said = m.value("H"), context.today, m.get("NTLG")
    years = _years(m)
    if years or (said and said.tag == "T"):
        return _day(m, [calendar.holiday(year, rule_) for year in years or [today.year]])
    near = calendar.around(today, (calendar.holiday(y, rule_) for y in range(today.year - 1, today.year + 2)))
    if said:
        near = [day for day in near if (day < today) == (said.tag == "L")] or near
    return _day(m, near)


_YEAR = r"f?[,-]*(?:y|nn{1,2})"

DATES = (
    rule(r"W O?d?e", pair_with_weekday),
    rule(r"[NTLG]?W? [Od]*x", in_figures),
    rule(r"[NTLG]?W? [Od]*[on](?:d?u)?f?[,-]*M" + _YEAR, month_and_day),
    rule(r"[NTLG]?W? [Od]*M[,d-]*[on](?!u)" + _YEAR, month_and_day),
    rule(r"M-y-n", month_and_day),
    rule(r"[NTLG]?W? [Od]*[on](?:d?u)?f?[,-]*M", month_and_day),
    rule(r"[NTLG]?W? [Od]*M[,d-]*[on](?!u)", month_and_day),
    rule(r"d?[oL]W(?:f|i)?(?:M ?y?|f?d?[NTL]?u)", nth_weekday),
    rule(r"[Od]*[on] ?f?(?:d|[NTLG])u|[Od]*[on] ?f?u[NTLG]", day_of_month),
    rule(r"W d?[on](?![uKn#k])", weekday_with_day),
    rule(r"O?W ?[if]?d?[NTLG]u|[id]*[NTLG]u O?d?W|[id]*u[NTLG] O?d?W|W ?[iOf]?d?u[NTLG]", weekday_in_week),
    rule(r"[nQ]u[O>]W|Wu(?!n)|Ru", weeks_on_weekday),
    rule(r"W ?i?[nQ]u[w<]|W ?i[nQ]u|i[nQ]u O W|[nQ]u[w<] O W", from_now),
    rule(r"O?d?[NTLG]W|O?d?W[NG]", said_weekday),
    *PERIODS,
    rule(r"R", relative_day),
    rule(r"O?d?[NTLG]?H(?:f?y|f?Tu)?", holiday),
    rule(r"O?d?W", bare_weekday),
)
"""Bare days of the month, after the sentence has been freed of all that only looks like one."""
BARE_DAYS = (
    rule(r"[Od]+o(?![Kn#M])", day_of_month),
    rule(r"O?d?n(?![KuMk#:P])", lambda m, c: day_of_month(m, c) if c.table.day_by_article and m.get("d") else None),
    rule(r"O d?n(?![KuMk#P])", day_of_month),
    rule(r"o(?![Kn#M])", lambda m, c: day_of_month(m, c) if m.tokens[0].text[:1].isdigit() else None),
)
OFFSETS = (
    rule(r"i?[nQ]u[AE>]D|i?[nQ]u[AE>]d?D", from_day),
    rule(r"i[nQ]u[w<K]?(?!>)|[nQ]u[wg]|[nQ]u<", from_now),
    rule(r"i[nQ]k", from_now),
    rule(r"iu", lambda m, c: from_now(m, c) if m.value("i") == "within" else None),
)
