"""Rules for times of day as they are said and written; `c` is (hour, minute, second, fixed), `C` its readings."""

from dataclasses import replace
from datetime import timedelta

from calendar_sync.when.clocks import at
from calendar_sync.when.grammar import Context, Match, rule
from calendar_sync.when.reading import Token

SPOKEN_MINUTES = (5, 10, 20, 25)


def raw(match: Match, hour: int, minute: int = 0, second: int = 0, fixed: bool = False) -> Token:
    return match.token("c", (hour, minute, second, fixed))


def _to(m: Match, hour: int, minutes: int) -> Token:
    """So many minutes before an hour: a quarter to one is a quarter to one o'clock twice a day."""
    if hour == 0:
        return raw(m, 23, 60 - minutes, fixed=True)
    return raw(m, hour - 1 or 12, 60 - minutes)


def _half(m: Match, context: Context) -> Token | None:
    hour = m.value("n")
    if not 1 <= hour <= 12:
        return None
    if m.get("q"):  # "viertel vier", in the East
        return raw(m, hour - 1 or 12, 15) if context.table.half_is_before else None
    minutes = m.value("h") or 30  # "dreiviertel vier"
    return raw(m, hour - 1 or 12, minutes) if context.table.half_is_before else raw(m, hour, minutes)


def _three_quarters(m: Match, context: Context) -> Token | None:
    """ "3 viertel vier"."""
    hour = m.value("n", 1)
    if not context.table.half_is_before or m.tokens[0].value != 3 or not 1 <= hour <= 12:
        return None
    return raw(m, hour - 1 or 12, 45)


def _around_half(m: Match, context: Context) -> Token | None:
    """ "Fünf vor halb vier", "zehn nach halb vier"."""
    minutes, hour = m.tokens[0].value, m.tokens[-1].value
    if not (context.table.half_is_before and 0 < minutes <= 15 and 1 <= hour <= 12):
        return None
    return raw(m, hour - 1 or 12, 30 - minutes if m.get("Em") else 30 + minutes)


def _past(m: Match, _: Context) -> Token | None:
    """ "Half past 3", "ten past 9", "20 min to eight"."""
    hour = m.get("n", -1 if len(m.all("n")) == 1 else 1)
    minutes = 30 if m.get("h") else 15 if m.get("q") else m.value("n")
    if hour is None or not 0 <= hour.value <= 24 or not 0 < minutes < 60:
        return None
    if m.get("u") and m.value("u") != ("minute", 1):
        return None  # "ten days after 1 April"
    to = m.get("bEmOF")
    return _to(m, hour.value, minutes) if to else raw(m, hour.value, minutes)


def _quarter_of(m: Match, context: Context) -> Token | None:
    """ "Quarter of ten", in America."""
    hour = m.value("n")
    return _to(m, hour, 15) if not context.table.day_by_article and 1 <= hour <= 12 else None


def _minutes_of(m: Match, context: Context) -> Token | None:
    """ "Ten of nine tomorrow", in America."""
    minutes, hour = m.value("n"), m.value("n", 1)
    if context.table.code != "en" or minutes not in SPOKEN_MINUTES or not 1 <= hour <= 12:
        return None
    return _to(m, hour, minutes)


def _from_midday(m: Match, _: Context) -> list[Token] | None:
    """ "Between lunchtime and 2": midday as the beginning of a stretch is twelve."""
    between, part = m.tokens
    return [between, Token("c", (12, 0, 0, True), part.start, part.end)] if part.value == "midday" else None


def _both_of_them(m: Match, _: Context) -> Token | None:
    """ "El martes y el jueves, a las 10 las dos": two of them, and no 2 o'clock."""
    article, number = m.tokens
    return m.nothing() if article.text in ("las", "as") and number.text in ("dos", "duas") else None


def _past_noon(m: Match, _: Context) -> Token | None:
    """ "Half past midnight", "ten to noon"."""
    hour = m.value("Z")
    minutes = 30 if m.get("h") else 15 if m.get("q") else m.value("n")
    if hour == 24 or not 0 < minutes < 60:
        return None
    return raw(m, (hour - 1) % 24, 60 - minutes, fixed=True) if m.get("bEm") else raw(m, hour, minutes, fixed=True)


def _minutes_to(m: Match, context: Context) -> Token | None:
    """ "Ten to five" and "at 10 to 5" are times, "10 to 5" is a stretch of time."""
    minutes = m.tokens[0]
    if m.get("F") and not context.table.day_by_article:
        return None  # "ten for five"
    if m.get("AE") and not minutes.text.isalpha():
        return None  # "25 after 5"
    told = minutes.value in SPOKEN_MINUTES and (minutes.value in (20, 25) or minutes.text.isalpha())
    told = told or (minutes.value == 15 and minutes.text.isalpha() and bool(m.get("OF")))
    told = told or (bool(m.get("OF")) and minutes.value in (*SPOKEN_MINUTES, 15))  # "15 para as 3"
    return _past(m, context) if told or m.get("up") else None


def _then_minutes(m: Match, _: Context) -> Token | None:
    """ "Trois heures et demie", "las tres menos cuarto": the hour first."""
    first = m.tokens[0]
    hour, minute = first.value[:2] if first.tag == "c" else (first.value, 0)
    minutes = 30 if m.get("h") else 15 if m.get("q") else m.value("n", 1 if first.tag == "n" else 0)
    if hour > 24 or minute or not 0 < minutes < 60:
        return None
    minus = m.get("m")
    if first.tag == "Z":
        return raw(m, hour - 1, 60 - minutes, fixed=True) if minus and hour else raw(m, hour, minutes, fixed=True)
    return _to(m, hour, minutes) if minus and minus.value != 1 else raw(m, hour, minutes)


def _hours_told(m: Match, context: Context) -> Token | None:
    """ "Às duas horas"."""
    hour = m.value("n")
    if not context.table.day_by_article or m.value("u") != ("hour", 1) or not 0 <= hour <= 24:
        return None
    return raw(m, hour)


def _two_numbers(m: Match, _: Context) -> list[Token] | None:
    """ "Five thirty", before or after something that shows that it is a time."""
    hour, minute = m.all("n")[:2]
    shown = minute.value >= 10 and (minute.text.isalpha() or m.get("a"))
    latest = 24 if m.tokens[0].tag == "t" else 12  # "a las veinte treinta"
    if not (1 <= hour.value <= latest and minute.value <= 59 and (shown or minute.text.startswith(("oh ", "o ")))):
        return None
    middle = Token("c", (hour.value, minute.value, 0, False), hour.start, minute.end)
    before = list(m.tokens[: m.tokens.index(hour)])
    return [*before, middle, *m.tokens[m.tokens.index(minute) + 1 :]]


def _am_pm(m: Match, _: Context) -> Token | None:
    first, half = m.tokens[0], m.value("a")
    if first.tag == "n":
        hour, minute = divmod(first.value, 100) if first.value >= 100 else (first.value, 0)
        second = 0
    else:
        hour, minute, second = (*first.value[:2], 0) if first.tag == "v" else first.value[:3]
    if not half or hour > 12:
        return raw(m, hour, minute, second)
    return raw(m, hour % 12 + (12 if half == "pm" else 0), minute, second, True)


def _number_is_hour(m: Match, context: Context) -> list[Token] | None:
    number = m.get("n")
    if number is None or (m.get("d") and m.get("AE>B") and context.table.ordinal_dot):  # "nach dem 20."
        return None
    hour, minute = divmod(number.value, 100) if number.value >= 100 else (number.value, 0)
    if hour > 24 or minute > 59 or (number.value >= 100 and (minute % 5 or hour < 7)):
        return None
    clock = Token("c", (hour, minute, 0, number.value >= 1300 or number.text[:1] == "0"), number.start, number.end)
    return [clock if token is number else token for token in m.tokens]


def _number_but_one_is_hour(m: Match, context: Context) -> list[Token] | None:
    """ "Ten Monday morning"; but "I need one Monday morning"."""
    return None if m.value("n") == 1 and m.tokens[0].text.isalpha() else _number_is_hour(m, context)


def _for_one(m: Match, _: Context) -> Token | None:
    """ "Demain pour 1 coupe": one of something."""
    return m.nothing() if m.value("n") == 1 else None


def _military(m: Match, _: Context) -> list[Token] | None:
    """ "1530 tomorrow", "0900 Monday": four figures beside a day."""
    number = m.get("ny")
    if number is None or len(number.text) != 4 or not number.text.isdigit():
        return None
    hour, minute = divmod(number.value, 100)
    if not 6 <= hour <= 22 or minute % 5 or minute > 59 or (number.text[0] != "0" and hour < 8):
        return None
    clock = Token("c", (hour, minute, 0, hour > 12 or number.text[0] == "0"), number.start, number.end)
    return [clock if token is number else token for token in m.tokens]


def _and_minutes(m: Match, _: Context) -> Token | None:
    """ "Às 13 e 30"."""
    hour, minute = m.value("n"), m.value("n", 1)
    return raw(m, hour, minute) if hour <= 24 and 15 <= minute <= 55 and minute % 5 == 0 else None


def _hours_alone(m: Match, context: Context) -> Token | None:
    """ "Quinta dia 22, onze horas": hours between commas, too many to be a length."""
    hour = m.value("n")
    if not context.table.day_by_article or m.value("u") != ("hour", 1) or not 7 <= hour <= 23:
        return None
    return raw(m, hour)


def _hour_in_the(m: Match, context: Context) -> list[Token] | None:
    """ "Thursday, seven in the evening": nobody says so of Thursday the 7th."""
    return _number_is_hour(m, context) if context.table.code == "en" and m.value("n") <= 12 else None


def _day_of_weekday(m: Match, context: Context) -> list[Token] | None:
    """ "El miércoles 16 por la tarde": a coming 16th that is a Wednesday is the day, and no 16 o'clock."""
    number, weekday = m.get("n"), m.value("W")
    if number is None or not isinstance(weekday, int) or not 1 <= number.value <= 31:
        return None
    month = (context.today + timedelta(days=each) for each in range(31))
    if not any(day.day == number.value and day.weekday() == weekday for day in month):
        return None
    return [replace(token, tag="o") if token is number else token for token in m.tokens]


def _article_range(m: Match, context: Context) -> list[Token] | None:
    """ "De 9 a 11", where the word before is no more than an article."""
    if not context.table.day_by_article or m.tokens[0].value == m.value("b") == "the":
        return None  # "del 21 al 23" are days
    return [
        Token("c", (t.value, 0, 0, False), t.start, t.end) if t.tag == "n" and t.value <= 24 else t for t in m.tokens
    ]


def _day_and_hour(m: Match, _: Context) -> list[Token]:
    """ "May 5 - 3 pm" is a day and an hour."""
    *before, pair = m.tokens
    day, hour = (Token("n", value, pair.start, pair.end, str(value)) for value in pair.value)
    return [*before, day, Token("-", None, pair.start, pair.end), hour]


def _pair_is_range(m: Match, _: Context) -> list[Token] | None:
    pair = m.get("e")
    if pair is None or max(pair.value) > 24:
        return None
    first, last = (Token("c", (hour, 0, 0, False), pair.start, pair.end) for hour in pair.value)
    between = [first, Token("b", None, pair.start, pair.end), last]
    at_pair = m.tokens.index(pair)
    return [*m.tokens[:at_pair], *between, *m.tokens[at_pair + 1 :]]


def _dotted(m: Match, context: Context) -> list[Token] | None:
    """10.30 is a time after "at", a date after "on" or a weekday; alone a time if it ends like one."""
    pair = m.get("v")
    if pair is None:
        return None
    hour, minute, two_figures = pair.value
    before = m.tokens[0].tag
    is_date = before in "OW" or (hour > 24 and minute <= 12)
    timely = two_figures and hour <= 24 and minute <= 59
    if timely and (before in "tAE~>Bp" or (minute % 5 == 0 and not (is_date and minute <= 12 and before == "O"))):
        token = Token("c", (hour, minute, 0, False), pair.start, pair.end)
    elif is_date or context.table.ordinal_dot or (context.table.day_by_article and _may_be_date(pair.value)):
        token = Token("x", (None, hour, minute), pair.start, pair.end)
    else:
        token = Token("z", None, pair.start, pair.end)
    return [token if each is pair else each for each in m.tokens]


def _may_be_date(pair: tuple[int, int, bool]) -> bool:
    """ "12.01", which no clock is read out like."""
    day, month, two_figures = pair
    return two_figures and 1 <= day <= 31 and 1 <= month <= 12


def _noon(m: Match, _: Context) -> Token:
    hour = m.value("Z")
    return raw(m, 23, 59, 0, True) if hour == 24 else raw(m, hour, 0, 0, True)


def _clock(m: Match, _: Context) -> Token:
    clock = at(*m.value("c"))
    return m.token("C", clock) if clock else m.nothing()


# A number after these is an hour, unless a unit, a month or something counted follows.
_NOT_COUNTED = r"(?![ufyK#n]|M(?!d?[on])|-[no]|[&br-]d?[no]f?M)"

CLOCK_TIMES = (
    rule(r"%(?=d?[ncvZPWMe])", lambda m, _: m.token("A", None)),  # "the one after 3"
    rule(r"(?<![nc])(?<![nc]k)[hq]-?[pAbEm]-? n(?!u)", _past),
    rule(r"(?<=t)nb n(?!u)", lambda m, c: _past(m, c) if m.value("n") in SPOKEN_MINUTES else None),
    rule(r"(?<!h)(?<!h-)n u?[AEp]h-?n(?!u)", _around_half),
    rule(r"(?<![>BM])(?<!M,)n(?: u?[pbAE]|Ot|F) n(?!u)", _minutes_to),
    rule(r"q(?:Ot|F) n(?!u)", lambda m, c: _past(m, c) if c.table.day_by_article else None),
    rule(r"qf n(?![uKf])", _quarter_of),
    rule(r"nfn(?= ?[RWPak])", _minutes_of),
    rule(r"BP(?= [&b-])", _from_midday),
    rule(r"(?<=[cn])tn(?=[,;]|$)", _both_of_them),
    rule(r"tnu(?![A<wg])", _hours_told),
    rule(r"(?<=,)nu(?=[,;]|$)", _hours_alone),
    rule(r"[ny](?= O?d?[WR])|[WR] [ny](?=[,;z]|$)|M ?n(?=[,;z]|$)", _military),
    rule(r"tn&n(?!u)", _and_minutes),
    rule(r"fn(?=tc)", _article_range),
    rule(r"n uA n(?!u)", _past),
    rule(r"[hq][pAbEm] Z|n u?[pbE] Z", _past_noon),
    rule(r"nq-?n(?!u)", _three_quarters),
    rule(r"[hq]-?n(?!u)", _half),
    rule(r"(?:[nc] k?|Z )(?:[hq]|m q|m n)", _then_minutes),
    rule(r"nk n(?!u|f?[,-]*M)", _then_minutes),
    rule(r"(?<![no])(?<![no]f)M ?e(?= ?[ak])", _day_and_hour),
    rule(r"n-?n k?a", _two_numbers),
    rule(r"[tAE~>B]n-?n", _two_numbers),
    rule(r"(?<!M)n-?n(?=[;,z]|$)", _two_numbers),
    rule(r"n-?n(?= (?:[iO]?d?P|O?d?[RNW]|Od?o))", _two_numbers),
    rule(r"e(?= [aP])|[tB>~P]e", _pair_is_range),
    rule(r"[ncv]k? a", _am_pm),
    rule(r"(?<![ig])nk", _number_is_hour),
    rule(r"ck", lambda m, _: m.token("c", m.value("c"))),
    rule(r"[nc]? Z", _noon),
    rule(r"[tAE~>BpOW]?v", _dotted),
    rule(r"W n(?= id?P)", _hour_in_the),
    rule(r"(?:[itOf] )?d?P", lambda m, _: m.token("P", m.value("P"))),
    rule(r"W d?n(?= P)", _day_of_weekday),
    rule(r"(?<![MD#d])n(?= P)|(?<=[on]M)n(?= P)", _number_is_hour),
    rule(r"(?<![MD#])n(?= O?[RW] P)", _number_but_one_is_hour),
    rule(r"P [tF~]?n" + _NOT_COUNTED, _number_is_hour),
    rule(r"[tAEp~>B]d?n" + _NOT_COUNTED, _number_is_hour),
    rule(r"tn(?=[no]f?[,-]*M|nu[wg]|M[,d-]*[on](?! ?[akPu]))", _number_is_hour),
    rule(r"bn" + _NOT_COUNTED, lambda m, c: _number_is_hour(m, c) if m.value("b") == "until" else None),
    rule(r"(?<=[WR])Fn(?=z)", _for_one),
    rule(r"F n(?= (?:O d?)?[WRxNT])|[WR]F n" + _NOT_COUNTED, _number_is_hour),
    rule(r"fn b n" + _NOT_COUNTED, _article_range),
    rule(r"n~(?! ?[nc])", _number_is_hour),
    rule(r"(?<!M)(?<!M,)n(?= [b&r-] c)|c [b&r-] n" + _NOT_COUNTED, _number_is_hour),
    rule(r"c", _clock),
)
