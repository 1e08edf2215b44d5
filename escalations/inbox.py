"""The list of conversations: what needs somebody, what the assistant has, everything; and search."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from conversations.models import Conversation, Message
from conversations.service_window import takes_free_text
from escalations.people import name_of
from tenants.models import Business

PAGE = 50
VIEWS = {"all": "All", "needs_you": "Needs you", "assistant": "Assistant"}

UNANSWERED = Exists(
    Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.IN, answered_by__isnull=True
    ).order_by()
)
# A colleague's conversation counts for as long as its last message is unanswered, read or not.
NEEDS_YOU = Q(status=Conversation.Status.OPEN) & (
    Q(handling=Conversation.Handling.WAITING_FOR_STAFF) | (Q(handling=Conversation.Handling.STAFF) & Q(UNANSWERED))
)
BY_VIEW = {
    "all": Q(),
    "needs_you": NEEDS_YOU,
    "assistant": Q(status=Conversation.Status.OPEN, handling=Conversation.Handling.ASSISTANT),
}


def conversations(view: str, query: str = "", before: int | None = None) -> tuple[Sequence[Conversation], bool]:
    """A page of the view, newest first, and whether there are more; each with its `owner_name`."""
    rows = Conversation.objects.filter(BY_VIEW[view]).select_related("contact", "identity")
    if query:
        rows = rows.filter(_matching(query))
    if before is not None:
        anchor = Conversation.objects.filter(pk=before).values_list("last_message_at", flat=True).first()
        if anchor is not None:
            rows = rows.filter(Q(last_message_at__lt=anchor) | Q(last_message_at=anchor, pk__lt=before))
    page = list(rows.annotate(owner_name=name_of("staff_id")).order_by("-last_message_at", "-pk")[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def window_open(conversation: Conversation) -> bool:
    """Whether WhatsApp lets the business write freely: 24 hours from the contact's last message."""
    return takes_free_text(conversation)


def title_of(business: Business, conversation: Conversation) -> str:
    """The name staff know a contact by."""
    name = conversation.contact.display_name or conversation.identity.phone
    return name or f"{business.patient_label.capitalize()} without a name"


def _matching(query: str) -> Q:
    found = Q(contact__name__icontains=query) | Q(contact__profile_name__icontains=query)
    if digits := digits_of(query):
        found |= Q(identity__phone__contains=digits)
    said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=query)
    return found | Q(Exists(said.order_by()))


def digits_of(query: str) -> str:
    """What of a search may be a part of a phone number, without the nought of national numbers; "" when nothing."""
    digits = "".join(sign for sign in query if sign in "0123456789").lstrip("0")
    return digits if len(digits) >= 3 else ""
