"""Patients whom no reminder reaches, because nobody noted that they agreed to be written to: staff are told."""

from django.db import transaction

from calendar_sync.models import Appointment, AppointmentChange
from escalations.models import Notice
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from tenants.models import Business
from tenants.worklist import Lease

KIND = Notice.Kind.UNREACHED


def tell_of(business: Business, appointment_id: int, lease: Lease) -> None:
    """Whoever booked it; once until it is seen, however many appointments the patient has."""
    found = Appointment.objects.filter(pk=appointment_id, contact_id__isnull=True).first()
    with transaction.atomic():
        lease.hold()
        if found is not None:
            told = Notice.objects.filter(kind=KIND, ways__patient=found.patient_id, seen_at__isnull=True)
            know = set(told.values_list("staff_id", flat=True))
            people = [each for each in audience(business, KIND, owner=_booker(found)) if each not in know]
            tell(business, KIND, people, object_id=found.pk, ways={"patient": found.patient_id})
        lease.finish()


def _booker(appointment: Appointment) -> int | None:
    booked = appointment.changes.filter(act=AppointmentChange.Act.BOOKED).order_by("pk")
    return booked.values_list("user_id", flat=True).first()
