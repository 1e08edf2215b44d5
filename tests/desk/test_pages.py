"""What the pages show, and at what price."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from agents.models import AssistantVersion, SpendLimit, Turn, UsageRecord
from calendar_sync.models import Appointment, Service
from conversations import handoffs, outbox
from conversations.models import Channel, Message
from escalations import acts
from tenants import clock
from tests.desk.scene import SCRIPT, Scene, busy_day


def text_of(answer):
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def sixty(scene, bob):
    """60 conversations: handed over, with staff, resolved, with the assistant."""
    made = [scene.writes(f"Patient {number}", f"Hello {number}") for number in range(60)]
    for each in made[:10]:
        scene.hands_over(each)
    for each in made[10:15]:
        handoffs.take_over(scene.business, each, bob)
    for each in made[15:20]:
        acts.resolve(scene.business, each, bob)
    for each in made:
        turn = Turn.objects.create(
            conversation_id=each.pk, contact_id=each.contact_id, status="done", outcome="reply", ended_at=clock.now()
        )
        turn.steps.create(index=0, kind="model", name="guided:guided", output={"blocks": []})
        outbox.queue(scene.business, each, "Hello!", turn_id=turn.pk)
    return made


PAGES = [
    "",
    "?view=needs_you",
    "?view=assistant",
    "?q=hello",
    "inbox/",
    "nav-counts/",
    "conversations/{c}/",
    "conversations/{c}/thread/",
    "conversations/{c}/panel/",
    "conversations/{c}/composer/",
    "escalations/",
    "contacts/",
    "contacts/{contact}/",
    "traces/",
    "traces/{turn}/",
    "assistant/",
    "settings/notifications/",
]


def test_no_page_asks_the_database_more_than_twelve_times(alices, sixty):
    last = sixty[0]
    turn = Turn.objects.filter(conversation_id=last.pk).get()
    asked = {}
    for path in PAGES:
        filled = path.format(c=last.pk, contact=last.contact_id, turn=turn.pk)
        assert alices.get(filled).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            assert alices.get(filled).status_code == 200
        asked[path] = len(queries)
    assert {path: count for path, count in asked.items() if count > 12} == {}


def test_the_views_hold_what_they_promise(alices, scene, bob):
    waiting, colleagues, _, done = (scene.writes(name, "Hello") for name in ("Wai", "Col", "Ass", "Don"))
    scene.hands_over(waiting)
    acts.take_over(scene.business, colleagues, bob)
    acts.resolve(scene.business, done, bob)

    def shown(query):
        page = text_of(alices.get("inbox/" + query))
        return [name for name in ("Wai", "Col", "Ass", "Don") if f">{name}<" in page]

    assert shown("") == ["Wai", "Col", "Ass", "Don"]
    assert shown("?view=needs_you") == ["Wai", "Col"]
    assert shown("?view=assistant") == ["Ass"]
    acts.reply(scene.business, colleagues, bob, "Here I am")
    assert shown("?view=needs_you") == ["Wai"]
    assert "1" in text_of(alices.get("nav-counts/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lopes", ["Maria Lopes"]),
        ("MARIA", ["Maria Lopes"]),
        ("912 000", ["Maria Lopes"]),
        ("07700 900321", ["Tom Becker"]),
        ("parking", ["Tom Becker"]),
        ("100%", []),
        ("_", []),
        ("nobody", []),
        ("a\x00b", []),
    ],
)
def test_search_finds_names_numbers_and_what_was_written(alices, scene, query, found):
    scene.writes("Maria Lopes", "Hello", phone="+351912000111")
    scene.writes("Tom Becker", "Is there parking?", phone="+447700900321")
    page = text_of(alices.get("inbox/", {"q": query}))
    assert [name for name in ("Maria Lopes", "Tom Becker") if name in page] == found
    if not found:
        assert "Nothing found" in page


def test_a_long_list_is_paged_and_keeps_its_view(alices, sixty):
    first = text_of(alices.get("?q=patient"))
    assert first.count('class="conversation-row') - first.count("conversation-row__") == 50
    more = first.split("Older conversations")[0].rsplit('href="', 1)[1].split('"')[0]
    second = text_of(alices.get(more))
    assert "q=patient" in more
    assert second.count('id="conversation-row-') == 10
    assert "Back to the newest" in second


@pytest.mark.parametrize("junk", ["before=x", "before=99999999999999999999", "view=nonsense", "since=²", "before=-1"])
def test_nonsense_in_an_address_is_ignored(alices, scene, junk):
    conversation = scene.writes("Maria Lopes", "Hello")
    for path in ("", f"conversations/{conversation.pk}/", "traces/", "contacts/"):
        assert alices.get(f"{path}?{junk}").status_code == 200


def test_whatever_a_patient_writes_is_only_text(alices, scene, bob):
    conversation = scene.writes(SCRIPT, SCRIPT)
    scene.hands_over(conversation, "red_flag", SCRIPT)
    turn = Turn.objects.create(conversation_id=conversation.pk, contact_id=conversation.contact_id)
    turn.steps.create(index=0, kind="tool", name="find_slots", input={"service": SCRIPT}, output={"message": SCRIPT})
    Message.objects.update(answered_by=turn.pk)
    for path in (
        "",
        f"?q={SCRIPT}",
        f"conversations/{conversation.pk}/",
        f"conversations/{conversation.pk}/panel/",
        "escalations/",
        "contacts/",
        f"contacts/{conversation.contact_id}/",
        "traces/",
        f"traces/{turn.pk}/",
    ):
        raw = alices.get(path).content.decode()
        assert "<script>window.broken" not in raw, path
        assert "<img src=x" not in raw, path
        assert "window.broken" in raw, path


def test_empty_pages_say_what_to_do(fresh_business):
    from tenants.models import User

    client = Client()
    client.force_login(User.objects.get(email="alice@clinic.test"))
    said = {
        "": "Connect your WhatsApp number",
        "?view=needs_you": "Nobody is waiting",
        "?view=assistant": "Nothing with the assistant",
        "?q=x": "Nothing found",
        "escalations/": "Nobody is waiting",
        "contacts/": "Everybody who writes to your number appears here.",
        "traces/": "As soon as the assistant answers",
    }
    for path, words in said.items():
        assert words in client.get(fresh_business.path + path).content.decode(), path


@pytest.mark.parametrize(
    ("delivery", "error", "said"),
    [
        ("queued", "", "Waiting to be sent"),
        ("queued", "63018", "Not sent yet: trying again."),
        ("sending", "", "Waiting to be sent"),
        ("unknown", "timeout", "Checking whether it arrived."),
        ("sent", "", 'aria-label="Sent"'),
        ("delivered", "", 'aria-label="Delivered"'),
        ("read", "", 'aria-label="Read"'),
        ("failed", "63024", "Not delivered: this number is not on WhatsApp."),
        ("failed", "outcome_not_known:timeout", "it may or may not have arrived"),
        ("failed", "99999", "Not delivered: WhatsApp refused it (code 99999)."),
        ("withheld", "", "Not sent: the team took over first."),
    ],
)
def test_every_state_of_a_message_is_told_in_plain_words(alices, scene, delivery, error, said):
    conversation = scene.writes("Maria Lopes", "Hello")
    scene.says(conversation, "Hello Maria")
    conversation.messages.filter(direction="out").update(delivery=delivery, error=error)
    assert said in text_of(alices.get(f"conversations/{conversation.pk}/thread/"))


def test_opening_a_conversation_reads_it_and_looking_from_another_tab_does_not(alices, scene):
    conversation = scene.writes("Maria Lopes", "Hello")
    path = f"conversations/{conversation.pk}/"
    alices.get(path + "thread/")
    conversation.refresh_from_db()
    assert conversation.unread == 1
    alices.get(path + "thread/", headers={"FD-In-View": "yes"})
    conversation.refresh_from_db()
    assert conversation.unread == 0
    scene.writes("Maria Lopes", "Still there?")
    alices.get(path)
    conversation.refresh_from_db()
    assert conversation.unread == 0


def test_a_long_thread_begins_with_its_newest_and_grows_backwards(alices, scene):
    begin = clock.now() - dt.timedelta(hours=5)
    for number in range(200):
        with clock.pinned(begin + dt.timedelta(minutes=number)):  # written in one go they would be a flood
            conversation = scene.writes("Maria Lopes", f"line {number}.")
    page = text_of(alices.get(f"conversations/{conversation.pk}/"))
    assert "line 199." in page
    assert "line 120." in page
    assert "line 119." not in page
    since = page.split("?since=")[1].split('"')[0]
    longer = text_of(alices.get(f"conversations/{conversation.pk}/thread/?since={since}"))
    assert "line 40." in longer
    assert "line 39." not in longer
    assert "line 199." in longer
    assert f'thread/?since={since}"' in longer  # the next news fetches as much again


def test_the_thread_and_the_trace_tell_a_booking_from_end_to_end(alices, scene, bob):
    people = busy_day(scene, bob)
    page = text_of(alices.get(f"conversations/{people['maria'].pk}/"))
    assert "Booked by the assistant: Check-up with Dr Ada Silva" in page
    panel = text_of(alices.get(f"conversations/{people['maria'].pk}/panel/"))
    assert "Check-up with Dr Ada Silva" in panel
    booking = Turn.objects.filter(steps__name="book_appointment").get()
    trace = text_of(alices.get(f"traces/{booking.pk}/"))
    asked, did, answered = (trace.index(words) for words in (">yes<", "Booked: Check-up with", "You're booked in"))
    assert asked < did < answered
    assert "Checked that the answer claims only what is so" in trace
    assert '"slot": "' in trace
    assert "Maria" not in trace[trace.index("What the assistant did") : trace.index("What it answered")]


def test_the_pill_says_what_the_assistant_can_do(clinic, alices, settings):
    def pill():
        return text_of(alices.get("assistant-state/"))

    Channel.objects.all().delete()
    assert "Number not connected" in pill()
    scene = Scene(clinic)
    assert "Guided flow answering" in pill()
    settings.ANTHROPIC_API_KEY = "sk-test"
    AssistantVersion.objects.filter(status="published").update(provider="anthropic")
    assert "Assistant answering" in pill()
    UsageRecord.objects.create(provider="anthropic", model="x", ok=True, counted_micro=SpendLimit().per_day_micro)
    assert "spend limit" in pill()
    UsageRecord.objects.update(at=clock.now() - dt.timedelta(days=2))
    assert "Assistant answering" in pill()
    clinic.status = clinic.Status.SUSPENDED
    clinic.save()
    assert "Suspended" in pill()
    assert scene.business == clinic


def test_contacts_are_found_and_paged(alices, sixty):
    first = text_of(alices.get("contacts/"))
    assert "Page 1 of 2" in first
    assert "Patient 0<" in text_of(alices.get("contacts/?page=2"))
    assert "Nobody found" in text_of(alices.get("contacts/?q=zzz"))
    assert "Patient 33" in text_of(alices.get("contacts/?q=patient+33"))


def test_a_business_does_not_see_anothers_conversations(alices, salon):
    with tenant_context(salon):
        Scene(salon).writes("Secret Client", "My secret")
    assert "Secret" not in text_of(alices.get(""))


def test_an_appointment_made_out_of_a_thread_belongs_to_its_contact(clinic, alices, scene):
    conversation = scene.writes("Maria Lopes", "Please book me in on Monday at 9")
    path = f"conversations/{conversation.pk}/book/"
    assert 'value="Maria Lopes"' in text_of(alices.get(path))
    service = Service.objects.get(name="Check-up")
    wanted = {
        "service": service.pk,
        "practitioner": service.practitioners.first().pk,
        "date": str(clock.local_now(clinic.timezone).date() + dt.timedelta(days=7)),
        "time": "03:00",
        "name": "Little Rosa",
    }
    refused = alices.post(path, wanted)
    assert refused.status_code == 422
    assert "Book it anyway?" in refused.content.decode()
    assert alices.post(path, wanted | {"overrule": "on", "reason": "In pain"}).status_code == 302
    made = Appointment.objects.get()
    assert (made.contact_id, made.patient.name, made.booked_by) == (conversation.contact_id, "Little Rosa", "staff")
    assert "Booked by Alice Owner: Check-up with" in text_of(alices.get(f"conversations/{conversation.pk}/thread/"))
