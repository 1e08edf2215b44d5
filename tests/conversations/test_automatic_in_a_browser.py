"""What goes out by itself in a real Chromium: the settings, the thread with its buttons, the appointment, the phone."""

import datetime as dt
from urllib.parse import parse_qsl

import pytest

from agents.types import Choice
from calendar_sync import by_hand, reminding
from calendar_sync.models import BookingRules, Patient, Practitioner, Reminder, Service
from conversations import inbox, outbox, tasks, template_approval
from conversations.connecting import connect
from conversations.delivery import deliver
from conversations.events_in import InboundMessage
from conversations.models import Message, MessageTemplate
from conversations.template_approval import OURS
from tenants import clock
from tenants.models import User, WorkItem
from tests.conversations.conftest import PATIENT, Webhook, lease_for, new_sid
from tests.conversations.practice import LONG_AGO
from tests.tenants.serving import log_in, running
from tests.vendors import TWILIO_SID, TWILIO_TOKEN

pytestmark = pytest.mark.browser
NUMBER = "whatsapp:+441134960654"


@pytest.fixture
def window(fresh_business, browser_page, sandbox, django_db_blocker):
    with running(
        TWILIO_ACCOUNT_SID=TWILIO_SID, TWILIO_AUTH_TOKEN=TWILIO_TOKEN, TWILIO_BASE_URL=f"{sandbox.url}/twilio"
    ) as server:
        session = log_in(User.objects.get(email="alice@clinic.test"))
        opened = browser_page(f"http://127.0.0.1:{server.port}", session)
        opened.path = f"{fresh_business.path}settings/messages/"
        yield opened


@pytest.fixture
def channel(fresh_business):
    return connect(fresh_business, address=NUMBER)


def look(window, name, tall=0):
    """`tall`: pictures of so many pixels instead of a screen's height."""
    assert window.faults(f"messages-{name}", tall=tall) == []


def writes(business, channel, text, **more):
    event = InboundMessage(
        channel_address=channel.address,
        from_address=PATIENT,
        phone=PATIENT.removeprefix("whatsapp:"),
        profile_name="Rosa Blum",
        provider_id=new_sid(),
        kind="text",
        text=text,
        **more,
    )
    return inbox.receive(business, channel, event)


def reminded(business, channel, sandbox):
    """An appointment in two days, whose reminder is due now and goes to the phone."""
    BookingRules(quiet_from=dt.time(0), quiet_until=dt.time(0)).save()
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER})
    conversation = writes(business, channel, "Hello").conversation
    made = by_hand.book_by_hand(
        business,
        service=Service.objects.get(name="Check-up"),
        practitioner=Practitioner.objects.get(),
        starts_at=clock.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=2),
        patient=Patient.objects.create(name="Rosa Blum", contact_id=conversation.contact_id),
        user_id=None,
        overrule=True,
    )
    reminder = Reminder.objects.filter(appointment=made).order_by("due_at").last()
    Reminder.objects.filter(pk=reminder.pk).update(due_at=clock.now())
    WorkItem.objects.filter(kind=reminding.REMIND, object_id=reminder.pk).update(due_at=LONG_AGO)
    tasks.remind.body(business, reminder.pk)
    message = Message.objects.get(direction="out", author="system")
    deliver(business, message.pk, lease_for(business, outbox.DELIVER, message.pk))
    return made, message


def test_the_settings_are_readable_for_everybody(window, fresh_business):
    window.open(window.path)
    look(window, "empty", tall=2200)
    channel = connect(fresh_business, address=NUMBER)
    template_approval.choose_languages(channel, ["de"])
    template_approval.ask(fresh_business, channel)
    for purpose, state, reason in (
        ("reminder", "approved", ""),
        ("after_visit", "submitted", ""),
        ("no_show", "rejected", "The text begins or ends with a blank (INVALID_FORMAT)"),
    ):
        MessageTemplate.objects.filter(purpose=purpose).update(state=state, reason=reason, checked_at=clock.now())
    page = window.open(window.path)
    page.get_by_label("What it says after a visit").fill("{first_name}, thank you")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("alert").first.wait_for()
    look(window, "error", tall=2400)
    window.open(window.path)
    look(window, "full", tall=2600)


def test_a_manager_decides_what_goes_out(window, fresh_business, channel):
    page = window.open(window.path)
    page.get_by_label("Write after a visit").check()
    page.get_by_label("Quiet from").fill("21:30")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved. Coming appointments are planned anew.").wait_for()
    page.get_by_label("Check-up").fill("2 days, 3 hours")
    with page.expect_navigation():  # the same words stand there already
        page.get_by_role("button", name="Save the times").click()
    page.get_by_text("Saved. Coming appointments are planned anew.").wait_for()
    assert BookingRules.objects.get().quiet_from == dt.time(21, 30)
    assert Service.objects.get(name="Check-up").reminders == [2880, 180]
    page.get_by_role("button", name="Ask for approval").click()
    page.get_by_text("WhatsApp is asked.").wait_for()
    assert MessageTemplate.objects.filter(wanted_at__isnull=False).count() == len(OURS)


def test_the_thread_shows_what_went_out_and_what_was_tapped(window, fresh_business, channel, sandbox):
    made, message = reminded(fresh_business, channel, sandbox)
    message.refresh_from_db()
    confirm = message.choices[0]
    writes(fresh_business, channel, confirm["title"], choice=confirm["id"], reply_to=message.provider_id)
    times = [Choice(id=f"slot:{n}", title=f"Tue {8 + n:02}:00", description="Dr Ada Silva") for n in range(1, 5)]
    outbox.queue(fresh_business, message.conversation, "These are free on Tuesday.", choices=times)
    writes(fresh_business, channel, "STOP")
    page = window.open(f"{fresh_business.path}conversations/{message.conversation_id}/")
    page.get_by_text("They confirmed that they will come").wait_for()
    page.get_by_text("They wrote STOP").wait_for()
    assert page.get_by_role("list", name="Answers to tap").first.inner_text().split() == ["Confirm", "Change", "Cancel"]
    look(window, "thread")
    page = window.open(f"{fresh_business.path}diary/appointments/{made.pk}/")
    page.get_by_text("Reminder sent").wait_for()
    look(window, "appointment")


def test_on_the_phone_the_buttons_can_be_tapped(window, fresh_business, channel, sandbox):
    made, message = reminded(fresh_business, channel, sandbox)
    message.refresh_from_db()
    number, patient = NUMBER.removeprefix("whatsapp:"), PATIENT.removeprefix("whatsapp:")
    sandbox.post("/twilio/numbers", {"number": number, "webhook": "http://127.0.0.1:1/nobody/"})
    page = window.page
    page.goto(f"{sandbox.url}/phone/?number=%2B{number[1:]}&phone=%2B{patient[1:]}")
    page.get_by_role("button", name="Confirm").wait_for()
    window.shoot("messages-phone-buttons")
    page.get_by_role("button", name="Cancel").click()
    page.locator(".bubble.patient").last.wait_for()
    window.shoot("messages-phone-tapped")
    sent = next(each["body"] for each in sandbox.log("twilio") if "ButtonPayload=" in each["body"])
    # The server here has no address of its own that could be signed for: what the phone sent is posted from here.
    assert Webhook().post(dict(parse_qsl(sent))).status_code == 200
    assert Message.objects.get(direction="in", choice=f"cancel:{made.reference}").reply_to == message
