"""The dates and times in a sentence, read by the diary's own grammar (calendar_sync.when)."""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agents.runtime.outgoing.folding import fold
from calendar_sync.when import DateChoice, Mention, TimeChoice, understand
from calendar_sync.when.language import language as table_of

NEXT_TO = 8  # characters between a date and its time
_AHEAD = (
    r"(?:notice|before\w*|ahead|in advance|vorher|im voraus|zuvor|avant|a l'avance|\u00e0 l'avance|antes"
    r"|de antelacion|de antecedencia|de anticipacion|antecedencia)"
)
_NO_MOMENT = re.compile(
    r"^\s*(?:\d{1,2}[.)]|\d\ufe0f?\u20e3)\s+"
    r"|#\d+|\by (?:a|aura|avait) une\b(?! heure)"
    r"|[£€$]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[£€]|\$|euros?\b|eur\b|pounds?\b|gbp\b|libras?\b|livres?\b"
    r"|pfund\b|dollars?\b|usd\b|chf\b|francs?\b)"
    r"|\d+(?:\s?[-–]\s?\d+)?\s?-?(?:min(?:s|uten?|utes?|utos?|utinhos)?|days?|tagen?|dias?|jours?"
    r"|weeks?|wochen?|semanas?|semaines?|months?"
    r"|monaten?|meses|mois|years?|jahren?|anos?|ans|km|m)\b(?!\s?(?:past|to|before|vor|nach)\s)"
    rf"|\d+\s?(?:h|std|hours?|hrs?|stunden?|horas?|heures?)\s(?:\w+\s)?{_AHEAD}"
    r"|(?:within|least|mindestens|al menos|au moins|pelo menos|more than|under|menos de|moins de|au[- ]del[aà] de"
    r"|plus de|m[aá]s de|mais de|over|beyond|[uü]ber"
    r"|weniger als|mehr als|innerhalb von|dentro de|nas proximas|within the next)"
    r"\s\d+\s?(?:h|std|hours?|hrs?|stunden?|horas?|heures?)\b"
    r"|(?<!à )(?<!a )(?<!la )\b(?:une|una|uma)(?: autre| otra| outra)? (?:heure|hora)\b(?! (?:et|y|e"
    r"|moins|menos|du|de la)\b)"
    r"|\+?\d[\d ()/-]{7,}\d"
    r"|\b(?:\w+ )(?:minutes?|minuten|minutos)\s(?:early|earlier|late|later|beforehand|fr[uü]her|sp[aä]ter"
    r"|antes|despu[eé]s|plus t[oô]t|plus tard|mais cedo|mais tarde|depois)"
    r"|(?<!\w)[aà] (?:une|uma) (?!heures?\b|horas?\b|et\b|e\b|moins\b|da\b|du\b)[^\W\d_]{3,}"
    r"|(?<!\w)para uma (?!hora\b|e\b|da\b|menos\b)[^\W\d_]{3,}"
    r"|(?:comptez|pr[eé]voyez|durent?|prend|prennent|pendant|[€£] et|environ) (?:\w+ )?(?:une|deux) heures?"
    r"(?: et (?:demie|quart)\b)?"
    r"|(?:durent?|dure|prend|prennent) (?:\w+ ){0,2}une heure\b"
    r"|(?:durent?|dure|prend|comptez|pr[eé]voyez|dura|duran|duram|demora|lleva|leva) (?:\w+ )?\d\s?h(?:\s?\d\d)?\b"
    r"|(?<=matin )ou apr[eè]s-midi"
    r"|(?<!\w)(?:(?:on|during) weekdays|during the week|werktags|unter der woche|entre semana|en semaine"
    r"|(?:nos|em|aos) dias (?:[uú]teis|de semana)|(?:en|los) d[ií]as laborables)(?!\w)"
    r"|(?<!\w)(?:closed (?:at|on|over) (?:the )?weekends?|am wochenende (?:ist |haben wir |sind wir )?(?:geschlossen"
    r"|zu)|(?:cerrad\w+|cerramos) (?:los |el )?fin(?:es)? de semana|ferm\w+ le week-?end"
    r"|fech\w+ (?:ao|no|aos|nos) fi(?:m|ns) de semana)(?!\w)"
    r"|(?<!a )(?<!\w)(?:las|los) (?:dos|tres)(?= (?:con|son|libres|est[aá]n|hacen)|[,.!]|$)"
    r"|(?<=day )ones?\b(?! (?:o'clock|pm|am|p\.m|a\.m|thirty|fifteen))"
    r"|(?<=[€£] )as (?:duas|tr[eê]s)\b"
    r"|(?<!\w)as (?:duas|tr[eê]s)(?= (?:com|s[aã]o|livres|est[aã]o))"
    r"|(?<!\w)(?:at[eé] uma (?:pr[oó]xima|outra)|jusqu'[aà] une prochaine)(?!\w)"
    r"|\b24\s?/\s?7\b|https?://\S+|\S+@\S+",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A date, a time or both, as far as they were said together; offsets in the reply."""

    date: DateChoice | None
    time: TimeChoice | None
    start: int
    end: int
    wrong_weekday: bool = False
    before: dt.date | None = None  # "before Tuesday at 14:00"

    @property
    def exact(self) -> bool:
        return self.time is not None and self.time.kind in ("at", "around")

    @property
    def times(self) -> set[dt.time]:
        """What its figures name; nothing for a part of the day."""
        if self.time is None or self.time.kind == "part":
            return set()
        return {each for reading in self.time.readings for each in (reading.start, reading.end) if each is not None}

    @property
    def ways(self) -> list[set[dt.time]]:
        """The same, by each way to read it: both ends of "from 1 to 2"."""
        if self.time is None or self.time.kind == "part":
            return []
        return [{t for t in (each.start, each.end) if t is not None} for each in self.time.readings]

    @property
    def until(self) -> bool:
        return self.time is not None and self.time.kind == "by"

    def on(self, day: dt.date) -> bool:
        if self.date is None or any(day in reading for reading in self.date.readings):
            return True
        return self.before == day and self.time is not None

    @property
    def names_a_day(self) -> bool:
        """A date of one day, not a stretch."""
        return self.date is not None and self.date.readings[0].single

    def shifted(self, by: int) -> "Moment":
        """The same, `by` signs further on in the text."""
        return replace(self, start=self.start + by, end=self.end + by)


def blanked(text: str, names: re.Pattern[str] | None = None) -> str:
    """As long as the text, without what only looks like a time, and without `names` ("Sam" is Saturday in French)."""
    if names is not None:
        text = names.sub(lambda match: "x" * len(match[0]), text)
    return _NO_MOMENT.sub(lambda match: re.sub(r"\S", "x", match[0]), text)


@lru_cache(maxsize=512)
def moments(
    text: str, languages: tuple[str, ...], now: dt.datetime, names: re.Pattern[str] | None = None
) -> tuple[Moment, ...]:
    """All of them, in order, by the language that makes most of the text."""
    plain = blanked(text, names)
    readings = [_pieces(plain, language, now) for language in languages]
    return max(readings, key=_told, default=())


def _pieces(text: str, language: str, now: dt.datetime) -> tuple[Moment, ...]:
    """A semicolon parts what belongs together: "at 11:00 and 17:30; on Saturday Jonas is here"."""
    found: tuple[Moment, ...] = ()
    begin = 0
    for match in _SEMICOLON.finditer(text):
        found += _read(text[begin : match.end()], language, now, begin)
        begin = match.end()
    return found + _read(text[begin:], language, now, begin)


_SEMICOLON = re.compile(r";(?=\s)")


def _told(found: tuple[Moment, ...]) -> tuple[int, int]:
    covered = sum(each.end - each.start for each in found)
    return covered, -len(found)


def _read(text: str, language: str, now: dt.datetime, offset: int) -> tuple[Moment, ...]:
    when = understand(text, now=now, language=language)
    if when.correction is not None and when.correction < len(text):
        left = text[: when.correction]
        left = left[: len(left) - len(left.split()[-1])] if left.split() else ""
        if left.strip() and any(c.isalnum() for c in text[when.correction :]):
            right = _read(text[when.correction :], language, now, offset + when.correction)
            return (*_read(left, language, now, offset), *right)
    torn = _torn(when.mentions)
    if torn and text[torn:].strip():
        return (*_read(text[:torn], language, now, offset), *_read(text[torn:], language, now, offset + torn))
    pairs = [(_nearest(each, when.excluded_dates), each.time) for each in when.mentions if not each.is_now]
    taken = [date for date, _ in pairs]
    pairs += _together([each for each in when.excluded_dates if each not in taken], when.excluded_times)
    pairs = [(date, _its_own(date, time, pairs)) for date, time in pairs]
    found = [_moment(date, time, text, language, offset) for date, time in pairs if date or time]
    return tuple(sorted(found, key=lambda each: each.start))


def _its_own(
    date: DateChoice | None, time: TimeChoice | None, pairs: Sequence[tuple[DateChoice | None, TimeChoice | None]]
) -> TimeChoice | None:
    """None where a date closer by has the same time: "Tuesday is gone, the new one is Wednesday at 3"."""
    if date is None or time is None:
        return time
    rivals = [other for other, its in pairs if other is not None and its is not None and its.start == time.start]
    between = [other for other in rivals if date.end <= other.start and other.end <= time.start]
    return None if between else time


def _nearest(mention: Mention, excluded: Sequence[DateChoice]) -> DateChoice | None:
    """ "On Wednesday at 3 instead of Tuesday at 2": a time belongs to the date that stands before it."""
    date, time = mention.date, mention.time
    if date is None or time is None:
        return date
    return next((each for each in excluded if date.end <= each.start and each.end <= time.start), date)


def _together(
    dates: Sequence[DateChoice], times: Sequence[TimeChoice]
) -> list[tuple[DateChoice | None, TimeChoice | None]]:
    """ "Instead of Tuesday at 2": a date and the time right after it."""
    pairs: list[tuple[DateChoice | None, TimeChoice | None]] = []
    left = list(times)
    for date in dates:
        near = next((time for time in left if -2 <= time.start - date.end <= NEXT_TO), None)
        left = [time for time in left if time is not near]
        pairs.append((date, near))
    return [*pairs, *((None, time) for time in left)]


def _torn(mentions: Sequence[Mention]) -> int:
    """ "From Tuesday at 11:00 to Wednesday at 16:00": where a time ends that was given the date of the next one; 0."""
    for first, second in itertools.pairwise(mentions):
        if (
            first.date
            and first.time
            and second.time
            and first.date == second.date
            and first.time.end <= first.date.start
        ):
            return first.time.end
    return 0


def _moment(date: DateChoice | None, time: TimeChoice | None, text: str, language: str, offset: int) -> Moment:
    parts = [part for part in (date, time) if part]
    return Moment(
        date=date,
        time=time,
        start=offset + min(part.start for part in parts),
        end=offset + max(part.end for part in parts),
        before=_before(date, text) if date is not None else None,
        wrong_weekday=date is not None and _contradicts(date, text[date.start : date.end], language),
    )


_BEFORE = re.compile(r"(?<!\w)(?:before|vor|antes|avant)(?!\w)", re.IGNORECASE)


def _before(date: DateChoice, text: str) -> dt.date | None:
    reading = date.readings[0]
    if reading.first > dt.date.min or not _BEFORE.search(text[max(0, date.start - NEXT_TO) : date.end]):
        return None
    return reading.last + dt.timedelta(days=1)


def _contradicts(date: DateChoice, said: str, language: str) -> bool:
    """The weekday does not go with the date: not with the nearest one ahead, where no year was said."""
    if date.conflict:
        return True
    weekdays = table_of(language).words["W"]
    named = {weekdays[word] for word in re.findall(r"[^\W\d_]+", fold(said)) if word in weekdays}
    nearest = date.readings[0].last if date.readings[0].first == dt.date.min else date.readings[0].first
    dated = date.weekday is None and re.search(r"\d", said) and not re.search(r"\d{4}", said)
    return bool(dated) and len(named) == 1 and named != {nearest.weekday()}


def named_weekday(found: Sequence[Moment], text: str, is_a: re.Pattern[str]) -> bool:
    """ "25 November is a Tuesday": whether such a sentence is wrong. `text` is the folded sentence from offset 0."""
    for first, second in itertools.pairwise(found):
        if first.date is None or second.date is None or first.date.weekday is not None or second.date.weekday is None:
            continue
        between = text[first.end : second.start]
        days = [reading.first for reading in first.date.readings if reading.single][:1]
        if is_a.fullmatch(f"{between.rstrip()} ") and days and days[0].weekday() != second.date.weekday:
            return True
    return False
