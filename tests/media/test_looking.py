"""What the assistant can't look at goes to people, and nothing is made up about it (fault 14)."""

import pytest

from conversations import looking, turns
from conversations.events_in import Media
from conversations.models import Contact, Conversation, Handoff, Message
from tenants.models import WorkItem
from tests.conversations.conftest import sent_texts

PHOTO = (Media(url="https://api.twilio.com/x", type="image/jpeg"),)


def turns_called_for():
    return WorkItem.objects.filter(kind=turns.TURN).count()


@pytest.mark.parametrize("language", ["", "de", "fr", "es", "pt"])
def test_fault_14_a_photo_goes_to_people_and_the_contact_hears_the_truth(write, conversation, language):
    Contact.objects.filter(pk=conversation.contact_id).update(language=language)
    WorkItem.objects.all().delete()
    message = write("", kind="image", media=PHOTO)
    message.refresh_from_db()
    assert message.answered_by == 0
    assert sent_texts(conversation) == [looking.GIVEN_TO_PEOPLE[language or "en"]]
    handoff = Handoff.objects.get()
    assert (handoff.is_task, handoff.summary) == (True, "Sent a photo that nobody has looked at yet.")
    assert turns_called_for() == 0
    conversation.refresh_from_db()
    assert conversation.handling == "assistant", "it goes on with what is written"


def test_several_in_a_row_are_one_task_of_each_kind_and_one_answer(write, conversation):
    for kind in ("image", "image", "image", "document"):
        write("", kind=kind, media=PHOTO)
    assert sorted(Handoff.objects.values_list("summary", flat=True)) == [
        "Sent a document that nobody has looked at yet.",
        "Sent a photo that nobody has looked at yet.",
    ]
    assert len(sent_texts(conversation)) == 1


def test_words_under_a_photo_are_answered_and_people_look_at_it(write, conversation):
    WorkItem.objects.all().delete()
    message = write("Is this normal after the treatment?", kind="image", media=PHOTO)
    message.refresh_from_db()
    assert (message.answered_by, sent_texts(conversation), turns_called_for()) == (None, [], 1)
    assert Handoff.objects.get().is_task


def test_staff_who_have_the_conversation_are_not_talked_over(write, conversation):
    Conversation.objects.filter(pk=conversation.pk).update(handling="staff", staff_id=1)
    write("", kind="image", media=PHOTO)
    assert sent_texts(conversation) == []
    assert not Handoff.objects.exists()


def test_a_sticker_is_for_the_assistant(write, conversation):
    write("", kind="sticker", media=PHOTO)
    assert not Handoff.objects.exists()
    assert Message.objects.latest("pk").answered_by is None
