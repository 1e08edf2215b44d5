"""Whom a contact writes for."""

from calendar_sync.models import Patient


def patients_of(contact_id: int) -> list[Patient]:
    """The contact's patients, the first one first."""
    return list(Patient.objects.filter(contact_id=contact_id).order_by("pk"))


def patient_for(contact_id: int, name: str) -> Patient:
    """The contact's patient of that name (upper and lower case are the same), made if there is none."""
    name = " ".join(name.split())
    for patient in patients_of(contact_id):
        if patient.name.casefold() == name.casefold():
            return patient
    return Patient.objects.create(contact_id=contact_id, name=name)


def patient_by_hand(name: str, phone: str) -> Patient:
    """A patient whom staff enter: the same name and phone again is the same patient."""
    name, phone = " ".join(name.split()), " ".join(phone.split())
    if phone:
        for patient in Patient.objects.filter(phone=phone).order_by("pk"):
            if patient.name.casefold() == name.casefold():
                return patient
    return Patient.objects.create(name=name, phone=phone)
