"""How long things are kept: the business says, sees what goes, and can take it back for a day."""

import datetime as dt
import html

import pytest

from agents.models import Pseudonym, Step, TranscriptEntry, Turn
from calendar_sync.models import Appointment
from conversations.files import keeping, retention
from conversations.models import Contact, Conversation, Message, Retention, StoredFile
from escalations.models import Note
from escalations.retention import sweeping
from tenants import clock
from tenants.models import AuditEntry

AS_TODAY = {"messages_days": "0", "files_days": "", "traces_days": "0", "contacts_days": "0"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def later(**ago):
    return clock.pinned(clock.now() + dt.timedelta(**ago))


@pytest.fixture
def talk(scene, alice):
    """Maria asked, the assistant looked for times and answered; a colleague noted something."""
    for said in ("Hi, I would like to come in for a check-up", "any time tomorrow or the day after"):
        conversation = scene.writes("Maria Lopes", said)
        scene.answers(conversation)
    Note.objects.create(conversation=conversation, staff_id=alice.pk, text="Likes mornings")
    return Conversation.objects.get(pk=conversation.pk)


def sweep_after(clinic, days):
    with later(days=days):
        sweeping.sweep(clinic)


def test_nothing_goes_by_itself_until_somebody_says_so(clinic, talk):
    sweep_after(clinic, 9000)
    assert not Message.objects.exclude(forgotten_at=None).exists()
    assert Step.objects.exists()


def test_the_page_says_what_would_go_before_it_is_saved(clinic, alices, scene, talk):
    page = text_of(alices.get("settings/keeping/"))
    assert "As this server does: 365 days" in page
    with later(days=100):
        scene.writes("Tom Becker", "Hello")
        page = text_of(
            alices.get(
                "settings/keeping/goes/", AS_TODAY | {"messages_days": "90", "files_days": "30", "traces_days": "30"}
            )
        )
        old = talk.messages.count()
        assert f"The words of {old} messages" in page
        assert "The steps of 2 answers of the assistant" in page
    assert not Retention.objects.exists(), "looking saves nothing"
    page = text_of(alices.get("settings/keeping/goes/", AS_TODAY | {"contacts_days": "365"}))
    assert "No contact yet; not before" in page


def test_a_change_deletes_nothing_for_a_day_and_is_on_the_trail(clinic, alices, talk):
    with later(days=100):
        given = AS_TODAY | {"messages_days": "90", "files_days": "90", "traces_days": "30"}
        page = text_of(alices.post("settings/keeping/", given, follow=True))
        assert "Nothing is deleted for a day" in page
        assert "Changed lately: nothing is deleted before" in page
        entry = AuditEntry.objects.get(action="retention.edited")
        assert entry.detail["before"] == {"messages_days": 0, "files_days": None, "traces_days": 0}
        assert entry.detail["after"] == {"messages_days": 90, "files_days": 90, "traces_days": 30}
        sweeping.sweep(clinic)
        assert not Message.objects.exclude(forgotten_at=None).exists()
        with later(hours=25):
            sweeping.sweep(clinic)
    assert not Message.objects.filter(forgotten_at=None).exists()


def test_words_go_and_the_thread_says_that_there_was_a_message(clinic, bobs, scene, talk):
    Retention.objects.create(messages_days=30, traces_days=30, files_days=30)
    with later(days=29):
        tom = scene.writes("Tom Becker", "Still here")
    sweep_after(clinic, 31)
    assert all((each.text, each.choices, each.payload) == ("", [], {}) for each in talk.messages.all())
    assert tom.messages.get().text == "Still here"
    page = text_of(bobs.get(f"conversations/{talk.pk}/thread/"))
    assert "Deleted: it had been kept long enough." in page
    assert "check-up" not in page
    for model in (TranscriptEntry, Pseudonym):
        assert not model.objects.filter(conversation_id=talk.pk).exists()
    assert not Note.objects.exists()
    talk.refresh_from_db()
    assert talk.snippet == ""


def test_whoever_comes_back_is_answered_after_their_old_words_are_gone(clinic, scene, talk):
    Retention.objects.create(messages_days=30, traces_days=30, files_days=30)
    with later(days=31):
        sweeping.sweep(clinic)
        for said in ("Hi, a check-up please", "any time tomorrow"):
            scene.writes("Maria Lopes", said)
            scene.answers(talk)
            sweeping.sweep(clinic)
    assert list(Turn.objects.order_by("-pk").values_list("outcome", flat=True)[:2]) == ["reply", "reply"]
    assert talk.messages.filter(forgotten_at=None).count() == 4


def test_steps_go_and_figures_stay(clinic, alices, talk):
    Retention.objects.create(traces_days=30)
    before = list(Turn.objects.order_by("pk").values_list("outcome", "cost_micro"))
    sweep_after(clinic, 31)
    assert not Step.objects.exists()
    assert list(Turn.objects.order_by("pk").values_list("outcome", "cost_micro")) == before
    assert alices.get(f"traces/{Turn.objects.first().pk}/").status_code == 200
    assert "check-up" in str(list(talk.messages.values_list("text", flat=True)))


def test_files_follow_the_business_rather_than_the_server(clinic, talk, settings, tmp_path):
    settings.MEDIA_ROOT, settings.MEDIA_KEEP_DAYS = tmp_path, 365
    path = keeping.write(clinic, b"a picture")
    StoredFile.objects.create(message=talk.messages.first(), path=path, type="image/png", state="kept", size=9)
    Retention.objects.create(files_days=90)
    with later(days=89):
        assert retention.sweep(clinic) == 0
    with later(days=91):
        assert retention.sweep(clinic) == 1
    assert not (tmp_path / clinic.schema_name / path).exists()


def test_quiet_contacts_are_forgotten_those_with_an_appointment_are_not(clinic, alices, scene, talk):
    for said in ("Check-up please", "any time tomorrow or the day after", "1", "yes"):
        expected = scene.writes("Tom Becker", said)
        scene.answers(expected)
    visit = Appointment.objects.get(contact_id=expected.contact_id)
    Retention.objects.create(contacts_days=183)
    with later(days=100):
        heard = scene.writes("Ana Sousa", "Hello")
    with clock.pinned(visit.during.upper + dt.timedelta(days=183, hours=-1)):
        sweeping.sweep(clinic)
    assert set(Contact.objects.filter(erased_at=None)) == {expected.contact, heard.contact}
    entry = AuditEntry.objects.get(action="contact.erased")
    assert (entry.subject, entry.actor_number) == (f"contact {talk.contact_id}", None)


@pytest.mark.parametrize("field", ["files_days", "traces_days"])
def test_nothing_that_shows_messages_outlives_them(alices, field):
    given = AS_TODAY | {"messages_days": "90", "files_days": "90", "traces_days": "90", field: "365"}
    assert "longer than messages" in text_of(alices.post("settings/keeping/", given), 422)
    assert "longer than messages" in text_of(alices.get("settings/keeping/goes/", given))
    assert not Retention.objects.exists()


@pytest.mark.parametrize("odd", ["1", "-30", "9" * 30, "soon", "30.5"])
def test_only_the_periods_on_the_page_are_taken(alices, odd):
    assert alices.post("settings/keeping/", AS_TODAY | {"messages_days": odd}).status_code == 422
    assert not Retention.objects.exists()


def test_it_is_for_owners_and_admins(bobs):
    assert bobs.get("settings/keeping/").status_code == 404
    assert bobs.post("settings/keeping/", AS_TODAY).status_code == 404
