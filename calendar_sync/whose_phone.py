"""Whose number it is that staff type: patients entered with it, and whoever writes from it.

Who writes is known above; the app there registers how to ask.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calendar_sync.message_consent import e164
from calendar_sync.models import Patient
from tenants.models import Business

LIKE = 6  # last digits by which numbers are looked up before they are compared


@dataclass(frozen=True, kw_only=True)
class Writer:
    """A contact, or a colleague's own phone (no contact)."""

    name: str
    contact_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Owner:
    """`patient_id`: whom it could be; None for a contact (`contact_id`) without patients, and for a colleague.

    `entered`: staff wrote this phone down for them.
    """

    name: str
    patient_id: int | None = None
    contact_id: int | None = None
    born_on: dt.date | None = None
    entered: bool = False
    colleague: bool = False


Ask = Callable[[str], list[Writer]]  # by a number as +44…


def _nobody(number: str) -> list[Writer]:
    return []


_asked: list[Ask] = [_nobody]


def known_by(ask: Ask) -> None:
    """Called once, when the app above is ready."""
    _asked[:] = [ask]


def owners(business: Business, phone: str, *, but: Patient | None = None) -> list[Owner]:
    """However the number is written; nothing for what is no number. `but`: whose phone is just being changed."""
    number = e164(phone, business.country)
    if not number:
        return []
    writers = _asked[0](number)
    known = {each.pk: _owner(each, entered=True) for each in _entered(business, number)}
    theirs = Patient.objects.filter(contact_id__in=[each.contact_id for each in writers if each.contact_id])
    told = {each.contact_id for each in theirs}
    known = {each.pk: _owner(each) for each in theirs} | known
    alone = [each for each in writers if each.contact_id is None or each.contact_id not in told]
    return [
        *(each for pk, each in known.items() if but is None or pk != but.pk),
        *(Owner(name=each.name, contact_id=each.contact_id, colleague=each.contact_id is None) for each in alone),
    ]


def _entered(business: Business, number: str) -> Iterator[Patient]:
    pattern = r"\D*".join(number[-LIKE:]) + r"\D*$"
    for each in Patient.objects.filter(phone__regex=pattern).order_by("pk")[:50]:
        if e164(each.phone, business.country) == number:
            yield each


def _owner(patient: Patient, *, entered: bool = False) -> Owner:
    return Owner(name=patient.name, patient_id=patient.pk, born_on=patient.born_on, entered=entered)
