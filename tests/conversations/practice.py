"""A practice whose appointments call for messages: the clock is set, and what is due then is done as a worker would."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calendar_sync import by_hand
from calendar_sync.models import Appointment, BookingRules, Patient, Practitioner, Reminder, Service
from calendar_sync.reminding import REMIND
from conversations import tasks
from conversations.models import Conversation, Message, MessageTemplate
from tenants import clock
from tenants.models import WorkItem

LONDON = ZoneInfo("Europe/London")
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass
class Practice:
    business: Any
    contact_id: int | None

    def book(
        self, start: str, *, offsets: list[int] | None = None, name: str = "Rosa Blum", **patient: Any
    ) -> Appointment:
        """By hand, whatever the hours are, for the contact's patient."""
        service = Service.objects.get(name="Check-up")
        if offsets is not None:
            Service.objects.filter(pk=service.pk).update(reminders=offsets)
            service.refresh_from_db()
        return by_hand.book_by_hand(
            self.business,
            service=service,
            practitioner=Practitioner.objects.order_by("pk").first(),
            starts_at=local(start),
            patient=Patient.objects.create(name=name, contact_id=self.contact_id, **patient),
            user_id=None,
            overrule=True,
        )

    def rules(self, **fields: Any) -> None:
        rules = BookingRules.of_this_business()
        for name, value in fields.items():
            setattr(rules, name, value)
        rules.save()

    def wrote(self, moment: str) -> None:
        """The contact's last message came then."""
        Conversation.objects.filter(contact_id=self.contact_id).update(last_inbound_at=local(moment))

    def approve(self, purpose: str, body: str, buttons: list[dict[str, str]] | None = None) -> MessageTemplate:
        channel = Conversation.objects.get(contact_id=self.contact_id).channel
        given = {"body": body, "buttons": buttons or []}
        approved = {"approved_body": body, "approved_buttons": buttons or [], "approved_sid": "HX" + "1" * 32}
        return MessageTemplate.objects.create(
            channel=channel, purpose=purpose, language="en", state="approved", sid="HX" + "1" * 32, **given, **approved
        )

    def at(self, moment: str) -> list[str]:
        """What the worker writes to the contact once the clock stands there."""
        before = set(self.out().values_list("pk", flat=True))
        with clock.pinned(local(moment)):
            due = Reminder.objects.filter(status="planned", due_at__lte=clock.now()).order_by("due_at", "pk")
            for pk in list(due.values_list("pk", flat=True)):
                WorkItem.objects.filter(kind=REMIND, object_id=pk).update(due_at=LONG_AGO)
                tasks.remind.body(self.business, pk)
        return list(self.out().exclude(pk__in=before).order_by("pk").values_list("text", flat=True))

    def out(self) -> Any:
        return Message.objects.filter(direction="out", conversation__contact_id=self.contact_id)


def plan(appointment: Appointment) -> list[tuple[str, int, str, str, str]]:
    """Kind, minutes, local due time, status and reason of each row."""
    return [
        (each.kind, each.minutes, each.due_at.astimezone(LONDON).strftime("%a %H:%M"), each.status, each.reason)
        for each in Reminder.objects.filter(appointment=appointment).order_by("due_at", "pk")
    ]


@pytest.fixture
def practice(clinic, write):
    """Monday 2026-11-30, 09:00 in London; the patient has just written."""
    with clock.pinned(local("2026-11-30 09:00")):
        yield Practice(clinic, write().conversation.contact_id)
