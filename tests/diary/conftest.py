import datetime as dt

import pytest
from django.db import transaction

from calendar_sync import booking, by_hand, patients, slots, tickets
from calendar_sync.lengths import length_for
from calendar_sync.models import (
    BookedBy,
    BookingRules,
    CalendarConnection,
    CalendarMirror,
    Patient,
    Practitioner,
    PractitionerCalendar,
    Resource,
    ResourceKind,
    Service,
    WorkingHours,
)
from tenants import clock

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)  # 08:00 in London; the dentist opens at 08:30


@pytest.fixture
def monday():
    """The clock stands at Monday, 08:00."""
    with clock.pinned(MONDAY):
        yield MONDAY


@pytest.fixture
def check_up(clinic):
    return Service.objects.get(name="Check-up")


@pytest.fixture
def ada(clinic):
    return Practitioner.objects.get(name="Dr Ada Silva")


@pytest.fixture
def desk(clinic, monday, check_up):
    return Desk(clinic, check_up)


@pytest.fixture
def staff(client, clinic, bob, monday):
    """Bob's browser, on Monday at 08:00."""
    client.force_login(bob)
    return client


@pytest.fixture
def manager(client, clinic, alice, monday):
    client.force_login(alice)
    return client


@pytest.fixture
def rosa(clinic, monday, ada, check_up):
    return by_hand.book_by_hand(
        clinic,
        service=check_up,
        practitioner=ada,
        starts_at=monday + dt.timedelta(hours=2),
        patient=Patient.objects.create(name="Rosa Blum"),
        user_id=None,
    )


class Desk:
    """Short words for what the stories do again and again; contact 1 unless another is named."""

    def __init__(self, business, service):
        self.business, self.service = business, service

    def offers(self, days=1, **options):
        window = (clock.now(), clock.now() + dt.timedelta(days=days))
        return slots.find_slots(self.business, service=self.service, window=window, **options)

    def ticket(self, place=0, contact_id=1, **options):
        return tickets.issue(self.business, self.offers(**options)[place], contact_id=contact_id)

    def ticket_at(self, start, practitioner=None, contact_id=1, service=None):
        """`start`: "10:00" (on the Monday) or a datetime."""
        if isinstance(start, str):
            start = dt.datetime.combine(MONDAY, dt.time.fromisoformat(start), dt.UTC)
        service, who = service or self.service, practitioner or Practitioner.objects.order_by("pk").first()
        end = start + length_for(service, who)
        slot = slots.Slot(service.pk, who.pk, who.name, service.name, start, end)
        return tickets.issue(self.business, slot, contact_id=contact_id)

    def book_at(self, start, practitioner=None, contact_id=1, name="Rosa Blum", service=None):
        return self.book(self.ticket_at(start, practitioner, contact_id, service), contact_id, name)

    def staff_book(self, start, practitioner=None, **options):
        start = dt.datetime.combine(MONDAY, dt.time.fromisoformat(start), dt.UTC)
        who = practitioner or Practitioner.objects.order_by("pk").first()
        patient = options.pop("patient", None) or Patient.objects.create(name="Walk-in")
        service = options.pop("service", self.service)
        return by_hand.book_by_hand(
            self.business,
            service=service,
            practitioner=who,
            starts_at=start,
            patient=patient,
            user_id=1,
            **options,
        )

    def house(self, **values):
        """House rules, the others as they are by default."""
        return BookingRules.objects.update_or_create(pk=1, defaults=values)[0]

    def change(self, **values):
        """The service, changed."""
        Service.objects.filter(pk=self.service.pk).update(**values)
        self.service.refresh_from_db()

    def needs_a_room(self, rooms=1):
        """The service needs one of so many rooms."""
        kind = ResourceKind.objects.create(name="Room")
        where = Practitioner.objects.order_by("pk").first().location
        self.service.needs.create(kind=kind)
        return [Resource.objects.create(kind=kind, location=where, name=f"Room {n + 1}") for n in range(rooms)]

    def colleague(self, name="Dr Bea Wolf"):
        """Another practitioner with the first one's hours and services."""
        ada = Practitioner.objects.order_by("pk").first()
        bea = Practitioner.objects.create(name=name, location=ada.location, position=1)
        bea.services.set(ada.services.all())
        WorkingHours.objects.bulk_create(
            WorkingHours(practitioner=bea, weekday=row.weekday, starts=row.starts, ends=row.ends)
            for row in ada.working_hours.all()
        )
        return bea

    def connect(self, practitioner, busy=()):
        """A connected calendar that was read just now; `busy`: [("10:00", "11:00"), …] on the Monday."""
        connection = CalendarConnection.objects.create(account=f"{practitioner.pk}@clinic.test")
        PractitionerCalendar.objects.create(
            practitioner=practitioner, connection=connection, calendar_id="primary", calendar_name="Primary"
        )
        day = dt.datetime.combine(MONDAY, dt.time.min, dt.UTC)
        CalendarMirror.objects.create(
            connection=connection,
            calendar_id="primary",
            covered_from=day - dt.timedelta(days=2),
            covered_until=day + dt.timedelta(days=30),
            synced_at=clock.now(),
        )
        for start, end in busy:
            self.busy_in_google(start, end)
        return connection

    def busy_in_google(self, start, end):
        """Somebody puts an event there, on the Monday; the mirror has it."""
        mirror = CalendarMirror.objects.get()
        mirror.events.create(
            event_id=f"e{mirror.events.count()}",
            status="confirmed",
            kind="default",
            starts_at=f"2026-11-23T{start}Z",
            ends_at=f"2026-11-23T{end}Z",
            blocks=True,
        )

    def free_at(self, contact_id=None):
        """The offered starts of the day as "10:00"."""
        return [f"{each.starts_at:%H:%M}" for each in self.offers(contact_id=contact_id)]

    def cancel(self, appointment, by=BookedBy.ASSISTANT, **options):
        return booking.cancel(self.business, appointment, by=by, **options)

    def move(self, appointment, start, contact_id=1, practitioner=None):
        ticket = self.ticket_at(start, practitioner, contact_id, appointment.service)
        return booking.reschedule(
            self.business, appointment, ticket=ticket, contact_id=contact_id, by=BookedBy.ASSISTANT
        )

    def book(self, ticket, contact_id=1, name="Rosa Blum"):
        with transaction.atomic():  # as the skill does: a refusal leaves no patient behind
            patient = patients.patient_for(contact_id, name)
            return booking.book(
                self.business, ticket=ticket, contact_id=contact_id, patient=patient, by=BookedBy.ASSISTANT, turn_id=7
            )
