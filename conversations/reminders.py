"""Sending what the diary planned (calendar_sync.reminding): each once, at its time, only while it still makes sense."""

import datetime as dt
from collections.abc import Mapping

import structlog
from django.db import transaction
from django.db.models import Q

from calendar_sync import open_cases, reminding
from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentStatus, BookingRules, Patient, Reminder
from conversations import automatic, by_phone, handoffs
from conversations.models import Conversation, ConversationEvent, Handoff
from conversations.service_window import SHUT, conversation_with
from tenants import clock
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
Kind, Status, Reason = Reminder.Kind, Reminder.Status, Reminder.Reason
SWITCHES = {Kind.REMINDER: "reminders", Kind.AFTER_VISIT: "after_visit", Kind.NO_SHOW: "no_show_followup"}
SUSPENDED_WAIT = dt.timedelta(minutes=30)
LATEST = dt.timedelta(minutes=10)  # before the start: then it helps nobody any more
AFTER_VISIT_AT_MOST = dt.timedelta(days=2)  # a worker that was away so long thanks nobody
NOT_REACHED = {
    Reason.NO_TEMPLATE: "WhatsApp's 24 hours are over, and no template is approved for reminders yet.",
    Reason.NOT_ASKED: "They never wrote, and nobody noted that they agreed to messages on WhatsApp.",
    "63016": "WhatsApp's 24 hours were over.",
    SHUT: "WhatsApp's 24 hours were over.",
}


def send(business: Business, reminder_id: int, lease: Lease) -> None:
    """Send one planned message, skip it with its reason, or give it back for after the quiet hours.

    One transaction; the appointment is locked first, as the diary does, so that it can't be moved or cancelled between
    the look and the message. Whoever comes second finds it dealt with.
    """
    reminder = Reminder.objects.filter(pk=reminder_id).first()
    if reminder is None or reminder.status != Status.PLANNED:
        return lease.finish()
    if business.suspended:
        return lease.retry_in(SUSPENDED_WAIT, forgive=True)
    with transaction.atomic():
        rows = Appointment.objects.select_for_update(no_key=True, of=("self",))
        appointment = rows.select_related("service", "practitioner", "patient").get(pk=reminder.appointment_id)
        conversation = _locked(conversation_with(appointment.contact_id))
        lease.hold()
        reminder.refresh_from_db()
        rules = BookingRules.of_this_business()
        wait = _wait(business, reminder, rules)
        if wait is not None:
            return lease.retry_in(wait, forgive=True)
        if reminder.status == Status.PLANNED:
            reason = _pointless(reminder, appointment, rules)
            if reason:
                reminding.settle(reminder, Status.SKIPPED, reason)
            else:
                _send(business, reminder, appointment, conversation)
        lease.finish()
    reach("remind.committed")
    return None


def _locked(conversation: Conversation | None) -> Conversation | None:
    """Before the work item, in everybody's order (see handoffs.py)."""
    if conversation is not None:
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    return conversation


def _wait(business: Business, reminder: Reminder, rules: BookingRules) -> dt.timedelta | None:
    """It came due while nobody may be disturbed (a worker was late, or it was rung too early)."""
    now = clock.now()
    quiet = reminding.quiet_hours(business, rules)
    allowed = quiet.next_allowed(max(now, reminder.due_at))
    return allowed - now if allowed > now else None


def _pointless(reminder: Reminder, appointment: Appointment, rules: BookingRules) -> str:
    """Why it is not sent after all; "" when it is."""
    if appointment.starts_at != reminder.starts_at:
        return Reason.MOVED
    if not getattr(rules, SWITCHES[Kind(reminder.kind)]):
        return Reason.SWITCHED_OFF
    if appointment.patient.blocked_at is not None:
        return Reason.BLOCKED
    if appointment.patient.disclosure == Patient.Disclosure.NOTHING:
        return Reason.STAFF_ONLY
    return {Kind.REMINDER: _no_reminder, Kind.AFTER_VISIT: _no_thanks, Kind.NO_SHOW: _no_follow_up}[
        Kind(reminder.kind)
    ](reminder, appointment)


def _no_reminder(reminder: Reminder, appointment: Appointment) -> str:
    if appointment.status not in HOLDS_TIME:
        return Reason.CANCELLED if appointment.status == AppointmentStatus.CANCELLED else Reason.OVER
    if reminder.minutes not in appointment.service.reminders:
        return Reason.SWITCHED_OFF
    if open_cases.in_question(appointment):
        return Reason.IN_QUESTION
    now = clock.now()
    if now > appointment.starts_at - LATEST:
        return Reason.TOO_LATE
    others = Reminder.objects.filter(appointment=appointment, starts_at=reminder.starts_at, kind=Kind.REMINDER)
    if others.filter(due_at__gt=reminder.due_at, due_at__lte=now, status__in=[Status.PLANNED, Status.SENT]).exists():
        return Reason.CLOSE_TO_ANOTHER  # this one comes so late that the next is due, too
    return Reason.SAME_VISIT if _follows_in_its_visit(appointment) else ""


def _follows_in_its_visit(appointment: Appointment) -> bool:
    if appointment.visit_id is None:
        return False
    earlier = Appointment.objects.filter(visit_id=appointment.visit_id, status__in=HOLDS_TIME)
    same = Q(during__startswith=appointment.starts_at, pk__lt=appointment.pk)  # another seat of the same group
    return earlier.filter(same | Q(during__startswith__lt=appointment.starts_at)).exists()


def _no_thanks(reminder: Reminder, appointment: Appointment) -> str:
    if appointment.status not in (*HOLDS_TIME, AppointmentStatus.COMPLETED):
        return Reason.OVER
    if clock.now() > appointment.ends_at + AFTER_VISIT_AT_MOST:
        return Reason.TOO_LATE
    if appointment.visit_id is None:
        return ""
    later = Appointment.objects.filter(visit_id=appointment.visit_id).exclude(status=AppointmentStatus.CANCELLED)
    same = Q(during__startswith=appointment.starts_at, pk__gt=appointment.pk)
    return Reason.SAME_VISIT if later.filter(same | Q(during__startswith__gt=appointment.starts_at)).exists() else ""


def _no_follow_up(reminder: Reminder, appointment: Appointment) -> str:
    return "" if appointment.status == AppointmentStatus.NO_SHOW else Reason.TAKEN_BACK


def _send(business: Business, reminder: Reminder, appointment: Appointment, conversation: Conversation | None) -> None:
    conversation = conversation or by_phone.first_conversation(appointment.contact_id)
    if conversation is None:
        mindful = reminder.kind == Kind.REMINDER  # thanks and follow-ups are no task
        reason = by_phone.tell_staff(business, appointment) if mindful else Reason.NO_CHANNEL
        reminding.settle(reminder, Status.SKIPPED, reason)
        return

    def values_in(language: str) -> Mapping[str, str]:
        return automatic.values_of(business, appointment, language)

    outcome = automatic.send(business, conversation, reminder.kind, values_in)
    if outcome.message is not None:
        reminding.settle(reminder, Status.SENT, message_id=outcome.message.pk)
        return
    reminding.settle(reminder, Status.SKIPPED, outcome.reason)
    if outcome.reason in (Reason.NO_TEMPLATE, Reason.NOT_ASKED):
        note_for_staff(business, conversation, reminder, outcome.reason)


def after_failed_delivery(business: Business, conversation: Conversation, message_id: int, code: str) -> None:
    """Within the caller's transaction: a message that went out by itself did not arrive."""
    reminder = Reminder.objects.filter(message_id=message_id, status=Status.SENT).first()
    if reminder is None:
        return
    Reminder.objects.filter(pk=reminder.pk).update(status=Status.FAILED, reason=code[:40], settled_at=clock.now())
    if code != handoffs.OPTED_OUT:
        note_for_staff(business, conversation, reminder, code)


def told_again(message_id: int, again_id: int) -> None:
    """The same was said in another message: an answer to it is about the same appointment."""
    Reminder.objects.filter(message_id=message_id).update(message_id=again_id)


def note_for_staff(business: Business, conversation: Conversation, reminder: Reminder, reason: str) -> None:
    """Once per appointment: a reminder could not be sent, so somebody may want to call. The conversation is locked.

    Thanks and follow-ups are no task.
    """
    if reminder.kind != Kind.REMINDER:
        return
    reference = Appointment(pk=reminder.appointment_id).reference
    detail = {"appointment": reminder.appointment_id, "reference": reference}
    if ConversationEvent.objects.filter(conversation=conversation, act="reminder_not_sent", detail=detail).exists():
        return
    ConversationEvent.objects.create(conversation=conversation, act="reminder_not_sent", detail=detail, at=clock.now())
    why = NOT_REACHED.get(reason, f"WhatsApp did not take it ({reason}).")
    summary = f"The reminder for {reference} could not be sent. {why} You may want to call."
    handoffs.ask_staff(business, conversation, Handoff.Reason.TOOL_FAILURE, summary)
