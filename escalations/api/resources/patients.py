"""Who is treated. A contact may write for several patients."""

import datetime as dt

from pydantic import Field

from calendar_sync.models import Patient
from calendar_sync.patients import patient_by_hand
from conversations.models import Contact
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.resources.contacts import TAG
from escalations.api.resources.finding import at, named
from escalations.api.scopes import Scope
from escalations.api.shapes import Day, Id, Line, Nothing, Out, Phone, Shape


class PatientOut(Out):
    id: int
    name: str
    contact: int | None = Field(description="Who writes for this patient; null: entered without one.")
    phone: str
    known_since: dt.date | None = Field(description="A returning patient from before Frontdesk.")
    blocked: bool = Field(description="Nothing can be booked for them here.")
    created_at: dt.datetime


class PatientQuery(PageQuery):
    contact: Id | None = None


class PatientIn(Shape):
    name: Line
    contact: Id | None = None
    phone: Phone | None = None


class PatientPatch(Shape):
    name: Line | None = None
    phone: Phone | None = None
    known_since: Day | None = None


@operation(
    "GET", "patients", scope=Scope.CONTACTS_READ, tag=TAG, summary="List patients", answers=Page[PatientOut],
    query=PatientQuery,
)  # fmt: skip
def list_patients(call: Call[PatientQuery, Nothing]) -> Page[PatientOut]:
    rows = Patient.objects.all()
    if call.query.contact is not None:
        rows = rows.filter(contact_id=call.query.contact)
    return newest_first(rows, call.query, plain(shown))


@operation("GET", "patients/{patient}", scope=Scope.CONTACTS_READ, tag=TAG, summary="One patient", answers=PatientOut)
def get_patient(call: Call[Nothing, Nothing]) -> PatientOut:
    return shown(at(Patient.objects.all(), call.id))


@operation(
    "POST", "patients", scope=Scope.CONTACTS_WRITE, tag=TAG, summary="Add a patient", answers=PatientOut, status=201,
    body=PatientIn,
)  # fmt: skip
def add_patient(call: Call[Nothing, PatientIn]) -> PatientOut:
    """Without a contact, the same name and phone again is the same patient."""
    wanted = call.body
    if wanted.contact is None:
        return shown(patient_by_hand(wanted.name, wanted.phone or ""))
    named(Contact.objects.all(), wanted.contact, "body.contact")
    made = Patient.objects.create(name=wanted.name, contact_id=wanted.contact, phone=wanted.phone or "")
    return shown(made)


@operation(
    "PATCH", "patients/{patient}", scope=Scope.CONTACTS_WRITE, tag=TAG, summary="Edit a patient", answers=PatientOut,
    body=PatientPatch,
)  # fmt: skip
def edit_patient(call: Call[Nothing, PatientPatch]) -> PatientOut:
    """What is left out or null stays as it is."""
    at(Patient.objects.all(), call.id)
    changed = call.body.model_dump(exclude_none=True)
    if changed:
        Patient.objects.filter(pk=call.id).update(**changed)
    return shown(at(Patient.objects.all(), call.id))


def shown(row: Patient) -> PatientOut:
    return PatientOut(
        id=row.pk,
        name=row.name,
        contact=row.contact_id,
        phone=row.phone,
        known_since=row.known_since,
        blocked=row.blocked_at is not None,
        created_at=row.created_at,
    )
