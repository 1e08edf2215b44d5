"""Rules for weekdays; the coming one is written before the past one.

How weekdays are understood (weeks begin on Monday):
  "Tuesday"        the coming one, today included; or the one before
  "this Tuesday"   the one of this week; said when it is over, the coming one, or this week's
  "next Tuesday"   the one of next week; said while one is still ahead this week, possibly that one
                   (Spanish, Portuguese: the other way round)
  "last Tuesday"   the one of last week
  "a week on Tuesday", "Tuesday week"   seven days after the coming one
  "Monday 21", "Monday the 21st"        a month where it is so; this month's if that is still ahead
"""

from dataclasses import replace
from datetime import date, timedelta

from calendar_sync.when import days as calendar
from calendar_sync.when.day_tokens import day_token, single, weekday_of, years_said
from calendar_sync.when.grammar import Context, Match
from calendar_sync.when.reading import Token


def weekday_with_day(m: Match, context: Context) -> Token | None:
    """ "Thursday 26th", "Monday 21"; a small plain number after a weekday must fit soon to be a day."""
    number, weekday, today = m.get("no"), weekday_of(m), context.today
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
    weekday = weekday_of(m)
    orders = (
        [(first, second), (second, first)] if context.day_first is not False else [(second, first), (first, second)]
    )
    agreeing: list[date] = []
    for day, month in orders:
        near = calendar.month_day(context.today, month, day) if 1 <= month <= 12 else []
        if near and near[0] >= context.today and near[0].weekday() == weekday:
            agreeing += near if context.day_first is None or not agreeing else []
    return day_token(m, agreeing) if agreeing else None


def nth_weekday(m: Match, context: Context) -> Token | None:
    """ "The first Monday of December", "last Friday of the month", "second Tuesday next month"."""
    weekday, today = weekday_of(m), context.today
    nth = m.value("o") if m.get("o") else -1
    if weekday is None or nth > 5:
        return None
    if m.get("M"):
        years = years_said(m) or list(range(today.year - 1, today.year + 2))
        found = (calendar.nth_weekday(year, m.value("M"), weekday, nth) for year in years)
        return day_token(m, calendar.around(today, found))
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
    return day_token(m, [this])


def weekday_in_week(m: Match, context: Context) -> Token | None:
    """ "Thursday next week", "Saturday this week", "next week Wednesday"."""
    said, weekday, unit = m.get("NTLG"), weekday_of(m), m.value("u")
    if said is None or weekday is None or unit != ("day", 7):
        return None
    weeks = {"N": said.value or 1, "T": 0, "L": -1, "G": 1}[said.tag]
    return day_token(m, [calendar.week_of(context.today) + timedelta(days=7 * weeks + weekday)])


def several_weekdays(m: Match, context: Context) -> list[Token] | None:
    """ "Thursday or Friday next week", "next Monday or Tuesday": what is said of one goes for all."""
    said, unit = m.get("NTLG"), m.get("u")
    if said is None:
        return None
    tokens: list[Token] = []
    for token in m.tokens:
        if token.tag == "W":
            alone = Match([said, unit, token] if unit else [said, token])
            found = weekday_in_week(alone, context) if unit else said_weekday(alone, context)
            if found is None:
                return None
            tokens.append(Token("D", found.value, token.start, token.end))
        elif token not in (said, unit) and token.tag in "r&b-,":
            tokens.append(token)
    return tokens


def weeks_on_weekday(m: Match, context: Context) -> Token | None:
    """ "A week on Thursday", "Saturday week", "Monday fortnight", "tomorrow week"."""
    count = m.value("n") or 1
    unit, weekday = m.value("u"), weekday_of(m)
    if m.tokens[0].tag == "u" and context.table.day_by_article:
        return None  # "para a semana na quarta"
    if unit[0] != "day" or unit[1] not in (7, 14):
        return None
    if m.get("R"):
        start = context.today + timedelta(days=m.value("R"))
    elif weekday is not None:
        start = calendar.coming_weekday(context.today, weekday)
        start += timedelta(days=7 if start == context.today else 0) if m.get("nQO>") else timedelta(0)
    else:
        return None
    return day_token(m, [start + timedelta(days=unit[1] * count)])


def weekday_in_weeks(m: Match, context: Context) -> Token | None:
    """ "In two weeks on Tuesday": the Tuesday of that week."""
    count, unit, weekday = m.value("n") or 1, m.value("u"), weekday_of(m)
    if weekday is None or unit[0] != "day" or unit[1] not in (7, 14) or m.tokens[0].value == "within":
        return None
    monday = calendar.week_of(context.today) + timedelta(days=unit[1] * count)
    return day_token(m, [monday + timedelta(days=weekday)])


def weekdays_from_now(m: Match, context: Context) -> Token | None:
    """ "Two Fridays from now"."""
    weekday, count = weekday_of(m), m.value("n")
    if weekday is None or not 1 <= count <= 60:
        return None
    first = calendar.coming_weekday(context.today + timedelta(days=1), weekday)
    return day_token(m, [first + timedelta(days=7 * (count - 1))])


def weekday_after_next(m: Match, context: Context) -> Token | None:
    """ "The Monday after next": a week after whatever "next Monday" may be."""
    after, said = m.tokens[-2:]
    upcoming = said_weekday(Match([said, *m.tokens[:-2]]), context) if said.value == 1 and after.tag == "A" else None
    if upcoming is None:
        return None
    return day_token(m, [reading.first + timedelta(days=7) for reading in upcoming.value.readings])


def said_weekday(m: Match, context: Context) -> Token | None:
    """ "This", "next", "last", "coming" Tuesday, in either order. The module's docstring has the rules."""
    weekday, said, today = weekday_of(m), m.get("NTLG"), context.today
    if weekday is None or said is None:
        return None
    this_week = calendar.week_of(today) + timedelta(days=weekday)
    coming = calendar.coming_weekday(today, weekday)
    week = timedelta(days=7)
    if said.tag == "N":
        ahead = [this_week] if this_week > today and said.value == 1 else []
        later = [this_week + (said.value or 1) * week]
        return day_token(m, [*ahead, *later] if context.table.next_is_nearest else [*later, *ahead])
    if said.tag == "L":
        return day_token(m, [this_week - week])
    if said.tag == "G" and said.value < 0:
        return day_token(m, [coming - week])
    if said.tag == "G":
        return day_token(m, [coming if coming > today else coming + week])
    return day_token(m, [coming, this_week] if this_week < today else [this_week])


def past_weekday(m: Match, context: Context) -> Token | None:
    """ "Lundi dernier": the nearest that is over."""
    weekday = weekday_of(m)
    return None if weekday is None else day_token(m, [calendar.coming_weekday(context.today, weekday) - timedelta(7)])


def bare_weekday(m: Match, context: Context) -> Token | list[Token] | None:
    weekday = m.value("W")
    if weekday == "weekday":  # the weekend is excluded
        weekend = (single([calendar.coming_weekday(context.today, day)], weekday=day) for day in (5, 6))
        return [m.token("D", replace(days, excluded=True)) for days in weekend if days]
    coming = calendar.coming_weekday(context.today, weekday)
    days = single([coming, coming - timedelta(days=7)], weekday=weekday)
    return m.token("D", days)
