"""A diary full of everything, and the owner's browser in front of it; fixtures for tests in a browser."""

import datetime as dt

import pytest
from django.db import transaction

from calendar_sync import by_hand, patients
from calendar_sync.models import (
    Appointment,
    BookedBy,
    GroupSession,
    Hold,
    HoursException,
    Location,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    TakenTime,
    TimeOff,
)
from tenants import clock
from tenants.models import User

WIDTHS = (390, 820, 1280)
HOUR = dt.timedelta(hours=1)
MONDAY = dt.date(2026, 11, 16)  # begins an A week


@pytest.fixture
def full_diary(fresh_business):
    """Tomorrow: two practitioners, some appointments, time off."""
    ada = Practitioner.objects.get()
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=Location.objects.get(), position=1)
    bea.services.set(Service.objects.all())
    for row in ada.working_hours.all():
        bea.working_hours.create(weekday=row.weekday, starts=dt.time(9), ends=dt.time(17))
    tomorrow = clock.local_now("Europe/London").replace(hour=9, minute=0, second=0, microsecond=0) + 24 * HOUR
    cleo = Practitioner.objects.create(name="Cleo Marsh", location=bea.location, position=2, fortnight_from=MONDAY)
    cleo.services.set(Service.objects.all())
    for weekday in range(5):
        cleo.working_hours.create(weekday=weekday, starts=dt.time(8), ends=dt.time(13), weeks="ab"[weekday % 2])
    chair = ResourceKind.objects.create(name="Chair")
    for number in (1, 2):
        Resource.objects.create(kind=chair, location=bea.location, name=f"Chair {number}")
    check_up = Service.objects.first()
    check_up.needs.create(kind=chair, count=1)
    HoursException.objects.create(date=tomorrow.date() + dt.timedelta(days=9), note="Team day")
    names = ["Rosa Blum", "Tom Reed", "Amélie Durand-Castaignède", "Olu Adeyemi"]
    offered = list(Service.objects.all())
    for place, name in enumerate(names):
        by_hand.book_by_hand(
            fresh_business,
            service=offered[place],
            practitioner=(ada, bea)[place % 2],
            starts_at=tomorrow + place * HOUR,
            patient=patients.patient_by_hand(name, "07911 123456"),
            user_id=User.objects.get(email="alice@clinic.test").pk,
        )
    Service.objects.filter(pk=check_up.pk).update(buffer_after=10, minimum_notice=60, reminders=[2880, 180])
    TimeOff.objects.create(
        practitioner=bea, starts_at=tomorrow + 5 * HOUR, ends_at=tomorrow + 8 * HOUR, reason="Course"
    )
    a_group_and_a_hold(ada, tomorrow + 6 * HOUR)
    return fresh_business, tomorrow


def a_group_and_a_hold(ada, starts_at):
    """Two of eight seats are taken; the hour before is kept for a patient."""
    service = Service.objects.create(name="Brushing class", duration=60, seats=8, position=9)
    kept, during = (starts_at - HOUR, starts_at), (starts_at, starts_at + HOUR)
    with transaction.atomic():
        hold = Hold.objects.create(
            reason="offer", service=service, practitioner=ada, during=kept, expires_at=starts_at - HOUR
        )
        TakenTime.objects.create(hold=hold, practitioner=ada, during=kept)
        session = GroupSession.objects.create(service=service, practitioner=ada, during=during, seats=8)
        TakenTime.objects.create(session=session, practitioner=ada, during=(during[0], during[1] + HOUR / 6))
        for seat, name in enumerate(("Ida Moss", "Jon Vale"), start=1):
            Appointment.objects.create(
                service=service,
                practitioner=ada,
                patient=patients.patient_by_hand(name, "07911 123456"),
                during=during,
                booked_by=BookedBy.STAFF,
                session=session,
                seat=seat,
            )


@pytest.fixture
def visit(full_diary, alice_at):
    """visit(path) → the owner's window at that page of the full diary."""

    def open_page(path, *, width=1280, **how):
        return alice_at(path, width=width, **how)

    return open_page


def drawn(window):
    """After a field was filled: what is asked a moment later has come, and moves no button any more."""
    window.page.keyboard.press("Tab")
    window.page.wait_for_timeout(300)  # longer than the form waits before it asks
    window.settle()


def event(page, name):
    return page.locator(".ec-event:not(.ec-bg-event)", has_text=name)
