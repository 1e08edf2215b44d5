"""Appointments: booked, moved and cancelled by the rules that the assistant keeps to, never around them."""

import datetime as dt
from typing import Annotated, Literal

from django.db.models import DateTimeField, F, Func, Q, QuerySet
from pydantic import Field, StringConstraints

from calendar_sync import booking, news, tickets
from calendar_sync.errors import TicketRefused
from calendar_sync.google.busy import look_again
from calendar_sync.models import HOLDS_TIME, Appointment, BookedBy, Patient
from calendar_sync.patients import patients_of
from calendar_sync.verified import patients_open_to
from conversations.models import Contact
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, cut, decode, plain, refused
from escalations.api.problems import Conflict, Invalid
from escalations.api.resources.finding import at, named
from escalations.api.scopes import Scope
from escalations.api.shapes import Id, Line, Moment, Nothing, Out, Sentence, Shape

TAG = "Appointments"
Status = Literal["pending", "confirmed", "cancelled", "completed", "no_show"]
Ticket = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9._-]+$"), Field(description="`slot` of a free time.")
]


class AppointmentOut(Out):
    id: int
    reference: str = Field(description="What a person quotes: #1042.")
    status: Status
    service: int
    practitioner: int
    location: int
    patient: int
    contact: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    booked_by: Literal["assistant", "staff", "patient", "program"]
    note: str
    created_at: dt.datetime


class AppointmentQuery(PageQuery):
    status: Status | None = None
    practitioner: Id | None = None
    contact: Id | None = None
    patient: Id | None = None
    starts_from: Moment | None = None
    starts_before: Moment | None = None


class BookingIn(Shape):
    contact: Id
    slot: Ticket
    patient: Id | None = Field(default=None, description="One of the contact's; or give `patient_name`.")
    patient_name: Line | None = Field(
        default=None, description="A patient of that name is made if the contact has none. Neither: the contact."
    )
    note: Sentence = ""


TellPatient = Annotated[
    bool,
    Field(
        description="Whether the patient is told on WhatsApp, in their language, 20 seconds later, as when staff do it "
        "in the diary. Where nothing may be sent, the team gets a task; without a contact nobody is told."
    ),
]


class MoveIn(Shape):
    slot: Ticket
    tell_patient: TellPatient = True


class CancelIn(Shape):
    tell_patient: TellPatient = True


@operation(
    "GET", "appointments", scope=Scope.DIARY_READ, tag=TAG, summary="List appointments",
    answers=Page[AppointmentOut], query=AppointmentQuery,
)  # fmt: skip
def list_appointments(call: Call[AppointmentQuery, Nothing]) -> Page[AppointmentOut]:
    """By their start, the earliest first."""
    query = call.query
    wanted = {
        "status": query.status,
        "practitioner_id": query.practitioner,
        "contact_id": query.contact,
        "patient_id": query.patient,
        "begins__gte": query.starts_from,
        "begins__lt": query.starts_before,
    }
    begins = Func(F("during"), function="lower", output_field=DateTimeField())
    rows = (
        _appointments()
        .alias(begins=begins)
        .filter(**{name: value for name, value in wanted.items() if value is not None})
    )
    if query.cursor:
        start, number = _place(query.cursor)
        rows = rows.filter(Q(begins__gt=start) | Q(begins=start, pk__gt=number))
    found = list(rows.order_by("begins", "pk")[: query.limit + 1])
    return cut(found, query, lambda row: f"{int(row.starts_at.timestamp() * 1_000_000)}.{row.pk}", plain(shown))


@operation(
    "GET", "appointments/{appointment}", scope=Scope.DIARY_READ, tag=TAG, summary="One appointment",
    answers=AppointmentOut,
)  # fmt: skip
def get_appointment(call: Call[Nothing, Nothing]) -> AppointmentOut:
    return shown(at(_appointments(), call.id))


def _look_before_booking(call: Call[Nothing, BookingIn]) -> None:
    _look(call, call.body.slot, call.body.contact)


def _look_before_moving(call: Call[Nothing, MoveIn]) -> None:
    appointment = Appointment.objects.filter(pk=call.id).first()
    if appointment is not None and appointment.contact_id is not None:
        _look(call, call.body.slot, appointment.contact_id)


@operation(
    "POST", "appointments", scope=Scope.DIARY_WRITE, tag=TAG, summary="Book an appointment",
    answers=AppointmentOut, status=201, body=BookingIn, before=_look_before_booking, conflicts=True,
)  # fmt: skip
def book_appointment(call: Call[Nothing, BookingIn]) -> AppointmentOut:
    """With the ticket of a free time (`slot`). The same ticket again is the same appointment. What the house rules
    or the diary refuse is a 409 that names the rule in `code`.
    """
    wanted = call.body
    contact = named(Contact.objects.all(), wanted.contact, "body.contact")
    made = booking.book(
        call.business,
        ticket=wanted.slot,
        contact_id=contact.pk,
        patient=_patient(wanted, contact),
        by=BookedBy.PROGRAM,
        note=wanted.note,
    )
    return shown(made)


@operation(
    "POST", "appointments/{appointment}/move", scope=Scope.DIARY_WRITE, tag=TAG, summary="Move an appointment",
    answers=AppointmentOut, body=MoveIn, before=_look_before_moving, conflicts=True,
)  # fmt: skip
def move_appointment(call: Call[Nothing, MoveIn]) -> AppointmentOut:
    """With the ticket of a free time that was asked for with `moving`. It keeps its id."""
    appointment = at(_appointments(), call.id)
    if appointment.contact_id is None:
        raise Conflict("no_contact", "This appointment has no contact; only staff move it, in the diary.")
    before, revision = appointment.during, appointment.revision
    moved = booking.reschedule(
        call.business,
        appointment,
        ticket=call.body.slot,
        contact_id=appointment.contact_id,
        by=BookedBy.PROGRAM,
    )
    if call.body.tell_patient and moved.revision != revision:
        news.tell(call.business, moved, news.Act.MOVED, before=before, wait=news.THINK_AGAIN)
    return shown(moved)


@operation(
    "POST", "appointments/{appointment}/cancel", scope=Scope.DIARY_WRITE, tag=TAG, summary="Cancel an appointment",
    answers=AppointmentOut, body=CancelIn, conflicts=True,
)  # fmt: skip
def cancel_appointment(call: Call[Nothing, CancelIn]) -> AppointmentOut:
    """Cancelling twice is fine. What is too late to cancel is left to the team where the house rules say so."""
    appointment = at(_appointments(), call.id)
    before, stood = appointment.during, appointment.status in HOLDS_TIME
    gone = booking.cancel(call.business, appointment, by=BookedBy.PROGRAM)
    if call.body.tell_patient and stood:
        news.tell(call.business, gone, news.Act.CANCELLED, before=before, wait=news.THINK_AGAIN)
    return shown(gone)


def shown(row: Appointment) -> AppointmentOut:
    return AppointmentOut(
        id=row.pk,
        reference=row.reference,
        status=row.status,  # type: ignore[arg-type]
        service=row.service_id,
        practitioner=row.practitioner_id,
        location=row.location_id or row.practitioner.location_id,
        patient=row.patient_id,
        contact=row.contact_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        booked_by=row.booked_by,  # type: ignore[arg-type]
        note=row.note,
        created_at=row.created_at,
    )


def _appointments() -> QuerySet[Appointment]:
    return Appointment.objects.select_related("service", "practitioner", "patient")


def _patient(wanted: BookingIn, contact: Contact) -> Patient:
    if wanted.patient is None:
        name = (wanted.patient_name or contact.display_name).strip() or "Name not given"
        return booking.patient_for(contact.pk, name[:120])
    if wanted.patient_name is not None:
        raise Invalid([("body.patient_name", "give either patient or patient_name")])
    for patient in [*patients_of(contact.pk), *patients_open_to(contact.pk)]:
        if patient.pk == wanted.patient:
            return patient
    raise Invalid([("body.patient", "this contact has no such patient")])


def _look(call: Call[Nothing, BookingIn] | Call[Nothing, MoveIn], ticket: str, contact_id: int) -> None:
    """A last look at the connected calendar: the time may have been taken there since it was offered."""
    try:
        wanted = tickets.read(call.business, ticket, contact_id=contact_id)
    except TicketRefused:
        return  # said properly by the booking itself
    look_again(call.business, wanted.practitioner_id, wanted.starts_at)


def _place(cursor: str) -> tuple[dt.datetime, int]:
    start, _, number = decode(cursor).partition(".")
    if not all(each.isascii() and each.isdigit() and len(each) <= 18 for each in (start, number)):
        raise refused()
    try:
        return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(microseconds=int(start)), int(number)
    except OverflowError:
        raise refused() from None
