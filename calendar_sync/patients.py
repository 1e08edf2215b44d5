"""Whom a contact writes for, and what may be told of them on this phone."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, Patient
from calendar_sync.verified import OPEN
from tenants import clock
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, insert, models_in, reading, several


class WhichPatient(DiaryError):
    """The name that was said fits more than one of the contact's patients."""

    rule = "which_patient"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"Which of them is it: {', '.join(names)}?")


OWN = Prepared("WHERE contact_id = %(contact)s ORDER BY id")
VERIFIED = Prepared(f"WHERE id IN ({OPEN}) ORDER BY id")


def patients_of(contact_id: int) -> list[Patient]:
    """The contact's patients, the first one first."""
    return list(Patient.objects.filter(contact_id=contact_id).order_by("pk"))


def patients_asked(contact_id: int) -> tuple[Question, Question]:
    """The contact's own patients, and those of others for whom it is verified."""
    asked = {"contact": contact_id, "now": clock.now()}
    return reading(Patient, OWN, {"contact": contact_id}), reading(Patient, VERIFIED, asked)


def patient_for(contact_id: int, name: str) -> Patient:
    """The patient of that name whom the contact writes for or is verified for, made if there is none.

    Upper and lower case are the same, and a part of a name ("Tom") is the one patient whom it fits; raises
    WhichPatient when that are several.
    """
    name = " ".join(name.split())
    own, opened = several(*patients_asked(contact_id))
    said, known = name.casefold(), [each for (each,) in models_in((Patient,), [*own, *opened])]
    for patient in known:
        if patient.name.casefold() == said:
            return patient
    words = set(said.split())
    fitting = [each for each in known if words and words <= set(each.name.casefold().split())]
    if len(fitting) > 1:
        raise WhichPatient([each.name for each in fitting])
    if fitting:
        return fitting[0]
    made = Patient(contact_id=contact_id, name=name)
    insert(made)
    return made


def patient_by_hand(name: str, phone: str, born_on: dt.date | None = None) -> Patient:
    """A patient whom staff enter: the same name and phone again, or the same name and date of birth, is the same one.

    A date that was missing is added; one that differs makes another patient, as for a father and his son.
    """
    name, phone = " ".join(name.split()), " ".join(phone.split())
    same = Q(phone=phone) if phone else Q(pk__in=[])
    if born_on is not None:
        same |= Q(born_on=born_on)
    for patient in Patient.objects.filter(same).order_by("pk"):
        if patient.name.casefold() == name.casefold() and born_on in (None, patient.born_on):
            return patient
        if patient.name.casefold() == name.casefold() and patient.born_on is None:
            patient.born_on = born_on
            patient.save(update_fields=["born_on"])
            return patient
    return Patient.objects.create(name=name, phone=phone, born_on=born_on)


def is_private(appointment: Appointment) -> bool:
    """Whether nothing of it may be told on this phone: staff answer."""
    return appointment.patient.disclosure == Patient.Disclosure.NOTHING


def tells_only_time(appointment: Appointment) -> bool:
    return appointment.patient.disclosure == Patient.Disclosure.TIME_ONLY


def set_disclosure(patient: Patient, disclosure: Patient.Disclosure) -> None:
    """Staff say what the assistant tells on a phone that several people share."""
    patient.disclosure = disclosure
    patient.save(update_fields=["disclosure"])


def set_known_since(patient: Patient, since: dt.date | None) -> None:
    """Staff say that this patient came before Frontdesk did (or take it back): a returning one."""
    patient.known_since = since
    patient.save(update_fields=["known_since"])


def block(patient: Patient, *, user_id: int | None, reason: str = "") -> None:
    """From now on the assistant books nothing for this patient, and nobody new for its contact. Staff still can."""
    patient.blocked_at, patient.blocked_by_id, patient.blocked_reason = clock.now(), user_id, reason[:240]
    patient.save(update_fields=["blocked_at", "blocked_by_id", "blocked_reason"])


def unblock(patient: Patient) -> None:
    patient.blocked_at, patient.blocked_by_id, patient.blocked_reason = None, None, ""
    patient.save(update_fields=["blocked_at", "blocked_by_id", "blocked_reason"])
