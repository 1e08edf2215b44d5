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


def _day_of_december(m: Match, context: Context) -> list[Token] | None:
    """ "16 dez": the word for ten is a month after a day in figures."""
    day, word = m.tokens[0], m.tokens[-1]
    month = context.table.also_months.get(word.text)
    if month is None or not day.text[:1].isdigit() or not 1 <= day.value <= 31:
        return None
    return [day, *m.tokens[1:-1], Token("M", month, word.start, word.end, word.text)]


def _and_a_half(m: Match, _: Context) -> list[Token] | None:
    """ "An hour and a half", "three and a half hours", "dans une heure et demie": as minutes."""
    if not m.get("k") and m.value("u") != ("hour", 1):
        return None
    hours, last = m.tokens[0], m.tokens[-1]
    minutes = 60 * (hours.value if hours.tag == "n" else 1) + 30
    span = (hours.start, last.end)
    return [Token("n", minutes, *span), Token("u", ("minute", 1), *span)]


def _long_and_short(m: Match, _: Context) -> list[Token] | None:
    """ "1 hour and 30 minutes", "a year and two months": in the shorter unit."""
    long, short = m.value("u"), m.value("u", 1)
    counts = [token.value if token.tag == "n" else 1 for token in m.all("nQ")]
    if len(counts) != 2:
        return None
    each = {("hour", "minute"): 60, ("year", "month"): 12}.get((long[0], short[0]))
    if long == ("day", 7) and short == ("day", 1):
        each = 7
    if each is None:
        return None
    span = (m.tokens[0].start, m.tokens[-1].end)
    return [Token("n", counts[0] * each + counts[1], *span), Token("u", short, *span)]


def _military(m: Match, _: Context) -> Token | None:
    """ "0830 hrs", "1400 hours"."""
    number = m.tokens[0]
    hour, minute = divmod(number.value, 100)
    if m.value("u") != ("hour", 1) or not (number.text.isdigit() and len(number.text) == 4) or hour > 24 or minute > 59:
        return None
    return m.token("c", (hour, minute, 0, True))


def _hours_from_now(m: Match, _: Context) -> list[Token] | None:
    """ "In 3 hrs", "dans 2h": hours to wait, not a time."""
    before, clock = m.tokens
    hour, minute = clock.value[:2]
    if before.value or minute or not clock.text.endswith(("h", "s")):
        return None
    return [before, Token("n", hour, clock.start, clock.end), Token("u", ("hour", 1), clock.end, clock.end)]


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


def _numbered_weekday(m: Match, context: Context) -> Token | None:
    """ "2a feira", "a 4ª": Portuguese weekdays by their number, from Monday, the second."""
    number, shown = m.tokens[0], m.tokens[-1]
    attached = len(m.tokens) == 1 or shown.tag == "J" or (shown.start == number.end and shown.text == "a")
    if not (context.table.numbered_weekdays and attached and 2 <= number.value <= 6):
        return None
    if len(m.tokens) == 1 and not number.text.endswith(("ª", "a")):
        return None
    return m.token("W", number.value - 2)


def _eight_days(m: Match, context: Context) -> list[Token] | None:
    """ "El lunes en ocho", "de hoje a oito dias": counting both ends, a week; fifteen are two weeks."""
    number = m.get("n")
    size = {8: 7, 15: 14}.get(number.value) if number and context.table.eight_is_a_week else None
    if number is None or size is None or m.value("u") not in (None, ("day", 1)):
        return None
    return [m.tokens[0], Token("u", ("day", size), number.start, m.tokens[-1].end)]


def _after_tomorrow(m: Match, context: Context) -> Token | None:
    """ "Pasado a las 9": no day stands before that it could be past."""
    return m.token("R", 2) if m.tokens[0].text in context.table.after_tomorrow else None


def _doubtful(m: Match, context: Context) -> Token | None:
    """ "Eve", "ter": a date only beside one."""
    return m.nothing() if m.tokens[0].text in context.table.doubtful else None


def _roughly(m: Match, _: Context) -> Token:
    """ "In about a month"."""
    return m.tokens[0]


def _day_by_its_article(m: Match, context: Context) -> list[Token] | None:
    """ "A partir del 25": the article within the word shows a day, no hour."""
    bound, number = m.tokens
    if not (context.table.day_by_article and bound.text.split()[-1] in ("del", "du", "do", "le", "el", "o")):
        return None
    day = Token("o", number.value, number.start, number.end, number.text)
    return [bound, Token("O", None, number.start, number.start), day]


COUNTING = (
    rule(r"i~(?=[nQ]u)", _roughly),
    rule(r"[>AE]n(?![uKM#kP])", _day_by_its_article),
    rule(r"[no]-?a?-?J|na|o(?!K)", _numbered_weekday),
    rule(r"(?<![WR])P|W(?! ?(?:t?[cnxvoe]|N))", _doubtful),
    rule(r"(?<![WMud])L(?= [tP])", _after_tomorrow),
    rule(r"[WR][ib]nu?", _eight_days),
    rule(r"n-?n", _tens_and_units),
    rule(r"n-?o", _tens_and_units),
    rule(r"[no][f-]?n", _day_of_december),
    rule(r"nu", _military),
    rule(r"ic", _hours_from_now),
    rule(r"[nQ]u ?&?[nQ]u", _long_and_short),
    rule(r"[nQ]u(?:&Q?)?h|n&Q?hu|(?<=i)uh|(?<=[ig])[nQ]kh", _and_a_half),
    rule(r"V[no]?u(?: F? ?nK)?", _repeats),
    rule(r"#[,-]?n", _other),
    rule(r"(?<!M)[no]K", _other),
    rule(r"(?:n|o,?)#(?!n)", _other),  # "im 2. Stock"
    rule(r"on(?!-?[nakPp])", _choice),
)
