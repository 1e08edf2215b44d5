"""What a person should know before answering: what was agreed, what was offered, what is open. From rows, no model."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from agents.models import Turn
from calendar_sync.models import AppointmentChange
from conversations.models import Conversation, Handoff, Message
from escalations.why import offered_before
from tenants.models import Business

WITHIN = dt.timedelta(hours=24)
LINES = 4
LONGEST = 160  # characters of a patient's message


def notes_of(business: Business, conversation: Conversation, handoff: Handoff) -> dict[str, list[str]]:
    """For `Escalation.account`, which is kept: in English, whoever reads it later. Five queries."""
    since = handoff.at - WITHIN
    turns = Turn.objects.filter(conversation_id=conversation.pk, started_at__gte=since).order_by("pk")
    ids = list(turns.values_list("pk", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "agreed": _agreed(business, ids),
            "offered": offered_before(ids)[:LINES],
            "open": _open(conversation, handoff, since),
        }


def _agreed(business: Business, turns: list[int]) -> list[str]:
    """What the assistant did to appointments, each as it stands now."""
    changes = AppointmentChange.objects.filter(turn_id__in=turns).order_by("pk")
    lines: dict[int, str] = {}
    for change in changes.select_related("appointment__service", "appointment__practitioner"):
        appointment = change.appointment
        start = appointment.starts_at.astimezone(ZoneInfo(business.timezone))
        when = f"{start:%a} {start.day} {start:%b %H:%M}"
        told = f"{change.get_act_display()}: {appointment.service.name}, {when} with {appointment.practitioner.name}"
        lines[appointment.pk] = told
    return list(lines.values())[-LINES:]


def _open(conversation: Conversation, handoff: Handoff, since: dt.datetime) -> list[str]:
    """What the patient said last, from the assistant's last answer on that was no handing over."""
    messages = Message.objects.filter(conversation=conversation, created_at__gte=since, created_at__lte=handoff.at)
    said = messages.filter(direction=Message.Direction.IN).exclude(text="").order_by("-pk")
    answered = messages.filter(author=Message.Author.ASSISTANT).exclude(turn_id=handoff.turn_id).order_by("-pk").first()
    if answered is not None:
        said = said.filter(pk__gt=answered.pk)
    return [_short(each) for each in said.values_list("text", flat=True)[:LINES]][::-1]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"
