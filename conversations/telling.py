"""Telling a patient that an appointment changed without them: the diary wrote the news (calendar_sync.PatientNews).

In their language; within the service window as a text of Frontdesk's own, which the assistant reads in its transcript
like any other; outside of it by the approved template. Where nothing may be sent, people get it as a task.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format

from calendar_sync import slots
from calendar_sync.models import Appointment, Patient, PatientNews
from calendar_sync.news import TELL
from conversations import automatic, by_phone, handoffs
from conversations.automatic_texts import WHEN, language_for
from conversations.models import Conversation, Handoff, MessageTemplate
from conversations.placeholders import filled
from conversations.service_window import WORDS, Way, conversation_with, window_of
from conversations.speaking import language_spoken
from conversations.telling_texts import ALSO, FREE, NO_GOOD, NONE_FREE, SAID
from tenants import clock
from tenants.models import Business
from tenants.worklist import Lease

__all__ = ["TELL", "Telling", "foretold", "tell_patient"]
OPTIONS = 3
STAFF_ONLY = "staff_only"
Act, Purpose = PatientNews.Act, MessageTemplate.Purpose
GONE = (Act.CANCELLED, Act.TAKEN)
WHY = WORDS | {
    automatic.NO_TEMPLATE: "WhatsApp's 24 hours are over, and no template for it is approved.",
    STAFF_ONLY: "Nothing is told on this phone about this patient's appointments.",
}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What a patient would be told now, and how; `way` nothing: then `reason` (a key of WHY) says why."""

    way: Way
    text: str
    reason: str = ""


def tell_patient(business: Business, news_id: int, lease: Lease) -> None:
    """Claim the news once. Where newer news of the same appointment waits, that one tells it."""
    rows = PatientNews.objects.select_related(
        "appointment__practitioner", "appointment__service", "appointment__patient"
    )
    news = rows.filter(pk=news_id).first()
    if news is None:
        return lease.finish()
    conversation = conversation_with(news.contact_id) or _any_conversation(news.contact_id)
    newer = PatientNews.objects.filter(appointment=news.appointment_id, pk__gt=news.pk).exists()
    with transaction.atomic():
        if conversation is not None:  # the conversation before the lease, in everybody's order (see handoffs.py)
            Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
        lease.hold()
        claimed = PatientNews.objects.filter(pk=news.pk, told_at__isnull=True).update(told_at=clock.now())
        if claimed and not newer:
            conversation = conversation or by_phone.first_conversation(news.contact_id)
            if conversation is not None:
                _tell(business, conversation, news)
        return lease.finish()


def foretold(business: Business, appointment: Appointment, news: PatientNews) -> Telling:
    """What `news` (not saved) would tell of the appointment as it would be, and whether it can be told at all."""
    conversation = conversation_with(news.contact_id) or by_phone.as_it_would_be(news.contact_id)
    window = window_of(conversation)
    if conversation is None or window.way == "nothing":
        return Telling(way="nothing", text="", reason=window.reason)
    if appointment.patient.disclosure == Patient.Disclosure.NOTHING:
        return Telling(way="nothing", text="", reason=STAFF_ONLY)
    language = language_spoken(business, conversation)
    if window.way == "freeform":
        return Telling(way="freeform", text=text_of(business, appointment, news, language))
    template = automatic.template_for(business, conversation.channel_id, language, _purpose(news))
    if template is None:
        return Telling(way="nothing", text="", reason=automatic.NO_TEMPLATE)
    values = _values(business, appointment, news, template.language)
    return Telling(way="template", text=filled(template.approved_body, values))


def _any_conversation(contact_id: int) -> Conversation | None:
    """On a number that is not connected any more: nothing goes out, but people see the task there."""
    rows = Conversation.objects.select_related("contact", "channel", "identity").filter(contact=contact_id)
    return rows.order_by("-pk").first()


def _tell(business: Business, conversation: Conversation, news: PatientNews) -> None:
    appointment, language = news.appointment, language_spoken(business, conversation)
    text = text_of(business, appointment, news, language)
    if appointment.patient.disclosure == Patient.Disclosure.NOTHING:
        return _for_staff(business, conversation, text, STAFF_ONLY)

    def values_in(language: str) -> Mapping[str, str]:
        return _values(business, appointment, news, language)

    choices = automatic.buttons_of(_purpose(news), language, values_in(language))
    outcome = automatic.send(business, conversation, _purpose(news), values_in, text=text, choices=choices)
    if outcome.message is None:
        _for_staff(business, conversation, text, outcome.reason)
    return None


def _for_staff(business: Business, conversation: Conversation, text: str, reason: str) -> None:
    summary = f"Please tell the patient. {WHY.get(reason, '')} {text}"
    handoffs.ask_staff(business, conversation, Handoff.Reason.POLICY, summary)


def _purpose(news: PatientNews) -> str:
    return Purpose.CALLED_OFF if news.act in GONE else Purpose.CHANGED_APPOINTMENT


def text_of(business: Business, appointment: Appointment, news: PatientNews, language: str) -> str:
    """What is so now; never more than the diary bears out."""
    values = _values(business, appointment, news, language)
    before = news.before.lower if news.before else appointment.starts_at
    values["before"] = _when(business, before, language)
    if news.act == Act.MOVED and before == appointment.starts_at:  # only with somebody else
        said = filled(automatic.text_of(Purpose.CHANGED_APPOINTMENT, language), values)
        return f"{said} {NO_GOOD[language]}"
    said = SAID[news.act][language].format(**values)
    if news.act not in GONE:
        return f"{said} {NO_GOOD[language]}"
    also = f" {ALSO[language].format(also=news.also)}" if news.also else ""
    return f"{said}{also} {_options(business, appointment, language)}"


def _values(business: Business, appointment: Appointment, news: PatientNews, language: str) -> dict[str, str]:
    """Of one that takes longer or shorter now the end is told, too: "Thursday 3 December at 10:00–11:15"."""
    values = automatic.values_of(business, appointment, language)
    same_start = news.before is not None and news.before.lower == appointment.starts_at
    if same_start and news.before.upper != appointment.ends_at:
        values["when"] += f"–{appointment.ends_at.astimezone(ZoneInfo(business.timezone)):%H:%M}"
    return values


def _options(business: Business, appointment: Appointment, language: str) -> str:
    start = max(clock.now(), appointment.starts_at - dt.timedelta(hours=12))
    free = slots.next_free(business, appointment.service, start, count=OPTIONS)
    if not free:
        return NONE_FREE[language]
    times = ", ".join(f"{_when(business, each.starts_at, language)} ({each.practitioner})" for each in free)
    return FREE[language].format(times=times)


def _when(business: Business, moment: dt.datetime, language: str) -> str:
    with translation.override(language):
        return date_format(moment.astimezone(ZoneInfo(business.timezone)), WHEN[language_for(language)])
