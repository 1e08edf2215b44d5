"""What the contact taps: only what was offered in this conversation counts, and "Confirm" needs no thinking."""

from calendar_sync import reminding
from conversations import automatic, outbox
from conversations.automatic_texts import THANKS, language_for
from conversations.choices import YES_OR_NO
from conversations.models import Contact, Conversation, ConversationEvent, Message
from conversations.placeholders import filled
from tenants import clock
from tenants.models import Business


def quoted(conversation: Conversation, provider_id: str) -> Message | None:
    """The message of this conversation that a reply quotes or whose button was tapped."""
    if not provider_id:
        return None
    return Message.objects.filter(conversation=conversation, provider_id=provider_id).first()


def offered(conversation: Conversation, choice: str, source: Message | None) -> str:
    """The id as it came, if it still means what it meant when we offered it here; else "": then it is only a text, or
    "old:yes", which answers nothing that stands.

    "slot:2" under an older list is no longer the second of the newest one. An id that names its appointment
    ("cancel:#1042") means the same for ever.
    """
    if not choice:
        return ""
    ours = Message.objects.filter(conversation=conversation, direction=Message.Direction.OUT).exclude(choices=[])
    if source is None:
        source = ours.filter(choices__contains=[{"id": choice}]).order_by("-pk").first()
    if source is None or source.direction != Message.Direction.OUT or choice not in _ids(source.choices):
        return ""
    if "#" in choice:
        return choice
    newer = ours.filter(pk__gt=source.pk).values_list("choices", flat=True)
    kinds = {_kind(each) for choices in newer for each in _ids(choices)}
    if _kind(choice) not in kinds:
        return choice
    return f"old:{choice}" if choice in YES_OR_NO else ""


def _ids(choices: list[dict[str, str]]) -> list[str]:
    return [each.get("id", "") for each in choices]


def _kind(choice: str) -> str:
    """ "slot:2" → "slot"; yes and no are answers to one question."""
    return "answer" if choice in YES_OR_NO else choice.partition(":")[0]


def hear(business: Business, conversation: Conversation, message: Message) -> bool:
    """Within the caller's transaction: True when the tap was dealt with here.

    "Confirm" under a reminder is written down and thanked for, also without any model. An appointment that has
    changed since or isn't theirs is for the assistant to talk about.
    """
    verb, _, reference = message.choice.partition(":")
    if verb != "confirm":
        return False
    appointment = reminding.confirm(business, conversation.contact_id, reference)
    if appointment is None:
        return False
    detail = {"appointment": appointment.pk, "reference": appointment.reference}
    ConversationEvent.objects.create(conversation=conversation, act="confirmed", detail=detail, at=clock.now())
    if conversation.handling != Conversation.Handling.ASSISTANT:
        return False
    Message.objects.filter(pk=message.pk).update(answered_by=0)
    contact = Contact.objects.get(pk=conversation.contact_id)
    language = language_for(contact.language, business.language)
    text = filled(THANKS[language], automatic.values_of(business, appointment, language))
    outbox.queue(business, conversation, text, author=Message.Author.SYSTEM)
    return True
