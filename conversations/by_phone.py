"""Patients whom staff entered with a phone, and who agreed to be written to there: nobody has written yet.

The consent is kept with the contact who has that number (a new one, where nobody wrote from it so far). Only when
there is something to say the conversation is opened, by an approved template: WhatsApp lets a business begin one with
nothing else, and only with people who agreed. See docs/decisions/0012.
"""

from django.db import transaction

from calendar_sync import message_consent
from calendar_sync.models import Appointment, MessageConsent, Reminder
from conversations import opting_out
from conversations.channels.registry import adapter_for
from conversations.identities import identity_for
from conversations.models import Channel, Contact, ContactIdentity, Conversation, StaffPhone
from conversations.service_window import has_agreed
from conversations.storing import locked_conversation
from tenants import clock, worklist
from tenants.models import Business
from tenants.worklist import Lease

UNREACHED = "escalations.tell_of_unreached"  # the task that tells staff of an appointment nobody is reminded of
AGREED = "Asked by the team, and agreed to messages about appointments on WhatsApp."


def reach(business: Business, consent_id: int, lease: Lease) -> None:
    """Keep a consent with the contact who has the phone; nothing where no number is connected that could write."""
    consent = MessageConsent.objects.select_related("patient").filter(pk=consent_id, taken_at__isnull=True).first()
    with transaction.atomic():
        identity = _identity(business, consent) if consent is not None else None
        if consent is not None and identity is not None:
            message_consent.belongs_to(business, consent.patient, identity.contact_id)
            opting_out.agreed(identity.contact_id, AGREED, staff_id=consent.user_id, at=consent.at)
            MessageConsent.objects.filter(pk=consent.pk).update(taken_at=clock.now())
        lease.hold()
        lease.finish_held()


def call_for_waiting(business: Business) -> None:
    """Within the caller's transaction: a number was connected, so what could not be kept before may be kept now."""
    for consent_id in MessageConsent.objects.filter(taken_at__isnull=True).values_list("pk", flat=True):
        worklist.call_for(business.pk, message_consent.REACH, consent_id)


def tell_staff(business: Business, appointment: Appointment) -> str:
    """Within the caller's transaction: why nobody who writes for this patient is known (a Reminder.Reason); staff are
    told where they could do something about it."""
    if not appointment.patient.phone or not Channel.objects.filter(active=True).exists():
        return Reminder.Reason.NO_CHANNEL
    worklist.call_for(business.pk, UNREACHED, appointment.pk)
    asked = MessageConsent.objects.filter(patient=appointment.patient_id).exists()
    return Reminder.Reason.NO_CHANNEL if asked else Reminder.Reason.NOT_ASKED


def first_conversation(contact_id: int | None) -> Conversation | None:
    """Within the caller's transaction: where a contact who agreed, but never wrote, is written to; None where there is
    no such contact or no number to write from."""
    where = _where(contact_id)
    if where is None:
        return None
    channel, identity = where
    conversation = locked_conversation(channel, identity)
    conversation.contact, conversation.channel, conversation.identity = identity.contact, channel, identity
    return conversation


def as_it_would_be(contact_id: int | None) -> Conversation | None:
    """The same, not saved: for whoever only wants to know what would be sent."""
    where = _where(contact_id)
    return Conversation(contact=where[1].contact, channel=where[0], identity=where[1]) if where else None


def _where(contact_id: int | None) -> tuple[Channel, ContactIdentity] | None:
    if contact_id is None or not has_agreed(contact_id):
        return None
    identities = ContactIdentity.objects.select_related("contact").filter(contact=contact_id, replaced_by__isnull=True)
    by_kind = {each.kind: each for each in identities.order_by("-pk")}
    channel = Channel.objects.filter(active=True, kind__in=by_kind).order_by("pk").first()
    return (channel, by_kind[channel.kind]) if channel else None


def _identity(business: Business, consent: MessageConsent) -> ContactIdentity | None:
    channel = Channel.objects.filter(active=True).order_by("pk").first()
    phone = message_consent.e164(consent.patient.phone, business.country)
    if channel is None or not phone or consent.patient.contact_id is not None:
        return None
    address = adapter_for(channel.kind).address_of(phone)
    if StaffPhone.objects.filter(kind=channel.kind, address=address, verified_at__isnull=False).exists():
        return None  # what comes from there is a word to the desk, never a patient's
    identity = identity_for(channel, address=address, phone=phone)
    Contact.objects.filter(pk=identity.contact_id, name="", profile_name="").update(name=consent.patient.name)
    return identity
