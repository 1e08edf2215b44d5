"""Through the real outbox to Twilio's sandbox and back: we offer, the patient says "yes please", the assistant acts."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import booking, open_cases, out_plan, practitioner_out, waitlist
from calendar_sync.freed import SLOT_FREED
from calendar_sync.models import Appointment, BookedBy, OutCampaign, Patient, WaitlistEntry
from conversations import inbox
from conversations.events_in import InboundMessage
from conversations.models import Channel, Conversation
from conversations.outbox import DELIVER
from conversations.turns import TURN
from frontdesk.celery import app
from tenants.models import ChannelRoute, WorkItem
from tests.crash.test_kill_at_every_step import NUMBER, PATIENT, to_patient, write
from tests.vendors import TWILIO_SID
from tests.waitlist.scene import LONDON, Scene, Somebody
from tests.waitlist.test_races import tomorrow

KINDS = (SLOT_FREED, waitlist.OFFER, out_plan.PLAN, open_cases.CASE, TURN, DELIVER)


@pytest.fixture
def scene(fresh_business, sandbox, settings):
    """A practice with a number at Twilio, answered by the guided flow."""
    settings.ANTHROPIC_API_KEY = ""
    ChannelRoute.objects.create(kind="twilio", address=NUMBER, business=fresh_business)
    channel = Channel.objects.create(kind="twilio", address=NUMBER)
    sandbox.post("/twilio/numbers", {"number": NUMBER, "webhook": "http://127.0.0.1:9/", "account_sid": TWILIO_SID})
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER, "hours_ago": 0})
    made = Scene(fresh_business, channel)
    made.rules(quiet_from=dt.time(0), quiet_until=dt.time(0))
    return made


@pytest.fixture
def maria(scene):
    """She has written once, and was answered."""
    write(scene.business, "Hello, what are your opening hours?")
    work(scene)
    conversation = Conversation.objects.get()
    patient = Patient.objects.create(name="Maria Lopes", contact_id=conversation.contact_id)
    return Somebody(scene.business, patient, conversation)


def work(scene, passes=8):
    for _ in range(passes):
        for item in list(WorkItem.objects.filter(kind__in=KINDS).order_by("pk")):
            WorkItem.objects.filter(pk=item.pk).update(due_at="2000-01-01T00:00Z", leased_until=None)
            app.tasks[item.kind].body(scene.business, item.object_id)
    connection.set_tenant(scene.business)


def answers(scene, text, tapped):
    """In words, or by a button whose title they are."""
    message = InboundMessage(
        channel_address=NUMBER,
        from_address=PATIENT,
        phone="+447911123456",
        profile_name="Maria Lopes",
        provider_id="SM" + "a" * 32,
        kind="text",
        text=text,
        choice=tapped,
    )
    inbox.receive(scene.business, Channel.objects.get(), message)


def said(moment):
    return f"{moment.astimezone(LONDON):%H:%M}"


def test_a_freed_slot_is_offered_and_booked_by_yes_please(scene, maria, sandbox):
    scene.joins(maria)
    starts_at = tomorrow(scene)
    gone = scene.book(scene.somebody("Tom Reed"), starts_at)
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    work(scene)
    offered = to_patient(sandbox)[-1]
    assert "a time has become free" in offered
    assert said(starts_at) in offered
    write(scene.business, "yes please")
    work(scene)
    made = Appointment.objects.get(patient=maria.patient)
    assert (made.starts_at, made.status, made.booked_by) == (starts_at, "confirmed", "assistant")
    assert WaitlistEntry.objects.get().status == "booked"
    assert said(starts_at) in to_patient(sandbox)[-1]


def test_a_late_yes_is_told_that_the_time_has_gone(scene, maria, sandbox):
    scene.joins(maria)
    gone = scene.book(scene.somebody("Tom Reed"), tomorrow(scene))
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    work(scene)
    offer = waitlist.open_offer(maria.contact_id)
    waitlist.settle(scene.business, offer, "lost")
    work(scene)
    assert "has gone now" in to_patient(sandbox)[-1]
    write(scene.business, "yes please")
    work(scene)
    assert not Appointment.objects.filter(patient=maria.patient).exists()
    assert len(to_patient(sandbox)) == 4, to_patient(sandbox)


@pytest.mark.parametrize(
    ("answer", "tapped", "number"), [("yes please", "", 1), ("2", "", 2), ("Sat 28 Nov 09:00", "offer:2", 2)]
)
def test_a_patient_of_somebody_who_is_out_is_moved_by_an_answer(scene, maria, sandbox, answer, tapped, number):
    starts_at = tomorrow(scene) + dt.timedelta(days=1)
    made = scene.book(maria, starts_at)
    day = starts_at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    campaign = practitioner_out.start(
        scene.business, scene.ada, begin=day, end=day + dt.timedelta(days=1), reason="Ill", user_id=1
    )
    practitioner_out.send_now(scene.business, campaign)
    work(scene)
    asked = to_patient(sandbox)[-1]
    assert f"your appointment {starts_at.astimezone(LONDON):%A}" in asked
    wanted = campaign.cases.get().options.get(number=number)
    answers(scene, answer, tapped)
    work(scene)
    made.refresh_from_db()
    assert made.starts_at == wanted.starts_at
    assert OutCampaign.objects.get().status == "closed"
    assert said(wanted.starts_at) in to_patient(sandbox)[-1]


def test_whoever_wants_none_of_the_times_is_asked_for_another(scene, maria, sandbox):
    starts_at = tomorrow(scene) + dt.timedelta(days=1)
    made = scene.book(maria, starts_at)
    day = starts_at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    campaign = practitioner_out.start(
        scene.business, scene.ada, begin=day, end=day + dt.timedelta(days=1), reason="Ill", user_id=1
    )
    practitioner_out.send_now(scene.business, campaign)
    work(scene)
    write(scene.business, "no thanks")
    work(scene)
    assert campaign.cases.get().status == "declined"
    assert "Shall we look for another time?" in to_patient(sandbox)[-1]
    write(scene.business, "cancel it please")
    work(scene)
    write(scene.business, "yes")
    work(scene)
    made.refresh_from_db()
    assert made.status == "cancelled"
    assert campaign.cases.get().status == "cancelled"
    assert OutCampaign.objects.get().status == "closed"
