"""Rules for stretches of days: weeks, months, weekends, their beginning, middle and end, and between two days."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from calendar_sync.when import days as calendar
from calendar_sync.when.clocks import part
from calendar_sync.when.grammar import Clock, Context, Days, Match, rule
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DayRange, TimeRange

NO = frozenset(("no", "non", "nao", "nein", "nee"))  # after a day, before the end of a clause


def _range(m: Match, first: date, last: date, shown: date | None = None) -> Token:
    return m.token("D", Days(readings=(DayRange(first=first, last=last, shown=shown),)))


def _weeks(said: Token | None) -> int:
    return {"N": said.value or 1, "T": 0, "L": -1, "G": 1}[said.tag] if said else 0


def period(m: Match, context: Context) -> Token | None:
    """ "Next week", "end of the month", "this weekend", "early next week"."""
    unit, said, where = m.value("u"), m.get("NTLG"), m.value("S")
    if m.get("<"):
        where = "end"
    today, shift = context.today, _weeks(said)
    if unit == ("day", 7):
        over = where and not said and today.weekday() > {"start": 1, "middle": 2, "end": 6}[where]
        monday = calendar.week_of(today) + timedelta(days=7 * (1 if over else shift))
        return _part_of_week(m, monday, where)
    if unit[0] == "month":
        over = where and not said and today.day > {"start": 1, "middle": 15, "end": 31}[where]
        first = calendar.add(today.replace(day=1), "month", 1 if over else shift)
        return _part_of_month(m, first, where) if first else None
    if unit[0] == "weekend" and not where:
        saturday = calendar.week_of(today) + timedelta(days=7 * shift + 5)
        return _weekend(m, saturday, today, said)
    if unit == ("day", 1) and said and said.tag in "NG" and not where:
        day = today + timedelta(days=1)
        return _range(m, day, day)
    return None


def _weekend(m: Match, saturday: date, today: date, said: Token | None) -> Token:
    both = DayRange(first=saturday, last=saturday + timedelta(days=1))
    if said and said.tag == "N" and today.weekday() < 5:
        sooner = DayRange(first=saturday - timedelta(days=7), last=saturday - timedelta(days=6))
        return m.token("D", Days(readings=(both, sooner)))
    return m.token("D", Days(readings=(both,)))


def _part_of_week(m: Match, monday: date, where: str | None) -> Token:
    first, last = {"start": (0, 1), "middle": (2, 2), "end": (3, 6), None: (0, 6)}[where]
    shown = monday + timedelta(days=4) if where == "end" else None
    return _range(m, monday + timedelta(days=first), monday + timedelta(days=last), shown)


def _part_of_month(m: Match, first: date, where: str | None) -> Token:
    last = calendar.month_end(first)
    if where == "start":
        return _range(m, first, first.replace(day=7), first)
    if where == "middle":
        return _range(m, first.replace(day=11), first.replace(day=20), first.replace(day=15))
    if where == "end":
        return _range(m, last - timedelta(days=6), last, last)
    return _range(m, first, last)


def whole_month(m: Match, context: Context) -> Token | None:
    """ "In December", "next March", "end of May", "June 2027"."""
    month, today, said = m.value("M"), context.today, m.get("NTLG")
    if said and said.tag == "T" and not m.get("iO") and m.tokens[-1].text in context.table.doubtful:
        return None  # "this may …"
    year = m.value("y") or today.year + (1 if month < today.month else 0)
    if said and said.tag == "L":
        year = today.year - (0 if month < today.month else 1)
    elif said and said.tag == "N" and month == today.month:
        year = today.year + 1
    return _part_of_month(m, date(year, month, 1), m.value("S"))


def week_in_month(m: Match, context: Context) -> Token | None:
    """ "First week of December", "last week of May"."""
    if m.value("u") != ("day", 7) or (nth := m.value("o") or 0) > 4:
        return None
    month, today = m.value("M"), context.today
    first = date(today.year + (1 if month < today.month else 0), month, 1)
    if not nth:
        last = calendar.month_end(first)
        return _range(m, last - timedelta(days=6), last)
    return _range(m, first + timedelta(days=7 * nth - 7), first + timedelta(days=7 * nth - 1))


def week_of(m: Match, _: Context) -> Token | None:
    """ "The week of the 10th", "week commencing Monday"."""
    base: Days = m.value("D")
    if m.value("u") != ("day", 7):
        return None
    monday = calendar.week_of(base.readings[0].first)
    return _range(m, monday, monday + timedelta(days=6))


def between(m: Match, _: Context) -> Token | None:
    """ "Monday to Wednesday", "between the 3rd and the 7th"."""
    first: Days = m.value("D")
    last: Days = m.value("D", 1)
    start = first.readings[0].first
    ends = sorted(reading.last for reading in last.readings if reading.last > start)
    if not ends:
        if last.weekday is None:
            return None
        ends = [last.readings[0].last + timedelta(days=7)]
    return _range(m, start, ends[0])


def open_ended(m: Match, _: Context) -> Token | None:
    """ "After Monday", "from Monday on", "before the 5th", "by Friday"."""
    days: Days = m.value("D")
    if m.get("b") and m.value("b") != "until":
        return None  # "change it to Monday"
    kept: list[DayRange] = []
    since = m.value(">") == "since"
    for reading in days.readings[-1:] if since else days.readings[:1] if days.weekday is not None else days.readings:
        if reading.last == date.max or reading.first == date.min:
            return None
        if m.get("A"):
            kept.append(DayRange(first=reading.last + timedelta(days=1), last=date.max))
        elif m.get("E") or m.get("b"):
            inclusive = m.get("b") or m.value("E") == "by"
            end = reading.last if inclusive else reading.first - timedelta(days=1)
            if inclusive and not m.get("b"):
                kept.append(reading)  # "by Monday" most often means Monday
            kept.append(DayRange(first=date.min, last=end))
        else:
            kept.append(DayRange(first=reading.first, last=date.max))
    return m.token("D", Days(readings=tuple(kept)))


def same_month(m: Match, _: Context) -> list[Token] | None:
    """ "3rd to 7th March", "3rd or 4th of March": the month goes for both."""
    number, last = m.tokens[0], m.tokens[-1]
    days: Days = last.value
    kept = []
    for reading in days.readings:
        day = calendar.exists(reading.first.year, reading.first.month, number.value)
        if day and reading.single:
            kept.append(DayRange(first=day, last=day))
    if not kept:
        return None
    return [Token("D", Days(readings=tuple(kept)), number.start, number.end), *m.tokens[1:]]


def before_hour_of_day(m: Match, _: Context) -> list[Token] | None:
    """ "Before Friday 12 o'clock": on that day, before that hour."""
    word, day, *between, hour = m.tokens
    clock: Clock = hour.value
    if word.value != "before" or clock.kind != "at":
        return None
    readings = tuple(TimeRange(start=None, end=each.end) for each in clock.readings)
    return [day, *between, Token("C", replace(clock, readings=readings, kind="before"), hour.start, hour.end)]


def the_one_after(m: Match, _: Context) -> list[Token] | None:
    """ "Not this Friday, the one after": a week later."""
    named = next(token for token in m.tokens if token.tag == "D")
    if named.value.readings[0].first != named.value.readings[0].last:
        return None
    week = timedelta(days=7)
    later = (DayRange(first=each.first + week, last=each.last + week) for each in named.value.readings[:1])
    last = m.tokens[-1]
    return [
        Token("D", replace(named.value, excluded=True, weekday=None), named.start, named.end),
        Token("D", Days(readings=tuple(later)), last.start, last.end),
    ]


def excluded(m: Match, _: Context) -> list[Token]:
    """Days and times that are ruled out ("not Monday or Tuesday", "Friday doesn't work")."""
    out: list[Token] = []
    for token in m.tokens:
        if token.tag in "DCP":
            value = part(token.value) if token.tag == "P" else token.value
            out.append(Token("D" if token.tag == "D" else "C", replace(value, excluded=True), token.start, token.end))
    return out


def _denied(m: Match, context: Context) -> list[Token] | None:
    no = m.tokens[0] if m.tokens[0].tag == "*" else m.tokens[-1]
    return [*excluded(m, context), no] if no.text in NO else None


PERIODS: tuple[Any, ...] = (
    rule(r"[iO]?d?[oL]u[fi]M", week_in_month),
    rule(r"[iO]?d?(?:S|<)f?d?(?:u[NTLG]|[NTLG]?u)", period),
    rule(r"[iO]?d?[NTLG]u|[iO]?d?u[NTLG](?!u)", period),
    rule(r"[Oti]d?u(?=$|[^f])", lambda m, c: period(m, c) if m.value("u")[0] == "weekend" else None),
    rule(r"d?u(?=$|[^f])", lambda m, c: period(m, c) if m.value("u")[0] == "weekend" else None),
    rule(r"[iO]?d?S-?[if]?[NTLG]?M ?y?|[iON]d?[NTLG]?M ?y?|[iO]?[TNL]M|M ?y", whole_month),
)
DAY_RANGES = (
    rule(r"ED ?C", before_hour_of_day),
    rule(r"[no](?=[&rb-]d?D)[&rb-]d?D", same_month),
    rule(r"d?ufd?D", week_of),
    rule(r"B D &D|>?D[b-] ?D", between),
    rule(r"[AE>b]D|D j", open_ended),
)
EXCLUSIONS = (
    rule(r"![OtdQ,]*D[,z*]{0,5}(?:%|dN)(?!d?[uWMDC])|Dz?[*!U][,z*]{0,4}(?:%|dN)(?!d?[uWMDC])", the_one_after),
    rule(r"[DC]\*(?=[,;]|$)|^\*D(?=,D)", _denied),  # "los lunes no"
    rule(r"m[Odf,]*D(?: [r&][Od]*D)?", excluded),  # "qualquer dia menos segunda"
    rule(r"[DC](?: [r&]d?[DCP])*z{0,4}!(?=[,;]|$)", excluded),  # "Tuesday I can't do, …"
    rule(r"![OtdQ,]*[DCP](?:(?: [Otd]*[DCP])* [r&][Otd]*[DCP])?", excluded),
    rule(r"[DCP](?: [r&]d?[DCP])*[z,]?U", excluded),
    rule(r"D(?: [r&]d?D)*z?l", excluded),  # "next week I'm away"
    rule(r"l[OtdQ]*D(?: [r&][Otd]*D)*", excluded),  # "away on Monday and Tuesday"
)
