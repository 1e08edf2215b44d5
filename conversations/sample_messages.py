"""A message that goes out by itself, as the owner's own phone would get it."""

from django.utils.translation import gettext_noop as N_

from conversations import outbox
from conversations.automatic import approved, buttons_of, text_of
from conversations.automatic_texts import language_for
from conversations.channels.registry import adapter_for
from conversations.connecting import address_for
from conversations.delivery_content import template_use
from conversations.models import Channel, Conversation, Message
from conversations.placeholders import blanks, filled, variables
from conversations.service_window import window_of
from tenants.models import Business

VALUES = {
    "first_name": "Rosa",
    "service": "Check-up",
    "practitioner": "Dr Silva",
    "when": "Thursday 3 December at 09:00",
    "reference": "#1042",
    "until": "14:30",
}


class NotPossible(ValueError):
    """The text says why, for the person."""


def text(business: Business, purpose: str) -> str:
    """How it reads, with an example's values."""
    return filled(text_of(purpose, language_for(business.language)), values(business))


def values(business: Business) -> dict[str, str]:
    return {**VALUES, "business": business.name}


def send(business: Business, channel: Channel, to: str, purpose: str) -> None:
    """Send the example: into the open conversation, else as the approved template.

    Raises NumberRefused, NotPossible or ChannelError. A vendor call: no transaction is open.
    """
    address = address_for(channel, to, business.country)
    language = language_for(business.language)
    rows = Conversation.objects.select_related("contact", "channel", "identity")
    conversation = rows.filter(channel=channel, identity__address=address).first()
    if conversation is not None and window_of(conversation).way == "freeform":
        choices = buttons_of(purpose, language, values(business))
        outbox.queue(business, conversation, text(business, purpose), author=Message.Author.SYSTEM, choices=choices)
        return
    if conversation is not None and window_of(conversation).way == "nothing":
        raise NotPossible(N_("This phone wrote STOP. Write START from it to get messages again."))
    template = approved(channel.pk, purpose, language)
    if template is None:
        raise NotPossible(N_("Write to your number from this phone first: WhatsApp has approved no text for this yet."))
    numbers = blanks([template.approved_body, *(each["id"] for each in template.approved_buttons)])
    use = template_use(template, address, variables(numbers, values(business)), None)
    adapter_for(channel.kind).send_template(channel, use)
