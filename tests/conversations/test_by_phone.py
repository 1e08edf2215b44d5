"""A patient whom staff booked by phone, and who never wrote: reminded by template once they agreed, else staff know."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import message_consent
from calendar_sync.models import (
    Appointment,
    MessageConsent,
    Patient,
    Practitioner,
    Reminder,
    Service,
    WaitlistEntry,
)
from conversations import by_phone, tasks, telling
from conversations.connecting import connect, disconnect
from conversations.delivery import deliver
from conversations.models import ConsentChange, Contact, Conversation, Handoff, Message, MessageTemplate, StaffPhone
from conversations.template_approval import APPROVE, ask
from escalations import tasks as desk_tasks
from escalations.models import Notice
from tenants import clock
from tenants.models import WorkItem
from tests.conversations.conftest import NUMBER, PATIENT, lease_for
from tests.conversations.practice import LONG_AGO, Practice, local

REMINDED = "Hello {first_name}, we see you {when} at {business} ({reference}). Can you come?"


@pytest.fixture
def desk(client, clinic, bob, channel):
    """Bob at the diary, Monday 2026-11-30 at 09:00; reminders a day before, and an approved template for them."""
    Service.objects.update(reminders=[1440])
    client.force_login(bob)

    def post(path, **form):
        try:
            return client.post(f"/b/bright-smile/{path}", form) if form else client.get(f"/b/bright-smile/{path}")
        finally:
            connection.set_tenant(clinic)

    with clock.pinned(local("2026-11-30 09:00")):
        yield post


@pytest.fixture
def approved(channel):
    return MessageTemplate.objects.create(
        channel=channel,
        purpose="reminder",
        language="en",
        state="approved",
        body=REMINDED,
        approved_body=REMINDED,
        approved_buttons=[{"id": "cancel:{reference}", "title": "Cancel"}],
        sid="HX" + "1" * 32,
        approved_sid="HX" + "1" * 32,
    )


def book(desk, **form):
    answer = desk(
        "diary/appointments/new/",
        **{
            "service": Service.objects.get(name="Check-up").pk,
            "practitioner": Practitioner.objects.order_by("pk").first().pk,
            "date": "2026-12-03",
            "time": "10:00",
            "name": "Rosa Blum",
            "phone": "07911 123456",
            **form,
        },
    )
    return answer, Appointment.objects.order_by("-pk").first()


def work(business, kind=message_consent.REACH, task=tasks.reach_by_phone):
    for item in list(WorkItem.objects.filter(kind=kind)):
        WorkItem.objects.filter(pk=item.pk).update(due_at=LONG_AGO)
        task.body(business, item.object_id)


def remind(business, contact_id=None):
    return Practice(business, contact_id).at("2026-12-02 10:00")


def test_who_agreed_is_reminded_by_template_in_a_conversation_of_their_own(desk, clinic, approved, bob):
    _, made = book(desk, agreed="on")
    work(clinic)
    made.refresh_from_db()
    contact = Contact.objects.get()
    assert (made.contact_id, made.patient.contact_id, contact.name) == (contact.pk, contact.pk, "Rosa Blum")
    assert not Conversation.objects.exists(), "nothing has been said yet"
    consent = ConsentChange.objects.get()
    assert (consent.to, consent.way, consent.staff_id, consent.at) == ("in", "staff", bob.pk, clock.now())
    assert consent.text == by_phone.AGREED
    [text] = remind(clinic, contact.pk)
    when = "Thursday 3 December at 10:00"
    assert text == f"Hello Rosa, we see you {when} at Bright Smile ({made.reference}). Can you come?"
    message = Message.objects.get()
    assert message.template == approved
    assert message.conversation.identity.address == PATIENT
    assert (Reminder.objects.get().status, Notice.objects.count()) == ("sent", 0)


def test_the_vendor_takes_it_and_the_answer_counts(desk, clinic, channel, sandbox, twilio):
    ask(clinic, channel)
    work(clinic, APPROVE, tasks.approve_template)
    _, made = book(desk, agreed="on")
    work(clinic)
    made.refresh_from_db()
    remind(clinic, made.contact_id)
    message = Message.objects.get()
    sandbox.post("/twilio/hold", {"hold": True})
    deliver(clinic, message.pk, lease_for(clinic, "conversations.deliver", message.pk))
    sandbox.post("/twilio/hold", {"hold": False})
    message.refresh_from_db()
    assert (message.delivery, message.error) == ("sent", "")
    twilio.says("Confirm", ButtonPayload=f"confirm:{made.reference}", OriginalRepliedMessageSid=message.provider_id)
    assert made.confirmations.exists()
    assert Conversation.objects.count() == 1


def test_who_was_not_asked_is_not_written_to_and_whoever_booked_is_told_once(desk, clinic, approved, bob):
    _, made = book(desk)
    book(desk, time="11:00")
    assert not MessageConsent.objects.exists()
    assert remind(clinic) == []
    assert Practice(clinic, None).at("2026-12-02 11:00") == []
    with clock.pinned(local("2026-12-02 11:00")):
        work(clinic, by_phone.UNREACHED, desk_tasks.tell_of_unreached)
    assert not Message.objects.exists()
    assert {each.reason for each in Reminder.objects.filter(minutes=1440)} == {"not_asked"}
    notice = Notice.objects.get()
    assert (notice.staff_id, notice.kind) == (bob.pk, "unreached")
    assert "A reminder reaches nobody" in desk("notices/").content.decode()
    assert desk(f"notices/{notice.pk}/").url.endswith(f"/diary/patients/{made.patient_id}/#reached")


def test_the_patients_page_notes_it_later(desk, clinic, approved):
    _, made = book(desk, phone="")
    answer = desk(f"diary/patients/{made.patient_id}/phone/", phone="", agreed="on")
    assert answer.status_code == 422
    assert desk(f"diary/patients/{made.patient_id}/phone/", phone="07911 123456", agreed="on").status_code == 302
    work(clinic)
    made.refresh_from_db()
    assert made.contact_id is not None
    assert len(remind(clinic, made.contact_id)) == 1


@pytest.mark.parametrize(
    ("phone", "said"), [("", "Which phone may we write to?"), ("123 456", "WhatsApp knows no such number.")]
)
def test_who_agreed_needs_a_phone_that_can_be_written_to(desk, clinic, phone, said):
    answer, made = book(desk, phone=phone, agreed="on")
    assert (answer.status_code, made) == (422, None)
    assert said in answer.content.decode()


def test_without_a_template_it_is_a_task_with_the_reason(desk, clinic):
    _, made = book(desk, agreed="on")
    work(clinic)
    made.refresh_from_db()
    assert remind(clinic, made.contact_id) == []
    assert "no template is approved for reminders yet" in Handoff.objects.get().summary


def test_a_change_reaches_who_never_wrote_and_is_foretold(desk, clinic, channel, client):
    body = "Hello {first_name}, your appointment is {when} now ({reference}). Does that suit you?"
    MessageTemplate.objects.create(
        channel=channel, purpose="changed_appointment", language="en", state="approved", body=body,
        approved_body=body, sid="HX" + "2" * 32, approved_sid="HX" + "2" * 32,
    )  # fmt: skip
    _, made = book(desk, agreed="on")
    work(clinic)
    where = {"practitioner": made.practitioner_id, "date": "2026-12-03", "time": "12:00"}
    shown = client.get(f"/b/bright-smile/diary/appointments/{made.pk}/told/", where).content.decode()
    connection.set_tenant(clinic)
    assert "your appointment is Thursday 3 December at 12:00 now" in shown
    assert not Conversation.objects.exists(), "looking sends nothing"
    desk(f"diary/appointments/{made.pk}/move/", tell="on", **where)
    work(clinic, telling.TELL, tasks.tell_patient)
    assert "12:00 now" in Message.objects.get().text


def test_stop_stands_whatever_staff_tick(desk, clinic, approved, write, twilio):
    write()
    twilio.says("STOP")
    said = Message.objects.filter(direction="out").count()
    _, made = book(desk, agreed="on", whose="shared")
    work(clinic)
    made.refresh_from_db()
    assert remind(clinic, made.contact_id) == []
    assert Contact.objects.get().opted_out_at is not None
    assert Message.objects.filter(direction="out").count() == said
    assert Reminder.objects.get(appointment=made).reason == "opted_out"


def test_whoever_writes_from_that_phone_already_keeps_their_conversation(desk, clinic, approved, write):
    before = write().conversation
    _, made = book(desk, agreed="on", whose="shared")
    work(clinic)
    made.refresh_from_db()
    assert made.contact_id == before.contact_id
    assert Contact.objects.get().display_name == "Maria", "their own name stays"


def test_a_colleagues_own_phone_is_no_patients(desk, clinic, channel, alice):
    StaffPhone.objects.create(staff_id=alice.pk, kind=channel.kind, address=PATIENT, verified_at=clock.now())
    assert "a colleague." in book(desk, agreed="on")[0].content.decode()
    _, made = book(desk, agreed="on", whose="shared")
    work(clinic)
    made.refresh_from_db()
    assert made.contact_id is None
    assert "a colleague’s" in desk(f"diary/patients/{made.patient_id}/").content.decode()


def test_whoever_waits_by_phone_and_agreed_is_asked_by_message(desk, clinic, channel, bob):
    asked = {"name": "Nora Field", "phone": "07911 123457", "service": Service.objects.get(name="Check-up").pk}
    assert desk("waitlist/", **asked, agreed="on").status_code == 302
    work(clinic)
    entry = WaitlistEntry.objects.get()
    assert entry.contact_id == Contact.objects.get().pk == entry.patient.contact_id
    assert ConsentChange.objects.get().staff_id == bob.pk


def test_it_waits_for_the_first_number_to_be_connected(desk, clinic, channel):
    disconnect(clinic, channel)
    _, made = book(desk, agreed="on")
    work(clinic)
    connect(clinic, address=NUMBER)
    work(clinic)
    made.refresh_from_db()
    assert made.contact_id is not None


def test_a_contact_who_never_wrote_nor_agreed_is_not_written_to(desk, clinic, approved, channel, write):
    """The owner wrote to them from the phone app: that is no consent."""
    conversation = write().conversation
    Conversation.objects.update(last_inbound_at=None)
    _, made = book(desk, whose="shared")
    Patient.objects.update(contact_id=conversation.contact_id)
    Appointment.objects.update(contact_id=conversation.contact_id)
    assert remind(clinic, conversation.contact_id) == []
    assert "nobody noted that they agreed" in Handoff.objects.get().summary
    by_hand = {"to": "in", "text": "Told us at the desk."}
    assert made.reminders.get().reason == "not_asked"
    assert not ConsentChange.objects.exists()
    desk(f"contacts/{conversation.contact_id}/consent/", **by_hand)
    assert ConsentChange.objects.get().text == "Told us at the desk."
    assert dt.timedelta(0) <= clock.now() - ConsentChange.objects.get().at
