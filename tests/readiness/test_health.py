"""What is broken is named with the way to mend it; what was mended is gone."""

import datetime as dt
import html
import re

import pytest

from agents.models import KnowledgeGap
from calendar_sync.models import CalendarConnection, CalendarMirror, OpeningHours, Practitioner, Service, WorkingHours
from conversations.models import Channel, Message, MessageTemplate
from escalations.models import WebhookEndpoint
from tenants import clock, worklist
from tenants.models import Business, Membership, WorkItem


def findings(client):
    """Title → tone."""
    page = html.unescape(client.get("settings/health/").content.decode())
    parts = [part for part in page.split('<div class="finding finding--')[1:] if not part.startswith("good")]
    titles = [re.search(r'finding__title"><span.*?</span> (.*?)</p>', part)[1] for part in parts]
    return {title: part.partition('"')[0] for title, part in zip(titles, parts, strict=True)}


@pytest.fixture
def well(scene):
    """A business in which nothing is broken."""
    MessageTemplate.objects.create(
        channel=scene.channel, purpose="reminder", language="en", body="x", state="approved", approved_sid="HX1"
    )
    return scene


def test_nothing_broken_is_said_too(alices, well):
    page = alices.get("settings/health/").content.decode()
    assert "Nothing is broken." in page
    assert findings(alices) == {}


def _google(**values):
    connection = CalendarConnection.objects.create(account="ada@clinic.test", **values)
    return CalendarMirror.objects.create(connection=connection, calendar_id="ada@clinic.test")


BREAK = {
    "No WhatsApp number is connected": ("bad", lambda: Channel.objects.update(active=False)),
    "WhatsApp refuses a connected number": ("bad", lambda: Channel.objects.update(check_error="401")),
    "WhatsApp refused 1 message template": ("warn", lambda: MessageTemplate.objects.update(state="rejected")),
    "No message template is approved": ("warn", lambda: MessageTemplate.objects.update(approved_sid="")),
    "You have no opening hours": ("bad", lambda: OpeningHours.objects.all().delete()),
    "There is no service to book": ("bad", lambda: Service.objects.update(active=False)),
    "Google no longer lets us into 1 account": ("bad", lambda: _google(status="revoked")),
    "1 webhook paused": ("warn", lambda: WebhookEndpoint.objects.create(url="https://x.test", active=False)),
    "1 question without an answer": (
        "warn",
        lambda: KnowledgeGap.objects.create(question="Parking?", plain="parking", conversation_id=1),
    ),
    "Nobody is mailed when a person is needed": ("bad", lambda: Membership.objects.update(notify_by_email=False)),
}


@pytest.mark.parametrize("title", BREAK)
def test_what_breaks_is_named_alone(title, alices, well):
    tone, act = BREAK[title]
    act()
    assert findings(alices) == {title: tone}


def test_every_finding_leads_to_a_page_that_exists(alices, well):
    for _, act in BREAK.values():
        act()
    page = alices.get("settings/health/").content.decode()
    ways = re.findall(r'<a class="btn btn-plain btn-sm" href="([^"]+)"', page)
    assert len(ways) == 7
    assert {alices.get(way).status_code for way in ways} == {200}


def test_a_message_that_was_not_delivered_is_of_the_last_day_only(alices, well):
    well.says(well.writes("Tom", "Hi"), "Hello")
    Message.objects.filter(direction="out").update(delivery=Message.Delivery.FAILED)
    assert findings(alices) == {"1 message of the last day could not be delivered": "warn"}
    with clock.pinned(clock.now() + dt.timedelta(days=2)):
        assert "1 message of the last day could not be delivered" not in findings(alices)


def test_somebody_without_hours_and_what_only_they_do(alices, well):
    ada = Practitioner.objects.get()
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=ada.location)
    assert findings(alices) == {"1 practitioner without working hours": "warn"}
    WorkingHours.objects.create(practitioner=bea, weekday=0, starts=dt.time(9), ends=dt.time(12))
    assert findings(alices) == {}


def test_work_is_late_after_five_minutes_unless_somebody_is_at_it(alices, clinic, well):
    worklist.call_for(clinic.pk, "conversations.turn", 7, wait=-dt.timedelta(minutes=6))
    assert findings(alices) == {"1 piece of work should have been done minutes ago": "bad"}
    WorkItem.objects.update(leased_until=clock.now() + dt.timedelta(minutes=1))
    assert findings(alices) == {}
    WorkItem.objects.update(leased_until=None, parked_at=clock.now())
    assert findings(alices) == {"1 piece of work failed again and again": "warn"}


def test_another_businesss_late_work_is_not_ours(alices, salon, well):
    worklist.call_for(salon.pk, "conversations.turn", 7, wait=-dt.timedelta(minutes=6))
    assert findings(alices) == {}


def test_a_suspended_business_says_so_first(alices, clinic, well):
    Business.objects.filter(pk=clinic.pk).update(status=Business.Status.SUSPENDED)
    assert next(iter(findings(alices).items())) == ("This business is suspended", "bad")
