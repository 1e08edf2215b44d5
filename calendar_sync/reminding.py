"""Which messages an appointment calls for, and when. The diary plans them as rows; conversations claims and sends them.

Called in the transaction of every change to an appointment, so what is planned always fits what stands.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentStatus,
    BookingRules,
    PatientConfirmation,
    Reminder,
)
from calendar_sync.reminder_times import QuietHours, before_start
from calendar_sync.verified import open_to
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, insert, later, models_in, reading, rows

REMIND = "conversations.remind"  # the task that sends one
REPLAN = "calendar_sync.replan"
AFTER_VISIT_MINUTES = 120
NO_SHOW_MINUTES = 15  # a mark made by mistake can be taken back meanwhile
APART = dt.timedelta(hours=2)  # what quiet hours push closer together than this is one reminder too many
Kind, Status, Reason = Reminder.Kind, Reminder.Status, Reminder.Reason


PLANNED = Prepared("WHERE appointment_id = %s ORDER BY due_at, id")
SETTLED = Prepared("""
UPDATE calendar_sync_reminder SET status = %(status)s, reason = %(reason)s, message_id = NULL, settled_at = %(now)s
 WHERE id = %(reminder)s AND status = %(planned)s""")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    kind: str
    minutes: int
    due_at: dt.datetime
    reason: str = ""  # why it will not go out after all


def quiet_hours(business: Business, rules: BookingRules) -> QuietHours:
    return QuietHours(begins=rules.quiet_from, ends=rules.quiet_until, zone=ZoneInfo(business.timezone))


def plan(
    business: Business, appointment: Appointment, *, rules: BookingRules | None = None, fresh: bool = False
) -> None:
    """Within the caller's transaction, which holds the appointment: plan what it calls for, drop what it doesn't.

    `fresh`: it was made in this transaction, so nothing is planned for it yet."""
    rules = rules or BookingRules.of_this_business()
    wanted = {(each.kind, each.minutes): each for each in _wanted(business, appointment, rules)}
    known = [] if fresh else [each for (each,) in models_in((Reminder,), rows(*planned(appointment)))]
    here = {(row.kind, row.minutes): row for row in known if row.starts_at == appointment.starts_at}
    for row in known:
        if row.status == Status.PLANNED and (row.starts_at != appointment.starts_at or _key(row) not in wanted):
            skipped = {"status": str(Status.SKIPPED), "reason": str(_why_not(row, appointment)), "now": clock.now()}
            later(SETTLED, {**skipped, "reminder": row.pk, "planned": str(Status.PLANNED)})
    made = [_row(appointment, each) for key, each in wanted.items() if key not in here]
    insert(*made)
    again = [_plan_again(appointment, here[key], each) for key, each in wanted.items() if key in here]
    _call_for(business, made)
    if any(again):
        _call_for_changed(business, appointment, known)


def planned(appointment: Appointment) -> Question:
    """What `plan` asks, for whoever asks more in the same round trip."""
    return reading(Reminder, PLANNED, [appointment.pk])


def replan_all(business: Business) -> None:
    """The rules or a service's reminders changed: every coming appointment is planned anew, one transaction each."""
    rules = BookingRules.of_this_business()
    coming = Q(status__in=HOLDS_TIME, during__endswith__gt=clock.now() - dt.timedelta(days=1))
    for pk in list(Appointment.objects.filter(coming).values_list("pk", flat=True)):
        with transaction.atomic():
            row = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("service").get(pk=pk)
            plan(business, row, rules=rules)


def settle(reminder: Reminder, status: str, reason: str = "", *, message_id: int | None = None) -> bool:
    """Within the caller's transaction: it is dealt with. False when somebody else was quicker."""
    return bool(
        Reminder.objects.filter(pk=reminder.pk, status=Status.PLANNED).update(
            status=status, reason=reason[:40], message_id=message_id, settled_at=clock.now()
        )
    )


def confirm(business: Business, contact_id: int, reference: str) -> Appointment | None:
    """The contact says that they will come to their appointment "#1042". None when it isn't theirs or doesn't stand.

    Again is fine. Within the caller's transaction.
    """
    digits = reference.removeprefix("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12):
        return None
    rows = Appointment.objects.select_related("service", "practitioner", "patient").filter(open_to(contact_id))
    found = rows.filter(pk=int(digits) - 1000, status__in=HOLDS_TIME, during__startswith__gt=clock.now()).first()
    if found is None:
        return None
    PatientConfirmation.objects.get_or_create(appointment=found, revision=found.revision, defaults={"at": clock.now()})
    events.publish(business, "diary", found.pk)
    return found


def confirmed_at(appointment: Appointment) -> dt.datetime | None:
    """When the patient confirmed the appointment as it stands."""
    row = appointment.confirmations.filter(revision=appointment.revision).first()
    return row.at if row else None


def _wanted(business: Business, appointment: Appointment, rules: BookingRules) -> Iterator[Wanted]:
    quiet, now = quiet_hours(business, rules), clock.now()
    if appointment.status in HOLDS_TIME and rules.reminders:
        yield from _reminders(appointment, quiet, now)
    if appointment.status in (*HOLDS_TIME, AppointmentStatus.COMPLETED) and rules.after_visit:
        due = quiet.next_allowed(appointment.ends_at + dt.timedelta(minutes=AFTER_VISIT_MINUTES))
        late = Reason.TOO_LATE if due <= now else ""
        yield Wanted(kind=Kind.AFTER_VISIT, minutes=AFTER_VISIT_MINUTES, due_at=due, reason=late)
    if appointment.status == AppointmentStatus.NO_SHOW and rules.no_show_followup:
        due = quiet.next_allowed(now + dt.timedelta(minutes=NO_SHOW_MINUTES))
        yield Wanted(kind=Kind.NO_SHOW, minutes=NO_SHOW_MINUTES, due_at=due)


def _reminders(appointment: Appointment, quiet: QuietHours, now: dt.datetime) -> Iterator[Wanted]:
    """The longest before comes first. One whose time has passed already is not sent."""
    planned: dt.datetime | None = None
    for minutes in sorted({int(each) for each in appointment.service.reminders}, reverse=True):
        due = before_start(appointment.starts_at, minutes, quiet)
        reason = ""
        if due <= now:
            reason = Reason.TOO_LATE
        elif planned is not None and due - planned < APART:
            reason = Reason.CLOSE_TO_ANOTHER
        else:
            planned = due
        yield Wanted(kind=Kind.REMINDER, minutes=minutes, due_at=due, reason=reason)


def _row(appointment: Appointment, wanted: Wanted) -> Reminder:
    return Reminder(
        appointment=appointment,
        kind=wanted.kind,
        minutes=wanted.minutes,
        starts_at=appointment.starts_at,
        revision=appointment.revision,
        **_state(wanted),
    )


def _state(wanted: Wanted) -> dict[str, Any]:
    status = Status.SKIPPED if wanted.reason else Status.PLANNED
    settled_at = clock.now() if wanted.reason else None
    return {"due_at": wanted.due_at, "status": status, "reason": wanted.reason, "settled_at": settled_at}


def _plan_again(appointment: Appointment, row: Reminder, wanted: Wanted) -> bool:
    """Whether it differs now. Sent ones stay as they are; a dropped one comes back to life when its time is still
    ahead."""
    same = (row.due_at, row.reason) == (wanted.due_at, wanted.reason)
    if same or row.status in (Status.SENT, Status.FAILED) or row.due_at == wanted.due_at <= clock.now():
        return False
    return bool(Reminder.objects.filter(pk=row.pk).update(revision=appointment.revision, **_state(wanted)))


def _call_for_changed(business: Business, appointment: Appointment, known: list[Reminder]) -> None:
    """Ask for each that was not planned like this before."""
    before = {(row.pk, row.due_at) for row in known if row.status == Status.PLANNED}
    rows = Reminder.objects.filter(pk__in=[row.pk for row in known], status=Status.PLANNED)
    _call_for(business, [row for row in rows if (row.pk, row.due_at) not in before])


def _call_for(business: Business, rows: list[Reminder]) -> None:
    for row in rows:
        if row.status == Status.PLANNED:
            wait = max(row.due_at - clock.now(), dt.timedelta(0))
            worklist.call_for(business.pk, REMIND, row.pk, wait=wait)


def _key(row: Reminder) -> tuple[str, int]:
    return (row.kind, row.minutes)


def _why_not(row: Reminder, appointment: Appointment) -> str:
    if row.starts_at != appointment.starts_at:
        return Reason.MOVED
    if appointment.status == AppointmentStatus.CANCELLED:
        return Reason.CANCELLED
    if row.kind == Kind.NO_SHOW and appointment.status != AppointmentStatus.NO_SHOW:
        return Reason.TAKEN_BACK
    return Reason.SWITCHED_OFF if appointment.status in HOLDS_TIME else Reason.OVER
