"""Rules that come first: numbers in words, and figures that count or number something else."""

from calendar_sync.when.grammar import Context, Match, rule
from calendar_sync.when.reading import Token
from calendar_sync.when.types import Recurrence


def _tens_and_units(m: Match, _: Context) -> Token | None:
    """ "Twenty-seven", "thirty first"."""
    tens, units = m.tokens[0], m.tokens[-1]
    if tens.value not in range(20, 100, 10) or not 1 <= units.value <= 9:
        return None
    if not (tens.text.isalpha() and units.text.isalpha()):
        return None
    return Token(units.tag, tens.value + units.value, tens.start, units.end, tens.text)


def _other(m: Match, _: Context) -> Token:
    return m.nothing()


def _choice(m: Match, _: Context) -> Token | None:
    """ "The second one": a choice, not a day."""
    return m.nothing() if m.tokens[-1].text in ("one", "1") else None


def _repeats(m: Match, _: Context) -> Token | None:
    """ "Every two weeks", "weekly, six times"."""
    name, size = m.value("u")
    if name != "day":
        return None
    count = m.tokens[1].value if m.tokens[1].tag in "no" else 1
    times = m.tokens[-2].value if m.tokens[-1].tag == "K" else None
    return m.token("V", Recurrence(every_days=size * count, times=times))


COUNTING = (
    rule(r"n-?n", _tens_and_units),
    rule(r"n-?o", _tens_and_units),
    rule(r"V[no]?u(?: F? ?nK)?", _repeats),
    rule(r"#[,-]?n", _other),
    rule(r"(?<!M)[no]K", _other),
    rule(r"[no]#(?!n)", _other),
    rule(r"on(?!-?[nakPp])", _choice),
)
