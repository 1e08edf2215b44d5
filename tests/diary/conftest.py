import datetime as dt

import pytest

from calendar_sync import patients, slots, tickets
from calendar_sync.models import BookedBy, Practitioner, Service
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


class Desk:
    """Short words for what the stories do again and again; contact 1 unless another is named."""

    def __init__(self, business, service):
        self.business, self.service = business, service

    def offers(self, days=1, **options):
        window = (clock.now(), clock.now() + dt.timedelta(days=days))
        return slots.find_slots(self.business, service=self.service, window=window, **options)

    def ticket(self, place=0, contact_id=1, **options):
        return tickets.issue(self.business, self.offers(**options)[place], contact_id=contact_id)

    def book(self, ticket, contact_id=1, name="Rosa Blum"):
        from calendar_sync import booking

        patient = patients.patient_for(contact_id, name)
        return booking.book(
            self.business, ticket=ticket, contact_id=contact_id, patient=patient, by=BookedBy.ASSISTANT, turn_id=7
        )
