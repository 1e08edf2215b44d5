"""When the house is open: stretches and breaks that a reply tells are those of the published week."""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from agents.runtime.outgoing.answers import YES, moments_asked
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.general import WEEKDAYS, is_of_the_house
from agents.runtime.outgoing.kinds_of_words import HOURS, OPEN
from agents.runtime.outgoing.moments import Moment, moments
from agents.runtime.outgoing.sentences import Sentence

A_WEEK = 7  # days
Stretch = tuple[dt.time, dt.time]
Week = tuple[tuple[Stretch, ...], ...]  # of each weekday from Monday; () where it is closed

_HOURS = re.compile(r"(\d\d):(\d\d)[–-](\d\d):(\d\d)")
_OPENS = re.compile(
    r"(?<!\w)(?:open|we(?:'re| are) (?:here|in)|geoffnet|offen|da|abiert\w*|abrimos|abre|atendemos|estamos|ouvert\w*"
    r"|ouvrons|accueill\w+|recevons|abert\w*|abre|atendemos|funcionamos)(?!\w)"
)
_CLOSES = re.compile(
    r"(?<!\w)(?:clos\w+|shut|lunch\w*|break|not open|geschlossen|zu|schlies\w*|pause\w*|mittag\w*|cerra\w+|cierra\w*"
    r"|paramos|descans\w+|comida|fermee?s?|fermons|ferme\w*|pause|fecha\w*|encerra\w*|almoco|paramos|intervalo)(?!\w)"
)
_DENIES = re.compile(r"(?<!\w)(?:no|not|\w+n't|nein|nicht|kein\w*|pas|non|n'\w+|nao|never|nie|nunca|jamais)(?!\w)")
_STRAIGHT = re.compile(
    r"(?<!\w)(?:straight through|all day|without (?:a )?break|no break|non-?stop|durchgehend|durch(?!\w)|ohne pause"
    r"|sin (?:interrupcion|pausa|descanso|cerrar)|(?:de )?(?:un tiron|seguido|corrido)|no cerramos"
    r"|sans (?:interruption|pause|coupure)|en continu|sem (?:interrupcao|pausa|intervalo|fechar)|seguido)(?!\w)"
)


def wrong_hours(sentences: Sequence[Sentence], text: str, ground: Ground) -> list[str]:
    """["time"] when a stretch of time that is told as the house's is none of its week's, nor one of its breaks."""
    if ground.heard is None or ground.heard.brief.places or not ground.heard.brief.opening_hours:
        return []
    week = _week(ground.heard.brief.opening_hours)
    if week is None:
        return []
    named = [(each, _stretches(each, text, ground)) for each in sentences if not each.question]
    if sentences and _affirms_the_closed(sentences[0], text, week, ground):
        return ["time"]
    told = {stretch for _, found in named for each in found for stretch in _of(each)}
    for place, (sentence, found) in enumerate(named):
        before = named[place - 1][0].folded if place else ""
        about = HOURS.search(sentence.folded) or _OPENS.search(sentence.folded)
        if _is_shut_now(sentence, week, ground) or _is_open_then(sentence, text, week, ground):
            return ["time"]
        if _tells_another_edge(sentence, text, week, ground):
            return ["time"]
        if not found and _STRAIGHT.search(sentence.folded) and not place and _breaks_when_asked(week, ground):
            return ["time"]
        about = about or (_STRAIGHT.search(sentence.folded) if not place else None)
        if not found or not (about or _is_answer(sentence, before)):
            continue
        own = _its_days(found[0], _moments(sentence, text, ground), sentence.folded) if len(found) == 1 else []
        straight = _goes_straight(sentence, text, ground)
        if straight is not None and any(len(each) > 1 for each in _days(straight, week, ground)):
            return ["time"]
        if not all(_is_of(each, _days([each] if each.date else own, week, ground), told) for each in found):
            return ["time"]
    return []


_PARTS = re.compile(r"[,;](?!\d)|(?<!\w)(?:and|but|und|aber|y|pero|et|mais|e|mas)(?!\w)")


def _part(folded: str, place: int) -> tuple[int, int]:
    """Where the part of a sentence begins and ends that a place is in."""
    begins, ends = 0, len(folded)
    for mark in _PARTS.finditer(folded):
        begins, ends = (mark.end(), ends) if mark.end() <= place else (begins, min(ends, mark.start()))
    return begins, ends


def _goes_straight(sentence: Sentence, text: str, ground: Ground) -> list[Moment] | None:
    """The days and times in the part of a sentence that tells of no break; None where none does."""
    match = _STRAIGHT.search(sentence.folded)
    if match is None:
        return None
    found = _moments(sentence, text, ground)
    begins, ends = _part(sentence.folded, match.start())
    near = [each for each in found if begins <= each.start < ends]
    return near or list(found)


_OPENING = (
    r"(?:we(?:'ll)? open|opens|offnen|offnet|mach(?:en|t)(?: wir)?(?= [^,;]*\bauf\b)|abrimos|abre|rouvr\w+"
    r"|ouvrons|ouvre)"
)
_CLOSING = (
    r"(?:we(?:'ll)? (?:close|shut)|closes|schlies(?:en|t)|mach(?:en|t)(?: wir)?(?= [^,;]*\bzu\b)|cerramos|cierra"
    r"|fermons"
    r"|ferme|fechamos|fecha|encerramos|encerra)"
)
_EDGE = re.compile(rf"(?<!\w)(?:(?P<opens>{_OPENING})|(?P<closes>{_CLOSING}))(?!\w)")
BESIDE = 16  # characters between a verb and its time


def _tells_another_edge(sentence: Sentence, text: str, week: Week, ground: Ground) -> bool:
    """ "On Fridays we're here until eight", or "we close at eight", when the house closes at three."""
    folded = sentence.folded
    about = HOURS.search(folded) or _OPENS.search(folded)
    if not about or _DENIES.search(folded) or ground.coming or ground.offered or is_of_the_house(sentence, ground):
        return False
    found = _moments(sentence, text, ground)
    return any(
        not _edges(each, folded, _days(_its_days(each, found, folded), week, ground)) & each.times
        for each in found
        if each.time is not None and (each.time.kind in ("by", "after") or _edge_at(each, folded))
    )


def _edge_at(moment: Moment, folded: str) -> re.Match[str] | None:
    """The verb of opening or closing right before a time."""
    if moment.time is None or moment.time.kind != "at":
        return None
    first = moment.date is None or moment.time.start < moment.date.start
    begins = moment.start if first else moment.end - (moment.time.end - moment.time.start)
    verbs = [each for each in _EDGE.finditer(folded) if 0 <= begins - each.end() <= BESIDE]
    return verbs[-1] if verbs else None


def _its_days(moment: Moment, found: Sequence[Moment], folded: str) -> list[Moment]:
    """The days that a time is said of: its own, else the one before it or in the same part of the sentence."""
    if moment.date is not None:
        return [moment]
    begins, ends = _part(folded, moment.start)
    days = [each for each in found if each.names_a_day and (each.start < moment.start or begins <= each.start < ends)]
    return days[-1:]


def _edges(moment: Moment, folded: str, days: Sequence[Sequence[Stretch]]) -> set[dt.time]:
    """When the house opens and closes on those days, as far as this time can tell of it."""
    begins = {stretch[0] for day in days for stretch in day}
    ends = {stretch[1] for day in days for stretch in day}
    verb = _edge_at(moment, folded)
    if verb is not None:
        return begins if verb["opens"] else ends
    if _CLOSES.search(folded):
        return begins | ends
    return ends if moment.until else begins


def _breaks_when_asked(week: Week, ground: Ground) -> bool:
    """The patient asks of one day, which has a break."""
    days = [each for each in moments_asked(ground) if each.names_a_day]
    return len(days) == 1 and any(len(each) > 1 for each in _days(days, week, ground))


def _is_answer(sentence: Sentence, before: str) -> bool:
    """ "Yes, we open. From 8 to 20": few words beside the times."""
    return bool(HOURS.search(before)) and len(re.findall(r"[^\W\d_]+", sentence.folded)) <= 4


_NOW = re.compile(
    r"(?<!\w)(?:now|right now|at the moment|currently|jetzt|gerade|im moment|momentan|ahora(?: mismo)?|en este momento"
    r"|maintenant|en ce moment|actuellement|agora|neste momento)(?!\w)"
)
_SHUT = re.compile(
    r"(?<!\w)(?:closed|geschlossen|ruhetag|cerrad\w+|cerramos|no abrimos|fermee?s?|fermons|fechad\w+|fechamos"
    r"|encerrad\w+|encerramos|(?:not|n't) open\w*|nicht (?:geoffnet|offen))(?!\w)"
)


def is_open_at(moment: Moment, ground: Ground) -> bool:
    """Whether each of its days (every open one, where none is named) has it within its opening hours."""
    week = _week(ground.heard.brief.opening_hours) if ground.heard else None
    if week is None:
        return False
    days = _days([moment], week, ground)
    return any(
        all(any(begins <= clock < ends for begins, ends in day) for day in days) for way in moment.ways for clock in way
    )


def _is_shut_now(sentence: Sentence, week: Week, ground: Ground) -> bool:
    """ "We're open now", before the house opens."""
    text = sentence.folded
    if not _NOW.search(text) or not OPEN.search(text) or _DENIES.search(text) or _CLOSES.search(text):
        return False
    clock = ground.now.time()
    return not any(begins <= clock < ends for begins, ends in week[ground.now.weekday()])


def _is_open_then(sentence: Sentence, text: str, week: Week, ground: Ground) -> bool:
    """ "We're closed on Tuesdays", when the house is open."""
    if not _SHUT.search(sentence.folded) or _STRAIGHT.search(sentence.folded):
        return False
    found = _moments(sentence, text, ground)
    named = [each for each in found if each.names_a_day]
    if not named or any(each.time is not None for each in found):
        return False
    days = _days(named, week, ground)
    assert ground.heard is not None
    if any(each.date.weekday() in _weekdays(named) for each in ground.heard.brief.special_days if not each.hours):
        return False
    return len(named) == 1 and all(days)


def _weekdays(named: Sequence[Moment]) -> set[int]:
    return {reading.first.weekday() for each in named if each.date for reading in each.date.readings}


def _affirms_the_closed(first: Sentence, text: str, week: Week, ground: Ground) -> bool:
    """ "Yes, Saturday mornings", asked whether it is open on a day on which it is not."""
    if not ground.patients_words or first.question or _DENIES.search(first.folded) or _CLOSES.search(first.folded):
        return False
    if not OPEN.search(fold(ground.patients_words[-1])):
        return False
    yes = YES.match(first.folded) or _WE_ARE.match(first.folded)
    own = [each for each in _moments(first, text, ground) if each.names_a_day]
    if not (yes or OPEN.search(first.folded) or (not own and _stretches(first, text, ground))):
        return False
    asked = [each for each in moments_asked(ground) if each.names_a_day]
    return any(len(days) == 1 and not any(_days(days, week, ground)) for days in (own or asked, asked if yes else ()))


_WE_ARE = re.compile(
    r"\W*(?:we are|we're|we do|(?:haben|sind) wir|(?:sy |si )?abrimos|on est (?:la|ouvert)|estamos)(?!\w)"
)


def _stretches(sentence: Sentence, text: str, ground: Ground) -> list[Moment]:
    if not re.search(r"\d", sentence.folded):
        return []
    found = _moments(sentence, text, ground)
    return [each for each in found if each.time is not None and each.time.kind == "between"]


def _moments(sentence: Sentence, text: str, ground: Ground) -> Sequence[Moment]:
    return moments(text[sentence.start : sentence.end], sentence.codes, ground.now, ground.names)


def _of(moment: Moment) -> list[Stretch]:
    assert moment.time is not None
    return [(each.start, each.end) for each in moment.time.readings if each.start and each.end]


def _is_of(moment: Moment, days: Sequence[Sequence[Stretch]], told: set[Stretch]) -> bool:
    """An opening of each of the days, a break between two, or the whole day where its breaks are told as well."""
    every = all if moment.date and moment.date.readings[0].last < dt.date.max else any
    return any(every(_fits(stretch, day, told) for day in days) for stretch in _of(moment))


def _fits(stretch: Stretch, day: Sequence[Stretch], told: set[Stretch]) -> bool:
    breaks = [(first[1], second[0]) for first, second in itertools.pairwise(day)]
    if stretch in day or stretch in breaks:
        return True
    return bool(breaks) and stretch == (day[0][0], day[-1][1]) and any(each in told for each in breaks)


def _days(found: Sequence[Moment], week: Week, ground: Ground) -> list[tuple[Stretch, ...]]:
    """Of the days that are named; of every open day where none is."""
    assert ground.heard is not None
    special = {each.date: each.hours for each in ground.heard.brief.special_days}
    days: list[tuple[Stretch, ...]] = []
    for moment in found:
        if moment.date is None:
            continue
        reading = moment.date.readings[0]
        length = (reading.last - reading.first).days
        if length > A_WEEK:  # "from tomorrow on"
            continue
        for ahead in range(length + 1):
            day = reading.first + dt.timedelta(days=ahead)
            days.append(_stretches_in(special[day]) if day in special and not length else week[day.weekday()])
    return days or [each for each in week if each]


@lru_cache(maxsize=256)
def _week(lines: tuple[str, ...]) -> Week | None:
    """None where it is not told day by day."""
    found = {line.split(" ", 1)[0]: _stretches_in(line) for line in lines}
    return tuple(found[name] for name in WEEKDAYS) if set(WEEKDAYS) <= set(found) else None


def _stretches_in(line: str) -> tuple[Stretch, ...]:
    return tuple((dt.time(int(a), int(b)), dt.time(int(c) % 24, int(d))) for a, b, c, d in _HOURS.findall(line))
