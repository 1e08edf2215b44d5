"""What a rehearsal needs to know of a conversation: who writes there, and how their names are hidden."""

from agents.rehearsal import RehearsedContact
from agents.types import TurnInput
from agents.veil import ConversationVeil
from conversations.known_people import known_in
from conversations.models import Conversation
from tenants.models import Business


def contact_of(conversation: Conversation) -> RehearsedContact:
    contact = conversation.contact
    return RehearsedContact(id=contact.pk, name=contact.display_name, known=known_in(conversation))


def hidden(business: Business, conversation: Conversation, text: str) -> str:
    """What a person typed about a conversation, redacted; within the caller's transaction. Raises RedactionFailed."""
    veil = veil_of(business, conversation)
    words = veil.hide(text)
    veil.save()
    return words


def veil_of(business: Business, conversation: Conversation) -> ConversationVeil:
    """The conversation's own, outside of a turn; what it finds is kept only by its `save`. Raises RedactionFailed."""
    return ConversationVeil(
        TurnInput(
            business=business,
            conversation_id=conversation.pk,
            contact_id=conversation.contact_id,
            contact_name=conversation.contact.display_name,
            known=known_in(conversation),
            arrivals=(),
            hold=_nothing,
            renew=_nothing,
        )
    )


def _nothing() -> None:
    """No turn is running."""
