"""What happened to an appointment, in words: who did what, when, against which rules, and what was undone."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from calendar_sync.models import Appointment, AppointmentChange, BookedBy
from calendar_sync.rule_words import in_words
from tenants.formats import shown
from tenants.models import User

Act = AppointmentChange.Act


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    by: str
    at: dt.datetime
    overruled: list[str]
    reason: str
    undone: bool
    by_assistant: bool


def history(appointment: Appointment, patient_label: str) -> list[Line]:
    """Oldest first. Three queries."""
    changes = list(appointment.changes.select_related("from_practitioner", "from_location", "undoes"))
    people = User.objects.in_bulk({each.user_id for each in changes if each.user_id})
    undone = {each.undoes_id for each in changes if each.undoes_id}
    return [
        Line(
            text=_text(each),
            by=_by(each, people, patient_label),
            at=each.at,
            overruled=in_words(each.overruled),
            reason=each.reason,
            undone=each.pk in undone,
            by_assistant=each.turn_id is not None,
        )
        for each in changes
    ]


def _text(change: AppointmentChange) -> str:
    if change.undoes is not None:
        return _undone(change.undoes)
    if change.act == Act.BOOKED:
        if change.after is None:
            return gettext("Booked")
        return gettext("Booked for %(when)s") % {"when": _said(change.after.lower)}
    if change.act == Act.MOVED and change.before and change.after:
        same = change.before.lower == change.after.lower and change.from_practitioner is None
        if same and change.before.upper == change.after.upper and change.from_location is not None:
            return gettext("Moved from %(place)s to another location") % {"place": change.from_location.name}
        if same:
            return gettext("Made to end at %(after)s instead of %(before)s") % {
                "before": shown(change.before.upper, "H:i"),
                "after": shown(change.after.upper, "H:i"),
            }
        times = {"before": _said(change.before.lower), "after": _said(change.after.lower)}
        if change.from_practitioner is None:
            return gettext("Moved from %(before)s to %(after)s") % times
        who = change.from_practitioner.name
        return gettext("Moved from %(before)s with %(who)s to %(after)s") % {**times, "who": who}
    return str(change.get_act_display())


def _undone(change: AppointmentChange) -> str:
    said = {
        Act.BOOKED: gettext("Undone: the booking"),
        Act.MOVED: gettext("Undone: the move"),
        Act.CANCELLED: gettext("Undone: the cancellation"),
    }.get(Act(change.act))
    return said or gettext("Undone: %(act)s") % {"act": change.get_act_display().lower()}


def _by(change: AppointmentChange, people: dict[int, User], patient_label: str) -> str:
    person = people.get(change.user_id or 0)
    if person is not None:
        return str(person)
    if change.by == BookedBy.ASSISTANT:
        if change.turn_id or change.act != Act.COMPLETED:
            return gettext("the assistant")
        return gettext("itself, when its time was over")
    if change.by == BookedBy.PROGRAM:
        return gettext("another program")
    return gettext("the %(label)s") % {"label": patient_label} if change.by == BookedBy.PATIENT else gettext("staff")


def _said(moment: dt.datetime) -> str:
    return shown(moment, "D j M, H:i")
