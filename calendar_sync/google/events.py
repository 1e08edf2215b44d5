"""An appointment as an event in Google's words."""

import datetime as dt
import hashlib
from typing import Any

from calendar_sync.models import Appointment
from tenants.models import Business


def event_id(business: Business, appointment_id: int, connection_id: int, calendar_id: str) -> str:
    """Ours, and the same at every try: hexadecimal digits are base32hex, which Google asks for."""
    name = f"{business.schema_name}/{appointment_id}/{connection_id}/{calendar_id}"
    return "fd" + hashlib.sha256(name.encode()).hexdigest()[:40]


def mark_of(business: Business, appointment_id: int) -> str:
    """By this in its private properties an event is known to be ours."""
    return f"{business.schema_name}/{appointment_id}"


def event_body(business: Business, appointment: Appointment) -> dict[str, Any]:
    """The event as Google gets it: start and end with the business's IANA timezone."""
    return {
        "status": "confirmed",
        "summary": f"{appointment.patient.name} · {appointment.service.name}",
        "description": f"{appointment.reference}, booked by the {appointment.booked_by} in Frontdesk.",
        "start": _when(appointment.starts_at, business.timezone),
        "end": _when(appointment.ends_at, business.timezone),
        "extendedProperties": {
            "private": {
                "frontdesk": mark_of(business, appointment.pk),
                # Whoever moves the event in Google leaves this as it is: that is how it is seen (reading.py).
                "frontdesk_time": written_time(appointment.starts_at, appointment.ends_at),
            }
        },
    }


def written_time(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    return "/".join(each.astimezone(dt.UTC).isoformat() for each in (starts_at, ends_at))


def _when(moment: dt.datetime, timezone: str) -> dict[str, str]:
    return {"dateTime": moment.astimezone(dt.UTC).isoformat(), "timeZone": timezone}
