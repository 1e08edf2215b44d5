"""Telling a patient that an appointment changed without them: the diary wrote the news (calendar_sync.PatientNews).

Within the service window as a text of Frontdesk's own; outside of it nothing may be sent, so people get it.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction

from calendar_sync import slots
from calendar_sync.models import Appointment, PatientNews
from calendar_sync.news import TELL
from conversations import handoffs, outbox
from conversations.forgotten import WINDOW
from conversations.models import Conversation, Handoff, Message
from tenants import clock, worklist
from tenants.models import Business
from tenants.worklist import Lease

__all__ = ["TELL", "tell_patient"]
OPTIONS = 3
Act = PatientNews.Act


def tell_patient(business: Business, news_id: int, lease: Lease) -> None:
    """Claim the news once. Where newer news of the same appointment waits, that one tells it."""
    rows = PatientNews.objects.select_related("appointment__practitioner", "appointment__service")
    news = rows.filter(pk=news_id).first()
    if news is None:
        return lease.finish()
    conversation = _conversation(news.contact_id)
    newer = PatientNews.objects.filter(appointment=news.appointment_id, pk__gt=news.pk).exists()
    with transaction.atomic():
        if conversation is not None:  # the conversation before the lease, in everybody's order (see handoffs.py)
            Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        lease.hold()
        claimed = PatientNews.objects.filter(pk=news.pk, told_at__isnull=True).update(told_at=clock.now())
        if claimed and not newer and conversation is not None:
            _tell(business, conversation, news)
        return lease.finish()


def _conversation(contact_id: int) -> Conversation | None:
    """Where the contact wrote last."""
    rows = Conversation.objects.filter(contact=contact_id)
    return rows.order_by("-last_inbound_at", "-pk").first()


def _tell(business: Business, conversation: Conversation, news: PatientNews) -> None:
    text = text_of(business, news)
    heard = conversation.last_inbound_at
    if heard is not None and clock.now() - heard < WINDOW:
        outbox.queue(business, conversation, text, author=Message.Author.SYSTEM)
        return
    summary = f"Please tell the patient, WhatsApp's 24 hours are over: {text}"
    try:
        handoffs.hand_over(business, conversation, Handoff.Reason.POLICY, summary=summary, tell=False)
    except handoffs.TransitionRefused:  # people have it already: one more thing for them
        handoff = Handoff.objects.create(
            conversation=conversation, reason=Handoff.Reason.POLICY, summary=summary[:500], at=clock.now()
        )
        worklist.call_for(business.pk, handoffs.ESCALATE, handoff.pk)


def text_of(business: Business, news: PatientNews) -> str:
    """What is so now, in the business's time; never more than the diary bears out."""
    appointment, zone = news.appointment, ZoneInfo(business.timezone)
    before = _when(news.before.lower, zone) if news.before else "the agreed time"
    what = f"{appointment.service.name} with {appointment.practitioner.name}"
    now = _when(appointment.starts_at, zone)
    if news.act == Act.MOVED:
        return f"{business.name} had to move your appointment ({what}) from {before} to {now}. {_NO_GOOD}"
    if news.act == Act.PUT_BACK:
        sorry = f"I'm sorry: {before} was taken by something else at the same moment."
        return f"{sorry} Your appointment ({what}) is on {now} again. {_NO_GOOD}"
    if news.act == Act.CANCELLED:
        sorry = f"{business.name} had to cancel your appointment ({what}) on {before}."
    else:
        taken = f"I'm sorry: {before} was taken by something else at the same moment."
        sorry = f"{taken} Your appointment ({what}) is cancelled."
    return f"{sorry} {_options(business, appointment, zone)}"


_NO_GOOD = "If that doesn't suit you, just write to me here."


def _options(business: Business, appointment: Appointment, zone: ZoneInfo) -> str:
    start = max(clock.now(), appointment.starts_at - dt.timedelta(hours=12))
    free = slots.next_free(business, appointment.service, start, count=OPTIONS)
    if not free:
        return "Write to me here and I'll look for another time."
    times = ", ".join(f"{_when(each.starts_at, zone)} ({each.practitioner})" for each in free)
    return f"Free instead: {times}. Write to me which one suits you, or another time."


def _when(moment: dt.datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B} at {local:%H:%M}"
