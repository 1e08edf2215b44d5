"""Rules for days of the calendar, and the order of all rules for days. They write a `D` token."""

from datetime import date, timedelta

from calendar_sync.when import days as calendar
from calendar_sync.when.day_tokens import day_token, single, weekday_of, years_said
from calendar_sync.when.grammar import Context, Days, Match, rule
from calendar_sync.when.offsets import from_now, weeks_from
from calendar_sync.when.periods import PERIODS
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DayRange
from calendar_sync.when.weekdays import (
    bare_weekday,
    nth_weekday,
    pair_with_weekday,
    past_weekday,
    said_weekday,
    several_weekdays,
    weekday_after_next,
    weekday_in_week,
    weekday_in_weeks,
    weekday_with_day,
    weekdays_from_now,
    weeks_on_weekday,
)


def in_figures(m: Match, context: Context) -> Token:
    """03/12/2026, 7.6, 2026-12-03, with or without a weekday, which then tells the order if it can."""
    year, first, second = m.value("x")
    weekday, today = weekday_of(m), context.today
    if isinstance(year, int):
        return day_token(m, [calendar.exists(year, first, second)], weekday)
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
    if weekday is not None and not m.get("TN"):
        agreeing = [near for near in found if any(day.weekday() == weekday for day in near)]
        agreeing.sort(key=lambda near: near[0].weekday() != weekday)
        if agreeing:
            return day_token(m, [day for near in agreeing[: 1 if context.day_first is not None else 2] for day in near])
    if context.day_first is not None or (orders[0] == orders[1][::-1] and len(set(orders)) == 1):
        found = found[:1]
    return day_token(m, [day for near in found for day in near], weekday if year is not None else None)


def month_and_day(m: Match, context: Context) -> Token | None:
    """ "3 December", "December the 3rd, 2026", "Tue May 9", "next 6th of April"."""
    numbers = m.all("no")
    month, day, today = m.value("M"), numbers[0].value, context.today
    if not 1 <= day <= 31 or (m.value("u") or ("day", 1)) != ("day", 1):
        return None
    years = years_said(m) or _spoken_year([token.value for token in numbers[1:]])
    if len(numbers) > 1 and not years:
        return None
    if years:
        return day_token(m, [calendar.exists(year, month, day) for year in years], weekday_of(m))
    near = calendar.month_day(today, month, day)
    if m.get("NG"):
        near = [found for found in near if found > today] or near
    if m.get("T"):
        near = [found for found in [calendar.exists(today.year, month, day)] if found] or near
    if m.get("L"):
        near = [found for found in near if found < today] or near
    weekday = weekday_of(m)
    if weekday is not None and not any(found.weekday() == weekday for found in near):
        days = single(near, conflict=True)
        return m.token("D", days) if days else m.nothing()
    return day_token(m, near)


def _spoken_year(numbers: list[int]) -> list[int]:
    """Nineteen, (hundred,) eighty six; a year of two figures only where it can be no hour."""
    if len(numbers) == 1 and 24 < numbers[0] < 100:
        return [numbers[0] + (2000 if numbers[0] < 50 else 1900)]
    numbers = [number for number in numbers if number != 100]
    if len(numbers) == 2 and numbers[0] in (19, 20) and 10 <= numbers[1] <= 99:
        return [numbers[0] * 100 + numbers[1]]
    return []


def day_of_month(m: Match, context: Context) -> Token | None:
    """ "The 14th", "9th of this month", "the 3rd of next month"."""
    number, today = m.get("on"), context.today
    if number is None or not 1 <= number.value <= 31:
        return None
    unit = m.value("u")
    if unit is None:
        vague = number.text.isalpha() and number.value <= 5 and not m.get("O")  # "the second" may be a choice
        vague = vague and not (m.tokens[0].text.endswith("dia") and number.tag == "n")
        return None if vague else day_token(m, calendar.day_of_month(today, number.value))
    if unit[0] != "month":
        return None
    said = m.get("NTLG")
    if said is None:
        return day_token(m, calendar.day_of_month(today, number.value))
    months = {"N": said.value or 1, "T": 0, "L": -1, "G": 1}[said.tag]
    month = calendar.add(today.replace(day=1), "month", months)
    return day_token(m, [month and calendar.exists(month.year, month.month, number.value)])


def nth_day(m: Match, context: Context) -> Token | None:
    """ "The last day of March", "the first day of next month"."""
    unit, nth = m.value("u"), m.value("o") or -1
    if unit != ("day", 1) or (nth > 0 and m.get("M")):
        return None
    if m.get("M"):
        months = [
            date(year, m.value("M"), 1)
            for year in years_said(m) or range(context.today.year - 1, context.today.year + 2)
        ]
    elif m.value("u", 1)[0] == "year":
        return _end_of_year(m, context, nth)
    elif m.value("u", 1) == ("month", 1):
        relative = next((token for token in m.tokens[2:] if token.tag in "NTL"), None)
        shift = {"N": 1, "L": -1}.get(relative.tag, 0) if relative else 0
        months = [calendar.add(context.today.replace(day=1), "month", shift) or context.today]
    else:
        return None
    days = (calendar.month_end(month) if nth < 0 else month + timedelta(days=nth - 1) for month in months)
    return day_token(m, calendar.around(context.today, days) if len(months) > 1 else days)


def _end_of_year(m: Match, context: Context, nth: int) -> Token:
    said = next((token for token in m.tokens[2:] if token.tag in "NTL"), None)
    year = context.today.year + ({"N": 1, "L": -1}.get(said.tag, 0) if said else 0)
    return day_token(m, [date(year, 12, 31) if nth < 0 else date(year, 1, 1) + timedelta(days=nth - 1)])


def from_today(m: Match, context: Context) -> Token | list[Token] | None:
    """ "A year ago today", "heute in einer Woche"."""
    unit = m.value("u")
    if m.value("R") != 0:
        return weeks_from(m, context) if m.tokens[0].tag == "R" else None
    return from_now(m, context) if unit[0] not in ("minute", "hour") else None


def relative_day(m: Match, context: Context) -> Token:
    return day_token(m, [context.today + timedelta(days=m.value("R"))])


def holiday(m: Match, context: Context) -> Token:
    rule_, today, said = m.value("H"), context.today, m.get("NTLG")
    years = years_said(m)
    if years or (said and said.tag == "T"):
        return day_token(m, [calendar.holiday(year, rule_) for year in years or [today.year]])
    near = calendar.around(today, (calendar.holiday(y, rule_) for y in range(today.year - 1, today.year + 2)))
    if said:
        near = [day for day in near if (day < today) == (said.tag == "L")] or near
    return day_token(m, near)


def weekday_of_holiday(m: Match, context: Context) -> Token | None:
    """ "Le jeudi de l'Ascension", "segunda de carnaval": that weekday, at the holiday or nearest to it."""
    weekday = weekday_of(m)
    near = holiday(m, context).value
    if weekday is None or near is None:
        return None
    days = (reading.first for reading in near.readings)
    return day_token(m, [day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3) for day in days])


def stretch_of_days(m: Match, context: Context) -> list[Token] | None:
    """ "Del 21 al 23", "du 19 au 21": days, since an article stands before each."""
    if m.tokens[0].value != "the" or m.value("b") != "the":
        return None
    first, last = m.all("n")
    days = [day_of_month(Match([Token("O", None, n.start, n.start), n]), context) for n in (first, last)]
    return [days[0], m.tokens[2 if m.tokens[1] is first else 3], days[1]] if days[0] and days[1] else None


def numbered_week(m: Match, context: Context) -> Token | None:
    """ "KW 8": this year's, or next year's when it is over."""
    number, today = m.value("no"), context.today
    weeks = [calendar.iso_week(year, number) for year in (today.year, today.year + 1)]
    monday = next((week for week in weeks if week and week + timedelta(days=6) >= today), None)
    if monday is None:
        return None
    return m.token("D", Days(readings=(DayRange(first=monday, last=monday + timedelta(days=6)),)))


def week_of_number(m: Match, context: Context) -> Token | None:
    """ "Die Woche vom 22.", "la semaine du 19"."""
    day = day_of_month(Match([m.tokens[-1]]), context) if m.value("u") == ("day", 7) else None
    if day is None or not isinstance(day.value, Days):
        return None
    monday = calendar.week_of(day.value.readings[0].first)
    return m.token("D", Days(readings=(DayRange(first=monday, last=monday + timedelta(days=6)),)))


_YEAR = r"f?[,-]*(?:y|nn{1,2}|n(?![uK#n]))"

DATES = (
    rule(r"W O?d?e", pair_with_weekday),
    rule(r"[NTLG]?W? [Od]*x", in_figures),
    rule(r"[NTLG]?W? [Od]*[on](?:d?u)?f?[,-]*M" + _YEAR, month_and_day),
    rule(r"[NTLG]?W? [Od]*M[,d-]*[on](?!u)" + _YEAR, month_and_day),
    rule(r"M-y-n", month_and_day),
    rule(r"[NTLG]?W? [Od]*[on](?:d?u)?f?[,-]*M", month_and_day),
    rule(r"[NTLG]?W? [Od]*M[,d-]*[on](?!u)", month_and_day),
    rule(r"d?[oL]W(?:f|i)?(?:M ?y?|f?d?[NTL]?u)", nth_weekday),
    rule(r"[Od]*[oL]u[fi](?:M ?y?|d?[NTL]?u(?:[NTL])?)", nth_day),
    rule(r"[nQ]ugR|Ri?[nQ]u", from_today),
    rule(r"[Od]*[on] ?f?(?:d|[NTLG])u|[Od]*[on] ?f?u[NTLG]", day_of_month),
    rule(r"[iO]?d?I[no]", numbered_week),
    rule(r"[iO]?d?ufd?[on](?![KuM#n]|[&rb-]?[on]?M)", week_of_number),
    rule(r"fn bn(?![KuM#n])", stretch_of_days),
    rule(r"W d?[on](?![uKn#k])", weekday_with_day),
    rule(r"O?d?W(?: [r&b-]O?d?W)+ ?[if]?d?[NTLG]u|[NTLG]u O?d?W(?: [r&b-]O?d?W)+", several_weekdays),
    rule(r"O?d?[NTLG]W(?: [r&b-]d?W)+", several_weekdays),
    rule(r"O?W ?[if]?d?[NTLG]u|[id]*[NTLG]u O?d?W|[id]*u[NTLG] O?d?W|W ?[iOf]?d?u[NTLG]", weekday_in_week),
    rule(r"i[nQ]uO?d?W", weekday_in_weeks),
    rule(r"[nQ]u[O>]W|(?<![NTLGV#id])u[O>]W|Wu(?!n)|Ru|[nQ]uR", weeks_on_weekday),
    rule(r"nWw", weekdays_from_now),
    rule(r"[Od]*WAN(?!u)", weekday_after_next),
    rule(r"W ?i?[nQ]u[w<]|W ?i[nQ]u|i[nQ]uK? O?[Qd]?W|[nQ]u[w<] O W", from_now),
    rule(r"O?d?[NTLG]W|O?d?W[NG]", said_weekday),
    rule(r"O?d?WL", lambda m, c: past_weekday(m, c) if c.table.day_by_article else None),
    *PERIODS,
    rule(r"R", relative_day),
    rule(r"O?d?Wfd?H", weekday_of_holiday),
    rule(r"O?d?[NTLG]?H(?:f?y|f?Tu)?", holiday),
    rule(r"O?d?W", bare_weekday),
)
"""Bare days of the month, after the sentence has been freed of all that only looks like one."""
BARE_DAYS = (
    rule(r"do(?= ?[tP~]?C)", lambda m, c: day_of_month(Match([Token("O", None, 0, 0), *m.tokens]), c)),
    rule(r"[Od]+o(?![Kn#M])", day_of_month),
    rule(r"O?d?n(?![KuMk#:P])", lambda m, c: day_of_month(m, c) if c.table.day_by_article and m.get("d") else None),
    rule(r"dn(?= P)", lambda m, c: day_of_month(m, c) if c.table.day_by_article else None),
    rule(r"O d?n(?![KuMk#P])", day_of_month),
    rule(r"(?<=[AEb>])dn(?![KuMk#P])", lambda m, c: day_of_month(m, c) if c.table.ordinal_dot else None),
    rule(r"o(?![Kn#M])", lambda m, c: day_of_month(m, c) if m.tokens[0].text[:1].isdigit() else None),
)
