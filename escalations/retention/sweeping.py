"""What was kept as long as the business says goes; files have a sweep of their own (conversations.files.retention)."""

import datetime as dt

import structlog
from django.db.models import Exists, OuterRef, QuerySet

from agents.forgetting import forget_steps
from calendar_sync.models import Appointment
from conversations.forgetting import forget_messages
from conversations.models import Contact, Conversation, Retention
from conversations.models.keeping import older_than
from escalations.contacts import erasing
from escalations.models import Draft, Escalation, Note, Promise, Rating, ScheduledMessage
from tenants.models import Business

log = structlog.get_logger(__name__)
SWEEP = "escalations.forget_old"
CONTACTS_AT_ONCE = 200  # the rest goes with the next sweep


def sweep(business: Business) -> None:
    """Delete what is due. Nothing for a day after a change of the setting."""
    wanted = Retention.of_this_business()
    if wanted.takes_effect_at:
        return
    if before := older_than(wanted.traces_days):
        forget_steps(before)
    if before := older_than(wanted.messages_days):
        forget_messages(before)
        _forget_what_staff_wrote(before)
    if before := older_than(wanted.contacts_days):
        _forget_quiet_contacts(business, before)


def quiet_contacts(before: dt.datetime) -> QuerySet[Contact]:
    """Contacts of whom nothing was heard or written since that moment, and who had no appointment since."""
    talks = Conversation.objects.filter(contact=OuterRef("pk"), last_message_at__gte=before)
    visits = Appointment.objects.filter(contact_id=OuterRef("pk"), during__endswith__gte=before)
    known = Contact.objects.filter(created_at__lt=before, erased_at__isnull=True, merged_into__isnull=True)
    return known.exclude(Exists(talks)).exclude(Exists(visits))


def _forget_what_staff_wrote(before: dt.datetime) -> None:
    """Notes, drafts, kept promises, reasons of ratings, accounts of handoffs: all of them tell of messages."""
    Note.objects.filter(at__lt=before).delete()
    Draft.objects.filter(updated_at__lt=before).delete()
    Promise.objects.filter(created_at__lt=before, done_at__isnull=False).exclude(text="").update(text="")
    Rating.objects.filter(asked_at__lt=before).exclude(reason="").update(reason="")
    ScheduledMessage.objects.filter(due_at__lt=before).exclude(text="").update(text="", variables={})
    Escalation.objects.filter(opened_at__lt=before).exclude(account={}).update(account={})


def _forget_quiet_contacts(business: Business, before: dt.datetime) -> None:
    for contact in quiet_contacts(before).order_by("pk")[:CONTACTS_AT_ONCE]:
        try:
            erasing.erase(business, None, contact)
        except erasing.EraseRefused:
            log.info("contact.not_forgotten", contact=contact.pk)
