"""Anna Weber booked by phone; somebody writes from a number that nobody knows (contact 5)."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agents.skills.registry import all_skills
from agents.types import SkillContext, ToolResult
from calendar_sync import by_hand
from calendar_sync.models import Appointment, BookingRules, Patient, Practitioner, Service
from tenants import clock
from tests.agents.conftest import say

__all__ = ["say"]

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
ASKING, OTHER = 5, 6  # contacts
BORN = dt.date(1985, 4, 3)


@pytest.fixture
def monday() -> Any:
    with clock.pinned(MONDAY):
        yield MONDAY


@pytest.fixture
def rules(clinic: Any) -> BookingRules:
    """The business has chosen the date of birth."""
    return BookingRules.objects.create(pk=1, identity_check=BookingRules.IdentityCheck.BIRTH_DATE)


@pytest.fixture
def anna(clinic: Any, monday: Any) -> Patient:
    return Patient.objects.create(name="Anna Weber", phone="+44 7700 900111", born_on=BORN)


@pytest.fixture
def book(clinic: Any, monday: Any) -> Callable[..., Appointment]:
    """`book(patient, hours=3)`: the staff book a check-up so many hours from now."""

    def by_staff(patient: Patient, hours: int = 3) -> Appointment:
        return by_hand.book_by_hand(
            clinic,
            service=Service.objects.get(name="Check-up"),
            practitioner=Practitioner.objects.get(),
            starts_at=MONDAY + dt.timedelta(hours=hours),
            patient=patient,
            user_id=None,
        )

    return by_staff


@pytest.fixture
def booked(anna: Patient, book: Callable[..., Appointment]) -> Appointment:
    return book(anna)


@pytest.fixture
def ask(clinic: Any, monday: Any) -> Callable[..., ToolResult]:
    """`ask("my_appointments")` as a model calls it, for the contact that asks unless another is named."""

    def call(name: str, contact_id: int = ASKING, **arguments: Any) -> ToolResult:
        skill = all_skills()[name]
        context = SkillContext(
            business=clinic,
            conversation_id=contact_id,
            contact_id=contact_id,
            contact_name="",
            turn_id=7,
            now=clock.now().astimezone(ZoneInfo("Europe/London")),
        )
        result: ToolResult = skill.act(context, **skill.parse(arguments))
        return result

    return call


@pytest.fixture
def prove(ask: Callable[..., ToolResult]) -> Callable[..., ToolResult]:
    def call(name: str = "Anna Weber", born: str = "3 April 1985", **more: Any) -> ToolResult:
        return ask("verify_patient", patient_name=name, date_of_birth=born, **more)

    return call


def numbers(result: ToolResult) -> list[str]:
    return [each["appointment"] for each in result.data["appointments"]]
