"""Settings → messages that go out: switches, times, texts, approval, a test; and what the appointment's page shows."""

import datetime as dt
import html

import pytest
from django_tenants.utils import tenant_context

from calendar_sync import reminding
from calendar_sync.lead_times import NotUnderstood, minutes_in, text_of
from calendar_sync.models import BookingRules, Reminder, Service
from conversations import tasks
from conversations.models import Channel, Message, MessageTemplate
from conversations.template_approval import APPROVE
from tenants import clock
from tenants.models import AuditEntry, WorkItem
from tests.conversations.conftest import PATIENT, OutsideClient
from tests.conversations.practice import Practice, local

PAGE = "/b/bright-smile/settings/messages/"
FORM = {
    "reminders": "on",
    "quiet_from": "21:00",
    "quiet_until": "07:30",
    "after_visit": "on",
    "after_visit_text": "Thank you {first_name}, see you soon.",
    "no_show_text": "",
}


@pytest.fixture
def desk(alice, clinic):
    client = OutsideClient()
    client.force_login(alice)
    return client


def text_in(answer):
    return html.unescape(answer.content.decode())


def test_without_a_number_the_page_says_what_to_do(desk):
    page = text_in(desk.get(PAGE))
    assert "No number is connected" in page
    assert "Hello Rosa, a reminder of your appointment at Bright Smile: Check-up with Dr Silva" in page


def test_what_is_decided_is_kept_and_the_coming_appointments_are_planned_anew(desk, clinic):
    assert "planned anew" in text_in(desk.post(PAGE, FORM, follow=True))
    rules = BookingRules.objects.get()
    assert (rules.reminders, rules.after_visit, rules.no_show_followup) == (True, True, False)
    assert (rules.quiet_from, rules.quiet_until) == (dt.time(21), dt.time(7, 30))
    assert WorkItem.objects.filter(kind=reminding.REPLAN, object_id=clinic.pk).exists()
    assert AuditEntry.objects.filter(action="messages.edited").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"quiet_from": "soon"}, "Enter a valid time."),
        ({"after_visit_text": "Thank you {nickname}, see you."}, "We can't fill in {nickname}."),
        ({"no_show_text": "{first_name}, we missed you."}, "Begin and end with words of your own"),
        ({"after_visit_text": "x" * 901}, "at most 900 characters"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(desk, given, said):
    answer = desk.post(PAGE, FORM | given)
    assert answer.status_code == 422
    assert said in text_in(answer)
    assert not BookingRules.objects.exists()


def test_the_times_of_each_service_are_written_as_people_write_them(desk, clinic):
    services = list(Service.objects.filter(active=True))
    given = {f"service-{each.pk}": "" for each in services} | {f"service-{services[0].pk}": "2 days and 3 hours"}
    answer = desk.post(PAGE + "offsets/", given, follow=True)
    assert "planned anew" in text_in(answer)
    services[0].refresh_from_db()
    assert services[0].reminders == [2880, 180]
    assert 'value="2 days, 3 hours"' in text_in(answer)
    bad = desk.post(PAGE + "offsets/", given | {f"service-{services[0].pk}": "the day before"})
    assert bad.status_code == 422
    assert "“the day before” is not understood" in text_in(bad)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 days, 3 hours", [2880, 180]),
        ("3h; 2d", [2880, 180]),
        ("1 week and 90 minutes", [10080, 90]),
        ("24 hours, 1 day", [1440]),
        ("2 Stunden und 1 Tag", [1440, 120]),
        ("2 días, 90 minutos", [2880, 90]),
        ("3 jours et 2 heures", [4320, 120]),
        ("1 semana e 1 dia", [10080, 1440]),
        ("", []),
    ],
)
def test_lead_times(text, minutes):
    assert minutes_in(text) == minutes
    assert minutes_in(text_of(minutes)) == minutes


@pytest.mark.parametrize("text", ["tomorrow", "5 minutes", "6 weeks", "1d, 2d, 3d, 4d, 5d", "-2 hours", "2"])
def test_lead_times_that_are_none(text):
    with pytest.raises(NotUnderstood):
        minutes_in(text)


def test_approval_is_asked_for_and_its_state_shown(desk, channel):
    page = text_in(desk.get(PAGE))
    assert "Ask for approval" in page
    assert "Not handed in" in page
    desk.post(f"{PAGE}{channel.pk}/approve/")
    MessageTemplate.objects.filter(purpose="reminder").update(state="submitted")
    MessageTemplate.objects.filter(purpose="no_show").update(state="rejected", reason="INVALID_FORMAT")
    fragment = text_in(desk.get(f"{PAGE}{channel.pk}/templates/"))
    assert "WhatsApp is looking at it" in fragment
    assert "INVALID_FORMAT" in fragment
    assert "Ask for approval" in fragment, "some are not handed in"
    MessageTemplate.objects.update(state="submitted")
    assert "Check now" in text_in(desk.get(f"{PAGE}{channel.pk}/templates/"))


def test_chosen_languages_are_kept_and_each_says_where_it_stands(desk, channel):
    desk.post(f"{PAGE}{channel.pk}/approve/", {"languages": ["de", "klingon"]})
    channel.refresh_from_db()
    assert channel.template_languages == ["de"]
    assert set(MessageTemplate.objects.values_list("language", flat=True)) == {"en", "de"}
    MessageTemplate.objects.filter(purpose="reminder", language="de").update(state="rejected", reason="TAG_MISMATCH")
    fragment = text_in(desk.get(f"{PAGE}{channel.pk}/templates/"))
    assert "<dt>German</dt>" in fragment
    assert "TAG_MISMATCH" in fragment


def test_a_changed_text_is_said_to_need_a_new_approval(desk, channel):
    desk.post(f"{PAGE}{channel.pk}/approve/")
    MessageTemplate.objects.update(state="approved", approved_sid="HX1")
    desk.post(PAGE, FORM)
    page = text_in(desk.get(PAGE))
    assert page.count("Text changed") == 1
    assert "Ask for approval" in page


def test_a_test_goes_into_the_open_conversation_with_its_buttons(desk, channel, conversation):
    answer = desk.post(f"{PAGE}{channel.pk}/sample/", {"to": "07911 123456", "purpose": "reminder"}, follow=True)
    assert "on its way" in text_in(answer)
    message = Message.objects.get(direction="out")
    assert (message.conversation, len(message.choices)) == (conversation, 3)


def test_a_test_to_a_phone_that_never_wrote_says_what_to_do(desk, channel):
    answer = desk.post(f"{PAGE}{channel.pk}/sample/", {"to": "07911 123456", "purpose": "reminder"})
    assert answer.status_code == 422
    assert "Write to your number from this phone first" in text_in(answer)
    wrong = desk.post(f"{PAGE}{channel.pk}/sample/", {"to": "+", "purpose": "reminder"})
    assert "This is no phone number" in text_in(wrong)


def test_with_an_approved_text_a_test_goes_to_any_phone(desk, clinic, channel, sandbox):
    desk.post(f"{PAGE}{channel.pk}/approve/")
    for pk in WorkItem.objects.filter(kind=APPROVE).values_list("object_id", flat=True):
        tasks.approve_template.body(clinic, pk)
    answer = desk.post(f"{PAGE}{channel.pk}/sample/", {"to": "07911 123456", "purpose": "reminder"}, follow=True)
    assert "on its way" in text_in(answer)
    [there] = [each for each in sandbox.get("/patient/messages", phone=PATIENT)["messages"] if each["by"] == "business"]
    assert there["body"].startswith("Hello Rosa, a reminder of your appointment at Bright Smile")


def test_only_managers_may_look_and_nobody_of_another_business(bob, charlie, clinic, salon, channel):
    for user in (bob, charlie):
        client = OutsideClient()
        client.force_login(user)
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, FORM).status_code == 404
        assert client.post(f"{PAGE}{channel.pk}/approve/").status_code == 404
    assert not MessageTemplate.objects.exists()
    with tenant_context(salon):
        theirs = Channel.objects.create(kind="twilio", address="whatsapp:+441134960009")
    client = OutsideClient()
    client.force_login(charlie)
    assert client.post(f"/b/cut-and-co/settings/messages/{theirs.pk + 999}/approve/").status_code == 404


def test_the_appointments_page_shows_what_went_out_and_why_not(desk, clinic, write):
    with clock.pinned(local("2026-11-30 09:00")):
        practice = Practice(clinic, write().conversation.contact_id)
        made = practice.book("2026-12-03 10:00", offsets=[2880, 1440, 180])
        reminding.confirm(clinic, practice.contact_id, made.reference)
        Reminder.objects.filter(minutes=2880).update(status="sent", settled_at=clock.now())
        Reminder.objects.filter(minutes=1440).update(status="skipped", reason="no_template", settled_at=clock.now())
    page = text_in(desk.get(f"/b/bright-smile/diary/appointments/{made.pk}/"))
    assert "Reminder sent" in page
    assert "Reminder not sent: WhatsApp's 24 hours were over, and no template is approved for this." in page
    assert "Reminder goes out" in page
    assert "They said that they will come" in page
