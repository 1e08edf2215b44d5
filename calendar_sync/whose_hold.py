"""Whom a time is kept for, and until when: what staff see before they take it all the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from calendar_sync.models import Hold, Patient


@dataclass(frozen=True, kw_only=True)
class KeptFor:
    """`names`: whom it is kept for, as far as it is known; `why`: what it waits for, in words."""

    names: str
    why: str
    until: dt.datetime
    contact_id: int | None


def kept_for(holds: Sequence[Hold]) -> list[KeptFor]:
    """In the order in which they end. Two queries."""
    found = Hold.objects.select_related("change__appointment__patient").filter(pk__in=[each.pk for each in holds])
    named: dict[int, list[str]] = {}
    contacts = {each.contact_id for each in found if each.contact_id is not None}
    for patient in Patient.objects.filter(contact_id__in=contacts).order_by("pk"):
        named.setdefault(patient.contact_id or 0, []).append(patient.name)
    return [
        KeptFor(
            names=each.change.appointment.patient.name
            if each.change is not None
            else ", ".join(named.get(each.contact_id or 0, [])),
            why=str(each.get_reason_display()),
            until=each.expires_at,
            contact_id=each.contact_id,
        )
        for each in sorted(found, key=lambda one: one.expires_at)
    ]
