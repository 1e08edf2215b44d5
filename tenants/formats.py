"""Dates, times, numbers and money as the reader's language writes them.

Pages and Python say what to show in Django's letters, as for English ("D j M, H:i"); in en-gb that is what is shown,
letter by letter. In the other languages CLDR puts the same parts in order (Babel, loaded on first use):
"Fr., 27. Nov., 10:00".
"""

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from django.utils import formats, timezone, translation
from django.utils.functional import Promise

from tenants import places
from tenants.folding import fold

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern
    from django.utils.functional import _StrPromise

SOURCE = "en-gb"
CLDR = {"de": "de", "es": "es", "fr": "fr", "pt": "pt_PT"}  # CLDR's plain "pt" is Brazilian
FIELDS = {"D": "E", "l": "EEEE", "j": "d", "M": "MMM", "F": "MMMM", "Y": "y", "H": "H", "i": "m", "s": "s"}
DATE, TIME = "yMEd", "Hms"

Moment = dt.datetime | dt.date | dt.time
# What stands on a page; lazy where it was marked at import.
if TYPE_CHECKING:
    Words = str | _StrPromise
else:
    Words = str | Promise


def shown(value: Moment, form: str) -> str:
    """`shown(day, "D j M")`: the parts of `form` (D l j M F Y H i s) in the active language.

    An aware datetime is shown in the zone that is active (below /b/<slug>/ the business's own). Other letters:
    ValueError.
    """
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return plainly(value, form)


def plainly(value: Moment, form: str) -> str:
    """As `shown`, in the zone that the datetime already has."""
    language = reader_language()
    if language == SOURCE:
        return formats.time_format(value, form) if isinstance(value, dt.time) else formats.date_format(value, form)
    return _pattern(language, form).apply(value, _locale(language))


def days(first: dt.date, last: dt.date) -> str:
    """From one day to another, both counted: "31 Oct – 27 Nov 2026", "31. Okt. – 27. Nov. 2026"."""
    language = reader_language()
    if first == last:
        return shown(first, "j M Y")
    if language == SOURCE:
        return f"{shown(first, 'j M' if first.year == last.year else 'j M Y')} – {shown(last, 'j M Y')}"
    from babel.dates import format_interval

    thin = "\u2009"  # CLDR's space beside the dash; everywhere else on the pages it is a whole one
    return format_interval(first, last, "yMMMd", locale=_locale(language)).replace(thin, " ")


def span(begin: dt.datetime, end: dt.datetime) -> str:
    """Aware moments: whole days by their dates, both counted ("Tue 1 Dec 2026", "1 – 3 Dec 2026"); hours of one day as
    "Tue 1 Dec 2026, 09:00–12:00"; anything else with both times."""
    starts, ends = timezone.localtime(begin), timezone.localtime(end)
    midnight = ends.time() == dt.time.min and starts < ends
    last = ends.date() - dt.timedelta(days=1) if midnight else ends.date()
    if midnight and starts.time() == dt.time.min:
        return shown(last, "D j M Y") if last == starts.date() else days(starts.date(), last)
    until = "24:00" if midnight else shown(end, "H:i")
    if starts.date() == last:
        return f"{shown(begin, 'D j M Y, H:i')}–{until}"
    return f"{shown(begin, 'D j M Y, H:i')} – {shown(last, 'D j M Y')}, {until}"


def number(value: float | Decimal, places: int = 0) -> str:
    """12,345.6 in English, 12.345,6 in German; always with so many decimal places."""
    language = reader_language()
    if language == SOURCE:
        return f"{value:,.{places}f}"
    from babel.numbers import format_decimal

    return format_decimal(value, format=_digits(places), locale=_locale(language))


def percent(share: float, places: int = 0) -> str:
    """0.42 → 42% in English, 42 % in German."""
    language = reader_language()
    if language == SOURCE:
        return f"{share:.{places}%}"
    from babel.numbers import format_percent

    locale = _locale(language)
    form = locale.percent_formats[None].pattern.replace("#,##0", _digits(places))
    return format_percent(share, format=form, locale=locale)


def money(amount: float | Decimal, currency: str = "USD", places: int = 2) -> str:
    """$1234.50 in English, 1.234,50 $ in German."""
    language = reader_language()
    if language == SOURCE and currency == "USD":
        return f"${amount:.{places}f}"
    from babel.numbers import format_currency

    locale = _locale(language)
    form = locale.currency_formats["standard"].pattern.replace("#,##0.00", _digits(places))
    return format_currency(amount, currency, format=form, locale=locale, currency_digits=False)


def mid_sentence(label: Words) -> str:
    """A label inside a sentence: small letters in English; elsewhere as it is, since nouns may need their capital."""
    return str(label).lower() if reader_language() == SOURCE else str(label)


def countries() -> dict[str, str]:
    """ISO 3166 code → name in the active language, by name."""
    language, english = reader_language(), places.countries()
    if language == SOURCE:
        return english
    names = {code: str(_locale(language).territories.get(code, name)) for code, name in english.items()}
    return dict(sorted(names.items(), key=lambda each: fold(each[1])))


def reader_language() -> str:
    """The active language's code, one of settings.LANGUAGES."""
    language = (translation.get_language() or SOURCE)[:2]
    return language if language in CLDR else SOURCE


@cache
def _locale(language: str) -> "Locale":
    from babel import Locale

    return Locale.parse(CLDR.get(language, "en_GB"))


def _digits(places: int) -> str:
    return "#,##0" + ("." + "0" * places if places else "")


@cache
def _pattern(language: str, form: str) -> "DateTimePattern":
    from babel.dates import get_datetime_format, parse_pattern

    asked = [FIELDS.get(letter) for letter in re.findall(r"\w", form)]
    if None in asked:
        raise ValueError(f"a form of D l j M F Y H i s is wanted, not {form!r}")
    locale = _locale(language)
    date = _nearest(locale, [each for each in asked if each and each[0] in DATE])
    time = _nearest(locale, [each for each in asked if each and each[0] in TIME])
    both = str(get_datetime_format("medium", locale=locale))
    return parse_pattern(both.replace("{1}", date).replace("{0}", time) if date and time else date or time)


def _nearest(locale: "Locale", asked: list[str]) -> str:
    """CLDR's pattern of just these fields, with the widths that are asked for."""
    if not asked:
        return ""
    wanted = {each[0]: len(each) for each in asked}
    near = [
        (_distance(wanted, widths), str(skeleton))
        for skeleton in locale.datetime_skeletons
        if (widths := _widths(str(skeleton))).keys() == wanted.keys()
    ]
    pattern = str(locale.datetime_skeletons[min(near)[1]].pattern) if near else "".join(asked)
    if "E" in wanted:
        pattern = re.sub("E+|c+", lambda run: run[0][0] * max(3, wanted["E"]), pattern)
    if "M" in wanted:
        pattern = re.sub("M+|L+", lambda run: run[0][0] * wanted["M"], pattern)
    if wanted.get("M", 0) >= 3:  # Portuguese has figures alone with a day: "7/nov./2026" would mix the two
        pattern = re.sub("(?<=[dM])/(?=[Myd])", " 'de' ", pattern)
    return pattern


def _widths(skeleton: str) -> dict[str, int]:
    return {str(run[1]): len(run[0]) for run in re.finditer(r"(.)\1*", skeleton)}


def _distance(wanted: dict[str, int], widths: dict[str, int]) -> int:
    """A month in figures, shortened or in full changes the words around it; a weekday doesn't."""
    return sum(abs(wanted[letter] - widths[letter]) * (10 if letter == "M" else 1) for letter in wanted)
