"""How a message leaves: as an approved template, as text with buttons or a list, or as text.

Buttons need a content at the vendor. Its shape (how many, with descriptions or not) is made once per channel and filled
in with each message. Where the vendor refuses, the choices are written out as numbered lines: an answer always leaves.
"""

import hashlib
import json

import structlog

from agents.types import Choice
from conversations import choices as tapped
from conversations import outbox
from conversations.channels.base import (
    NO_CONTENT,
    ChannelAdapter,
    ChannelError,
    Content,
    ContentShape,
    OutcomeUnknown,
    SendResult,
)
from conversations.models import Conversation, KnownContent, Message
from tenants.models import Business

log = structlog.get_logger(__name__)
# Twilio's words for "not this content": unknown sid, wrong variables, refused by WhatsApp's rules for interactive ones.
CONTENT_REFUSED = frozenset({"21655", "21656", "21657", "21658", "63013", "63021", "63027", "63028"})
LIST_BUTTON = {"en": "Choose", "de": "Auswählen", "es": "Elegir", "fr": "Choisir", "pt": "Escolher"}


def hand_to(adapter: ChannelAdapter, message: Message, language: str) -> SendResult:
    """Give it to the vendor, outside of any transaction. Raises ChannelError as ChannelAdapter.send does."""
    to = message.conversation.identity.address
    if message.template is not None:
        content = Content(sid=message.template.approved_sid, variables=message.variables)
        return adapter.send_content(message.channel, to, content, message.pk)
    if message.choices:
        sent = _with_choices(adapter, message, to, language)
        if sent is not None:
            return sent
        _write_out(message)
    return adapter.send(message.channel, to, message.text, message.pk)


def tell_in_words(business: Business, conversation: Conversation, message: Message, code: str) -> Message | None:
    """Within the caller's transaction: the buttons were refused only after the message had been taken, so the same is
    said again in words. The new message; None when it failed for another reason.
    """
    if not message.choices or message.template_id is not None or code not in CONTENT_REFUSED:
        return None
    text = tapped.numbered(message.text, tapped.read(message.choices))
    return outbox.queue(business, conversation, text, author=message.author, turn_id=message.turn_id)[-1]


def _with_choices(adapter: ChannelAdapter, message: Message, to: str, language: str) -> SendResult | None:
    """None when the vendor takes no such content: nothing was sent then."""
    choices = tapped.read(message.choices)
    shape = shape_of(message.text, choices, language)
    digest = _digest(shape)
    try:
        sid = _sid(adapter, message, shape, digest)
    except ChannelError as error:  # nothing was sent by this; the text may still go
        if error.code != NO_CONTENT:
            log.warning("content.not_made", channel=message.channel_id, code=error.code)
        return None
    try:
        content = Content(sid=sid, variables=variables_of(message.text, choices))
        return adapter.send_content(message.channel, to, content, message.pk)
    except OutcomeUnknown:
        raise
    except ChannelError as error:
        if error.code not in CONTENT_REFUSED:
            raise
        log.warning("content.refused", channel=message.channel_id, code=error.code)
        KnownContent.objects.filter(channel=message.channel, digest=digest).delete()
        return None


def shape_of(text: str, choices: tuple[Choice, ...], language: str) -> ContentShape:
    """All that differs between messages is a variable, so that one content serves every message of its shape."""
    form = tapped.form_of(text, choices)
    blanks = tuple(
        Choice(
            id=f"{{{{i{number}}}}}",
            title=f"{{{{t{number}}}}}",
            description=f"{{{{d{number}}}}}" if each.description else "",
        )
        for number, each in enumerate(choices, 1)
    )
    return ContentShape(
        name=f"frontdesk {form} {len(choices)}",
        language=language,
        form="buttons" if form == "buttons" else "list",
        body="{{1}}",
        choices=blanks,
        button=LIST_BUTTON.get(language, LIST_BUTTON["en"]) if form == "list" else "",
        samples=variables_of("Which one suits you?", tuple(_sample(each, n) for n, each in enumerate(choices, 1))),
    )


def _sample(choice: Choice, number: int) -> Choice:
    """Samples stay at the vendor: nothing of what somebody was told stands in them."""
    return Choice(id=f"choice-{number}", title=f"Choice {number}", description="More" if choice.description else "")


def variables_of(text: str, choices: tuple[Choice, ...]) -> dict[str, str]:
    filled = {"1": text}
    for number, each in enumerate(choices, 1):
        filled |= {f"t{number}": each.title, f"i{number}": each.id}
        if each.description:
            filled[f"d{number}"] = each.description
    return filled


def _sid(adapter: ChannelAdapter, message: Message, shape: ContentShape, digest: str) -> str:
    known = KnownContent.objects.filter(channel=message.channel, digest=digest).values_list("sid", flat=True).first()
    if known is not None:
        return known
    sid = adapter.create_content(message.channel, shape)
    # Two senders may both have made one; either will do.
    kept, _ = KnownContent.objects.get_or_create(channel=message.channel, digest=digest, defaults={"sid": sid})
    return kept.sid


def _digest(shape: ContentShape) -> str:
    parts = [shape.language, shape.form, shape.body, shape.button, tapped.stored(shape.choices)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _write_out(message: Message) -> None:
    """Saved before it is sent: a lost answer is looked up by the text."""
    message.text = tapped.numbered(message.text, tapped.read(message.choices))
    message.choices = []
    Message.objects.filter(pk=message.pk).update(text=message.text, choices=[])
