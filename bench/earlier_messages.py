"""Conversations with a long past: stories told once by real turns, and told again and again in further conversations
as rows, days apart. Read for facts and summed up by the product's own work."""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from agents.memory import facts
from agents.models import Fact, Pseudonym, TranscriptEntry
from agents.remembering import REMEMBER, remember
from bench.stories import NEW_MESSAGE, STORIES
from calendar_sync.models import Practitioner, Service
from conversations.models import Conversation, Message
from conversations.simulation import SimulatedPatient
from tenants import clock, worklist
from tenants.models import Business

BEGUN = dt.datetime(2026, 2, 2, 9, tzinfo=dt.UTC)
NOTES_OF_STAFF = 12
_ids = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What one story left behind."""

    messages: list[Message]
    entries: list[TranscriptEntry]


def new_message(business: Business) -> str:
    """What the patient writes after all of that, in the business's language."""
    return NEW_MESSAGE[business.language].format(**_words(business))


def told(business: Business, phone: str) -> list[Story]:
    """Each story by real turns of the guided flow, one after the other in one conversation."""
    words = _words(business)
    patient = SimulatedPatient(business, phone, "Maria Lopes", provider="guided")
    stories = []
    messages = entries = 0
    for number, texts in enumerate(STORIES[business.language]):
        with clock.pinned(BEGUN + dt.timedelta(days=number)):
            for text in texts:
                patient.say(text.format(**words))
        conversation = patient.conversation
        assert conversation is not None
        said = Message.objects.filter(conversation=conversation, pk__gt=messages).order_by("pk")
        written = TranscriptEntry.objects.filter(conversation_id=conversation.pk, pk__gt=entries).order_by("pk")
        stories.append(Story(messages=list(said), entries=list(written)))
        messages, entries = stories[-1].messages[-1].pk, stories[-1].entries[-1].pk
    return stories


def _words(business: Business) -> dict[str, str]:
    first, second = Service.objects.order_by("pk")[:2]
    return {"first": first.name, "second": second.name, "practitioner": Practitioner.objects.earliest("pk").name}


def conversation_with(
    business: Business, phone: str, earlier: int, stories: list[Story]
) -> tuple[SimulatedPatient, Conversation]:
    """A patient with `earlier` messages (one more where an answer would be missing), also in the middle of a story;
    remembered as the worker would."""
    patient = SimulatedPatient(business, phone, "Maria Lopes", provider="guided")
    days = itertools.count()
    source = stories[0].messages[0].conversation
    with clock.pinned(BEGUN):
        conversation = _begun(patient)
    held = itertools.cycle(stories)
    messages: list[Message] = []
    entries: list[TranscriptEntry] = []
    while len(messages) < earlier:
        _tell_again(next(held), conversation, BEGUN + dt.timedelta(hours=12) * next(days), messages, entries)
    TranscriptEntry.objects.bulk_create(_until(earlier, messages, entries), batch_size=1000)
    _as_known_in(conversation, source)
    _note_by_staff(conversation, earlier)
    remember_now(business, conversation)
    return patient, conversation


def remember_now(business: Business, conversation: Conversation) -> None:
    worklist.call_for(business.pk, REMEMBER, conversation.pk)
    lease = worklist.claim(business.pk, REMEMBER, conversation.pk, early=True)
    assert lease is not None
    remember(business, conversation.pk, lease)


def _begun(patient: SimulatedPatient) -> Conversation:
    """The conversation with its contact, turn and names, and nothing in it."""
    patient.say("Hello, my name is Maria Lopes")
    conversation = patient.conversation
    assert conversation is not None
    Message.objects.filter(conversation=conversation).delete()
    TranscriptEntry.objects.filter(conversation_id=conversation.pk).delete()
    return conversation


def _tell_again(
    story: Story, conversation: Conversation, at: dt.datetime, messages: list[Message], entries: list[TranscriptEntry]
) -> None:
    copies = Message.objects.bulk_create(
        _copy(each, conversation=conversation, conversation_id=conversation.pk, provider_id=f"old-{next(_ids)}")
        for each in story.messages
    )
    place = {old.pk: new.pk for old, new in zip(story.messages, copies, strict=True)}
    first, begin = story.entries[0].at, len(entries)
    messages.extend(copies)
    entries.extend(
        _copy(
            each,
            conversation_id=conversation.pk,
            index=begin + number,
            message_id=place.get(each.message_id or 0),
            turn_id=None,
            at=at + (each.at - first),
        )
        for number, each in enumerate(story.entries)
    )


def _until(earlier: int, messages: list[Message], entries: list[TranscriptEntry]) -> list[TranscriptEntry]:
    """The entries of so many messages; the messages beyond are gone, but for the answer to the last one kept."""
    beyond = next((each for each in messages[earlier:] if each.direction == Message.Direction.IN), None)
    if beyond is None:
        return entries
    Message.objects.filter(conversation_id=beyond.conversation_id, pk__gte=beyond.pk).delete()
    return entries[: next(place for place, each in enumerate(entries) if each.message_id == beyond.pk)]


def _copy(row: Any, **changes: Any) -> Any:
    names = [each.attname for each in row._meta.concrete_fields if not each.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names} | changes)


def _as_known_in(conversation: Conversation, source: Conversation) -> None:
    """The placeholders of the stories stand for the same people in the copy."""
    Pseudonym.objects.filter(conversation_id=conversation.pk).delete()
    rows = Pseudonym.objects.filter(conversation_id=source.pk).order_by("id")
    Pseudonym.objects.bulk_create(_copy(each, conversation_id=conversation.pk) for each in rows)


def _note_by_staff(conversation: Conversation, earlier: int) -> None:
    """Whoever has been here for long is known better: two notes with the shortest past, a dozen with a long one."""
    for number in range(2 if earlier <= 10 else NOTES_OF_STAFF):
        text = f"Asks to be called when an earlier time comes free (note {number})."
        facts.note(facts.NewFact(contact_id=conversation.contact_id, subject="other", text=text, staff_id=1))
    assert Fact.objects.filter(contact_id=conversation.contact_id).exists()
