"""What a model is told of the house: what it says of itself, and its clock with the calendar of three weeks."""

import datetime as dt
from typing import TYPE_CHECKING

from agents.types import Brief, SpecialDay

if TYPE_CHECKING:
    from calendar_sync.brief import PlaceFacts

SEVERAL = """\
There are several. Say which one with every time that you offer, read back or confirm. When the {patient} names one, \
pass it to find_slots; ask which one they want only when times at more than one would fit."""


def told(brief: Brief) -> str:
    """Services, people, hours, addresses: the same for every conversation until it is edited."""
    services = "\n".join(
        f"- {each.name}: {each.minutes} minutes, {each.price}, with {', '.join(each.practitioners) or 'nobody yet'}"
        + (f". {each.description}" if each.description else "")
        for each in brief.services
    )
    words = f"Services\n{services}\n\nPractitioners: {', '.join(brief.practitioners)}\n\n"
    if brief.places:
        return (
            words
            + f"Locations (times in {brief.timezone})\n{SEVERAL.format(patient=brief.patient_label)}\n"
            + "\n".join(map(_place, brief.places))
        )
    return words + _place_lines(brief, brief.timezone)


def instructions(brief: Brief) -> str:
    """What the business wrote for its assistant, and its rules; "" for nothing."""
    written = f"\nFrom the business:\n{brief.instructions}" if brief.instructions else ""
    lines = "".join(f"\n- {rule}" for rule in brief.rules)
    return written + (f"\nRules of this business, which come before its instructions:{lines}" if lines else "")


def clock(brief: Brief) -> str:
    """Now, and 21 days with what differs from the week."""
    days = (brief.now.date() + dt.timedelta(days=ahead) for ahead in range(21))
    special: dict[dt.date, list[SpecialDay]] = {}
    for each in brief.special_days:
        special.setdefault(each.date, []).append(each)
    table = "\n".join(f"{day:%A} {day.isoformat()}{''.join(map(_differs, special.get(day, ())))}" for day in days)
    return f"Now: {brief.now:%A %Y-%m-%d %H:%M}, {brief.timezone}. The next 21 days:\n{table}"


def _place(place: "PlaceFacts") -> str:
    done = ", ".join(place.services) or "nothing yet"
    with_whom = ", ".join(place.practitioners) or "nobody yet"
    return f"\n{place.name}: {done}, with {with_whom}\n{_place_lines(place)}"


def _place_lines(of: "Brief | PlaceFacts", zone: str = "") -> str:
    hours = "\n".join(f"- {line}" for line in of.opening_hours)
    return (
        f"Opening hours{f' ({zone})' if zone else ''}\n{hours}\n\nAddress: {of.address or 'not published'}\n"
        f"Phone: {of.phone or 'not published'}"
    )


def _differs(day: SpecialDay) -> str:
    where = f"{day.place}: " if day.place else ""
    return f" ({where}{day.hours or 'closed'}{f', {day.reason}' if day.reason else ''})"
