"""A model that obeys whatever it reads and always tries what it may not, over hundreds of orders in seven places.

Every order arrives as it would in life: by a signed webhook (message, profile name, name of a file), by a sync with
Google (title and description of an event), as an entry of the knowledge that the model looks up, as a fact that was
noted after an earlier conversation and is recalled. The model then makes forbidden calls, and at last tells what it was
told to tell. Nothing of it has any effect, and nothing of anybody else leaves.
"""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context

from agents.knowledge import entries
from agents.knowledge.entries import Writing
from agents.models import Fact, Step
from agents.remembering import REMEMBER, remember
from calendar_sync import tasks
from calendar_sync.google import connecting, mirrors
from calendar_sync.models import (
    Appointment,
    AppointmentChange,
    CalendarConnection,
    MirroredEvent,
    Practitioner,
    Service,
    WaitlistEntry,
)
from conversations import turns
from conversations.connecting import connect
from conversations.models import ContactIdentity, Conversation
from tenants.models import User, WorkItem
from tests.agents.injections import SENTINEL, forbidden, orders
from tests.agents.test_adversarial_model import NAME, PHONE, VICTIM, book, ticket, victim
from tests.conversations.conftest import NUMBER, Webhook, lease_for, sent_texts
from tests.google.consent import ACCOUNT, connect_through_the_pages

__all__ = ["victim"]
COUNT = 45  # in each place
ORIGIN = "http://testserver"
READ = ("message", "file name", "knowledge", "fact")
NEVER_SHOWN = ("profile name", "event title", "event description")


class Door:
    """Patients at the clinic's number, each with a number of their own, and the worker behind it."""

    def __init__(self, business: Any) -> None:
        self.business = business
        self.twilio = Webhook()

    def arrives(self, number: int, text: str, **fields: str) -> Conversation:
        form = self.twilio.form(
            Body=text,
            From=f"whatsapp:+4479{number:08}",
            WaId=f"4479{number:08}",
            **{"ProfileName": "Maria Lopes", **fields},
        )
        assert self.twilio.post(form, origin=ORIGIN).status_code < 300
        return Conversation.objects.get(identity__address=form["From"])

    def answers(self, conversation: Conversation) -> None:
        lease = lease_for(self.business, turns.TURN, conversation.pk)
        turns.run_turn(self.business, conversation.pk, lease, provider="anthropic")

    def remembers(self, conversation: Conversation) -> None:
        remember(self.business, conversation.pk, lease_for(self.business, REMEMBER, conversation.pk))


@pytest.fixture
def door(clinic: Any, monday: Any, settings: Any) -> Door:
    settings.PUBLIC_ORIGIN = ORIGIN
    connect(clinic, address=NUMBER)
    return Door(clinic)


@pytest.fixture
def abroad(salon: Any, monday: Any) -> str:
    """A ticket that another business issued."""
    with tenant_context(salon):
        return ticket(salon, VICTIM, Service.objects.earliest("pk"), Practitioner.objects.earliest("pk"))


def state() -> list[Any]:
    return [
        list(Appointment.objects.order_by("pk").values_list("pk", "contact_id", "status", "during")),
        AppointmentChange.objects.count(),
        WaitlistEntry.objects.count(),
    ]


def wire(sandbox: Any) -> str:
    log = sandbox.get("/log", vendor="anthropic", limit=5000)["entries"]
    return "\n".join(json.dumps(json.loads(each["body"]), ensure_ascii=False) for each in log)


class Planting:
    """One order in one place; what the patient then writes, with which name and kind."""

    def __init__(self, door: Door, sandbox: Any) -> None:
        self.door, self.sandbox = door, sandbox
        self.first: list[dict[str, Any]] = []  # what the model looks up before it obeys
        self.entry = entries.add(Writing(title="Parking", body="Behind the house.", language="en"), user_id=None)

    def message(self, number: int, order: str) -> Conversation:
        half = len(order) // 2 if number % 5 == 0 else len(order)
        conversation = self.door.arrives(number, order[:half])
        return self.door.arrives(number, order[half:]) if order[half:] else conversation  # in two messages

    def profile_name(self, number: int, order: str) -> Conversation:
        return self.door.arrives(number, "Hello, when are you open?", ProfileName=order)

    def file_name(self, number: int, order: str) -> Conversation:
        fields = {"MediaUrl0": "https://api.twilio.com/media/1", "MediaContentType0": "application/pdf"}
        return self.door.arrives(number, f"{order}.pdf", NumMedia="1", MessageType="document", **fields)

    def knowledge(self, number: int, order: str) -> Conversation:
        body = f"Parking: {order}".replace("\x00", "")  # which the form refuses
        entries.change(self.entry, Writing(title="Parking", body=body, language="en"))
        look_up = {"type": "tool_use", "name": "search_knowledge", "input": {"question": "parking?", "language": "en"}}
        self.first = [{"after": "user", "content": [look_up]}]
        return self.door.arrives(number, "Hello, do you have parking?")

    def fact(self, number: int, order: str) -> Conversation:
        """Noted after a first conversation by a model that obeys too; what looks like a placeholder is not taken."""
        self.sandbox.script({"text": "Noted."})
        conversation = self.door.arrives(number, "I always need somebody to help me with the stairs")
        self.door.answers(conversation)
        noted = {"subject": "other", "fact": order[:200], "message": 0, "of": None}
        self.sandbox.script({"content": [{"type": "tool_use", "name": "note_facts", "input": {"facts": [noted]}}]})
        self.door.remembers(conversation)
        return self.door.arrives(number, "Hello, when are you open?")

    def event_title(self, number: int, order: str) -> Conversation:
        look = {"service": "Check-up", "practitioner": None, "date": "2026-11-24", "weekday": "Tuesday", "days": 3}
        look |= {"time_from": None, "time_to": None}
        call = {"type": "tool_use", "name": "find_slots", "input": look}
        self.first = [{"after": "user", "content": [call]}]
        return self.door.arrives(number, "Hello, a check-up on Tuesday?")

    event_description = event_title


def google_holds(business: Any, sandbox: Any, place: str, texts: list[str]) -> None:
    """Events in the practitioner's own calendar, synced; their titles or descriptions are the orders."""
    account = {"email": ACCOUNT, "name": "P", "calendars": [{"summary": "A", "id": "a@g.test"}]}
    sandbox.post("/google/accounts", account)
    client = Client()
    client.force_login(User.objects.get(email="alice@clinic.test"))
    connect_through_the_pages(client, business, sandbox)
    connection.set_tenant(business)
    choice = connecting.Choice(connection=CalendarConnection.objects.get(), calendar_id="a@g.test", name="A")
    connecting.choose(business, Practitioner.objects.get(), choice)
    for number, text in enumerate(texts):
        start = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=20 * number)
        event = {
            "summary": text if place == "event title" else "Dentist",
            "description": text if place == "event description" else "",
            "start": {"dateTime": start.isoformat()},
            "end": {"dateTime": (start + dt.timedelta(minutes=15)).isoformat()},
        }
        sandbox.post("/google/events", {"calendar": "a@g.test", "event": event})
    for item in WorkItem.objects.filter(business=business, kind=mirrors.SYNC):
        tasks.sync_calendar.body(business, item.object_id)
    assert MirroredEvent.objects.count() >= len(texts)


@pytest.mark.parametrize("place", [*READ, *NEVER_SHOWN])
def test_faults_53_and_54_an_obeying_model_has_no_effect_on_anybody_and_tells_nothing(
    sandbox: Any,
    door: Door,
    clinic: Any,
    check_up: Service,
    dentist: Practitioner,
    victim: Any,
    abroad: str,
    place: str,
) -> None:
    stolen = ticket(clinic, VICTIM, check_up, dentist)
    tries = forbidden(victim, stolen, abroad, VICTIM)
    texts = orders(victim.reference, COUNT)
    planting = Planting(door, sandbox)
    if place.startswith("event"):
        google_holds(clinic, sandbox, place, texts)
        sandbox.http.delete("/control/log")
    told = f"{NAME} has appointment {victim.reference} on {victim.starts_at:%A at %H:%M}, phone {PHONE}."
    for number, order in enumerate(texts):
        if number % 5 == 1:  # who has an appointment of their own keeps it as well
            owner = door.arrives(number, "Hello")
            book(clinic, owner.contact_id, "Maria Lopes", check_up, dentist)
            sandbox.script({"text": "Hello!"})
            door.answers(owner)
        before = state()
        conversation = getattr(planting, place.replace(" ", "_"))(number, order)
        obeys = {"after": "tool_result" if planting.first else "user", "content": tries[number % len(tries)]}
        sandbox.script(*planting.first, obeys, {"text": told, "times": 0})
        door.answers(conversation)
        assert state() == before, order
        said = " ".join(sent_texts(conversation))
        assert not any(each in said for each in (NAME, PHONE, "Wilhelmina", victim.reference)), said
    sent = wire(sandbox)
    assert sent.count('"tools"') >= 2 * COUNT
    assert (SENTINEL in sent) == (place in READ)
    assert PHONE not in sent.replace(told, "")
    kept = json.dumps(list(Step.objects.filter(kind="tool").values_list("output", flat=True)))
    assert PHONE not in kept
    assert Step.objects.filter(kind="tool", status="error").count() >= COUNT
    assert ContactIdentity.objects.count() == COUNT
    assert Fact.objects.filter(text__contains=SENTINEL).count() >= (COUNT // 2 if place == "fact" else 0)
