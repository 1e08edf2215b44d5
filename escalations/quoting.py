"""Which message a reply quotes, and how a quoted one is shown: who wrote it, the beginning of it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from conversations.models import Conversation, Message
from conversations.storing import snippet_of
from escalations.inbox_address import is_id

LENGTH = 140


@dataclass(frozen=True, kw_only=True)
class Quote:
    id: int
    who: str
    text: str


def asked_in(request: HttpRequest, conversation: Conversation) -> Message | None:
    """The message of this conversation that the reply box stands on (`reply_to`), in the form or the address."""
    asked = request.POST.get("reply_to") or request.GET.get("reply_to") or ""
    if not is_id(asked):
        return None
    return conversation.messages.filter(pk=int(asked), provider_id__isnull=False).first()


def quote_of(message: Message | None) -> Quote | None:
    if message is None:
        return None
    words = " ".join(message.text.split()) or snippet_of(message)
    shown = words if len(words) <= LENGTH else f"{words[: LENGTH - 1]}…"
    who = {Message.Author.CONTACT: gettext("Patient"), Message.Author.ASSISTANT: gettext("Assistant")}
    return Quote(id=message.pk, who=who.get(Message.Author(message.author), gettext("You")), text=shown)
