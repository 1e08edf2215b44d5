"""How appointments and refusals are put to a model."""

from typing import Any

from agents.skills.find_slots import slot_line
from agents.types import SkillContext, ToolResult
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment


def appointment_line(context: SkillContext, appointment: Appointment) -> dict[str, Any]:
    start = appointment.starts_at.astimezone(context.now.tzinfo)
    return {
        "appointment": appointment.reference,
        "service": appointment.service.name,
        "practitioner": appointment.practitioner.name,
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "weekday": start.strftime("%A"),
        "patient": appointment.patient.name,
        "status": appointment.status,
    }


def refused(context: SkillContext, error: DiaryError) -> ToolResult:
    """The diary said no: its reason, and free times instead where it knows some."""
    alternatives = [slot_line(context, slot) for slot in getattr(error, "alternatives", ())]
    return ToolResult.failed(str(error), retryable=error.retryable, nearest=alternatives)
