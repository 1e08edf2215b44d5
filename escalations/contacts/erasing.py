"""Forgetting a person: what is theirs goes, what the business has to keep stays without them.

Gone: names, numbers, messages, files, facts, notes, what the assistant read and did. Kept without a name: that there
was an appointment (diary and figures stay true), what was agreed to and when (proof), what calls of models cost. The
trail keeps who erased and a keyed digest of each number, by which it can later be said that it was erased. Somebody who
writes again is somebody new.
"""

import hashlib
import hmac
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext

from agents.models import ConversationSummary, Fact, FactsRead, Pseudonym, Review, TranscriptEntry, Turn
from calendar_sync.entries import PUSH
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentSeries,
    CalendarEventLink,
    CampaignCase,
    Hold,
    Patient,
    PatientNews,
    Reminder,
    Verification,
    VerificationTry,
    Visit,
    WaitlistEntry,
)
from conversations.files import keeping
from conversations.models import ConsentChange, Contact, ContactIdentity, Conversation, Handoff, Message, StoredFile
from escalations.models import ContactLabel, ContactMerge, Escalation, Notice, ScheduledMessage
from tenants import audit, clock, worklist
from tenants.events import publish
from tenants.models import Business, User, WorkItem

NOBODY = "Erased"  # what a patient is called afterwards
BY_CONVERSATION = (
    "conversations.turn",
    "conversations.review",
    "agents.remember",
    "agents.summarise",
    "escalations.wake",
)


class EraseRefused(Exception):
    """Not as things stand; the text says what has to be done first."""


def figures(contact: Contact) -> Counter[str]:
    """What there is of a contact, for the page that asks before it goes."""
    found: Counter[str] = Counter()
    found["conversations"] = Conversation.objects.filter(contact=contact).count()
    found["messages"] = Message.objects.filter(conversation__contact=contact).count()
    found["files"] = StoredFile.objects.filter(message__conversation__contact=contact).exclude(path="").count()
    found["facts"] = Fact.objects.filter(contact_id=contact.pk, deleted_at__isnull=True).count()
    found["appointments"] = Appointment.objects.filter(contact_id=contact.pk).count()
    return found


def what_stands_against(contact: Contact) -> str:
    """Why it can't be done now, in words; "" where it can."""
    coming = Appointment.objects.filter(contact_id=contact.pk, status__in=HOLDS_TIME, during__endswith__gt=clock.now())
    if coming.exists():
        return gettext("They still have an appointment. Cancel it first, so that nobody waits for them.")
    if WaitlistEntry.objects.filter(contact_id=contact.pk, status=WaitlistEntry.Status.OFFERED).exists():
        return gettext("A time of the waiting list is offered to them just now. Take it back first.")
    if Turn.objects.filter(contact_id=contact.pk, status=Turn.Status.RUNNING).exists():
        return gettext("The assistant is answering them just now. Try again in a moment.")
    return ""


def erase(business: Business, user: User | None, contact: Contact) -> Counter[str]:
    """Forget this person; what went, in numbers. `user`: who asked; None: they were quiet for as long as the business
    keeps contacts. Raises EraseRefused."""
    with transaction.atomic():
        Contact.objects.select_for_update().filter(Q(pk=contact.pk) | Q(merged_into=contact)).count()
        talks = list(Conversation.objects.select_for_update().filter(contact=contact).values_list("pk", flat=True))
        if refusal := what_stands_against(contact):
            raise EraseRefused(refusal)
        found, digests = figures(contact), _digests(contact)
        paths = _files(contact)
        _stop_work(business, contact, talks)
        _forget_what_was_thought(talks, contact)
        _leave_the_diary(business, contact)
        Conversation.objects.filter(pk__in=talks).delete()
        _empty(contact)
        audit.record(business, user, "contact.erased", f"contact {contact.pk}", digests=digests, **found)
        publish(business, "diary")
        transaction.on_commit(lambda: _remove(business, paths))
    return found


def digest_of(address: str) -> str:
    """Keyed, so that nobody without the server's secret can try out numbers against the trail."""
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()


def _digests(contact: Contact) -> list[str]:
    return [digest_of(each) for each in contact.identities.order_by("pk").values_list("address", flat=True)]


def _files(contact: Contact) -> list[str]:
    rows = StoredFile.objects.filter(message__conversation__contact=contact).exclude(path="")
    return list(rows.values_list("path", flat=True))


def _remove(business: Business, paths: list[str]) -> None:
    for path in paths:
        keeping.remove(business, path)


def _stop_work(business: Business, contact: Contact, talks: list[int]) -> None:
    """Whatever would still be done about them is taken off the list."""
    messages = list(Message.objects.filter(conversation__in=talks).values_list("pk", flat=True))
    handoffs = Handoff.objects.filter(conversation__in=talks)
    escalations = Escalation.objects.filter(conversation__in=talks)
    reminders = Reminder.objects.filter(appointment__contact_id=contact.pk, status=Reminder.Status.PLANNED)
    turns = Turn.objects.filter(conversation_id__in=talks)
    items = WorkItem.objects.filter(business=business)
    items.filter(kind__in=BY_CONVERSATION, object_id__in=talks).delete()
    items.filter(kind__in=("conversations.deliver", "conversations.listen"), object_id__in=messages).delete()
    for kind, rows in (
        ("escalations.open", handoffs),
        ("escalations.notify", escalations),
        ("escalations.clock", escalations),
        ("escalations.send_later", ScheduledMessage.objects.filter(conversation__in=talks)),
        ("conversations.fetch_file", StoredFile.objects.filter(message__conversation__in=talks)),
        ("conversations.remind", reminders),
        ("conversations.shadow", turns),
    ):
        items.filter(kind=kind, object_id__in=list(rows.values_list("pk", flat=True))).delete()
    reminders.update(status=Reminder.Status.SKIPPED, reason=Reminder.Reason.NO_CHANNEL, settled_at=clock.now())
    Notice.objects.filter(conversation_id__in=talks).delete()


def _forget_what_was_thought(talks: list[int], contact: Contact) -> None:
    for model in (TranscriptEntry, Pseudonym, ConversationSummary, FactsRead, Review, Turn):
        model._default_manager.filter(conversation_id__in=talks).delete()
    Fact.objects.filter(contact_id=contact.pk).delete()


def _leave_the_diary(business: Business, contact: Contact) -> None:
    """Appointments stay, as those of nobody; what was copied to a calendar is written anew without the name."""
    visits = Appointment.objects.filter(Q(contact_id=contact.pk) | Q(patient__contact_id=contact.pk))
    numbers = list(visits.values_list("pk", flat=True))
    Verification.objects.filter(Q(contact_id=contact.pk) | Q(patient__contact_id=contact.pk)).delete()
    for theirs in (VerificationTry, PatientNews):
        theirs._default_manager.filter(contact_id=contact.pk).delete()
    WaitlistEntry.objects.filter(Q(contact_id=contact.pk) | Q(patient__contact_id=contact.pk)).delete()
    Patient.objects.filter(contact_id=contact.pk).update(
        name=NOBODY, phone="", born_on=None, blocked_reason="", contact_id=None
    )
    Appointment.objects.filter(pk__in=numbers).update(note="", revision=F("revision") + 1)
    AppointmentChange.objects.filter(appointment__in=numbers).update(reason="")
    for model in (Appointment, AppointmentSeries, Visit, Hold, CampaignCase):
        model._default_manager.filter(contact_id=contact.pk).update(contact_id=None)
    copied = CalendarEventLink.objects.filter(appointment__in=numbers).values_list("appointment_id", flat=True)
    for number in sorted(set(copied)):
        worklist.call_for(business.pk, PUSH, number)


def _empty(contact: Contact) -> None:
    """The rows that stay say that there was somebody and what they agreed to, not who."""
    ContactIdentity.objects.filter(contact=contact).delete()
    ContactLabel.objects.filter(contact=contact).delete()
    ContactMerge.objects.filter(kept=contact).delete()
    ConsentChange.objects.filter(contact=contact).update(text="")
    Contact.objects.filter(Q(pk=contact.pk) | Q(merged_into=contact)).update(
        name="", profile_name="", note="", language="", language_by=None, erased_at=clock.now()
    )
