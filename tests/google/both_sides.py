"""Rosa at the phone, the assistant in the diary, and somebody in Google."""

import pytest

from calendar_sync import booking, tickets
from calendar_sync.models import BookedBy
from calendar_sync.slots import find_slots
from conversations import tasks as conversation_tasks
from conversations.models import Channel, Contact, ContactIdentity, Conversation, Message
from tenants import clock
from tenants.models import WorkItem
from tests.google.conftest import HOUR, at

ADA = "ada@group.test"


@pytest.fixture
def rosa(desk):
    """Rosa writes from a phone, and wrote just now."""
    contact = Contact.objects.create(name="Rosa Blum")
    identity = ContactIdentity.objects.create(contact=contact, kind="simulator", address="sim:rosa")
    conversation = Conversation.objects.create(
        contact=contact,
        channel=Channel.objects.create(kind="simulator", address="sim:clinic"),
        identity=identity,
        last_inbound_at=clock.now(),
    )
    desk.patient.contact_id = contact.pk
    desk.patient.save()
    return conversation


def offer(desk, hour):
    """A ticket for that hour, as the assistant gives it."""
    desk.refresh()
    found = find_slots(desk.business, service=desk.service, window=(at(hour), at(hour + 1)))
    return tickets.issue(desk.business, found[0], contact_id=desk.patient.contact_id)


def book(desk, ticket):
    return booking.book(
        desk.business, ticket=ticket, contact_id=desk.patient.contact_id, patient=desk.patient, by=BookedBy.ASSISTANT
    )


def told(desk):
    """What the patient is told, once the worker has done its part."""
    for item in WorkItem.objects.filter(business=desk.business, kind="conversations.tell_patient"):
        conversation_tasks.tell_patient.body(desk.business, item.object_id)
    return list(Message.objects.order_by("pk").values_list("text", flat=True))


def in_google(desk, made, **event):
    """Somebody edits the appointment's event in Google."""
    return desk.google.post("/google/events", {"calendar": ADA, "id": made.event_links.get().event_id, "event": event})


def to(hour):
    return {"start": {"dateTime": at(hour).isoformat()}, "end": {"dateTime": (at(hour) + HOUR / 2).isoformat()}}


def delete_in_google(desk, made):
    gone = {"calendar": ADA, "id": made.event_links.get().event_id}
    assert desk.google.http.request("DELETE", "/control/google/events", json=gone).is_success


def look(desk):
    desk.later()
    desk.work()
