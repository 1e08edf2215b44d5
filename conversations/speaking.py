"""Which language a contact is written to in: theirs as noted, else the one that they write, else the business's."""

from agents.llm.guided.languages.detecting import languages_spoken
from conversations.automatic_texts import language_for
from conversations.models import Conversation, Message
from tenants.models import Business

READ = 12  # of their newest messages


def language_spoken(business: Business, conversation: Conversation) -> str:
    """One of those that we write texts in; one query at most."""
    if conversation.contact.language:
        return language_for(conversation.contact.language, business.language)
    theirs = Message.objects.filter(conversation=conversation, direction=Message.Direction.IN)
    rows = theirs.order_by("-pk").values_list("text", "heard")[:READ]
    said = [text or heard for text, heard in rows][::-1]
    return language_for([business.language, *languages_spoken(said, business.language)][-1], business.language)
