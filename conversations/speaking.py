"""Which language a contact is written to in: theirs as noted, else the one that they write, else the business's.

What they write is noted as it comes (`learn`), unless staff said which one it is.
"""

from agents.llm.guided.languages.detecting import languages_spoken
from conversations.automatic_texts import language_for
from conversations.models import Contact, Conversation, Message
from tenants.models import Business
from tenants.statements import later

READ = 12  # of their newest messages
LEARNED = "UPDATE conversations_contact SET language = %s WHERE id = %s AND language_by IS NULL"
TWO = ("en", "de")  # a text that says nothing of its language leaves each of them as it is


def language_spoken(business: Business, conversation: Conversation) -> str:
    """One of those that we write texts in; one query at most."""
    if conversation.contact.language or conversation.pk is None:  # not saved: nobody has written yet
        return language_for(conversation.contact.language, business.language)
    return language_for([business.language, *_spoken(conversation, business.language)][-1], business.language)


def learn(conversation: Conversation, contact: Contact, text: str, *, alone: bool = False) -> None:
    """Within the caller's transaction: note it where this text speaks for another one than is known. Mostly no query;
    one where it seems to change, which what they wrote before has a say in, unless this text stands alone."""
    if contact.language_by is not None or not text:
        return
    said = {next(iter(languages_spoken([text], each))) for each in TWO}
    if len(said) > 1 or said == {contact.language}:
        return
    default = contact.language or min(said)
    spoken = [*said, *(languages_spoken([text], default) if alone else _spoken(conversation, default))][-1]
    if spoken != contact.language:
        later(LEARNED, [spoken, contact.pk])


def _spoken(conversation: Conversation, default: str) -> list[str]:
    """After each of their newest messages, oldest first."""
    theirs = Message.objects.filter(conversation=conversation, direction=Message.Direction.IN)
    rows = theirs.order_by("-pk").values_list("text", "heard")[:READ]
    return list(languages_spoken([text or heard for text, heard in rows][::-1], default))
