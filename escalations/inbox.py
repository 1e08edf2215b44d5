"""The list of conversations: the views, labels and words that staff ask for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from conversations.models import Contact, Conversation, Message
from conversations.service_window import takes_free_text
from escalations.clock_words import clock_of
from escalations.models import ContactLabel, ConversationLabel, Label, Note
from escalations.people import name_of
from tenants.folding import Fold, words_query
from tenants.models import Business
from tenants.phone_numbers import readable

PAGE = 50
FOUND_AT_MOST = 2_000  # messages of a search; what is older is found by more words
VIEWS = {
    "all": pgettext_lazy("conversations", "All"),
    "needs_you": _("Needs you"),
    "mine": pgettext_lazy("conversations", "Mine"),
    "unassigned": _("Unassigned"),
    "assistant": _("Assistant"),
    "mentions": _("Mentions"),
    "snoozed": _("Snoozed"),
    "resolved": _("Resolved"),
}

UNANSWERED = Exists(
    Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.IN, answered_by__isnull=True
    ).order_by()
)
OPEN = Q(status=Conversation.Status.OPEN)
# A colleague's conversation counts for as long as its last message is unanswered, read or not.
NEEDS_YOU = OPEN & (
    Q(handling=Conversation.Handling.WAITING_FOR_STAFF) | (Q(handling=Conversation.Handling.STAFF) & Q(UNANSWERED))
)
BY_VIEW = {
    "all": Q(),
    "needs_you": NEEDS_YOU,
    "unassigned": OPEN & Q(handling=Conversation.Handling.WAITING_FOR_STAFF, staff_id__isnull=True),
    "assistant": OPEN & Q(handling=Conversation.Handling.ASSISTANT),
    "snoozed": Q(status=Conversation.Status.SNOOZED),
    "resolved": Q(status=Conversation.Status.RESOLVED),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the list is asked for."""

    view: str = "all"
    words: str = ""
    label_id: int | None = None
    staff_id: int | None = None  # whose "mine"


def mine(staff_id: int | None) -> Q:
    return Q(staff_id=staff_id) & ~Q(status=Conversation.Status.RESOLVED)


def mentioning(staff_id: int | None) -> Q:
    """Where a colleague's note names this person."""
    named = Note.objects.filter(conversation=OuterRef("pk"), mentions__contains=staff_id, deleted_at__isnull=True)
    return Q(Exists(named.order_by()))


def conversations(asked: Asked, before: int | None = None) -> tuple[Sequence[Conversation], bool]:
    """A page, newest first, and whether there are more; each with its `owner_name` and `label_marks`."""
    own = {"mine": mine, "mentions": mentioning}
    kind = own[asked.view](asked.staff_id) if asked.view in own else BY_VIEW[asked.view]
    rows = Conversation.objects.filter(kind).select_related("contact", "identity")
    if asked.label_id is not None:
        rows = rows.filter(bearing(asked.label_id))
    if asked.words:
        rows = rows.filter(_matching(asked.words))
    if before is not None:
        anchor = Conversation.objects.filter(pk=before).values_list("last_message_at", flat=True).first()
        if anchor is not None:
            rows = rows.filter(Q(last_message_at__lt=anchor) | Q(last_message_at=anchor, pk__lt=before))
    rows = rows.annotate(owner_name=name_of("staff_id"), label_marks=marks_of("pk"), clock=clock_of("pk"))
    page = list(rows.order_by("-last_message_at", "-pk")[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def bearing(label_id: int) -> Q:
    """Conversations with this label, or of a contact with it."""
    of_talks = ConversationLabel.objects.filter(label=label_id).values("conversation")
    of_people = ContactLabel.objects.filter(label=label_id).values("contact")
    return Q(pk__in=of_talks) | Q(contact__in=of_people)


def marks_of(conversation_id: str) -> ArraySubquery:
    """To annotate with: the labels of a conversation and of its contact as [{"text", "tone"}], for badges."""
    of_talk = ConversationLabel.objects.filter(label=OuterRef("pk"), conversation=OuterRef(OuterRef(conversation_id)))
    of_person = ContactLabel.objects.filter(label=OuterRef("pk"), contact=OuterRef(OuterRef("contact_id")))
    labels = Label.objects.filter(Q(Exists(of_talk)) | Q(Exists(of_person))).order_by("name")
    return ArraySubquery(labels.values(mark=JSONObject(text=F("name"), tone=F("colour"))))


def window_open(conversation: Conversation) -> bool:
    """Whether WhatsApp lets the business write freely: 24 hours from the contact's last message."""
    return takes_free_text(conversation)


def title_of(business: Business, conversation: Conversation) -> str:
    """The name staff know a contact by."""
    name = conversation.contact.display_name or readable(conversation.identity.phone or "")
    return name or gettext("%(patient)s without a name") % {"patient": business.patient_label.capitalize()}


def titles_of(business: Business, conversation_ids: Collection[int]) -> dict[int, str]:
    """By conversation; those that are gone are left out. One query."""
    rows = Conversation.objects.filter(pk__in=conversation_ids).select_related("contact", "identity")
    return {each.pk: title_of(business, each) for each in rows}


def _matching(words: str) -> Q:
    """Names, numbers, and everything that was written; accents and capitals do not count."""
    found = Q(pk__in=[])
    if query := words_query(words):
        named = contacts_called(query).values("pk")
        found = Q(contact__in=named) | Q(pk__in=messages_saying(query).values("conversation_id")[:FOUND_AT_MOST])
    if digits := digits_of(words):
        found |= Q(identity__phone__contains=digits)
    return found


def contacts_called(query: str) -> QuerySet[Contact]:
    """Contacts by a `words_query`. The expression is the one of their index."""
    vector = SearchVector(Fold("name"), Fold("profile_name"), config="simple")
    return Contact.objects.annotate(words=vector).filter(words=_typed(query))


def messages_saying(query: str) -> QuerySet[Message]:
    return Message.objects.annotate(words=SearchVector(Fold("text"), config="simple")).filter(words=_typed(query))


def _typed(query: str) -> SearchQuery:
    return SearchQuery(query, search_type="raw", config="simple")


def digits_of(query: str) -> str:
    """What of a search may be a part of a phone number, without the nought of national numbers; "" when nothing."""
    digits = "".join(sign for sign in query if sign in "0123456789").lstrip("0")
    return digits if len(digits) >= 3 else ""
