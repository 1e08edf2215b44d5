"""Staff move or cancel by hand, and the patient hears of it: in their language, once, by the way that is open."""

import datetime as dt

import pytest
from django.db import connection

from agents.models import TranscriptEntry
from calendar_sync import news
from calendar_sync.models import Appointment
from conversations import telling
from conversations.models import Contact, Conversation, Handoff, Message, MessageTemplate
from frontdesk.celery import app
from tenants import clock
from tenants.models import WorkItem
from tests.waitlist.scene import Scene, local

LONG_AGO = dt.timedelta(hours=30)
ELEVEN = {"date": "2026-12-03", "time": "11:00"}


@pytest.fixture
def scene(clinic):
    from conversations.connecting import connect

    with clock.pinned(local("2026-11-30 09:00")):
        yield Scene(clinic, connect(clinic, address="whatsapp:+441134960001"))


@pytest.fixture
def page(client, scene, bob):
    client.force_login(bob)

    def ask(appointment, path="", query=None, **form):
        url = f"/b/bright-smile/diary/appointments/{appointment.pk}/{path}"
        try:
            return client.post(url, form) if form else client.get(url, query or {})
        finally:
            connection.set_tenant(scene.business)

    return ask


def rosa(scene, language="", **somebody):
    who = scene.somebody("Rosa Blum", **somebody)
    Contact.objects.filter(pk=who.contact_id).update(language=language, language_by=1 if language else None)
    return who, scene.book(who, "2026-12-03 10:00")


def workers_tell(scene):
    scene.work(1, telling.TELL)


def test_a_move_is_told_with_both_times(scene, page):
    who, made = rosa(scene)
    page(made, "move/", practitioner=scene.ada.pk, tell="on", **ELEVEN)
    assert who.heard() == []
    workers_tell(scene)
    assert len(who.heard()) == 1
    assert "was moved from Thursday 3 December at 10:00 to Thursday 3 December at 11:00." in who.heard()[0]
    buttons = Message.objects.get(conversation=who.conversation).choices
    assert buttons[0]["id"] == f"confirm:{made.reference}"
    workers_tell(scene)
    assert len(who.heard()) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "wurde verschoben. Bisher: Donnerstag, 3. Dezember, 10:00 Uhr. Jetzt: Donnerstag, 3. Dezember, 11:00"),
        ("es", "ha cambiado de hora. Antes: jueves 3 de diciembre a las 10:00. Ahora: jueves 3 de diciembre"),
        ("fr", "a été déplacé. Avant : jeudi 3 décembre à 10:00. Maintenant : jeudi 3 décembre à 11:00"),
        ("pt", "mudou de hora. Antes: Quinta-feira"),
    ],
)
def test_in_the_patients_language(scene, page, language, words):
    who, made = rosa(scene, language)
    page(made, "move/", practitioner=scene.ada.pk, tell="on", **ELEVEN)
    workers_tell(scene)
    assert words in who.heard()[0]


def test_unticked_nobody_is_told(scene, page):
    who, made = rosa(scene)
    page(made, "move/", practitioner=scene.ada.pk, **ELEVEN)
    page(made, "cancel/", anything="else")
    assert not WorkItem.objects.filter(kind=telling.TELL).exists()
    assert who.heard() == []


def test_a_cancellation_is_told_with_times_that_are_free(scene, page):
    who, made = rosa(scene)
    page(made, "cancel/", tell="on")
    workers_tell(scene)
    assert "on Thursday 3 December at 10:00" in who.heard()[0]
    assert "was cancelled. Free instead: " in who.heard()[0]


def test_taken_back_at_once_nobody_hears_of_it(scene, page):
    who, made = rosa(scene)
    page(made, "cancel/", tell="on")
    page(made, "undo/", sure="yes")
    workers_tell(scene)
    assert who.heard() == []


def test_taken_back_later_the_patient_hears_that_it_stands(scene, page):
    who, made = rosa(scene)
    page(made, "cancel/", tell="on")
    workers_tell(scene)
    page(made, "undo/", sure="yes")
    workers_tell(scene)
    assert len(who.heard()) == 2
    assert "is not cancelled after all: it stands, Thursday 3 December at 10:00" in who.heard()[1]


def test_nothing_is_told_of_an_appointment_that_stood_there_already(scene, page):
    who, made = rosa(scene)
    page(made, "move/", practitioner=scene.ada.pk, tell="on", date="2026-12-03", time="10:00")
    workers_tell(scene)
    assert who.heard() == []


def test_the_text_is_shown_before(scene, page):
    _, made = rosa(scene)
    shown = page(made, "told/", {"practitioner": scene.ada.pk, **ELEVEN}).content.decode()
    assert "Sent on WhatsApp" in shown
    assert "to Thursday 3 December at 11:00." in shown
    assert "was cancelled. Free instead" in page(made, "told/").content.decode()
    assert Appointment.objects.get().starts_at == local("2026-12-03 10:00"), "nothing is done by looking"
    assert "told__text" not in page(made, "told/", {"date": "nonsense"}).content.decode()


def test_when_the_window_is_shut_the_template_goes_out(scene, page):
    who, made = rosa(scene, wrote=LONG_AGO)
    body = "Hello {first_name}, your appointment is now {when}."
    MessageTemplate.objects.create(
        channel=scene.channel, purpose="changed_appointment", language="en", body=body, sid="HX" + "1" * 32,
        state="approved", approved_body=body, approved_sid="HX" + "1" * 32,
    )  # fmt: skip
    shown = page(made, "told/", {"practitioner": scene.ada.pk, **ELEVEN}).content.decode()
    assert "the approved template goes out" in shown
    assert "Hello Rosa, your appointment is now Thursday 3 December at 11:00." in shown
    page(made, "move/", practitioner=scene.ada.pk, tell="on", **ELEVEN)
    workers_tell(scene)
    assert who.heard() == ["Hello Rosa, your appointment is now Thursday 3 December at 11:00."]


def test_without_a_template_the_page_says_so_and_the_team_gets_a_task(scene, page):
    who, made = rosa(scene, wrote=LONG_AGO)
    assert "approved no template for this yet" in page(made, "told/").content.decode()
    page(made, "cancel/", tell="on")
    workers_tell(scene)
    assert who.heard() == []
    task = Handoff.objects.get()
    assert task.is_task
    assert "no template for it is approved" in task.summary
    assert Conversation.objects.get(pk=who.conversation.pk).handling == "assistant", "the assistant goes on"


def test_who_wrote_stop_is_not_written_to(scene, page):
    who, made = rosa(scene)
    Contact.objects.filter(pk=who.contact_id).update(opted_out_at=clock.now())
    assert "asked not to be written to" in page(made, "told/").content.decode()
    page(made, "cancel/", tell="on")
    workers_tell(scene)
    assert who.heard() == []


def test_another_business_sees_no_text(client, scene, page, charlie):
    _, made = rosa(scene)
    client.force_login(charlie)
    assert client.get(f"/b/bright-smile/diary/appointments/{made.pk}/told/").status_code == 404


def test_two_workers_tell_once(scene, page):
    who, made = rosa(scene)
    page(made, "cancel/", tell="on")
    item = WorkItem.objects.get(kind=news.TELL)
    for _ in range(2):
        WorkItem.objects.filter(pk=item.pk).update(due_at="2000-01-01T00:00Z", leased_until=None)
        app.tasks[news.TELL].body(scene.business, item.object_id)
    assert len(who.heard()) == 1


def test_the_assistant_knows_what_was_told(scene, page, settings):
    """It stands in the transcript when the patient answers it."""
    from conversations import inbox
    from conversations.events_in import InboundMessage
    from conversations.turns import TURN

    settings.ANTHROPIC_API_KEY = ""
    who, made = rosa(scene)
    page(made, "move/", practitioner=scene.ada.pk, tell="on", **ELEVEN)
    workers_tell(scene)
    address = who.conversation.identity.address
    inbox.receive(
        scene.business,
        scene.channel,
        InboundMessage(
            channel_address=scene.channel.address,
            from_address=address,
            phone=who.conversation.identity.phone,
            profile_name="Rosa Blum",
            provider_id="SM" + "b" * 32,
            kind="text",
            text="What time is my appointment?",
        ),
    )
    scene.work(1, TURN)
    told = Message.objects.get(conversation=who.conversation, author="system")
    entry = TranscriptEntry.objects.get(message_id=told.pk)
    assert "11:00" in str(entry.blocks)


def test_a_drag_opens_the_move_filled_in(scene, page):
    """Where it was dropped, with the text to be looked at; what can't be read is the panel as ever."""
    _, made = rosa(scene)
    opened = page(made, "", {"start": "2026-12-03T11:00", "practitioner": scene.ada.pk}).content.decode()
    assert 'value="11:00"' in opened
    assert 'hx-trigger="load, toggle' in opened
    assert 'hx-trigger="load, toggle' not in page(made, "", {"start": "soon"}).content.decode()
    assert Appointment.objects.get().starts_at == local("2026-12-03 10:00")
