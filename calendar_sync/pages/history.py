"""What happened to an appointment, in words: who did what, when, against which rules, and what was undone."""

import datetime as dt
from dataclasses import dataclass

from django.utils import formats, timezone

from calendar_sync.models import Appointment, AppointmentChange, BookedBy
from calendar_sync.rule_words import in_words
from tenants.models import User

Act = AppointmentChange.Act


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    by: str
    at: dt.datetime
    overruled: list[str]
    undone: bool
    by_assistant: bool


def history(appointment: Appointment, patient_label: str) -> list[Line]:
    """Oldest first. Three queries."""
    changes = list(appointment.changes.select_related("from_practitioner", "undoes"))
    people = User.objects.in_bulk({each.user_id for each in changes if each.user_id})
    undone = {each.undoes_id for each in changes if each.undoes_id}
    return [
        Line(
            text=_text(each),
            by=_by(each, people, patient_label),
            at=each.at,
            overruled=in_words(each.overruled),
            undone=each.pk in undone,
            by_assistant=each.turn_id is not None,
        )
        for each in changes
    ]


def _text(change: AppointmentChange) -> str:
    if change.undoes is not None:
        return f"Undone: {_noun(change.undoes)}"
    if change.act == Act.BOOKED:
        return f"Booked for {_said(change.after.lower)}" if change.after else "Booked"
    if change.act == Act.MOVED and change.before and change.after:
        who = f" with {change.from_practitioner.name}" if change.from_practitioner else ""
        return f"Moved from {_said(change.before.lower)}{who} to {_said(change.after.lower)}"
    return str(change.get_act_display())


def _noun(change: AppointmentChange) -> str:
    nouns = {Act.BOOKED: "the booking", Act.MOVED: "the move", Act.CANCELLED: "the cancellation"}
    return nouns.get(Act(change.act), change.get_act_display().lower())


def _by(change: AppointmentChange, people: dict[int, User], patient_label: str) -> str:
    person = people.get(change.user_id or 0)
    if person is not None:
        return str(person)
    if change.by == BookedBy.ASSISTANT:
        return "the assistant" if change.turn_id or change.act != Act.COMPLETED else "itself, when its time was over"
    if change.by == BookedBy.PROGRAM:
        return "another program"
    return f"the {patient_label}" if change.by == BookedBy.PATIENT else "staff"


def _said(moment: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "D j M, H:i")
