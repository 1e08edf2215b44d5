"""Rules for what refers to something said before or comes again and again, and for lone figures."""

from calendar_sync.when import clocks
from calendar_sync.when.dates import day_of_month
from calendar_sync.when.grammar import Context, Match, Point, rule
from calendar_sync.when.offsets import shifted
from calendar_sync.when.reading import Token
from calendar_sync.when.types import Recurrence, Shift


def _shift(m: Match, _: Context) -> Token | None:
    shift = None if isinstance(m.value("<"), Shift) else shifted(m)
    return m.token("<", shift) if shift else None


def _range_after_day(m: Match, _: Context) -> list[Token] | None:
    """ "Friday 9-11"."""
    first, last = (clocks.at(hour) for hour in m.value("e"))
    stretch = clocks.between(first, last) if first and last else None
    pair = m.tokens[-1]
    return [*m.tokens[:-1], Token("C", stretch, pair.start, pair.end)] if stretch else None


def _repeats_on(m: Match, _: Context) -> list[Token] | None:
    """ "Every Monday"."""
    every, day = m.tokens
    return [Token("V", Recurrence(every_days=7), every.start, day.end), day] if day.value.weekday is not None else None


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


def _hour_instead(m: Match, context: Context) -> list[Token] | None:
    """ "At 2, actually make that 3", "nicht 15 sondern 16 Uhr", "I said 4 not 5"."""
    instead = {id(token) for token in m.tokens if token.tag == "n"}
    clocks_ = {id(token): clocks.at(token.value) for token in m.tokens if id(token) in instead and token.value <= 24}
    if len(clocks_) != len(instead) or None in clocks_.values():
        return None
    return [Token("C", clocks_[id(t)], t.start, t.end) if id(t) in instead else t for t in m.tokens]


LEFT_OVER = (
    rule(r"C[^;nD]*\*[*,z]*n(?=[,;]|$)|n!n(?=[,;]|$)|!n\*[*,]*t?C", _hour_instead),
    rule(r"D n(?=[;,]|$| ?[r&] ?O?d?D)", _hour_after_day),
    rule(r"[noe](?![uK#n])", _expected),
    rule(r"X", _now),
    rule(r"D e", _range_after_day),
    rule(r"VD", _repeats_on),
    rule(r"[dQn]?u[AE](?! ?d?[DCnon])|[dQn]u<|<", _shift),
)
