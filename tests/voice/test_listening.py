"""A voice note becomes words of the conversation, or somebody's task; the contact is told what is so."""

from typing import Any

import pytest

from agents.models import TranscriptEntry
from conversations import listening, turns
from conversations.events_in import Media
from conversations.files import receiving
from conversations.models import Contact, Conversation, Handoff, Message
from tenants import worklist
from tenants.models import WorkItem
from tests.conversations.conftest import lease_for, sent_texts
from tests.desk.conftest import DeskClient
from tests.voice.sounds import server, wav

SOUND = {"Content-Type": "audio/ogg"}


def note(write: Any, url: str = "https://api.twilio.com/note") -> Message:
    stored: Message = write("", kind="voice", media=(Media(url=url, type="audio/ogg"),))
    return stored


def waiting(kind: str) -> list[int]:
    return list(WorkItem.objects.filter(kind=kind).values_list("object_id", flat=True))


@pytest.mark.parametrize("language", ["", "de", "fr-CH", "es", "pt"])
def test_without_a_model_people_get_the_note_and_the_contact_the_truth(
    write: Any, conversation: Conversation, language: str
) -> None:
    Contact.objects.filter(pk=conversation.contact_id).update(language=language)
    before = len(sent_texts(conversation))
    message = note(write)
    message.refresh_from_db()
    assert message.answered_by == 0
    assert sent_texts(conversation)[before:] == [listening.GIVEN_TO_PEOPLE[language[:2] or "en"]]
    handoff = Handoff.objects.get()
    assert (handoff.is_task, handoff.reason) == (True, "unsupported_request")
    assert waiting("escalations.open") == [handoff.pk]
    conversation.refresh_from_db()
    assert conversation.handling == "assistant", "it goes on with what is written"


def test_several_notes_in_a_row_are_one_task_and_one_answer(write: Any, conversation: Conversation) -> None:
    for _ in range(3):
        note(write)
    assert Handoff.objects.count() == 1
    assert sent_texts(conversation).count(listening.GIVEN_TO_PEOPLE["en"]) == 1


def test_staff_who_have_the_conversation_are_not_talked_over(write: Any, conversation: Conversation) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(handling="staff", staff_id=1)
    note(write)
    assert sent_texts(conversation) == []
    assert not Handoff.objects.exists()


def test_with_a_model_it_is_listened_to_and_a_turn_stands_by(
    write: Any, conversation: Conversation, settings: Any
) -> None:
    settings.VOICE_MODEL_FOLDER = "/models/whisper"
    message = note(write)
    assert waiting(listening.LISTEN) == [message.pk]
    assert waiting(turns.TURN) == [conversation.pk]
    assert sent_texts(conversation) == []


def test_what_was_heard_enters_the_transcript_redacted_and_marked(
    clinic: Any, write: Any, conversation: Conversation
) -> None:
    message = note(write)
    Message.objects.filter(pk=message.pk).update(heard="My number is 07911 123457 [voice]", answered_by=None)
    worklist.call_for(clinic.pk, turns.TURN, conversation.pk)
    turns.run_turn(clinic, conversation.pk, lease_for(clinic, turns.TURN, conversation.pk), provider="guided")
    entry = TranscriptEntry.objects.get(message_id=message.pk)
    assert entry.blocks[0]["text"] == "My number is [PHONE_1] (voice]\n[voice]"


@pytest.mark.parametrize(
    "answer",
    [
        (200, SOUND, wav()),  # there is no model in the folder
        (404, SOUND, b""),
        (200, {"Content-Type": "text/html"}, b"<html>"),
    ],
)
def test_a_note_that_cannot_be_heard_goes_to_people(
    clinic: Any, write: Any, conversation: Conversation, settings: Any, tmp_path: Any, answer: Any
) -> None:
    settings.VOICE_MODEL_FOLDER = str(tmp_path)
    with server({"/note": answer}) as (origin, _):
        settings.TWILIO_BASE_URL = origin
        message = note(write, f"{origin}/note")
        listening.listen(clinic, message.pk, lease_for(clinic, listening.LISTEN, message.pk))
    assert sent_texts(conversation)[-1] == listening.GIVEN_TO_PEOPLE["en"]
    assert Handoff.objects.get().is_task
    assert waiting(listening.LISTEN) == []


def test_a_vendor_that_is_down_is_asked_again_and_then_people_get_it(
    clinic: Any, write: Any, conversation: Conversation, settings: Any, tmp_path: Any
) -> None:
    settings.VOICE_MODEL_FOLDER = str(tmp_path)
    with server({"/note": (503, SOUND, b"")}) as (origin, _):
        settings.TWILIO_BASE_URL = origin
        message = note(write, f"{origin}/note")
        tried = 0
        while waiting(listening.LISTEN):
            assert not Handoff.objects.exists()
            listening.listen(clinic, message.pk, lease_for(clinic, listening.LISTEN, message.pk))
            tried += 1
    assert 2 <= tried <= worklist.MAX_ATTEMPTS + 1
    assert Handoff.objects.count() == 1


def test_a_note_that_was_answered_meanwhile_is_not_given_away_again(
    clinic: Any, write: Any, conversation: Conversation, settings: Any, tmp_path: Any
) -> None:
    settings.VOICE_MODEL_FOLDER = str(tmp_path)
    message = note(write, "https://elsewhere.test/note")
    Message.objects.filter(pk=message.pk).update(answered_by=7)
    listening.listen(clinic, message.pk, lease_for(clinic, listening.LISTEN, message.pk))
    assert not Handoff.objects.exists()


def test_listening_has_a_queue_of_its_own() -> None:
    from frontdesk.celery import app

    assert app.conf.task_routes[listening.LISTEN] == {"queue": listening.QUEUE}


def test_what_is_kept_here_is_listened_to_here(clinic: Any, write: Any, settings: Any) -> None:
    """Also when the vendor has forgotten it meanwhile, as it is asked to."""
    with server({"/note": (200, {"Content-Type": "audio/wav"}, wav())}) as (origin, asked):
        settings.TWILIO_BASE_URL = origin
        message = note(write, f"{origin}/note")
        file = message.files.get()
        receiving.fetch(clinic, file.pk, lease_for(clinic, receiving.FETCH, file.pk))
        assert listening.sound_of(clinic, message) == wav()
        assert len(asked) == 1
    assert listening.sound_of(clinic, message) == wav()


def test_staff_listen_to_it_at_the_desk(
    clinic: Any, bob: Any, write: Any, conversation: Conversation, settings: Any
) -> None:
    bobs = DeskClient(clinic, bob)
    with server({"/note": (200, {"Content-Type": "audio/wav"}, wav())}) as (origin, _):
        settings.TWILIO_BASE_URL = origin
        message = note(write, f"{origin}/note")
        file = message.files.get()
        receiving.fetch(clinic, file.pk, lease_for(clinic, receiving.FETCH, file.pk))
    page = bobs.get(f"conversations/{conversation.pk}/thread/").content.decode()
    assert f"files/{file.pk}/" in page
    assert bobs.get(f"files/{file.pk}/").content == wav()
    Message.objects.filter(pk=message.pk).update(heard="Can I come on Monday?")
    assert "Can I come on Monday?" in bobs.get(f"conversations/{conversation.pk}/thread/").content.decode()
