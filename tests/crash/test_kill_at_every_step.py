"""kill -9 at every step boundary, and between a tool's effect and its checkpoint: one of everything, always.

A patient says yes to a slot that was read back. The worker is killed at each named place in turn; another one goes on.
In the end there is exactly one appointment, one event in Google and one confirmation on the phone.
"""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import F

from calendar_sync import reminding
from calendar_sync.models import Appointment, CalendarConnection, Practitioner, PractitionerCalendar
from conversations import inbox
from conversations.events_in import InboundMessage
from conversations.models import Channel, Message
from tenants.models import ChannelRoute, WorkItem
from tests.crash.work import STANDING, do_what_is_due
from tests.vendors import GOOGLE_ID, TWILIO_SID, Sandbox

ROOT = Path(__file__).resolve().parents[2]
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


def environment() -> dict[str, str]:
    """What a worker of the tests' own database and sandbox needs."""
    database = connection.settings_dict
    login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    names = ("TWILIO_BASE_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "GOOGLE_BASE_URL", "GOOGLE_CLIENT_ID")
    given = {
        name: getattr(django_settings, name) for name in (*names, "GOOGLE_CLIENT_SECRET", "SECRET_KEY", "REDIS_URL")
    }
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ANTHROPIC"))},
        **given,
        "DATABASE_URL": f"postgres://{login}/{database['NAME']}",
        "PYTHONWARNINGS": "default",
    }


class Workers:
    """Each is a process of its own that does what is due, and may be killed meanwhile."""

    def __init__(self, log: Path) -> None:
        self.log = log.open("w+")
        self.forge = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.work"],
            cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
        )  # fmt: skip

    def killed_at(self, point: str) -> bool:
        """Whether one that does what is due was killed at the point."""
        print(point, file=self.forge.stdin, flush=True)
        ended = self.forge.stdout.readline().strip()
        self.log.seek(0)
        assert ended in ("0", str(-signal.SIGKILL)), self.log.read()[-3000:]
        return ended != "0"

    def leave(self) -> None:
        self.forge.communicate(timeout=20)
        self.log.close()


@pytest.fixture(scope="module")
def workers(sandbox_program: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Workers]]:
    """They need to know the first test's settings, and are started with those."""
    started: list[Workers] = []

    def of_the_tests() -> Workers:
        if not started:
            started.append(Workers(tmp_path_factory.mktemp("crash") / "workers.log"))
        return started[0]

    yield of_the_tests
    for each in started:
        each.leave()


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
def test_a_killed_worker_leaves_one_appointment_one_event_one_confirmation(practice, sandbox, workers, point):
    before = len(to_patient(sandbox))
    write(practice, "yes please")
    assert workers().killed_at(point), f"{point} was never reached"
    for _ in range(2):
        time_passes()
        work(practice)
    appointment = Appointment.objects.get()
    assert appointment.status == "confirmed"
    assert len(events(sandbox)) == 1
    said = to_patient(sandbox)[before:]
    assert len(said) == 1, said
    assert "11:00" in said[0]
    later = (*STANDING, reminding.REMIND)  # before noon the reminder for tomorrow is still ahead
    assert not WorkItem.objects.filter(business=practice).exclude(kind__in=later).exists()
