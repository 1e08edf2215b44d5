"""How appointments and refusals are put to a model."""

from collections.abc import Sequence
from typing import Any

from agents.skills.find_slots import place_line, slot_line
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, house_rules
from calendar_sync.brief import price_text
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, BookingRules, Patient
from calendar_sync.patients import is_private, tells_only_time


def appointment_line(context: SkillContext, appointment: Appointment) -> dict[str, Any]:
    """As much as may be told on this phone: Patient.disclosure can leave its number, day and time only."""
    start = appointment.starts_at.astimezone(context.now.tzinfo)
    line: dict[str, Any] = {
        "appointment": appointment.reference,
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "weekday": start.strftime("%A"),
        "status": appointment.status,
    }
    if tells_only_time(appointment) or is_private(appointment):
        return line | {"private": "tell day and time only"}
    return line | {
        "service": appointment.service.name,
        "practitioner": appointment.practitioner.name,
        "patient": appointment.patient.name,
        **place_line(appointment.location_id or appointment.practitioner.location_id),
    }


def coming_line(context: SkillContext, appointment: Appointment, rules: BookingRules) -> dict[str, Any]:
    """With what belongs together, and what it means that it is late to cancel or to move."""
    line = appointment_line(context, appointment)
    if appointment.visit_id is not None:
        line["visit"] = appointment.visit_id
    if appointment.series_id is not None:
        line["series"] = appointment.series_id
    for act in ("cancel", "move"):
        late = house_rules.late(rules, appointment, act, context.now)
        if late is not None:
            line[f"late_to_{act}"] = "the team decides: hand over" if late.asks_team else late.fee_text or "no fee"
    return line


def coming_lines(context: SkillContext, patient: Patient) -> list[dict[str, Any]]:
    """What this patient has coming, once it is open to the contact."""
    rules = BookingRules.of_this_business()
    coming = [each for each in booking.upcoming(context.contact_id, context.now) if each.patient_id == patient.pk]
    return [coming_line(context, each, rules) for each in coming]


def confirmed_line(context: SkillContext, appointment: Appointment) -> dict[str, Any]:
    """For a confirmation: also what it costs and how to prepare for it."""
    line = appointment_line(context, appointment)
    if "service" not in line:
        return line
    price = price_text(appointment.service.price, context.business.currency)
    if price:
        line["price"] = price
    if appointment.service.preparation:
        line["preparation"] = appointment.service.preparation
    return line


def several(context: SkillContext, key: str, appointments: Sequence[Appointment]) -> dict[str, Any]:
    """`key` holds the first one, `all` every one of them when they are several."""
    lines = [confirmed_line(context, each) for each in appointments]
    return {key: lines[0]} | ({"all": lines} if len(lines) > 1 else {})


def undo_minutes() -> dict[str, int]:
    """How long the patient can take a change back; nothing where the house doesn't allow it."""
    minutes = BookingRules.of_this_business().undo_minutes
    return {"undo_minutes": minutes} if minutes else {}


def refused(context: SkillContext, error: DiaryError) -> ToolResult:
    """The diary said no: its reason, the rule's name, and free times instead where it knows some."""
    alternatives = [slot_line(context, slot) for slot in getattr(error, "alternatives", ())]
    extra: dict[str, Any] = {"rule": error.rule} if error.rule else {}
    return ToolResult.failed(str(error), retryable=error.retryable, nearest=alternatives, **extra)
