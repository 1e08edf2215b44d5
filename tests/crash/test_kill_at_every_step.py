"""kill -9 at every step boundary, and between a tool's effect and its checkpoint: one of everything, always.

A patient says yes to a slot that was read back. The worker is killed at each named place in turn; another one goes on.
In the end there is exactly one appointment, one event in Google and one confirmation on the phone.
"""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from calendar_sync.models import Appointment, CalendarConnection, Practitioner, PractitionerCalendar, Service
from conversations import inbox
from conversations.events_in import InboundMessage
from conversations.models import Channel, Message
from tenants.models import ChannelRoute, WorkItem
from tests.crash.work import STANDING, do_what_is_due
from tests.crash.workers import killed_at
from tests.vendors import GOOGLE_ID, TWILIO_SID, Sandbox

PATIENT, NUMBER, ACCOUNT = "whatsapp:+447911123456", "whatsapp:+441134960111", "crash@example.com"
CRASH_POINTS = [
    "conversations.turn.claimed",
    "before_model",
    "after_model_before_checkpoint",
    "after_model",
    "before_tool",
    "after_effect_before_checkpoint",
    "after_tool",
    "after_outcomes",
    "before_model:2",
    "after_model_before_checkpoint:2",
    "after_model:2",
    "turn.decided",
    "turn.committed",
    "conversations.deliver.claimed",
    "deliver.before_send",
    "deliver.after_send",
    "deliver.after_saved",
    "before_calendar_write",
    "after_calendar_write",
]
_ids = iter(range(10_000))


def work(business: Any) -> None:
    """Another worker, in this process."""
    do_what_is_due()
    connection.set_tenant(business)


def time_passes() -> None:
    """The dead worker's leases run out, and the vendor's list counts as complete."""
    WorkItem.objects.update(leased_until=None, due_at="2000-01-01T00:00Z")
    Message.objects.filter(tried_at__isnull=False).update(tried_at=F("tried_at") - dt.timedelta(minutes=1))


@pytest.fixture
def practice(fresh_business: Any, sandbox: Sandbox, settings: Any) -> Any:
    """A dentist with a number at Twilio and a calendar at Google; the patient has a slot read back."""
    settings.ANTHROPIC_API_KEY = ""
    Service.objects.update(reminders=[])  # tomorrow's would be due today, at 11:00
    ChannelRoute.objects.create(kind="twilio", address=NUMBER, business=fresh_business)
    Channel.objects.create(kind="twilio", address=NUMBER)
    sandbox.post("/twilio/numbers", {"number": NUMBER, "webhook": "http://127.0.0.1:9/", "account_sid": TWILIO_SID})
    sandbox.post("/google/accounts", {"email": ACCOUNT, "name": "Crash", "timezone": "Europe/London"})
    token = sandbox.post("/google/grant", {"email": ACCOUNT, "client_id": GOOGLE_ID})
    kept = {"token": token["access_token"], "refresh_token": token["refresh_token"], "expiry": None}
    account = CalendarConnection.objects.create(account=ACCOUNT, token=json.dumps(kept))
    PractitionerCalendar.objects.create(
        practitioner=Practitioner.objects.get(), connection=account, calendar_id=ACCOUNT, calendar_name="Own"
    )
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER, "hours_ago": 0})
    for text in ("Hi, I need a check-up please", "tomorrow at 11:00"):
        write(fresh_business, text)
        work(fresh_business)
    assert "11:00" in to_patient(sandbox)[-1]
    assert not Appointment.objects.exists()
    return fresh_business


def write(business: Any, text: str) -> None:
    inbox.receive(
        business,
        Channel.objects.get(),
        InboundMessage(
            channel_address=NUMBER, from_address=PATIENT, phone="+447911123456", profile_name="Maria Lopes",
            provider_id=f"SM{next(_ids):032x}", kind="text", text=text, media=(), sent_at=None, payload={},
        ),
    )  # fmt: skip


def to_patient(sandbox: Sandbox) -> list[str]:
    shown = sandbox.get("/patient/messages", phone=PATIENT, number=NUMBER)["messages"]
    return [each["body"] for each in shown if each["by"] == "business"]


def events(sandbox: Sandbox) -> list[dict[str, Any]]:
    return sandbox.get("/google/events", calendar=ACCOUNT)["events"]


@pytest.mark.parametrize("point", CRASH_POINTS)
def test_a_killed_worker_leaves_one_appointment_one_event_one_confirmation(practice, sandbox, point):
    before = len(to_patient(sandbox))
    write(practice, "yes please")
    assert killed_at(point), f"{point} was never reached"
    for _ in range(2):
        time_passes()
        work(practice)
    appointment = Appointment.objects.get()
    assert appointment.status == "confirmed"
    assert len(events(sandbox)) == 1
    said = to_patient(sandbox)[before:]
    assert len(said) == 1, said
    assert "11:00" in said[0]
    assert not WorkItem.objects.filter(business=practice).exclude(kind__in=STANDING).exists()
