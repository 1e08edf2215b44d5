"""The people whom a conversation may speak of, so that they can be hidden from models."""

from django.db.models import Q

from agents.types import KnownPerson
from calendar_sync.models import Patient
from calendar_sync.verified import standing
from conversations.models import Conversation


def known_in(conversation: Conversation) -> KnownPerson:
    """Whoever this conversation may speak of, so that it can be hidden."""
    contact = conversation.contact
    mine = Q(contact_id=contact.pk) | Q(pk__in=standing(contact.pk).values("patient_id"))
    patients = Patient.objects.filter(mine).values_list("name", "phone")
    names = [contact.name, contact.profile_name, *(name for name, _ in patients)]
    phones = [*contact.identities.values_list("phone", flat=True), *(phone for _, phone in patients)]
    return KnownPerson(
        names=tuple(dict.fromkeys(filter(None, names))), phones=tuple(dict.fromkeys(filter(None, phones)))
    )
