"""Whose appointments are open to a contact: its own, and those of patients for whom it is verified.

Its own are those that it made itself or that staff made for one of its patients. Nothing that a contact or a model
says opens more than that; calendar_sync/verifying.py does.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from calendar_sync.models import Appointment, Patient, Verification
from tenants import clock

# The same as `standing`, for who asks in SQL: ids of patients, by %(contact)s and %(now)s.
OPEN = """SELECT patient_id FROM calendar_sync_verification
           WHERE contact_id = %(contact)s AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)"""


class _IsAnyOf(Func):
    """`a = ANY(ARRAY(SELECT …))`: unlike IN it leaves Postgres its index where it stands beside an OR."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field: Any = BooleanField()


def standing(contact_id: int) -> QuerySet[Verification]:
    """The contact's verifications that count now."""
    lasts = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
    return Verification.objects.filter(lasts, contact_id=contact_id, withdrawn_at__isnull=True)


def open_to(contact_id: int, prefix: str = "") -> Q:
    """A condition on appointments, or on what has one under `prefix` ("appointment__")."""
    patients = ArraySubquery(standing(contact_id).values("patient_id"))
    return Q(**{f"{prefix}contact_id": contact_id}) | Q(_IsAnyOf(F(f"{prefix}patient_id"), patients))


def all_open(appointments: Iterable[Appointment], contact_id: int) -> bool:
    """Whether each of them is open to the contact; asks the database only for others' appointments."""
    patients = {each.patient_id for each in appointments if each.contact_id != contact_id}
    return not patients or standing(contact_id).filter(patient__in=patients).count() == len(patients)


def patients_open_to(contact_id: int) -> list[Patient]:
    """The patients of others for whom the contact is verified."""
    return list(Patient.objects.filter(pk__in=standing(contact_id).values("patient_id")).order_by("pk"))
