"""A patient whom staff know by a phone number: whether messages may go there, and whose number it turns out to be."""

from django.db.models import Q

from calendar_sync.models import Appointment, AppointmentSeries, MessageConsent, Patient, Visit, WaitlistEntry
from tenants import clock, events, worklist
from tenants.models import Business

REACH = "conversations.reach_by_phone"  # the task that keeps it with a contact


def e164(phone: str, country: str) -> str:
    """+44… from however people write a number of that country; "" when it is none that could be written to."""
    import phonenumbers  # its tables take a moment to load

    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""  # also what only reaches somebody within one town
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def note(business: Business, patient: Patient, *, user_id: int | None) -> None:
    """Within the caller's transaction: they were asked and agreed. Nothing where somebody writes for them already."""
    if patient.contact_id is None and patient.phone:
        consent = MessageConsent.objects.create(patient=patient, user_id=user_id, at=clock.now())
        worklist.call_for(business.pk, REACH, consent.pk)


def set_phone(patient: Patient, phone: str) -> None:
    """Staff say on which number a patient without a conversation is reached."""
    patient.phone = " ".join(phone.split())
    patient.save(update_fields=["phone"])


def belongs_to(business: Business, patient: Patient, contact_id: int) -> None:
    """Within the caller's transaction: this contact has the patient's phone, and writes for them from now on."""
    Patient.objects.filter(pk=patient.pk, contact_id__isnull=True).update(contact_id=contact_id)
    theirs = Appointment.objects.filter(patient=patient, contact_id__isnull=True)
    groups = list(theirs.values_list("visit_id", "series_id"))
    theirs.update(contact_id=contact_id)
    WaitlistEntry.objects.filter(patient=patient, contact_id__isnull=True).update(contact_id=contact_id)
    for model, ids in ((Visit, {visit for visit, _ in groups}), (AppointmentSeries, {each for _, each in groups})):
        model._default_manager.filter(Q(pk__in=ids - {None}), contact_id__isnull=True).update(contact_id=contact_id)
    events.publish(business, "diary")
