"""The link to one appointment as a calendar file, for whoever arranged it: no login, and nothing else behind it."""

import datetime as dt

from django.conf import settings
from django.db.models import Max, Q
from django_tenants.utils import tenant_context

from calendar_sync.ics import tokens
from calendar_sync.ics.writing import Event, document, status_of
from calendar_sync.models import Appointment, Location
from tenants import clock
from tenants.models import Business

PURPOSE = "appointment"
OPEN_FOR = dt.timedelta(days=30)  # after the appointment's end
_WORDS = {
    "en": ("{service} at {business}", "With {practitioner}"),
    "de": ("{service} bei {business}", "Bei {practitioner}"),
    "es": ("{service} en {business}", "Con {practitioner}"),
    "fr": ("{service} chez {business}", "Avec {practitioner}"),
    "pt": ("{service} em {business}", "Com {practitioner}"),
}


def link_for(business: Business, appointment: Appointment) -> str:
    """The absolute address of the appointment's file. It stays the same when the appointment moves."""
    token = tokens.sealed(PURPOSE, (business.pk, appointment.pk, appointment.contact_id or 0))
    return f"{settings.PUBLIC_ORIGIN}/c/{token}.ics"


def business_of(token: str) -> Business | None:
    """The business that a genuine token names."""
    numbers = tokens.numbers_in(token, 3)
    if numbers is None or not tokens.is_genuine(token, PURPOSE, numbers):
        return None
    return Business.objects.filter(pk=numbers[0]).exclude(status=Business.Status.PREPARING).first()


def file_at(token: str, business: Business) -> bytes | None:
    """The file of a genuine token's appointment, as it stands now; None once it is too long over, or not theirs."""
    _, appointment_id, contact_id = tokens.numbers_in(token, 3) or (0, 0, 0)
    with tenant_context(business):
        theirs = Q(contact_id=contact_id) if contact_id else Q(contact_id__isnull=True)
        appointment = (
            Appointment.objects.filter(theirs, pk=appointment_id)
            .select_related("service", "practitioner__location", "location")
            .annotate(changed_at=Max("changes__at"))
            .first()
        )
        if appointment is None or appointment.ends_at + OPEN_FOR <= clock.now():
            return None
        return document([_event(business, appointment)])


def _event(business: Business, appointment: Appointment) -> Event:
    summary, with_whom = _WORDS.get(business.language[:2], _WORDS["en"])
    practitioner, service = appointment.practitioner, appointment.service
    lines = [with_whom.format(practitioner=practitioner.name), service.preparation]
    return Event(
        uid=f"appointment-{business.pk}-{appointment.pk}@frontdesk",
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        changed_at=getattr(appointment, "changed_at", None) or appointment.created_at,  # annotated
        sequence=appointment.revision,
        status=status_of(appointment.status),
        summary=summary.format(service=service.name, business=business.name),
        description="\n\n".join(filter(None, lines)),
        location=address_of(appointment.where),
    )


def address_of(location: Location) -> str:
    return ", ".join(filter(None, (location.name, location.address)))
