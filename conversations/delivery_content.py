"""How a message leaves: as an approved template, as text with buttons or a list, or as text.

Where the vendor takes no buttons or lists, the choices are written out as numbered lines: an answer always leaves.
"""

import textwrap

import structlog

from agents.types import Choice
from conversations import choices as tapped
from conversations import outbox
from conversations.channels.base import (
    NOT_HERE,
    ChannelAdapter,
    FormRefused,
    Outgoing,
    Place,
    SendResult,
    TemplateUse,
)
from conversations.channels.registry import adapter_for
from conversations.files import sending
from conversations.models import Conversation, Message, MessageTemplate
from conversations.placeholders import blanks, with_blanks
from conversations.storing import snippet_of
from conversations.template_approval import name_of
from tenants.models import Business

log = structlog.get_logger(__name__)
QUOTED = outbox.QUOTE_LENGTH - 10
LIST_BUTTON = {"en": "Choose", "de": "Auswählen", "es": "Elegir", "fr": "Choisir", "pt": "Escolher"}


def hand_to(adapter: ChannelAdapter, message: Message, business: Business) -> SendResult:
    """Give it to the vendor, outside of any transaction. Raises ChannelError as ChannelAdapter.send does."""
    to, language = message.conversation.identity.address, business.language
    if message.template is not None:
        use = template_use(message.template, to, message.variables, message.pk)
        return adapter.send_template(message.channel, use)
    if message.choices:
        try:
            return adapter.send(message.channel, _with_choices(message, to, language))
        except FormRefused as error:
            if error.code != NOT_HERE:
                log.warning("content.refused", channel=message.channel_id, code=error.code)
        _write_out(message)
    return adapter.send(message.channel, _plain(adapter, message, to, business))


def words_of(adapter: ChannelAdapter, message: Message) -> str:
    """The text as it leaves, by which a lost answer is looked up.

    Where the vendor can't quote, the beginning of what is answered stands before it, as WhatsApp writes quotes.
    """
    quoted = message.reply_to if message.reply_to_id and not adapter.quotes else None
    if quoted is None or not message.text:
        return message.text
    about = " ".join((quoted.text or snippet_of(quoted)).split())
    return f"> {textwrap.shorten(about, QUOTED, placeholder=' …')}\n\n{message.text}"


def _plain(adapter: ChannelAdapter, message: Message, to: str, business: Business) -> Outgoing:
    special = message.kind != Message.Kind.TEXT
    quoted = message.reply_to if message.reply_to_id and adapter.quotes else None
    return Outgoing(
        to=to,
        text=words_of(adapter, message),
        message_id=message.pk,
        language=business.language,
        reply_to=(quoted.provider_id or "") if quoted else "",
        file=sending.outgoing_file(business, message) if special else None,
        place=Place(**message.place) if special and message.place else None,
    )


def template_use(template: MessageTemplate, to: str, variables: dict[str, str], message_id: int | None) -> TemplateUse:
    """The approved text of a template, filled in: {"1": "Rosa", …}."""
    numbers = blanks([template.approved_body, *(each["id"] for each in template.approved_buttons)])
    return TemplateUse(
        to=to,
        message_id=message_id,
        sid=template.approved_sid,
        name=template.name
        or name_of(template.purpose, template.language, template.approved_body, template.approved_buttons),
        language=template.language,
        body=with_blanks(template.approved_body, numbers),
        variables=variables,
        choices=tuple(
            Choice(id=_filled(with_blanks(each["id"], numbers), variables), title=each["title"])
            for each in template.approved_buttons
        ),
    )


def _filled(text: str, variables: dict[str, str]) -> str:
    for number, value in variables.items():
        text = text.replace(f"{{{{{number}}}}}", value)
    return text


def tell_in_words(business: Business, conversation: Conversation, message: Message, code: str) -> Message | None:
    """Within the caller's transaction: the buttons were refused only after the message had been taken, so the same is
    said again in words. The new message; None when it failed for another reason.
    """
    if not message.choices or message.template_id is not None:
        return None
    if code not in adapter_for(conversation.channel.kind).form_refusals:
        return None
    text = tapped.numbered(message.text, tapped.read(message.choices))
    return outbox.queue(business, conversation, text, author=message.author, turn_id=message.turn_id)[-1]


def _with_choices(message: Message, to: str, language: str) -> Outgoing:
    choices = tapped.read(message.choices)
    form = "buttons" if tapped.form_of(message.text, choices) == "buttons" else "list"
    return Outgoing(
        to=to,
        text=message.text,
        message_id=message.pk,
        choices=choices,
        form="buttons" if form == "buttons" else "list",
        button=LIST_BUTTON.get(language, LIST_BUTTON["en"]) if form == "list" else "",
        language=language,
    )


def _write_out(message: Message) -> None:
    """Saved before it is sent: a lost answer is looked up by the text."""
    message.text = tapped.numbered(message.text, tapped.read(message.choices))
    message.choices = []
    Message.objects.filter(pk=message.pk).update(text=message.text, choices=[])
