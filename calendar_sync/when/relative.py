"""Rules for what refers to something said before or comes again and again, and for lone figures."""

from calendar_sync.when import clocks
from calendar_sync.when.dates import day_of_month
from calendar_sync.when.grammar import Context, Match, Point, rule
from calendar_sync.when.reading import Token
from calendar_sync.when.types import Recurrence, Shift


def _shift(m: Match, _: Context) -> Token | None:
    """ "The week after", "a day earlier"; a bare "later"."""
    if (unit := m.get("u")) is None:
        return m.token("<", Shift(sign=m.value("<")))
    name, size = unit.value
    number = m.get("n")
    count = size * (number.value if number else 1)
    sign = -1 if m.get("E") or m.value("<") == -1 else 1
    if name in ("minute", "hour"):
        return m.token("<", Shift(sign=sign, minutes=count * (60 if name == "hour" else 1)))
    if name == "day":
        return m.token("<", Shift(sign=sign, days=count))
    return None


def _repeats(m: Match, _: Context) -> list[Token] | None:
    """ "Every two weeks", "every Monday", "weekly, six times"."""
    times = m.tokens[-1].value if m.tokens[-1].tag == "n" else None
    if day := m.get("D"):
        if day.value.weekday is None:
            return None
        return [Token("V", Recurrence(every_days=7), m.tokens[0].start, day.end), day]
    name, size = m.value("u")
    if name != "day":
        return None
    number = m.get("n") if m.tokens[1].tag == "n" else None
    ordinal = m.get("o")
    count = number.value if number else ordinal.value if ordinal else 1
    return [m.token("V", Recurrence(every_days=size * count, times=times))]


def _hour_after_day(m: Match, context: Context) -> list[Token] | None:
    """ "Tomorrow 3": a figure right after a day, and nothing after it."""
    number = m.tokens[-1]
    clock = clocks.at(number.value) if 1 <= number.value <= 24 else None
    return [*m.tokens[:-1], Token("C", clock, number.start, number.end)] if clock else None


def _expected(m: Match, context: Context) -> Token | None:
    """A lone figure in the answer to "what time?" or "what day?"."""
    number = m.tokens[0]
    if context.expecting == "time" and number.tag == "n":
        hour, minute = divmod(number.value, 100) if number.value >= 100 else (number.value, 0)
        clock = clocks.at(hour, minute) if number.text != "one" or hour > 1 else None
        return m.token("C", clock) if clock else None
    if context.expecting == "time" and number.tag == "e":
        first, last = (clocks.at(hour) for hour in number.value)
        stretch = clocks.between(first, last) if first and last else None
        return m.token("C", stretch) if stretch else None
    if context.expecting == "date" and number.tag in "no":
        return day_of_month(m, context)
    return None


def _now(m: Match, context: Context) -> Token:
    return m.token("=", Point(day=context.now.date(), at=context.now.time(), is_now=True))


LEFT_OVER = (
    rule(r"D n(?=[;,]|$)", _hour_after_day),
    rule(r"[noe](?![uK#n])", _expected),
    rule(r"X", _now),
    rule(r"V[no]?u(?: nK?)?", _repeats),
    rule(r"VD", _repeats),
    rule(r"[dQn]?u[AE](?! ?d?[DCnon])|[dQn]u<|<", _shift),
)
