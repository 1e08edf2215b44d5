"""Offers and appointments as the tools' answers hold them, and finding them again in what was said."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from agents.llm.guided.languages import Language

_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A free time from find_slots; `start` is local."""

    slot: str
    start: dt.datetime
    practitioner: str
    service: str


@dataclass(frozen=True, kw_only=True)
class Appointment:
    reference: str
    start: dt.datetime
    service: str
    practitioner: str
    patient: str


Thing = TypeVar("Thing", Offer, Appointment)


def offers_in(lines: object, service: str) -> tuple[Offer, ...]:
    """The offers of one answer of a tool."""
    return tuple(
        Offer(slot=line["slot"], start=start, practitioner=line.get("practitioner", ""), service=service)
        for line in _lines(lines)
        if "slot" in line and (start := _start(line)) is not None
    )


def appointments_in(lines: object) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(
            reference=line["appointment"],
            start=start,
            service=line.get("service", ""),
            practitioner=line.get("practitioner", ""),
            patient=line.get("patient", ""),
        )
        for line in _lines(lines)
        if "appointment" in line and (start := _start(line)) is not None
    )


def said(start: dt.datetime, language: Language, country: str) -> str:
    """ "Tuesday 24 November at 15:30", or as Americans write it."""
    american = country == "US"
    time = f"{start.hour % 12 or 12}:{start:%M} {'pm' if start.hour >= 12 else 'am'}" if american else f"{start:%H:%M}"
    return language.texts["moment_us" if american else "moment"].format(
        weekday=language.weekdays[start.weekday()], day=start.day, month=language.months[start.month - 1], time=time
    )


def mentioned(text: str, things: Sequence[Thing], language: Language, country: str) -> tuple[Thing, ...]:
    """Those that our own text names in full, in its order."""
    places = [(text.find(said(each.start, language, country)), each) for each in things]
    return tuple(each for place, each in sorted(places, key=lambda pair: pair[0]) if place >= 0)


def mentioned_freely(text: str, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Those whose clock time stands in a text that somebody else wrote ("3:30 pm", "15:30"), in its order."""
    times: list[set[tuple[int, int]]] = []
    for match in _CLOCK.finditer(text):
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if match[2] or half:
            times.append({((hour % 12) + (12 if half == "pm" else 0) if half else hour, minute)})
    found: list[Offer] = []
    for readings in times:
        fitting = [each for each in offers if (each.start.hour, each.start.minute) in readings and each not in found]
        found.extend(fitting[:1])
    return tuple(found)


def _lines(value: object) -> Iterable[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value]
    return [line for line in value if isinstance(line, Mapping)] if isinstance(value, list | tuple) else []


def _start(line: Mapping[str, Any]) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(line.get("start", ""))).replace(tzinfo=None)
    except ValueError:
        return None
