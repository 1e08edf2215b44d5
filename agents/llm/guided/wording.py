"""Putting things into words, in the language of the patient."""

import datetime as dt
from collections.abc import Sequence

from agents.llm.guided.diary_lines import Appointment, Offer, said, said_clock
from agents.llm.guided.searches import ENGLISH_WEEKDAYS
from agents.llm.guided.story import Story
from agents.types import ServiceBrief, SpecialDay


def text(story: Story, name: str, **values: object) -> str:
    return story.language.texts[name].format(**values)


def ask(story: Story, name: str) -> str:
    return story.language.questions[name]


def moment(story: Story, start: dt.datetime) -> str:
    when = said(start, story.language, story.brief.country)
    return f"{when} ({text(story, 'clock_of', city=story.brief.clock_of)})" if story.brief.clock_of else when


def clock(story: Story, start: dt.datetime) -> str:
    """ "15:30", or as Americans write it."""
    return said_clock(start, story.language, story.brief.country)


def numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def joined(parts: Sequence[str], story: Story, word: str = "and") -> str:
    """ "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + text(story, word) + parts[-1]


def said_offer(story: Story, offer: Offer) -> str:
    """A listed time; who it is with and where only where that is a choice."""
    who = joined(offer.people, story) if len(story.brief.practitioners) > 1 else ""
    where = offer.place if not story.place else ""
    when = ", ".join(each for each in (moment(story, offer.start), who, where) if each)
    if offer.left is None:
        return when
    return text(story, "place_left" if offer.left == 1 else "places_left", moment=when, left=offer.left)


def place_label(story: Story, name: str) -> str:
    """ "Headingley, 2 Otley Road, Leeds"."""
    address = next((each.address for each in story.brief.places if each.name == name), "")
    return ", ".join(each for each in (name, address) if each)


def where(story: Story, name: str) -> str:
    """ "That is at Headingley, 2 Otley Road, Leeds."; nothing where there is one location only."""
    return text(story, "where", place=place_label(story, name)) if name else ""


def said_appointment(story: Story, appointment: Appointment) -> str:
    patients = {each.patient for each in story.appointments or ()}
    name = "appointment_for" if len(patients) > 1 else "appointment"
    line = text(
        story,
        name,
        service=services_of(appointment),
        practitioner=joined(people_of(appointment), story),
        patient=appointment.patient,
        moment=moment(story, appointment.start),
    )
    return f"{line}, {appointment.place}" if appointment.place else line


def services_of(appointment: Appointment) -> str:
    """ "Cut + Colour" of a visit, "2 × Pilates class" of places in a class."""
    names = [each.service for each in appointment.parts] or [appointment.service]
    if len(set(names)) < len(names):
        return f"{len(names)} × {names[0]}"
    return " + ".join(names)


def people_of(appointment: Appointment) -> list[str]:
    """Whom it is with; of a visit all of them."""
    return list(dict.fromkeys(each.practitioner for each in appointment.parts)) or [appointment.practitioner]


def price_part(story: Story, service: ServiceBrief) -> str:
    """ ", £45", or nothing where no price is published."""
    if not service.price:
        return ""
    if service.price.strip("£€$ ") in ("0", "0.00"):
        return text(story, "free")
    return text(story, "price", price=service.price)


def service_line(story: Story, service: ServiceBrief) -> str:
    return text(story, "service_line", service=service.name, minutes=service.minutes, price=price_part(story, service))


def opening_line(story: Story, line: str) -> str:
    """A line of the brief's opening hours, which names the weekday in English."""
    weekday, _, hours = line.partition(" ")
    if weekday in ENGLISH_WEEKDAYS:
        weekday = story.language.weekdays[ENGLISH_WEEKDAYS.index(weekday)]
    return f"{weekday} {text(story, 'closed') if hours == 'closed' else hours}"


def special_day_line(story: Story, day: SpecialDay) -> str:
    """ "Friday 25 December: closed (Christmas Day)"."""
    spoken = text(
        story,
        "day_12" if story.brief.country in story.language.twelve_hours else "day",
        weekday=story.language.weekdays[day.date.weekday()],
        day=day.date.day,
        month=story.language.months[day.date.month - 1],
    )
    spoken = f"{spoken}, {day.place}" if day.place else spoken
    return f"{spoken}: {day.hours or text(story, 'closed')}{f' ({day.reason})' if day.reason else ''}"


def paragraph(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
