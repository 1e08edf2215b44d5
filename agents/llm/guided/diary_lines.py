"""Offers and appointments as the tools' answers hold them, and finding them again in what was said."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from agents.llm.guided.changing import replace
from agents.llm.guided.languages import Language, all_languages
from calendar_sync.when import Wish, for_booking

TEAM_DECIDES = "the team decides: hand over"  # as my_appointments words it
NO_FEE = "no fee"
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.h](\d{2}))?(?:\s*(am|pm|a\. ?m\.|p\. ?m\.|uhr|h|heures?|horas?)(?!\w)|\b(?=\D|$))", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One service of a visit."""

    service: str
    start: dt.datetime
    practitioner: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A free time from find_slots; `start` is local. `parts` of a visit, two or more; `seats` of a class that its
    ticket books, and how many are `left`."""

    slot: str
    start: dt.datetime
    practitioner: str
    service: str
    place: str = ""  # where there are several locations
    parts: tuple[Part, ...] = ()
    seats: int = 1
    left: int | None = None

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.practitioner for each in self.parts)) or (self.practitioner,)


@dataclass(frozen=True, kw_only=True)
class Appointment:
    reference: str
    start: dt.datetime
    service: str
    practitioner: str
    patient: str
    place: str = ""
    late_to_cancel: str = ""  # what it costs by now, or TEAM_DECIDES
    late_to_move: str = ""
    preparation: str = ""
    visit: int | None = None
    series: int | None = None
    parts: tuple["Appointment", ...] = ()  # all of its visit, itself the first, where they are taken together
    together: int = 1  # how many were made with it


Thing = TypeVar("Thing", Offer, Appointment)


def offers_in(lines: object, service: str) -> tuple[Offer, ...]:
    """The offers of one answer of a tool."""
    return tuple(
        Offer(
            slot=line["slot"],
            start=start,
            practitioner=line.get("practitioner", ""),
            service=service,
            place=line.get("location", ""),
            parts=_parts(line.get("parts")),
            seats=line.get("seats", 1),
            left=line.get("seats_left"),
        )
        for line in lines_in(lines)
        if "slot" in line and (start := start_of(line)) is not None
    )


def appointments_in(lines: object) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(
            reference=line["appointment"],
            start=start,
            service=line.get("service", ""),
            practitioner=line.get("practitioner", ""),
            patient=line.get("patient", ""),
            place=line.get("location", ""),
            late_to_cancel=_fee(line, "late_to_cancel"),
            late_to_move=_fee(line, "late_to_move"),
            preparation=line.get("preparation", ""),
            visit=line.get("visit"),
            series=line.get("series"),
        )
        for line in lines_in(lines)
        if "appointment" in line and (start := start_of(line)) is not None
    )


def visits_as_one(appointments: Sequence[Appointment]) -> tuple[Appointment, ...]:
    """The parts of a visit as one appointment, the first one."""
    first: dict[object, Appointment] = {}
    for each in appointments:
        key = each.reference if each.visit is None else each.visit
        before = first.get(key)
        first[key] = each if before is None else replace(before, parts=(*(before.parts or (before,)), each))
    return tuple(first.values())


def _parts(lines: object) -> tuple[Part, ...]:
    return tuple(
        Part(service=line.get("service", ""), start=start, practitioner=line.get("practitioner", ""))
        for line in lines_in(lines)
        if (start := start_of(line)) is not None
    )


def said(start: dt.datetime, language: Language, country: str) -> str:
    """ "Tuesday 24 November at 15:30", or as Americans write it."""
    return _worded("moment", start, language, country, language.weekdays, language.months)


def said_shortly(start: dt.datetime, language: Language, country: str) -> str:
    """ "Tue 24 Nov, 15:30": at most 24 characters, for a button or a list."""
    return _worded("moment_short", start, language, country, language.weekdays_short, language.months_short)


def said_clock(start: dt.datetime, language: Language, country: str) -> str:
    """ "15:30", or as Americans write it."""
    suffix = "_12" if country in language.twelve_hours else ""
    return language.texts[f"time{suffix}"].format(
        hour=start.hour, hour12=start.hour % 12 or 12, minute=start.minute, half="pm" if start.hour >= 12 else "am"
    )


def _worded(
    name: str, start: dt.datetime, language: Language, country: str, weekdays: Sequence[str], months: Sequence[str]
) -> str:
    suffix = "_12" if country in language.twelve_hours else ""
    time = said_clock(start, language, country)
    return language.texts[name + suffix].format(
        weekday=weekdays[start.weekday()], day=start.day, month=months[start.month - 1], time=time
    )


def mentioned(text: str, things: Sequence[Thing], language: Language, country: str) -> tuple[Thing, ...]:
    """Those that our own text names in full, in its order, whatever language it was written in."""
    for table in all_languages(language.code):
        places = [(text.find(said(each.start, table, country)), each) for each in things]
        found = tuple(each for place, each in sorted(places, key=lambda pair: pair[0]) if place >= 0)
        if found:
            return _where_said(text, found, [said(each.start, table, country) for each in found])
    return ()


def _where_said(text: str, found: tuple[Thing, ...], moments: Sequence[str]) -> tuple[Thing, ...]:
    """Of those at one time in several locations the one whose location stands in the line beside it."""
    kept: dict[dt.datetime, Thing] = {}
    for each, moment in zip(found, moments, strict=True):
        line = next(line for line in text.splitlines() if moment in line)
        if each.start not in kept or (each.place and each.place in line and kept[each.start].place not in line):
            kept[each.start] = each
    several = {each.place for each in found} - {""}
    return tuple(kept.values()) if len(several) > 1 else found


def mentioned_freely(text: str, offers: Sequence[Offer], language: Language, now: dt.datetime) -> tuple[Offer, ...]:
    """Those whose time stands in a text that somebody else wrote ("Tuesday at 3:30 pm", "um 15 Uhr"), in its order.

    Of offers at the same time of several days only those count whose day is named with it.
    """
    wish = for_booking(text, now=now, language=language.code)
    found: dict[dt.datetime, Offer] = {}
    for time in _clock_times(text):
        fitting = [each for each in offers if (each.start.hour, each.start.minute) == time]
        if len({each.start for each in fitting}) > 1:
            fitting = [each for each in fitting if _names_day(wish, each.start)]
        for each in fitting:
            found.setdefault(each.start, each)
    return tuple(found.values())


def _names_day(wish: Wish, start: dt.datetime) -> bool:
    on_it = [each for each in wish.options if each.date and start.date() in each.date.readings[0]]
    return any(len(wish.dates) == 1 or Wish(options=(each,)).rank(start) is not None for each in on_it)


def names_time(text: str, start: dt.datetime) -> bool:
    """Whether somebody else's text (a reminder) speaks of this time: its clock time, and the day of the month."""
    numbers = {int(each) for each in re.findall(r"\d{1,2}", text)}
    return start.day in numbers and (start.hour, start.minute) in _clock_times(text)


def _clock_times(text: str) -> list[tuple[int, int]]:
    times: list[tuple[int, int]] = []
    for match in _CLOCK.finditer(text):
        hour, minute, mark = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if mark[:1] in ("a", "p"):
            hour = hour % 12 + (12 if mark[0] == "p" else 0)
        if match[2] or mark:
            times.append((hour, minute))
    return times


def _fee(line: Mapping[str, Any], name: str) -> str:
    told = str(line.get(name, ""))
    return "" if told == NO_FEE else told


def lines_in(value: object) -> Iterable[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value]
    return [line for line in value if isinstance(line, Mapping)] if isinstance(value, list | tuple) else []


def start_of(line: Mapping[str, Any]) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(line.get("start", ""))).replace(tzinfo=None)
    except ValueError:
        return None
