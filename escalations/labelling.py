"""Labels of conversations: what a business sorts them by, beyond what the desk knows itself."""

from collections.abc import Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conversations.models import Contact, Conversation
from escalations.models import ContactLabel, ConversationLabel, Label
from tenants.events import publish
from tenants.folding import fold
from tenants.models import Business

# The desk's own tones of badges: each is readable in light and dark.
COLOURS = {
    "brand": _("Teal"),
    "info": _("Blue"),
    "good": _("Green"),
    "warn": _("Amber"),
    "bad": _("Red"),
    "quiet": _("Grey"),
}
AT_MOST = 60


class LabelRefused(Exception):
    """It can't be made; the text says why to a person."""


def make(name: str, colour: str = "brand") -> Label:
    """A new label. Raises LabelRefused for a name that is there, however it is written, and when there are too many."""
    name = " ".join(name.split())[:40]
    if not name:
        raise LabelRefused(gettext("Give the label a name."))
    known = list(Label.objects.values_list("name", flat=True))
    if any(fold(each) == fold(name) for each in known):
        raise LabelRefused(gettext("There is a label “%(name)s” already.") % {"name": name})
    if len(known) >= AT_MOST:
        raise LabelRefused(gettext("There can be %(most)s labels. Remove one first.") % {"most": AT_MOST})
    try:
        with transaction.atomic():
            return Label.objects.create(name=name, colour=colour if colour in COLOURS else "brand")
    except IntegrityError:
        raise LabelRefused(gettext("There is a label “%(name)s” already.") % {"name": name}) from None


def with_use() -> Sequence[Label]:
    """All labels, each with the number of conversations and contacts that bear it as `used` and `people`."""
    used, people = Count("conversations", distinct=True), Count("contacts", distinct=True)
    return list(Label.objects.annotate(used=used, people=people))


def for_conversation(conversation: Conversation) -> Sequence[Label]:
    """All labels, each with whether the conversation bears it as `worn`."""
    worn = ConversationLabel.objects.filter(label=OuterRef("pk"), conversation=conversation)
    return list(Label.objects.annotate(worn=Exists(worn.order_by())))


def choice_for_contact(contact_id: str) -> ArraySubquery:
    """To annotate a contact with: all labels as [{"pk", "name", "colour", "worn"}]."""
    worn = ContactLabel.objects.filter(label=OuterRef("pk"), contact=OuterRef(OuterRef(contact_id)))
    told = JSONObject(pk=F("pk"), name=F("name"), colour=F("colour"), worn=Exists(worn.order_by()))
    return ArraySubquery(Label.objects.values(told=told))


def put(business: Business, conversation: Conversation, label_ids: Sequence[int]) -> None:
    """The conversation bears exactly these labels from now on; ids that are gone are left out."""
    with transaction.atomic():
        wanted = set(Label.objects.filter(pk__in=label_ids).values_list("pk", flat=True))
        rows = ConversationLabel.objects.filter(conversation=conversation)
        rows.exclude(label_id__in=wanted).delete()
        ConversationLabel.objects.bulk_create(
            [ConversationLabel(conversation=conversation, label_id=each) for each in sorted(wanted)],
            ignore_conflicts=True,
        )
        publish(business, "conversation", conversation.pk)


def put_on_contact(business: Business, contact: Contact, label_ids: Sequence[int]) -> None:
    """The contact bears exactly these labels from now on, in all its conversations."""
    with transaction.atomic():
        wanted = set(Label.objects.filter(pk__in=label_ids).values_list("pk", flat=True))
        ContactLabel.objects.filter(contact=contact).exclude(label_id__in=wanted).delete()
        ContactLabel.objects.bulk_create(
            [ContactLabel(contact=contact, label_id=each) for each in sorted(wanted)], ignore_conflicts=True
        )
        for pk in Conversation.objects.filter(contact=contact).values_list("pk", flat=True):
            publish(business, "conversation", pk)
